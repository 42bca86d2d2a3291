package recommend

import (
	"context"
	"math/rand/v2"
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

// The cheap start and the cuts are taken by large models only; here small ones take the same way and are held against brute force.
func TestTheWayOfLargeModelsEqualsBruteForce(t *testing.T) {
	defer func(n int) { smallProgram = n }(smallProgram)
	smallProgram = 0
	againstBruteForce(t, rand.New(rand.NewPCG(5, 6)))
}
