package recommend

import (
	"math"
	"slices"
)

// search is a depth-first branch and bound on one program.
type search struct {
	p      *program
	b      *box
	lp     *simplex
	q      *bound
	best   []int8 // nil until a solution is known
	value  int64  // of best
	cutoff int64  // solutions must stay below it
	step   int64
	nodes  int
	limit  int
	open   int64 // least bound among the nodes left unexplored
	x, pi  []float64
	root   *bound // bound at the root, for fixing columns afterwards
	gains  []gain // per column
}

func newSearch(p *program, limit int) *search {
	p.seal()
	return &search{
		p: p, b: newBox(p), lp: newSimplex(p), q: newBound(p), step: p.step(), limit: limit,
		cutoff: math.MaxInt64, open: math.MaxInt64, x: make([]float64, len(p.cost)), pi: make([]float64, len(p.rows)),
		gains: make([]gain, len(p.cost)),
	}
}

// offer hands a known solution in; it is ignored unless it holds every row and is better.
func (s *search) offer(z []int8) {
	if z == nil || !s.p.holds(z) {
		return
	}
	if v := s.p.value(z); v < s.cutoff {
		s.best, s.value = slices.Clone(z), v
		s.cutoff = v - s.step + 1
	}
}

// run searches to the end or to the node limit.
func (s *search) run() { s.node(math.MinInt64) }

// done tells whether the search was exhaustive.
func (s *search) done() bool { return s.open >= s.cutoff }

// low is a lower bound of all solutions: the best value itself when done.
func (s *search) low() int64 {
	if s.best != nil && s.done() {
		return s.value
	}
	return s.open
}

func (s *search) node(low int64) {
	if s.nodes >= s.limit {
		s.open = min(s.open, low)
		return
	}
	s.nodes++
	j := split
	for j == split {
		var ok bool
		if low, ok = s.tighten(low); !ok {
			return
		}
		s.lp.point(s.b, s.x)
		if s.nodes == 1 || s.nodes%16 == 0 || s.whole() {
			s.dive()
		}
		if low >= s.cutoff {
			return
		}
		j = s.branch(low)
	}
	if j < 0 {
		s.offer(s.b.lo)
		return
	}
	first := int8(0)
	if s.x[j] >= 0.5 {
		first = 1
	}
	for _, v := range [2]int8{first, 1 - first} {
		mark := len(s.b.trail)
		s.b.fix(j, v)
		s.node(low)
		s.b.back(mark)
	}
}

// tighten propagates, bounds and fixes by reduced cost until nothing moves; false when the node holds nothing better.
func (s *search) tighten(low int64) (int64, bool) {
	for round := 0; ; round++ {
		if !s.b.propagate(s.cutoff) {
			return low, false
		}
		i, above := s.lp.run(s.b, 20+4*(s.lp.m+s.lp.n))
		if i >= 0 {
			s.lp.rayOf(i, above, s.pi)
			return low, !(s.q.take(s.b, s.pi, false) && s.q.impossible())
		}
		s.lp.prices(s.pi)
		if !s.q.take(s.b, s.pi, true) {
			return low, true
		}
		low = max(low, s.q.value())
		if s.root == nil && s.nodes == 1 {
			s.root = s.q.snapshot(s.b)
		}
		if low >= s.cutoff {
			return low, false
		}
		if !s.shrink() || round == 8 {
			return low, s.b.propagate(s.cutoff)
		}
	}
}

// shrink fixes the columns whose other value would reach the cutoff; it reports whether any was.
func (s *search) shrink() bool {
	n := len(s.b.trail)
	for j, c := range s.p.cost {
		if !s.b.free(j) {
			continue
		}
		if v := s.q.fixed(s.b, j, s.cutoff); v >= 0 {
			s.b.fix(j, v)
		} else if a := max(c, -c); a > 0 && s.cutoff < math.MaxInt64 && s.b.floor >= s.cutoff-a {
			v = 0
			if c < 0 {
				v = 1
			}
			s.b.fix(j, v)
		}
	}
	return len(s.b.trail) > n
}

func (s *search) whole() bool {
	for _, v := range s.x {
		if math.Abs(v-math.Round(v)) > 1e-6 {
			return false
		}
	}
	return true
}

// dive rounds the present point to a solution: large values first, propagation after each, one step back at a dead end.
func (s *search) dive() {
	mark := len(s.b.trail)
	defer s.b.back(mark)
	order := make([]int, len(s.x))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case s.x[a] > s.x[b]+1e-9:
			return -1
		case s.x[a] < s.x[b]-1e-9:
			return 1
		}
		return 0
	})
	for _, j := range order {
		if !s.b.free(j) {
			continue
		}
		v := int8(0)
		if s.x[j] > 0.2 || s.p.cost[j] < 0 {
			v = 1
		}
		here := len(s.b.trail)
		s.b.fix(j, v)
		if s.b.propagate(math.MaxInt64) {
			continue
		}
		s.b.back(here)
		s.b.fix(j, 1-v)
		if !s.b.propagate(math.MaxInt64) {
			return
		}
	}
	s.offer(s.trim(slices.Clone(s.b.lo)))
}

// trim drops what a solution does not need, the dearest first.
func (s *search) trim(z []int8) []int8 {
	order := []int{}
	for j, c := range s.p.cost {
		if c > 0 && z[j] == 1 && s.p.lo[j] == 0 {
			order = append(order, j)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case s.p.cost[a] > s.p.cost[b]:
			return -1
		case s.p.cost[a] < s.p.cost[b]:
			return 1
		}
		return a - b
	})
	for _, j := range order {
		z[j] = 0
		for _, u := range s.p.uses[j] {
			if s.p.rows[u.row].sum(z) < s.p.rows[u.row].rhs {
				z[j] = 1
				break
			}
		}
	}
	return z
}
