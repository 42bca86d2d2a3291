package money_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey/money"
)

func TestSpreadsheetNumbersLoseTheirBinaryTail(t *testing.T) {
	for _, tt := range []struct {
		raw  string
		unit money.Unit
		want money.Fen
	}{
		{"12.5", money.UnitWan, money.Yuan(125000)},
		{"12.859999999999999", money.UnitWan, money.Yuan(128600)},
		{"12.860000000000001", money.UnitWan, money.Yuan(128600)},
		{"0.30000000000000004", money.UnitYuan, 30},
		{"128640.00000000001", money.UnitYuan, money.Yuan(128640)},
		{"1.2864E7", money.UnitYuan, money.Yuan(12864000)},
		{"1.2864e+07", money.UnitYuan, money.Yuan(12864000)},
		{"5E-2", money.UnitYuan, 5},
		{"1E-6", money.UnitWan, 1},
		{"-185000", money.UnitYuan, -money.Yuan(185000)},
		{"9999999999999.99", money.UnitYuan, money.MaxFen},
		{"99999999.999999999", money.UnitYuan, money.Yuan(100000000)},
		{"0", money.UnitWan, 0},
		{"0E9", money.UnitWan, 0},
		{"000.50", money.UnitYuan, 50},
	} {
		if got, err := money.ParseCell(tt.raw, tt.unit); got != tt.want || err != nil {
			t.Errorf("ParseCell(%s, %s) = %s, %v, want %s", tt.raw, tt.unit, got, err, tt.want)
		}
	}
}

func TestSpreadsheetNumbersThatAreNoAmountAreRefused(t *testing.T) {
	for raw, reason := range map[string]error{
		"": money.ErrEmpty, "NaN": money.ErrSyntax, "Inf": money.ErrSyntax, "1E": money.ErrSyntax, "1E999": money.ErrSyntax, "E5": money.ErrSyntax,
		"1,000": money.ErrSyntax, "30万": money.ErrSyntax, "1.": money.ErrSyntax, " 1": money.ErrSyntax, "1E1.5": money.ErrSyntax,
		"163716.814159292": money.ErrPrecision, "0.001": money.ErrPrecision, "1E-300": money.ErrPrecision, "12.345": money.ErrPrecision,
		"1E14": money.ErrRange, "1E300": money.ErrRange, "25332000000012345679": money.ErrRange, strings.Repeat("1", 500): money.ErrSyntax,
	} {
		if got, err := money.ParseCell(raw, money.UnitYuan); !errors.Is(err, reason) {
			t.Errorf("ParseCell(%.30s) = %s, %v, want %v", raw, got, err, reason)
		}
	}
}

// Every amount survives the way through a spreadsheet's binary number.
func FuzzParseCell(f *testing.F) {
	for _, seed := range []int64{0, 1, 12860000, 30000050, 999_999_999_999_999, -5} {
		f.Add(seed, "12.859999999999999")
	}
	f.Add(int64(7), "1E-0400")
	f.Fuzz(func(t *testing.T, n int64, raw string) {
		want := money.Fen(n) % (money.MaxFen + 1)
		binary, err := strconv.ParseFloat(want.String(), 64)
		if err != nil {
			t.Fatal(err)
		}
		for _, stored := range []string{strconv.FormatFloat(binary, 'f', -1, 64), strconv.FormatFloat(binary, 'E', 16, 64)} {
			if got, err := money.ParseCell(stored, money.UnitYuan); got != want || err != nil {
				t.Errorf("ParseCell(%s) = %s, %v, want %s", stored, got, err, want)
			}
		}
		if got, err := money.ParseCell(raw, money.UnitWan); err != nil && got != 0 {
			t.Errorf("ParseCell(%q) = %s with error %v", raw, got, err)
		}
	})
}
