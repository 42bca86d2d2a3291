package recommend

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

// judge holds a set of offers against a model by the words of the model alone, without any search.
func (m *Model) judge(set []string) (weight int64, net money.Fen, ok bool) {
	has := func(id string) bool { return slices.Contains(set, id) }
	products, halves, need := map[string]bool{}, map[string]int{}, map[string]int{}
	var chosen []*ModelOffer
	for i := range m.Offers {
		o := &m.Offers[i]
		if !has(o.ID) {
			if o.Pinned {
				return 0, 0, false
			}
			continue
		}
		if o.Banned || o.Product != "" && products[o.Product] || slices.ContainsFunc(o.Excludes, has) {
			return 0, 0, false
		}
		for _, one := range o.Requires {
			if !slices.ContainsFunc(one, has) {
				return 0, 0, false
			}
		}
		products[o.Product] = true
		chosen = append(chosen, o)
		for _, c := range o.Covers {
			halves[c.Need] += c.Halves
		}
	}
	for _, n := range m.Needs {
		degree := n.Degree
		if degree == 0 {
			degree = 2
		}
		if need[n.ID] = degree; halves[n.ID] >= degree {
			weight += n.Weight
		} else if n.Must {
			return 0, 0, false
		}
	}
	a := m.account(chosen, func(id string) bool { return halves[id] >= need[id] })
	return weight, a.net(), !a.missed && (m.Budget == nil || a.net() <= *m.Budget) && (m.Cash == nil || a.cash <= *m.Cash)
}

// equals lists the offers that could stand for a line alone, at the same total and coverage.
func (r *reply) equals(id string) []string {
	if r.modelOffer(id).Pinned {
		return nil
	}
	var out []string
	rest := slices.DeleteFunc(slices.Clone(r.best.Chosen), func(c string) bool { return c == id })
	for i := range r.model.Offers {
		q := r.model.Offers[i].ID
		if slices.Contains(r.best.Chosen, q) || r.model.Offers[i].Cost != r.modelOffer(id).Cost {
			continue
		}
		if w, c, ok := r.model.judge(append(slices.Clone(rest), q)); ok && w == r.best.Weight && c == r.best.Net {
			out = append(out, q)
		}
	}
	return out
}
