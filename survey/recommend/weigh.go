package recommend

import (
	"math"

	"github.com/shangyuntong/shangyun/survey/recommend/exact"
)

// How weigh searches: nodes of the first search for a weight, and how much work it takes before the stage itself is searched.
const (
	weighNodes = 400
	weighWork  = 400_000_000
)

// weigh finds the greatest weight that a budget allows. The stage of the weight alone is a poor search: most bundles have the same weight, and
// nothing in it tells cheap from dear. Asked the other way round, "what does this weight cost at least?", the budget is the bound of the
// search and prices show the way. So weights between what is known to be reached and what the relaxation allows are asked for one by one,
// from above. The first that the budget allows is the answer and its cost the next stage's; then bound is that stage's bound and both are
// settled. weigh reports false, with what it has found, when that has taken too much work.
func (r *stages) weigh() (w weighing) {
	p := r.program(goalWeight)
	got, err := exact.Minimise(r.ctx, p, exact.Options{Relax: true, Best: r.best != nil, Starts: [][]int64{r.extend(r.best, p)}})
	if err != nil {
		r.err = err
		return w
	}
	r.spend(got)
	w.have, w.top = -1, -got.Low
	if got.Low == math.MinInt64 || got.Low == math.MaxInt64 || got.Z == nil && got.Proved {
		w.done = got.Proved
		return w
	}
	if got.Z != nil {
		r.best, w.have = got.Z[:r.width()], -got.Value
	}
	for nodes, step := weighNodes, int64(0); w.have < w.top; {
		if r.err != nil || r.ctx.Err() != nil || r.work > weighWork || r.left <= 1 || nodes > 100*weighNodes {
			return w
		}
		target := max(w.top-step, w.have+(w.top-w.have+1)/2)
		reached, none := r.affords(&w, target, nodes)
		switch {
		case reached >= 0:
			w.have = reached
		case none:
			w.top, step = target-1, 2*step+1
		default:
			nodes *= 4
		}
	}
	w.done = true
	return w
}

// weighing is where weigh stands: the weight reached, or -1, and the greatest there can be.
type weighing struct {
	have, top int64
	done      bool          // have is the greatest, or there is no bundle at all
	cost      *exact.Answer // the stage of the cost at have, when that is settled as well
}

// affords looks for a bundle within the budget that weighs so much; reached is what it weighs, -1 without one; none tells that there is none.
func (r *stages) affords(w *weighing, weight int64, nodes int) (reached int64, none bool) {
	kept := r.keep
	r.keep = append(kept[:len(kept):len(kept)], keep{goalWeight, -weight})
	p := r.program(goalCost)
	r.keep = kept
	below := int64(*r.t.m.Budget) + 1
	last := weight == w.top && !r.t.m.VendorsFirst
	got, err := exact.Minimise(r.ctx, p, exact.Options{Nodes: min(nodes, r.left), Work: weighWork, Below: &below, First: !last, Left: last && r.t.m.Ties == TiesSettled})
	if err != nil {
		r.err = err
		return -1, false
	}
	r.spend(got)
	if got.Z == nil {
		return -1, got.Proved
	}
	r.best = got.Z[:r.width()]
	for c, i := range r.ys {
		reached += r.t.needs[i].Weight * r.best[len(r.cols)+c]
	}
	if last && got.Proved {
		w.cost = &got
	}
	return reached, false
}

// spend books what a search has taken.
func (r *stages) spend(got exact.Answer) {
	r.nodes += got.Nodes
	r.work += got.Work
	r.left = max(1, r.left-got.Nodes)
}
