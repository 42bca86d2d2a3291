package recommend

import (
	"context"
	"testing"
)

// hardModel takes thousands of nodes: equal prices, heavy overlap, a budget.
func hardModel() Model {
	m := appModel(1, 60, 400, true)
	b := m.Offers[0].Cost * 7
	m.Budget, m.Limit = &b, 300
	return m
}

func TestProgressIsTrueAndNeverGetsWorse(t *testing.T) {
	m := hardModel()
	var all []Progress
	s, err := Exact{}.Solve(Watch(context.Background(), func(p Progress) { all = append(all, p) }), m)
	if err != nil || !s.Feasible {
		t.Fatal(s, err)
	}
	if len(all) < 5 {
		t.Fatalf("%d reports of %d nodes", len(all), s.Nodes)
	}
	for i, p := range all {
		if p.Goal != "weight" {
			continue
		}
		if p.Bound < s.Weight || p.Found && (p.Value > s.Weight || p.Value > p.Bound) {
			t.Errorf("report %d is not true of weight %d: %+v", i, s.Weight, p)
		}
		if i > 0 && all[i-1].Goal == p.Goal && (all[i-1].Bound < p.Bound || all[i-1].Found && all[i-1].Value > p.Value) {
			t.Errorf("report %d is worse than the one before: %+v after %+v", i, p, all[i-1])
		}
	}
}

// A solve that is stopped at any report gives what it has, with bounds that hold the best answer.
func TestAStoppedSolveGivesATrueGap(t *testing.T) {
	m := appModel(2, 40, 200, true)
	for i := range m.Needs {
		m.Needs[i].Must = i%3 > 0
	}
	best, err := Exact{}.Solve(context.Background(), m)
	if err != nil || !best.Optimal {
		t.Fatal(best, err)
	}
	open := 0
	for stop := range 8 {
		ctx, cancel := context.WithCancel(context.Background())
		seen := 0
		s, err := Exact{}.Solve(Watch(ctx, func(Progress) {
			if seen++; seen > stop {
				cancel()
			}
		}), m)
		cancel()
		if err != nil || !s.Feasible {
			t.Fatalf("stopped at report %d: %+v, %v", stop, s, err)
		}
		if w, c, ok := m.judge(s.Chosen); !ok || w != s.Weight || c != s.Cost {
			t.Errorf("stopped at report %d: the answer breaks its limits", stop)
		}
		if s.WeightBound < best.Weight || s.Weight == best.Weight && s.Bound > best.Cost || s.Optimal && s.Cost != best.Cost {
			t.Errorf("stopped at report %d: weight %d of at most %d, cost %v of at least %v; best %d, %v", stop, s.Weight, s.WeightBound, s.Cost, s.Bound, best.Weight, best.Cost)
		}
		if !s.Optimal {
			open++
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if s, err := (Exact{}).Solve(ctx, hardModel()); err != nil || s.Optimal || !s.Feasible {
		t.Errorf("stopped before the start: %+v, %v", s, err)
	}
	if open == 0 {
		t.Error("no stop came before the proof")
	}
}
