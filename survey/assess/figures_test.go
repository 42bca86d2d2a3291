package assess_test

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// spendingCase has 1,000.00 yuan of revenue in each of the three years before 2026 and the payments given.
func spendingCase(payments ...survey.Payment) *survey.Case {
	c := &survey.Case{AsOf: "2026-11-23", Payments: payments}
	for y := 2023; y <= 2025; y++ {
		c.Years = append(c.Years, survey.Year{Year: y, Revenue: fen(100_000)})
	}
	return c
}

func pay(date survey.Date, amount int64) survey.Payment {
	return survey.Payment{ID: string(date), Date: date, Amount: money.Fen(amount)}
}

func TestSpendingBands(t *testing.T) {
	for _, x := range []struct {
		fen    int64
		letter string
		points string
	}{
		{0, "A", "0"}, {30_000, "A", "0"}, {30_001, "B", "1.875"}, {60_000, "B", "1.875"}, {60_001, "C", "3.75"},
		{120_000, "C", "3.75"}, {120_001, "D", "5.625"}, {180_000, "D", "5.625"}, {180_001, "E", "7.5"}, {900_000, "E", "7.5"},
	} {
		it := item(t, run(t, spendingCase(pay("2024-05-01", x.fen))), "Q11")
		if len(it.Computed) != 1 || it.Computed[0] != x.letter || it.Points.String() != x.points {
			t.Errorf("%d fen: %v %s, want %s %s", x.fen, it.Computed, it.Points, x.letter, x.points)
		}
	}
}

func TestSpendingWindow(t *testing.T) {
	inside := spendingCase(pay("2022-12-31", 1e9), pay("2023-01-01", 20_000), pay("2025-12", 20_000), pay("2026-01-01", 1e9))
	it := item(t, run(t, inside), "Q11")
	if it.Explain != "400.00 / 3000.00 元 = 13.3% → B" || it.Flip != "这几年的数字化投入再多 200.01 元 → +1.875 分" {
		t.Errorf("three calendar years before the reference day: %s; %s", it.Explain, it.Flip)
	}
	young := spendingCase(pay("2024-06-01", 10_000), pay("2025-06-01", 12_000))
	young.Firm.Founded = "2025-03-01"
	if got := item(t, run(t, young), "Q11").Explain; got != "120.00 / 1000.00 元 = 12.0% → B" {
		t.Errorf("a firm founded in 2025 is measured over 2025 alone: %s", got)
	}
	split := spendingCase(survey.Payment{ID: "p", Date: "2025-01-05", Amount: 90_000, Invoice: "v"})
	split.Assets = []survey.Asset{{ID: "lathe", Digital: survey.No}}
	split.Invoices = []survey.Invoice{{ID: "v", Lines: []survey.InvoiceLine{
		{ID: "1", Gross: 30_000, Kind: survey.CostSoftware}, {ID: "2", Gross: 40_000, Kind: survey.CostMerger}, {ID: "3", Gross: 20_000, Kind: survey.CostEquipment, Asset: "lathe"},
	}}}
	if got := item(t, run(t, split), "Q11").Explain; got != "300.00 / 3000.00 元 = 10.0% → A" {
		t.Errorf("merger and machines that are not digital are left out: %s", got)
	}
	huge := spendingCase()
	for range 20_000 {
		huge.Payments = append(huge.Payments, pay("2025-01-01", int64(money.MaxFen)))
	}
	if got := item(t, run(t, huge), "Q11").Computed[0]; got != "E" {
		t.Errorf("sums beyond 64 bits: %s", got)
	}
}

func TestSpendingWithoutDataIsUndefined(t *testing.T) {
	missing := spendingCase(pay("2024-05-01", 1))
	missing.Years[1].Revenue = nil
	zero := spendingCase(pay("2024-05-01", 1))
	for i := range zero.Years {
		zero.Years[i].Revenue = fen(0)
	}
	newborn := spendingCase(pay("2024-05-01", 1))
	newborn.Firm.Founded = "2026-02-01"
	undated := spendingCase(pay("2024-05-01", 1))
	undated.AsOf = ""
	for want, c := range map[string]*survey.Case{"缺 2024 年": missing, "为零": zero, "不满一个会计年度": newborn, "还没有登记付款": spendingCase(), "基准日": undated} {
		it := item(t, run(t, c), "Q11")
		if it.Computed != nil || it.Answered || !strings.Contains(it.Undefined, want) {
			t.Errorf("want undefined with %q, got %v %q", want, it.Computed, it.Undefined)
		}
	}
}

// effects gives the letters of Q12–Q15 for last year against the year before.
func effects(t *testing.T, last, before survey.Year) string {
	last.Year, before.Year = 2025, 2024
	a := run(t, &survey.Case{AsOf: "2026-11-23", Years: []survey.Year{before, last}})
	var out []string
	for _, key := range []string{"Q12", "Q13", "Q14", "Q15"} {
		it := item(t, a, key)
		if it.Computed == nil {
			out = append(out, "-")
			continue
		}
		out = append(out, it.Computed[0])
	}
	return strings.Join(out, "")
}

func figures(energy int64, rate, staff int, revenue, cost int64) survey.Year {
	return survey.Year{EnergyKgce: &energy, PassRates: []survey.MonthRate{{Month: 1, Rate: rate}, {Month: 2, Rate: rate}}, Staff: &staff, Revenue: fen(revenue), Cost: fen(cost)}
}

func TestEffects(t *testing.T) {
	base := figures(500_000, 9800, 100, 4_000_000_00, 3_200_000_00)
	for _, x := range []struct {
		name string
		last survey.Year
		want string
	}{
		{"all exactly equal", base, "BBBB"},
		{"all doubled stays equal", figures(1_000_000, 9800, 200, 8_000_000_00, 6_400_000_00), "BBBB"},
		{"everything better by the least", figures(499_999, 9801, 99, 4_000_000_00, 3_199_999_99), "CCCC"},
		{"everything worse by the least", figures(500_001, 9799, 101, 4_000_000_00, 3_200_000_01), "AAAA"},
		{"a revenue higher by one fen", figures(500_000, 9800, 100, 4_000_000_01, 3_200_000_00), "CBCC"},
	} {
		if got := effects(t, x.last, base); got != x.want {
			t.Errorf("%s: %s, want %s", x.name, got, x.want)
		}
	}
	third := base
	third.PassRates = []survey.MonthRate{{Month: 1, Rate: 9799}, {Month: 2, Rate: 9800}, {Month: 3, Rate: 9801}, {Month: 3, Rate: 1}, {Month: 13, Rate: 1}}
	if got := effects(t, third, base); got != "BBBB" {
		t.Errorf("means over different numbers of months; a month given twice or not in the calendar does not count: %s", got)
	}
	big := figures(9_000_000_000_000_000_000, 9800, 1<<40, int64(money.MaxFen), int64(money.MaxFen))
	less := big
	less.EnergyKgce = ptr(int64(8_999_999_999_999_999_999))
	if got := effects(t, less, big); got != "CBBB" {
		t.Errorf("products beyond 64 bits: %s", got)
	}
}

func TestEffectsWithoutDataAreUndefined(t *testing.T) {
	base := figures(500, 9800, 100, 4000, 3000)
	for name, x := range map[string]struct {
		spoil func(*survey.Year)
		want  string
	}{
		"no energy":    {func(y *survey.Year) { y.EnergyKgce = nil }, "-BBB"},
		"no months":    {func(y *survey.Year) { y.PassRates = nil }, "B-BB"},
		"no staff":     {func(y *survey.Year) { y.Staff = nil }, "BB-B"},
		"nobody":       {func(y *survey.Year) { y.Staff = ptr(0) }, "BB-B"},
		"no cost":      {func(y *survey.Year) { y.Cost = nil }, "BBB-"},
		"no revenue":   {func(y *survey.Year) { y.Revenue = nil }, "-B--"},
		"zero revenue": {func(y *survey.Year) { y.Revenue = fen(0) }, "-BA-"},
	} {
		last := base
		x.spoil(&last)
		if got := effects(t, last, base); got != x.want {
			t.Errorf("%s: %s, want %s", name, got, x.want)
		}
	}
}

// The flip of the four 成效 items is exact: with it the answer is the better one, with one unit less it is still the old one.
func TestEffectFlipIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	set := map[string]func(y *survey.Year, by int64){
		"Q12": func(y *survey.Year, by int64) { *y.EnergyKgce -= by }, "Q13": func(y *survey.Year, by int64) { y.PassRates[0].Rate += int(by) },
		"Q14": func(y *survey.Year, by int64) { *y.Revenue += money.Fen(by) }, "Q15": func(y *survey.Year, by int64) { *y.Cost -= money.Fen(by) },
	}
	flips := 0
	for range 400 {
		one := func() survey.Year {
			return figures(r.Int64N(40)+1, 5000+r.IntN(4), r.IntN(6)+1, r.Int64N(40)+1, r.Int64N(40)+1)
		}
		before, last := one(), one()
		before.Year, last.Year = 2024, 2025
		at := func(key string, by int64) assess.Item {
			y := figures(*last.EnergyKgce, last.PassRates[0].Rate, *last.Staff, int64(*last.Revenue), int64(*last.Cost))
			y.Year = 2025
			set[key](&y, by)
			return item(t, run(t, &survey.Case{AsOf: "2026-11-23", Years: []survey.Year{before, y}}), key)
		}
		for key := range set {
			now := at(key, 0)
			if now.Flip == "" {
				continue
			}
			flips++
			digits := strings.Map(func(c rune) rune {
				if c >= '0' && c <= '9' {
					return c
				}
				return -1
			}, strings.Split(now.Flip, " → ")[0])
			by, _ := strconv.ParseInt(digits, 10, 64)
			then, short := at(key, by), at(key, by-1)
			if want := " → +" + (then.Points - now.Points).String() + " 分"; then.Points <= now.Points || short.Points != now.Points || !strings.HasSuffix(now.Flip, want) {
				t.Fatalf("%s: %q at %s points: %d more gives %s, %d gives %s", key, now.Flip, now.Points, by, then.Points, by-1, short.Points)
			}
		}
	}
	if flips < 300 {
		t.Errorf("only %d flips were seen", flips)
	}
}
