package money_test

import (
	"math"
	"testing"

	"github.com/shangyuntong/shangyun/survey/money"
)

func TestRatiosAreComparedWithoutDividing(t *testing.T) {
	for _, tt := range []struct {
		n, d  int64
		bound money.Rate
		want  int
	}{
		{24, 60, 4000, 0}, {25, 60, 4000, 1}, {23, 60, 4000, -1}, {1, 3, 3333, 1}, {1, 3, 3334, -1}, {0, 5, 0, 0},
		{math.MaxInt64, math.MaxInt64, money.One, 0}, {math.MaxInt64 - 1, math.MaxInt64, money.One, -1},
	} {
		if got, ok := money.CompareRatio(tt.n, tt.d, tt.bound); got != tt.want || !ok {
			t.Errorf("CompareRatio(%d, %d, %s) = %d, %v, want %d", tt.n, tt.d, tt.bound, got, ok, tt.want)
		}
	}
}

func TestRatioOfNothingIsUndefined(t *testing.T) {
	for _, tt := range [][3]int64{{0, 0, 4000}, {1, 0, 4000}, {1, -1, 4000}, {-1, 1, 4000}, {1, 1, -1}} {
		if got, ok := money.CompareRatio(tt[0], tt[1], money.Rate(tt[2])); ok {
			t.Errorf("CompareRatio(%v) = %d, want undefined", tt, got)
		}
	}
	for _, tt := range [][2]money.Fen{{0, 0}, {1, 0}, {1, -5}, {-1, 5}, {math.MaxInt64, 1}} {
		if got, ok := money.Share(tt[0], tt[1]); ok {
			t.Errorf("Share(%v) = %s, want undefined", tt, got)
		}
	}
}

func TestShareIsCutDown(t *testing.T) {
	for _, tt := range []struct {
		part, whole money.Fen
		want        money.Rate
	}{{1, 3, 3333}, {2, 3, 6666}, {0, 1, 0}, {5, 5, money.One}, {math.MaxInt64, math.MaxInt64, money.One}, {3, 1, 30000}} {
		if got, ok := money.Share(tt.part, tt.whole); got != tt.want || !ok {
			t.Errorf("Share(%d, %d) = %s, %v, want %s", tt.part, tt.whole, got, ok, tt.want)
		}
	}
}
