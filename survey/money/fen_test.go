package money_test

import (
	"errors"
	"math"
	"testing"

	"github.com/shangyuntong/shangyun/survey/money"
)

func TestAmountsPrintExactlyInYuanAndWan(t *testing.T) {
	for _, tt := range []struct {
		fen                         money.Fen
		plain, display, wan, wanAll string
	}{
		{0, "0.00", "0.00", "0.00", "0"},
		{5, "0.05", "0.05", "0.00", "0.000005"},
		{-5, "-0.05", "-0.05", "0.00", "-0.000005"},
		{30000050, "300000.50", "300,000.50", "30.00", "30.00005"},
		{money.Yuan(128649) + 99, "128649.99", "128,649.99", "12.86", "12.864999"},
		{-money.Yuan(128649), "-128649.00", "-128,649.00", "-12.86", "-12.8649"},
		{money.Yuan(300000), "300000.00", "300,000.00", "30.00", "30"},
		{money.Yuan(305000), "305000.00", "305,000.00", "30.50", "30.5"},
		{money.Yuan(999), "999.00", "999.00", "0.09", "0.0999"},
		{money.Yuan(1000), "1000.00", "1,000.00", "0.10", "0.1"},
		{money.MaxFen, "9999999999999.99", "9,999,999,999,999.99", "999999999.99", "999999999.999999"},
		{math.MinInt64, "-92233720368547758.08", "-92,233,720,368,547,758.08", "-9223372036854.77", "-9223372036854.775808"},
	} {
		if got := tt.fen.String(); got != tt.plain {
			t.Errorf("String(%d) = %s, want %s", int64(tt.fen), got, tt.plain)
		}
		if got := tt.fen.Display(); got != tt.display {
			t.Errorf("Display(%d) = %s, want %s", int64(tt.fen), got, tt.display)
		}
		if got := tt.fen.Wan(); got != tt.wan {
			t.Errorf("Wan(%d) = %s, want %s", int64(tt.fen), got, tt.wan)
		}
		if got := tt.fen.WanExact(); got != tt.wanAll {
			t.Errorf("WanExact(%d) = %s, want %s", int64(tt.fen), got, tt.wanAll)
		}
	}
}

func TestSumsNeverWrapAround(t *testing.T) {
	if got, err := money.Sum(1, 2, -4); got != -1 || err != nil {
		t.Errorf("Sum(1, 2, -4) = %d, %v, want -1", got, err)
	}
	if got, err := money.Sum(); got != 0 || err != nil {
		t.Errorf("Sum() = %d, %v, want 0", got, err)
	}
	for _, pair := range [][2]money.Fen{
		{money.MaxFen, 1}, {-money.MaxFen, -1}, {math.MaxInt64, math.MaxInt64}, {math.MinInt64, -1}, {math.MinInt64, math.MaxInt64},
	} {
		if got, err := money.Add(pair[0], pair[1]); !errors.Is(err, money.ErrRange) {
			t.Errorf("Add(%d, %d) = %d, %v, want ErrRange", pair[0], pair[1], got, err)
		}
	}
	if got, err := money.Add(money.MaxFen, -money.MaxFen); got != 0 || err != nil {
		t.Errorf("Add(max, -max) = %d, %v, want 0", got, err)
	}
}

func TestYuanRefusesWhatDoesNotFit(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Yuan(10^15) did not panic")
		}
	}()
	money.Yuan(1e15)
}
