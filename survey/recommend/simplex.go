package recommend

import "math"

// simplex is a dual simplex on the linear relaxation of a program, as a dense dictionary: every basic variable is
// base + Σ tab·nonbasic. It only proposes multipliers: a wrong or unfinished run gives a weak bound, never a false one (see bound).
type simplex struct {
	p          *program
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
}

const eps = 1e-9

func newSimplex(p *program) *simplex {
	s := &simplex{p: p, m: len(p.rows), n: len(p.cost)}
	s.scale = make([]float64, s.m)
	for r, w := range p.rows {
		s.scale[r] = 1
		for _, c := range w.coefs {
			s.scale[r] = max(s.scale[r], math.Abs(float64(c)))
		}
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

// reset returns to the slack basis, which any signs of the costs make dual feasible.
func (s *simplex) reset() {
	clear(s.tab)
	for r, w := range s.p.rows {
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
	for it := 0; it < most; it++ {
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
