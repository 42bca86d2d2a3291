package recommend

import "math"

// bound turns proposed multipliers into a true lower bound. For any multipliers π ≥ 0 and every z that holds the rows,
//
//	Σ cost·z ≥ Σ π·rhs + Σ_j min over the bounds of (cost_j − Σ π·coef_j)·z_j
//
// (weak Lagrangian duality). The multipliers are rounded to integers over a common scale and the sum is made in int64.
type bound struct {
	p     *program
	scale int64   // common denominator of low and rest
	low   int64   // bound × scale
	rest  []int64 // reduced cost × scale per column
	pi    []int64
}

func newBound(p *program) *bound {
	return &bound{p: p, rest: make([]int64, len(p.cost)), pi: make([]int64, len(p.rows))}
}

// reach estimates the largest number that the sum would meet at scale 1.
func (q *bound) reach(pi []float64, costs bool) float64 {
	total := 1.0
	if costs {
		for _, c := range q.p.cost {
			total += math.Abs(float64(c))
		}
	}
	for r, w := range q.p.rows {
		if pi[r] == 0 {
			continue
		}
		sum := math.Abs(float64(w.rhs))
		for _, c := range w.coefs {
			sum += math.Abs(float64(c))
		}
		total += pi[r] * sum
	}
	return total
}

// take evaluates the multipliers within the bounds of b; costs false leaves the objective out, which is the test of a ray.
// It reports false when the numbers are too large to be sure.
func (q *bound) take(b *box, pi []float64, costs bool) bool {
	total := q.reach(pi, costs)
	if math.IsNaN(total) || math.IsInf(total, 0) {
		return false
	}
	k := 60 - math.Ilogb(total) - 1
	if k < 0 {
		return false
	}
	q.scale = 1 << min(k, 44)
	clear(q.rest)
	if costs {
		for j, c := range q.p.cost {
			q.rest[j] = c * q.scale
		}
	}
	q.low = 0
	for r, w := range q.p.rows {
		v := int64(math.Floor(pi[r] * float64(q.scale)))
		q.pi[r] = v
		if v == 0 {
			continue
		}
		q.low += v * w.rhs
		for i, j := range w.cols {
			q.rest[j] -= v * w.coefs[i]
		}
	}
	for j, d := range q.rest {
		if d > 0 {
			q.low += d * int64(b.lo[j])
		} else {
			q.low += d * int64(b.hi[j])
		}
	}
	return true
}

// value gives the bound as a whole number, rounded up.
func (q *bound) value() int64 {
	v := q.low / q.scale
	if q.low > v*q.scale {
		v++
	}
	return v
}

// impossible tells whether the ray just taken proves that no z holds all rows.
func (q *bound) impossible() bool { return q.low > 0 }

// fixed tells the value that column j must have in any solution below cutoff, or -1.
func (q *bound) fixed(b *box, j int, cutoff int64) int8 {
	d := q.rest[j]
	if !b.free(j) || d == 0 {
		return -1
	}
	gap := cutoff - 1 - q.value() // ≥ 0 when the node is open; one whole unit of room for the rounding
	if gap < 0 || gap > math.MaxInt64/2/q.scale-1 {
		return -1
	}
	switch room := (gap + 1) * q.scale; {
	case d > room:
		return 0
	case -d > room:
		return 1
	}
	return -1
}
