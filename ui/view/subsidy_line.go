package view

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/money"
)

// LineSum holds the three amounts of an invoice line against net + tax = gross.
type LineSum struct {
	OK    bool
	Words string // what is wrong, "" while there is too little to tell
	Field string // net, tax or gross: the one that can be filled, "" when none
	Value string // what would fit there
}

// CheckLine reads the amounts as typed. With two of them the third follows; with three that do not fit, 含税 follows from the others.
func CheckLine(w Words, net, tax, gross string) LineSum {
	n, hasNet, okNet := amount(net)
	t, hasTax, okTax := amount(tax)
	g, hasGross, okGross := amount(gross)
	if !okNet || !okTax || !okGross {
		return LineSum{}
	}
	fill := func(field string, v money.Fen) LineSum {
		return LineSum{Field: field, Value: v.Display(), Words: w("subsidy.line.fill."+field, v.Display())}
	}
	sum, err := money.Add(n, t)
	switch {
	case err != nil:
		return LineSum{}
	case hasNet && hasGross && sum == g:
		return LineSum{OK: true}
	case hasNet && !hasGross:
		return fill("gross", sum)
	case hasNet && hasGross && !hasTax && g > n:
		return fill("tax", g-n)
	case !hasNet && hasTax && hasGross && g > t:
		return fill("net", g-t)
	case hasNet && hasGross:
		s := fill("gross", sum)
		s.Words = w("subsidy.line.differs", n.Display(), t.Display(), sum.Display(), g.Display())
		return s
	}
	return LineSum{}
}

// amount reads an amount as typed; has is false for nothing and for zero, ok for what is no amount.
func amount(raw string) (f money.Fen, has, ok bool) {
	if strings.TrimSpace(raw) == "" {
		return 0, false, true
	}
	f, err := money.Parse(raw)
	return f, err == nil && f != 0, err == nil && f >= 0
}

// Echo reads an amount back in 万元 and 大写, or is silent about what cannot be read.
func Echo(w Words) func(raw string) (echo, wrong string) {
	return func(raw string) (string, string) {
		f, has, ok := amount(raw)
		if !has || !ok {
			return "", ""
		}
		return w("subsidy.echo", f.Wan(), f.CapitalRMB()), ""
	}
}
