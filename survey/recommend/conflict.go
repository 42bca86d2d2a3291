package recommend

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// wish is one demand of a person that can be dropped.
type wish struct {
	text string
	need string // need key, "" for others
	drop func(*Model)
}

// refuse names the smallest set of wishes that cannot hold together and the smallest budget that would do.
func (r *reply) refuse() error {
	if !r.best.Optimal {
		return survey.Fail(survey.CodeNoSolution, "recommend.solve", "限定步数内没有找到满足全部条件的组合，请放宽预算或减少指定的产品")
	}
	core, err := r.core()
	if err != nil {
		return survey.Wrap(survey.CodeInternal, "recommend.conflict", err)
	}
	c := &Conflict{}
	names := []string{}
	budget := false
	for _, w := range core {
		if w.need != "" {
			c.Needs = append(c.Needs, w.need)
		}
		budget = budget || w.text == ""
		if w.text != "" {
			names = append(names, w.text)
		}
	}
	c.Text = "这些要求不能同时满足：" + titles(names, func(s string) string { return s })
	if budget {
		c.Text = "预算 " + yuan(*r.model.Budget) + "内放不下：" + titles(names, func(s string) string { return s })
		if c.Relax, err = r.relax(); err != nil {
			return survey.Wrap(survey.CodeInternal, "recommend.conflict", err)
		}
	}
	switch {
	case c.Relax != nil:
		c.Text += "；预算放宽到 " + yuan(*c.Relax) + "即可"
	case len(core) == 1 && core[0].need != "":
		c.Text += "；目录里没有带价格的产品能覆盖它，请先询价或不再指定"
	default:
		c.Text += "；请至少放弃其中一项"
	}
	if c.Relax != nil {
		c.Ways = append(c.Ways, "预算放宽到 "+yuan(*c.Relax)+"，全部要求都能满足")
	}
	if err := r.release(c); err != nil {
		return survey.Wrap(survey.CodeInternal, "recommend.conflict", err)
	}
	r.out.Conflict = c
	for _, n := range r.needs {
		if n.Wanted {
			r.out.Uncovered = append(r.out.Uncovered, n.Key)
		}
	}
	r.out.Proof = Proof{Optimal: true, Nodes: r.best.Nodes, Text: "已证明：没有组合能同时满足这些条件"}
	return &survey.Error{Code: survey.CodeNoSolution, Op: "recommend.solve", Detail: c.Text}
}

// core is the deletion filter: each wish is left out in turn; when the rest is still impossible it stays out. What remains is minimal:
// without any one of them there is an answer.
func (r *reply) core() ([]wish, error) {
	all := r.wishes()
	dropped := make([]bool, len(all))
	for i := range all {
		dropped[i] = true
		s, err := r.solve(func(m *Model) {
			for k, w := range all {
				if dropped[k] {
					w.drop(m)
				}
			}
		})
		if err != nil {
			return nil, err
		}
		dropped[i] = !s.Feasible && s.Optimal
	}
	var out []wish
	for i, w := range all {
		if !dropped[i] {
			out = append(out, w)
		}
	}
	return out, nil
}

// wishes lists needs, pins and bans before the budget, so that the budget is named only when the rest alone would hold.
func (r *reply) wishes() []wish {
	var out []wish
	for i, n := range r.model.Needs {
		if n.Must {
			out = append(out, wish{r.needTitle(n.ID), n.ID, func(m *Model) { m.Needs[i].Must = false }})
		}
	}
	for i, o := range r.model.Offers {
		if o.Pinned {
			out = append(out, wish{"指定“" + r.title(o.ID) + "”", "", func(m *Model) { m.Offers[i].Pinned = false }})
		}
		if o.Banned && slices.Contains(r.c.Plan.Banned, o.ID) {
			out = append(out, wish{"排除“" + r.title(o.ID) + "”", "", func(m *Model) { m.Offers[i].Banned = false }})
		}
	}
	if r.model.Budget != nil {
		out = append(out, wish{"", "", func(m *Model) { m.Budget = nil }})
	}
	return out
}

// relax finds the smallest budget under which all other wishes hold; nil when money alone does not help.
func (r *reply) relax() (*money.Fen, error) {
	none := int64(0)
	s, err := r.solve(func(m *Model) { m.Budget, m.AtLeast, m.Terms = nil, &none, nil })
	if err != nil || !s.Feasible || !s.Optimal {
		return nil, err
	}
	return &s.Cost, nil
}
