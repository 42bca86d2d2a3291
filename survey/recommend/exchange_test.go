package recommend

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

const simple = `{"needs":["n1"],"offers":[
	{"id":"o1","price":"429.00","covers":["n1"],"requires":[["o2","o3"]],"excludes":["o4"],"layer":"saas"},
	{"id":"o2","price":"10.50"},{"id":"o3","price":"9.5"},{"id":"o4","price":"0"}],"budget":null,"subsidy":null}`

func TestTheSimpleFormIsReadAsItStands(t *testing.T) {
	m, _, err := ParseModel([]byte(simple))
	if err != nil {
		t.Fatal(err)
	}
	want := Model{Needs: []ModelNeed{{ID: "n1", Weight: 1, Degree: 2, Must: true}}, Offers: []ModelOffer{
		{ID: "o1", Cost: 42900, Covers: []ModelCover{{"n1", 2}}, Requires: [][]string{{"o2", "o3"}}, Excludes: []string{"o4"}, Layer: "saas"},
		{ID: "o2", Cost: 1050}, {ID: "o3", Cost: 950}, {ID: "o4"},
	}}
	if d := cmp.Diff(want, m); d != "" {
		t.Error(d)
	}
	s, err := Exact{}.Solve(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	cost := money.Fen(43850)
	if d := cmp.Diff(Result{Status: StatusOptimal, Objective: &cost, Bound: &cost, Chosen: []string{"o1", "o3"}, Nodes: s.Nodes, MS: 1.5}, ResultOf(m, s, 1500*time.Microsecond)); d != "" {
		t.Error(d)
	}
}

func TestANeedWithAWeightIsAWishUnlessItSaysMust(t *testing.T) {
	m, names, err := ParseModel([]byte(`{"needs":["a",{"id":"b","name":"乙"},{"id":"c","weight":3},{"id":"d","weight":4,"must":true,"degree":0.5},{"id":"e","must":false}],
		"offers":[{"id":"x","price":"1.00","covers":[{"need":"a","degree":0.5},"b"],"slot":"s","vendor":"v","pinned":true,"banned":false,"name":"甲","cash":null}],
		"budget":"30000.00","atLeast":2,"forbid":[["x"]],"vendorsFirst":true,"limit":7,"schema":"shangyun-model/1"}`))
	if err != nil {
		t.Fatal(err)
	}
	budget, least := money.Yuan(30000), int64(2)
	want := Model{Budget: &budget, AtLeast: &least, Forbid: [][]string{{"x"}}, VendorsFirst: true, Limit: 7,
		Needs:  []ModelNeed{{"a", 1, 2, true, nil}, {"b", 1, 2, true, nil}, {"c", 3, 2, false, nil}, {"d", 4, 1, true, nil}, {"e", 1, 2, false, nil}},
		Offers: []ModelOffer{{ID: "x", Vendor: "v", Product: "s", Cost: 100, Covers: []ModelCover{{"a", 1}, {"b", 2}}, Pinned: true}}}
	if d := cmp.Diff(want, m); d != "" {
		t.Error(d)
	}
	if names.Needs["b"] != "乙" || names.Offers["x"] != "甲" {
		t.Errorf("names %v", names)
	}
}

// The line of documentation that shows the form names offers it does not hold.
func TestOffersThatTheFileDoesNotHoldCanNeverBeChosen(t *testing.T) {
	for _, c := range []struct {
		requires string
		status   Status
		absent   []string
	}{
		{`[["o2","o3"]]`, StatusInfeasible, []string{"o2", "o3", "o4"}}, {`[["o2","p"]]`, StatusOptimal, []string{"o2", "o4"}},
		{`[["p"],["o9"]]`, StatusInfeasible, []string{"o4", "o9"}}, {`[]`, StatusOptimal, []string{"o4"}},
	} {
		m, names, err := ParseModel([]byte(`{"needs":["n1"],"offers":[{"id":"o1","price":"429.00","covers":["n1"],"requires":` + c.requires + `,"excludes":["o4"],"layer":"saas"},
			{"id":"p","price":"1.00"}],"budget":null,"subsidy":null}`))
		if err != nil {
			t.Fatal(err)
		}
		s, err := Exact{}.Solve(context.Background(), m)
		if err != nil {
			t.Fatal(err)
		}
		if got := ResultOf(m, s, 0); got.Status != c.status || !slices.Equal(names.Absent, c.absent) {
			t.Errorf("%s: %s, absent %v", c.requires, got.Status, names.Absent)
		}
	}
}

type wrongFile struct {
	fault Fault
	shape bool
	file  string
}

// faulty are wrong files and the fault each is named by; shape tells whether the JSON Schema refuses it as well.
var faulty = []wrongFile{
	{FaultSyntax, true, `[]`}, {FaultSyntax, true, `{"needs":"n1","offers":[]}`}, {FaultSyntax, true, `{"needs":[1],"offers":[]}`},
	{FaultSchema, true, `{"schema":"other/1","needs":["n1"],"offers":[]}`},
	{FaultField, true, `{"needs":["n1"],"offers":[],"colour":1}`}, {FaultField, true, `{"needs":["n1"],"offers":[{"id":"o","Price":"1"}]}`},
	{FaultDoubleField, false, `{"needs":["n1"],"needs":["n2"],"offers":[]}`}, {FaultDoubleField, false, `{"needs":["n1"],"offers":[{"id":"o","price":"9","price":"1"}]}`},
	{FaultField, true, `{"needs":["n1"],"offers":[],"subsidy":{"rate":"0.4"}}`}, {FaultLater, true, `{"needs":["n1"],"offers":[],"gates":[]}`},
	{FaultLater, true, `{"needs":["n1"],"offers":[{"id":"o","price":"1","recurring":"1"}]}`},
	{FaultAmount, true, `{"needs":["n1"],"offers":[],"cash":"-1.00"}`}, {FaultAmount, true, `{"needs":["n1"],"offers":[],"subsidy":{"cap":5}}`},
	{FaultRate, true, `{"needs":["n1"],"offers":[],"subsidy":{"layers":[{"layer":"saas","rate":"1.01"}]}}`}, {FaultRate, true, `{"needs":["n1"],"offers":[],"subsidy":{"layers":[{"layer":"saas","rate":0.5}]}}`},
	{FaultID, true, `{"needs":["n1"],"offers":[],"subsidy":{"layers":[{"rate":"0.50"}]}}`}, {FaultDouble, false, `{"needs":["n1"],"offers":[],"subsidy":{"layers":[{"layer":"a","rate":"0.5"},{"layer":"a","rate":"0.5"}]}}`},
	{FaultCounter, false, `{"needs":[{"id":"n1","counts":{"score":3}}],"offers":[]}`}, {FaultCounter, false, `{"needs":["n1"],"offers":[],"levels":[{"id":"L2","needs":{"score":3}}]}`},
	{FaultLevel, false, `{"needs":["n1"],"offers":[],"subsidy":{"layers":[{"layer":"saas","rate":"0.5","level":"L9"}]}}`},
	{FaultNumber, true, `{"needs":["n1"],"offers":[],"years":4}`}, {FaultNumber, true, `{"needs":["n1"],"offers":[],"counters":[{"id":"score","have":-1}]}`},
	{FaultTerms, true, `{"needs":["n1"],"offers":[],"counters":[` + strings.TrimSuffix(strings.Repeat(`{"id":"c"},`, MaxTerms+1), ",") + `]}`},
	{FaultTiers, false, `{"needs":["n1"],"offers":[{"id":"o","price":"1","tiers":[{"id":"a","price":"1"}]}]}`}, {FaultDouble, false, `{"needs":["n1"],"offers":[{"id":"o","tiers":[{"id":"o","price":"1"}]}]}`},
	{FaultSelfRequire, false, `{"needs":["n1"],"offers":[{"id":"o","requires":[["o"]],"tiers":[{"id":"a","price":"1"}]}]}`},
	{FaultPrice, true, `{"needs":["n1"],"offers":[{"id":"o","price":"1","yearly":"1"}]}`}, {FaultPrice, false, `{"needs":["n1"],"offers":[{"id":"o","price":"1","later":"2"}]}`},
	{FaultSum, false, `{"needs":["n1"],"offers":[{"id":"o","price":"9999999999999.00","layer":"a"}],"subsidy":{"layers":[{"layer":"a","rate":"0.1234"}]}}`},
	{FaultNoNeeds, true, `{"needs":[],"offers":[]}`}, {FaultNoNeeds, true, `{"offers":[]}`},
	{FaultID, true, `{"needs":[""],"offers":[]}`}, {FaultID, true, `{"needs":["n1"],"offers":[{"price":"1"}]}`}, {FaultID, true, `{"needs":["` + strings.Repeat("n", 201) + `"],"offers":[]}`},
	{FaultDouble, false, `{"needs":["n1","n1"],"offers":[]}`}, {FaultDouble, false, `{"needs":["n1"],"offers":[{"id":"o","price":"1"},{"id":"o","price":"1"}]}`},
	{FaultDouble, false, `{"needs":["n1"],"offers":[{"id":"o","price":"1","covers":["n1",{"need":"n1","degree":0.5}]}]}`},
	{FaultPrice, true, `{"needs":["n1"],"offers":[{"id":"o"}]}`}, {FaultPrice, true, `{"needs":["n1"],"offers":[{"id":"o","price":1}]}`},
	{FaultPrice, true, `{"needs":["n1"],"offers":[{"id":"o","price":"1e3"}]}`}, {FaultPrice, true, `{"needs":["n1"],"offers":[{"id":"o","price":"1.005"}]}`},
	{FaultNegative, true, `{"needs":["n1"],"offers":[{"id":"o","price":"-1.00"}]}`},
	{FaultSum, false, `{"needs":["n1"],"offers":[{"id":"o","price":"9999999999999.99"},{"id":"p","price":"0.01"}]}`},
	{FaultBudget, true, `{"needs":["n1"],"offers":[],"budget":"-1.00"}`}, {FaultBudget, true, `{"needs":["n1"],"offers":[],"budget":5}`},
	{FaultNumber, true, `{"needs":[{"id":"n1","weight":0}],"offers":[]}`}, {FaultNumber, true, `{"needs":["n1"],"offers":[],"atLeast":1.5}`},
	{FaultDegree, true, `{"needs":[{"id":"n1","degree":2}],"offers":[]}`}, {FaultDegree, true, `{"needs":["n1"],"offers":[{"id":"o","price":"1","covers":[{"need":"n1","degree":0}]}]}`},
	{FaultNeed, false, `{"needs":["n1"],"offers":[{"id":"o","price":"1","covers":["n2"]}]}`},
	{FaultOffer, false, `{"needs":["n1"],"offers":[],"forbid":[["p"]]}`},
	{FaultSelfRequire, false, `{"needs":["n1"],"offers":[{"id":"o","price":"1","requires":[["o"]]}]}`}, {FaultSelfExclude, false, `{"needs":["n1"],"offers":[{"id":"o","price":"1","excludes":["o"]}]}`},
	{FaultRequirement, true, `{"needs":["n1"],"offers":[{"id":"o","price":"1","requires":[[]]}]}`},
	{FaultCycle, false, `{"needs":["n1"],"offers":[{"id":"a","price":"1","requires":[["b"]]},{"id":"b","price":"1","requires":[["c","a"]]},{"id":"c","price":"1","requires":[["a"]]}]}`},
	{FaultNeeds, true, `{"needs":[` + strings.TrimSuffix(strings.Repeat(`"n",`, MaxNeeds+1), ",") + `],"offers":[]}`},
	{FaultOffers, true, `{"needs":["n1"],"offers":[` + strings.TrimSuffix(strings.Repeat(`{"id":"o","price":"1"},`, MaxOffers+1), ",") + `]}`},
}

func TestWrongModelFilesAreNamed(t *testing.T) {
	schema := compiled(t)
	for _, c := range faulty {
		_, _, err := ParseModel([]byte(c.file))
		var m *ModelError
		if !errors.As(err, &m) || m.Fault != c.fault || survey.CodeOf(err) != survey.CodeModel || !strings.Contains(survey.DetailOf(err), string(c.fault)) {
			t.Errorf("%.120s: want %s, got %v", c.file, c.fault, err)
		}
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(c.file))
		if err != nil {
			t.Fatal(err)
		}
		if refused := schema.Validate(doc) != nil; refused != c.shape {
			t.Errorf("%.120s: the schema refuses it: %v", c.file, refused)
		}
	}
	for f := range faultWords { // a size is shown elsewhere, and what only the solver refuses cannot be reached by a file
		if f != FaultSize && f != FaultModel && !slices.ContainsFunc(faulty, func(c wrongFile) bool { return c.fault == f }) {
			t.Errorf("%s has no example", f)
		}
	}
	for _, file := range []string{"", "{", simple + "{}", "\xff"} {
		if _, _, err := ParseModel([]byte(file)); err == nil {
			t.Errorf("%q is taken", file)
		}
	}
}

func TestACycleIsNamedAndOneWithAWayOutIsNot(t *testing.T) {
	file := `{"needs":["n1"],"offers":[{"id":"a","price":"1","requires":[["b"]]},{"id":"b","price":"1","requires":[["c","a"]]},{"id":"c","price":"1"%s}]}`
	_, _, err := ParseModel(fmt.Appendf(nil, file, `,"requires":[["b"]]`))
	if detail := survey.DetailOf(err); !strings.Contains(detail, `"b" → "c" → "b"`) {
		t.Errorf("detail %q", detail)
	}
	if _, _, err := ParseModel(fmt.Appendf(nil, file, "")); err != nil {
		t.Error(err)
	}
}

func TestAMillionOffersAreRefusedSoon(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"needs":["n1"],"offers":[`)
	for j := range 1_000_000 {
		fmt.Fprintf(&b, `{"id":"o%d","price":"1.00"},`, j)
	}
	data := []byte(strings.TrimSuffix(b.String(), ",") + "]}")
	if len(data) > MaxModelBytes {
		t.Fatalf("%d bytes: refused by the size already", len(data))
	}
	allocs := testing.AllocsPerRun(1, func() {
		var m *ModelError
		if _, _, err := ParseModel(data); !errors.As(err, &m) || m.Fault != FaultOffers {
			t.Errorf("got %v", err)
		}
	})
	if allocs > 100*MaxOffers {
		t.Errorf("%v allocations for a file that is over the limit", allocs)
	}
	var m *ModelError
	if _, _, err := ParseModel(make([]byte, MaxModelBytes+1)); !errors.As(err, &m) || m.Fault != FaultSize {
		t.Errorf("over the size: %v", err)
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(ModelSchema())))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("model.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("model.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAModelIsReadBackAsItWasWritten(t *testing.T) {
	schema := compiled(t)
	r := rand.New(rand.NewPCG(9, 10))
	same := 0
	for range 300 {
		m := randomModel(r, 3+r.IntN(12), 1+r.IntN(7))
		data := WriteModel(m, Names{})
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Fatalf("the schema refuses what is written: %v\n%s", err, data)
		}
		got, _, err := ParseModel(data)
		var bad *ModelError
		if errors.As(err, &bad) && bad.Fault == FaultCycle {
			continue // the generator draws requirements freely
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		if d := cmp.Diff(m, got); d != "" {
			t.Fatal(d)
		}
		same++
	}
	if same < 200 {
		t.Errorf("only %d of 300 models were compared", same)
	}
}

func FuzzParseModel(f *testing.F) {
	f.Add([]byte(simple))
	for _, c := range faulty {
		if len(c.file) < 1000 {
			f.Add([]byte(c.file))
		}
	}
	r := rand.New(rand.NewPCG(13, 14))
	for range 5 {
		f.Add(WriteModel(randomModel(r, 6, 4), Names{}))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, names, err := ParseModel(data)
		if err != nil {
			var bad *ModelError
			if !errors.As(err, &bad) || faultWords[bad.Fault] == "" {
				t.Fatalf("an error without a name: %v", err)
			}
			return
		}
		again, _, err := ParseModel(WriteModel(m, names))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(m, again); d != "" {
			t.Fatal(d)
		}
		m.Limit, m.Ties = 20, TiesAny
		s, err := Exact{}.Solve(context.Background(), m)
		if err != nil {
			t.Fatalf("read but refused by the solver: %v", err)
		}
		Stages(m, s)
		ResultOf(m, s, 0)
	})
}
