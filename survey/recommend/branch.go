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
func (s *search) branch(low int64) int {
	var open []int
	spare := none
	for j, v := range s.x {
		if !s.b.free(j) {
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
		fa, fb := min(s.x[a], 1-s.x[a]), min(s.x[b], 1-s.x[b])
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
		if g := &s.gains[j]; probes < probeColumns && (g.at == 0 || s.nodes-g.at > probeAge) {
			probes++
			g.at = s.nodes
			for v := range int8(2) {
				if !s.probe(j, v, low) {
					s.b.fix(j, 1-v)
					return split
				}
			}
		}
	}
	best, score := open[0], -1.0
	for _, j := range open {
		g := s.gains[j]
		if v := max(g.side[0]*s.x[j], 1e-6) * max(g.side[1]*(1-s.x[j]), 1e-6); v > score*(1+1e-9) {
			best, score = j, v
		}
	}
	return best
}

// probe looks a few pivots into a child and notes the gain; false when the child holds nothing better.
func (s *search) probe(j int, v int8, low int64) bool {
	mark := len(s.b.trail)
	defer s.b.back(mark)
	s.b.fix(j, v)
	if !s.b.propagate(s.cutoff) {
		return false
	}
	i, above := s.lp.run(s.b, probePivots)
	if i >= 0 {
		s.lp.rayOf(i, above, s.pi)
		return !(s.q.take(s.b, s.pi, false) && s.q.impossible())
	}
	s.lp.prices(s.pi)
	if !s.q.take(s.b, s.pi, true) {
		return true
	}
	reached := s.q.value()
	way := s.x[j]
	if v == 1 {
		way = 1 - way
	}
	if low > math.MinInt64 {
		s.gains[j].side[v] = float64(max(reached-low, 0)) / max(way, 0.05)
	}
	return reached < s.cutoff
}
