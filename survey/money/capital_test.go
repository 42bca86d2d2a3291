package money_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey/money"
)

// capitalVectors: the printed vectors of the rule, then those derived from it.
var capitalVectors = []struct{ amount, words string }{
	{"1409.50", "壹仟肆佰零玖元伍角整"}, {"6007.14", "陆仟零柒元壹角肆分"}, {"1680.32", "壹仟陆佰捌拾元零叁角贰分"},
	{"16409.02", "壹万陆仟肆佰零玖元零贰分"}, {"325.04", "叁佰贰拾伍元零肆分"},
	{"0", "零元整"}, {"0.01", "壹分"}, {"0.05", "伍分"}, {"0.10", "壹角整"}, {"0.11", "壹角壹分"}, {"1", "壹元整"},
	{"1.01", "壹元零壹分"}, {"1.10", "壹元壹角整"}, {"10", "壹拾元整"}, {"10.10", "壹拾元零壹角整"},
	{"10.01", "壹拾元零壹分"}, {"100", "壹佰元整"}, {"101", "壹佰零壹元整"}, {"110", "壹佰壹拾元整"},
	{"1000", "壹仟元整"}, {"1001", "壹仟零壹元整"}, {"1010", "壹仟零壹拾元整"}, {"10000", "壹万元整"},
	{"10001", "壹万零壹元整"}, {"10010", "壹万零壹拾元整"}, {"10100", "壹万零壹佰元整"}, {"11000", "壹万壹仟元整"},
	{"100000", "壹拾万元整"}, {"100001", "壹拾万零壹元整"}, {"100100", "壹拾万零壹佰元整"}, {"1000000", "壹佰万元整"},
	{"3285000", "叁佰贰拾捌万伍仟元整"}, {"8200000", "捌佰贰拾万元整"}, {"10000000", "壹仟万元整"},
	{"10001000", "壹仟万壹仟元整"}, {"100000000", "壹亿元整"}, {"100000001", "壹亿零壹元整"},
	{"100100000", "壹亿零壹拾万元整"}, {"123456789.01", "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分"},
	{"128640", "壹拾贰万捌仟陆佰肆拾元整"}, {"200000", "贰拾万元整"}, {"576000", "伍拾柒万陆仟元整"}, {"1470000", "壹佰肆拾柒万元整"},
	{"100001000", "壹亿零壹仟元整"}, {"1000010000000", "壹万亿壹仟万元整"}, {"1000000000000", "壹万亿元整"},
	{"-1409.50", "负壹仟肆佰零玖元伍角整"},
}

func TestCapitalWordsFollowTheRuleBothWays(t *testing.T) {
	for _, tt := range capitalVectors {
		f, err := money.Parse(tt.amount)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Capital(); got != tt.words {
			t.Errorf("Capital(%s) = %s, want %s", tt.amount, got, tt.words)
		}
		if got, err := money.ParseCapital(f.CapitalRMB()); got != f || err != nil {
			t.Errorf("ParseCapital(%s) = %s, %v, want %s", f.CapitalRMB(), got, err, f)
		}
	}
}

func TestCapitalReaderTakesWhatTheRuleLeavesOpen(t *testing.T) {
	for words, amount := range map[string]money.Fen{
		"人民币壹仟肆佰零玖元伍角":  140950,
		"壹仟肆佰零玖圆伍角正":    140950,
		"壹仟陆佰捌拾元叁角贰分":   168032,
		"壹仟万零壹仟元整":      money.Yuan(10001000),
		"壹拾元壹角":         1010,
		"壹亿壹仟元整":        money.Yuan(100001000),
		"壹拾万零柒仟元伍角叁分":   10700053,
		"壹拾萬圓整":         money.Yuan(100000),
		"（负数）壹佰元整":      -money.Yuan(100),
		"人民币负壹佰元整":      -money.Yuan(100),
		" 人民币： 壹佰 元 整 ": money.Yuan(100),
	} {
		if got, err := money.ParseCapital(words); got != amount || err != nil {
			t.Errorf("ParseCapital(%q) = %s, %v, want %s", words, got, err, amount)
		}
	}
}

func TestCapitalReaderRefusesWordsAgainstTheRule(t *testing.T) {
	for words, reason := range map[string]error{
		"":                               money.ErrEmpty,
		"人民币":                            money.ErrCapital,
		"壹佰":                             money.ErrCapital,
		"壹佰元":                            money.ErrCapital,
		"壹佰壹元整":                          money.ErrCapital,
		"壹佰零壹拾元整":                        money.ErrCapital,
		"拾元整":                            money.ErrCapital,
		"壹拾壹佰元整":                         money.ErrCapital,
		"壹万壹万元整":                         money.ErrCapital,
		"壹元零角壹分":                         money.ErrCapital,
		"壹元零壹分整":                         money.ErrCapital,
		"壹元伍分":                           money.ErrCapital,
		"零元壹角整":                          money.ErrCapital,
		"负零元整":                           money.ErrCapital,
		"一百元整":                           money.ErrCapital,
		"壹佰元整壹角整":                        money.ErrCapital,
		"壹佰美元整":                          money.ErrCapital,
		"壹佰元\xff":                        money.ErrCapital,
		"壹拾万亿元整":                         money.ErrRange,
		"玖亿玖亿玖亿玖亿元整":                     money.ErrRange,
		strings.Repeat("玖亿", 500) + "元整": money.ErrCapital,
	} {
		got, err := money.ParseCapital(words)
		if !errors.Is(err, reason) {
			t.Errorf("ParseCapital(%q) = %s, %v, want %v", words, got, err, reason)
		}
	}
}

func TestCapitalRoundTripsOverTheWholeRange(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		f := money.Fen(random.Int64N(int64(money.MaxFen) + 1))
		for range random.IntN(15) { // shorter amounts and runs of zeros too
			if random.IntN(2) == 0 {
				f /= 10
			} else {
				f -= f % 1000
			}
		}
		checkCapitalRoundTrip(t, f)
	}
	checkCapitalRoundTrip(t, money.MaxFen)
}

func TestCapitalHoldsForEveryInteger(t *testing.T) {
	for _, f := range []money.Fen{math.MaxInt64, math.MinInt64} {
		if got := f.Capital(); !strings.Contains(got, "玖亿贰仟贰佰叁拾叁万") {
			t.Errorf("Capital(%d) = %s", int64(f), got)
		}
	}
}

func FuzzCapitalRoundTrip(f *testing.F) {
	for _, seed := range []int64{0, 1, 10, 1010, 1680_32, 1000_1000_00, -5, 999_999_999_999_999} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		checkCapitalRoundTrip(t, money.Fen(n)%(money.MaxFen+1))
	})
}

func checkCapitalRoundTrip(t *testing.T, f money.Fen) {
	t.Helper()
	words := f.Capital()
	if got, err := money.ParseCapital(words); got != f || err != nil {
		t.Errorf("ParseCapital(%s) = %s, %v, want %s", words, got, err, f)
	}
	if strings.Contains(words, "零零") || strings.ContainsAny(words, "owz") {
		t.Errorf("Capital(%s) = %s", f, words)
	}
}

func FuzzParseCapital(f *testing.F) {
	for _, v := range capitalVectors {
		f.Add(v.words)
	}
	f.Add("人民币壹佰圓正")
	f.Add("玖亿亿亿万元整")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := money.ParseCapital(s)
		if err == nil {
			checkCapitalRoundTrip(t, got)
		}
	})
}
