package exact

import "slices"

// box holds the bounds of the columns during a search, with the activities of each row and a trail to go back.
type box struct {
	p      *Program
	lo, hi []int64
	top    []int64 // greatest Σ coef·z within the bounds, per row
	now    []int64 // Σ coef·lo, per row
	floor  int64   // least Σ cost·z within the bounds
	trail  []change
	queue  []int
	queued []bool
	steps  int // columns looked at
}

// change is what a column's bounds were.
type change struct {
	j      int
	lo, hi int64
}

func newBox(p *Program) *box {
	b := &box{p: p, lo: slices.Clone(p.Lo), hi: slices.Clone(p.Hi), top: make([]int64, len(p.Rows)), now: make([]int64, len(p.Rows)), queued: make([]bool, len(p.Rows))}
	for r := range p.Rows {
		w := &p.Rows[r]
		for i, j := range w.Cols {
			c := w.Coefs[i]
			b.now[r] += c * b.lo[j]
			b.top[r] += max(c*b.hi[j], c*b.lo[j])
		}
		b.push(r)
	}
	for j, c := range p.Cost {
		b.floor += min(c*b.lo[j], c*b.hi[j])
	}
	return b
}

func (b *box) push(r int) {
	if !b.queued[r] {
		b.queued[r] = true
		b.queue = append(b.queue, r)
	}
}

func (b *box) free(j int) bool { return b.lo[j] != b.hi[j] }

func (b *box) fix(j int, v int64) { b.set(j, v, v) }

// set narrows the bounds of a column; the caller propagates.
func (b *box) set(j int, lo, hi int64) {
	b.trail = append(b.trail, change{j, b.lo[j], b.hi[j]})
	b.shift(j, lo, hi)
	for _, u := range b.p.uses[j] {
		b.push(u.row)
	}
}

// shift books new bounds of column j.
func (b *box) shift(j int, lo, hi int64) {
	dl, dh := lo-b.lo[j], hi-b.hi[j]
	for _, u := range b.p.uses[j] {
		b.now[u.row] += u.coef * dl
		if u.coef > 0 {
			b.top[u.row] += u.coef * dh
		} else {
			b.top[u.row] += u.coef * dl
		}
	}
	if c := b.p.Cost[j]; c > 0 {
		b.floor += c * dl
	} else {
		b.floor += c * dh
	}
	b.lo[j], b.hi[j] = lo, hi
}

// back undoes the changes since mark.
func (b *box) back(mark int) {
	for len(b.trail) > mark {
		c := b.trail[len(b.trail)-1]
		b.trail = b.trail[:len(b.trail)-1]
		b.shift(c.j, c.lo, c.hi)
	}
	b.drain()
}

func (b *box) drain() {
	for _, r := range b.queue {
		b.queued[r] = false
	}
	b.queue = b.queue[:0]
}

// propagate narrows every column that a row forces; false when a row cannot hold any more or no value below cutoff is left.
func (b *box) propagate(cutoff int64) bool {
	for len(b.queue) > 0 {
		r := b.queue[len(b.queue)-1]
		b.queue = b.queue[:len(b.queue)-1]
		b.queued[r] = false
		w := &b.p.Rows[r]
		room := b.top[r] - w.Rhs
		if room < 0 || b.floor >= cutoff {
			b.drain()
			return false
		}
		b.steps += len(w.Cols)
		for i, j := range w.Cols {
			c, span := w.Coefs[i], b.hi[j]-b.lo[j]
			if span == 0 {
				continue
			}
			if c > 0 && c*span > room {
				b.set(j, b.hi[j]-room/c, b.hi[j])
			} else if c < 0 && -c*span > room {
				b.set(j, b.lo[j], b.lo[j]+room/-c)
			}
		}
	}
	return b.floor < cutoff
}
