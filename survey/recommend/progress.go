package recommend

import "context"

// Progress is where a solve stands. Value and Bound are in the terms of Goal: a weight, a number of vendors, or fen. Nothing better than Bound
// exists, and Bound never gets worse while a goal lasts.
type Progress struct {
	Goal  string // weight, vendors or cost; ties while equal answers are told apart
	Nodes int    // of the whole solve so far
	Found bool   // there is an answer; Value is its value
	Value int64
	Bound int64
}

// Gap is the distance between the answer and the bound, 0 when proved.
func (p Progress) Gap() int64 { return max(p.Value-p.Bound, p.Bound-p.Value) }

type watchKey struct{}

// Watch gives a context in which a Solver tells watch how far it is: after each bound and answer of note, on the goroutine of Solve.
func Watch(ctx context.Context, watch func(Progress)) context.Context {
	return context.WithValue(ctx, watchKey{}, watch)
}

func watcher(ctx context.Context) func(Progress) {
	watch, _ := ctx.Value(watchKey{}).(func(Progress))
	return watch
}
