package apply_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestWholeCaseHasNothingAgainstIt(t *testing.T) {
	a := apply.Fill(whole())
	if a.Must() {
		t.Errorf("checks %+v, missing %+v", a.Checks, a.Missing)
	}
	for key, want := range map[string]string{
		"cost.gross": "3,052,800.00", "cost.grossWan": "305.28", "cost.net": "2,880,000.00", "cost.software": "2,650,000.00", "cost.service": "402,800.00", "cost.paid": "3,052,800.00",
		"claim.amount": "576,000.00", "claim.amountWan": "57.60", "claim.capital": "人民币伍拾柒万陆仟元整", "year.mainRevenue": "4680.00", "firm.region": "株洲市（430200）",
		"cover.date": "2026年11月23日", "firm.founded": "2012年3月5日", "maturity.score": "52.375", "cover.office": "株洲市天元区工业和信息化主管部门", "cover.number": "SB-444455556666-R1",
	} {
		if got := value(a, key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	notes := strings.Join(a.Notes, "")
	for _, want := range []string{"是否仍有效须核实", "二手来源", "测算上限", "向下截取"} {
		if !strings.Contains(notes, want) {
			t.Errorf("the notes do not say %s", want)
		}
	}
}

func TestPlannedMoneyNeverEnters(t *testing.T) {
	in := whole()
	before := apply.Fill(in)
	planned := subsidy.Expense{Line: "plan1", Title: "规划中的物联平台", Supplier: "甲云", Contract: "C9", Invoice: "I9", Kind: "software", Net: money.Yuan(87_654), Gross: money.Yuan(87_654), Paid: money.Yuan(87_654), Planned: true}
	in.Claims.Lines = append(in.Claims.Lines, subsidy.LineClaim{Expense: planned})
	in.Claims.Forecast = &subsidy.Forecast{Planned: money.Yuan(87_654), Text: "预测"}
	after := apply.Fill(in)
	for _, key := range []string{"cost.gross", "cost.net", "cost.software", "cost.paid", "claim.amount", "claim.base"} {
		if value(before, key) != value(after, key) {
			t.Errorf("%s changed from %s to %s", key, value(before, key), value(after, key))
		}
	}
	request, err := apply.RequestJSON(in, after)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{text(t, after), string(request)} {
		for _, bad := range []string{"规划中的物联平台", "87,654", "87654", "98765", "98,765"} {
			if strings.Contains(s, bad) {
				t.Errorf("planned %s stands in the form or request", bad)
			}
		}
	}
}

func TestOnlyContractedInvoicedAndPaidLinesEnter(t *testing.T) {
	for name, change := range map[string]func(*subsidy.Expense){
		"planned": func(e *subsidy.Expense) { e.Planned = true }, "no contract": func(e *subsidy.Expense) { e.Contract = "" },
		"no invoice": func(e *subsidy.Expense) { e.Invoice = "" }, "unpaid": func(e *subsidy.Expense) { e.Paid = 0 },
	} {
		in := whole()
		change(&in.Claims.Lines[0].Expense)
		a := apply.Fill(in)
		if got := value(a, "cost.net"); got != "1,020,000.00" {
			t.Errorf("%s: net is %s", name, got)
		}
		if _, told := codes(a)["hint line-left-out invoices.iL1.lines.L1"]; told == (name == "planned") {
			t.Errorf("%s: told %v", name, told)
		}
	}
}

func TestMeasureWithoutRateComputesNoNumber(t *testing.T) {
	in := whole()
	in.Case.Project.Measure = "H3-1"
	a := apply.Fill(in)
	for _, key := range []string{"claim.amount", "claim.amountWan", "claim.capital"} {
		if got := value(a, key); got != "以当年申报通知为准" {
			t.Errorf("%s is %q", key, got)
		}
	}
	if a.Must() {
		t.Errorf("%+v %+v", a.Checks, a.Missing)
	}
}

func TestTitleNotHeldKeepsTheAmountApart(t *testing.T) {
	in := whole()
	in.Claims.Measures[0].IfTitled = true
	in.Claims.IfSelected, in.Claims.Conservative = in.Claims.Conservative, subsidy.Total{}
	a := apply.Fill(in)
	if got := value(a, "claim.amount"); strings.ContainsAny(got, "0123456789") {
		t.Errorf("the amount is %q", got)
	}
	if got := value(a, "claim.ifSelected"); got != "若入选：576,000.00 元" {
		t.Errorf("apart stands %q", got)
	}
}

func TestEmptyCaseNamesEveryRequiredFieldOnce(t *testing.T) {
	a := apply.Fill(apply.Input{Case: &survey.Case{ID: "x"}})
	jumps := map[string]int{}
	for _, c := range a.Checks {
		if c.Code == "required" {
			jumps[c.Jump]++
			if c.Level != apply.LevelMust || c.Clause == "" {
				t.Errorf("%+v", c)
			}
		}
	}
	for _, want := range []string{"firm.name", "firm.creditCode", "firm.region", "firm.county", "firm.contact.phone", "project.name", "project.links"} {
		if jumps[want] != 1 {
			t.Errorf("%s is named %d times", want, jumps[want])
		}
	}
	if !a.Must() || len(a.Missing) == 0 {
		t.Error("an empty case could be sent")
	}
}

func TestFieldsAreAClosedListWithUniqueKeys(t *testing.T) {
	for kind, fill := range map[string]func(apply.Input) apply.Application{apply.KindApplication: apply.Fill, apply.KindOnboarding: apply.FillOnboarding} {
		var specs, got []string
		seen := map[string]bool{}
		for _, f := range apply.Fields(kind) {
			if seen[f.Key] {
				t.Errorf("%s: %s stands twice", kind, f.Key)
			}
			seen[f.Key] = true
			specs = append(specs, f.Key)
		}
		for _, s := range fill(whole()).Sections {
			for _, f := range s.Fields {
				got = append(got, f.Key)
			}
			for _, tab := range s.Tables {
				for _, r := range append(tab.Rows, tab.Columns) {
					if len(r) != len(tab.Keys) || len(tab.Columns) != len(tab.Keys) || len(tab.Right) > len(tab.Keys) {
						t.Errorf("%s: table %s has rows of %d and %d keys", kind, tab.Key, len(r), len(tab.Keys))
					}
				}
			}
		}
		if strings.Join(specs, " ") != strings.Join(got, " ") {
			t.Errorf("%s: the form holds\n%v\nthe dictionary\n%v", kind, got, specs)
		}
	}
}
