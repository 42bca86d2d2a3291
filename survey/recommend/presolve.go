package recommend

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey/money"
)

// instance is a model in numbers, offers and needs in the order of their ids, with what cannot matter struck out.
type instance struct {
	m        *Model
	offers   []ModelOffer
	needs    []ModelNeed
	alive    []bool    // offers that may be chosen
	open     []bool    // needs that can be covered
	covers   [][]cell  // per offer
	requires [][][]int // per offer
	clash    [][]int   // per offer, both ways: excludes and the other tiers of its product
	needers  [][]int   // per offer: offers with a requirement that it can fill
	at       map[string]int
	dead     bool // some demand cannot be met at all
}

type cell struct{ need, halves int }

func newInstance(m *Model) *instance {
	t := &instance{m: m, offers: slices.Clone(m.Offers), needs: slices.Clone(m.Needs), at: map[string]int{}}
	slices.SortFunc(t.offers, func(a, b ModelOffer) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(t.needs, func(a, b ModelNeed) int { return strings.Compare(a.ID, b.ID) })
	needAt := map[string]int{}
	for i := range t.needs {
		if t.needs[i].Degree == 0 {
			t.needs[i].Degree = 2
		}
		needAt[t.needs[i].ID] = i
	}
	for j, o := range t.offers {
		t.at[o.ID] = j
	}
	n := len(t.offers)
	t.alive, t.open, t.covers = make([]bool, n), make([]bool, len(t.needs)), make([][]cell, n)
	t.requires, t.clash, t.needers = make([][][]int, n), make([][]int, n), make([][]int, n)
	products := map[string][]int{}
	for j, o := range t.offers {
		t.alive[j] = !o.Banned
		t.dead = t.dead || o.Banned && o.Pinned
		for _, c := range o.Covers {
			i := needAt[c.Need]
			t.covers[j] = append(t.covers[j], cell{i, min(c.Halves, t.needs[i].Degree)})
		}
		for _, set := range o.Requires {
			idx := t.indices(set)
			t.requires[j] = append(t.requires[j], idx)
			for _, q := range idx {
				t.needers[q] = append(t.needers[q], j)
			}
		}
		for _, q := range t.indices(o.Excludes) {
			t.clash[j], t.clash[q] = append(t.clash[j], q), append(t.clash[q], j)
		}
		if o.Product != "" {
			for _, q := range products[o.Product] {
				t.clash[j], t.clash[q] = append(t.clash[j], q), append(t.clash[q], j)
			}
			products[o.Product] = append(products[o.Product], j)
		}
	}
	for j := range t.clash {
		slices.Sort(t.clash[j])
		t.clash[j] = slices.Compact(t.clash[j])
	}
	t.reduce()
	return t
}

func (t *instance) indices(ids []string) []int {
	out := make([]int, 0, len(ids))
	for _, id := range ids {
		out = append(out, t.at[id])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// reduce strikes out until nothing more falls.
func (t *instance) reduce() {
	for changed := true; changed; {
		changed = t.strikeNeeds()
		for j := range t.offers {
			if t.alive[j] && (t.impossible(j) || t.useless(j)) {
				t.strike(j)
				changed = true
			}
		}
	}
	if t.mayReplace() {
		t.strikeDominated(t.cheaper)
	}
}

// mayReplace tells whether dominance holds: not when a whole bundle is forbidden or when vendors count before cost.
func (t *instance) mayReplace() bool {
	return len(t.m.Forbid) == 0 && !t.m.VendorsFirst
}

// merged is the instance with one of each group of equally dear stand-ins: enough for the weight and the cost, not for ties.
func (t *instance) merged() *instance {
	c := *t
	c.alive = slices.Clone(t.alive)
	if c.mayReplace() {
		c.strikeDominated(func(q, j int) bool { return c.offers[q].Cost <= c.offers[j].Cost })
	}
	return &c
}

func (t *instance) strike(j int) {
	t.alive[j] = false
	t.dead = t.dead || t.offers[j].Pinned
}

func (t *instance) strikeNeeds() bool {
	sum := make([]int, len(t.needs))
	for j := range t.offers {
		if t.alive[j] {
			for _, c := range t.covers[j] {
				sum[c.need] += c.halves
			}
		}
	}
	changed := false
	for i, n := range t.needs {
		ok := sum[i] >= n.Degree
		changed = changed || ok != t.open[i]
		t.open[i] = ok
		t.dead = t.dead || n.Must && !ok
	}
	return changed
}

// impossible: over a limit alone, or a requirement that nothing left can fill.
func (t *instance) impossible(j int) bool {
	if t.m.Budget != nil && t.m.Terms == nil && t.offers[j].Cost > *t.m.Budget || t.m.Cash != nil && t.offers[j].Cost-t.offers[j].Later > *t.m.Cash {
		return true
	}
	for _, set := range t.requires[j] {
		if !slices.ContainsFunc(set, func(q int) bool { return t.alive[q] }) {
			return true
		}
	}
	return false
}

// useless: covers nothing that can be covered and fills no requirement.
func (t *instance) useless(j int) bool {
	return !t.offers[j].Pinned && t.plain(j) &&
		!slices.ContainsFunc(t.covers[j], func(c cell) bool { return t.open[c.need] }) &&
		!slices.ContainsFunc(t.needers[j], func(q int) bool { return t.alive[q] })
}

// plain tells whether an offer matters by its covers and links alone: it counts for no level and fills no minimum spend.
func (t *instance) plain(j int) bool {
	l := t.m.Terms.layer(t.offers[j].Layer)
	return len(t.offers[j].Counts) == 0 && (l == nil || l.Minimum == 0)
}

// cheaper tells whether q costs less than j in a way that makes every bundle with q in the place of j cheaper, after aid as well: fen that a
// rate cuts off must not eat up the difference.
func (t *instance) cheaper(q, j int) bool {
	less := int64(t.offers[j].Cost - t.offers[q].Cost)
	if l := t.m.Terms.layer(t.offers[j].Layer); l != nil {
		return less > 0 && less < maxSum/int64(money.One) && less*int64(money.One-l.Rate) >= 2*int64(money.One)
	}
	return less > 0
}

// strikeDominated removes an offer when another one that is cheaper by the given order can always stand in its place. With a strict
// order no best bundle holds it.
func (t *instance) strikeDominated(cheaper func(q, j int) bool) {
	full := make([][]int, len(t.needs)) // offers that cover a need wholly
	all := make([]int, len(t.offers))
	for j := range t.offers {
		all[j] = j
		for _, c := range t.covers[j] {
			if t.alive[j] && c.halves == t.needs[c.need].Degree {
				full[c.need] = append(full[c.need], j)
			}
		}
	}
	for j := range t.offers {
		if !t.alive[j] || t.offers[j].Pinned {
			continue
		}
		among := all // of the offers that can stand in: those that cover the need which fewest cover
		for _, c := range t.covers[j] {
			if t.open[c.need] && len(full[c.need]) < len(among) {
				among = full[c.need]
			}
		}
		for _, q := range among {
			if q != j && t.alive[q] && cheaper(q, j) && t.replaces(q, j) {
				t.alive[j] = false
				break
			}
		}
	}
}

// replaces tells whether q may stand for j in every bundle.
func (t *instance) replaces(q, j int) bool {
	a, b := &t.offers[q], &t.offers[j]
	if !t.plain(j) || a.Layer != b.Layer && t.m.Terms.layer(a.Layer) != t.m.Terms.layer(b.Layer) || t.m.Cash != nil && a.Cost-a.Later > b.Cost-b.Later {
		return false
	}
	for _, c := range t.covers[j] {
		if t.open[c.need] && !slices.Contains(t.covers[q], cell{c.need, t.needs[c.need].Degree}) {
			return false
		}
	}
	for _, set := range t.requires[q] {
		if !slices.ContainsFunc(t.requires[j], func(r []int) bool { return subset(r, set) }) {
			return false
		}
	}
	for _, k := range t.clash[q] {
		if k != j && t.alive[k] && !slices.Contains(t.clash[j], k) {
			return false
		}
	}
	for _, k := range t.needers[j] {
		if !t.alive[k] {
			continue
		}
		for _, set := range t.requires[k] {
			if slices.Contains(set, j) && (k == q || !slices.Contains(set, q)) {
				return false
			}
		}
	}
	return true
}

func subset(a, b []int) bool {
	return !slices.ContainsFunc(a, func(v int) bool { return !slices.Contains(b, v) })
}
