package exact

import (
	"math"
	"slices"
)

// gain is what narrowing a column has raised the bound by, per unit of the way down and up, on average.
type gain struct {
	sum [2]float64
	n   [2]int
}

func (g *gain) add(side int, per float64) { g.sum[side], g.n[side] = g.sum[side]+per, g.n[side]+1 }

func (g *gain) mean(side int) float64 { return g.sum[side] / float64(max(g.n[side], 1)) }

// known tells whether both sides have been seen often enough to be trusted without a probe.
func (g *gain) known() bool { return min(g.n[0], g.n[1]) >= trusted }

// split tells that a probe has narrowed a column and the node has to be looked at again; none that every column is fixed.
const split = -2

// Probing: at most so many columns of a node, so many pivots each; it ends when so many in a row were no better; a column that has been seen
// so often is not probed again.
const (
	probeColumns = 10
	probePivots  = 25
	probeIdle    = 6
	trusted      = 2
)

// branch picks the column whose two children raise the bound most (by the product rule), after probing the columns it knows nothing of.
// Columns that are counted come after those that are chosen.
func (t *tree) branch(low int64) int {
	open, spare := t.open()
	if len(open) == 0 {
		return spare
	}
	best, most := open[0], -1.0
	probes, idle := 0, 0
	for _, j := range open {
		if probes < probeColumns && idle < probeIdle && !t.gains[j].known() {
			if probes++; probes == 1 {
				t.lp.mark(&t.start)
			}
			for side := range 2 {
				if !t.probe(j, side, low) {
					lo, hi := t.side(j, 1-side)
					t.b.set(j, lo, hi)
					return split
				}
			}
			idle++
		}
		if v := t.score(j); v > most*(1+1e-9) {
			best, most, idle = j, v, 0
		}
	}
	return best
}

// score is the product of what both sides of a column promise.
func (t *tree) score(j int) float64 {
	g, f := &t.gains[j], t.x[j]-math.Floor(t.x[j])
	return max(g.mean(0)*f, 1e-6) * max(g.mean(1)*(1-f), 1e-6)
}

// open lists the columns that are not whole at the present point, the most broken first; spare is any column that is not fixed, or none.
func (t *tree) open() (open []int, spare int) {
	spare = none
	var counted []int
	for j, v := range t.x {
		if !t.b.free(j) {
			continue
		}
		if spare == none || t.b.hi[spare]-t.b.lo[spare] > 1 && t.b.hi[j]-t.b.lo[j] == 1 {
			spare = j
		}
		if math.Abs(v-math.Round(v)) > 1e-6 {
			if t.p.Hi[j] > 1 {
				counted = append(counted, j)
			} else {
				open = append(open, j)
			}
		}
	}
	if len(open) == 0 {
		return counted, spare
	}
	broken := func(j int) float64 { return math.Round(1e7 * math.Abs(t.x[j]-math.Round(t.x[j]))) }
	slices.SortStableFunc(open, func(a, b int) int { return order(broken(b), broken(a)) })
	return open, spare
}

// side gives the bounds of column j below (0) or above (1) its present value.
func (t *tree) side(j, side int) (lo, hi int64) {
	lo, hi = t.b.lo[j], t.b.hi[j]
	cut := min(max(int64(math.Floor(t.x[j])), lo), hi-1)
	if side == 0 {
		return lo, cut
	}
	return cut + 1, hi
}

// probe looks a few pivots into a child and notes the gain; false when the child holds nothing better.
func (t *tree) probe(j, side int, low int64) bool {
	trail := len(t.b.trail)
	defer func() {
		t.b.back(trail)
		t.lp.back(&t.start)
	}()
	lo, hi := t.side(j, side)
	t.b.set(j, lo, hi)
	if !t.b.propagate(t.cutoff()) {
		return false
	}
	if i, above := t.relax(probePivots); i >= 0 {
		t.lp.ray(above, t.pi)
		return !(t.q.take(t.b, t.pi, false) && t.q.impossible())
	}
	t.lp.prices(t.pi)
	if !t.q.take(t.b, t.pi, true) {
		return true
	}
	reached := t.q.value()
	way := t.x[j] - math.Floor(t.x[j])
	if side == 1 {
		way = 1 - way
	}
	if low > math.MinInt64 {
		t.gains[j].add(side, float64(max(reached-low, 0))/max(way, 0.05))
	}
	return t.up(max(reached, t.proved())) < t.cutoff()
}
