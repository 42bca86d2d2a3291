package subsidy

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey/money"
)

// worth is what application a brings on exactly the lines of set, or -1 when it may not take them.
func worth(a *application, bases []money.Fen, set int) money.Fen {
	if set == 0 {
		return 0
	}
	sum, anchored := money.Fen(0), false
	for i, b := range bases {
		if set>>i&1 == 1 {
			if a.fits[i] == misfit {
				return -1
			}
			anchored = anchored || a.fits[i] == anchors
			sum += money.Fen(a.rateOf(i)) * b
		}
	}
	if !anchored {
		return -1
	}
	return money.Min(sum/money.Fen(money.One), a.limit)
}

// bruteForce tries every way to give the lines to the applications of which.
func bruteForce(bases []money.Fen, apps []application, which int) money.Fen {
	most := make([]money.Fen, 1<<len(bases))
	var lumps money.Fen
	for k := range apps {
		if which>>k&1 == 0 {
			continue
		}
		if apps[k].lump != nil {
			lumps += *apps[k].lump
			continue
		}
		alone := make([]money.Fen, len(most))
		for set := range alone {
			alone[set] = worth(&apps[k], bases, set)
		}
		next := make([]money.Fen, len(most))
		for set := range next {
			next[set] = most[set]
			for part := set; part > 0; part = (part - 1) & set {
				if alone[part] >= 0 {
					next[set] = max(next[set], alone[part]+most[set&^part])
				}
			}
		}
		most = next
	}
	return most[len(most)-1] + lumps
}

func randomProblem(r *rand.Rand, lines, measures int) ([]money.Fen, []application) {
	bases := make([]money.Fen, lines)
	for i := range bases {
		bases[i] = money.Fen(r.Int64N(1_000_00) + 1)
		if r.IntN(3) == 0 {
			bases[i] = money.Yuan(r.Int64N(9)+1) * 100
		}
	}
	apps := make([]application, measures)
	for k := range apps {
		a := application{id: fmt.Sprintf("M%d", k), rate: []money.Rate{1000, 2000, 2000, 3000, 1234}[r.IntN(5)], limit: money.MaxFen, missing: r.IntN(3), fits: make([]fit, lines)}
		if r.IntN(2) == 0 {
			a.limit = money.Fen(r.Int64N(60_000) + 1)
		}
		if r.IntN(8) == 0 {
			lump := money.Fen(r.Int64N(50_000) + 1)
			a.lump = &lump
		}
		if r.IntN(4) == 0 {
			a.rates = make([]money.Rate, lines)
			for i := range a.rates {
				a.rates[i] = []money.Rate{2000, 3000, 4000, 5000}[r.IntN(4)]
			}
		}
		for i := range a.fits {
			a.fits[i] = []fit{misfit, joins, anchors, anchors}[r.IntN(4)]
		}
		apps[k] = a
	}
	return bases, apps
}

// recount adds a plan up again from its parts and holds the rules on the way.
func recount(t *testing.T, p plan, bases []money.Fen, apps []application) money.Fen {
	t.Helper()
	var total money.Fen
	for k := range apps {
		set := 0
		for i, to := range p.to {
			if to == k {
				set |= 1 << i
			}
		}
		switch {
		case apps[k].lump != nil:
			if set != 0 {
				t.Fatalf("a flat sum took lines %b", set)
			}
			if p.used[k] {
				total += *apps[k].lump
			}
		default:
			got := worth(&apps[k], bases, set)
			if got < 0 || got > apps[k].limit || p.used[k] != (set != 0) {
				t.Fatalf("application %d takes lines %b for %d, cap %d, used %v", k, set, got, apps[k].limit, p.used[k])
			}
			total += got
		}
	}
	return total
}

func TestOptimumEqualsBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(2026, 11))
	for n := range 2400 {
		bases, apps := randomProblem(r, r.IntN(8)+1, r.IntN(6)+1)
		if n%60 == 0 {
			bases, apps = randomProblem(r, 10, 6)
		}
		got := assign(bases, apps)
		want := bruteForce(bases, apps, 1<<len(apps)-1)
		if got.total != want || got.gap != 0 {
			t.Fatalf("set %d: got %d (gap %d), want %d\n%v\n%+v", n, got.total, got.gap, want, bases, apps)
		}
		if want > 0 && recount(t, got, bases, apps) != want {
			t.Fatalf("set %d: the parts do not add up to %d", n, want)
		}
	}
}

func TestAmongEqualSumsFewerPapersThenFewerDossiersThenID(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for n := range 300 {
		bases, apps := randomProblem(r, r.IntN(5)+1, r.IntN(4)+1)
		for k := range apps {
			apps[k].rate, apps[k].rates = 2000, nil // many equal sums
		}
		got := assign(bases, apps)
		if got.total == 0 {
			continue
		}
		for _, set := range preferred(apps) {
			mask := 0
			for _, k := range set {
				mask |= 1 << k
			}
			if bruteForce(bases, apps, mask) == got.total {
				for k := range apps {
					if got.used[k] && mask>>k&1 == 0 {
						t.Fatalf("set %d: used %v, but %v gives the same %d", n, got.used, set, got.total)
					}
				}
				break
			}
		}
	}
}

func TestMoreCostNeverBringsLess(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		bases, apps := randomProblem(r, r.IntN(7)+1, r.IntN(5)+1)
		before := assign(bases, apps).total
		more := slices.Clone(bases)
		more[r.IntN(len(more))] += money.Fen(r.Int64N(100_000))
		if after := assign(more, apps).total; after < before {
			t.Fatalf("%v brings %d, %v only %d", bases, before, more, after)
		}
	}
}

func TestSearchBeyondTheLimitSaysSo(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	for range 200 {
		bases, apps := randomProblem(r, 9, 5)
		all, work := []int{0, 1, 2, 3, 4}, 190
		got, want := search(bases, apps, all, 0, &work), bruteForce(bases, apps, 31)
		if got.total > want || got.total+got.gap < want {
			t.Fatalf("got %d with gap %d, the best is %d", got.total, got.gap, want)
		}
	}
}

// The finer bound alone, without the first search and with problems that it must branch on, finds what trying everything finds.
func TestFinerBoundEqualsBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 5))
	for n := range 1200 {
		bases, apps := randomProblem(r, r.IntN(8)+1, r.IntN(5)+1)
		if n%2 == 0 {
			bases, apps = typical(r, r.IntN(8)+1, r.IntN(4)+1)
		}
		which, work := 0, 2_000_000
		s := &searcher{bases: bases, apps: apps, work: &work, sum: make([]uint64, len(apps)), held: make([]int, len(apps)), lines: make([]int, len(apps)), to: make([]int, len(bases))}
		for i := range s.to {
			s.to[i] = -1
		}
		for k := range apps {
			if apps[k].lump == nil {
				s.set, which = append(s.set, k), which|1<<k
			}
		}
		s.prepare()
		s.open = math.MaxUint64
		s.refine()
		want := bruteForce(bases, apps, which)
		if s.best.total != want || s.gap(s.best.total) != 0 {
			t.Fatalf("problem %d: got %d (gap %d), want %d", n, s.best.total, s.gap(s.best.total), want)
		}
		for k := range apps {
			if s.must[k] && bruteForce(bases, apps, which&^(1<<k)) >= want {
				t.Fatalf("problem %d: the best sum is in reach without application %d", n, k)
			}
		}
	}
}

func TestHugeAmountsDoNotOverflow(t *testing.T) {
	huge := application{id: "A", rate: money.One, limit: money.MaxFen, fits: []fit{anchors, anchors, anchors}}
	got := assign([]money.Fen{money.MaxFen, money.MaxFen, money.MaxFen}, []application{huge, huge})
	if got.total <= 0 || got.total > money.MaxFen {
		t.Errorf("got %d", got.total)
	}
}

// typical is a problem as offices write them: rates of 10 to 30 %, caps of 10万 to 1000万 that bite, lines of 1万 to 300万.
func typical(r *rand.Rand, lines, measures int) ([]money.Fen, []application) {
	bases := make([]money.Fen, lines)
	for i := range bases {
		bases[i] = money.Yuan(10_000) + money.Fen(r.Int64N(3_000_000_00))
	}
	apps := make([]application, measures)
	for k := range apps {
		limit := []int64{100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000}[r.IntN(7)]
		a := application{id: fmt.Sprintf("M%02d", k), rate: []money.Rate{1000, 2000, 2000, 2000, 3000, 4000}[r.IntN(6)], limit: money.Yuan(limit), missing: r.IntN(4), fits: make([]fit, lines)}
		for i := range a.fits {
			a.fits[i] = []fit{misfit, misfit, misfit, joins, anchors, anchors}[r.IntN(6)]
		}
		apps[k] = a
	}
	return bases, apps
}

// BenchmarkAssign prints the median time of one assignment, how many of the problems were proved and the largest gap of those that were not.
func BenchmarkAssign(b *testing.B) {
	for name, makes := range map[string]func(*rand.Rand, int, int) ([]money.Fen, []application){"random": randomProblem, "typical": typical} {
		for _, size := range [][2]int{{60, 11}, {60, 30}} {
			b.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(b *testing.B) {
				r := rand.New(rand.NewPCG(3, 3))
				var times []time.Duration
				proved, gap, share := 0, money.Fen(0), 0.0
				for b.Loop() {
					bases, apps := makes(r, size[0], size[1])
					start := time.Now()
					got := assign(bases, apps)
					times = append(times, time.Since(start))
					if got.gap == 0 {
						proved++
					}
					gap = max(gap, got.gap)
					share = max(share, float64(got.gap)/float64(got.total))
				}
				slices.Sort(times)
				b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "ms/median")
				b.ReportMetric(float64(times[len(times)-1].Microseconds())/1000, "ms/worst")
				b.ReportMetric(100*float64(proved)/float64(len(times)), "%proved")
				b.ReportMetric(float64(gap)/100, "yuan/largest-gap")
				b.ReportMetric(share*1e6, "ppm/largest-gap")
			})
		}
	}
}
