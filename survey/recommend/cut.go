package recommend

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
	row
	deep float64
}

// cuts tightens the relaxation at the root: each round adds rows by mixed-integer rounding of the dictionary's rows, and drops those that
// have become slack. The rounding is done in integers over the program's own rows, so that a cut is true whatever the simplex says.
// It gives the tree to go on with.
func (t *tree) cuts(low int64) *tree {
	own := len(t.p.rows)
	before, idle := math.Inf(-1), 0
	for round := 0; round < cutRounds && !t.s.tired() && idle < 4; round++ {
		t.lp.point(t.b, t.x)
		found := t.round()
		if len(found) == 0 {
			break
		}
		for _, c := range found {
			t.lp.extend(t.b, c.row)
		}
		work := t.lp.work
		if i, _ := t.lp.run(t.b, t.pivots()); i >= 0 {
			break // nothing is left below the relaxation; the search itself will prove it
		}
		t.s.work += t.lp.work - work
		value := t.lp.value(t.b)
		if value < before+1e-4*math.Abs(before)+1e-9 {
			idle++
		} else {
			idle = 0
		}
		before = value
		t.lp.drop(own)
		if math.Ceil(value-1e-6) >= float64(t.cutoff()) {
			break
		}
	}
	if len(t.lp.rows) == own {
		return t
	}
	p := &program{cost: t.p.cost, lo: slices.Clone(t.b.lo), hi: slices.Clone(t.b.hi), rows: slices.Clone(t.lp.rows)}
	p.link()
	r := *t.r
	r.program, r.from = p, slices.Clone(r.from)
	for len(r.from) < len(p.rows) {
		r.from = append(r.from, none)
	}
	u := newTree(t.s, &r)
	u.lp, u.root = t.lp, true
	u.lp.p = p
	return u
}

// round makes the deepest cuts of the present dictionary.
func (t *tree) round() []cut {
	var all []cut
	for i, v := range t.lp.bas {
		if v < t.lp.n && t.b.free(v) && min(t.lp.beta[i], 1-t.lp.beta[i]) > 0.02 {
			if c, ok := t.mir(i); ok {
				all = append(all, c)
			}
		}
	}
	all = append(all, (&rounder{rows: t.lp.rows, x: t.x}).cuts()...)
	slices.SortStableFunc(all, func(a, b cut) int {
		switch {
		case a.deep > b.deep:
			return -1
		case a.deep < b.deep:
			return 1
		}
		return 0
	})
	return all[:min(len(all), cutRows)]
}

// mir rounds row i of the dictionary. The row is Σ v·(row) over the rows whose slack is not basic, with v in whole cutUnits⁻¹: an equation
// α·z − Σ v·slack = β in non-negative whole numbers. Rounding (Nemhauser and Wolsey) turns it into Σ G(α)·z + Σ G(−v)·slack ≥ ⌈β/unit⌉·r0
// with r0 = β mod unit and G(a) = ⌊a/unit⌋·r0 + min(a mod unit, r0).
func (t *tree) mir(i int) (cut, bool) {
	lp := t.lp
	n := lp.n
	alpha, out := make([]int64, n), make([]int64, n)
	var beta, rhs int64
	type part struct {
		r int
		v int64
	}
	var parts []part
	for k, tab := range lp.tab[i*n : (i+1)*n] {
		r := lp.nb[k] - n
		if r < 0 || tab == 0 {
			continue
		}
		u := tab / lp.scale[r] * float64(cutUnit)
		if math.Abs(u) > 1<<40 {
			return cut{}, false
		}
		v := int64(math.Round(u))
		if v == 0 {
			continue
		}
		parts = append(parts, part{r, v})
		w := &lp.rows[r]
		for c, j := range w.cols {
			if tooLarge(v, w.coefs[c]) {
				return cut{}, false
			}
			alpha[j] += v * w.coefs[c]
		}
		if tooLarge(v, w.rhs) {
			return cut{}, false
		}
		beta += v * w.rhs
	}
	flip := make([]bool, n)
	for j := range alpha {
		if t.b.lo[j] == 1 || t.b.free(j) && t.x[j] > 0.5 {
			flip[j] = true
			beta -= alpha[j]
			alpha[j] = -alpha[j]
		}
	}
	r0 := mod(beta, cutUnit)
	if r0 < cutUnit/100 || r0 > cutUnit-cutUnit/100 {
		return cut{}, false
	}
	g := func(a int64) int64 { return rounded(a, cutUnit, r0) }
	rhs = ((beta-r0)/cutUnit + 1) * r0
	for j, a := range alpha {
		c := g(a)
		if flip[j] {
			out[j] -= c
			rhs -= c
		} else {
			out[j] += c
		}
	}
	for _, p := range parts {
		h := g(-p.v)
		if h == 0 {
			continue
		}
		w := &lp.rows[p.r]
		for c, j := range w.cols {
			if tooLarge(h, w.coefs[c]) {
				return cut{}, false
			}
			out[j] += h * w.coefs[c]
		}
		if tooLarge(h, w.rhs) {
			return cut{}, false
		}
		rhs += h * w.rhs
	}
	return t.tidy(out, rhs)
}

// tidy drops tiny coefficients, which weakens the cut a little but never makes it false, and measures how deep it cuts.
func (t *tree) tidy(out []int64, rhs int64) (cut, bool) {
	largest := int64(0)
	for _, c := range out {
		largest = max(largest, c, -c)
	}
	var w row
	length, miss := 0.0, 0.0
	for j, c := range out {
		switch {
		case c == 0:
			continue
		case !t.b.free(j):
			rhs -= c * int64(t.b.lo[j])
			continue
		case max(c, -c) <= largest>>13:
			rhs -= max(c, 0)
			continue
		}
		w.cols, w.coefs = append(w.cols, j), append(w.coefs, c)
		length += float64(c) * float64(c)
		miss -= float64(c) * t.x[j]
	}
	if len(w.cols) == 0 || largest > 1<<44 {
		return cut{}, false
	}
	w.rhs = rhs
	w.divide()
	deep := (miss + float64(rhs)) / math.Sqrt(length)
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
