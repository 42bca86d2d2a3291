package recommend

import (
	"context"
	"testing"

	"github.com/shangyuntong/shangyun/survey/money"
)

// With wishes only, buying nothing is an answer; no limit may hide it.
func TestWishesAlwaysHaveAnAnswer(t *testing.T) {
	for seed := range uint64(3) {
		m := appModel(seed, 40, 300, seed%2 == 0)
		for _, budget := range []money.Fen{0, 100, money.Yuan(20000)} {
			m.Budget, m.Limit, m.Ties = &budget, 1, TiesAny
			s, err := Exact{}.Solve(context.Background(), m)
			if err != nil || !s.Feasible || s.Cost > budget || s.Weight > s.WeightBound {
				t.Errorf("seed %d, budget %v: %+v, %v", seed, budget, s, err)
			}
			if budget > 100 && len(s.Chosen) == 0 {
				t.Errorf("seed %d: nothing is bought for %v", seed, budget)
			}
		}
	}
}
