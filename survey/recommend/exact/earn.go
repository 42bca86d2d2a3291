package exact

import "math"

// earned splits the objective in two: what columns cost, which comes in whole multiples of a large step (all prices the same, or round
// ones), and what some columns earn, of which there is a most (aid up to a cap). The relaxation spreads a part of a price over the whole; the
// cost alone, rounded up to the next multiple, less the most that can be earned, is often the better bound. Nil when there is nothing to round.
type earned struct {
	p      *Program
	step   int64 // of the costs of all columns that do not earn
	earns  []bool
	mixed  []bool // rows with a column that earns
	capped []int  // rows that hold only columns that earn, with the coefficients of their costs
	pi     []float64
	q      *bound
}

// newEarned looks at a program; step is that of its whole objective.
func newEarned(p *Program, step int64) *earned {
	e := &earned{p: p, earns: make([]bool, len(p.Cost)), mixed: make([]bool, len(p.Rows))}
	any := false
	for j, c := range p.Cost {
		if e.earns[j] = c < 0; c < 0 {
			any = true
		} else {
			e.step = Divisor(e.step, c)
		}
	}
	if !any || e.step <= step {
		return nil
	}
	for r := range p.Rows {
		w := &p.Rows[r]
		pure := true
		for i, j := range w.Cols {
			if e.mixed[r] = e.mixed[r] || e.earns[j]; !e.earns[j] || w.Coefs[i] != p.Cost[j] {
				pure = false
			}
		}
		if pure && len(w.Cols) > 1 {
			e.capped = append(e.capped, r)
		}
	}
	cost := make([]int64, len(p.Cost))
	for j, c := range p.Cost {
		cost[j] = max(c, 0)
	}
	e.pi, e.q = make([]float64, len(p.Rows)), newBound(&Program{Cost: cost, Lo: p.Lo, Hi: p.Hi, Rows: p.Rows})
	return e
}

// value gives the bound by the multipliers of the relaxation; math.MinInt64 when the numbers are too large to be sure.
func (e *earned) value(b *box, pi []float64) int64 {
	for r, v := range pi {
		if e.pi[r] = v; e.mixed[r] {
			e.pi[r] = 0
		}
	}
	if !e.q.take(b, e.pi, true) {
		return math.MinInt64
	}
	return ceil(e.q.value(), e.step)*e.step - e.most(b)
}

// most is the most that can be earned within the bounds of b: all of it, or less where a row caps some of it.
func (e *earned) most(b *box) (sum int64) {
	for j, c := range e.p.Cost {
		if e.earns[j] {
			sum -= c * b.hi[j]
		}
	}
	least := sum
	for _, r := range e.capped {
		w, all := &e.p.Rows[r], int64(0)
		for i, j := range w.Cols {
			all -= w.Coefs[i] * b.hi[j]
		}
		least = min(least, sum-all+min(all, -w.Rhs))
	}
	return least
}
