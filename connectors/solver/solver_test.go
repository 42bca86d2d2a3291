package solver_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/connectors/solver"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/recommend/exact"
)

// shared is compiled once for all tests of the package.
var shared = sync.OnceValue(func() *solver.HiGHS { return &solver.HiGHS{} })

// small has every feature and at most 18 offers; prices are equal in every third.
func small(seed uint64) recommend.Model {
	r := rand.New(rand.NewPCG(seed, 21))
	s := shape{needs: 3 + r.IntN(6), offers: 5 + r.IntN(14), equal: seed%3 == 0}
	m := recommend.Model{VendorsFirst: r.IntN(5) == 0}
	for i := range s.needs {
		m.Needs = append(m.Needs, recommend.ModelNeed{ID: fmt.Sprintf("n%d", i), Weight: 1 + r.Int64N(4), Degree: 1 + r.IntN(2), Must: r.IntN(10) == 0})
	}
	id := func(int) string { return fmt.Sprintf("o%02d", r.IntN(s.offers)) }
	for j := range s.offers {
		o := recommend.ModelOffer{ID: fmt.Sprintf("o%02d", j), Vendor: fmt.Sprint(r.IntN(4)), Cost: money.Fen(r.Int64N(6000)), Pinned: r.IntN(25) == 0, Banned: r.IntN(15) == 0}
		if s.equal {
			o.Cost = money.Yuan(10)
		}
		for _, n := range m.Needs {
			if r.IntN(s.needs) < 2 {
				o.Covers = append(o.Covers, recommend.ModelCover{Need: n.ID, Halves: 1 + r.IntN(2)})
			}
		}
		if other := id(j); other != o.ID && r.IntN(5) == 0 {
			o.Requires = append(o.Requires, []string{other})
		}
		if other := id(j); other != o.ID && r.IntN(6) == 0 {
			o.Excludes = append(o.Excludes, other)
		}
		if r.IntN(5) == 0 {
			o.Product = fmt.Sprint(r.IntN(2))
		}
		m.Offers = append(m.Offers, o)
	}
	if r.IntN(2) == 0 {
		b := money.Yuan(r.Int64N(120))
		m.Budget = &b
	}
	if r.IntN(6) == 0 {
		m.Forbid = [][]string{{"o00", "o01"}}
	}
	return m
}

// brute tries every set by the words of the format alone: weight, cost and vendors of the best.
func brute(m recommend.Model) (best [3]int64, found bool) {
	for set := range 1 << len(m.Offers) {
		if v, ok := value(m, set); ok && (!found || slices.Compare(v[:], best[:]) < 0) {
			best, found = v, true
		}
	}
	if best[0] = -best[0]; m.VendorsFirst {
		best[1], best[2] = best[2], best[1]
	}
	return best, found
}

// value is what counts of a set, in the order in which it counts, smaller is better.
func value(m recommend.Model, set int) (v [3]int64, ok bool) {
	in, slots, vendors, halves := map[string]bool{}, map[string]int{}, map[string]bool{}, map[string]int{}
	for j, o := range m.Offers {
		if set>>j&1 == 1 {
			in[o.ID], vendors[o.Vendor] = true, true
			slots[o.Product]++
			v[1] += int64(o.Cost)
			for _, c := range o.Covers {
				halves[c.Need] += c.Halves
			}
		}
	}
	held := func(id string) bool { return in[id] }
	for _, o := range m.Offers {
		switch {
		case !in[o.ID] && o.Pinned, in[o.ID] && o.Banned, in[o.ID] && o.Product != "" && slots[o.Product] > 1, in[o.ID] && slices.ContainsFunc(o.Excludes, held):
			return v, false
		}
		for _, one := range o.Requires {
			if in[o.ID] && !slices.ContainsFunc(one, held) {
				return v, false
			}
		}
	}
	for _, n := range m.Needs {
		if halves[n.ID] >= n.Degree {
			v[0] -= n.Weight
		} else if n.Must {
			return v, false
		}
	}
	for _, f := range m.Forbid {
		if !slices.ContainsFunc(f, func(id string) bool { return !in[id] }) {
			return v, false
		}
	}
	ok = m.Budget == nil || v[1] <= int64(*m.Budget)
	if v[2] = int64(len(vendors)); m.VendorsFirst {
		v[1], v[2] = v[2], v[1]
	}
	return v, ok
}

// rounds is how many random models are tried: SHANGYUN_FAULT_ROUNDS, or a few.
func rounds() int {
	if n, err := strconv.Atoi(os.Getenv("SHANGYUN_FAULT_ROUNDS")); err == nil {
		return n
	}
	return 60
}

// With hardly any share of its own search, nearly every goal goes to HiGHS.
func TestEngineEqualsBruteForceAndOurOwnSearch(t *testing.T) {
	both := recommend.Exact{Engine: shared(), Share: 1}
	infeasible := 0
	for seed := range uint64(rounds()) {
		m := small(seed)
		want, ok := brute(m)
		got, err := both.Solve(t.Context(), m)
		if err != nil || !got.Optimal || got.Feasible != ok {
			t.Fatalf("model %d: %+v, %v; feasible %v", seed, got, err, ok)
		}
		if !ok {
			infeasible++
			continue
		}
		if d := cmp.Diff(want, [3]int64{got.Weight, int64(got.Cost), int64(got.Vendors)}); d != "" {
			t.Fatalf("model %d: %s", seed, d)
		}
		own, err := recommend.Exact{}.Solve(t.Context(), m)
		if err != nil || !slices.Equal(own.Chosen, got.Chosen) {
			t.Fatalf("model %d: ties fall to %v with the engine, to %v without, %v", seed, got.Chosen, own.Chosen, err)
		}
	}
	if infeasible*2 > rounds() {
		t.Errorf("%d of %d models have no answer", infeasible, rounds())
	}
}

// hard is a program whose search takes HiGHS long: choose so that every row holds half of its columns.
func hard() exact.Question {
	r := rand.New(rand.NewPCG(4, 4))
	p := exact.Question{Program: &exact.Program{}, Step: 1, Nodes: 1 << 20}
	for range 60 {
		p.Cost, p.Lo, p.Hi = append(p.Cost, 1000+r.Int64N(50)), append(p.Lo, 0), append(p.Hi, 1)
	}
	for range 40 {
		var w exact.Row
		for j := range p.Cost {
			w.Cols, w.Coefs = append(w.Cols, j), append(w.Coefs, 1+r.Int64N(90))
		}
		w.Rhs = 1400
		p.Rows = append(p.Rows, w)
	}
	return p
}

func TestEngineStopsWithTrueBoundsWhenItsCallerDoes(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	p := hard()
	told := int64(0)
	got, err := shared().Minimise(ctx, p, func(bound int64) {
		if told = max(told, bound); told > 0 {
			stop()
		}
	})
	if err != nil || got.Proved {
		t.Fatalf("%+v, %v", got, err)
	}
	if told <= 0 || got.Bound < told-1 || got.Bound > 60*1050 {
		t.Errorf("bounds: told %d, then %d", told, got.Bound)
	}
	if got.Z != nil && holds(p, got.Z) && sum(p.Cost, got.Z) < got.Bound {
		t.Errorf("an answer of %d below the bound %d", sum(p.Cost, got.Z), got.Bound)
	}
}

func sum(cost []int64, z []int64) (v int64) {
	for j, c := range cost {
		v += c * z[j]
	}
	return v
}

func holds(p exact.Question, z []int64) bool {
	for _, w := range p.Rows {
		v := int64(0)
		for k, j := range w.Cols {
			v += w.Coefs[k] * z[j]
		}
		if v < w.Rhs {
			return false
		}
	}
	return true
}

func TestTheSameProgramHasTheSameAnswer(t *testing.T) {
	p := hard()
	p.Nodes = 20
	first, err := shared().Minimise(t.Context(), p, nil)
	if err != nil || !holds(p, first.Z) {
		t.Fatal(first, err)
	}
	again, err := shared().Minimise(t.Context(), p, nil)
	if d := cmp.Diff(first, again); d != "" || err != nil {
		t.Fatal(d, err)
	}
}

func TestAProgramWithoutAnswerIsProvedToHaveNone(t *testing.T) {
	p := exact.Question{Program: exact.New(2), Step: 1, Nodes: 10}
	p.AtLeast(3, []int{0, 1}, []int64{1, 1})
	got, err := shared().Minimise(t.Context(), p, nil)
	if err != nil || !got.Proved || got.Z != nil {
		t.Fatalf("%+v, %v", got, err)
	}
}

func TestAModelTooLargeForItsMemoryIsAnError(t *testing.T) {
	p := exact.Question{Program: exact.New(40_000), Step: 1, Nodes: 1}
	var w exact.Row
	for j := range 40_000 {
		w.Cols, w.Coefs = append(w.Cols, j), append(w.Coefs, 1)
	}
	for range 900 {
		p.Rows = append(p.Rows, w)
	}
	if got, err := shared().Minimise(t.Context(), p, nil); err == nil {
		t.Fatalf("36 million numbers in 512 MiB: %v", got.Proved)
	}
}
