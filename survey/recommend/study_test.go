package recommend

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// shelf makes a small catalog with layers, slots, requirements and bundles, and a case that wants all of its needs.
func shelf(dice *rand.Rand) (*Catalog, *survey.Case) {
	cat := &Catalog{ID: "r"}
	c := &survey.Case{AsOf: "2026-11-28"}
	for i := range 3 + dice.IntN(3) {
		key := fmt.Sprintf("n%d", i)
		cat.Needs = append(cat.Needs, Need{Key: key, Title: key, Derive: DeriveAsk, Weight: 1 + dice.Int64N(4)})
		c.Plan.Needs = append(c.Plan.Needs, survey.NeedChoice{Need: key, Want: survey.Yes})
	}
	layers := []string{"iaas", "saas", "device"}
	for j := range 5 + dice.IntN(5) {
		o := Offer{ID: fmt.Sprintf("o%d", j), Title: fmt.Sprintf("O%d", j), Vendor: fmt.Sprintf("v%d", dice.IntN(4)), Layer: layers[dice.IntN(3)], PriceKind: PriceEstimate, Checked: "2026-11-22"}
		one, year := money.Fen(dice.Int64N(40)*10_000), money.Fen(dice.Int64N(40)*10_000)
		o.Prices = []Price{{What: "x", Metric: PerFirm, Tiers: []Tier{{OneOff: one, Yearly: year}}}}
		for _, n := range cat.Needs {
			if dice.IntN(2) == 0 {
				o.Covers = append(o.Covers, Cover{n.Key, 1 + dice.IntN(2)})
			}
		}
		if j > 1 && dice.IntN(4) == 0 {
			o.Requires = [][]string{{fmt.Sprintf("o%d", dice.IntN(j))}}
		}
		if dice.IntN(5) == 0 {
			o.Slot = "s"
		}
		cat.Offers = append(cat.Offers, o)
	}
	if dice.IntN(3) == 0 {
		c.Plan.Needs[0].Want = survey.Unknown // never wanted then
	}
	return cat, c
}

// each tells every set of offers that the model allows.
func (s *Study) each(yield func(set []string, weight int64)) {
	n := len(s.r.model.Offers)
	for mask := range 1 << n {
		var set []string
		for j := range n {
			if mask>>j&1 == 1 {
				set = append(set, s.r.model.Offers[j].ID)
			}
		}
		if w, _, ok := s.r.model.judge(set); ok {
			yield(set, w)
		}
	}
}

func TestNetBestIsTheBestOfAllBundles(t *testing.T) {
	dice := rand.New(rand.NewPCG(6, 28))
	solved, other, capped := 0, 0, 0
	for range 300 {
		cat, c := shelf(dice)
		s, err := NewStudy(t.Context(), cat, assess.Assessment{}, c, nil, Aid{})
		if err != nil {
			continue // its needs cannot be covered
		}
		terms := Terms{Layers: []LayerTerm{{Layer: "iaas", Rate: 4000}, {Layer: "saas", Rate: 6000}}}
		if dice.IntN(2) == 0 {
			terms.Cap = ptr(money.Fen(dice.Int64N(60) * 10_000))
		}
		if dice.IntN(3) == 0 {
			terms.Layers[0].Minimum = money.Fen(dice.Int64N(80) * 10_000)
		}
		if dice.IntN(3) == 0 {
			terms.Layers[1].Cap = ptr(money.Fen(dice.Int64N(30) * 10_000))
		}
		got, err := s.NetBest(Aid{Terms: terms, Held: true})
		if err != nil || !got.Proved {
			t.Fatalf("%+v, %v", got, err)
		}
		least := money.MaxFen
		s.each(func(set []string, w int64) {
			if w >= s.r.best.Weight {
				least = min(least, aidBy(s, set, &terms))
			}
		})
		if got.Net != least {
			t.Fatalf("net is %v, the best of all is %v\nterms %+v\nchosen %v\noffers %+v", got.Net, least, terms, got.Offers, s.r.model.Offers)
		}
		solved++
		if !got.Same {
			other++
		}
		if got.Binds {
			capped++
		}
	}
	if solved < 100 || other < 10 || capped < 10 {
		t.Errorf("%d solved, %d with another bundle than before aid, %d at the cap: the models are too easy", solved, other, capped)
	}
}

// aidBy reckons the net cost of a set by the words of the terms, apart from the program's own reckoning.
func aidBy(s *Study, set []string, t *Terms) money.Fen {
	var gross, sum money.Fen
	for _, id := range set {
		gross += s.r.prices[id].FirstYear
	}
	for _, l := range t.Layers {
		var spent money.Fen
		for _, id := range set {
			if s.r.cat.Offer(id).Layer == l.Layer {
				spent += s.r.prices[id].FirstYear
			}
		}
		part := spent * money.Fen(l.Rate) / 10_000
		if l.Cap != nil {
			part = min(part, *l.Cap)
		}
		if spent >= l.Minimum {
			sum += part
		}
	}
	if t.Cap != nil {
		sum = min(sum, *t.Cap)
	}
	return gross - sum
}

func TestAidThatIsNotHeldLeavesTheGross(t *testing.T) {
	cat := &Catalog{Needs: []Need{{Key: "a", Title: "甲"}}, Offers: []Offer{{ID: "o", Title: "O", Layer: "saas", PriceKind: PriceList, Checked: "2026-11-01", Covers: []Cover{{"a", 2}},
		Prices: []Price{{What: "x", Metric: PerFirm, Tiers: []Tier{{Yearly: 1_000}}}}}}}
	c := &survey.Case{Plan: survey.Plan{Needs: []survey.NeedChoice{{Need: "a", Want: survey.Yes}}}}
	s, err := NewStudy(t.Context(), cat, assess.Assessment{}, c, nil, Aid{})
	if err != nil {
		t.Fatal(err)
	}
	aid := Aid{Name: "券", Why: "没有证据", Terms: Terms{Layers: []LayerTerm{{Layer: "saas", Rate: 6000}}}}
	n, err := s.NetBest(aid)
	if err != nil || n.Net != 1_000 || n.IfNet != 400 || !strings.Contains(n.Text, "若入选") {
		t.Errorf("not held: %+v, %v", n, err)
	}
	aid.Held = true
	if n, _ = s.NetBest(aid); n.Net != 400 || strings.Contains(n.Text, "若入选") {
		t.Errorf("held: %+v", n)
	}
	if aid.Level = 2; true {
		if n, _ = s.NetBest(aid); n.Net != 1_000 || !n.GateOpen {
			t.Errorf("a level that is not reached: %+v", n)
		}
	}
	if n, _ = s.NetBest(Aid{Why: "文本没有写明比例"}); n.Net != 1_000 || n.IfNet != 1_000 {
		t.Errorf("no terms: %+v", n)
	}
}

func TestStudyTellsWhatAllBundlesTell(t *testing.T) {
	dice := rand.New(rand.NewPCG(28, 11))
	solved := 0
	for range 150 {
		cat, c := shelf(dice)
		s, err := NewStudy(t.Context(), cat, assess.Assessment{}, c, nil, Aid{})
		if err != nil {
			continue
		}
		solved++
		costs, err := s.NeedCosts()
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range costs {
			least := s.r.best.Cost
			all := s.r.best.Covered
			for mask := range 1 << len(s.r.model.Offers) {
				var set []string
				for j := range s.r.model.Offers {
					if mask>>j&1 == 1 {
						set = append(set, s.r.model.Offers[j].ID)
					}
				}
				free := s.r.with(func(m *Model) {
					m.Needs = slices.DeleteFunc(m.Needs, func(k ModelNeed) bool { return k.ID == n.Need || !slices.Contains(all, k.ID) })
					for i := range m.Needs {
						m.Needs[i].Must = true
					}
					m.keepCovers()
				})
				if _, cost, ok := free.judge(set); ok {
					least = min(least, cost)
				}
			}
			if n.Cost != s.r.best.Cost-least {
				t.Fatalf("%s costs %v, want %v", n.Need, n.Cost, s.r.best.Cost-least)
			}
		}
		for _, o := range cat.Offers {
			why, err := s.Why(o.ID)
			if err != nil || why.Text == "" {
				t.Fatalf("%s: %+v, %v", o.ID, why, err)
			}
			if why.Delta == nil {
				continue
			}
			least := money.MaxFen
			s.each(func(set []string, w int64) {
				if slices.Contains(set, o.ID) && w >= s.r.best.Weight {
					least = min(least, s.r.sum(set, 1))
				}
			})
			if *why.Delta != least-s.r.best.Cost {
				t.Fatalf("%s: Δ %v, want %v", o.ID, *why.Delta, least-s.r.best.Cost)
			}
		}
		others, err := s.Alternatives()
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range others {
			if slices.Equal(a.Offers, s.r.best.Chosen) || a.Title == "次优方案" && a.Delta < 0 && a.Covered >= len(s.r.best.Covered) {
				t.Fatalf("%+v is no alternative", a)
			}
		}
	}
	if solved < 50 {
		t.Errorf("only %d cases were solved", solved)
	}
}

func TestStableIsRepeatableAndStops(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	for {
		cat, c := shelf(dice)
		s, err := NewStudy(t.Context(), cat, assess.Assessment{}, c, nil, Aid{})
		if err != nil || len(s.r.best.Chosen) == 0 {
			continue
		}
		told := 0
		a := s.Stable(40, 20, 7, func(int) { told++ })
		b := s.Stable(40, 20, 7, nil)
		if a.Done != 40 || told != 40 || fmt.Sprint(a) != fmt.Sprint(b) {
			t.Errorf("told %d\n%+v\n%+v", told, a, b)
		}
		for i := range cat.Offers {
			cat.Offers[i].PriceKind = PriceQuoted
		}
		if f := s.Stable(5, 20, 7, nil); f.Same != 5 {
			t.Errorf("firm prices moved: %+v", f)
		}
		return
	}
}

func TestMovedKeepsWithinTheSpread(t *testing.T) {
	for _, f := range []money.Fen{0, 1, 99, 12_345, money.MaxFen / 2} {
		if lo, hi := moved(f, 8000), moved(f, 12_000); lo > f || hi < f || hi > f+f/5+1 {
			t.Errorf("%v becomes %v to %v", f, lo, hi)
		}
	}
}

func TestRoadmapOrdersAndRefusesCircles(t *testing.T) {
	cat := &Catalog{Needs: []Need{{Key: "connect"}}, Offers: []Offer{
		{ID: "mes", Title: "MES", Requires: [][]string{{"need:connect"}}}, {ID: "gate", Title: "网关", Covers: []Cover{{"connect", 2}}, Requires: [][]string{{"sim"}}}, {ID: "sim", Title: "物联卡"}}}
	b := &Bundle{Lines: []Line{{Offer: "mes", Title: "MES", OneOff: 100, Yearly: 10, FirstYear: 110}, {Offer: "gate", Title: "网关", OneOff: 50, FirstYear: 50}, {Offer: "sim", Title: "物联卡", Yearly: 5, FirstYear: 5}}}
	c := &survey.Case{AsOf: "2026-11-28", Plan: survey.Plan{Owners: []survey.TaskOwner{{Offer: "sim", Owner: "王工"}}}}
	r, err := RoadmapOf(b, cat, c)
	if err != nil || len(r.Waves) != 3 || r.Waves[0].Tasks[0].Offer != "sim" || r.Waves[2].Tasks[0].Offer != "mes" || r.Waves[0].Tasks[0].Owner != "王工" {
		t.Fatalf("%+v, %v", r, err)
	}
	if r.Waves[0].From != "2026-12" || r.Waves[0].To != "2027-02" || r.Waves[2].From != "2027-06" {
		t.Errorf("months are %+v", r.Waves)
	}
	if r.Total != 165 || r.Cash[6].Pay != 110 || r.Cash[0].Pay != 5 {
		t.Errorf("cash is %+v", r.Cash)
	}
	cat.Offers[2].Requires = [][]string{{"mes"}}
	_, err = RoadmapOf(b, cat, c)
	if survey.CodeOf(err) != survey.CodeCycle || !strings.Contains(err.Error(), "MES") || !strings.Contains(err.Error(), "物联卡") {
		t.Errorf("a circle gives %v", err)
	}
}

func TestQuotesReplacePricesAndAddOffers(t *testing.T) {
	cat := &Catalog{Needs: []Need{{Key: "a", Title: "甲"}, {Key: "b", Title: "乙"}}, Vendors: []Vendor{{ID: "v", Name: "V"}},
		Offers: []Offer{{ID: "o", Title: "O", Vendor: "v", PriceKind: PriceNone, Covers: []Cover{{"a", 2}}}}}
	c := &survey.Case{AsOf: "2026-11-28", Plan: survey.Plan{Needs: []survey.NeedChoice{{Need: "a", Want: survey.Yes}, {Need: "b", Want: survey.Yes}}}}
	if _, err := NewStudy(t.Context(), cat, assess.Assessment{}, c, nil, Aid{}); err == nil {
		t.Fatal("needs without a price were covered")
	}
	c.Plan.Quotes = []survey.Quote{{ID: "o", OneOff: 100, Yearly: 20, Source: "报价单 1", Date: "2026-11-01", Until: "2026-11-20"},
		{ID: "own-x", Vendor: "集成商", Title: "打通", Covers: []string{"b"}, OneOff: 7, Source: "报价单 2", Date: "2026-11-02"},
		{ID: "own-y", Vendor: "无据", Title: "无据", Covers: []string{"b"}, OneOff: 1}}
	mine := ForCase(cat, c)
	s, err := NewStudy(t.Context(), mine, assess.Assessment{}, c, nil, Aid{})
	if err != nil || s.r.best.Cost != 127 || !slices.Equal(s.r.best.Chosen, []string{"o", "own-x"}) {
		t.Fatalf("%+v, %v", s, err)
	}
	if len(cat.Offers) != 1 || cat.Offers[0].PriceKind != PriceNone || mine.Offer("own-y") != nil {
		t.Error("the catalog was changed, or a quote without a paper was taken")
	}
	if !Stale(mine.Offer("o"), c) || Stale(mine.Offer("own-x"), c) {
		t.Error("a quote that has run out is not called stale, or one that holds is")
	}
}
