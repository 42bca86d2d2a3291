package recommend

import (
	"math"
	"slices"
)

// gain is what fixing a column has raised the bound by, per unit of the way to 0 and to 1, as last probed.
type gain struct {
	side [2]float64
	at   int // node of the last probe, 0 is never
}

// split tells that a probe has fixed a column and the node has to be looked at again; none that every column is fixed.
const (
	none  = -1
	split = -2
)

// Probing: at most so many columns of a node, so many pivots each; a probe is trusted for so many nodes.
const (
	probeColumns = 10
	probePivots  = 12
	probeAge     = 200
)

// branch picks the column whose two children raise the bound most (by the product rule), after probing the columns it knows nothing of.
func (t *tree) branch(low int64) int {
	var open []int
	spare := none
	for j, v := range t.x {
		if !t.b.free(j) {
			continue
		}
		if spare == none {
			spare = j
		}
		if min(v, 1-v) > 1e-6 {
			open = append(open, j)
		}
	}
	if len(open) == 0 {
		return spare
	}
	slices.SortStableFunc(open, func(a, b int) int {
		fa, fb := min(t.x[a], 1-t.x[a]), min(t.x[b], 1-t.x[b])
		switch {
		case fa > fb+1e-9:
			return -1
		case fa < fb-1e-9:
			return 1
		}
		return 0
	})
	probes := 0
	for _, j := range open {
		if g := &t.gains[j]; probes < probeColumns && (g.at == 0 || t.s.nodes-g.at > probeAge) {
			probes++
			g.at = t.s.nodes
			for v := range int8(2) {
				if !t.probe(j, v, low) {
					t.b.fix(j, 1-v)
					return split
				}
			}
		}
	}
	best, score := open[0], -1.0
	for _, j := range open {
		g := t.gains[j]
		if v := max(g.side[0]*t.x[j], 1e-6) * max(g.side[1]*(1-t.x[j]), 1e-6); v > score*(1+1e-9) {
			best, score = j, v
		}
	}
	return best
}

// probe looks a few pivots into a child and notes the gain; false when the child holds nothing better.
func (t *tree) probe(j int, v int8, low int64) bool {
	mark := len(t.b.trail)
	defer t.b.back(mark)
	t.b.fix(j, v)
	if !t.b.propagate(t.cutoff()) {
		return false
	}
	before := t.lp.work
	i, above := t.lp.run(t.b, probePivots)
	t.s.work += t.lp.work - before
	if i >= 0 {
		t.lp.rayOf(i, above, t.pi)
		return !(t.q.take(t.b, t.pi, false) && t.q.impossible())
	}
	t.lp.prices(t.pi)
	if !t.q.take(t.b, t.pi, true) {
		return true
	}
	reached := t.q.value()
	way := t.x[j]
	if v == 1 {
		way = 1 - way
	}
	if low > math.MinInt64 {
		t.gains[j].side[v] = float64(max(reached-low, 0)) / max(way, 0.05)
	}
	return reached < t.cutoff()
}
