package exact

import (
	"context"
	"encoding/binary"
	"math"
	"slices"
)

// Options say how a program is searched.
type Options struct {
	Nodes  int       // to search at most; 0 is no limit
	Work   int       // steps of arithmetic at most; 0 is no limit
	Share  int       // steps of arithmetic before Engine is asked; 0 is at once
	Engine Engine    // may be nil
	Starts [][]int64 // known solutions; one that does not hold is ignored
	Best   bool      // the first of Starts that holds is known to be the best: no better one is looked for
	Below  *int64    // only solutions below this value count; nil is any
	Relax  bool      // only bound the root: cheap answers and the relaxation, no cuts and no nodes
	First  bool      // stop at the first solution that is found
	Left   bool      // say what solutions as good as the best have in common, see Answer.Fixed
	Tell   func(Progress)

	// Every is handed each solution that is as good as the best one known, the best known one first; a better one makes those before it void.
	// It stops the search by false. With it, Proved says that it has seen all of the best.
	Every func(z []int64) bool
}

// Progress is where a search stands: nothing below Low exists.
type Progress struct {
	Nodes      int
	Found      bool
	Value, Low int64
}

// Answer is the result of a search.
type Answer struct {
	Z      []int64 // the best solution, nil when none is known
	Value  int64   // of Z
	Low    int64   // no solution costs less; math.MaxInt64 when there is none, math.MinInt64 when nothing is known
	Proved bool    // Z is the best, or there is none
	Nodes  int
	Work   int
	Fixed  map[int]int64 // with Options.Left: columns that have this value in every solution as good as Z
	Cuts   []Row         // with Options.Left: rows that all these solutions hold
}

// Minimise searches p. When ctx ends or a limit is reached it gives the best so far with a true bound. It fails only on ErrSize. The rows of
// p are divided by what they share.
func Minimise(ctx context.Context, p *Program, o Options) (Answer, error) {
	if err := p.seal(); err != nil {
		return Answer{}, err
	}
	s := &search{p: p, b: newBox(p), step: p.step(), limit: o.Nodes, most: o.Work, cutoff: math.MaxInt64, open: math.MaxInt64, known: math.MinInt64, ctx: ctx, o: o}
	if s.limit <= 0 {
		s.limit = math.MaxInt
	}
	if o.Engine != nil {
		s.most = o.Share
	}
	if o.Below != nil {
		s.cutoff = *o.Below
	}
	for _, z := range o.Starts {
		s.offer(z)
	}
	s.run()
	a := Answer{Z: s.best, Value: s.value, Low: s.low(), Proved: s.open >= s.cutoff, Nodes: s.nodes, Work: s.work}
	if o.Left && s.best != nil {
		a.Fixed, a.Cuts = s.common()
	}
	return a, nil
}

// search minimises one program: first cheap answers and a Lagrangian bound, which settle most columns, then branch and bound on the rest.
type search struct {
	p      *Program
	b      *box
	best   []int64 // nil until a solution is known
	value  int64   // of best
	cutoff int64   // solutions must stay below it
	step   int64
	nodes  int
	limit  int
	work   int   // steps of arithmetic so far
	most   int   // stops at so many; 0 is no limit
	open   int64 // least bound among the nodes left unexplored
	equal  bool  // answers as good as the best are kept as well
	ctx    context.Context
	known  int64   // bound of the whole that Tell has been told
	sides  []int64 // bounds of the nodes that wait, of the whole
	root   *reduced
	rootPi []float64
	o      Options
	seen   map[string]bool // with Every: solutions handed over
	enough bool            // Every has stopped the search
}

// offer hands a known solution in; it is ignored unless it holds every row and is better.
func (s *search) offer(z []int64) {
	if len(z) != len(s.p.Cost) {
		return
	}
	v := s.p.Value(z)
	if s.best == nil && s.o.Below != nil && v >= *s.o.Below {
		return
	}
	if s.best != nil && (v > s.value || v == s.value && s.o.Every == nil) || !s.p.Holds(z) {
		return
	}
	if s.best == nil || v < s.value {
		s.best, s.value = slices.Clone(z), v
		s.aim()
	}
	s.hand(z)
}

// hand hands a solution to Every, once.
func (s *search) hand(z []int64) {
	if s.o.Every == nil || s.enough {
		return
	}
	key := make([]byte, 0, 2*len(z))
	for j, v := range z {
		if v != 0 {
			key = binary.AppendVarint(binary.AppendUvarint(key, uint64(j)), v)
		}
	}
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	if !s.seen[string(key)] {
		s.seen[string(key)] = true
		s.enough = !s.o.Every(z)
	}
}

// aim sets the cutoff by the best value.
func (s *search) aim() {
	if s.best == nil {
		return
	}
	if s.cutoff = s.value - s.step + 1; s.equal {
		s.cutoff = s.value + 1
	}
}

// tired tells whether a limit is reached.
func (s *search) tired() bool {
	return s.enough || s.o.First && s.best != nil || s.nodes >= s.limit || s.most > 0 && s.work >= s.most || s.ctx.Err() != nil
}

// say tells how far the search is: low bounds the node at hand, sides and open the others.
func (s *search) say(low int64) {
	if s.o.Tell == nil {
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
	s.o.Tell(Progress{s.nodes, s.best != nil, s.value, s.known})
}

// sure tells that looking for better solutions is vain.
func (s *search) sure() bool { return s.o.Best && s.best != nil }

// found hands in a solution of a reduced program.
func (s *search) found(r *reduced, z []int64) {
	if z == nil {
		return
	}
	all := slices.Clone(r.settle)
	for c, j := range r.cols {
		all[j] += z[c]
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

// total gives a bound of the reduced program in the terms of the whole.
func (r *reduced) total(low int64) int64 {
	if low == math.MinInt64 || low == math.MaxInt64 {
		return low
	}
	return low + r.base
}

// leave books that a part of a reduced program stays unexplored.
func (s *search) leave(r *reduced, low int64) { s.open = min(s.open, r.total(low)) }

// low is a lower bound of all solutions: the best value itself when the search was exhaustive.
func (s *search) low() int64 {
	if s.best != nil {
		return min(s.value, max(s.open, s.known))
	}
	return s.open
}

// run searches to the end or to a limit.
func (s *search) run() {
	s.equal = s.o.Left || s.o.Every != nil
	s.aim()
	if !s.b.propagate(s.cutoff) {
		return
	}
	r := s.b.reduce()
	low := r.total(r.least())
	if r, low = s.prepare(r, low); r == nil {
		return
	}
	s.say(low)
	if low >= s.cutoff || s.best != nil && low >= s.value && s.o.Every == nil && !s.o.Left {
		return
	}
	own := low
	if low > math.MinInt64 {
		own -= r.base
	}
	newTree(s, r).grow(own)
	if s.o.Engine != nil && s.open < s.cutoff && s.ctx.Err() == nil {
		s.ask(r)
	}
}

// least is the value with every column at its better bound.
func (p *Program) least() (v int64) {
	for j, c := range p.Cost {
		v += min(c*p.Lo[j], c*p.Hi[j])
	}
	return v
}

// wide programs, by coefficients, get a Lagrangian bound before the simplex sees them.
var wide = 6000

// prepare looks for first answers, and on wide programs for a bound that settles columns.
func (s *search) prepare(r *reduced, low int64) (*reduced, int64) {
	if !s.sure() {
		g := newGreedy(r.Program)
		if g == nil {
			return nil, low
		}
		cost := make([]float64, len(r.Cost))
		for j, c := range r.Cost {
			cost[j] = float64(c)
		}
		s.found(r, g.build(cost, nil))
	}
	for range 3 {
		size := 0
		for k := range r.Rows {
			size += len(r.Rows[k].Cols)
		}
		if size < wide || s.o.Relax {
			break
		}
		before := len(r.cols)
		if r, low = s.ascend(r, low); r == nil || len(r.cols)*10 > before*8 {
			break
		}
	}
	return r, low
}

// ascend looks for good answers and a good bound of r and gives what is left of it; nil when nothing better is. low is the bound known so
// far, of the whole.
func (s *search) ascend(r *reduced, low int64) (*reduced, int64) {
	g := newGreedy(r.Program)
	if g == nil {
		return nil, low
	}
	a := newAscent(r.Program)
	for it := 1; it < 400; it++ {
		target := float64(s.below(r))
		if s.cutoff == math.MaxInt64 {
			target = a.best + 0.1*math.Abs(a.best) + 1
		}
		if !a.move(target) || s.most > 0 && s.work > s.most/4 || it%16 == 0 && s.ctx.Err() != nil {
			break
		}
		s.work += a.size
		if it%25 == 0 && !s.sure() {
			s.found(r, g.build(a.rest, nil))
		}
	}
	copy(a.pi, a.top)
	a.look()
	if !s.sure() {
		s.found(r, g.build(a.rest, nil))
		s.polish(r, g, a.rest)
	}
	return s.settle(r, a.top, low)
}

// polishes is how often polish tries.
const polishes = 6

// polish forgets parts of the best answer and builds anew around the rest.
func (s *search) polish(r *reduced, g *greedy, price []float64) {
	if s.best == nil || g == nil {
		return
	}
	for k := range uint64(polishes) {
		z := make([]int64, len(r.cols))
		for c, j := range r.cols {
			z[c] = s.best[j] - r.settle[j]
		}
		s.found(r, g.build(price, g.shake(z, 10+10*(k%4))))
	}
	s.work += g.b.steps
}

// settle proves the bound that multipliers of r give, and narrows the columns that no better answer can change; nil when there is none.
func (s *search) settle(r *reduced, pi []float64, low int64) (*reduced, int64) {
	q, b := newBound(r.Program), newBox(r.Program)
	if q.take(b, pi, true) {
		low = max(low, q.value()+r.base)
		if low >= s.cutoff {
			return nil, low
		}
		for c := range r.cols {
			if lo, hi, ok := q.narrow(b, c, s.below(r)); ok && lo <= hi {
				b.set(c, lo, hi)
			}
		}
	}
	if !b.propagate(s.below(r)) {
		return nil, low
	}
	return r.join(b.reduce()), low
}
