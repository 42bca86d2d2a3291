package recommend

import (
	"context"
	"math"
)

// Engine is an outside mixed-integer solver that Exact asks when its own search has not proved a program within its share of work. It may use
// floating point: an answer is held against every row in integers, and an answer that does not hold is dropped.
type Engine interface {
	// Minimise looks for the best solution of p until it is proved, p.Nodes are searched or ctx ends; then it gives what it has. tell may be
	// nil; it takes bounds as they rise.
	Minimise(ctx context.Context, p Program, tell func(bound int64)) (Proposal, error)
}

// Program is a 0/1 program: minimise Σ Cost·z over rows Σ Coefs·z ≥ AtLeast. All numbers are whole.
type Program struct {
	Cost  []int64
	Step  int64 // every cost is a multiple of it, at least 1
	Rows  []ProgramRow
	Start []int8 // a solution that is known, or nil
	Nodes int    // to search at most
}

// ProgramRow is one row.
type ProgramRow struct {
	Cols    []int
	Coefs   []int64
	AtLeast int64
}

// Proposal is what an Engine gives.
type Proposal struct {
	Z      []int8 // nil when there is none
	Bound  int64  // no solution costs less, as far as the engine can tell; math.MaxInt64 when there is none at all, math.MinInt64 when unknown
	Proved bool   // Z is the best, or there is none
}

// ownWork is the share of our own search in steps of arithmetic, per goal, before an engine is asked: about half a second. Below it an engine
// never won in the benchmarks; models that are still open there are those that our search may not close at all.
const ownWork = 500_000_000

// engineNodes: an engine's nodes are cheaper in number than ours are, it may search so many times our limit.
const engineNodes = 25

// ask lets an engine go on with what the root has left, r.
func (s *search) ask(e Engine, r *reduced) {
	p := Program{Cost: r.cost, Step: s.step, Nodes: engineNodes * s.limit}
	for _, c := range r.cost {
		p.Step = divisor(p.Step, c)
	}
	for k := range r.rows {
		if w := &r.rows[k]; r.from[k] >= 0 { // the engine makes cuts of its own
			p.Rows = append(p.Rows, ProgramRow{Cols: w.cols, Coefs: w.coefs, AtLeast: w.rhs})
		}
	}
	if s.best != nil {
		start := make([]int8, len(r.cols))
		for c, j := range r.cols {
			start[c] = s.best[j]
		}
		if r.holds(start) {
			p.Start = start
		}
	}
	tell := func(low int64) { s.say(r.total(low)) }
	got, err := e.Minimise(s.ctx, p, tell)
	if err != nil {
		return // our own bounds stand
	}
	if got.Z != nil && !(len(got.Z) == len(r.cols) && r.holds(got.Z)) {
		return // what does not hold in whole numbers proves nothing either
	}
	s.found(r, got.Z)
	if got.Z == nil && !got.Proved {
		return
	}
	s.open = max(s.open, r.total(got.Bound))
}

// total gives a bound of the reduced program in the terms of the whole.
func (r *reduced) total(low int64) int64 {
	if low == math.MinInt64 || low == math.MaxInt64 {
		return low
	}
	return low + r.base
}
