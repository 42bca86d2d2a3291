package recommend

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// maxValuePoints caps the bundles that the value objective looks at.
const maxValuePoints = 200

// aim turns the value objective into a weight to reach. The bundle of least cost plus worth of what stays open is one that no other beats in
// weight and cost together, so the front of these is walked from the top; the best of them is exact when the walk reaches its end.
func (r *reply) aim() error {
	if r.c.Plan.Objective != survey.ObjectiveValue || len(r.model.Needs) == 0 {
		return nil
	}
	var best *Solution
	var worth money.Fen
	limit := r.model.Budget
	for range maxValuePoints {
		s, err := r.solve(func(m *Model) { m.Budget = limit })
		if err != nil {
			return err
		}
		if !s.Feasible {
			break
		}
		if best == nil {
			worth = r.worth(s)
		}
		if best == nil || surplus(s, worth) > surplus(*best, worth) {
			best = &s
		}
		if s.Cost == 0 || !s.Optimal {
			break
		}
		limit = ptr(s.Cost - 1)
	}
	if best != nil {
		r.model.AtLeast, r.out.Worth = ptr(best.Weight), &worth
	}
	return nil
}

// worth of a weight point: a person's word, else the average price of a point in the bundle that covers most, rounded up.
func (r *reply) worth(most Solution) money.Fen {
	if r.c.Plan.Worth != nil {
		return *r.c.Plan.Worth
	}
	return (most.Cost + money.Fen(max(most.Weight, 1)) - 1) / money.Fen(max(most.Weight, 1))
}

// surplus is what a bundle is worth beyond its cost; a worth too large to multiply counts as the largest amount.
func surplus(s Solution, worth money.Fen) money.Fen {
	v, ok := times(worth, int(s.Weight))
	if !ok {
		v = money.MaxFen
	}
	return v - s.Cost
}

// release finds what could be given up besides money: the insisted needs of least weight, or one pinned offer.
func (r *reply) release(c *Conflict) error {
	s, err := r.solve(func(m *Model) {
		for i := range m.Needs {
			m.Needs[i].Must = false
		}
	})
	if err != nil {
		return err
	}
	if s.Feasible && s.Optimal {
		for _, n := range r.model.Needs {
			if n.Must && !slices.Contains(s.Covered, n.ID) {
				c.Drop = append(c.Drop, n.ID)
			}
		}
		if len(c.Drop) > 0 {
			c.Ways = append(c.Ways, "不再坚持"+titles(c.Drop, r.needTitle)+"，其余要求就都能满足，首年 "+yuan(s.Cost))
		}
	}
	for i, o := range r.model.Offers {
		if !o.Pinned {
			continue
		}
		s, err := r.solve(func(m *Model) { m.Offers[i].Pinned = false })
		if err != nil {
			return err
		}
		if s.Feasible {
			c.Unpin = append(c.Unpin, o.ID)
			c.Ways = append(c.Ways, "不再指定“"+r.title(o.ID)+"”，其余要求就都能满足，首年 "+yuan(s.Cost))
		}
	}
	return nil
}
