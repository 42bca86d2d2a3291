package exact

import "slices"

// reduced is what is left of a program once settled columns and rows that always hold are struck out; its columns start at 0.
type reduced struct {
	*Program
	cols   []int   // column → column of the whole
	from   []int   // row → row of the whole, none for a cut
	base   int64   // cost of what is settled
	settle []int64 // what the whole's columns have already
}

const none = -1

// reduce strikes out what the bounds of b settle.
func (b *box) reduce() *reduced {
	r := &reduced{Program: &Program{}, settle: slices.Clone(b.lo)}
	at := make([]int, len(b.lo))
	for j := range at {
		r.base += b.p.Cost[j] * b.lo[j]
		if b.free(j) {
			at[j] = len(r.cols)
			r.cols = append(r.cols, j)
			r.Cost = append(r.Cost, b.p.Cost[j])
			r.Hi = append(r.Hi, b.hi[j]-b.lo[j])
		}
	}
	r.Lo = make([]int64, len(r.cols))
	for k := range b.p.Rows {
		w := &b.p.Rows[k]
		rhs, least, open := w.Rhs-b.now[k], int64(0), 0
		for i, j := range w.Cols {
			if b.free(j) {
				least += min(w.Coefs[i]*(b.hi[j]-b.lo[j]), 0)
				open++
			}
		}
		if least >= rhs {
			continue
		}
		n := Row{Cols: make([]int, 0, open), Coefs: make([]int64, 0, open), Rhs: rhs}
		for i, j := range w.Cols {
			if b.free(j) {
				n.Cols, n.Coefs = append(n.Cols, at[j]), append(n.Coefs, w.Coefs[i])
			}
		}
		r.Rows, r.from = append(r.Rows, n), append(r.from, k)
	}
	r.strikeRows()
	r.link()
	return r
}

// strikeRows drops a clause (one of these columns must be 1) that another clause implies.
func (r *reduced) strikeRows() {
	most := len(r.Rows)
	var clauses []int
	for k := range r.Rows {
		w := &r.Rows[k]
		if w.Rhs >= 1 && !slices.ContainsFunc(w.Coefs, func(c int64) bool { return c < w.Rhs }) {
			clauses = append(clauses, k)
		}
	}
	slices.SortStableFunc(clauses, func(a, b int) int { return len(r.Rows[a].Cols) - len(r.Rows[b].Cols) })
	gone := make([]bool, most)
	in := make([][]int, len(r.cols)) // column → kept clauses whose first column it is
	mark := make([]int, len(r.cols))
	for n, k := range clauses {
		for _, j := range r.Rows[k].Cols {
			mark[j] = n + 1
		}
		for _, j := range r.Rows[k].Cols {
			if slices.ContainsFunc(in[j], func(i int) bool {
				return !slices.ContainsFunc(r.Rows[i].Cols, func(c int) bool { return mark[c] != n+1 })
			}) {
				gone[k] = true
				break
			}
		}
		if w := &r.Rows[k]; !gone[k] && len(w.Cols) > 0 {
			in[w.Cols[0]] = append(in[w.Cols[0]], k)
		}
	}
	rows, from := r.Rows[:0], r.from[:0]
	for k := range most {
		if !gone[k] {
			rows, from = append(rows, r.Rows[k]), append(from, r.from[k])
		}
	}
	r.Rows, r.from = rows, from
}

// join gives q, a reduction of r, in the terms of the whole that r came from.
func (r *reduced) join(q *reduced) *reduced {
	out := &reduced{Program: q.Program, base: r.base + q.base, settle: slices.Clone(r.settle)}
	for c, j := range r.cols {
		out.settle[j] += q.settle[c]
	}
	for _, c := range q.cols {
		out.cols = append(out.cols, r.cols[c])
	}
	for _, k := range q.from {
		out.from = append(out.from, r.from[k])
	}
	return out
}
