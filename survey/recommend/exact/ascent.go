package exact

import "math"

// ascent raises the Lagrangian bound of a program by subgradient steps on the multipliers of all rows. Like the simplex it only proposes
// multipliers; bound proves them.
type ascent struct {
	p             *Program
	coefs         [][]float64 // per row
	scale         []float64   // per row, 1 / greatest coefficient²
	cost, hi      []float64
	pi, top, over []float64 // multipliers, the best so far; over: how far each row is missed
	rest          []float64 // reduced costs at pi
	best          float64   // the bound at top
	step          float64
	stale         int
	size          int // coefficients
}

func newAscent(p *Program) *ascent {
	n, m := len(p.Cost), len(p.Rows)
	a := &ascent{p: p, cost: make([]float64, n), hi: make([]float64, n), best: math.Inf(-1), step: 1, rest: make([]float64, n)}
	a.coefs, a.scale, a.pi, a.top, a.over = make([][]float64, m), make([]float64, m), make([]float64, m), make([]float64, m), make([]float64, m)
	for j, c := range p.Cost {
		a.cost[j], a.hi[j] = float64(c), float64(p.Hi[j])
	}
	share := make([]float64, n) // what a column brings to all rows together
	for r := range p.Rows {
		w := &p.Rows[r]
		a.coefs[r] = make([]float64, len(w.Cols))
		largest := 1.0
		for i, j := range w.Cols {
			c := float64(w.Coefs[i])
			a.coefs[r][i] = c
			share[j] += max(c, 0)
			largest = max(largest, math.Abs(c))
		}
		a.size, a.scale[r] = a.size+len(w.Cols), 1/(largest*largest)
	}
	for r := range p.Rows { // a first guess: each column's cost is shared out among its rows
		w, guess := &p.Rows[r], math.Inf(1)
		for i, j := range w.Cols {
			if a.coefs[r][i] > 0 {
				guess = min(guess, max(a.cost[j], 0)/share[j])
			}
		}
		if w.Rhs > 0 && !math.IsInf(guess, 0) {
			a.pi[r] = guess
		}
	}
	return a
}

// look computes the bound at pi, the reduced costs and how far each row is missed by the columns that the bound takes.
func (a *ascent) look() float64 {
	copy(a.rest, a.cost)
	low := 0.0
	for r := range a.p.Rows {
		w := &a.p.Rows[r]
		a.over[r] = float64(w.Rhs)
		v := a.pi[r]
		if v == 0 {
			continue
		}
		low += v * float64(w.Rhs)
		coefs := a.coefs[r]
		for i, j := range w.Cols {
			a.rest[j] -= v * coefs[i]
		}
	}
	for j, d := range a.rest {
		if d >= 0 {
			continue
		}
		low += d * a.hi[j]
		for _, u := range a.p.uses[j] {
			a.over[u.row] -= float64(u.coef) * a.hi[j]
		}
	}
	return low
}

// move looks at the present multipliers and takes one step towards a bound of target; false when no step is left.
func (a *ascent) move(target float64) bool {
	low := a.look()
	if low > a.best+1e-7*math.Abs(a.best) || math.IsInf(a.best, -1) {
		a.best, a.stale = low, 0
		copy(a.top, a.pi)
	} else if a.stale++; a.stale >= 15 {
		a.step, a.stale = a.step/2, 0
	}
	norm := 0.0
	for r, g := range a.over {
		if g > 0 || a.pi[r] > 0 {
			norm += g * g * a.scale[r]
		}
	}
	if norm < 1e-12 || a.step < 0.004 || target <= a.best {
		return false
	}
	t := a.step * max(target-low, 1e-3*math.Abs(target)) / norm
	for r, g := range a.over {
		a.pi[r] = max(0, a.pi[r]+t*g*a.scale[r])
	}
	return true
}
