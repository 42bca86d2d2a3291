package exact

import (
	"context"
	"math"
)

// Engine is an outside mixed-integer solver that is asked when the search has not proved a program within its share of work. It may use
// floating point: an answer is held against every row in integers, and an answer that does not hold is dropped.
type Engine interface {
	// Minimise looks for the best solution of p until it is proved, q.Nodes are searched or ctx ends; then it gives what it has. tell may be
	// nil; it takes bounds as they rise.
	Minimise(ctx context.Context, q Question, tell func(bound int64)) (Proposal, error)
}

// Question is a program for an Engine. Its columns start at 0.
type Question struct {
	*Program
	Step  int64   // every cost is a multiple of it, at least 1
	Start []int64 // a solution that is known, or nil
	Nodes int     // to search at most
}

// Proposal is what an Engine gives.
type Proposal struct {
	Z      []int64 // nil when there is none
	Bound  int64   // no solution costs less, as far as the engine can tell; math.MaxInt64 when there is none at all, math.MinInt64 when unknown
	Proved bool    // Z is the best, or there is none
}

// engineNodes: an engine's nodes are cheaper in number than ours are, it may search so many times our limit.
const engineNodes = 25

// ask lets an engine go on with r, what the bounds of the whole have left.
func (s *search) ask(r *reduced) {
	q := Question{Program: &Program{Cost: r.Cost, Lo: r.Lo, Hi: r.Hi}, Step: s.step, Nodes: math.MaxInt32}
	if s.limit < math.MaxInt32/engineNodes {
		q.Nodes = engineNodes * s.limit
	}
	for _, c := range r.Cost {
		q.Step = Divisor(q.Step, c)
	}
	for k := range r.Rows {
		if r.from[k] >= 0 { // the engine makes cuts of its own
			q.Rows = append(q.Rows, r.Rows[k])
		}
	}
	if s.best != nil {
		start := make([]int64, len(r.cols))
		for c, j := range r.cols {
			start[c] = s.best[j] - r.settle[j]
		}
		if r.Holds(start) {
			q.Start = start
		}
	}
	got, err := s.o.Engine.Minimise(s.ctx, q, func(low int64) { s.say(r.total(low)) })
	if err != nil {
		return // our own bounds stand
	}
	if got.Z != nil && !(len(got.Z) == len(r.cols) && r.Holds(got.Z)) {
		return // what does not hold in whole numbers proves nothing either
	}
	s.found(r, got.Z)
	if got.Z == nil && !got.Proved {
		return
	}
	s.open = max(s.open, r.total(got.Bound))
}
