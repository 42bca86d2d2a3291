package exact

import (
	"math"
	"slices"
)

// factor is a sparse LU factorisation of a basis, with the updates since (product form). Rows are those of the program; places are those of
// the columns in the basis.
type factor struct {
	m      int
	prow   []int32 // step → pivot row
	place  []int32 // step → place
	step   []int32 // place → step
	diag   []float64
	lower  [][]nz // per step: multipliers of rows that come later
	upper  [][]nz // per step: entries in rows that came earlier
	lsteps []int32
}

// nz is a number with its place.
type nz struct {
	at int32
	v  float64
}

// eta is one update: the column that entered, at place p.
type eta struct {
	p     int32
	pivot float64
	rest  []nz
}

// pick is the least share of the largest entry that a pivot must have.
const pick = 0.1

// factorise orders single columns and rows first and eliminates the rest column by column; nil when the columns are dependent.
func factorise(m int, column func(place int) []nz) *factor {
	f := &factor{m: m, prow: make([]int32, 0, m), place: make([]int32, 0, m), step: make([]int32, m), diag: make([]float64, 0, m), lower: make([][]nz, 0, m), upper: make([][]nz, 0, m)}
	s := newElimination(m, column)
	s.singles(f)
	order := make([]int32, 0, m)
	for p := range m {
		if !s.doneCol[p] {
			order = append(order, int32(p))
		}
	}
	slices.SortStableFunc(order, func(a, b int32) int { return int(s.inCol[a] - s.inCol[b]) })
	work := make([]float64, m)
	for _, p := range order {
		if !s.eliminate(f, p, work) {
			return nil
		}
	}
	for k, p := range f.place {
		f.step[p] = int32(k)
	}
	return f
}

// elimination is the state of a factorisation: which rows and columns are done, and how many entries the others have left.
type elimination struct {
	cols             [][]nz
	rows             [][]int32 // row → places of the columns in it
	inRow, inCol     []int32
	doneRow, doneCol []bool
}

func newElimination(m int, column func(place int) []nz) *elimination {
	s := &elimination{cols: make([][]nz, m), rows: make([][]int32, m), inRow: make([]int32, m), inCol: make([]int32, m), doneRow: make([]bool, m), doneCol: make([]bool, m)}
	total := 0
	for p := range m {
		s.cols[p] = column(p)
		s.inCol[p] = int32(len(s.cols[p]))
		total += len(s.cols[p])
		for _, e := range s.cols[p] {
			s.inRow[e.at]++
		}
	}
	all := make([]int32, total)
	for r := range m {
		s.rows[r], all = all[:0:s.inRow[r]], all[s.inRow[r]:]
	}
	for p := range m {
		for _, e := range s.cols[p] {
			s.rows[e.at] = append(s.rows[e.at], int32(p))
		}
	}
	return s
}

// singles pivots on columns with one open row, then on rows with one open column, until there are none.
func (s *elimination) singles(f *factor) {
	var cols, rows []int32
	for p, n := range s.inCol {
		if n == 1 {
			cols = append(cols, int32(p))
		}
	}
	for r, n := range s.inRow {
		if n == 1 {
			rows = append(rows, int32(r))
		}
	}
	for len(cols)+len(rows) > 0 {
		p, r := int32(none), int32(none)
		if n := len(cols); n > 0 {
			p, cols = cols[n-1], cols[:n-1]
			if s.doneCol[p] || s.inCol[p] != 1 {
				continue
			}
			for _, e := range s.cols[p] {
				if !s.doneRow[e.at] {
					r = e.at
				}
			}
		} else {
			n := len(rows)
			r, rows = rows[n-1], rows[:n-1]
			if s.doneRow[r] || s.inRow[r] != 1 {
				continue
			}
			for _, q := range s.rows[r] {
				if !s.doneCol[q] {
					p = q
				}
			}
		}
		c, w := s.take(f, p, r)
		cols, rows = append(cols, c...), append(rows, w...)
	}
}

// take pivots on row r of column p, whose other open entries become multipliers; it gives the columns and rows that are single now.
func (s *elimination) take(f *factor, p, r int32) (cols, rows []int32) {
	var pivot float64
	var lower, upper []nz
	for _, e := range s.cols[p] {
		switch {
		case e.at == r:
			pivot = e.v
		case s.doneRow[e.at]:
			upper = append(upper, e)
		default:
			lower = append(lower, e)
		}
	}
	for i := range lower {
		lower[i].v /= pivot
	}
	f.add(r, p, pivot, lower, upper)
	return s.settle(p, r)
}

func (s *elimination) settle(p, r int32) (cols, rows []int32) {
	s.doneRow[r], s.doneCol[p] = true, true
	for _, q := range s.rows[r] {
		if s.inCol[q]--; s.inCol[q] == 1 && !s.doneCol[q] {
			cols = append(cols, q)
		}
	}
	for _, e := range s.cols[p] {
		if s.inRow[e.at]--; s.inRow[e.at] == 1 && !s.doneRow[e.at] {
			rows = append(rows, e.at)
		}
	}
	return cols, rows
}

func (f *factor) add(r, p int32, pivot float64, lower, upper []nz) {
	if len(lower) > 0 {
		f.lsteps = append(f.lsteps, int32(len(f.prow)))
	}
	f.prow, f.place, f.diag = append(f.prow, r), append(f.place, p), append(f.diag, pivot)
	f.lower, f.upper = append(f.lower, lower), append(f.upper, upper)
}

// eliminate brings column p through the steps so far and pivots on a large entry in a row with few; false when nothing is left of it.
func (s *elimination) eliminate(f *factor, p int32, work []float64) bool {
	for _, e := range s.cols[p] {
		work[e.at] = e.v
	}
	for _, k := range f.lsteps {
		if t := work[f.prow[k]]; t != 0 {
			for _, e := range f.lower[k] {
				work[e.at] -= t * e.v
			}
		}
	}
	largest := 0.0
	for r, v := range work {
		if v != 0 && !s.doneRow[r] {
			largest = max(largest, math.Abs(v))
		}
	}
	if largest < 1e-9 {
		return false
	}
	best := int32(none)
	for r, v := range work {
		if !s.doneRow[r] && math.Abs(v) >= pick*largest && (best == none || s.inRow[r] < s.inRow[best]) {
			best = int32(r)
		}
	}
	var lower, upper []nz
	for r, v := range work {
		if v == 0 {
			continue
		}
		work[r] = 0
		switch {
		case int32(r) == best || math.Abs(v) < 1e-13:
		case s.doneRow[r]:
			upper = append(upper, nz{int32(r), v})
		default:
			lower = append(lower, nz{int32(r), v})
		}
		if int32(r) == best {
			largest = v
		}
	}
	for i := range lower {
		lower[i].v /= largest
	}
	f.add(best, p, largest, lower, upper)
	s.settle(p, best)
	return true
}

// ftran solves B·y = x: x by rows is used up, y is by places.
func (f *factor) ftran(x, y []float64, etas []eta) {
	for _, k := range f.lsteps {
		if t := x[f.prow[k]]; t != 0 {
			for _, e := range f.lower[k] {
				x[e.at] -= t * e.v
			}
		}
	}
	for k := f.m - 1; k >= 0; k-- {
		r := f.prow[k]
		t := x[r]
		if t == 0 {
			y[f.place[k]] = 0
			continue
		}
		t /= f.diag[k]
		y[f.place[k]] = t
		for _, e := range f.upper[k] {
			x[e.at] -= t * e.v
		}
	}
	for i := range etas {
		e := &etas[i]
		t := y[e.p]
		if t == 0 {
			continue
		}
		t /= e.pivot
		y[e.p] = t
		for _, a := range e.rest {
			y[a.at] -= t * a.v
		}
	}
}

// btran solves Bᵀ·z = c: c by places is used up, z is by rows.
func (f *factor) btran(c, z []float64, etas []eta) {
	for i := len(etas) - 1; i >= 0; i-- {
		e := &etas[i]
		t := c[e.p]
		for _, a := range e.rest {
			t -= a.v * c[a.at]
		}
		c[e.p] = t / e.pivot
	}
	for k, p := range f.place {
		t := c[p]
		for _, e := range f.upper[k] {
			t -= e.v * z[e.at]
		}
		z[f.prow[k]] = t / f.diag[k]
	}
	for i := len(f.lsteps) - 1; i >= 0; i-- {
		k := f.lsteps[i]
		t := z[f.prow[k]]
		for _, e := range f.lower[k] {
			t -= e.v * z[e.at]
		}
		z[f.prow[k]] = t
	}
}
