package recommend

import "slices"

// reduced is what is left of a program once settled columns and rows that always hold are struck out.
type reduced struct {
	*program
	cols   []int  // column → column of the whole
	from   []int  // row → row of the whole
	base   int64  // cost of the settled columns
	settle []int8 // values of the settled columns of the whole
}

// reduce strikes out what the bounds of b settle.
func (b *box) reduce() *reduced {
	r := &reduced{program: &program{}, settle: slices.Clone(b.lo)}
	at := make([]int, len(b.lo))
	for j := range at {
		if !b.free(j) {
			r.base += b.p.cost[j] * int64(b.lo[j])
			continue
		}
		at[j] = len(r.cols)
		r.cols = append(r.cols, j)
		r.cost = append(r.cost, b.p.cost[j])
	}
	r.lo, r.hi = make([]int8, len(r.cols)), make([]int8, len(r.cols))
	for c := range r.hi {
		r.hi[c] = 1
	}
	for k := range b.p.rows {
		w := &b.p.rows[k]
		rhs, least, open := w.rhs, int64(0), 0
		for i, j := range w.cols {
			if b.free(j) {
				least += min(w.coefs[i], 0)
				open++
			} else {
				rhs -= w.coefs[i] * int64(b.lo[j])
			}
		}
		if least >= rhs {
			continue
		}
		n := row{cols: make([]int, 0, open), coefs: make([]int64, 0, open), rhs: rhs}
		for i, j := range w.cols {
			if b.free(j) {
				n.cols, n.coefs = append(n.cols, at[j]), append(n.coefs, w.coefs[i])
			}
		}
		r.rows, r.from = append(r.rows, n), append(r.from, k)
	}
	r.strikeRows()
	r.link()
	return r
}

// strikeRows drops a clause (one of these columns must be 1) that another clause implies.
func (r *reduced) strikeRows() {
	words := (len(r.cols) + 63) / 64
	sets := make([][]uint64, len(r.rows))
	for k := range r.rows {
		w := &r.rows[k]
		if w.rhs < 1 || slices.ContainsFunc(w.coefs, func(c int64) bool { return c < w.rhs }) {
			continue
		}
		sets[k] = make([]uint64, words)
		for _, j := range w.cols {
			sets[k][j/64] |= 1 << (j % 64)
		}
	}
	var rows []row
	var from []int
	for k, w := range r.rows {
		implied := false
		for i := 0; i < len(r.rows) && sets[k] != nil && !implied; i++ {
			short := len(r.rows[i].cols) < len(w.cols) || len(r.rows[i].cols) == len(w.cols) && i < k
			implied = short && sets[i] != nil && within(sets[i], sets[k])
		}
		if !implied {
			rows, from = append(rows, w), append(from, r.from[k])
		}
	}
	r.rows, r.from = rows, from
}

// join gives q, a reduction of r, in the terms of the whole that r came from.
func (r *reduced) join(q *reduced) *reduced {
	out := &reduced{program: q.program, base: r.base + q.base, settle: slices.Clone(r.settle)}
	for c, j := range r.cols {
		out.settle[j] = q.settle[c]
	}
	for _, c := range q.cols {
		out.cols = append(out.cols, r.cols[c])
	}
	for _, k := range q.from {
		out.from = append(out.from, r.from[k]) // none for a cut
	}
	return out
}

func within(a, b []uint64) bool {
	for i, v := range a {
		if v&^b[i] != 0 {
			return false
		}
	}
	return true
}
