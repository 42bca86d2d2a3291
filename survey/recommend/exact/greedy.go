package exact

import (
	"math"
	"slices"
)

// greedy builds solutions of a program: cheap ones first by given prices of the columns, made whole row by row, then mended.
type greedy struct {
	p     *Program
	b     *box
	sum   []int64 // Σ coef·z per row, of the solution that is being mended
	order []int
	opens []bool // columns without cost that let others earn: the row of one that earns asks for them
	dice  uint64
	fails int
}

// giveUp is how many dead ends a build may meet.
const giveUp = 40

func newGreedy(p *Program) *greedy {
	g := &greedy{p: p, b: newBox(p), sum: make([]int64, len(p.Rows)), order: make([]int, 0, len(p.Cost)), dice: 1, opens: make([]bool, len(p.Cost))}
	for r := range p.Rows {
		w := &p.Rows[r]
		earns := func(j int) bool { return p.Cost[j] < 0 }
		if len(w.Cols) == 2 && slices.ContainsFunc(w.Cols, earns) {
			for i, j := range w.Cols {
				g.opens[j] = g.opens[j] || p.Cost[j] == 0 && w.Coefs[i] > 0
			}
		}
	}
	if !g.b.propagate(math.MaxInt64) {
		return nil
	}
	return g
}

// build makes a solution: columns that earn are taken one by one, each with what it needs, while the rows allow. Columns of keep that are
// not 0 go first. It gives nil when it runs into a dead end.
func (g *greedy) build(price []float64, keep []int64) []int64 {
	start := len(g.b.trail)
	defer g.b.back(start)
	g.fails = 0
	for j, v := range keep {
		if v > g.b.lo[j] && v <= g.b.hi[j] && g.p.Hi[j] == 1 {
			g.try(j, price)
		}
	}
	if !g.fill(price) {
		return nil
	}
	g.order = g.order[:0]
	for j := range g.p.Cost {
		if g.b.free(j) && g.p.Cost[j] < 0 && g.p.Hi[j] == 1 {
			g.order = append(g.order, j)
		}
	}
	slices.SortStableFunc(g.order, func(a, b int) int { return order(price[a], price[b]) })
	for _, j := range g.order {
		if g.b.free(j) {
			g.try(j, price)
		}
	}
	return g.mend(slices.Clone(g.b.lo))
}

// order compares floats for a stable sort.
func order(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// try sets a column and fills the rows that this opens; when that fails the column is 0.
func (g *greedy) try(j int, price []float64) {
	start := len(g.b.trail)
	g.b.fix(j, 1)
	if g.b.propagate(math.MaxInt64) && g.fill(price) {
		return
	}
	g.b.back(start)
	g.b.fix(j, 0)
	if !g.b.propagate(math.MaxInt64) { // neither: leave it open and let the rows judge at the end
		g.b.back(start)
	}
}

// fill takes columns until every row holds with all open columns at their least; false at a dead end.
func (g *greedy) fill(price []float64) bool {
	for open := true; open; {
		open = false
		for r := range g.p.Rows {
			w := &g.p.Rows[r]
			for g.b.now[r] < w.Rhs {
				open = true
				if g.fails > giveUp || !g.take(w, w.Rhs-g.b.now[r], price) {
					return false
				}
			}
		}
	}
	return true
}

// take raises the column of an open row that costs least for the rows it helps.
func (g *greedy) take(w *Row, lack int64, price []float64) bool {
	best, coef, score := none, int64(0), 0.0
	for i, j := range w.Cols {
		if w.Coefs[i] <= 0 || !g.b.free(j) {
			continue
		}
		v, n := price[j], 0.0
		for _, u := range g.p.uses[j] {
			if u.coef > 0 && g.b.now[u.row] < g.p.Rows[u.row].Rhs {
				n++
			}
		}
		if v > 0 {
			v /= n
		} else {
			v *= n
		}
		if best < 0 || v < score {
			best, coef, score = j, w.Coefs[i], v
		}
	}
	g.b.steps += 4 * len(w.Cols)
	if best < 0 {
		return false
	}
	start, lo, hi := len(g.b.trail), g.b.lo[best], g.b.hi[best]
	up := min(lo+ceil(lack, coef), hi)
	g.b.set(best, up, hi)
	if g.b.propagate(math.MaxInt64) {
		return true
	}
	g.fails++
	g.b.back(start)
	g.b.set(best, lo, up-1)
	return g.b.propagate(math.MaxInt64)
}

// mend drops what a solution does not need, the dearest first, and takes what earns.
func (g *greedy) mend(z []int64) []int64 {
	for r := range g.p.Rows {
		g.sum[r] = g.p.Rows[r].sum(z)
	}
	g.order = g.order[:0]
	for j, c := range g.p.Cost {
		if g.opens[j] && z[j] < g.p.Hi[j] {
			g.raise(z, j, g.p.Hi[j]-z[j])
		} else if c < 0 && z[j] < g.p.Hi[j] || c > 0 && z[j] > g.p.Lo[j] {
			g.order = append(g.order, j)
		}
	}
	slices.SortStableFunc(g.order, func(a, b int) int {
		ca, cb := max(g.p.Cost[a], -g.p.Cost[a]), max(g.p.Cost[b], -g.p.Cost[b])
		switch wa, wb := g.p.Hi[a] > 1, g.p.Hi[b] > 1; {
		case wa != wb && wa: // what is counted comes after what is chosen
			return 1
		case wa != wb:
			return -1
		case ca > cb:
			return -1
		case ca < cb:
			return 1
		}
		return 0
	})
	for _, j := range g.order {
		if g.p.Cost[j] > 0 {
			g.lower(z, j, z[j]-g.p.Lo[j])
		} else {
			g.raise(z, j, g.p.Hi[j]-z[j])
		}
	}
	return z
}

// raise adds to a column as much as the rows allow.
func (g *greedy) raise(z []int64, j int, most int64) { g.move(z, j, most, 1) }

// lower takes as much from a column as the rows allow.
func (g *greedy) lower(z []int64, j int, most int64) { g.move(z, j, most, -1) }

func (g *greedy) move(z []int64, j int, most, sign int64) {
	for _, u := range g.p.uses[j] {
		if c := sign * u.coef; c < 0 {
			most = min(most, max(g.sum[u.row]-g.p.Rows[u.row].Rhs, 0)/-c)
		}
	}
	if most <= 0 {
		return
	}
	for _, u := range g.p.uses[j] {
		g.sum[u.row] += sign * most * u.coef
	}
	z[j] += sign * most
}

// shake forgets about a part of a solution, so that build can find another one around it.
func (g *greedy) shake(z []int64, part uint64) []int64 {
	out := slices.Clone(z)
	for j, v := range out {
		g.dice ^= g.dice << 13
		g.dice ^= g.dice >> 7
		g.dice ^= g.dice << 17
		if v != 0 && g.dice%100 < part {
			out[j] = 0
		}
	}
	return out
}
