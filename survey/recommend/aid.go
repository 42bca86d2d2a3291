package recommend

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

// Aid is one measure of a policy as it bears on a bundle: handed in by whoever knows the policy. The zero value gives nothing.
type Aid struct {
	Measure string `json:"measure"` // id of the measure
	Name    string `json:"name"`
	Clause  string `json:"clause"`
	Terms   Terms  `json:"terms"`
	Level   int    `json:"level,omitempty"` // maturity level that has to be reached afterwards; 0 is none
	Held    bool   `json:"held"`            // the title is evidenced or the year's notice is loaded, and the conditions hold
	Why     string `json:"why"`             // why it counts or not, in words
}

// Net is a bundle with what aid leaves of its cost.
type Net struct {
	Aid      Aid       `json:"aid"`
	Offers   []string  `json:"offers"`
	Titles   []string  `json:"titles"`
	Gross    money.Fen `json:"gross"` // to be paid before any refund
	Granted  money.Fen `json:"granted"`
	Net      money.Fen `json:"net"`      // gross when the measure does not hold
	IfNet    money.Fen `json:"ifNet"`    // 若入选: gross less the aid
	Binds    bool      `json:"binds"`    // the cap is reached
	Proved   bool      `json:"proved"`   // no other bundle of the same weight leaves less
	Same     bool      `json:"same"`     // it is the bundle that is cheapest before aid
	MainNet  money.Fen `json:"mainNet"`  // what the aid would leave of that bundle
	GateOpen bool      `json:"gateOpen"` // the level asked for is not reached by the outlook
	Text     string    `json:"text"`     // in words
}

// NetBest finds the bundle of at least the same weight that leaves least after the aid, whether the measure holds yet or not: where it does not,
// Net is the gross and IfNet is told as 若入选. Rates by layer, caps, minimum spends and awards may make another bundle best than before aid. What is
// paid before any refund keeps within the limit.
func (s *Study) NetBest(aid Aid) (Net, error) {
	r := s.r
	out := Net{Aid: aid, Proved: true, Offers: r.best.Chosen}
	if outlook := after(s.a, r.best.Covered, r.q); aid.Level > outlook.Level {
		out.GateOpen = true
		aid.Terms = Terms{}
	}
	terms := &aid.Terms
	if len(terms.Layers) > 0 || len(terms.Levels) > 0 {
		best, err := r.solve(func(m *Model) {
			m.Terms, m.Cash, m.Budget, m.AtLeast = terms, m.Budget, nil, ptr(r.best.Weight)
			for i := range m.Offers {
				m.Offers[i].Layer = r.cat.Offer(m.Offers[i].ID).Layer
			}
		})
		if err != nil {
			return out, err
		}
		out.Proved = best.Optimal
		if main := r.netOf(r.best.Chosen, terms); best.Feasible && best.Net < main.net() {
			out.Offers = best.Chosen
		}
	}
	chosen, main := r.netOf(out.Offers, terms), r.netOf(r.best.Chosen, terms)
	out.Same = slices.Equal(out.Offers, r.best.Chosen)
	out.Gross, out.Granted, out.IfNet = chosen.gross, chosen.aid+chosen.awards, chosen.net()
	if out.Net, out.MainNet = out.Gross, main.gross; aid.Held {
		out.Net, out.MainNet = out.IfNet, main.net()
	}
	out.Binds = terms.Cap != nil && chosen.aid == *terms.Cap && chosen.aid > 0
	for _, id := range out.Offers {
		out.Titles = append(out.Titles, r.title(id))
	}
	out.Text = out.words()
	return out, nil
}

// netOf reckons for some offers what the terms give back.
func (r *reply) netOf(ids []string, terms *Terms) account {
	m := r.with(func(m *Model) { m.Terms = terms })
	var offers []*ModelOffer
	halves := map[string]int{}
	for i := range m.Offers {
		o := &m.Offers[i]
		o.Layer = r.cat.Offer(o.ID).Layer
		if slices.Contains(ids, o.ID) {
			offers = append(offers, o)
			for _, c := range o.Covers {
				halves[c.Need] += c.Halves
			}
		}
	}
	return m.account(offers, func(need string) bool { return halves[need] >= 2 })
}

func (n *Net) words() string {
	switch {
	case n.GateOpen:
		return "条款要求改造后达到更高等级，这个方案的预测还够不着，补贴按零计，净费用等于首年费用 " + yuan(n.Gross)
	case len(n.Aid.Terms.Layers) == 0 && len(n.Aid.Terms.Levels) == 0:
		return n.Aid.Why + "；净费用等于首年费用 " + yuan(n.Gross)
	}
	text := n.Aid.Why + "；补贴上限 " + yuan(n.Granted) + "，净费用 " + yuan(n.Net)
	if !n.Aid.Held {
		text = n.Aid.Why + "；净费用按首年费用 " + yuan(n.Gross) + " 计。若入选，补贴上限 " + yuan(n.Granted) + "，净费用 " + yuan(n.IfNet)
	}
	if n.Binds {
		text += "；" + ReasonTexts[ReasonCapBinds]
	}
	if !n.Same {
		text += "；与补贴前最省的方案不同：" + titles(n.Titles, func(s string) string { return s })
	}
	if !n.Proved {
		text += "（未证明最省）"
	}
	return text
}
