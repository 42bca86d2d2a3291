package recommend

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/shangyuntong/shangyun/survey/recommend/exact"
)

// liar proposes what breaks the rows, with a claim that it is proved.
type liar struct {
	asked int
	fail  bool
}

func (l *liar) Minimise(_ context.Context, q exact.Question, _ func(int64)) (exact.Proposal, error) {
	l.asked++
	if l.fail {
		return exact.Proposal{}, errors.New("out of order")
	}
	return exact.Proposal{Z: make([]int64, len(q.Cost)), Bound: math.MaxInt64, Proved: true}, nil
}

func TestAnEngineIsNotTakenAtItsWord(t *testing.T) {
	m := appModel(2, 40, 200, true)
	for i := range m.Needs {
		m.Needs[i].Must = true
	}
	m.Ties = TiesAny
	best, err := Exact{}.Solve(context.Background(), m)
	if err != nil || !best.Optimal {
		t.Fatal(best, err)
	}
	for _, l := range []*liar{{}, {fail: true}} {
		s, err := Exact{Engine: l, Share: 1}.Solve(context.Background(), m)
		if err != nil || l.asked == 0 {
			t.Fatalf("asked %d times, %v", l.asked, err)
		}
		if w, c, ok := m.judge(s.Chosen); s.Feasible && (!ok || w != s.Weight || c != s.Cost) {
			t.Errorf("an answer that breaks the model: %+v", s)
		}
		if s.Optimal || s.Bound > best.Cost {
			t.Errorf("a proof out of a lie: bound %v of %v, %+v", s.Bound, best.Cost, s)
		}
	}
}
