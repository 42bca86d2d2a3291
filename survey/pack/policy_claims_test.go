package pack_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

const code = "91430200TESTTEST00" // belongs to nobody

// firm is a firm whose every condition and title is known, without costs.
func firm(titles ...string) *survey.Case {
	revenue := money.Yuan(46_800_000)
	c := &survey.Case{
		AsOf:    "2026-11-23",
		Firm:    survey.Firm{Name: "株洲某某有限公司", CreditCode: code, Region: "430200", Industry: "C33", VATPayer: survey.VATGeneral, Independent: survey.Yes, Dishonest: survey.No},
		Years:   []survey.Year{{Year: 2025, MainRevenue: &revenue}},
		Project: survey.Project{Name: "智能工厂", Links: []string{"生产管控"}, CoreSystem: "mes"},
		Systems: []survey.System{{ID: "mes", Name: "MES", Kind: survey.KindMES, Deployment: survey.DeployPublic, InUse: survey.Yes}},
	}
	for _, k := range titles {
		c.Titles = append(c.Titles, survey.Title{ID: k, Kind: k, Have: survey.Yes, DocNo: "〔2025〕1号"})
	}
	return c
}

// bill adds a contracted, invoiced and paid line with 6 % VAT.
func bill(c *survey.Case, id string, topic survey.Topic, net money.Fen) *survey.InvoiceLine {
	tax := money.Rate(600).Of(net)
	c.Contracts = append(c.Contracts, survey.Contract{ID: "k" + id, Number: "HT-" + id, Signed: "2026-01-10", Gross: net + tax})
	c.Invoices = append(c.Invoices, survey.Invoice{ID: "v" + id, Number: "FP-" + id, Issued: "2026-03-05", BuyerCode: code, Contract: "k" + id, Seller: "某软件公司",
		Lines: []survey.InvoiceLine{{ID: id, Item: id, Net: net, Tax: tax, Gross: net + tax, Topic: topic, Kind: survey.CostSoftware}}})
	c.Payments = append(c.Payments, survey.Payment{ID: "p" + id, Date: "2026-04-01", Amount: net + tax, Invoice: "v" + id})
	return &c.Invoices[len(c.Invoices)-1].Lines[0]
}

func compute(t *testing.T, c *survey.Case, switched ...string) subsidy.Claims {
	t.Helper()
	r := subsidy.Readings{}
	for _, s := range switched {
		id, key, _ := strings.Cut(s, ":")
		r[id] = key
	}
	return subsidy.ComputeWith(hunan(t), c, assess.Assessment{}, r)
}

func amount(f *money.Fen) string {
	if f == nil {
		return "none"
	}
	return f.String()
}

func want(t *testing.T, what string, got *money.Fen, want string) {
	t.Helper()
	if amount(got) != want {
		t.Errorf("%s: got %s, want %s", what, amount(got), want)
	}
}

var (
	all3   = []string{"selected:工业大数据应用示范", "selected:工业APP与产业化示范", "selected:工控安全试点示范"}
	fusion = []string{"list:工信部制造业与互联网融合试点示范", "list:工信部两化融合试点企业", "cert:两化融合贯标认定"}
)

func w2() *survey.Case {
	c := firm(all3...)
	bill(c, "L1", survey.TopicBigData, money.Yuan(1_860_000))
	bill(c, "L2", survey.TopicApp, money.Yuan(640_000))
	bill(c, "L3", survey.TopicSecurity, money.Yuan(380_000))
	return c
}

func TestW1ThresholdAndMissingRate(t *testing.T) {
	rate, limit := money.Rate(2000), money.Yuan(200_000)
	notice := []survey.Notice{{Measure: "H3-1", Title: "示例", Rate: &rate, Cap: &limit}}
	a := firm("selected:标杆企业")
	*a.Years[0].MainRevenue = money.Yuan(10_000_000)
	bill(a, "L1", survey.TopicCloud, money.Yuan(1_286_400))

	got := compute(t, a)
	m := got.Measure("H3-1")
	if m.Verdict != rule.Met || m.Amount != nil || m.AmountText != "金额：以当年申报通知为准" || got.Conservative.Amount != nil {
		t.Errorf("without a notice: %s %s %q", m.Verdict, amount(m.Amount), m.AmountText)
	}
	a.Notices = notice
	got = compute(t, a)
	want(t, "with a notice", got.Conservative.Amount, "200000.00")
	if got.Conservative.Capital != "贰拾万元整" || got.Filing != "H3-1" {
		t.Errorf("got %s under %s", got.Conservative.Capital, got.Filing)
	}
	*a.Years[0].MainRevenue--
	got = compute(t, a)
	m = got.Measure("H3-1")
	want(t, "one fen below", got.Conservative.Amount, "none")
	if len(got.IfSelected.Parts) == 1 && got.IfSelected.Parts[0].Measure == "H3-1" {
		t.Error("one fen below: H3-1 stands as 若入选")
	}
	if m.Verdict != rule.Open || !strings.Contains(m.AmountText, "不在重点支持范围") || m.Amount != nil {
		t.Errorf("one fen below: %s %q", m.Verdict, m.AmountText)
	}
	if text := fmt.Sprint(got); strings.Contains(text, "不符合") {
		t.Error("the words 不符合 stand in the result")
	}
}

func TestW2OneFileBeatsThreeOfTheSameSum(t *testing.T) {
	got := compute(t, w2())
	want(t, "headline", got.Conservative.Amount, "576000.00")
	want(t, "disjoint", got.Disjoint.Amount, "576000.00")
	if got.Filing != "H5-1" || len(got.Disjoint.Parts) != 1 || got.Conservative.Capital != "伍拾柒万陆仟元整" || !strings.Contains(got.Disjoint.Note, "须经主管部门确认") {
		t.Errorf("got %s, %+v", got.Filing, got.Disjoint)
	}
	if len(got.Others) != 1 || len(got.Others[0].Parts) != 3 {
		t.Fatalf("the three files are not kept visible: %+v", got.Others)
	}
	want(t, "three files", got.Others[0].Amount, "576000.00")
	for i, s := range []string{"372000.00", "128000.00", "76000.00"} {
		want(t, "part", &got.Others[0].Parts[i].Amount, s)
		want(t, "share of the line", got.Lines[i].Amount, s)
	}
	if r := got.Lines[0].Reason; !strings.Contains(r, "政策第五条（P5.3") || !strings.Contains(r, "HT-L1") || !strings.Contains(r, "FP-L1") || !strings.Contains(r, "372,000.00") {
		t.Errorf("the reason does not lead from the clause to the sum: %s", r)
	}
}

func TestW2TheFiveAxisMachineStaysOutOfTheHeadline(t *testing.T) {
	c := w2()
	machine := bill(c, "M1", survey.TopicBigData, money.Yuan(2_300_000))
	machine.Kind, machine.Automation = survey.CostEquipment, survey.Yes
	got := compute(t, c)
	want(t, "headline", got.Conservative.Amount, "576000.00")
	for _, r := range got.Readings {
		if r.ID == "A5" {
			want(t, "wide reading", r.OtherAmount, "1036000.00")
		}
	}
	want(t, "switched to wide", compute(t, c, "A5:wide").Conservative.Amount, "1036000.00")
	machine.Automation = survey.Unknown
	got = compute(t, c)
	want(t, "unsettled machine", got.Conservative.Amount, "576000.00")
	want(t, "另有", &got.Measure("H5-1").Open, "2300000.00")
}

func TestW3ShareOrFlatSum(t *testing.T) {
	for _, tt := range []struct {
		project             money.Fen
		best, filing, total string
	}{
		{money.Yuan(7_350_000), "1470000.00", "H4-1", "1970000.00"},
		{money.Yuan(2_400_000), "500000.00", "H4-2", "980000.00"},
		{money.Yuan(2_500_000), "500000.00", "H4-1", "1000000.00"}, // break-even: equal sums, fewer papers missing
		{money.Yuan(2_500_000) - 5, "500000.00", "H4-2", "999999.99"},
		{money.Yuan(2_500_000) + 5, "500000.01", "H4-1", "1000000.01"},
		{money.Yuan(10_000_000), "2000000.00", "H4-1", "2500000.00"},
		{money.Yuan(10_000_000) + 5, "2000000.00", "H4-1", "2500000.00"},
		{money.Yuan(10_000_000) - 5, "1999999.99", "H4-1", "2499999.99"},
	} {
		c := firm(fusion...)
		bill(c, "L1", survey.TopicFusion, tt.project)
		got := compute(t, c)
		want(t, tt.project.String(), got.Conservative.Amount, tt.best)
		want(t, tt.project.String()+" disjoint", got.Disjoint.Amount, tt.total)
		if got.Filing != tt.filing {
			t.Errorf("%s: filed under %s, want %s", tt.project, got.Filing, tt.filing)
		}
		want(t, "the losing sum stays visible", got.Measure("H4-2").Amount, "500000.00")
	}
}

func TestPlannedMoneyEntersNothingButTheForecast(t *testing.T) {
	plain := w2()
	before := compute(t, plain)
	plain.Plan.Accepted = []survey.Chosen{{Offer: "o", Title: "云 MES", Quantity: 1, FirstYear: money.Yuan(9_000_000)}}
	after := compute(t, plain)
	if d := cmp.Diff(before, after, cmpopts.IgnoreFields(subsidy.Claims{}, "Forecast")); d != "" {
		t.Errorf("planned money changed the claims:\n%s", d)
	}
	if after.Forecast == nil || after.Forecast.Planned != money.Yuan(9_000_000) || after.Forecast.Amount != nil || !strings.Contains(after.Forecast.Text, "以当年申报通知为准") {
		t.Errorf("forecast: %+v", after.Forecast)
	}
	if got := len(subsidy.ExpensesOf(plain, nil)); got != 3 {
		t.Errorf("%d cost lines, want 3", got)
	}
}

func TestLinesThatDoNotCount(t *testing.T) {
	for name, tt := range map[string]struct {
		change     func(*survey.Case)
		state      rule.Verdict
		base, open string
	}{
		"counts":                  {func(*survey.Case) {}, rule.Met, "2880000.00", "0.00"},
		"aid already granted":     {func(c *survey.Case) { c.Aids = []survey.Aid{{ID: "a", Programme: "技改", Lines: []string{"L2"}}} }, rule.NotMet, "2240000.00", "0.00"},
		"not contracted":          {func(c *survey.Case) { c.Invoices[1].Contract = "" }, rule.Open, "2240000.00", "640000.00"},
		"contract without number": {func(c *survey.Case) { c.Contracts[1].Number = "" }, rule.Open, "2240000.00", "640000.00"},
		"no invoice number":       {func(c *survey.Case) { c.Invoices[1].Number = "" }, rule.Open, "2240000.00", "640000.00"},
		"another buyer":           {func(c *survey.Case) { c.Invoices[1].BuyerCode = "91430200OTHEROTHER" }, rule.NotMet, "2240000.00", "0.00"},
		"buyer unknown":           {func(c *survey.Case) { c.Invoices[1].BuyerCode = "" }, rule.Open, "2240000.00", "640000.00"},
		"one fen unpaid":          {func(c *survey.Case) { c.Payments[1].Amount-- }, rule.Open, "2240000.00", "640000.00"},
		"paid tomorrow":           {func(c *survey.Case) { c.Payments[1].Date = "2026-11-24" }, rule.Open, "2240000.00", "640000.00"},
		"paid on no day":          {func(c *survey.Case) { c.Payments[1].Date = "" }, rule.Open, "2240000.00", "640000.00"},
		"invoiced tomorrow":       {func(c *survey.Case) { c.Invoices[1].Issued = "2026-11-24" }, rule.Open, "2240000.00", "640000.00"},
		"net and tax are not gross": {func(c *survey.Case) {
			c.Invoices[1].Lines[0].Tax++
		}, rule.Open, "2240000.00", "640000.00"},
		"doubled line id":     {func(c *survey.Case) { c.Invoices[1].Lines = append(c.Invoices[1].Lines, c.Invoices[1].Lines[0]) }, rule.Open, "2240000.00", "1280000.00"},
		"red letter":          {func(c *survey.Case) { c.Invoices[1].Lines[0].Gross *= -1 }, rule.NotMet, "2240000.00", "0.00"},
		"aid without lines":   {func(c *survey.Case) { c.Aids = []survey.Aid{{ID: "a", Programme: "技改", Project: "另一项目"}} }, rule.Met, "2880000.00", "0.00"},
		"kind and mark open":  {func(c *survey.Case) { c.Invoices[1].Lines[0].Kind = "" }, rule.Open, "2240000.00", "640000.00"},
		"paid under contract": {func(c *survey.Case) { c.Payments[1].Invoice, c.Payments[1].Contract = "", "kL2" }, rule.Met, "2880000.00", "0.00"},
	} {
		c := w2()
		tt.change(c)
		got := compute(t, c)
		m := got.Measure("H5-1")
		if got.Lines[1].State != tt.state || m.Base.String() != tt.base || m.Open.String() != tt.open || got.Lines[1].Reason == "" {
			t.Errorf("%s: %s, base %s, open %s (%s)", name, got.Lines[1].State, m.Base, m.Open, got.Lines[1].Reason)
		}
	}
	c := w2()
	c.Aids = []survey.Aid{{ID: "a", Programme: "技改", Project: "智能工厂", Amount: money.Yuan(1)}}
	want(t, "aid for the same project without lines", compute(t, c).Conservative.Amount, "none")
	c = w2()
	bill(c, "R", survey.TopicBigData, money.Yuan(-100))
	want(t, "a red letter without contract partner", compute(t, c).Conservative.Amount, "576000.00")
	c.Invoices[3].Contract = "kL1"
	want(t, "a red letter on the contract of L1", compute(t, c).Measure("H5-1").Amount, "none")
}

func TestVATBaseFollowsTheTaxpayer(t *testing.T) {
	for payer, tt := range map[survey.VATPayer]struct{ amount, word string }{
		survey.VATGeneral: {"576000.00", "不含税"}, survey.VATSmall: {"610560.00", "含税"}, "": {"576000.00", "取较低口径"},
	} {
		c := w2()
		c.Firm.VATPayer = payer
		got := compute(t, c)
		want(t, string(payer), got.Conservative.Amount, tt.amount)
		if !strings.Contains(got.VATBase, tt.word) || (payer == "") != strings.Contains(strings.Join(got.Warnings, ""), "纳税人类型") {
			t.Errorf("%q: %s, %v", payer, got.VATBase, got.Warnings)
		}
	}
	want(t, "switched to 含税", compute(t, w2(), "VAT:gross").Conservative.Amount, "610560.00")
}

func TestUnknownFactsYieldNoHeadline(t *testing.T) {
	for name, forget := range map[string]func(*survey.Case){
		"region":      func(c *survey.Case) { c.Firm.Region = "" },
		"independent": func(c *survey.Case) { c.Firm.Independent = survey.Unknown },
		"dishonest":   func(c *survey.Case) { c.Firm.Dishonest = survey.Unknown },
		"titles":      func(c *survey.Case) { c.Titles = nil },
		"everything": func(c *survey.Case) {
			*c = survey.Case{Invoices: c.Invoices, Contracts: c.Contracts, Payments: c.Payments}
		},
	} {
		c := w2()
		forget(c)
		got := compute(t, c)
		want(t, name, got.Conservative.Amount, "none")
		want(t, name+" disjoint", got.Disjoint.Amount, "none")
		if got.Validity != "政策文本无文号、无日期，是否仍有效须核实" || len(got.Measures) != 11 || len(got.Cards) == 0 {
			t.Errorf("%s: validity %q, %d measures", name, got.Validity, len(got.Measures))
		}
	}
	got := compute(t, &survey.Case{})
	for _, m := range got.Measures {
		if m.Verdict == rule.Met || len(m.Titles) > 0 && m.TitlesHeld == rule.Met {
			t.Errorf("%s is met in an empty case", m.ID)
		}
	}
}

func TestMissingTitlesStandApart(t *testing.T) {
	c := w2()
	c.Titles = nil
	got := compute(t, c)
	want(t, "headline", got.Conservative.Amount, "none")
	want(t, "if selected", got.IfSelected.Amount, "576000.00")
	if m := got.Measure("H5-1"); !m.IfTitled || m.TitlesHeld != rule.Open || !strings.Contains(m.Titles[0].Needed, "省工业和信息化厅") {
		t.Errorf("H5-1: %+v", m.Titles)
	}
	c = w2()
	c.Project.Measure = "H8-1"
	got = compute(t, c)
	if got.Filing != "H8-1" || !strings.Contains(strings.Join(got.Warnings, ""), "不是就高结果") {
		t.Errorf("the person's choice: %s, %v", got.Filing, got.Warnings)
	}
}

func TestANoticeHoldsDownAndWindows(t *testing.T) {
	rate, limit := money.Rate(1000), money.Yuan(100_000)
	c := w2()
	c.Notices = []survey.Notice{{Measure: "H5-1", Title: "当年", Rate: &rate, Cap: &limit, From: "2026-01-01", To: "2026-12-31"}}
	want(t, "lower rate and cap", compute(t, c).Measure("H5-1").Amount, "100000.00")
	c.Notices[0].From = "2026-03-06"
	want(t, "invoices before the window", compute(t, c).Measure("H5-1").Amount, "none")
	rate = money.MaxRate
	c.Notices = []survey.Notice{{Measure: "H5-1", Rate: &rate}}
	want(t, "a higher rate than the text allows", compute(t, c).Measure("H5-1").Amount, "576000.00")
}

func TestRandomCasesKeepTheRules(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	titles := append(append([]string{"selected:标杆企业", "selected:企业级工业互联网平台示范", "role:行业龙头企业", "list:工信部试点示范"}, all3...), fusion...)
	p := hunan(t)
	for n := range 300 {
		var held []string
		for _, k := range titles {
			if r.IntN(2) == 0 {
				held = append(held, k)
			}
		}
		c := firm(held...)
		for i := range r.IntN(9) {
			l := bill(c, fmt.Sprint("L", i), survey.TopicNames[r.IntN(len(survey.TopicNames))].Value, money.Fen(r.Int64N(1_000_000_000)+1))
			l.Automation = survey.Tri(r.IntN(3))
			if r.IntN(4) == 0 {
				c.Payments[i].Amount /= 2
			}
			if r.IntN(6) == 0 {
				c.Aids = append(c.Aids, survey.Aid{ID: l.ID, Programme: "x", Lines: []string{l.ID}})
			}
		}
		holdRules(t, n, subsidy.Compute(p, c, assess.Assessment{}))
	}
}

func holdRules(t *testing.T, n int, got subsidy.Claims) {
	t.Helper()
	for _, m := range got.Measures {
		if m.Amount != nil && m.Cap != nil && *m.Amount > *m.Cap {
			t.Fatalf("%d: %s gives %s above its cap", n, m.ID, m.Amount)
		}
	}
	used := map[string]bool{}
	for _, part := range got.Disjoint.Parts {
		for _, line := range part.Lines {
			if used[line] {
				t.Fatalf("%d: line %s is used twice", n, line)
			}
			used[line] = true
		}
	}
	var shares, headline money.Fen
	for _, l := range got.Lines {
		if l.Amount != nil {
			shares += *l.Amount
		}
		if (l.State != rule.Met || l.Expense.AidBy != "") && (used[l.Expense.Line] || l.Amount != nil) {
			t.Fatalf("%d: line %s (%s) is in a total", n, l.Expense.Line, l.State)
		}
	}
	if got.Conservative.Amount != nil {
		headline = *got.Conservative.Amount
		if got.Disjoint.Amount == nil || *got.Disjoint.Amount < headline {
			t.Fatalf("%d: disjoint %s below headline %s", n, amount(got.Disjoint.Amount), headline)
		}
	}
	if len(got.Conservative.Parts) == 1 && len(got.Conservative.Parts[0].Lines) > 0 && shares != headline {
		t.Fatalf("%d: the lines' shares add up to %s, the headline is %s", n, shares, headline)
	}
}
