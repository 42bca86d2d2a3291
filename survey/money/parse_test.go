package money_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey/money"
)

var readable = []struct {
	text string
	want money.Fen
}{
	{"300,000.50", 30000050},
	{"300000.50", 30000050},
	{"30万", money.Yuan(300000)},
	{"30.5万元", money.Yuan(305000)},
	{"￥185,000.00元", money.Yuan(185000)},
	{"¥ 185000", money.Yuan(185000)},
	{"１２．５万", money.Yuan(125000)},
	{"１２．５", 1250},
	{"１，２３４．５６元", 123456},
	{" 人民币 1 000 元整 ", money.Yuan(1000)},
	{"人民币：¥1,000.00", money.Yuan(1000)},
	{"CNY 12", money.Yuan(12)},
	{"1.2亿元", money.Yuan(120000000)},
	{"3千元", money.Yuan(3000)},
	{"2百万", money.Yuan(2000000)},
	{"2千万元", money.Yuan(20000000)},
	{"12圆", money.Yuan(12)},
	{"0.000001万元", 1},
	{"30.500000000000万元", money.Yuan(305000)},
	{"12.340", 1234},
	{"0", 0},
	{"007", money.Yuan(7)},
	{"-12.00", -money.Yuan(12)},
	{"￥-12.00", -money.Yuan(12)},
	{"－12元", -money.Yuan(12)},
	{"9999999999999.99", money.MaxFen},
	{"12\u00a0345\u3000元", money.Yuan(12345)},
}

func TestAmountsAreReadAsPeopleWriteThem(t *testing.T) {
	for _, tt := range readable {
		if got, err := money.Parse(tt.text); got != tt.want || err != nil {
			t.Errorf("Parse(%q) = %s, %v, want %s", tt.text, got, err, tt.want)
		}
	}
}

func TestTextThatIsNoExactAmountIsRefused(t *testing.T) {
	for text, reason := range map[string]error{
		"":                         money.ErrEmpty,
		" \u3000\t":                money.ErrEmpty,
		"¥":                        money.ErrSyntax,
		"元":                        money.ErrSyntax,
		"NaN":                      money.ErrSyntax,
		"Inf":                      money.ErrSyntax,
		"1e5":                      money.ErrSyntax,
		"0x10":                     money.ErrSyntax,
		"1_000":                    money.ErrSyntax,
		".5":                       money.ErrSyntax,
		"5.":                       money.ErrSyntax,
		"1.2.3":                    money.ErrSyntax,
		"--5":                      money.ErrSyntax,
		"5-":                       money.ErrSyntax,
		"1,5":                      money.ErrSyntax,
		"30,0000":                  money.ErrSyntax,
		"1234,567":                 money.ErrSyntax,
		"1,234 567":                money.ErrSyntax,
		"12 34":                    money.ErrSyntax,
		"1台":                       money.ErrSyntax,
		"2025年3月":                  money.ErrSyntax,
		"2025.3.5":                 money.ErrSyntax,
		"3万5000":                   money.ErrSyntax,
		"30万美元":                    money.ErrSyntax,
		"30万 50万":                  money.ErrSyntax,
		"约30万":                     money.ErrSyntax,
		"三十万":                      money.ErrSyntax,
		"١٢":                       money.ErrSyntax,
		"1\x00":                    money.ErrSyntax,
		"1\xff":                    money.ErrSyntax,
		"12.345":                   money.ErrPrecision,
		"0.0000001万元":              money.ErrPrecision,
		"0.001":                    money.ErrPrecision,
		"10000000000000":           money.ErrRange,
		"1000000000万":              money.ErrRange,
		"99999999999999999999":     money.ErrRange,
		"-10,000,000,000,000":      money.ErrRange,
		strings.Repeat("9", 150):   money.ErrRange,
		strings.Repeat("9", 50000): money.ErrSyntax,
	} {
		got, err := money.Parse(text)
		if !errors.Is(err, reason) || got != 0 {
			t.Errorf("Parse(%.40q) = %s, %v, want %v", text, got, err, reason)
		}
		var parse *money.ParseError
		if !errors.As(err, &parse) || len([]rune(parse.Text)) > 41 {
			t.Errorf("Parse(%.40q): error %v is no short *ParseError", text, err)
		}
	}
}

func TestCellsOwnUnitWinsOverTheHeader(t *testing.T) {
	for _, tt := range []struct {
		text string
		unit money.Unit
		want money.Fen
	}{
		{"12.5", money.UnitWan, money.Yuan(125000)},
		{"１２．５", money.UnitWan, money.Yuan(125000)},
		{"185,000.00元", money.UnitWan, money.Yuan(185000)},
		{"12.5万", money.UnitYuan, money.Yuan(125000)},
		{"0.3亿", money.UnitWan, money.Yuan(30000000)},
		{"12.5", money.UnitYuan, 1250},
		{"1", money.UnitMillion, money.Yuan(1000000)},
	} {
		if got, err := money.ParseUnit(tt.text, tt.unit); got != tt.want || err != nil {
			t.Errorf("ParseUnit(%q, %s) = %s, %v, want %s", tt.text, tt.unit, got, err, tt.want)
		}
	}
}

func TestHeaderNamesItsUnitOrNone(t *testing.T) {
	for header, want := range map[string]money.Unit{
		"原值(万元)": money.UnitWan, "原值（万元）": money.UnitWan, "单位：元": money.UnitYuan, "单位:人民币万元": money.UnitWan,
		"合同额/万元": money.UnitWan, "投资（百万元）": money.UnitMillion, "＊设备原值\n（元）": money.UnitYuan, "万元": money.UnitWan,
		"资产 亿元": money.UnitYi, "产值(千元)": money.UnitThousand,
	} {
		if got, ok := money.UnitOf(header); !ok || got != want {
			t.Errorf("UnitOf(%q) = %s, %v, want %s", header, got, ok, want)
		}
	}
	for _, header := range []string{"", "原值", "单元", "元件数量", "金额(元/万元)", "万元户"} {
		if got, ok := money.UnitOf(header); ok {
			t.Errorf("UnitOf(%q) = %s, want none", header, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range readable {
		f.Add(tt.text)
	}
	f.Add("1e400")
	f.Add("１，２３")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := money.Parse(s)
		if err != nil {
			if got != 0 {
				t.Errorf("Parse(%q) = %s with error %v", s, got, err)
			}
			return
		}
		for _, again := range []string{got.String(), got.Display(), got.WanExact() + "万元", "￥" + got.Display() + "元"} {
			if back, err := money.Parse(again); back != got || err != nil {
				t.Errorf("Parse(%q) = %s, %v, want %s", again, back, err, got)
			}
		}
	})
}
