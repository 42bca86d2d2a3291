package recommend

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey/money"
)

// Two years; layer saas gets half back up to 300 yuan from 500 yuan on, but only at level L2, which also pays 100 yuan once.
const long = `{"years":2,"needs":["n1",{"id":"n2","counts":{"score":5}}],"cash":"800.00",
	"offers":[
		{"id":"erp","layer":"saas","tiers":[{"id":"erp-a","oneOff":"200.00","yearly":"150.01","covers":["n1"]},{"id":"erp-b","price":"900.00","later":"300.00","covers":["n1","n2"],"counts":{"score":1}}]},
		{"id":"mes","oneOff":"90.00","covers":["n2"],"requires":[["erp"]]}],
	"counters":[{"id":"score","have":1}],"levels":[{"id":"L2","needs":{"score":6},"award":"100.00"}],
	"subsidy":{"cap":"250.00","layers":[{"layer":"saas","rate":"0.50","cap":"300.00","minimum":"500.00","level":"L2"}]}}`

func TestTiersYearsAndTermsAreReadAndReckoned(t *testing.T) {
	m, names, err := ParseModel([]byte(long))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]ModelOffer{
		{ID: "erp-a", Product: "erp", Layer: "saas", Cost: 50002, Later: 15001, Covers: []ModelCover{{"n1", 2}}},
		{ID: "erp-b", Product: "erp", Layer: "saas", Cost: 90000, Later: 30000, Covers: []ModelCover{{"n1", 2}, {"n2", 2}}, Counts: []Count{{"score", 1}}},
		{ID: "mes", Cost: 9000, Covers: []ModelCover{{"n2", 2}}, Requires: [][]string{{"erp-a", "erp-b"}}},
	}, m.Offers); d != "" {
		t.Error(d)
	}
	s, err := Exact{}.Solve(context.Background(), m)
	if err != nil || !s.Optimal {
		t.Fatal(s, err)
	}
	// erp-a + mes: 500.02 + 90.00, half of 500.02 is 250.01, cut to 250.00 by the cap on all, less the award: 240.02.
	if s.Net != 24002 || s.Cost != 59002 || s.Aid != 25000 || s.Awards != 10000 || s.Cash != 44001 || !slices.Equal(s.Chosen, []string{"erp-a", "mes"}) || !slices.Equal(s.Levels, []string{"L2"}) {
		t.Errorf("%+v", s)
	}
	r := ResultOf(m, s, 0)
	if *r.Objective != 24002 || *r.Gross != 59002 || *r.Cash != 44001 || len(r.Layers) != 1 || r.Layers[0] != (LayerAid{"saas", 50002, 25001}) {
		t.Errorf("%+v", r)
	}
	again, _, err := ParseModel(WriteModel(m, names))
	if d := cmp.Diff(m, again); d != "" || err != nil {
		t.Error(d, err)
	}
	for name, change := range map[string]struct {
		with func(m *Model)
		net  money.Fen
	}{
		"the minimum is a fen too high":     {func(m *Model) { m.Terms.Layers[0].Minimum = 50003 }, 49002}, // award only
		"the level is a point out of reach": {func(m *Model) { m.Terms.Counters[0].Have = 0 }, 55000},      // erp-b brings the point: 900 − 250 − 100
		"the cash is a fen too short":       {func(m *Model) { c := money.Fen(44000); m.Cash = &c }, 0},
	} {
		m, _, _ := ParseModel([]byte(long))
		change.with(&m)
		s, err := Exact{}.Solve(context.Background(), m)
		if err != nil || !s.Optimal || s.Net != change.net || s.Feasible != (change.net > 0) {
			t.Errorf("%s: %v, want %v; %+v, %v", name, s.Net, change.net, s, err)
		}
	}
}
