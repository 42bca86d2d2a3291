package recommend

import (
	"context"
	"math"
	"slices"
)

// search minimises one program: first cheap answers and a Lagrangian bound, which settle most columns, then branch and bound on the rest.
type search struct {
	p      *program
	b      *box
	best   []int8 // nil until a solution is known
	value  int64  // of best
	cutoff int64  // solutions must stay below it
	step   int64
	nodes  int
	limit  int
	work   int      // steps of arithmetic so far
	most   int      // stops at so many; 0 is no limit
	open   int64    // least bound among the nodes left unexplored
	equal  bool     // answers as good as the best are looked for as well
	left   *reduced // what the root leaves
	ctx    context.Context
	engine Engine          // may be nil
	tell   func(low int64) // may be nil
	known  int64           // bound of the whole that tell has been told
	sides  []int64         // bounds of the nodes that wait, of the whole
}

func newSearch(p *program, limit int) *search {
	p.seal()
	return &search{
		p: p, b: newBox(p), step: p.step(), limit: limit, cutoff: math.MaxInt64, open: math.MaxInt64,
		known: math.MinInt64, ctx: context.Background(),
	}
}

// offer hands a known solution in; it is ignored unless it holds every row and is better.
func (s *search) offer(z []int8) {
	if z == nil {
		return
	}
	if v := s.p.value(z); v < s.cutoff && s.p.holds(z) {
		s.best, s.value = slices.Clone(z), v
		if s.cutoff = v - s.step + 1; s.equal {
			s.cutoff = v + 1
		}
	}
}

// tired tells whether a limit is reached.
func (s *search) tired() bool {
	return s.nodes >= s.limit || s.most > 0 && s.work >= s.most || s.ctx.Err() != nil
}

// say tells how far the search is: low bounds the node at hand, sides and open the others.
func (s *search) say(low int64) {
	if s.tell == nil {
		return
	}
	low = min(low, s.open)
	for _, v := range s.sides {
		low = min(low, v)
	}
	if s.best != nil {
		low = min(low, s.value)
	}
	s.known = max(s.known, low)
	s.tell(s.known)
}

// found hands in a solution of a reduced program.
func (s *search) found(r *reduced, z []int8) {
	if z == nil {
		return
	}
	all := slices.Clone(r.settle)
	for c, j := range r.cols {
		all[j] = z[c]
	}
	s.offer(all)
}

// below is the cutoff in the terms of a reduced program.
func (s *search) below(r *reduced) int64 {
	if s.cutoff == math.MaxInt64 {
		return s.cutoff
	}
	return s.cutoff - r.base
}

// done tells whether the search was exhaustive.
func (s *search) done() bool { return s.open >= s.cutoff }

// low is a lower bound of all solutions: the best value itself when done.
func (s *search) low() int64 {
	if s.best != nil && s.done() {
		return s.value
	}
	return s.open
}

// smallProgram: programs of fewer cells go to branch and bound as they are. Tests send small ones the other way as well.
var smallProgram = 4000

// run searches to the end or to the node limit.
func (s *search) run() {
	if !s.b.propagate(s.cutoff) {
		return
	}
	r := s.b.reduce()
	low := int64(math.MinInt64)
	for round := 0; round < 3 && len(r.rows)*len(r.cols) > smallProgram; round++ {
		before := len(r.cols)
		if r, low = s.ascend(r, low); r == nil {
			return
		}
		s.say(low)
		if len(r.cols)*10 > before*8 {
			break
		}
	}
	own := low
	if low > math.MinInt64 {
		own -= r.base
	}
	newTree(s, r).grow(own)
	if s.engine != nil && !s.done() && s.ctx.Err() == nil {
		s.ask(s.engine, r)
	}
}

// leave books that a part of a reduced program stays unexplored.
func (s *search) leave(r *reduced, low int64) {
	if low > math.MinInt64 {
		low += r.base
	}
	s.open = min(s.open, low)
}

// ascend looks for good answers and a good bound of r and gives what is left of it, with cuts; nil when nothing better is. low is the
// bound known so far, of the whole.
func (s *search) ascend(r *reduced, low int64) (*reduced, int64) {
	g := newGreedy(r.program)
	if g == nil {
		return nil, low
	}
	wide := *r // with cuts
	wide.program = &program{cost: r.cost, lo: r.lo, hi: r.hi, rows: slices.Clone(r.rows)}
	wide.link()
	a := newAscent(wide.program)
	s.found(r, g.build(a.cost, nil))
	for it := 1; it < 500; it++ {
		target := float64(s.below(r))
		if s.cutoff == math.MaxInt64 {
			target = a.best + 0.1*math.Abs(a.best) + 1
		}
		if !a.move(target) || s.most > 0 && s.work > s.most/4 || it%16 == 0 && s.ctx.Err() != nil {
			break
		}
		s.work += a.size
		if it%20 == 0 && !s.equal {
			s.found(r, g.build(a.rest, nil))
		}
		if it%40 == 0 && it <= 240 {
			for _, c := range (&rounder{rows: r.rows, x: a.mean}).cuts() {
				wide.rows = append(wide.rows, c.row)
			}
			wide.link()
			a.extend()
		}
	}
	copy(a.pi, a.top)
	a.look()
	if !s.equal {
		s.found(r, g.build(a.rest, nil))
		s.polish(r, g, a.rest)
	}
	rows := wide.rows[:len(r.rows)]
	pi := a.top[:len(r.rows)]
	wide.from = slices.Clone(r.from)
	for k := len(r.rows); k < len(wide.rows); k++ {
		if a.top[k] > 0 {
			rows, pi, wide.from = append(rows, wide.rows[k]), append(pi, a.top[k]), append(wide.from, none)
		}
	}
	wide.rows = rows
	wide.link()
	return s.settle(&wide, pi, low)
}

// polishes is how often polish tries.
const polishes = 6

// polish forgets parts of the best answer and builds anew around the rest.
func (s *search) polish(r *reduced, g *greedy, price []float64) {
	if s.best == nil {
		return
	}
	for k := range uint64(polishes) {
		z := make([]int8, len(r.cols))
		for c, j := range r.cols {
			z[c] = s.best[j]
		}
		s.found(r, g.build(price, g.shake(z, 10+10*(k%4))))
	}
}

// settle proves the bound that multipliers of r give, and strikes out the columns that no better answer can change; nil when there is none.
func (s *search) settle(r *reduced, pi []float64, low int64) (*reduced, int64) {
	q, b := newBound(r.program), newBox(r.program)
	if q.take(b, pi, true) {
		low = max(low, q.value()+r.base)
		if low >= s.cutoff {
			return nil, low
		}
		for c := range r.cols {
			if v := q.fixed(b, c, s.below(r)); v >= 0 && b.free(c) {
				b.fix(c, v)
			}
		}
	}
	if !b.propagate(s.below(r)) {
		return nil, low
	}
	return r.join(b.reduce()), low
}
