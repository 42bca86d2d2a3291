package survey_test

import (
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// bounds repeats the rule's table as the rule prints it: people, and 万元 of revenue and assets, for 大型, 中型, 小型.
// -1 is a measure that the trade does not use.
var bounds = []struct {
	trade                  survey.SizeTrade
	staff, revenue, assets [3]int64
}{
	{survey.TradeFarming, unused, [3]int64{20000, 500, 50}, unused},
	{survey.TradeIndustry, [3]int64{1000, 300, 20}, [3]int64{40000, 2000, 300}, unused},
	{survey.TradeBuilding, unused, [3]int64{80000, 6000, 300}, [3]int64{80000, 5000, 300}},
	{survey.TradeWholesale, [3]int64{200, 20, 5}, [3]int64{40000, 5000, 1000}, unused},
	{survey.TradeRetail, [3]int64{300, 50, 10}, [3]int64{20000, 500, 100}, unused},
	{survey.TradeTransport, [3]int64{1000, 300, 20}, [3]int64{30000, 3000, 200}, unused},
	{survey.TradeStorage, [3]int64{200, 100, 20}, [3]int64{30000, 1000, 100}, unused},
	{survey.TradePost, [3]int64{1000, 300, 20}, [3]int64{30000, 2000, 100}, unused},
	{survey.TradeLodging, [3]int64{300, 100, 10}, [3]int64{10000, 2000, 100}, unused},
	{survey.TradeCatering, [3]int64{300, 100, 10}, [3]int64{10000, 2000, 100}, unused},
	{survey.TradeTelecom, [3]int64{2000, 100, 10}, [3]int64{100000, 1000, 100}, unused},
	{survey.TradeSoftware, [3]int64{300, 100, 10}, [3]int64{10000, 1000, 50}, unused},
	{survey.TradeRealEstate, unused, [3]int64{200000, 1000, 100}, [3]int64{10000, 5000, 2000}},
	{survey.TradeProperty, [3]int64{1000, 300, 100}, [3]int64{5000, 1000, 500}, unused},
	{survey.TradeLeasing, [3]int64{300, 100, 10}, unused, [3]int64{120000, 8000, 100}},
	{survey.TradeOther, [3]int64{300, 100, 10}, unused, unused},
}

var (
	unused  = [3]int64{-1, -1, -1}
	classes = []survey.SizeClass{survey.SizeLarge, survey.SizeMedium, survey.SizeSmall, survey.SizeMicro}
)

func wan(n int64) *money.Fen {
	f := money.Yuan(n * 10000)
	return &f
}

func TestEveryTradeHoldsItsBoundsExactly(t *testing.T) {
	if len(bounds) != 16 || len(survey.SizeTrades()) != 16 {
		t.Fatalf("%d bounds for %d trades, want 16", len(bounds), len(survey.SizeTrades()))
	}
	for _, b := range bounds {
		for i, class := range classes[:3] {
			staff, revenue, assets := figures(b.staff[i], b.revenue[i], b.assets[i])
			check(t, b.trade, staff, revenue, assets, class)
			if b.staff[i] >= 0 {
				less := *staff - 1
				check(t, b.trade, &less, revenue, assets, classes[i+1])
			}
			if b.revenue[i] >= 0 {
				less := *revenue - 1
				check(t, b.trade, staff, &less, assets, classes[i+1])
			}
			if b.assets[i] >= 0 {
				less := *assets - 1
				check(t, b.trade, staff, revenue, &less, classes[i+1])
			}
		}
	}
}

// figures leaves out what the trade does not use, which proves that nobody asks for it.
func figures(staff, revenue, assets int64) (s *int, r, a *money.Fen) {
	if staff >= 0 {
		n := int(staff)
		s = &n
	}
	if revenue >= 0 {
		r = wan(revenue)
	}
	if assets >= 0 {
		a = wan(assets)
	}
	return s, r, a
}

func check(t *testing.T, trade survey.SizeTrade, staff *int, revenue, assets *money.Fen, want survey.SizeClass) {
	t.Helper()
	got, reason := survey.ClassifySize(trade, staff, revenue, assets)
	if got != want || !strings.Contains(reason, "为"+want.Chinese()+"企业") {
		t.Errorf("%s: got %s (%s), want %s", trade, got, reason, want)
	}
}

func TestIndustryExamples(t *testing.T) {
	for _, tt := range []struct {
		staff   int
		revenue money.Fen
		want    survey.SizeClass
		says    string
	}{
		{300, money.Yuan(19999900), survey.SizeSmall, "营业收入 1999.99万元；达到小型下限（从业人员≥20人且营业收入≥300万元）；未达到中型下限（营业收入＜2000万元）"},
		{19, money.Yuan(100000000), survey.SizeMicro, "未达到小型下限（从业人员＜20人）"},
		{1000, money.Yuan(399990000), survey.SizeMedium, "营业收入＜40000万元"},
		{1000, money.Yuan(400000000), survey.SizeLarge, "达到大型下限（从业人员≥1000人且营业收入≥40000万元），为大型企业"},
		{20, money.Yuan(3000000), survey.SizeSmall, "工信部联企业〔2011〕300号（工业）"},
		{300, money.Yuan(20000000) - 1, survey.SizeSmall, "1999.999999万元"},
		{0, 0, survey.SizeMicro, "从业人员＜20人，营业收入＜300万元"},
	} {
		got, reason := survey.ClassifySize(survey.TradeIndustry, &tt.staff, &tt.revenue, nil)
		if got != tt.want || !strings.Contains(reason, tt.says) {
			t.Errorf("%d人/%s: got %s (%s), want %s with %q", tt.staff, tt.revenue, got, reason, tt.want, tt.says)
		}
	}
}

func TestMissingFiguresLeaveTheClassOpenUnlessOneDecides(t *testing.T) {
	few, many, negative := 19, 500, -1
	for _, tt := range []struct {
		trade   survey.SizeTrade
		staff   *int
		revenue *money.Fen
		want    survey.SizeClass
		says    string
	}{
		{survey.TradeIndustry, nil, nil, survey.SizeUndetermined, "缺少从业人员、营业收入"},
		{survey.TradeIndustry, &many, nil, survey.SizeUndetermined, "缺少营业收入"},
		{survey.TradeIndustry, nil, wan(90000), survey.SizeUndetermined, "缺少从业人员"},
		{survey.TradeIndustry, &few, nil, survey.SizeMicro, "从业人员 19人"},
		{survey.TradeIndustry, nil, wan(299), survey.SizeMicro, "营业收入 299万元"},
		{survey.TradeIndustry, &negative, wan(299), survey.SizeUndetermined, "不能为负数"},
		{"", &many, wan(90000), survey.SizeUndetermined, "请先选择行业"},
		{"unheard", &many, wan(90000), survey.SizeUndetermined, "请先选择行业"},
	} {
		got, reason := survey.ClassifySize(tt.trade, tt.staff, tt.revenue, nil)
		if got != tt.want || !strings.Contains(reason, tt.says) {
			t.Errorf("%s: got %q (%s), want %q with %q", tt.trade, got, reason, tt.want, tt.says)
		}
	}
}

func TestTradeFollowsFromTheIndustryCode(t *testing.T) {
	for code, want := range map[string]survey.SizeTrade{
		"C13": survey.TradeIndustry, "C43": survey.TradeIndustry, "3392": survey.TradeIndustry, "B": survey.TradeIndustry, "06": survey.TradeIndustry,
		"D44": survey.TradeIndustry, "46": survey.TradeIndustry, "A01": survey.TradeFarming, "E47": survey.TradeBuilding, "51": survey.TradeWholesale,
		"F5212": survey.TradeRetail, "54": survey.TradeTransport, "591": survey.TradeTransport, "5920": survey.TradeStorage, "60": survey.TradePost,
		"H61": survey.TradeLodging, "62": survey.TradeCatering, "63": survey.TradeTelecom, "64": survey.TradeTelecom, "I65": survey.TradeSoftware,
		"7010": survey.TradeRealEstate, "702": survey.TradeProperty, "71": survey.TradeLeasing, "L": survey.TradeLeasing, "73": survey.TradeOther,
	} {
		if got, ok := survey.SizeTradeOf(code); got != want || !ok {
			t.Errorf("SizeTradeOf(%s) = %s, %v, want %s", code, got, ok, want)
		}
	}
	for _, code := range []string{"", "F", "G", "53", "59", "K70", "66", "83", "84", "91", "97", "98", "C65", "x"} {
		if got, ok := survey.SizeTradeOf(code); ok {
			t.Errorf("SizeTradeOf(%s) = %s, want none", code, got)
		}
	}
}

func TestSizeClassIsReadByBothNames(t *testing.T) {
	for text, want := range map[string]survey.SizeClass{
		"大型": survey.SizeLarge, "中型企业": survey.SizeMedium, "small": survey.SizeSmall, " Micro ": survey.SizeMicro,
	} {
		if got, ok := survey.ParseSizeClass(text); got != want || !ok {
			t.Errorf("ParseSizeClass(%q) = %s, %v, want %s", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "企业", "特大型", "待核实"} {
		if got, ok := survey.ParseSizeClass(text); ok {
			t.Errorf("ParseSizeClass(%q) = %s, want none", text, got)
		}
	}
	if got := survey.SizeUndetermined.Chinese(); got != "待核实" {
		t.Errorf("an undetermined class reads %s, want 待核实", got)
	}
}
