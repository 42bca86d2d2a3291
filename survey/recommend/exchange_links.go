package recommend

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey/money"
)

// dropAbsent takes references to offers that the file does not hold out of the model.
func (r *modelReader) dropAbsent() {
	held := map[string]bool{}
	for _, o := range r.m.Offers {
		held[o.ID] = true
	}
	gone := func(id string) bool {
		if !held[id] {
			r.names.Absent = append(r.names.Absent, id)
		}
		return !held[id]
	}
	for i := range r.m.Offers {
		o := &r.m.Offers[i]
		o.Excludes = slices.DeleteFunc(o.Excludes, gone)
		o.Requires = slices.DeleteFunc(o.Requires, func(set []string) bool {
			left := slices.ContainsFunc(set, func(id string) bool { return held[id] })
			o.Banned = o.Banned || !left
			for _, id := range set {
				gone(id)
			}
			return !left
		})
		if len(o.Requires) == 0 {
			o.Requires = nil
		}
		if len(o.Excludes) == 0 {
			o.Excludes = nil
		}
		for k := range o.Requires {
			o.Requires[k] = slices.DeleteFunc(o.Requires[k], func(id string) bool { return !held[id] })
		}
	}
	slices.Sort(r.names.Absent)
	r.names.Absent = slices.Compact(r.names.Absent)
}

// links names what is wrong between the parts of a model: doubled ids, references to nothing, references to itself, cycles, size.
func (m *Model) links() error {
	needs, offers := map[string]bool{}, map[string]bool{}
	for i, n := range m.Needs {
		if n.ID == "" {
			return fault(FaultID, "%s.id", at("needs", i))
		}
		if needs[n.ID] {
			return fault(FaultDouble, "%s %q", at("needs", i), n.ID)
		}
		needs[n.ID] = true
	}
	var total money.Fen
	rows := len(m.Needs)
	for i, o := range m.Offers {
		if o.ID == "" {
			return fault(FaultID, "%s.id", at("offers", i))
		}
		if offers[o.ID] {
			return fault(FaultDouble, "%s %q", at("offers", i), o.ID)
		}
		offers[o.ID] = true
		var err error
		if total, err = money.Add(total, o.Cost); err != nil {
			return fault(FaultSum, "%s %q", at("offers", i), o.ID)
		}
		rows += len(o.Requires) + len(o.Excludes)
	}
	for i := range m.Offers {
		if err := m.Offers[i].links(fmt.Sprintf("%s %q", at("offers", i), m.Offers[i].ID), needs); err != nil {
			return err
		}
	}
	for i, set := range m.Forbid {
		for _, id := range set {
			if !offers[id] {
				return fault(FaultOffer, "%s %q", at("forbid", i), id)
			}
		}
	}
	if err := m.linkTerms(); err != nil {
		return err
	}
	if (rows+len(m.Forbid))*(len(m.Offers)+len(m.Needs)) > maxCells {
		return fault(FaultSize, "%d conditions on %d offers", rows+len(m.Forbid), len(m.Offers))
	}
	return m.order()
}

func (o *ModelOffer) links(where string, needs map[string]bool) error {
	seen := map[string]bool{}
	for _, c := range o.Covers {
		switch {
		case !needs[c.Need]:
			return fault(FaultNeed, "%s covers %q", where, c.Need)
		case seen[c.Need]:
			return fault(FaultDouble, "%s covers %q", where, c.Need)
		}
		seen[c.Need] = true
	}
	for _, set := range o.Requires {
		if slices.Contains(set, o.ID) {
			return fault(FaultSelfRequire, "%s", where)
		}
	}
	if slices.Contains(o.Excludes, o.ID) {
		return fault(FaultSelfExclude, "%s", where)
	}
	return nil
}

// order refuses offers that no order of buying can reach, because each waits for another one of them. A circle that some offer leaves
// by an alternative is fine.
func (m *Model) order() error {
	index, waits := map[string]int{}, make([]int, len(m.Offers))
	users := make([][][2]int, len(m.Offers)) // per offer: the requirements (offer, set) that it can fill
	filled := make([][]bool, len(m.Offers))
	for j, o := range m.Offers {
		index[o.ID] = j
	}
	var ready []int
	for j, o := range m.Offers {
		waits[j], filled[j] = len(o.Requires), make([]bool, len(o.Requires))
		for k, set := range o.Requires {
			for _, id := range set {
				users[index[id]] = append(users[index[id]], [2]int{j, k})
			}
		}
		if waits[j] == 0 {
			ready = append(ready, j)
		}
	}
	for len(ready) > 0 {
		j := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		for _, u := range users[j] {
			if filled[u[0]][u[1]] {
				continue
			}
			filled[u[0]][u[1]] = true
			if waits[u[0]]--; waits[u[0]] == 0 {
				ready = append(ready, u[0])
			}
		}
	}
	if j := slices.IndexFunc(waits, func(n int) bool { return n > 0 }); j >= 0 {
		return fault(FaultCycle, "%s", m.circle(j, index, filled))
	}
	return nil
}

// circle writes the offers of one cycle: each waits for the next.
func (m *Model) circle(j int, index map[string]int, filled [][]bool) string {
	var path []int
	for !slices.Contains(path, j) {
		path = append(path, j)
		k := slices.Index(filled[j], false)
		j = index[m.Offers[j].Requires[k][0]]
	}
	path = append(path[slices.Index(path, j):], j)
	names := make([]string, 0, len(path))
	for i, p := range path {
		if i == 6 {
			names = append(names, "…")
			break
		}
		names = append(names, fmt.Sprintf("%q", m.Offers[p].ID))
	}
	return strings.Join(names, " → ")
}
