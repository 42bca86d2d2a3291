package recommend

import "math"

// ascent raises the Lagrangian bound of a program by subgradient steps on the multipliers of all rows. Like the simplex it only proposes
// multipliers; bound proves them.
type ascent struct {
	p             *program
	coefs         [][]float64 // per row
	scale         []float64   // per row, 1 / greatest coefficient²
	cost          []float64
	pi, top, over []float64 // multipliers, the best so far; over: how far each row is missed
	rest          []float64 // reduced costs at pi
	best          float64   // the bound at top
	step          float64
	stale         int
	size          int       // coefficients
	mean          []float64 // of the columns that the bounds took, the newest most
}

func newAscent(p *program) *ascent {
	n := len(p.cost)
	a := &ascent{p: p, cost: make([]float64, n), best: math.Inf(-1), step: 1, rest: make([]float64, n), mean: make([]float64, n)}
	for j, c := range p.cost {
		a.cost[j] = float64(c)
	}
	a.extend()
	share := make([]float64, n) // what a column brings to all rows together
	for r, w := range p.rows {
		for i, j := range w.cols {
			share[j] += max(a.coefs[r][i], 0)
		}
	}
	for r, w := range p.rows { // a first guess: each column's cost is shared out among its rows
		guess := math.Inf(1)
		for i, j := range w.cols {
			if a.coefs[r][i] > 0 {
				guess = min(guess, max(a.cost[j], 0)/share[j])
			}
		}
		if w.rhs > 0 && !math.IsInf(guess, 0) {
			a.pi[r] = guess
		}
	}
	return a
}

// extend takes note of rows that the program has got.
func (a *ascent) extend() {
	for r := len(a.coefs); r < len(a.p.rows); r++ {
		w := &a.p.rows[r]
		coefs := make([]float64, len(w.coefs))
		for i, c := range w.coefs {
			coefs[i] = float64(c)
		}
		a.size += len(coefs)
		a.coefs, a.scale = append(a.coefs, coefs), append(a.scale, 1/(w.largest()*w.largest()))
		a.pi, a.top, a.over = append(a.pi, 0), append(a.top, 0), append(a.over, 0)
	}
}

// look computes the bound at pi, the reduced costs and how far each row is missed by the columns that the bound takes.
func (a *ascent) look() float64 {
	copy(a.rest, a.cost)
	low := 0.0
	for r := range a.p.rows {
		w := &a.p.rows[r]
		a.over[r] = float64(w.rhs)
		v := a.pi[r]
		if v == 0 {
			continue
		}
		low += v * float64(w.rhs)
		coefs := a.coefs[r]
		for i, j := range w.cols {
			a.rest[j] -= v * coefs[i]
		}
	}
	for j, d := range a.rest {
		if d >= 0 {
			a.mean[j] *= 0.95
			continue
		}
		a.mean[j] = 0.95*a.mean[j] + 0.05
		low += d
		for _, u := range a.p.uses[j] {
			a.over[u.row] -= float64(u.coef)
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
