package recommend

import (
	"context"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Study is one case put as a model, with its proved answer, ready to be asked about. Every question is answered by solving again; the
// texts are Chinese sentences. It is asked by one goroutine at a time.
type Study struct {
	r *reply
	a assess.Assessment
}

// NewStudy solves a case and keeps the model. A nil solver is Exact. It fails where Recommend fails.
func NewStudy(ctx context.Context, cat *Catalog, a assess.Assessment, c *survey.Case, s Solver, aid Aid) (*Study, error) {
	r := newReply(ctx, cat, a, c, s)
	if err := r.answer(a, aid); err != nil {
		return nil, err
	}
	return &Study{r: r, a: a}, nil
}

// NeedCost is what one covered need costs: how much cheaper the cheapest bundle becomes when it is not wanted.
type NeedCost struct {
	Need  string    `json:"need"`
	Title string    `json:"title"`
	Cost  money.Fen `json:"cost"`
	Text  string    `json:"text"`
}

// NeedCosts asks for every covered need what it costs. The other covered needs must stay covered, so that nothing is saved elsewhere.
func (s *Study) NeedCosts() ([]NeedCost, error) {
	r := s.r
	var out []NeedCost
	for _, key := range r.best.Covered {
		rest, err := r.solve(func(m *Model) {
			m.Budget, m.AtLeast = nil, nil
			m.Needs = slices.DeleteFunc(m.Needs, func(n ModelNeed) bool { return n.ID == key || !slices.Contains(r.best.Covered, n.ID) })
			for i := range m.Needs {
				m.Needs[i].Must = true
			}
			m.keepCovers()
		})
		if err != nil {
			return nil, survey.Wrap(survey.CodeInternal, "recommend.needcosts", err)
		}
		if !rest.Feasible {
			continue
		}
		n := NeedCost{Need: key, Title: r.needTitle(key), Cost: max(r.best.Net-rest.Net, 0)}
		n.Text = n.Title + "这一项占 " + yuan(n.Cost)
		if n.Cost == 0 {
			n.Text = n.Title + "不另外花钱：覆盖别的需求时一并有了"
		}
		if !rest.Optimal {
			n.Text += "（未证明最省）"
		}
		out = append(out, n)
	}
	return out, nil
}

// keepCovers drops covers of needs that the model no longer holds.
func (m *Model) keepCovers() {
	for i := range m.Offers {
		o := &m.Offers[i]
		o.Covers = slices.DeleteFunc(slices.Clone(o.Covers), func(c ModelCover) bool {
			return !slices.ContainsFunc(m.Needs, func(n ModelNeed) bool { return n.ID == c.Need })
		})
	}
}

// WhyNot is the answer to "why is this offer not in the bundle".
type WhyNot struct {
	Offer   string     `json:"offer"`
	Title   string     `json:"title"`
	Chosen  bool       `json:"chosen"`          // it is in the bundle
	Delta   *money.Fen `json:"delta,omitempty"` // extra yuan of the best bundle with it at the same coverage or better
	Reasons []string   `json:"reasons"`         // reason codes
	Text    string     `json:"text"`
}

// Why answers for one offer of the catalog: at most two solves.
func (s *Study) Why(offer string) (WhyNot, error) {
	r := s.r
	o := r.cat.Offer(offer)
	if o == nil {
		return WhyNot{}, survey.Fail(survey.CodeUnknownItem, "recommend.why", "目录里没有编号为 %s 的产品", offer)
	}
	w := WhyNot{Offer: offer, Title: o.Title, Reasons: []string{}}
	if slices.Contains(r.best.Chosen, offer) {
		w.Chosen, w.Text = true, "它就在方案里"
		return w, nil
	}
	if done := s.outside(o, &w); done {
		return w, nil
	}
	return w, s.force(o, &w)
}

// outside answers for offers that never entered the model, or that cannot help.
func (s *Study) outside(o *Offer, w *WhyNot) bool {
	r := s.r
	m := r.modelOffer(o.ID)
	switch _, priced := r.prices[o.ID]; {
	case !priced && o.PriceKind == PriceNone:
		w.Reasons, w.Text = []string{ReasonNoPrice}, "没有公开价格，不能进入测算；索取报价并填入后重新测算"
	case m.ID == "":
		w.Reasons, w.Text = []string{ReasonSizeMisfit}, "不适合本企业的人数或行业"
	case m.Banned && slices.Contains(r.c.Plan.Banned, o.ID):
		w.Reasons, w.Text = []string{ReasonUserBanned}, "您已排除它"
	case m.Banned:
		w.Reasons, w.Text = []string{ReasonConflict}, "它依赖的产品或条件，本企业凑不齐"
	case len(m.Covers) == 0 && !s.requiredByAny(o.ID):
		w.Reasons, w.Text = []string{ReasonNoNeed}, "它覆盖的不是现在要的需求"
	default:
		return false
	}
	return true
}

func (s *Study) requiredByAny(id string) bool {
	return slices.ContainsFunc(s.r.model.Offers, func(o ModelOffer) bool {
		return slices.ContainsFunc(o.Requires, func(set []string) bool { return slices.Contains(set, id) })
	})
}

// force solves with the offer in the bundle.
func (s *Study) force(o *Offer, w *WhyNot) error {
	r := s.r
	with, err := r.solve(func(m *Model) {
		m.AtLeast = nil
		for i := range m.Offers {
			if m.Offers[i].ID == o.ID {
				m.Offers[i].Pinned = true
			}
		}
	})
	if err != nil {
		return survey.Wrap(survey.CodeInternal, "recommend.why", err)
	}
	switch {
	case !with.Feasible && with.Optimal:
		w.Reasons, w.Text = []string{ReasonConflict}, "选它就满足不了您坚持的其他条件"
		if r.model.Budget != nil {
			w.Reasons, w.Text = []string{ReasonBudgetBinds}, "选它，预算 "+yuan(*r.model.Budget)+" 内就满足不了其他条件"
		}
	case !with.Feasible:
		w.Text = "限定步数内没有算完"
	case with.Weight < r.best.Weight:
		lost := slices.DeleteFunc(slices.Clone(r.best.Covered), func(k string) bool { return slices.Contains(with.Covered, k) })
		w.Reasons, w.Text = []string{ReasonBudgetBinds}, "选它，预算内就盖不住"+titles(lost, r.needTitle)
	default:
		d := with.Net - r.best.Net
		w.Delta, w.Reasons = &d, []string{ReasonDominated}
		w.Text = "选它，总价多 " + yuan(d) + s.overlap(o, with)
		if d == 0 {
			w.Reasons, w.Text = []string{ReasonTie}, "与现在的方案同价、同覆盖，是并列；只按编号次序没有选它，您可以指定它"
		}
		if d < 0 {
			w.Reasons, w.Text = []string{ReasonNoNeed}, "选它总价少 "+yuan(-d)+"，但覆盖的需求不同"
		}
	}
	if !with.Optimal {
		w.Text += "（未证明最省）"
	}
	return nil
}

// overlap says which offers fall away beside the forced one, and which stay although they cover the same.
func (s *Study) overlap(o *Offer, with Solution) string {
	var gone, doubled []string
	for _, id := range s.r.best.Chosen {
		if !slices.Contains(with.Chosen, id) {
			gone = append(gone, id)
			continue
		}
		if slices.ContainsFunc(s.r.modelOffer(id).Covers, func(c ModelCover) bool {
			return slices.ContainsFunc(s.r.modelOffer(o.ID).Covers, func(d ModelCover) bool { return d.Need == c.Need })
		}) {
			doubled = append(doubled, id)
		}
	}
	out := ""
	if len(gone) > 0 {
		out += "，它能换下" + titles(gone, s.r.title)
	}
	if len(doubled) > 0 {
		out += "，但与" + titles(doubled, s.r.title) + "重复覆盖"
	}
	return out
}
