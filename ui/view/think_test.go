package view_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/view"
)

// words are the Chinese ones, so that a missing key is seen.
func words(t *testing.T) view.Words {
	t.Helper()
	all, err := pack.Texts(assets.Text)
	if err != nil {
		t.Fatal(err)
	}
	return all["zh"].T
}

// sampleState derives the state of the sample firm with its answers, without a store and without its ledger.
func sampleState(t *testing.T, change ...func(*survey.Case)) *wizard.State {
	t.Helper()
	read := func(name string) []byte {
		data, err := assets.Sample.ReadFile("sample/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	c, err := survey.DecodeCase(read("企业资料.json"))
	if err != nil {
		t.Fatal(err)
	}
	var sheet struct {
		Answers map[string]string
		Scenes  map[string]int
	}
	if err := json.Unmarshal(read("答卷.json"), &sheet); err != nil {
		t.Fatal(err)
	}
	for item, letters := range sheet.Answers {
		c.Answers = append(c.Answers, survey.Answer{Item: item, Options: strings.Split(letters, "")})
	}
	for scene, level := range sheet.Scenes {
		c.Scenes = append(c.Scenes, survey.SceneAnswer{Scene: scene, Level: level})
	}
	for i := range 10 {
		c.Assets = append(c.Assets, survey.Asset{
			ID: "m" + strconv.Itoa(i), Name: "机床", Count: 1, Use: survey.UseProduction, Digital: survey.Yes, Networked: map[bool]survey.Tri{true: survey.Yes, false: survey.No}[i < 3],
		})
	}
	for _, f := range change {
		f(c)
	}
	return derive(t, c)
}

func derive(t *testing.T, c *survey.Case) *wizard.State {
	t.Helper()
	qs, err := pack.Questionnaires(assets.Questions)
	if err != nil {
		t.Fatal(err)
	}
	ps, err := pack.Policies(assets.Policy)
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := pack.Catalog(assets.Catalog)
	if err != nil {
		t.Fatal(err)
	}
	d := wizard.NewDesk(wizard.Parts{Packs: wizard.Packs{Questions: qs[0], Policy: ps[0], Catalog: catalog}, Now: func() time.Time {
		return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	}})
	return d.Derive(t.Context(), c)
}

func TestEveryQuestionHasACardInPlainWords(t *testing.T) {
	st, w := sampleState(t), words(t)
	keys := view.Keys(st.Assessment)
	if len(keys) != 31 {
		t.Fatalf("%d questions, want 31", len(keys))
	}
	for _, key := range keys {
		q := view.QuestionOf(w, st, key)
		all := fmt.Sprintf("%+v", *q)
		if q.Title == "" || q.Head == "" || q.Badge == "" || len(q.Answers) < 3 || q.Papers == "" {
			t.Errorf("%s: card lacks something: %s", key, all)
		}
		if strings.Contains(all, "assess.") || strings.Contains(all, "%!") {
			t.Errorf("%s: a word is missing: %s", key, all)
		}
		if !q.Scene && st.Assessment.Items[slices.Index(keys, key)].Kind == assess.KindFull && q.Calc == nil && (q.Undefined == "" || q.Mend == "") {
			t.Errorf("%s: neither a calculation nor what is missing", key)
		}
	}
	if view.QuestionOf(w, st, "Q99") != nil {
		t.Error("an unknown question has a card")
	}
}

func TestAComputedShareIsPlacedOnItsScale(t *testing.T) {
	q := view.QuestionOf(words(t), sampleState(t), "Q3")
	want := &view.Calc{
		Parts: []string{"3 / 10 台", "30.0%"}, Result: "3 分", Flip: "再联网 2 台 → +1.5 分", Value: 0.3, Next: 0.5,
		Bands: []view.Band{{0.1, "10%", "0 分"}, {0.2, "20%", "1.5 分"}, {0.4, "40%", "3 分"}, {0.6, "60%", "4.5 分"}, {1, "", "6 分"}},
	}
	if diff := cmp.Diff(want, q.Calc); diff != "" {
		t.Error(diff)
	}
	if q.Facts != "看这 3 台" || q.Behind[0].Path != "assets.m0" {
		t.Errorf("facts are %q %v", q.Facts, q.Behind)
	}
}

func TestADeclarationStandsBesideTheComputedAnswer(t *testing.T) {
	say := func(item string, letters ...string) func(*survey.Case) {
		return func(c *survey.Case) {
			c.Answers = slices.DeleteFunc(c.Answers, func(a survey.Answer) bool { return a.Item == item })
			if len(letters) > 0 {
				c.Answers = append(c.Answers, survey.Answer{Item: item, Options: letters})
			}
		}
	}
	empty := func(c *survey.Case) { c.Assets = nil }
	for _, x := range []struct {
		name    string
		change  []func(*survey.Case)
		differs bool
		counted string // "" when nothing stands beside
	}{
		{"nothing declared", []func(*survey.Case){say("Q3")}, false, ""},
		{"the same", []func(*survey.Case){say("Q3", "C")}, false, "较低的一个计分，计 3 分"},
		{"higher", []func(*survey.Case){say("Q3", "E")}, true, "较低的一个计分，计 3 分"},
		{"lower", []func(*survey.Case){say("Q3", "A")}, true, "较低的一个计分，计 0 分"},
		{"nothing to compute from", []func(*survey.Case){empty, say("Q3", "E")}, false, "这一题要由清单算出；补齐数据前，自报不计分。"},
		{"claims nothing", []func(*survey.Case){empty, say("Q3", "A")}, false, ""},
	} {
		q := view.QuestionOf(words(t), sampleState(t, x.change...), "Q3")
		switch {
		case q.Said == nil:
			if x.counted != "" {
				t.Errorf("%s: nothing stands beside, want %q", x.name, x.counted)
			}
		case q.Said.Counted != x.counted || q.Said.Differs != x.differs:
			t.Errorf("%s: %q differs %v, want %q %v", x.name, q.Said.Counted, q.Said.Differs, x.counted, x.differs)
		}
	}
}

func TestWhatIsMissingIsMendedWhereItIsEntered(t *testing.T) {
	for _, x := range []struct {
		item, want string
		change     func(*survey.Case)
	}{
		{"Q3", "assets", func(c *survey.Case) { c.Assets = nil }},
		{"Q5", "systems", func(c *survey.Case) { c.Systems = nil }},
		{"Q6", "arrangements.net-policy.have", func(c *survey.Case) { c.Arrangements = nil }},
		{"Q11", "payments", func(c *survey.Case) { c.Payments = nil }},
		{"Q12", "years.2025.energyKgce", func(c *survey.Case) { c.Year(2025).EnergyKgce = nil }},
		{"Q14", "years.2024.staff", func(c *survey.Case) { c.Year(2024).Staff = nil }},
		{"Q15", "years.2024.cost", func(c *survey.Case) { c.Year(2024).Cost = nil }},
		{"Q15", "asOf", func(c *survey.Case) { c.AsOf = "" }},
	} {
		q := view.QuestionOf(words(t), sampleState(t, x.change), x.item)
		if q.Undefined == "" || q.Mend != x.want {
			t.Errorf("%s: %q leads to %q, want %q", x.item, q.Undefined, q.Mend, x.want)
		}
	}
}

func TestTheStripCountsAnsweredQuestions(t *testing.T) {
	st := sampleState(t, func(c *survey.Case) {
		c.Scenes = slices.DeleteFunc(c.Scenes, func(s survey.SceneAnswer) bool { return s.Scene == "hr" })
		c.Answers = append(slices.DeleteFunc(c.Answers, func(a survey.Answer) bool { return a.Item == "Q3" }), survey.Answer{Item: "Q3", Options: []string{"E"}})
	})
	groups, text := view.Strip(words(t), st)
	var sizes []int
	for _, g := range groups {
		sizes = append(sizes, len(g.Cells))
	}
	if !slices.Equal(sizes, []int{7, 4, 4, 16}) {
		t.Fatalf("groups of %v", sizes)
	}
	if groups[0].Cells[2] != view.CellProblem || groups[3].Cells[13] != view.CellOpen || groups[3].Cells[0] != view.CellDone {
		t.Errorf("Q3 %v, hr %v, product design %v", groups[0].Cells[2], groups[3].Cells[13], groups[3].Cells[0])
	}
	done := 0
	for _, g := range groups {
		for _, c := range g.Cells {
			if c == view.CellDone {
				done++
			}
		}
	}
	if want := strconv.Itoa(done) + " / 31"; text != want {
		t.Errorf("words %q, want %q", text, want)
	}
}

func TestTheRadarAddsUpToTheOutlook(t *testing.T) {
	for _, budget := range []money.Fen{money.Yuan(20000), money.Yuan(60000), money.Yuan(500000)} {
		st := sampleState(t, func(c *survey.Case) { c.Plan.Budget = &budget })
		axes, after := view.Radar(words(t), st)
		if len(axes) != 7 || !after {
			t.Fatalf("%d axes, after %v", len(axes), after)
		}
		for _, x := range axes {
			if x.Now < 0 || x.After < x.Now || x.After > 100 {
				t.Errorf("%s goes from %d to %d", x.Name, x.Now, x.After)
			}
		}
		if got, want := view.OutlookSum(st), st.Bundle.After.Score; got != want {
			t.Errorf("budget %s: the dimensions add up to %s, the bundle says %s", budget.Display(), got, want)
		}
	}
}

func TestStepsThatCloseAGapComeFirstAndCheapFirst(t *testing.T) {
	st := sampleState(t)
	list := view.Upgrades(words(t), st)
	if len(list) != len(st.Assessment.Steps) {
		t.Fatalf("%d of %d steps", len(list), len(st.Assessment.Steps))
	}
	price := func(u view.Upgrade) money.Fen {
		f, err := money.Parse(strings.TrimSuffix(strings.TrimPrefix(u.Price, "首年 "), " 元"))
		if err != nil {
			t.Fatalf("%q: %v", u.Price, err)
		}
		return f
	}
	priced := 0
	for i, u := range list {
		if u.Text == "" || strings.Contains(u.Text, "result.") {
			t.Errorf("%s says nothing of its price", u.Key)
		}
		if u.Price != "" {
			priced++
		}
		if i == 0 {
			continue
		}
		p := list[i-1]
		switch {
		case u.Closes && !p.Closes:
			t.Errorf("%s closes a gap and stands behind %s", u.Key, p.Key)
		case u.Closes == p.Closes && u.Price != "" && p.Price == "":
			t.Errorf("%s has a price and stands behind %s", u.Key, p.Key)
		case u.Closes == p.Closes && u.Price != "" && price(u) < price(p):
			t.Errorf("%s is cheaper than %s before it", u.Key, p.Key)
		}
	}
	if priced == 0 {
		t.Error("no step has a price")
	}
}

func TestSpecialPointsFollowTheLevelAndStayUnverified(t *testing.T) {
	for level, want := range []string{"现在 0 分", "现在 0 分（满分 5 分）；升到二级再加 3 分", "现在 3 分（满分 5 分）；升到三级再加 2 分", "现在 5 分", "现在 5 分"} {
		got := view.SpecialPoints(words(t), level)
		if !strings.Contains(got, want) || !strings.Contains(got, "待核实") {
			t.Errorf("level %d: %q, want %q and 待核实", level, got, want)
		}
	}
}

func TestThePlanSaysWhatStateItIsIn(t *testing.T) {
	one, lots := money.Yuan(1), money.Yuan(500000)
	pin := func(c *survey.Case) { c.Plan.Pinned = []string{"dingtalk-pro"} }
	for _, x := range []struct {
		name   string
		change []func(*survey.Case)
		want   view.PlanState
	}{
		{"answered", nil, view.PlanReady},
		{"a budget that is too small", []func(*survey.Case){func(c *survey.Case) { c.Plan.Budget = &one; c.Plan.Needs = nil }, pin}, view.PlanConflict},
		{"an offer that is not there", []func(*survey.Case){func(c *survey.Case) { c.Plan.Banned = []string{"no-such-offer"} }}, view.PlanFailed},
		{"nothing wanted", []func(*survey.Case){func(c *survey.Case) {
			for _, n := range sampleState(t).Bundle.Needs {
				c.Plan.Needs = append(c.Plan.Needs, survey.NeedChoice{Need: n.Key, Want: survey.No})
			}
			c.Plan.Budget = &lots
		}}, view.PlanNothing},
	} {
		st := sampleState(t, x.change...)
		p := view.PlanOf(words(t), st, "出错了")
		if p.State != x.want {
			t.Errorf("%s: state %v, want %v (%v)", x.name, p.State, x.want, st.BundleError)
		}
		if p.State == view.PlanConflict && (p.Conflict == "" || p.RelaxTo == "") {
			t.Errorf("%s: no words or no budget that would do", x.name)
		}
	}
	if p := view.PlanOf(words(t), derive(t, &survey.Case{AsOf: "2026-11-23"}), ""); p.State != view.PlanTooEarly {
		t.Errorf("empty case: state %v", p.State)
	}
}

func TestGroupsOfScenesFillTwoColumnsEvenly(t *testing.T) {
	at := view.Balance(view.SceneGroups(words(t), sampleState(t)))
	if !slices.Equal(at, []int{0, 1, 1, 0}) {
		t.Errorf("columns %v, want 4+4 scenes and 6+2", at)
	}
}
