package view_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/view"
)

// derived is the sample firm's file, changed, with what follows from it.
func derived(t *testing.T, change func(*survey.Case)) *wizard.State {
	t.Helper()
	data, err := assets.Sample.ReadFile("sample/企业资料.json")
	if err != nil {
		t.Fatal(err)
	}
	c, err := survey.DecodeCase(data)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(c)
	}
	return derive(t, c)
}

func TestTheThirdAmountOfALineFollowsFromTwo(t *testing.T) {
	w := words(t)
	for name, tt := range map[string]struct {
		net, tax, gross, field, value string
		ok                            bool
	}{
		"all fit":                   {"100,000", "13000", "11.3万", "", "", true},
		"no tax at all":             {"500", "0", "500.00", "", "", true},
		"total from net and tax":    {"100000", "13000", "", "gross", "113,000.00", false},
		"tax from net and total":    {"100000", "0.00", "113000", "tax", "13,000.00", false},
		"net from tax and total":    {"", "13000", "113000", "net", "100,000.00", false},
		"a cent too much":           {"100000", "13000", "113000.01", "gross", "113,000.00", false},
		"nothing yet":               {"", "", "", "", "", false},
		"a tax above its total":     {"", "300", "200", "", "", false},
		"words are left to a field": {"十块", "1", "2", "", "", false},
	} {
		got := view.CheckLine(w, tt.net, tt.tax, tt.gross)
		if got.OK != tt.ok || got.Field != tt.field || got.Value != tt.value || (got.Field != "") != (got.Words != "") {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestMoneyBarsAddUpToTheFen(t *testing.T) {
	st := derived(t, nil)
	var got []string
	for _, b := range view.MoneyBars(words(t), st) {
		got = append(got, b.Key+" "+b.Figure+" "+b.Between)
	}
	want := []string{"spent 518.00 ", "out −230.00 ", "base 288.00 ", "aid 57.60 ×20%", "net 460.40 "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if bars := view.MoneyBars(words(t), derived(t, func(c *survey.Case) { c.Invoices = nil })); bars != nil {
		t.Errorf("bars without a cost line: %v", bars)
	}
}

func TestCostRowsSayWhatCountsAndWhy(t *testing.T) {
	st := derived(t, func(c *survey.Case) { c.Payments = c.Payments[1:] }) // half of L1 is not paid
	rows := view.CostRows(words(t), st)
	if r := rows[0]; r.State != "待核实" || r.Counted || r.Share != "—" || !strings.Contains(r.Papers, "已付 985,800.00") || !strings.Contains(r.Terms, "未付清") {
		t.Errorf("a line paid in part: %+v", r)
	}
	if n, sum := view.OpenLines(st); n != 1 || sum.Display() != "1,860,000.00" {
		t.Errorf("%d open lines of %s yuan", n, sum.Display())
	}
	rows = view.CostRows(words(t), derived(t, nil))
	if r := rows[0]; r.State != "满足" || r.Share != "372,000.00" || r.Measure != "第五条 工业大数据应用示范项目" || r.Terms != "20%，上限 2,000,000.00" {
		t.Errorf("a line that counts: %+v", r)
	}
	if r := rows[3]; r.State != "不计入" || r.Tone != view.Bad || !strings.Contains(r.Terms, "A5") {
		t.Errorf("the automation machine: %+v", r)
	}
	if f := view.CostFootOf(words(t), derived(t, nil)); f.Sum != "5,180,000.00" || f.Total != "576,000.00" {
		t.Errorf("foot = %+v", f)
	}
}

func TestAMeasureWithoutARateNeverShowsANumber(t *testing.T) {
	for _, r := range view.MeasureRows(words(t), derived(t, nil)) {
		if r.ID == "H3-1" && (!strings.Contains(r.Amount, "以当年申报通知为准") || strings.ContainsAny(r.Amount, "0123456789")) {
			t.Errorf("H3-1 shows %q", r.Amount)
		}
	}
}

func TestPlannedMoneyStaysOutOfEverySum(t *testing.T) {
	plain := derived(t, nil)
	planned := derived(t, func(c *survey.Case) {
		c.Plan.Accepted = []survey.Chosen{{Offer: "x", Title: "y", Quantity: 1, FirstYear: money.Yuan(1_000_000), PriceKind: "estimate"}}
	})
	w := words(t)
	if planned.Claims.Forecast == nil {
		t.Fatal("no forecast of planned money")
	}
	if diff := cmp.Diff(view.MoneyBars(w, plain), view.MoneyBars(w, planned)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(view.CostFootOf(w, plain), view.CostFootOf(w, planned)); diff != "" {
		t.Error(diff)
	}
}

func TestFindingsLeadToTheFieldBehindThem(t *testing.T) {
	st := derived(t, func(c *survey.Case) { c.Firm.Independent = survey.Unknown })
	jumps := map[string]bool{}
	for i := range st.Claims.Measures {
		for _, f := range view.Findings(st, &st.Claims.Measures[i]) {
			if f.Jump != "" {
				jumps[f.Jump] = true
			}
		}
	}
	for _, want := range []string{"firm.independent", "titles.cert:两化融合贯标认定", "years.2025.mainRevenue"} {
		if !jumps[want] {
			t.Errorf("nothing leads to %s", want)
		}
	}
}

func TestReviewSaysHowSureAndHowValid(t *testing.T) {
	w := words(t)
	st := derived(t, func(c *survey.Case) { c.Firm.CreditCode = "" })
	parts := view.ReviewParts(w, st)
	if len(parts) != 6 {
		t.Fatalf("%d parts", len(parts))
	}
	if p := parts[0]; p.Tone != view.Bad || p.Note == "" {
		t.Errorf("a missing credit code: %+v", p)
	}
	said, _ := json.Marshal(parts)
	for _, want := range []string{st.Assessment.RuleStatus, st.Claims.Validity} {
		if !strings.Contains(string(said), want) {
			t.Errorf("%q is not said", want)
		}
	}
	for _, p := range view.ReviewParts(w, derived(t, func(c *survey.Case) { *c = survey.Case{Schema: survey.SchemaCase, ID: c.ID} })) {
		if p.Tone == view.Good {
			t.Errorf("an empty case is done: %+v", p)
		}
	}
}

func TestConsentsAreTheSentenceItself(t *testing.T) {
	for _, kind := range []submit.Kind{submit.Application, submit.Onboarding} {
		got := view.Consents(kind, "株洲市受理处")
		if len(got) != 2 || strings.Join(got, "") != wizard.ConsentText(kind, "株洲市受理处") {
			t.Errorf("%s: %q", kind, got)
		}
	}
}

func TestParcelOfAnOnboardingRequestHoldsNoPapersOfTheFirm(t *testing.T) {
	st := derived(t, func(c *survey.Case) {
		c.Attachments = []survey.Attachment{{ID: "a", Name: "执照.png", Role: "营业执照", Size: 2048}}
	})
	files := []wizard.File{{Name: "表.pdf", Data: make([]byte, 1536)}}
	w := words(t)
	if p := view.ParcelOf(w, st, submit.Onboarding, files); len(p.Files) != 1 || len(p.Never) != 4 {
		t.Errorf("onboarding: %+v", p.Files)
	}
	if p := view.ParcelOf(w, st, submit.Application, files); len(p.Files) != 2 || p.Total != "2 个，共 3.5 KB" {
		t.Errorf("application: %+v, %s", p.Files, p.Total)
	}
}

func TestSizesAreRoundedUp(t *testing.T) {
	for n, want := range map[int64]string{0: "0.0 KB", 1: "0.1 KB", 1024: "1.0 KB", 1 << 20: "1.0 MB", 1<<20 + 1: "1.1 MB"} {
		if got := view.FileSize(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}
