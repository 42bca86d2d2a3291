package recommend

import (
	"context"
	"math"
	"slices"
)

// simplex is a dual simplex on the linear relaxation of a program, as a dense dictionary: every basic variable is
// base + Σ tab·nonbasic. It only proposes multipliers: a wrong or unfinished run gives a weak bound, never a false one (see bound).
type simplex struct {
	p          *program
	rows       []row // of p, and cuts
	ctx        context.Context
	m, n       int
	scale      []float64 // per row
	unit       float64   // of the objective
	tab        []float64 // m × n
	base, beta []float64 // constants and present values of the basics
	d          []float64 // reduced costs of the nonbasics
	bas, nb    []int     // variable numbers: columns 0..n-1, slack of row r is n+r
	up         []bool    // nonbasic stands at its upper bound
	nz         []int     // nonzeros of the pivot row
	pivots     int
	work       int // steps of arithmetic
}

const eps = 1e-9

func newSimplex(p *program, ctx context.Context) *simplex {
	s := &simplex{p: p, ctx: ctx, rows: slices.Clone(p.rows), m: len(p.rows), n: len(p.cost)}
	s.scale = make([]float64, s.m)
	for r := range p.rows {
		s.scale[r] = p.rows[r].largest()
	}
	s.unit = 1
	for _, c := range p.cost {
		s.unit = max(s.unit, math.Abs(float64(c)))
	}
	s.tab, s.base, s.beta = make([]float64, s.m*s.n), make([]float64, s.m), make([]float64, s.m)
	s.d, s.bas, s.nb, s.up = make([]float64, s.n), make([]int, s.m), make([]int, s.n), make([]bool, s.n)
	s.reset()
	return s
}

func (w *row) largest() float64 {
	v := 1.0
	for _, c := range w.coefs {
		v = max(v, math.Abs(float64(c)))
	}
	return v
}

// extend adds a row; its slack enters the basis.
func (s *simplex) extend(b *box, w row) {
	n, scale := s.n, w.largest()
	add := make([]float64, n)
	base := -float64(w.rhs) / scale
	at := make([]int, n) // column → place: nonbasic k, or basic row -1-i
	for k, v := range s.nb {
		if v < n {
			at[v] = k
		}
	}
	for i, v := range s.bas {
		if v < n {
			at[v] = -1 - i
		}
	}
	for c, j := range w.cols {
		f := float64(w.coefs[c]) / scale
		if k := at[j]; k >= 0 {
			add[k] += f
			continue
		}
		i := -1 - at[j]
		base += f * s.base[i]
		for k, t := range s.tab[i*n : (i+1)*n] {
			add[k] += f * t
		}
	}
	beta := base
	for k := range add {
		beta += add[k] * s.at(b, k)
	}
	s.rows, s.scale = append(s.rows, w), append(s.scale, scale)
	s.tab, s.base, s.beta, s.bas = append(s.tab, add...), append(s.base, base), append(s.beta, beta), append(s.bas, n+s.m)
	s.m++
	s.work += len(w.cols) * n
}

// drop takes out the rows from first on whose slack is basic and not zero: they do not bind.
func (s *simplex) drop(first int) {
	n, m := s.n, s.m
	number, gone := make([]int, m), make([]bool, m)
	for i, v := range s.bas {
		if v >= n+first && s.beta[i] > 1e-6 {
			gone[v-n] = true
			number[v-n] = i
		}
	}
	keep, rows := 0, 0
	for i := range m {
		if v := s.bas[i]; v >= n && gone[v-n] {
			continue
		}
		copy(s.tab[keep*n:(keep+1)*n], s.tab[i*n:(i+1)*n])
		s.base[keep], s.beta[keep], s.bas[keep] = s.base[i], s.beta[i], s.bas[i]
		keep++
	}
	for r := range m {
		if !gone[r] {
			number[r] = rows
			s.rows[rows], s.scale[rows] = s.rows[r], s.scale[r]
			rows++
		}
	}
	s.m = keep
	s.tab, s.base, s.beta, s.bas, s.rows, s.scale = s.tab[:keep*n], s.base[:keep], s.beta[:keep], s.bas[:keep], s.rows[:rows], s.scale[:rows]
	for _, set := range [][]int{s.bas, s.nb} {
		for k, v := range set {
			if v >= n {
				set[k] = n + number[v-n]
			}
		}
	}
}

// value is the objective at the present point.
func (s *simplex) value(b *box) float64 {
	v := 0.0
	for k, j := range s.nb {
		if j < s.n {
			v += float64(s.p.cost[j]) * s.at(b, k)
		}
	}
	for i, j := range s.bas {
		if j < s.n {
			v += float64(s.p.cost[j]) * s.beta[i]
		}
	}
	return v
}

// reset returns to the slack basis, which any signs of the costs make dual feasible.
func (s *simplex) reset() {
	clear(s.tab)
	for r, w := range s.rows {
		s.bas[r], s.base[r] = s.n+r, -float64(w.rhs)/s.scale[r]
		for i, j := range w.cols {
			s.tab[r*s.n+j] += float64(w.coefs[i]) / s.scale[r]
		}
	}
	for j, c := range s.p.cost {
		s.nb[j], s.d[j] = j, float64(c)/s.unit
	}
	s.pivots = 0
}

// at gives the present value of nonbasic j.
func (s *simplex) at(b *box, j int) float64 {
	v := s.nb[j]
	if v >= s.n {
		return 0
	}
	if s.up[j] {
		return float64(b.hi[v])
	}
	return float64(b.lo[v])
}

// place puts every nonbasic at the bound that its reduced cost asks for and computes the basics.
func (s *simplex) place(b *box) {
	copy(s.beta, s.base)
	for j := range s.nb {
		s.up[j] = s.d[j] < 0 && s.nb[j] < s.n
		if x := s.at(b, j); x != 0 {
			for i := 0; i < s.m; i++ {
				s.beta[i] += s.tab[i*s.n+j] * x
			}
		}
	}
}

// run reoptimises within the bounds of b. It reports the row that shows infeasibility, or -1.
func (s *simplex) run(b *box, most int) (ray int, above bool) {
	if s.pivots > 4000 {
		s.reset()
	}
	s.place(b)
	for it := 0; it < most && (it%32 < 31 || s.ctx.Err() == nil); it++ {
		i, above := s.leaving(b)
		if i < 0 {
			return -1, false
		}
		j := s.entering(b, i, above, it > most/2)
		if j < 0 {
			return i, above
		}
		s.pivot(b, i, j, above)
	}
	return -1, false
}

// leaving picks the basic variable that is furthest outside its bounds.
func (s *simplex) leaving(b *box) (best int, above bool) {
	best, worst := -1, 1e-7
	for i, v := range s.bas {
		x := s.beta[i]
		if v >= s.n {
			if -x > worst {
				best, worst, above = i, -x, false
			}
			continue
		}
		if low := float64(b.lo[v]) - x; low > worst {
			best, worst, above = i, low, false
		} else if high := x - float64(b.hi[v]); high > worst {
			best, worst, above = i, high, true
		}
	}
	return best, above
}

// entering is the ratio test; with first it takes the first of equal ratios, otherwise the largest pivot.
func (s *simplex) entering(b *box, i int, above, first bool) int {
	best, ratio, size := -1, math.Inf(1), 0.0
	for j, t := range s.tab[i*s.n : (i+1)*s.n] {
		if t > -eps && t < eps {
			continue
		}
		v := s.nb[j]
		if v < s.n && b.lo[v] == b.hi[v] {
			continue
		}
		if above {
			t = -t
		}
		if (t > 0) == s.up[j] {
			continue
		}
		a := math.Abs(t)
		q := math.Abs(s.d[j]) / a
		if q < ratio-1e-12 || !first && q < ratio+1e-12 && a > size {
			best, ratio, size = j, min(q, ratio), a
		}
	}
	return best
}

// pivot swaps basic i with nonbasic j; the leaving variable stops at the bound it broke.
func (s *simplex) pivot(b *box, i, j int, above bool) {
	s.pivots++
	n, in, out := s.n, s.nb[j], s.bas[i]
	row := s.tab[i*n : (i+1)*n]
	target := 0.0
	if out < n {
		if target = float64(b.lo[out]); above {
			target = float64(b.hi[out])
		}
	}
	move := (target - s.beta[i]) / row[j]
	value := s.at(b, j) + move
	inv := 1 / row[j]
	s.work += len(row)
	for k := range row {
		row[k] *= -inv
	}
	row[j] = inv
	s.base[i] *= -inv
	s.nz = s.nz[:0]
	for k, t := range row {
		if t > -1e-13 && t < 1e-13 {
			row[k] = 0
		} else {
			s.nz = append(s.nz, k)
		}
	}
	for r := 0; r < s.m; r++ {
		if r == i {
			continue
		}
		f := s.tab[r*n+j]
		s.beta[r] += f * move
		if f > -1e-13 && f < 1e-13 {
			s.tab[r*n+j] = 0
			continue
		}
		dst := s.tab[r*n : (r+1)*n]
		dst[j] = 0
		s.axpy(dst, row, f)
		s.work += len(s.nz)
		s.base[r] += f * s.base[i]
	}
	f := s.d[j]
	s.d[j] = 0
	s.axpy(s.d, row, f)
	s.beta[i] = value
	s.bas[i], s.nb[j], s.up[j] = in, out, above
}

// axpy adds f·src to dst over the nonzeros of src.
func (s *simplex) axpy(dst, src []float64, f float64) {
	src = src[:len(dst)]
	if 3*len(s.nz) < len(src) {
		for _, k := range s.nz {
			dst[k] += f * src[k]
		}
		return
	}
	for k := range dst {
		dst[k] += f * src[k]
	}
}

// point reads the present values of the columns into x.
func (s *simplex) point(b *box, x []float64) {
	for j, v := range s.nb {
		if v < s.n {
			x[v] = s.at(b, j)
		}
	}
	for i, v := range s.bas {
		if v < s.n {
			x[v] = s.beta[i]
		}
	}
}

// prices reads the multipliers of the rows, in units of the objective.
func (s *simplex) prices(pi []float64) {
	clear(pi)
	for j, v := range s.nb {
		if v >= s.n {
			pi[v-s.n] = max(0, s.d[j]) * s.unit / s.scale[v-s.n]
		}
	}
}

// rayOf reads the multipliers that show row i's infeasibility.
func (s *simplex) rayOf(i int, above bool, pi []float64) {
	clear(pi)
	for j, v := range s.nb {
		if v >= s.n {
			t := s.tab[i*s.n+j]
			if !above {
				t = -t
			}
			pi[v-s.n] = max(0, t) / s.scale[v-s.n]
		}
	}
	if v := s.bas[i]; v >= s.n {
		pi[v-s.n] = 1 / s.scale[v-s.n]
	}
}
