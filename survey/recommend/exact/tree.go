package exact

import (
	"math"
	"slices"
)

// tree is a depth-first branch and bound on a reduced program.
type tree struct {
	s     *search
	r     *reduced
	p     *Program
	b     *box
	lp    *simplex
	q     *bound
	e     *earned // may be nil
	g     *greedy
	x, pi []float64
	gains []gain     // per column
	from  *branching // that led to the next node
	start mark
}

// branching is how a node came from the one above.
type branching struct {
	j, side int
	way     float64
	low     int64
}

func newTree(s *search, r *reduced) *tree { return treeOf(s, r, newSimplex(r.Program, s.ctx)) }

func treeOf(s *search, r *reduced, lp *simplex) *tree {
	return &tree{
		s: s, r: r, p: r.Program, b: newBox(r.Program), lp: lp, q: newBound(r.Program), e: newEarned(r.Program, s.step), g: newGreedy(r.Program),
		x: make([]float64, len(r.Cost)), pi: make([]float64, len(r.Rows)), gains: make([]gain, len(r.Cost)),
	}
}

// cutoff is what solutions of the reduced program must stay below.
func (t *tree) cutoff() int64 { return t.s.below(t.r) }

// up rounds a bound of the reduced program to the next value that the whole can have.
func (t *tree) up(low int64) int64 {
	if t.s.step == 1 || low == math.MinInt64 || low > math.MaxInt64/2 {
		return low
	}
	return ceil(low+t.r.base, t.s.step)*t.s.step - t.r.base
}

// relax runs the simplex within the bounds of the box.
func (t *tree) relax(most int) (ray int, above bool) {
	before := t.lp.work
	ray, above = t.lp.run(t.b, most)
	t.s.work += t.lp.work - before
	return ray, above
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
	j, from := split, t.from
	for t.from = nil; j == split; {
		var ok bool
		if low, ok = t.tighten(low); !ok {
			return
		}
		if from != nil && from.low > math.MinInt64 {
			t.gains[from.j].add(from.side, float64(low-from.low)/max(from.way, 0.05))
			from = nil
		}
		if t.smaller(low) {
			return
		}
		t.lp.point(t.x)
		if !t.s.sure() && (t.s.nodes < 3 || t.s.nodes%16 == 0) || t.whole() {
			t.dive()
		}
		if t.s.nodes%plunges == 0 && !t.s.sure() {
			t.plunge()
			t.lp.point(t.x)
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
	first := 0
	if t.x[j]-math.Floor(t.x[j]) >= 0.5 {
		first = 1
	}
	at := t.x[j]
	way := [2]float64{at - math.Floor(at), 1 - at + math.Floor(at)}
	for k, side := range [2]int{first, 1 - first} {
		trail := len(t.b.trail)
		t.x[j] = at
		lo, hi := t.side(j, side)
		t.b.set(j, lo, hi)
		if k == 0 {
			t.s.sides = append(t.s.sides, t.r.total(low))
		}
		t.from = &branching{j, side, way[side], low}
		t.node(low)
		if k == 0 {
			t.s.sides = t.s.sides[:len(t.s.sides)-1]
		}
		t.b.back(trail)
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
	if free*3 > len(t.b.lo) || len(t.b.lo) < 20 {
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

// tighten propagates, bounds and narrows by reduced cost until nothing moves; false when the node holds nothing better.
func (t *tree) tighten(low int64) (int64, bool) {
	for round := 0; ; round++ {
		if !t.b.propagate(t.cutoff()) {
			return low, false
		}
		if i, above := t.relax(t.pivots()); i >= 0 {
			t.lp.ray(above, t.pi)
			return low, !(t.q.take(t.b, t.pi, false) && t.q.impossible())
		}
		t.lp.prices(t.pi)
		if !t.q.take(t.b, t.pi, true) {
			return low, true
		}
		low = max(low, t.up(t.proved()))
		if low >= t.cutoff() {
			return low, false
		}
		if !t.shrink() || round == 4 {
			return low, t.b.propagate(t.cutoff())
		}
	}
}

// proved is the better bound of the two that the multipliers at hand give.
func (t *tree) proved() int64 {
	low := t.q.value()
	if t.e != nil {
		low = max(low, t.e.value(t.b, t.pi))
	}
	return low
}

// pivots limits one run of the simplex.
func (t *tree) pivots() int {
	n := 50 + 4*(t.lp.m+t.lp.n)
	if t.s.most > 0 {
		n = min(n, 1+max(0, t.s.most-t.s.work)/(1+8*t.lp.m))
	}
	return n
}

// shrink narrows the columns whose other values would reach the cutoff; it reports whether any was.
func (t *tree) shrink() bool {
	n := len(t.b.trail)
	cutoff := t.cutoff()
	for j, c := range t.p.Cost {
		if !t.b.free(j) {
			continue
		}
		if lo, hi, ok := t.q.narrow(t.b, j, cutoff); ok {
			if lo > hi {
				lo, hi = t.b.hi[j], t.b.hi[j] // nothing is left: the row of the costs will say so
			}
			t.b.set(j, lo, hi)
		} else if a := max(c, -c); a > 0 && cutoff < math.MaxInt64 && t.b.floor+a*(t.b.hi[j]-t.b.lo[j]) >= cutoff && t.b.floor < cutoff {
			room := (cutoff - 1 - t.b.floor) / a
			if c > 0 {
				t.b.set(j, t.b.lo[j], t.b.lo[j]+room)
			} else {
				t.b.set(j, t.b.hi[j]-room, t.b.hi[j])
			}
		}
	}
	return len(t.b.trail) > n
}

func (t *tree) whole() bool {
	for j, v := range t.x {
		if math.Abs(v-math.Round(v)) > 1e-6 && t.p.Hi[j] == 1 {
			return false
		}
	}
	return true
}

// dive rounds the present point to a solution: large values first, propagation after each, one step back at a dead end.
func (t *tree) dive() {
	if t.g == nil {
		return
	}
	trail := len(t.b.trail)
	defer t.b.back(trail)
	byValue := make([]int, 0, len(t.x))
	for j := range t.x {
		if t.b.free(j) && t.p.Hi[j] == 1 {
			byValue = append(byValue, j)
		}
	}
	slices.SortStableFunc(byValue, func(a, b int) int { return order(math.Round(1e8*t.x[b]), math.Round(1e8*t.x[a])) })
	for _, j := range byValue {
		if !t.b.free(j) {
			continue
		}
		v := int64(0)
		if t.x[j] > 0.2 || t.p.Cost[j] < 0 {
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
	z := slices.Clone(t.b.lo)
	for j := range z { // what is counted against the objective starts from what the rows ask for
		if t.p.Hi[j] > 1 && t.p.Cost[j] < 0 {
			z[j] = t.b.lo[j]
		}
	}
	t.s.found(t.r, t.g.mend(z))
}
