package recommend

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// randomCase makes a small catalog with a case that suggests every need; pins, bans, musts and a budget now and then.
func randomCase(r *rand.Rand) (*Catalog, assess.Assessment, *survey.Case) {
	cat := &Catalog{ID: "test"}
	var a assess.Assessment
	c := &survey.Case{}
	needs := 2 + r.IntN(4)
	for i := range needs {
		key := fmt.Sprintf("n%d", i)
		cat.Needs = append(cat.Needs, Need{Key: key, Title: key, Derive: DeriveMeasure, Weight: 1 + r.Int64N(3)})
		a.Steps = append(a.Steps, assess.Step{Key: "s" + key, Need: key, Points: 1000})
		if r.IntN(6) == 0 {
			c.Plan.Needs = append(c.Plan.Needs, survey.NeedChoice{Need: key, Want: survey.Yes})
		}
	}
	offers := 3 + r.IntN(6)
	for j := range offers {
		o := Offer{ID: fmt.Sprintf("o%d", j), Vendor: fmt.Sprintf("v%d", r.IntN(3)), PriceKind: PriceList}
		o.Prices = []Price{{What: "x", Metric: PerFirm, Tiers: []Tier{{Yearly: money.Yuan(10 * r.Int64N(9))}}}}
		for _, i := range r.Perm(needs)[:1+r.IntN(2)] {
			o.Covers = append(o.Covers, Cover{cat.Needs[i].Key, 2})
			o.Covers[len(o.Covers)-1].Halves = 1 + min(r.IntN(4), 1)
		}
		if r.IntN(5) == 0 {
			o.Requires = [][]string{{fmt.Sprintf("o%d", (j+1)%offers), fmt.Sprintf("o%d", (j+2)%offers)}}
		}
		if r.IntN(6) == 0 {
			o.Excludes = []string{fmt.Sprintf("o%d", (j+1)%offers)}
		}
		if r.IntN(8) == 0 {
			c.Plan.Pinned = append(c.Plan.Pinned, o.ID)
		} else if r.IntN(10) == 0 {
			c.Plan.Banned = append(c.Plan.Banned, o.ID)
		}
		cat.Offers = append(cat.Offers, o)
	}
	if r.IntN(3) > 0 {
		c.Plan.Budget = ptr(money.Yuan(10 * r.Int64N(20)))
	}
	return cat, a, c
}

// TestExplanationsEqualBruteForce holds every figure of a bundle against full enumeration: lines, losses, breakpoint, front, conflict.
func TestExplanationsEqualBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	refused, breaks := 0, 0
	for k := range 1000 {
		cat, a, c := randomCase(r)
		b, err := Recommend(context.Background(), cat, a, c, nil, Aid{})
		m := ask(cat, Needs(cat, a, c), QuantitiesOf(a, c), c).model
		want, ok := bruteForce(m)
		if !ok {
			refused++
			checkConflict(t, m, c, b, err)
			continue
		}
		if err != nil {
			t.Fatalf("case %d: %v", k, err)
		}
		var ids []string
		for _, l := range b.Lines {
			ids = append(ids, l.Offer)
		}
		if !slices.Equal(ids, want.ids) || int64(b.FirstYear) != want.cost || !slices.Equal(b.Covered, want.covered) || !b.Proof.Optimal {
			t.Fatalf("case %d: got %v %v %v, want %+v", k, ids, b.FirstYear, b.Covered, want)
		}
		for _, l := range b.Lines {
			checkLoss(t, m, want, l)
		}
		breaks += checkBreakpoint(t, m, want, b)
		checkFront(t, m, b)
	}
	if refused < 50 || breaks < 50 {
		t.Fatalf("%d refusals and %d breakpoints: the test is one-sided", refused, breaks)
	}
}

func change(m Model, f func(*Model)) Model {
	return (&question{model: m}).with(f)
}

func checkLoss(t *testing.T, m Model, best answer, l Line) {
	t.Helper()
	without, ok := bruteForce(change(m, func(m *Model) { m.ban(l.Offer) }))
	if !ok || without.weight < best.weight {
		if l.Loss != nil || !strings.Contains(l.LossText, "没有它") {
			t.Fatalf("%s: loss %v (%s), but it cannot be replaced", l.Offer, l.Loss, l.LossText)
		}
		return
	}
	if l.Loss == nil || int64(*l.Loss) != without.cost-best.cost {
		t.Fatalf("%s: loss %v (%s), want %d", l.Offer, l.Loss, l.LossText, without.cost-best.cost)
	}
}

func checkBreakpoint(t *testing.T, m Model, best answer, b Bundle) int {
	t.Helper()
	if m.Budget == nil {
		return 0
	}
	more := best.weight + 1
	next, ok := bruteForce(change(m, func(m *Model) { m.Budget, m.AtLeast = nil, &more }))
	if !ok {
		if b.Next != nil {
			t.Fatalf("breakpoint %+v, but nothing covers more", b.Next)
		}
		return 0
	}
	if b.Next == nil || int64(b.Next.Budget) != next.cost || b.Next.More != b.Next.Budget-*m.Budget || b.Next.More <= 0 || len(b.Next.Needs) == 0 {
		t.Fatalf("breakpoint %+v, want %d", b.Next, next.cost)
	}
	return 1
}

// checkFront: each point is the least cost for its weight, no point dominates another, and the last covers the most there is.
func checkFront(t *testing.T, m Model, b Bundle) {
	t.Helper()
	for i, p := range b.Front {
		least, ok := bruteForce(change(m, func(m *Model) { m.Budget, m.AtLeast = nil, &p.Weight }))
		if !ok || least.cost != int64(p.FirstYear) {
			t.Fatalf("front %d: %v for weight %d, want %d", i, p.FirstYear, p.Weight, least.cost)
		}
		if i > 0 && (p.FirstYear <= b.Front[i-1].FirstYear || p.Weight <= b.Front[i-1].Weight) {
			t.Fatalf("front %d is dominated: %+v", i, b.Front)
		}
	}
	most, _ := bruteForce(change(m, func(m *Model) { m.Budget = nil }))
	if n := len(b.Front); n > 0 && b.Front[n-1].Weight != most.weight || n == 0 && most.weight > 0 {
		t.Fatalf("front ends at %+v, want weight %d", b.Front, most.weight)
	}
}

// checkConflict: the error carries the text, the relaxed budget is the smallest that works, and every wish named is part of it.
func checkConflict(t *testing.T, m Model, c *survey.Case, b Bundle, err error) {
	t.Helper()
	if survey.CodeOf(err) != survey.CodeNoSolution || b.Conflict == nil || survey.DetailOf(err) != b.Conflict.Text {
		t.Fatalf("got %v and %+v", err, b.Conflict)
	}
	rep := &reply{ctx: context.Background(), question: &question{cat: &Catalog{}, model: m}, s: Exact{}, c: c}
	core, err := rep.core()
	if err != nil {
		t.Fatal(err)
	}
	all := rep.wishes()
	kept := func(w wish) bool {
		return slices.ContainsFunc(core, func(x wish) bool { return x.text == w.text && x.need == w.need })
	}
	for skip := -1; skip < len(core); skip++ {
		_, ok := bruteForce(change(m, func(m *Model) {
			for _, w := range all {
				if !kept(w) || skip >= 0 && w.text == core[skip].text {
					w.drop(m)
				}
			}
		}))
		if ok != (skip >= 0) {
			t.Fatalf("conflict %q without wish %d: feasible %v", b.Conflict.Text, skip, ok)
		}
	}
	if b.Conflict.Relax != nil {
		zero := int64(0)
		want, ok := bruteForce(change(m, func(m *Model) { m.Budget, m.AtLeast = nil, &zero }))
		if !ok || int64(*b.Conflict.Relax) != want.cost {
			t.Fatalf("relax %v, want %d", b.Conflict.Relax, want.cost)
		}
	}
}

func TestOffersWithoutPriceAreListedNotOptimised(t *testing.T) {
	cat := &Catalog{Needs: []Need{{Key: "n", Title: "N", Derive: DeriveMeasure, Weight: 1}}, Offers: []Offer{
		{ID: "free-word", Vendor: "v", Title: "甲", PriceKind: PriceNone, Covers: []Cover{{"n", 2}}},
	}}
	a := assess.Assessment{Steps: []assess.Step{{Need: "n", Points: 1}}}
	b, err := Recommend(context.Background(), cat, a, &survey.Case{}, nil, Aid{})
	if err != nil || len(b.Lines) != 0 || !slices.Equal(b.Uncovered, []string{"n"}) || len(b.Inquiries) != 1 {
		t.Fatalf("%+v, %v", b, err)
	}
	_, err = Recommend(context.Background(), cat, a, &survey.Case{Plan: survey.Plan{Pinned: []string{"free-word"}}}, nil, Aid{})
	if survey.CodeOf(err) != survey.CodeNoSolution {
		t.Errorf("a pinned offer without a price: %v", err)
	}
	_, err = Recommend(context.Background(), cat, a, &survey.Case{Plan: survey.Plan{Banned: []string{"gone"}}}, nil, Aid{})
	if survey.CodeOf(err) != survey.CodeUnknownItem {
		t.Errorf("an unknown offer: %v", err)
	}
}

func TestTiesAreShown(t *testing.T) {
	price := []Price{{What: "x", Metric: PerFirm, Tiers: []Tier{{Yearly: money.Yuan(9)}}}}
	cat := &Catalog{Needs: []Need{{Key: "n", Title: "N", Derive: DeriveMeasure, Weight: 1}}, Offers: []Offer{
		{ID: "b", Vendor: "v", Title: "乙", PriceKind: PriceList, Prices: price, Covers: []Cover{{"n", 2}}},
		{ID: "a", Vendor: "w", Title: "甲", PriceKind: PriceList, Prices: price, Covers: []Cover{{"n", 2}}},
	}}
	a := assess.Assessment{Steps: []assess.Step{{Need: "n", Points: 1}}}
	b, err := Recommend(context.Background(), cat, a, &survey.Case{}, nil, Aid{})
	if err != nil || len(b.Lines) != 1 {
		t.Fatal(b.Lines, err)
	}
	l := b.Lines[0]
	if l.Offer != "a" || !slices.Equal(l.Equal, []string{"b"}) || !slices.Contains(l.Reasons, ReasonTie) || l.LossText != "有同价的替代：乙" {
		t.Errorf("%+v", l)
	}
}

func TestFirstLevelBuysNoSystemsButFinance(t *testing.T) {
	cat := &Catalog{Needs: []Need{{Key: "scene:quality", Scene: "quality", Derive: DeriveScene}, {Key: "scene:finance", Scene: "finance", Derive: DeriveScene}}}
	a := assess.Assessment{Ladder: []assess.Rung{{Level: 1, NeedScenes: 6, NeedStars: 3}}, Scenes: []assess.SceneLevel{{Key: "quality", Star: true}, {Key: "finance", Star: true}}}
	for _, n := range Needs(cat, a, &survey.Case{}) {
		if n.Suggested != (n.Key == "scene:finance") {
			t.Errorf("%+v", n)
		}
	}
	a.Ladder[0].NeedScenes, a.Ladder[0].NeedStars = 1, 1
	a.Scenes[0].Proposed = 2
	for _, n := range Needs(cat, a, &survey.Case{}) {
		if n.Suggested {
			t.Errorf("a scene that waits for confirmation is enough: %+v", n)
		}
	}
}

func TestSearchCutShortSaysSo(t *testing.T) {
	m := appModel(1, 40, 120, true)
	m.Budget, m.Limit = ptr(money.Yuan(30000)), 2
	s, err := Exact{}.Solve(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	if s.Optimal || s.TieProved || s.Bound > s.Cost || s.WeightBound < s.Weight {
		t.Fatalf("two nodes cannot prove this: %+v", s)
	}
	if p := proof(s); p.Optimal || !strings.Contains(p.Text, "未能") {
		t.Fatalf("%+v", p)
	}
}

func TestTiersPerUnitAndLeastQuantity(t *testing.T) {
	p := Price{What: "席位", Metric: PerUser, Per: 10, Least: 3, Tiers: []Tier{{UpTo: 5, Yearly: money.Yuan(100)}, {OneOff: money.Yuan(7), Yearly: money.Yuan(80)}}}
	o := Offer{PriceKind: PriceList, Prices: []Price{p, {What: "平台", Metric: PerFirm, Tiers: []Tier{{OneOff: money.Yuan(1)}}}}}
	for _, c := range []struct {
		users, quantity int
		want            money.Fen
	}{{1, 3, money.Yuan(301)}, {30, 3, money.Yuan(301)}, {31, 4, money.Yuan(401)}, {50, 5, money.Yuan(501)}, {51, 6, money.Yuan(6*87 + 1)}} {
		r, ok := o.Resolve(Quantities{Users: c.users})
		if !ok || r.Quantity != c.quantity || r.FirstYear != c.want {
			t.Errorf("%d users: %+v, want %d units, %v", c.users, r, c.quantity, c.want)
		}
	}
	o.Prices[0].Tiers[1].Yearly = money.MaxFen
	if _, ok := o.Resolve(Quantities{Users: 51}); ok {
		t.Error("an amount beyond the range was taken")
	}
}

func TestNeedsFollowGapsRegisterAndPerson(t *testing.T) {
	cat := &Catalog{Needs: []Need{
		{Key: "connect", Derive: DeriveFlip}, {Key: "net-security", Derive: DeriveMeasure},
		{Key: "scene:quality", Scene: "quality", Derive: DeriveScene}, {Key: "scene:finance", Scene: "finance", Derive: DeriveScene},
		{Key: "scene:office", Scene: "office", Derive: DeriveScene}, {Key: "5g-net", Derive: DeriveAsk},
	}}
	a := assess.Assessment{
		Level:  1,
		Ladder: []assess.Rung{{Level: 2, Name: "二级", NeedScore: 40000, HaveScore: 30000, NeedScenes: 2, HaveScenes: 1, NeedStars: 1}},
		Scenes: []assess.SceneLevel{{Key: "quality", No: 7, Star: true, Level: 1}, {Key: "finance", No: 13, Star: true, Level: 2}, {Key: "office", No: 15, Level: 1}},
		Steps:  []assess.Step{{Key: "network:4", Need: "connect", Points: 1500, Machines: 4}, {Key: "network:16", Need: "connect", Points: 3000, Machines: 16}, {Key: "item:Q6:C", Need: "net-security", Points: 1250}},
		Rates:  assess.Rates{Machines: 60, Networked: 21},
	}
	c := &survey.Case{Plan: survey.Plan{Needs: []survey.NeedChoice{{Need: "scene:office", Want: survey.Yes}, {Need: "net-security", Want: survey.No}}}}
	got := map[string]string{}
	for _, n := range Needs(cat, a, c) {
		got[n.Key] = fmt.Sprintf("have=%v suggested=%v wanted=%v", n.Have, n.Suggested, n.Wanted)
	}
	want := map[string]string{
		"connect": "have=false suggested=true wanted=true", "net-security": "have=false suggested=true wanted=false",
		"scene:quality": "have=false suggested=true wanted=true", "scene:finance": "have=true suggested=false wanted=false",
		"scene:office": "have=false suggested=false wanted=true", "5g-net": "have=false suggested=false wanted=false",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if q := QuantitiesOf(a, c); q.Devices != 16 || q.Machines != 60 || q.Users != 1 {
		t.Errorf("quantities %+v", q)
	}
	out := after(a, []string{"connect", "scene:quality"}, QuantitiesOf(a, c))
	if out.Score != 3000 {
		t.Errorf("outlook %+v, want the step of 16 machines", out)
	}
}
