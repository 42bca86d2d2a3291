package recommend

import "slices"

// greedy builds solutions of a program: cheap ones first by given prices of the columns, made whole row by row, then mended.
type greedy struct {
	p     *program
	b     *box
	sum   []int64 // Σ coef·z per row, of the solution that is being mended
	order []int
	dice  uint64
}

func newGreedy(p *program) *greedy {
	g := &greedy{p: p, b: newBox(p), sum: make([]int64, len(p.rows)), order: make([]int, len(p.cost)), dice: 1}
	if !g.b.propagate(1<<63 - 1) {
		return nil
	}
	return g
}

// build makes a solution: columns whose price is negative are taken one by one, each with what it needs, while the rows allow. Columns of
// keep that are 1 go first. It gives nil when it runs into a dead end.
func (g *greedy) build(price []float64, keep []int8) []int8 {
	mark := len(g.b.trail)
	defer g.b.back(mark)
	for j, v := range keep {
		if v == 1 && g.b.free(j) {
			g.try(j, price)
		}
	}
	if !g.fill(price) {
		return nil
	}
	g.order = g.order[:0]
	for j := range g.p.cost {
		if g.b.free(j) && g.p.cost[j] < 0 {
			g.order = append(g.order, j)
		}
	}
	slices.SortStableFunc(g.order, func(a, b int) int {
		switch d := price[a] - price[b]; {
		case d < 0:
			return -1
		case d > 0:
			return 1
		}
		return 0
	})
	for _, j := range g.order {
		if g.b.free(j) {
			g.try(j, price)
		}
	}
	z := slices.Clone(g.b.lo)
	return g.mend(z)
}

// try sets a column and fills the rows that this opens; when that fails the column is 0.
func (g *greedy) try(j int, price []float64) {
	mark := len(g.b.trail)
	g.b.fix(j, 1)
	if g.b.propagate(1<<63-1) && g.fill(price) {
		return
	}
	g.b.back(mark)
	g.b.fix(j, 0)
	if !g.b.propagate(1<<63 - 1) { // neither: leave it open and let the rows judge at the end
		g.b.back(mark)
	}
}

// fill takes columns until every row holds with all open columns at 0; false at a dead end.
func (g *greedy) fill(price []float64) bool {
	for open := true; open; {
		open = false
		for r := range g.p.rows {
			w := &g.p.rows[r]
			for g.b.now[r] < w.rhs {
				open = true
				if !g.take(w, price) {
					return false
				}
			}
		}
	}
	return true
}

// take sets the column of an open row that costs least for the rows it helps.
func (g *greedy) take(w *row, price []float64) bool {
	best, score := -1, 0.0
	for i, j := range w.cols {
		if w.coefs[i] <= 0 || !g.b.free(j) {
			continue
		}
		v, n := price[j], 0.0
		for _, u := range g.p.uses[j] {
			if u.coef > 0 && g.b.now[u.row] < g.p.rows[u.row].rhs {
				n++
			}
		}
		if v > 0 {
			v /= n
		} else {
			v *= n
		}
		if best < 0 || v < score {
			best, score = j, v
		}
	}
	if best < 0 {
		return false
	}
	mark := len(g.b.trail)
	g.b.fix(best, 1)
	if g.b.propagate(1<<63 - 1) {
		return true
	}
	g.b.back(mark)
	g.b.fix(best, 0)
	return g.b.propagate(1<<63 - 1)
}

// mend drops what a solution does not need, the dearest first, and takes what costs less than nothing.
func (g *greedy) mend(z []int8) []int8 {
	for r := range g.p.rows {
		g.sum[r] = g.p.rows[r].sum(z)
	}
	g.order = g.order[:0]
	for j := range g.p.cost {
		g.order = append(g.order, j)
	}
	slices.SortStableFunc(g.order, func(a, b int) int {
		switch ca, cb := max(g.p.cost[a], -g.p.cost[a]), max(g.p.cost[b], -g.p.cost[b]); {
		case ca > cb:
			return -1
		case ca < cb:
			return 1
		}
		return 0
	})
	for _, j := range g.order {
		c := g.p.cost[j]
		if c > 0 && z[j] == 1 && g.p.lo[j] == 0 {
			g.flip(z, j, 0)
		} else if c < 0 && z[j] == 0 && g.p.hi[j] == 1 {
			g.flip(z, j, 1)
		}
	}
	return z
}

// flip sets a column unless a row breaks by it.
func (g *greedy) flip(z []int8, j int, v int8) {
	d := int64(v - z[j])
	for _, u := range g.p.uses[j] {
		if now := g.sum[u.row] + d*u.coef; now < g.p.rows[u.row].rhs && d*u.coef < 0 {
			return
		}
	}
	for _, u := range g.p.uses[j] {
		g.sum[u.row] += d * u.coef
	}
	z[j] = v
}

// shake forgets about a part of a solution, so that build can find another one around it.
func (g *greedy) shake(z []int8, part uint64) []int8 {
	out := slices.Clone(z)
	for j, v := range out {
		g.dice ^= g.dice << 13
		g.dice ^= g.dice >> 7
		g.dice ^= g.dice << 17
		if v == 1 && g.dice%100 < part {
			out[j] = 0
		}
	}
	return out
}
