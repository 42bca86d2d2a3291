package exact

import "math"

// bound turns proposed multipliers into a true lower bound. For any multipliers π ≥ 0 and every z that holds the rows,
//
//	Σ cost·z ≥ Σ π·rhs + Σ_j min over the bounds of (cost_j − Σ π·coef_j)·z_j
//
// (weak Lagrangian duality). The multipliers are rounded to integers over a common scale and the sum is made in int64.
type bound struct {
	p     *Program
	scale int64   // common denominator of low and rest
	low   int64   // bound × scale
	rest  []int64 // reduced cost × scale per column
	sums  []float64
	costs float64
}

func newBound(p *Program) *bound {
	q := &bound{p: p, rest: make([]int64, len(p.Cost)), sums: make([]float64, len(p.Rows)), costs: 1}
	for j, c := range p.Cost {
		q.costs += math.Abs(float64(c)) * float64(max(p.Hi[j], 1))
	}
	for r := range p.Rows {
		w := &p.Rows[r]
		q.sums[r] = math.Abs(float64(w.Rhs))
		for i, c := range w.Coefs {
			q.sums[r] += math.Abs(float64(c)) * float64(max(p.Hi[w.Cols[i]], 1))
		}
	}
	return q
}

// reach estimates the largest number that the sum would meet at scale 1.
func (q *bound) reach(pi []float64, costs bool) float64 {
	total := 1.0
	if costs {
		total = q.costs
	}
	for r, v := range pi {
		if v != 0 {
			total += v * q.sums[r]
		}
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
		for j, c := range q.p.Cost {
			q.rest[j] = c * q.scale
		}
	}
	q.low = 0
	for r := range q.p.Rows {
		v := int64(math.Floor(pi[r] * float64(q.scale)))
		if v <= 0 {
			continue
		}
		w := &q.p.Rows[r]
		q.low += v * w.Rhs
		for i, j := range w.Cols {
			q.rest[j] -= v * w.Coefs[i]
		}
	}
	for j, d := range q.rest {
		if d > 0 {
			q.low += d * b.lo[j]
		} else {
			q.low += d * b.hi[j]
		}
	}
	return true
}

// value gives the bound as a whole number, rounded up.
func (q *bound) value() int64 { return ceil(q.low, q.scale) }

// impossible tells whether the ray just taken proves that no z holds all rows.
func (q *bound) impossible() bool { return q.low > 0 }

// narrow gives the bounds that column j has in any solution below cutoff; ok tells whether they are narrower than those of b.
func (q *bound) narrow(b *box, j int, cutoff int64) (lo, hi int64, ok bool) {
	d := q.rest[j]
	lo, hi = b.lo[j], b.hi[j]
	if lo == hi || d == 0 {
		return lo, hi, false
	}
	gap := cutoff - 1 - q.value() // ≥ 0 when the node is open; one whole unit of room for the rounding
	if gap < 0 || gap > math.MaxInt64/2/q.scale-1 {
		return lo, hi, false
	}
	room := (gap + 1) * q.scale
	if d > 0 {
		hi = min(hi, lo+room/d)
	} else {
		lo = max(lo, hi-room/-d)
	}
	return lo, hi, lo != b.lo[j] || hi != b.hi[j]
}
