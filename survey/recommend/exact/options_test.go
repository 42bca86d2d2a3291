package exact

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Below, First, Best and Relax against counting through: none of them may lose an answer or prove what is not so.
func TestOptionsKeepToTheTruth(t *testing.T) {
	dice := rand.New(rand.NewPCG(11, 4))
	none, some := 0, 0
	for range 400 {
		p := random(dice)
		want, all := brute(p)
		var best []int64
		if len(all) > 0 {
			best = all[0]
		}
		fresh := func() *Program { q := *p; q.Rows = append([]Row(nil), p.Rows...); return &q }
		below := want + int64(dice.IntN(40)) - 15
		got, err := Minimise(t.Context(), fresh(), Options{Below: &below})
		if err != nil || !got.Proved {
			t.Fatalf("%+v, %v", got, err)
		}
		if exists := best != nil && want < below; exists != (got.Z != nil) || exists && got.Value != want {
			t.Fatalf("below %d: %+v, the best is %d (%v)", below, got, want, best)
		}
		first, err := Minimise(t.Context(), fresh(), Options{Below: &below, First: true})
		switch {
		case err != nil:
			t.Fatal(err)
		case first.Z == nil:
			if none++; best != nil && want < below || !first.Proved {
				t.Fatalf("below %d nothing was found, the best is %d", below, want)
			}
		default:
			if some++; !p.Holds(first.Z) || first.Value >= below || first.Low > want {
				t.Fatalf("below %d: %+v, the best is %d", below, first, want)
			}
		}
		relaxed, err := Minimise(t.Context(), fresh(), Options{Relax: true})
		if err != nil || best != nil && relaxed.Low > want || relaxed.Proved && relaxed.Z != nil && relaxed.Value != want {
			t.Fatalf("relaxed to %+v, the best is %d, %v", relaxed, want, err)
		}
		if best == nil {
			continue
		}
		sure, err := Minimise(t.Context(), fresh(), Options{Best: true, Left: true, Starts: [][]int64{best}})
		if err != nil || !sure.Proved || sure.Value != want || sure.Low == math.MaxInt64 {
			t.Fatalf("with the best at hand: %+v, %d, %v", sure, want, err)
		}
	}
	if none < 40 || some < 40 {
		t.Errorf("%d without and %d with an answer: the programs are too easy", none, some)
	}
}
