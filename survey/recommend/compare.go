package recommend

import (
	"fmt"
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

// alternatives are whole other answers: the second best, the one with fewest vendors, and the one without estimated prices.
func (r *reply) alternatives() error {
	if len(r.best.Chosen) == 0 {
		return nil
	}
	estimates := func(m *Model) {
		for _, o := range r.cat.Offers {
			if o.PriceKind == PriceEstimate {
				m.ban(o.ID)
			}
		}
	}
	for _, v := range []struct {
		title  string
		change func(*Model)
	}{
		{"次优方案", func(m *Model) { m.Forbid = append(m.Forbid, r.best.Chosen) }},
		{"厂商最少", func(m *Model) { m.VendorsFirst = true }},
		{"只用标价和报价", estimates},
	} {
		s, err := r.solve(v.change)
		if err != nil {
			return err
		}
		if !s.Feasible || len(s.Chosen) == 0 || slices.Equal(s.Chosen, r.best.Chosen) {
			continue
		}
		r.out.Others = append(r.out.Others, r.alternative(v.title, s))
	}
	return nil
}

func (r *reply) alternative(title string, s Solution) Alternative {
	a := Alternative{Title: title, Offers: s.Chosen, FirstYear: s.Cost, Delta: s.Net - r.best.Net, Covered: len(s.Covered), Vendors: s.Vendors}
	switch {
	case a.Delta > 0:
		a.Text = "比首选多 " + yuan(a.Delta)
	case a.Delta < 0:
		a.Text = "比首选少 " + yuan(-a.Delta)
	default:
		a.Text = "与首选同价"
	}
	switch d := len(s.Covered) - len(r.best.Covered); {
	case s.Weight == r.best.Weight && a.Delta == 0:
		a.Text = "与首选并列：价格和覆盖相同"
	case d < 0:
		a.Text += fmt.Sprintf("，少覆盖 %d 项", -d)
	case s.Weight < r.best.Weight:
		a.Text += "，覆盖的需求权重较低"
	}
	a.Text += fmt.Sprintf("，%d 家厂商", s.Vendors)
	if !s.Optimal {
		a.Text += "（未证明最省）"
	}
	return a
}

// maxFront caps the points of the front.
const maxFront = 16

// front sweeps the breakpoints from full coverage downwards: each next point spends at least one fen less. Every point is the most
// weight for its money and the least money for its weight. It keeps what a person insists on, and leaves the budget out.
func (r *reply) front() error {
	var budget *money.Fen
	for len(r.out.Front) < maxFront {
		s, err := r.solve(func(m *Model) { m.Budget, m.AtLeast, m.Terms = budget, nil, nil })
		if err != nil {
			return err
		}
		if !s.Feasible || !s.Optimal || len(s.Covered) == 0 {
			break
		}
		r.out.Front = append(r.out.Front, Point{FirstYear: s.Cost, Covered: len(s.Covered), Weight: s.Weight, Offers: s.Chosen})
		if s.Cost == 0 {
			break
		}
		budget = ptr(s.Cost - 1)
	}
	slices.Reverse(r.out.Front)
	return nil
}
