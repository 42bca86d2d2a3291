package assess_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// The worked example of the reference: 60 machines, 33 digital, 21 networked.
func TestWorkedExample(t *testing.T) {
	a := run(t, plant(60, 33, 21))
	q2, q3 := item(t, a, "Q2"), item(t, a, "Q3")
	got := []string{q2.Explain, q2.Points.String(), q2.Flip, q3.Explain, q3.Points.String(), q3.Flip}
	want := []string{"33 / 60 台 = 55.0% → D", "4.5", "再把 4 台改成数字化设备 → +1.5 分", "21 / 60 台 = 35.0% → C", "3", "再联网 4 台 → +1.5 分"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	var percents []string
	for _, l := range a.Rates.Lines {
		percents = append(percents, l.Name+" "+l.Percent+" "+l.Status)
	}
	want = []string{"生产设备数字化率 55.0% 二手", "生产设备联网率 35.0% 二手", "数字化生产设备联网率 63.6% 待核实", "关键工序数控化率  二手", "生产设备上云率 0.0% 自有口径"}
	if d := cmp.Diff(want, percents); d != "" {
		t.Error(d)
	}
	if s, ok := step(a, "network:4"); !ok || s.Points != 1500 || s.Need != "connect" || s.Machines != 4 {
		t.Errorf("network step %+v", s)
	}
	if s, ok := step(a, "network:16"); !ok || s.Points != 3000 {
		t.Errorf("second network step %+v", s)
	}
}

func TestExactlyFortyPerCentIsStillC(t *testing.T) {
	at, over := item(t, run(t, plant(60, 60, 24)), "Q3"), item(t, run(t, plant(60, 60, 25)), "Q3")
	if at.Explain != "24 / 60 台 = 40.0% → C" || at.Flip != "再联网 1 台 → +1.5 分" {
		t.Errorf("24 of 60: %s, %s", at.Explain, at.Flip)
	}
	if over.Explain != "25 / 60 台 = 41.7% → D" || over.Points != 4500 {
		t.Errorf("25 of 60: %s", over.Explain)
	}
}

// 联网率 of Q3 divides by ALL machines: with 33 digital of 60 and 21 networked, 21/33 would be band E.
func TestNetworkedRateDividesByAllMachines(t *testing.T) {
	if got := item(t, run(t, plant(60, 33, 21)), "Q3").Counted; !slices.Equal(got, []string{"C"}) {
		t.Errorf("got %v, want C", got)
	}
}

func TestNothingKnownIsUndefinedNeverZeroPerCent(t *testing.T) {
	for name, c := range map[string]*survey.Case{
		"no machines":      plant(0, 0, 0),
		"only a computer":  {Assets: []survey.Asset{{ID: "pc", Use: survey.UseOffice, Count: 1, Digital: survey.Yes, Networked: survey.Yes}}},
		"use not settled":  {Assets: []survey.Asset{{ID: "x", Count: 5, Digital: survey.Yes, Networked: survey.Yes}}},
		"state not filled": {Assets: []survey.Asset{{ID: "x", Use: survey.UseProduction, Count: 5}}},
	} {
		a := run(t, c)
		for _, key := range []string{"Q2", "Q3"} {
			it := item(t, a, key)
			if it.Computed != nil || it.Undefined == "" || it.Answered || it.Points != 0 || it.Ratio != nil || !slices.Contains(a.Open, key) {
				t.Errorf("%s: %s is %+v", name, key, it)
			}
		}
		if name != "state not filled" && (a.Rates.Lines[1].Percent != "" || a.Rates.Machines != 0) {
			t.Errorf("%s: rate line %+v", name, a.Rates.Lines[1])
		}
	}
}

// This computer is office equipment: a score must be the same with and without it.
func TestOfficeEquipmentChangesNoScore(t *testing.T) {
	c := plant(60, 33, 21)
	before := run(t, c)
	c.Assets = append(c.Assets, survey.Asset{
		ID: "pc", Use: survey.UseOffice, Count: 1, Digital: survey.Yes, Networked: survey.Yes, Network: survey.NetApp, Process: "办公",
		Flows: []survey.Flow{{Data: "业务", Scene: "finance"}},
	})
	if d := cmp.Diff(before, run(t, c)); d != "" {
		t.Error(d)
	}
}

// Every bound of Q2, Q3 and Q11 one below, on and one above, and random shares, against exact rationals.
func TestBandsAgreeWithExactRationals(t *testing.T) {
	bounds := []int{10, 20, 40, 60}
	want := func(n, d int64) int {
		r := new(big.Rat).SetFrac64(n, d)
		band := 0
		for _, b := range bounds {
			if r.Cmp(big.NewRat(int64(b), 100)) > 0 {
				band++
			}
		}
		return band
	}
	check := func(n, d int64) {
		if got := assess.Band(n, d, bounds); n >= 0 && got != want(n, d) {
			t.Fatalf("%d/%d: band %d, want %d", n, d, got, want(n, d))
		}
	}
	for _, d := range []int64{1, 3, 60, 99, 100, 101, 1000, 999_999_999_999_999, 1<<63 - 1} {
		for _, b := range bounds {
			at := new(big.Int).Mul(big.NewInt(d), big.NewInt(int64(b)))
			n := at.Quo(at, big.NewInt(100)).Int64()
			for _, k := range []int64{-1, 0, 1} {
				check(n+k, d)
			}
		}
		check(0, d)
		check(d, d)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		d := r.Int64N(1<<62) + 1
		check(r.Int64N(d+1), d)
		d = r.Int64N(300) + 1
		check(r.Int64N(d+1), d)
	}
}

func TestEveryBandOfTheMachineRates(t *testing.T) {
	for _, x := range []struct {
		n      int
		letter string
		points string
	}{
		{0, "A", "0"}, {100, "A", "0"}, {101, "B", "1.5"}, {200, "B", "1.5"}, {201, "C", "3"}, {400, "C", "3"}, {401, "D", "4.5"}, {600, "D", "4.5"}, {601, "E", "6"}, {1000, "E", "6"},
	} {
		a := run(t, plant(1000, x.n, x.n))
		for _, key := range []string{"Q2", "Q3"} {
			it := item(t, a, key)
			if it.Computed[0] != x.letter || it.Points.String() != x.points {
				t.Errorf("%s with %d of 1000: %v %s, want %s %s", key, x.n, it.Computed, it.Points, x.letter, x.points)
			}
		}
	}
}

// A flip names the least number of machines: with it the band changes, with one fewer it does not.
func TestFlipIsExact(t *testing.T) {
	for all := 1; all <= 70; all++ {
		for n := 0; n <= all; n++ {
			it := item(t, run(t, plant(all, all, n)), "Q3")
			var more int
			var points string
			if _, err := fmt.Sscanf(it.Flip, "再联网 %d 台 → +%s", &more, &points); err != nil {
				if it.Computed[0] != "E" {
					t.Fatalf("%d of %d: no flip below the top: %q", n, all, it.Flip)
				}
				continue
			}
			with, without := assess.Band(int64(n+more), int64(all), it.Ratio.Bounds), assess.Band(int64(n+more-1), int64(all), it.Ratio.Bounds)
			if n+more > all || with == without || string(rune('A'+without)) != it.Computed[0] {
				t.Fatalf("%d of %d: flip %q gives band %d, one fewer %d", n, all, it.Flip, with, without)
			}
			if gain := it.Options[with].Points - it.Points; gain.String() != points {
				t.Fatalf("%d of %d: flip %q, but it is worth %s", n, all, it.Flip, gain)
			}
		}
	}
}
