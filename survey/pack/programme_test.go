package pack_test

import (
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

func policy(t testing.TB, ref string) *subsidy.Policy {
	t.Helper()
	all, err := shippedPolicies()
	if err != nil {
		t.Fatal(err)
	}
	p := subsidy.Find(all, ref)
	if p == nil {
		t.Fatalf("no pack %s", ref)
	}
	return p
}

func TestPacksAreFoundByRegionTheProvinceFirst(t *testing.T) {
	all, err := shippedPolicies()
	if err != nil {
		t.Fatal(err)
	}
	for region, want := range map[string]string{
		"430100": "hunan-text-v1 changsha-match-2021 changsha-pilot-2025", "430200": "hunan-text-v1 zhuzhou-pilot-2025", "430300": "hunan-text-v1",
		"420100": "hubei-voucher-2025 wuhan-pilot-2025", "520100": "guizhou-voucher", "320500": "jiangsu-star", "110000": "", "": "",
	} {
		var got []string
		for _, p := range subsidy.For(all, region) {
			got = append(got, p.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %v, want %s", region, got, want)
		}
	}
	newer := *policy(t, "hunan-text-v1")
	newer.Version = 2
	both := append(all, &newer)
	if subsidy.Find(both, "hunan-text-v1") != &newer || subsidy.Find(both, "hunan-text-v1@1").Version != 1 || subsidy.For(both, "430300")[0] != &newer {
		t.Error("the newest version does not lead, or the old one is not found by its version")
	}
}

// TestNoFigureOfASecondarySourceStandsUnmarked: every amount computed from secondary figures says 待核实, and so does its validity.
func TestNoFigureOfASecondarySourceStandsUnmarked(t *testing.T) {
	all, err := shippedPolicies()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, p := range all {
		for i := range p.Examples {
			x := &p.Examples[i]
			for _, m := range subsidy.Compute(p, x.Case(), assess.Assessment{Edition: "x", Level: x.Level}).Measures {
				if m.Amount == nil || m.Unverified == "" {
					continue
				}
				seen++
				if !strings.Contains(m.AmountText, "待核实") || !strings.Contains(p.Validity, "待核实") || !strings.HasPrefix(m.Sentence, "（根据二手来源归纳") {
					t.Errorf("%s %s: %s, %s", p.ID, m.ID, m.AmountText, m.Sentence)
				}
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d amounts were seen", seen)
	}
}

func TestProgrammesAreExclusiveUnlessOneCallsItselfMatching(t *testing.T) {
	all, err := shippedPolicies()
	if err != nil {
		t.Fatal(err)
	}
	c := firm("list:工信部试点示范")
	c.Firm.Region = "430100"
	bill(c, "L1", survey.TopicRegional, money.Yuan(3_000_000))
	got := subsidy.Programmes(all, policy(t, "hunan-text-v1"), c, assess.Assessment{})
	if len(got) != 3 || !got[0].Chosen || amount(got[0].Amount) != "900000.00" {
		t.Fatalf("got %+v", got)
	}
	if m := got[1]; m.Relation != subsidy.Matching || amount(m.Amount) != "600000.00" || !strings.Contains(m.Text, "另计 600,000.00 元") {
		t.Errorf("the matching programme: %+v", m)
	}
	if m := got[2]; m.Relation != subsidy.Exclusive || m.Amount != nil || !strings.Contains(m.Text, "只能申报一处") {
		t.Errorf("the exclusive programme: %+v", m)
	}
	// money of the province leaves the line free for the programme that calls itself 配套, and for no other
	c.Aids = []survey.Aid{{ID: "a", Year: 2026, Programme: "制造强省专项资金", Lines: []string{"L1"}, Amount: money.Yuan(900_000)}}
	if k := subsidy.Compute(policy(t, "changsha-match-2021"), c, assess.Assessment{}); amount(k.Conservative.Amount) != "600000.00" {
		t.Errorf("配套 after the province paid: %s", amount(k.Conservative.Amount))
	}
	other := *policy(t, "changsha-match-2021")
	other.Relations = []subsidy.Relation{other.Relations[0]}
	other.Relations[0].Kind = subsidy.Exclusive
	if k := subsidy.Compute(&other, c, assess.Assessment{}); k.Conservative.Amount != nil {
		t.Errorf("a programme that is not 配套 pays a line that the province paid: %s", amount(k.Conservative.Amount))
	}
	if k := subsidy.Compute(policy(t, "hunan-text-v1"), c, assess.Assessment{}); k.Conservative.Amount != nil {
		t.Errorf("the province pays the same line twice: %s", amount(k.Conservative.Amount))
	}
}

func TestCompareShowsWhatANewPackChanges(t *testing.T) {
	old := policy(t, "hunan-text-v1")
	next := *old
	next.Version, next.Measures = 2, append([]subsidy.Measure{}, old.Measures...)
	for i := range next.Measures {
		if next.Measures[i].ID == "H5-1" {
			rate, limit := money.Rate(1000), money.Yuan(100_000)
			next.Measures[i].Rate, next.Measures[i].Cap, next.Measures[i].Titles = &rate, &limit, nil
		}
	}
	next.Measures = append(next.Measures[1:], subsidy.Measure{ID: "N", Name: "新条款", Kind: subsidy.KindExternal, Paragraph: "P1.1"})
	x := subsidy.Compare(old, &next, w2(), assess.Assessment{})
	if x.Old != "hunan-text-v1@1" || x.New != "hunan-text-v1@2" || amount(x.Before) != "576000.00" || amount(x.After) != "128000.00" {
		t.Errorf("got %s → %s", amount(x.Before), amount(x.After))
	}
	rows := map[string]string{}
	for _, r := range x.Rows {
		rows[r.Measure] = strings.Join(r.What, "；")
	}
	if len(rows) != 3 || rows["H1-1"] != "取消" || rows["N"] != "新增" || rows["H5-1"] != "比例：20% → 10%；上限：2,000,000.00 元 → 100,000.00 元；不再要求：工业大数据应用示范项目" {
		t.Errorf("rows: %v", rows)
	}
	if again := subsidy.Compare(old, old, w2(), assess.Assessment{}); len(again.Rows) != 0 {
		t.Errorf("a pack differs from itself: %+v", again.Rows)
	}
}

func TestWhatSettlesAConditionWithIssuerAndTime(t *testing.T) {
	days := 30
	p := *policy(t, "hunan-text-v1")
	p.Titles = append([]subsidy.TitleDef{}, p.Titles...)
	for i := range p.Titles {
		if p.Titles[i].Key == "selected:工业大数据应用示范" {
			p.Titles[i].Days = &days
		}
	}
	c := w2()
	c.Titles, c.Firm.Dishonest = nil, survey.Unknown
	c.Notices = []survey.Notice{{Measure: "H5-1", Title: "当年", Due: "2026-12-31"}}
	for due, tt := range map[survey.Date]struct {
		in   rule.Verdict
		says string
	}{
		"2026-12-31": {rule.Met, "距 2026年12月31日 截止还有 38 天"}, "2026-12-20": {rule.NotMet, "来不及"}, "2026-11-01": {rule.NotMet, "已于 2026年11月1日 截止"},
		"": {rule.Open, "申报截止日待核实"},
	} {
		c.Notices[0].Due = due
		got := subsidy.Compute(&p, c, assess.Assessment{}).Measure("H5-1").Settle
		if len(got) != 2 {
			t.Fatalf("%q: %+v", due, got)
		}
		credit, title := got[0], got[1]
		if credit.Issuer != "税务机关、信用中国" || credit.Days != nil || !strings.Contains(credit.Text, "办理时间待核实") || credit.InTime == rule.Met {
			t.Errorf("%q: the credit report: %+v", due, credit)
		}
		if title.InTime != tt.in || !strings.Contains(title.Text, "约需 30 天") || !strings.Contains(title.Text, tt.says) {
			t.Errorf("%q: the title: %s %s", due, title.InTime, title.Text)
		}
	}
}

func TestPaidOrContractedIsASwitch(t *testing.T) {
	c := w2()
	c.Payments[0].Amount /= 2 // L1, 1,860,000.00 net, is half paid
	for choice, want := range map[string]string{"VAT:auto": "none", "PAID:paid": "none", "PAID:part": "390000.00", "PAID:contract": "576000.00"} {
		if got := amount(compute(t, c, choice).Measure("H5-1").Amount); got != want {
			t.Errorf("%s: got %s, want %s", choice, got, want)
		}
	}
	cloud := firm("selected:标杆企业")
	bill(cloud, "L1", survey.TopicCloud, money.Yuan(100_000))
	cloud.Payments = nil
	rate := money.Rate(2000)
	cloud.Notices = []survey.Notice{{Measure: "H3-1", Title: "当年", Rate: &rate}}
	if got := compute(t, cloud, "PAID:contract").Measure("H3-1"); got.Amount != nil || got.Open != money.Yuan(100_000) {
		t.Errorf("实际发生费用 counts what is not paid: %s, open %s", amount(got.Amount), got.Open)
	}
	c.Project.Readings = []string{"PAID:contract"}
	if got := subsidy.Compute(hunan(t), c, assess.Assessment{}); amount(got.Conservative.Amount) != "576000.00" {
		t.Errorf("the switch kept in the case is not followed: %s", amount(got.Conservative.Amount))
	}
}
