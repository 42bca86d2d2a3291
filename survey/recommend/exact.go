package recommend

import (
	"context"
	"math"
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

// Exact is our own solver: a presolve, then branch and bound stage by stage of the published objective. A dual simplex proposes
// multipliers and the bound they give is evaluated in integers, so an answer marked Optimal is proved. When the node limit is hit,
// Optimal is false and Bound says how much better an answer could be at most.
type Exact struct {
	Engine Engine // goes on with what our own search leaves open; may be nil
	Share  int    // steps of arithmetic of our own search per goal before the engine is asked; 0 is the measured default
}

var _ Solver = Exact{}

// Limits: nodes of a whole solve by default; nodes and steps of arithmetic of each stage that only breaks ties. They count what is done and
// not the time, so that the same model has the same answer on any machine.
const (
	defaultNodes = 4000
	tieNodes     = 200
	tieWork      = 20_000_000
)

// Solve finds the best bundle. It fails only on a model that cannot be meant, such as an unknown id or a negative price.
func (e Exact) Solve(ctx context.Context, m Model) (Solution, error) {
	if err := m.check(); err != nil {
		return Solution{}, err
	}
	t := newInstance(&m)
	if t.dead {
		return Solution{Optimal: true, TieProved: true}, nil
	}
	r := newStages(t.merged())
	r.ctx, r.watch, r.engine, r.share = ctx, watcher(ctx), e.Engine, e.Share
	if r.share <= 0 {
		r.share = ownWork
	}
	return r.solve(t), nil
}

// goal is one stage of the objective.
type goal int

const (
	goalWeight goal = iota
	goalCost
	goalVendors
	goalFewest // vendors, then lines
	goalMark   // the places of the ids, see mark
)

// stages runs the objective stage by stage; each later stage keeps what the earlier ones reached.
type stages struct {
	t       *instance
	cols    []int // program column → offer
	ys      []int // program column - len(cols) → need
	group   []int // per column: vendor number
	vendors []int // per vendor number: how many columns
	keep    []keep
	fixed   map[int]int8 // columns known to have this value in every answer that is left
	best    []int8       // over offers and needs
	nodes   int
	left    int
	most    int // steps of arithmetic per stage; 0 is no limit
	ctx     context.Context
	cuts    []row // that every answer of the best cost holds
	watch   func(Progress)
	engine  Engine
	share   int
}

type keep struct {
	goal  goal
	value int64 // of the minimised form
}

func newStages(t *instance) *stages {
	r := &stages{t: t, fixed: map[int]int8{}, left: t.m.Limit}
	if r.left <= 0 {
		r.left = defaultNodes
	}
	number := map[string]int{}
	for j, o := range t.offers {
		if !t.alive[j] {
			continue
		}
		v, ok := number[o.Vendor]
		if !ok {
			v = len(r.vendors)
			number[o.Vendor] = v
			r.vendors = append(r.vendors, 0)
		}
		r.vendors[v]++
		r.cols, r.group = append(r.cols, j), append(r.group, v)
	}
	for i, ok := range t.open {
		if ok {
			r.ys = append(r.ys, i)
		}
	}
	return r
}

// solve runs the stages on the merged instance r.t; whole is the one in which ties are settled.
func (r *stages) solve(whole *instance) Solution {
	order := []goal{goalWeight, goalCost}
	if r.t.m.VendorsFirst {
		order = []goal{goalWeight, goalVendors, goalCost}
	}
	if w := r.t.m.AtLeast; w != nil {
		order = order[1:]
		r.keep = append(r.keep, keep{goalWeight, -*w})
	}
	sol := Solution{Optimal: true}
	for _, g := range order {
		low, done := r.stage(g, r.left)
		if r.best == nil {
			return Solution{Optimal: done, TieProved: done, Nodes: r.nodes}
		}
		sol.Optimal = sol.Optimal && done
		if g == goalWeight {
			sol.WeightBound = r.weightBound(low)
		} else if g == goalCost {
			sol.Bound = money.Fen(max(low, 0))
		}
	}
	if r.t.m.Ties == TiesAny || !sol.Optimal {
		return r.report(sol)
	}
	ties := r.unmerge(whole)
	sol.TieProved = ties.ties()
	return ties.report(sol)
}

// unmerge carries the answer over to the whole instance, where equally dear stand-ins are there again.
func (r *stages) unmerge(whole *instance) *stages {
	w := newStages(whole)
	w.keep, w.nodes, w.ctx, w.watch = r.keep, r.nodes, r.ctx, r.watch
	w.best = make([]int8, len(w.cols)+len(w.ys))
	for c, j := range w.cols {
		if k := slices.Index(r.cols, j); k >= 0 {
			w.best[c] = r.best[k]
		}
	}
	copy(w.best[len(w.cols):], r.best[len(r.cols):])
	return w
}

// ties settles what weight and cost leave open; false when a limit stopped it.
func (r *stages) ties() bool {
	if !r.t.m.VendorsFirst {
		r.narrow()
	}
	r.most = tieWork
	_, few := r.stage(goalFewest, tieNodes)
	_, mark := r.stage(goalMark, tieNodes)
	return few && mark
}

// stage minimises one goal and keeps its value for the stages after it.
func (r *stages) stage(g goal, limit int) (low int64, done bool) {
	p := r.program(g)
	s := newSearch(p, limit)
	s.most, s.ctx = r.most, r.ctx
	if r.engine != nil && r.most == 0 {
		s.engine, s.most = r.engine, r.share
	}
	if r.watch != nil {
		s.tell = func(low int64) { r.tell(g, s, low) }
	}
	s.offer(r.extend(r.best, p))
	s.run()
	r.nodes += s.nodes
	r.left = max(1, r.left-s.nodes)
	if s.best == nil {
		return math.MinInt64, s.open == math.MaxInt64
	}
	r.best = s.best[:len(r.cols)+len(r.ys)]
	r.keep = append(r.keep, keep{g, s.value})
	return s.low(), s.done()
}

// tell reports a search of goal g whose bound is low.
func (r *stages) tell(g goal, s *search, low int64) {
	p := Progress{Goal: goalNames[g], Nodes: r.nodes + s.nodes, Found: s.best != nil, Value: s.value, Bound: low}
	switch g {
	case goalWeight:
		p.Value, p.Bound = -p.Value, r.weightBound(low)
	case goalFewest, goalMark:
		p.Goal = "ties"
	}
	if p.Goal != "weight" {
		p.Bound = max(p.Bound, 0)
	}
	r.watch(p)
}

// narrow fixes the columns that have one value in every answer of the best cost, by the root alone.
func (r *stages) narrow() {
	p := r.program(goalCost)
	s := newSearch(p, 1)
	s.equal, s.ctx = true, r.ctx
	s.offer(r.best)
	s.run()
	if s.left == nil {
		return
	}
	open := map[int]bool{}
	for _, c := range s.left.cols {
		open[c] = true
	}
	for c := range r.best {
		if !open[c] {
			r.fixed[c] = s.left.settle[c]
		}
	}
	for k, from := range s.left.from {
		if w := s.left.rows[k]; from < 0 {
			cols := make([]int, len(w.cols))
			for i, c := range w.cols {
				cols[i] = s.left.cols[c]
			}
			r.cuts = append(r.cuts, row{cols, w.coefs, w.rhs})
		}
	}
}

// weightBound turns the bound of the weight stage into a weight, never above that of all needs that can be covered.
func (r *stages) weightBound(low int64) int64 {
	var all int64
	for _, i := range r.ys {
		all += r.t.needs[i].Weight
	}
	return -max(low, -all)
}

// report translates the best columns back.
func (r *stages) report(sol Solution) Solution {
	sol.Feasible, sol.Nodes = true, r.nodes
	chosen := map[int]bool{}
	vendors := map[int]bool{}
	for c, j := range r.cols {
		if r.best[c] == 1 {
			chosen[j], vendors[r.group[c]] = true, true
			sol.Chosen = append(sol.Chosen, r.t.offers[j].ID)
			sol.Cost += r.t.offers[j].Cost
		}
	}
	sol.Vendors = len(vendors)
	sum := make([]int, len(r.t.needs))
	for j := range chosen {
		for _, c := range r.t.covers[j] {
			sum[c.need] += c.halves
		}
	}
	for i, n := range r.t.needs {
		if sum[i] >= n.Degree {
			sol.Covered = append(sol.Covered, n.ID)
			sol.Weight += n.Weight
		}
	}
	if r.t.m.AtLeast != nil {
		sol.WeightBound = sol.Weight
	}
	return sol
}
