package recommend

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// appModel is shaped like a firm's question: bundles that cover several needs, prices over three orders of magnitude (or all equal
// when hard), requires, excludes and tiers; withBudget adds a budget in per cent of the unlimited cost.
func appModel(seed uint64, needs, offers int, hard bool) Model {
	r := rand.New(rand.NewPCG(seed, 7))
	var m Model
	for i := range needs {
		m.Needs = append(m.Needs, ModelNeed{ID: fmt.Sprintf("n%03d", i), Weight: 1 + r.Int64N(5)})
	}
	for j := range offers {
		o := ModelOffer{ID: fmt.Sprintf("o%03d", j), Vendor: fmt.Sprintf("v%d", r.IntN(offers/6+1)), Cost: money.Yuan(int64(math.Exp(7 + 1.3*r.NormFloat64())))}
		if hard {
			o.Cost = money.Yuan(5000)
		}
		count := 1 + r.IntN(3)
		if r.IntN(5) == 0 {
			count += 3 + r.IntN(4)
		}
		for _, i := range r.Perm(needs)[:count] {
			o.Covers = append(o.Covers, ModelCover{m.Needs[i].ID, 2 - r.IntN(4)/3})
		}
		other := func() string { return fmt.Sprintf("o%03d", (j+1+r.IntN(offers-1))%offers) }
		if r.IntN(8) == 0 {
			o.Requires = append(o.Requires, []string{other(), other()})
		}
		if r.IntN(10) == 0 {
			o.Excludes = append(o.Excludes, other())
		}
		if r.IntN(6) == 0 {
			o.Product = fmt.Sprintf("p%d", r.IntN(offers/8+1))
		}
		m.Offers = append(m.Offers, o)
	}
	return m
}

func withBudget(m Model, percent int64) Model {
	s, err := Exact{}.Solve(context.Background(), m)
	if err != nil {
		panic(err)
	}
	b := s.Cost / 100 * money.Fen(percent)
	m.Budget = &b
	return m
}

func benchmark(b *testing.B, needs, offers int, hard bool, percent int64) {
	models := make([]Model, 5)
	for i := range models {
		if models[i] = appModel(uint64(i), needs, offers, hard); percent > 0 {
			models[i] = withBudget(models[i], percent)
		}
	}
	proved, ties, nodes, i := 0, 0, 0, 0
	for b.Loop() {
		s, err := Exact{}.Solve(context.Background(), models[i%len(models)])
		if err != nil {
			b.Fatal(err)
		}
		if i++; s.Optimal {
			proved++
		}
		if s.TieProved {
			ties++
		}
		nodes += s.Nodes
	}
	b.ReportMetric(100*float64(proved)/float64(i), "%proved")
	b.ReportMetric(100*float64(ties)/float64(i), "%ties")
	b.ReportMetric(float64(nodes)/float64(i), "nodes/op")
}

// BenchmarkExplain is what a person waits for: the bundle with why, the cost of each need, the next breakpoint and one "why not" together.
func BenchmarkExplain(b *testing.B) {
	for _, size := range [][2]int{{30, 120}, {80, 800}} {
		for _, percent := range []int64{0, 60} {
			b.Run(fmt.Sprintf("%d×%d budget %d", size[0], size[1], percent), func(b *testing.B) {
				m := appModel(1, size[0], size[1], false)
				if percent > 0 {
					m = withBudget(m, percent)
				}
				for b.Loop() {
					r := &reply{question: &question{cat: &Catalog{}, model: m}, ctx: b.Context(), s: Exact{}, c: &survey.Case{}}
					best, err := r.s.Solve(r.ctx, m)
					if err != nil {
						b.Fatal(err)
					}
					r.best = best
					if err := r.breakpoint(); err != nil {
						b.Fatal(err)
					}
					s := &Study{r: r}
					if _, err := s.NeedCosts(); err != nil {
						b.Fatal(err)
					}
					if err := s.force(&Offer{ID: m.Offers[3].ID}, &WhyNot{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkExact40x200(b *testing.B)       { benchmark(b, 40, 200, false, 0) }
func BenchmarkExact40x200Budget(b *testing.B) { benchmark(b, 40, 200, false, 60) }
func BenchmarkExact40x200Hard(b *testing.B)   { benchmark(b, 40, 200, true, 60) }
func BenchmarkExact80x400(b *testing.B)       { benchmark(b, 80, 400, false, 0) }
func BenchmarkExact80x400Budget(b *testing.B) { benchmark(b, 80, 400, false, 60) }
