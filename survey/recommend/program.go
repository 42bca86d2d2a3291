package recommend

import "slices"

// program is a 0/1 program: minimise Σ cost·z over rows Σ coef·z ≥ rhs. Everything in it is an integer.
type program struct {
	cost   []int64
	lo, hi []int8 // bounds of each column, 0 or 1
	rows   []row
	uses   [][]use // per column: the rows it stands in
}

type row struct {
	cols  []int
	coefs []int64
	rhs   int64
}

type use struct {
	row  int
	coef int64
}

func newProgram(columns int) *program {
	p := &program{cost: make([]int64, columns), lo: make([]int8, columns), hi: make([]int8, columns)}
	for j := range p.hi {
		p.hi[j] = 1
	}
	return p
}

func (p *program) atLeast(rhs int64, cols []int, coefs []int64) {
	p.rows = append(p.rows, row{cols: cols, coefs: coefs, rhs: rhs})
}

// atMost adds Σ coef·z ≤ rhs.
func (p *program) atMost(rhs int64, cols []int, coefs []int64) {
	neg := make([]int64, len(coefs))
	for i, c := range coefs {
		neg[i] = -c
	}
	p.atLeast(-rhs, cols, neg)
}

// seal divides each row by what its coefficients share, which makes the bounds sharper, and links the columns to their rows.
func (p *program) seal() {
	for k := range p.rows {
		p.rows[k].divide()
	}
	p.link()
}

func (w *row) divide() {
	var g int64
	for _, c := range w.coefs {
		g = divisor(g, c)
	}
	if g < 2 {
		return
	}
	coefs := make([]int64, len(w.coefs)) // rows share theirs with whoever made them
	for i, c := range w.coefs {
		coefs[i] = c / g
	}
	w.coefs, w.rhs = coefs, ceil(w.rhs, g)
}

// divisor is the greatest common one; of 0 and a it is |a|.
func divisor(g, a int64) int64 {
	for a = max(a, -a); a != 0; {
		g, a = a, g%a
	}
	return g
}

func ceil(a, b int64) int64 {
	q := a / b
	if a > q*b {
		q++
	}
	return q
}

func (p *program) link() {
	p.uses = make([][]use, len(p.cost))
	for r, w := range p.rows {
		for i, j := range w.cols {
			p.uses[j] = append(p.uses[j], use{r, w.coefs[i]})
		}
	}
}

func (p *program) value(z []int8) int64 {
	var v int64
	for j, c := range p.cost {
		v += c * int64(z[j])
	}
	return v
}

func (p *program) holds(z []int8) bool {
	for j, v := range z {
		if v < p.lo[j] || v > p.hi[j] {
			return false
		}
	}
	for i := range p.rows {
		if p.rows[i].sum(z) < p.rows[i].rhs {
			return false
		}
	}
	return true
}

func (w *row) sum(z []int8) int64 {
	var v int64
	for i, j := range w.cols {
		v += w.coefs[i] * int64(z[j])
	}
	return v
}

// step is the greatest common divisor of the costs: values of solutions differ by multiples of it.
func (p *program) step() int64 {
	var g int64
	for _, c := range p.cost {
		g = divisor(g, c)
	}
	return max(g, 1)
}

// box holds the bounds of the columns during a search, with the greatest activity of each row and a trail to go back.
type box struct {
	p      *program
	lo, hi []int8
	top    []int64 // greatest Σ coef·z within the bounds, per row
	now    []int64 // Σ coef·z with every free column at 0, per row
	floor  int64   // least Σ cost·z within the bounds
	trail  []int
	queue  []int
	queued []bool
}

func newBox(p *program) *box {
	b := &box{p: p, lo: slices.Clone(p.lo), hi: slices.Clone(p.hi), top: make([]int64, len(p.rows)), now: make([]int64, len(p.rows)), queued: make([]bool, len(p.rows))}
	for r, w := range p.rows {
		for i, j := range w.cols {
			b.now[r] += w.coefs[i] * int64(b.lo[j])
			if c := w.coefs[i]; c > 0 {
				b.top[r] += c * int64(b.hi[j])
			} else {
				b.top[r] += c * int64(b.lo[j])
			}
		}
		b.push(r)
	}
	for j, c := range p.cost {
		if c > 0 {
			b.floor += c * int64(b.lo[j])
		} else {
			b.floor += c * int64(b.hi[j])
		}
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

// fix sets a free column; the caller propagates.
func (b *box) fix(j int, v int8) {
	b.trail = append(b.trail, j)
	b.shift(j, v, 1)
	b.lo[j], b.hi[j] = v, v
	for _, u := range b.p.uses[j] {
		b.push(u.row)
	}
}

// shift books the change of activities when column j becomes v (sign 1) or free again (sign -1).
func (b *box) shift(j int, v int8, sign int64) {
	for _, u := range b.p.uses[j] {
		if v == 1 {
			b.now[u.row] += sign * u.coef
		}
		if u.coef > 0 && v == 0 {
			b.top[u.row] -= sign * u.coef
		} else if u.coef < 0 && v == 1 {
			b.top[u.row] += sign * u.coef
		}
	}
	if c := b.p.cost[j]; c > 0 && v == 1 || c < 0 && v == 0 {
		b.floor += sign * max(c, -c)
	}
}

// back frees the columns fixed since mark.
func (b *box) back(mark int) {
	for len(b.trail) > mark {
		j := b.trail[len(b.trail)-1]
		b.trail = b.trail[:len(b.trail)-1]
		b.shift(j, b.lo[j], -1)
		b.lo[j], b.hi[j] = 0, 1
	}
	b.drain()
}

func (b *box) drain() {
	for _, r := range b.queue {
		b.queued[r] = false
	}
	b.queue = b.queue[:0]
}

// propagate fixes every column that a row forces; false when a row cannot hold any more or no value below cutoff is left.
func (b *box) propagate(cutoff int64) bool {
	for len(b.queue) > 0 {
		r := b.queue[len(b.queue)-1]
		b.queue = b.queue[:len(b.queue)-1]
		b.queued[r] = false
		w := &b.p.rows[r]
		if b.top[r] < w.rhs || b.floor >= cutoff {
			b.drain()
			return false
		}
		for i, j := range w.cols {
			if !b.free(j) {
				continue
			}
			if c := w.coefs[i]; c > 0 && b.top[r]-c < w.rhs {
				b.fix(j, 1)
			} else if c < 0 && b.top[r]+c < w.rhs {
				b.fix(j, 0)
			}
		}
	}
	return b.floor < cutoff
}
