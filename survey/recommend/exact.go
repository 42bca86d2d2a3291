package recommend

import (
	"context"
	"maps"
	"math"
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend/exact"
)

// Exact is our own solver: a presolve, then branch and bound stage by stage of the published objective. A dual simplex proposes
// multipliers and the bound they give is evaluated in integers, so an answer marked Optimal is proved. When the node limit is hit,
// Optimal is false and Bound says how much better an answer could be at most.
type Exact struct {
	Engine exact.Engine // goes on with what our own search leaves open; may be nil
	Share  int          // steps of arithmetic of our own search per goal before the engine is asked; 0 is the measured default
}

var _ Solver = Exact{}

// Limits: nodes of a whole solve by default; nodes and steps of arithmetic of each stage that only breaks ties. They count what is done and
// not the time, so that the same model has the same answer on any machine.
const (
	defaultNodes = 4000
	modelNodes   = 40_000
	tieNodes     = 200
	tieWork      = 5_000_000
	mostTieWork  = 100_000_000
	ownWork      = 2_000_000_000 // of each goal before an engine is asked
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
	s := r.solve(t)
	return s, r.err
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
	money   termColumns
	fixed   map[int]int64 // columns known to have this value in every answer that is left
	best    []int64       // over offers, needs and terms
	nodes   int
	common  map[int]int64 // fixed, as the stage of the cost found it
	err     error
	ahead   *exact.Answer // of the stage of the cost, found before its time; or nil
	work    int           // steps of arithmetic so far
	left    int
	most    int // steps of arithmetic per stage; 0 is no limit
	ctx     context.Context
	watch   func(Progress)
	engine  exact.Engine
	share   int
}

type keep struct {
	goal  goal
	value int64 // of the minimised form
}

func newStages(t *instance) *stages {
	r := &stages{t: t, fixed: map[int]int64{}, left: t.m.Limit}
	if r.left <= 0 {
		r.left = modelNodes
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
	r.layTerms()
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
		low, done := r.reach(g)
		if r.best == nil {
			return Solution{Optimal: done, TieProved: done, Nodes: r.nodes}
		}
		sol.Optimal = sol.Optimal && done
		if g == goalWeight {
			sol.WeightBound = r.weightBound(low)
		} else if g == goalCost {
			sol.Bound = max(money.Fen(low), r.leastCost())
		}
	}
	if r.t.m.Ties == TiesAny || !sol.Optimal {
		return r.report(sol)
	}
	ties := r.unmerge(whole)
	if len(ties.cols) == len(r.cols) {
		ties.fixed = r.common
	} else {
		ties.narrow()
	}
	sol.TieProved = ties.ties()
	return ties.report(sol)
}

// unmerge carries the answer over to the whole instance, where equally dear stand-ins are there again.
func (r *stages) unmerge(whole *instance) *stages {
	w := newStages(whole)
	w.keep, w.nodes, w.work, w.ctx, w.watch = r.keep, r.nodes, r.work, r.ctx, r.watch
	w.best = make([]int64, w.width())
	for c, j := range w.cols {
		if k := slices.Index(r.cols, j); k >= 0 {
			w.best[c] = r.best[k]
		}
	}
	copy(w.best[len(w.cols):], r.best[len(r.cols):])
	return w
}

// ties settles what weight and cost leave open; false when a limit stopped it. Mostly there are few answers of the best cost, and looking at
// all of them is the shortest way; where there are many, vendors, lines and places are minimised one after the other.
func (r *stages) ties() bool {
	r.most = min(max(tieWork, r.work/2), mostTieWork)
	if r.every() {
		return true
	}
	_, few := r.stage(goalFewest)
	_, mark := r.stage(goalMark)
	return few && mark
}

// tieAnswers is how many answers of the best cost are looked at one by one.
const tieAnswers = 200

// every takes the best of all answers of the best cost; false when there are too many to look at.
func (r *stages) every() bool {
	p, seen := r.program(goalCost), 0
	var best []int64
	got, err := exact.Minimise(r.ctx, p, exact.Options{Nodes: 4 * tieNodes, Work: r.most, Best: true, Starts: [][]int64{r.extend(r.best, p)}, Every: func(z []int64) bool {
		if seen++; best == nil || slices.Compare(r.rank(z), r.rank(best)) < 0 {
			best = slices.Clone(z[:r.width()])
		}
		return seen <= tieAnswers
	}})
	r.nodes += got.Nodes
	if err != nil || best == nil {
		return false
	}
	r.best = best
	return got.Proved
}

// rank is what counts among answers of the same cost: vendors, lines, places.
func (r *stages) rank(z []int64) []int64 {
	var lines, marks int64
	vendors := map[int]bool{}
	for c, j := range r.cols {
		if z[c] == 1 {
			lines++
			marks += mark(j, r.t.offers[j].ID)
			vendors[r.group[c]] = true
		}
	}
	return []int64{int64(len(vendors)), lines, marks}
}

// narrow fixes the columns that have one value in every answer of the best cost, by the root alone.
func (r *stages) narrow() {
	p := r.program(goalCost)
	got, err := exact.Minimise(r.ctx, p, exact.Options{Nodes: 1, Left: true, Best: true, Starts: [][]int64{r.extend(r.best, p)}})
	if err == nil && got.Z != nil {
		r.fixed = r.chosen(got.Fixed)
	}
}

// chosen keeps of fixed columns those of offers, needs and terms, which all stages have.
func (r *stages) chosen(fixed map[int]int64) map[int]int64 {
	maps.DeleteFunc(fixed, func(c int, _ int64) bool { return c >= r.width() })
	return fixed
}

// reach settles one goal, where a budget limits the weight by asking for weights one by one.
func (r *stages) reach(g goal) (low int64, done bool) {
	if g != goalWeight || r.t.m.Budget == nil {
		return r.stage(g)
	}
	w := r.weigh()
	if !w.done || w.have < 0 {
		if w.done {
			return math.MaxInt64, true
		}
		return r.stage(g)
	}
	r.keep = append(r.keep, keep{g, -w.have})
	r.ahead = w.cost
	return -w.have, true
}

// stage minimises one goal and keeps its value for the stages after it.
func (r *stages) stage(g goal) (low int64, done bool) {
	if got := r.ahead; got != nil && g == goalCost {
		r.ahead = nil
		return r.take(g, *got)
	}
	p := r.program(g)
	o := exact.Options{Nodes: r.left, Work: r.most, Starts: [][]int64{r.extend(r.best, p)}}
	switch {
	case g == goalFewest || g == goalMark:
		o.Nodes = tieNodes
	case r.engine != nil && r.most == 0:
		o.Engine, o.Share = r.engine, r.share
	case r.most == 0:
		o.Work = ownWork
	}
	if r.watch != nil {
		o.Tell = func(at exact.Progress) { r.tell(g, at) }
	}
	o.Left = g == goalCost && r.t.m.Ties == TiesSettled
	got, err := exact.Minimise(r.ctx, p, o)
	if err != nil {
		r.err = err
		return math.MinInt64, false
	}
	r.spend(got)
	return r.take(g, got)
}

// take books the answer of a stage.
func (r *stages) take(g goal, got exact.Answer) (low int64, done bool) {
	if got.Z == nil {
		return math.MinInt64, got.Proved
	}
	r.best = got.Z[:r.width()]
	if got.Fixed != nil {
		r.common = r.chosen(got.Fixed)
	}
	r.keep = append(r.keep, keep{g, got.Value})
	return got.Low, got.Proved
}

// tell reports a search of goal g.
func (r *stages) tell(g goal, at exact.Progress) {
	p := Progress{Goal: goalNames[g], Nodes: r.nodes + at.Nodes, Found: at.Found, Value: at.Value, Bound: at.Low}
	switch g {
	case goalWeight:
		p.Value, p.Bound = -p.Value, r.weightBound(at.Low)
	case goalFewest, goalMark:
		p.Goal = "ties"
	}
	if p.Goal != "weight" {
		p.Bound = max(p.Bound, int64(r.leastCost()))
	}
	r.watch(p)
}

// weightBound turns the bound of the weight stage into a weight, never above that of all needs that can be covered.
func (r *stages) weightBound(low int64) int64 {
	var all int64
	for _, i := range r.ys {
		all += r.t.needs[i].Weight
	}
	return -max(low, -all)
}

// report translates the best columns back and reckons anew what they cost and bring.
func (r *stages) report(sol Solution) Solution {
	sol.Feasible, sol.Nodes = true, r.nodes
	var chosen []*ModelOffer
	vendors, sum := map[int]bool{}, make([]int, len(r.t.needs))
	for c, j := range r.cols {
		if r.best[c] != 1 {
			continue
		}
		vendors[r.group[c]] = true
		chosen = append(chosen, &r.t.offers[j])
		sol.Chosen = append(sol.Chosen, r.t.offers[j].ID)
		for _, e := range r.t.covers[j] {
			sum[e.need] += e.halves
		}
	}
	for i, n := range r.t.needs {
		if sum[i] >= n.Degree {
			sol.Covered = append(sol.Covered, n.ID)
			sol.Weight += n.Weight
		}
	}
	sol.Vendors = len(vendors)
	a := r.t.m.account(chosen, func(need string) bool {
		_, ok := slices.BinarySearch(sol.Covered, need)
		return ok
	})
	sol.Cost, sol.Cash, sol.Aid, sol.Awards, sol.Net, sol.Layers, sol.Levels = a.gross, a.cash, a.aid, a.awards, a.net(), a.layers, a.levels
	sol.Bound = min(sol.Bound, sol.Net)
	if r.t.m.AtLeast != nil {
		sol.WeightBound = sol.Weight
	}
	return sol
}
