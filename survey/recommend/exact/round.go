package exact

import (
	"math"
	"slices"
)

// rounded is G of a mixed-integer rounding.
func rounded(a, unit, r0 int64) int64 {
	m := mod(a, unit)
	return (a-m)/unit*r0 + min(m, r0)
}

// rounder rounds single rows, with some 0/1 columns counted from above: what a row still asks for when these columns are taken for granted.
type rounder struct {
	rows []Row
	hi   []int64
	x    []float64
	flip []bool // counted from above
	some []int  // places in the row whose column is not 0 at x
	work int
}

// Rows are rounded by so many units at most, each with so many columns turned over at most.
const (
	roundUnits = 4
	roundTurns = 12
)

func (t *rounder) cuts() []cut {
	var all []cut
	t.flip = make([]bool, len(t.x))
	for r := range t.rows {
		if c, ok := t.row(&t.rows[r]); ok {
			all = append(all, c)
		}
	}
	return all
}

// row finds the deepest rounding of a row: columns at 1 are counted from above, others as long as that cuts deeper.
func (t *rounder) row(w *Row) (best cut, ok bool) {
	t.some = t.some[:0]
	var units []int64
	part := false
	for c, j := range w.Cols {
		if t.x[j] < 1e-6 {
			continue
		}
		t.some = append(t.some, c)
		a := max(w.Coefs[c], -w.Coefs[c])
		part = part || math.Abs(t.x[j]-math.Round(t.x[j])) > 1e-3
		if a > 1 && a < 1<<30 && len(units) < roundUnits && !slices.Contains(units, a) {
			units = append(units, a)
		}
	}
	t.work += len(w.Cols)
	if !part {
		return cut{}, false
	}
	for _, unit := range units {
		for _, c := range t.some {
			t.flip[w.Cols[c]] = t.hi[w.Cols[c]] == 1 && t.x[w.Cols[c]] >= 0.999
		}
		deep, turns := t.miss(w, unit), 0
		for _, c := range t.some {
			j := w.Cols[c]
			if t.x[j] >= 0.999 || t.hi[j] != 1 || turns == roundTurns {
				continue
			}
			turns++
			t.flip[j] = true
			if v := t.miss(w, unit); v > deep+1e-9 {
				deep = v
			} else {
				t.flip[j] = false
			}
		}
		t.work += len(t.some) * (turns + 2)
		if deep > 1e-2 {
			if c := t.cut(w, unit); c.deep > best.deep {
				best = c
			}
		}
		for _, c := range t.some {
			t.flip[w.Cols[c]] = false
		}
	}
	return best, best.deep > 1e-2
}

// start gives the right side with the turned columns counted from above, and its rest by unit.
func (t *rounder) start(w *Row, unit int64) (beta, r0 int64) {
	beta = w.Rhs
	for _, c := range t.some {
		if t.flip[w.Cols[c]] {
			beta -= w.Coefs[c]
		}
	}
	return beta, mod(beta, unit)
}

// miss tells how far x misses the rounded row, in units of the rest.
func (t *rounder) miss(w *Row, unit int64) float64 {
	beta, r0 := t.start(w, unit)
	if r0 == 0 {
		return 0
	}
	v := float64((beta-r0)/unit + 1)
	for _, c := range t.some {
		j := w.Cols[c]
		if t.flip[j] {
			v -= float64(rounded(-w.Coefs[c], unit, r0)) / float64(r0) * (1 - t.x[j])
		} else {
			v -= float64(rounded(w.Coefs[c], unit, r0)) / float64(r0) * t.x[j]
		}
	}
	return v
}

// cut writes the rounded row.
func (t *rounder) cut(w *Row, unit int64) cut {
	beta, r0 := t.start(w, unit)
	out := Row{Rhs: ((beta-r0)/unit + 1) * r0}
	length, miss := 0.0, 0.0
	for c, j := range w.Cols {
		if tooLarge(w.Coefs[c]/unit+1, r0) {
			return cut{}
		}
		a := rounded(w.Coefs[c], unit, r0)
		if t.flip[j] {
			a = -rounded(-w.Coefs[c], unit, r0)
			out.Rhs += a
		}
		if a != 0 {
			out.Cols, out.Coefs = append(out.Cols, j), append(out.Coefs, a)
			length += float64(a) * float64(a)
			miss -= float64(a) * t.x[j]
		}
	}
	if length == 0 {
		return cut{}
	}
	deep := (miss + float64(out.Rhs)) / math.Sqrt(length)
	out.divide()
	return cut{out, deep}
}
