package exact

import (
	"context"
	"math"
	"slices"
)

// simplex is a revised dual simplex on the linear relaxation of a program: A·z − s = rhs with slacks s ≥ 0. Rows and columns are scaled to
// about 1. It only proposes multipliers and points: a wrong or unfinished run gives a weak bound, never a false one (see bound).
type simplex struct {
	ctx    context.Context
	p      *Program
	rows   []Row // of p, and cuts
	m, n   int
	scale  []float64 // per row
	span   []float64 // per column: the units in which it is counted
	unit   float64   // of the objective
	byCol  [][]nz
	byRow  [][]nz
	rhs    []float64
	lo, hi []float64 // of all variables: columns 0..n-1, the slack of row r is n+r
	f      *factor
	etas   []eta
	state
	rho, alpha, tau, col, y []float64 // alpha is by variables, the others by rows or places
	hit                     []int32   // variables with an entry in the pivot row
	seen                    []bool
	left                    [2][]int32 // of the ratio test
	flips                   []int32
	work                    int // steps of arithmetic
}

// state is what a probe has to put back.
type state struct {
	head  []int32 // place → variable
	place []int32 // variable → place, none when not in the basis
	up    []bool  // stands at its upper bound
	d     []float64
	beta  []float64 // values of the basis
	steep []float64 // weights of steepest edge, by places
}

// Tolerances, and how many updates a factorisation bears.
const (
	tolRow   = 1e-7
	tolCost  = 1e-9
	tolPivot = 1e-7
	maxEtas  = 50
)

func newSimplex(p *Program, ctx context.Context) *simplex {
	s := &simplex{ctx: ctx, p: p, n: len(p.Cost), span: make([]float64, len(p.Cost)), byCol: make([][]nz, len(p.Cost)), unit: 1}
	for j, c := range p.Cost {
		s.span[j] = float64(max(p.Hi[j]-p.Lo[j], 1))
		s.unit = max(s.unit, math.Abs(float64(c))*s.span[j])
	}
	for j := range p.uses {
		s.byCol[j] = make([]nz, 0, len(p.uses[j]))
	}
	for r := range p.Rows {
		s.append(p.Rows[r])
	}
	s.reset()
	return s
}

// append takes a row in, outside of any basis.
func (s *simplex) append(w Row) {
	r, largest := int32(s.m), 0.0
	for i, j := range w.Cols {
		largest = max(largest, math.Abs(float64(w.Coefs[i]))*s.span[j])
	}
	if largest == 0 {
		largest = 1
	}
	all := make([]nz, len(w.Cols))
	for i, j := range w.Cols {
		v := float64(w.Coefs[i]) * s.span[j] / largest
		all[i] = nz{int32(j), v}
		s.byCol[j] = append(s.byCol[j], nz{r, v})
	}
	s.rows, s.scale, s.byRow = append(s.rows, w), append(s.scale, largest), append(s.byRow, all)
	s.rhs = append(s.rhs, float64(w.Rhs)/largest)
	s.m++
}

// reset returns to the basis of slacks, which any signs of the costs make dual feasible.
func (s *simplex) reset() {
	s.head, s.place = make([]int32, s.m), make([]int32, s.n+s.m)
	s.d, s.up, s.beta, s.steep = make([]float64, s.n+s.m), make([]bool, s.n+s.m), make([]float64, s.m), make([]float64, s.m)
	for j, c := range s.p.Cost {
		s.place[j], s.d[j] = none, s.costOf(j, c)
	}
	for r := range s.m {
		s.head[r], s.place[s.n+r], s.steep[r] = int32(s.n+r), int32(r), 1
	}
	s.room()
	s.refactor()
}

// costOf is the cost of a column in the simplex: a little more than the true one, each column by another share, because equal costs make the
// simplex walk in circles. bound takes the true costs.
func (s *simplex) costOf(j int, c int64) float64 {
	v := float64(c) * s.span[j] / s.unit
	share := float64(uint32(j+1)*2654435761>>8) / (1 << 24)
	return v + (1e-7+1e-5*math.Abs(v))*(share+0.5)
}

// room makes the buffers large enough.
func (s *simplex) room() {
	s.lo, s.hi = make([]float64, s.n+s.m), make([]float64, s.n+s.m)
	s.rho, s.tau, s.col, s.y = make([]float64, s.m), make([]float64, s.m), make([]float64, s.m), make([]float64, s.m)
	s.alpha, s.seen, s.hit = make([]float64, s.n+s.m), make([]bool, s.n+s.m), nil
	for r := range s.m {
		s.hi[s.n+r] = math.Inf(1)
	}
}

// extend adds rows; their slacks enter the basis.
func (s *simplex) extend(rows []Row) {
	for _, w := range rows {
		s.head, s.place = append(s.head, int32(s.n+s.m)), append(s.place, int32(s.m))
		s.d, s.up, s.beta, s.steep = append(s.d, 0), append(s.up, false), append(s.beta, 0), append(s.steep, 1)
		s.append(w)
	}
	s.room()
	s.refactor()
}

// drop takes out the rows from first on whose slack is in the basis and not zero: they do not bind.
func (s *simplex) drop(first int) {
	gone := make([]bool, s.m)
	any := false
	for i, v := range s.head {
		if r := int(v) - s.n; r >= first && s.beta[i] > 1e-6 {
			gone[r], any = true, true
		}
	}
	if !any {
		return
	}
	old := s.state
	rows, m := s.rows, s.m
	s.rows, s.scale, s.byRow, s.rhs, s.m = nil, nil, nil, nil, 0
	for j := range s.byCol {
		s.byCol[j] = s.byCol[j][:0]
	}
	number := make([]int32, m)
	for r := range m {
		if !gone[r] {
			number[r] = int32(s.m)
			s.append(rows[r])
		}
	}
	s.state = state{place: slices.Repeat([]int32{none}, s.n+s.m), d: make([]float64, s.n+s.m), up: make([]bool, s.n+s.m), beta: make([]float64, s.m)}
	copy(s.d[:s.n], old.d)
	copy(s.up[:s.n], old.up)
	for r := range m {
		if !gone[r] {
			s.d[s.n+int(number[r])] = old.d[s.n+r]
		}
	}
	for i, v := range old.head {
		if r := int(v) - s.n; r >= 0 {
			if gone[r] {
				continue
			}
			v = int32(s.n) + number[r]
		}
		s.place[v] = int32(len(s.head))
		s.head, s.steep = append(s.head, v), append(s.steep, old.steep[i])
	}
	s.room()
	s.refactor()
}

// column gives the entries of the variable at a place.
func (s *simplex) column(place int) []nz {
	if v := int(s.head[place]); v < s.n {
		return s.byCol[v]
	} else {
		return []nz{{int32(v - s.n), -1}}
	}
}

// refactor factorises the basis anew and computes the reduced costs from the true ones; a basis that has become singular is given up.
func (s *simplex) refactor() {
	s.etas = nil
	if s.f = factorise(s.m, s.column); s.f == nil {
		s.reset()
		return
	}
	s.work += 4 * s.m
	s.reprice()
}

// reprice computes all reduced costs.
func (s *simplex) reprice() {
	c := s.tau
	for i, v := range s.head {
		c[i] = 0
		if int(v) < s.n {
			c[i] = s.costOf(int(v), s.p.Cost[v])
		}
	}
	s.f.btran(c, s.y, s.etas)
	for j := range s.n {
		d := s.costOf(j, s.p.Cost[j])
		for _, e := range s.byCol[j] {
			d -= s.y[e.at] * e.v
		}
		s.d[j] = d
	}
	for r, y := range s.y {
		s.d[s.n+r] = max(y, 0) // what is below zero is an error of arithmetic
	}
	for _, v := range s.head {
		s.d[v] = 0
	}
}

// at gives the present value of a variable that is not in the basis.
func (s *simplex) at(v int) float64 {
	if s.up[v] {
		return s.hi[v]
	}
	return s.lo[v]
}

// settle puts every variable outside of the basis at the bound that its reduced cost asks for and computes the basis.
func (s *simplex) settle(b *box) {
	for j := range s.n {
		s.lo[j], s.hi[j] = float64(b.lo[j])/s.span[j], float64(b.hi[j])/s.span[j]
	}
	x := s.y
	copy(x, s.rhs)
	for j := range s.n {
		if s.place[j] != none {
			continue
		}
		if d := s.d[j]; d < -tolCost {
			s.up[j] = true
		} else if d > tolCost {
			s.up[j] = false
		}
		if v := s.at(j); v != 0 {
			for _, e := range s.byCol[j] {
				x[e.at] -= e.v * v
			}
		}
	}
	s.f.ftran(x, s.beta, s.etas)
}

// run reoptimises within the bounds of b in at most so many pivots. It gives the place that shows that nothing holds, or none.
func (s *simplex) run(b *box, most int) (ray int, above bool) {
	if len(s.etas) > maxEtas {
		s.refactor()
	}
	s.settle(b)
	for it := 0; it < most && (it%32 < 31 || s.ctx.Err() == nil); it++ {
		i, above := s.leaving()
		if i < 0 {
			return none, false
		}
		s.pivotRow(i)
		q, flipped := s.entering(i, above)
		if q < 0 {
			return i, above
		}
		if !s.pivot(i, q, above, flipped) {
			if len(s.etas) == 0 {
				s.steep[i] *= 1e6 // not a pivot to trust: look elsewhere
				continue
			}
			s.refactor()
			s.settle(b)
			continue
		}
		if len(s.etas) > maxEtas {
			s.refactor()
			s.settle(b)
		}
	}
	return none, false
}

// leaving picks the variable of the basis that is furthest outside its bounds for its weight.
func (s *simplex) leaving() (best int, above bool) {
	best, worst := none, 0.0
	for i, v := range s.head {
		x := s.beta[i]
		if low := s.lo[v] - x; low > tolRow {
			if low *= low; low > worst*s.steep[i] {
				best, worst, above = i, low/s.steep[i], false
			}
		} else if high := x - s.hi[v]; high > tolRow {
			if high *= high; high > worst*s.steep[i] {
				best, worst, above = i, high/s.steep[i], true
			}
		}
	}
	s.work += s.m
	return best, above
}

// pivotRow computes row i of B⁻¹ (rho) and of B⁻¹·N (alpha, over the variables in hit).
func (s *simplex) pivotRow(i int) {
	for _, v := range s.hit {
		s.alpha[v], s.seen[v] = 0, false
	}
	s.hit = s.hit[:0]
	clear(s.tau)
	s.tau[i] = 1
	s.f.btran(s.tau, s.rho, s.etas)
	for r, t := range s.rho {
		if t > -1e-12 && t < 1e-12 {
			s.rho[r] = 0
			continue
		}
		if v := s.n + r; s.place[v] == none {
			s.alpha[v] = -t
			s.hit = append(s.hit, int32(v))
		}
		for _, e := range s.byRow[r] {
			if s.place[e.at] != none {
				continue
			}
			if !s.seen[e.at] {
				s.seen[e.at] = true
				s.hit = append(s.hit, e.at)
			}
			s.alpha[e.at] += t * e.v
		}
		s.work += len(s.byRow[r])
	}
	s.work += 2*s.m + len(s.hit)
}
