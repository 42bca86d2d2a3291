package exact

import (
	"math"
	"math/bits"
	"slices"
)

// Cuts: rounds at the root, rows per round, and the common denominator in which the multipliers of rows are rounded.
const (
	cutRounds = 24
	cutRows   = 24
	cutUnit   = int64(1) << 20
)

// cut is a row that every whole-number solution holds and the present point of the relaxation breaks by deep.
type cut struct {
	Row
	deep float64
}

// cuts tightens the relaxation at the root: each round adds rows by mixed-integer rounding of the rows of the basis and of the program, and
// drops those that have become slack. The rounding is done in integers over the program's own rows, so that a cut is true whatever the
// simplex says. It gives the tree to go on with.
func (t *tree) cuts() *tree {
	own := len(t.p.Rows)
	before, idle := math.Inf(-1), 0
	for round := 0; round < cutRounds && !t.s.tired() && idle < 3; round++ {
		t.lp.point(t.x)
		found := t.round()
		if len(found) == 0 {
			break
		}
		t.lp.extend(found)
		if i, _ := t.relax(t.pivots()); i >= 0 {
			break // nothing is left below the relaxation; the search itself will prove it
		}
		value := t.lp.value()
		if value < before+1e-4*math.Abs(before)+1e-9 {
			idle++
		} else {
			idle = 0
		}
		before = value
		t.lp.drop(own)
		if math.Ceil(value/float64(t.s.step)-1e-6)*float64(t.s.step) >= float64(t.cutoff()) {
			break
		}
	}
	if len(t.lp.rows) == own {
		return t
	}
	p := &Program{Cost: t.p.Cost, Lo: slices.Clone(t.b.lo), Hi: slices.Clone(t.b.hi), Rows: slices.Clone(t.lp.rows)}
	p.link()
	r := *t.r
	r.Program, r.from = p, slices.Clone(r.from)
	for len(r.from) < len(p.Rows) {
		r.from = append(r.from, none)
	}
	u := treeOf(t.s, &r, t.lp)
	u.lp.p = p
	return u
}

// round makes the deepest cuts of the present basis.
func (t *tree) round() []Row {
	var all []cut
	m := newMir(t)
	for i, v := range t.lp.head {
		if j := int(v); j < t.lp.n && t.b.free(j) && math.Abs(t.x[j]-math.Round(t.x[j])) > 0.02 {
			if c, ok := m.round(i); ok {
				all = append(all, c)
			}
		}
	}
	r := &rounder{rows: t.lp.rows, hi: t.b.hi, x: t.x}
	all = append(all, r.cuts()...)
	t.s.work += r.work + m.work
	slices.SortStableFunc(all, func(a, b cut) int { return order(b.deep, a.deep) })
	rows := make([]Row, 0, cutRows)
	for _, c := range all[:min(len(all), cutRows)] {
		rows = append(rows, c.Row)
	}
	return rows
}

// mir rounds rows of the basis. Row i of B⁻¹ gives Σ v·(row), with v in whole cutUnits⁻¹: an equation α·z − Σ v·slack = β in whole numbers
// that are not negative once columns are counted from a bound. Rounding (Nemhauser and Wolsey) turns it into
// Σ G(α)·z + Σ G(−v)·slack ≥ ⌈β/unit⌉·r0 with r0 = β mod unit and G(a) = ⌊a/unit⌋·r0 + min(a mod unit, r0).
type mir struct {
	t          *tree
	alpha, out []int64
	flip       []bool
	work       int
}

func newMir(t *tree) *mir {
	n := t.lp.n
	return &mir{t: t, alpha: make([]int64, n), out: make([]int64, n), flip: make([]bool, n)}
}

type part struct {
	r int
	v int64
}

func (m *mir) round(i int) (cut, bool) {
	clear(m.alpha)
	clear(m.out)
	parts, beta, ok := m.sum(i)
	if !ok {
		return cut{}, false
	}
	b := m.t.b
	for j, a := range m.alpha {
		from := b.lo[j]
		m.flip[j] = m.t.x[j]-float64(b.lo[j]) > float64(b.hi[j])-m.t.x[j]
		if m.flip[j] {
			from = b.hi[j]
		}
		if a == 0 || from == 0 && !m.flip[j] {
			continue
		}
		if tooLarge(a, from) {
			return cut{}, false
		}
		if beta -= a * from; m.flip[j] {
			m.alpha[j] = -a
		}
	}
	r0 := mod(beta, cutUnit)
	if r0 < cutUnit/100 || r0 > cutUnit-cutUnit/100 {
		return cut{}, false
	}
	rhs := ((beta-r0)/cutUnit + 1) * r0
	for j, a := range m.alpha {
		if a == 0 {
			continue
		}
		c := rounded(a, cutUnit, r0)
		if m.flip[j] {
			m.out[j] -= c
			rhs -= c * b.hi[j]
		} else {
			m.out[j] += c
			rhs += c * b.lo[j]
		}
		if tooLarge(c, b.hi[j]) {
			return cut{}, false
		}
	}
	for _, p := range parts {
		h := rounded(-p.v, cutUnit, r0)
		if h == 0 {
			continue
		}
		w := &m.t.lp.rows[p.r]
		for c, j := range w.Cols {
			if tooLarge(h, w.Coefs[c]) {
				return cut{}, false
			}
			m.out[j] += h * w.Coefs[c]
		}
		if tooLarge(h, w.Rhs) {
			return cut{}, false
		}
		rhs += h * w.Rhs
	}
	return m.tidy(rhs)
}

// sum adds up the rows of the program by row i of B⁻¹ into alpha.
func (m *mir) sum(i int) (parts []part, beta int64, ok bool) {
	lp := m.t.lp
	span := lp.span[lp.head[i]]
	lp.pivotRow(i)
	m.work += 4 * lp.n
	for r, rho := range lp.rho {
		if rho == 0 {
			continue
		}
		u := rho * span / lp.scale[r] * float64(cutUnit)
		if math.Abs(u) > 1<<40 {
			return nil, 0, false
		}
		v := int64(math.Round(u))
		if v == 0 {
			continue
		}
		parts = append(parts, part{r, v})
		w := &lp.rows[r]
		for c, j := range w.Cols {
			if tooLarge(v, w.Coefs[c]) {
				return nil, 0, false
			}
			m.alpha[j] += v * w.Coefs[c]
		}
		if tooLarge(v, w.Rhs) {
			return nil, 0, false
		}
		beta += v * w.Rhs
		m.work += len(w.Cols)
	}
	return parts, beta, true
}

// tidy drops tiny coefficients, which weakens the cut a little but never makes it false, and measures how deep it cuts.
func (m *mir) tidy(rhs int64) (cut, bool) {
	largest, b := int64(0), m.t.b
	for _, c := range m.out {
		largest = max(largest, c, -c)
	}
	if largest > 1<<44 {
		return cut{}, false
	}
	var w Row
	length, miss := 0.0, 0.0
	for j, c := range m.out {
		switch {
		case c == 0:
			continue
		case tooLarge(c, b.hi[j]):
			return cut{}, false
		case !b.free(j):
			rhs -= c * b.lo[j]
			continue
		case max(c, -c) <= largest>>13:
			rhs -= max(c*b.hi[j], c*b.lo[j])
			continue
		}
		w.Cols, w.Coefs = append(w.Cols, j), append(w.Coefs, c)
		length += float64(c) * float64(c)
		miss -= float64(c) * m.t.x[j]
	}
	if len(w.Cols) == 0 || len(w.Cols) > 100+m.t.lp.n/2 {
		return cut{}, false
	}
	w.Rhs = rhs
	deep := (miss + float64(rhs)) / math.Sqrt(length)
	w.divide()
	return cut{w, deep}, deep > 1e-3
}

func mod(a, b int64) int64 {
	if a %= b; a < 0 {
		a += b
	}
	return a
}

// tooLarge tells whether a product could make a sum overflow.
func tooLarge(a, b int64) bool {
	high, low := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
	return high > 0 || low > 1<<50
}
