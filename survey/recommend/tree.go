package recommend

import (
	"math"
	"slices"
)

// tree is a depth-first branch and bound on a reduced program.
type tree struct {
	s     *search
	r     *reduced
	p     *program
	b     *box
	lp    *simplex
	q     *bound
	g     *greedy
	x, pi []float64
	gains []gain // per column
	root  bool   // the first node has been bounded
}

func newTree(s *search, r *reduced) *tree {
	return &tree{
		s: s, r: r, p: r.program, b: newBox(r.program), lp: newSimplex(r.program, s.ctx), q: newBound(r.program),
		x: make([]float64, len(r.cost)), pi: make([]float64, len(r.rows)), g: &greedy{p: r.program, sum: make([]int64, len(r.rows))}, gains: make([]gain, len(r.cost)),
	}
}

// cutoff is what solutions of the reduced program must stay below.
func (t *tree) cutoff() int64 { return t.s.below(t.r) }

// grow bounds the root, cuts the relaxation and searches.
func (t *tree) grow(low int64) {
	if t.s.tired() {
		t.s.leave(t.r, low)
		return
	}
	low, ok := t.tighten(low)
	if !ok {
		return
	}
	t.lp.point(t.b, t.x)
	t.dive()
	u := t.cuts(low)
	t.s.say(t.r.total(low))
	if u.s.equal {
		u.tighten(low)
		u.s.left = u.r.join(u.b.reduce())
		return
	}
	u.node(low)
}

// node searches what the bounds of t.b leave. low is a bound known before, in the terms of the reduced program.
func (t *tree) node(low int64) {
	if t.s.tired() {
		t.s.leave(t.r, low)
		return
	}
	t.s.nodes++
	if t.s.nodes%32 == 1 {
		t.s.say(t.r.total(low))
	}
	j := split
	for j == split {
		var ok bool
		if low, ok = t.tighten(low); !ok {
			return
		}
		if t.smaller(low) {
			return
		}
		t.lp.point(t.b, t.x)
		if t.s.nodes < 3 || t.s.nodes%16 == 0 || t.whole() {
			t.dive()
		}
		if low >= t.cutoff() {
			return
		}
		j = t.branch(low)
	}
	if j < 0 {
		t.s.found(t.r, t.b.lo)
		return
	}
	first := int8(0)
	if t.x[j] >= 0.5 {
		first = 1
	}
	for k, v := range [2]int8{first, 1 - first} {
		mark := len(t.b.trail)
		t.b.fix(j, v)
		if k == 0 {
			t.s.sides = append(t.s.sides, t.r.total(low))
		}
		t.node(low)
		if k == 0 {
			t.s.sides = t.s.sides[:len(t.s.sides)-1]
		}
		t.b.back(mark)
	}
}

// smaller goes on in a tree of its own when most columns of this one are settled.
func (t *tree) smaller(low int64) bool {
	free := 0
	for j := range t.b.lo {
		if t.b.free(j) {
			free++
		}
	}
	if free*2 > len(t.b.lo) || len(t.b.lo) < 20 {
		return false
	}
	r := t.b.reduce()
	if low > math.MinInt64 {
		low -= r.base
	}
	t.s.nodes--
	newTree(t.s, t.r.join(r)).node(low)
	return true
}

// tighten propagates, bounds and fixes by reduced cost until nothing moves; false when the node holds nothing better.
func (t *tree) tighten(low int64) (int64, bool) {
	for round := 0; ; round++ {
		if !t.b.propagate(t.cutoff()) {
			return low, false
		}
		before := t.lp.work
		i, above := t.lp.run(t.b, t.pivots())
		t.s.work += t.lp.work - before
		if i >= 0 {
			t.lp.rayOf(i, above, t.pi)
			return low, !(t.q.take(t.b, t.pi, false) && t.q.impossible())
		}
		t.lp.prices(t.pi)
		if !t.q.take(t.b, t.pi, true) {
			return low, true
		}
		low = max(low, t.q.value())
		if !t.root {
			t.root = true
		}
		if low >= t.cutoff() {
			return low, false
		}
		if !t.shrink() || round == 8 {
			return low, t.b.propagate(t.cutoff())
		}
	}
}

// pivots limits one run of the simplex.
func (t *tree) pivots() int {
	n := 20 + 4*(t.lp.m+t.lp.n)
	if t.s.most > 0 {
		n = min(n, 1+max(0, t.s.most-t.s.work)/(1+t.lp.m*t.lp.n))
	}
	return n
}

// shrink fixes the columns whose other value would reach the cutoff; it reports whether any was.
func (t *tree) shrink() bool {
	n := len(t.b.trail)
	for j, c := range t.p.cost {
		if !t.b.free(j) {
			continue
		}
		if v := t.q.fixed(t.b, j, t.cutoff()); v >= 0 {
			t.b.fix(j, v)
		} else if a := max(c, -c); a > 0 && t.cutoff() < math.MaxInt64 && t.b.floor >= t.cutoff()-a {
			v = 0
			if c < 0 {
				v = 1
			}
			t.b.fix(j, v)
		}
	}
	return len(t.b.trail) > n
}

func (t *tree) whole() bool {
	for _, v := range t.x {
		if math.Abs(v-math.Round(v)) > 1e-6 {
			return false
		}
	}
	return true
}

// dive rounds the present point to a solution: large values first, propagation after each, one step back at a dead end.
func (t *tree) dive() {
	mark := len(t.b.trail)
	defer t.b.back(mark)
	order := make([]int, len(t.x))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case t.x[a] > t.x[b]+1e-9:
			return -1
		case t.x[a] < t.x[b]-1e-9:
			return 1
		}
		return 0
	})
	for _, j := range order {
		if !t.b.free(j) {
			continue
		}
		v := int8(0)
		if t.x[j] > 0.2 || t.p.cost[j] < 0 {
			v = 1
		}
		here := len(t.b.trail)
		t.b.fix(j, v)
		if t.b.propagate(math.MaxInt64) {
			continue
		}
		t.b.back(here)
		t.b.fix(j, 1-v)
		if !t.b.propagate(math.MaxInt64) {
			return
		}
	}
	t.s.found(t.r, t.g.mend(slices.Clone(t.b.lo)))
}
