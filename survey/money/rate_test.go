package money_test

import (
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/shangyuntong/shangyun/survey/money"
)

// TestWorkedExamplesOfThePolicy holds the sums of the worked examples for
// 政策 一至八: thresholds, capped and uncapped shares, 就高 against the flat sum.
func TestWorkedExamplesOfThePolicy(t *testing.T) {
	rate := money.Rate(2000)
	sum := func(yuan ...int64) money.Fen {
		var total money.Fen
		for _, y := range yuan {
			total += money.Yuan(y)
		}
		return total
	}
	for name, tt := range map[string]struct{ got, want money.Fen }{
		"W1 before the cap":             {rate.Of(money.Yuan(1286400)), money.Yuan(257280)},
		"W1 capped":                     {money.Min(rate.Of(money.Yuan(1286400)), money.Yuan(200000)), money.Yuan(200000)},
		"W2 one project":                {rate.Of(sum(1860000, 640000, 380000)), money.Yuan(576000)},
		"W2 first of three":             {rate.Of(money.Yuan(1860000)), money.Yuan(372000)},
		"W2 second of three":            {rate.Of(money.Yuan(640000)), money.Yuan(128000)},
		"W2 third of three":             {rate.Of(money.Yuan(380000)), money.Yuan(76000)},
		"W2 with the five-axis machine": {rate.Of(sum(2880000, 2300000)), money.Yuan(1036000)},
		"W3 large project":              {rate.Of(money.Yuan(7350000)), money.Yuan(1470000)},
		"W3 small project":              {rate.Of(money.Yuan(2400000)), money.Yuan(480000)},
		"W3 break-even":                 {rate.Of(money.Yuan(2500000)), money.Yuan(500000)},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %s, want %s", name, tt.got, tt.want)
		}
	}
	if threshold := money.Yuan(10000000); threshold-1 >= threshold || (threshold-1).String() != "9999999.99" {
		t.Error("W1: one fen below 1000万元 must not pass")
	}
}

func TestShareOfAnAmountIsCutTowardsZero(t *testing.T) {
	for _, tt := range []struct {
		rate         money.Rate
		amount, want money.Fen
	}{
		{2000, 4, 0}, {2000, 5, 1}, {2000, 9, 1}, {2000, -9, -1}, {2000, -4, 0}, {-2000, 9, -1}, {-2000, -9, 1},
		{1, 9999, 0}, {1, 10000, 1}, {money.One, money.MaxFen, money.MaxFen},
		{money.MaxRate, money.MaxFen, 2 * money.MaxFen},
		{money.One, math.MaxInt64, math.MaxInt64},
		{money.MaxRate, math.MaxInt64, math.MaxInt64},
		{math.MaxInt64, math.MinInt64, -math.MaxInt64},
		{0, math.MinInt64, 0},
	} {
		if got := tt.rate.Of(tt.amount); got != tt.want {
			t.Errorf("%s of %s = %s, want %s", tt.rate, tt.amount, got, tt.want)
		}
	}
}

func TestShareAgreesWithArbitraryPrecision(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		amount := random.Int64() - random.Int64()
		rate := random.Int64N(int64(money.One) + 1)
		want := new(big.Int).Mul(big.NewInt(amount), big.NewInt(rate))
		want.Quo(want, big.NewInt(int64(money.One)))
		if got := money.Rate(rate).Of(money.Fen(amount)); int64(got) != want.Int64() {
			t.Fatalf("%s of %d = %d, want %d", money.Rate(rate), amount, int64(got), want.Int64())
		}
	}
}

func TestRatesPrintAndReadExactly(t *testing.T) {
	for _, tt := range []struct {
		rate           money.Rate
		plain, percent string
	}{
		{0, "0.00", "0%"}, {2000, "0.20", "20%"}, {1250, "0.125", "12.5%"}, {625, "0.0625", "6.25%"}, {1, "0.0001", "0.01%"},
		{10000, "1.00", "100%"}, {12000, "1.20", "120%"}, {1000, "0.10", "10%"}, {20000, "2.00", "200%"},
	} {
		if got := tt.rate.String(); got != tt.plain {
			t.Errorf("String(%d) = %s, want %s", int64(tt.rate), got, tt.plain)
		}
		if got := tt.rate.Percent(); got != tt.percent {
			t.Errorf("Percent(%d) = %s, want %s", int64(tt.rate), got, tt.percent)
		}
		for _, text := range []string{tt.plain, tt.percent, " " + tt.percent + " "} {
			if got, err := money.ParseRate(text); got != tt.rate || err != nil {
				t.Errorf("ParseRate(%q) = %s, %v, want %s", text, got, err, tt.rate)
			}
		}
	}
	if got, err := money.ParseRate("１２．５％"); got != 1250 || err != nil {
		t.Errorf("ParseRate of full-width text = %s, %v, want 0.125", got, err)
	}
}

func TestRatesThatCannotBeMeantAreRefused(t *testing.T) {
	for _, text := range []string{"", "%", "20", "2.0001", "-0.2", "201%", "0.00001", "0.001%", "20%%", "二成", "1e-1", "NaN", "0,2"} {
		if got, err := money.ParseRate(text); !errors.Is(err, money.ErrRate) {
			t.Errorf("ParseRate(%q) = %s, %v, want ErrRate", text, got, err)
		}
	}
}

func FuzzParseRate(f *testing.F) {
	f.Add("0.20")
	f.Add("１２．５％")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := money.ParseRate(s)
		if err != nil {
			return
		}
		if back, err := money.ParseRate(got.String()); got < 0 || got > money.MaxRate || back != got || err != nil {
			t.Errorf("ParseRate(%q) = %s, back %s, %v", s, got, back, err)
		}
	})
}
