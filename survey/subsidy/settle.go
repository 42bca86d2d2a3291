package subsidy

import (
	"fmt"
	"slices"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// due is the last day for handing in: the notice's, else the end of the measure's or the pack's last window.
func (d *desk) due(m *Measure, n *survey.Notice) survey.Date {
	if n != nil && n.Due != "" {
		return n.Due
	}
	var last survey.Date
	for _, w := range append(slices.Clone(m.Windows), d.p.Windows...) {
		if last.Before(w.To) || last == "" {
			last = w.To
		}
	}
	return last
}

// settle lists what turns the open conditions and titles of m into met ones. What the pack does not know of the time stays 待核实.
func (d *desk) settle(m *Measure, due survey.Date) []Settle {
	var out []Settle
	conds := slices.Concat(d.p.Conditions, m.Conditions, m.Titles)
	for i := range conds {
		c := &conds[i]
		if !d.stands(c.Under) {
			continue
		}
		v, trace := rule.Eval(&c.Cond, d.facts)
		if v != rule.Open {
			continue
		}
		for _, key := range c.Evidence {
			for _, p := range append(slices.Clone(d.p.Papers), m.Papers...) {
				if p.Key == key {
					out = append(out, d.toObtain(trace, p.Name, p.Issuer, p.Days, due))
				}
			}
		}
		out = d.openTitles(&c.Cond, trace, due, out)
	}
	return out
}

// openTitles adds the titles inside a condition that are still open.
func (d *desk) openTitles(c *rule.Cond, trace rule.Trace, due survey.Date, out []Settle) []Settle {
	if c.Title != nil {
		if i := slices.IndexFunc(d.p.Titles, func(t TitleDef) bool { return t.Key == c.Title.Key }); i >= 0 && trace.Verdict == rule.Open {
			t := d.p.Titles[i]
			out = append(out, d.toObtain(trace, t.Name, t.Issuer, t.Days, due))
		}
		return out
	}
	parts := slices.Concat(c.All, c.Any)
	if c.Not != nil {
		parts = append(parts, *c.Not)
	}
	for i := range parts {
		if i < len(trace.Parts) {
			out = d.openTitles(&parts[i], trace.Parts[i], due, out)
		}
	}
	return out
}

func (d *desk) toObtain(t rule.Trace, paper, issuer string, days *int, due survey.Date) Settle {
	s := Settle{Condition: t.Text, Fact: t.Fact, Paper: paper, Issuer: issuer, Days: days, Left: daysBetween(d.c.AsOf, due)}
	takes, left := "办理时间待核实", "申报截止日待核实"
	if days != nil {
		takes = fmt.Sprintf("约需 %d 天", *days)
	}
	switch {
	case s.Left == nil:
	case *s.Left < 0:
		left, s.InTime = "申报已于 "+due.Chinese()+" 截止", rule.NotMet
	default:
		left = fmt.Sprintf("距 %s 截止还有 %d 天", due.Chinese(), *s.Left)
	}
	if s.Left != nil && *s.Left >= 0 && days != nil {
		s.InTime = rule.Met
		if *days > *s.Left {
			s.InTime, left = rule.NotMet, left+"，来不及"
		}
	}
	s.Text = fmt.Sprintf("%s：凭“%s”（%s出具，%s），%s", t.Text, paper, issuer, takes, left)
	return s
}

// daysBetween counts calendar days; nil when one of the dates is not a full date.
func daysBetween(from, to survey.Date) *int {
	a, err := time.Parse("2006-01-02", string(from))
	if err != nil {
		return nil
	}
	b, err := time.Parse("2006-01-02", string(to))
	if err != nil {
		return nil
	}
	n := int(b.Sub(a).Hours() / 24)
	return &n
}

// windowWarnings says of every window of the pack whether the reference day lies in it.
func (d *desk) windowWarnings() []string {
	var out []string
	for _, w := range d.p.Windows {
		name := "“" + w.Name + "”"
		switch {
		case w.From == "" && w.To == "":
			out = append(out, name+"的起止日期待核实"+noteOf(w))
		case d.c.AsOf == "":
		case d.c.AsOf.Before(w.From):
			out = append(out, fmt.Sprintf("%s自 %s 起，尚未开始%s", name, w.From.Chinese(), noteOf(w)))
		case w.To != "" && w.To.Before(d.c.AsOf):
			out = append(out, fmt.Sprintf("%s已于 %s 截止%s", name, w.To.Chinese(), noteOf(w)))
		}
	}
	return out
}

func noteOf(w Window) string {
	if w.Note == "" {
		return ""
	}
	return "（" + w.Note + "）"
}
