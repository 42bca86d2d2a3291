package importer

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// batch takes the best witness of each invoice, compares the others with it and checks what is taken.
func (r *invoiceReader) batch(at time.Time) InvoiceBatch {
	byTrust := slices.Clone(r.slips)
	slices.SortStableFunc(byTrust, func(a, b slip) int { return int(a.from) - int(b.from) })
	taken := map[string]*slip{}
	var order []*slip
	for i := range byTrust {
		s := &byTrust[i]
		key := digitsOf(s.code) + "/" + numberOf(s.number)
		best := taken[key]
		if numberOf(s.number) == "" || best == nil {
			taken[key] = s
			order = append(order, s)
			continue
		}
		r.compare(best, s, false)
	}
	b := InvoiceBatch{}
	for _, s := range order {
		if v, ok := r.invoice(s, at); ok {
			b.Invoices = append(b.Invoices, v)
		}
	}
	b.Problems = r.problems
	return b
}

// compare names each fact on which two witnesses of one invoice differ. Where one is silent there is nothing to compare. numbers compares
// the numbers too.
func (r *invoiceReader) compare(best, other *slip, numbers bool) {
	facts := []struct{ name, a, b string }{
		{"开票日期", plainDate(best.date), plainDate(other.date)},
		{"价税合计", plainAmount(best.gross), plainAmount(other.gross)},
		{"不含税金额", plainAmount(best.net), plainAmount(other.net)},
		{"税额", plainAmount(best.tax), plainAmount(other.tax)},
		{"销售方", fold(best.seller), fold(other.seller)},
		{"购买方", fold(best.buyer), fold(other.buyer)},
		{"购买方代码", fold(best.buyerCode), fold(other.buyerCode)},
	}
	if numbers {
		facts = append(facts, struct{ name, a, b string }{"发票号码", numberOf(best.number), numberOf(other.number)})
	}
	for _, f := range facts {
		if f.a == "" || f.b == "" || f.a == f.b {
			continue
		}
		where := ""
		if other.file != best.file {
			where = "（" + other.file + "）"
		}
		r.left.note(r, InvoiceProblem{
			File: best.file, Number: cut(numberOf(best.number), 20), Code: survey.CodeField,
			Text: fmt.Sprintf("%s不一致：%s为“%s”，%s%s为“%s”；已按%s读入，请对照原件", f.name, best.from, cut(f.a, 40), other.from, where, cut(f.b, 40), best.from),
		})
	}
}

// plainAmount prints an amount for comparison, "" when it cannot be read.
func plainAmount(s string) string {
	f, err := invoiceAmount(s)
	if s == "" || err != nil {
		return ""
	}
	return f.String()
}

func plainDate(s string) string {
	d, err := invoiceDate(s)
	if err != nil {
		return ""
	}
	return string(d)
}

// numberOf reads an invoice number as printed ("No 12345678"); "" when it holds anything but digits.
func numberOf(s string) string {
	t := strings.TrimLeft(strings.ToLower(survey.HalfWidth(s)), "no№.: ")
	if t = strings.ReplaceAll(t, " ", ""); t != digitsOf(t) {
		return ""
	}
	return t
}

// digitsOf keeps the digits of a text.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, survey.HalfWidth(s))
}

// invoiceDate reads 2026-03-05, 2026年03月05日, 20260305 and each with a time behind it.
func invoiceDate(s string) (survey.Date, error) {
	s = survey.HalfWidth(s)
	if head, tail, ok := strings.Cut(strings.Replace(s, "T", " ", 1), " "); ok && strings.Contains(tail, ":") {
		s = head
	}
	if len(s) == 14 && digitsOf(s) == s { // yyyymmddhhmmss
		s = s[:8]
	}
	return survey.ParseDate(strings.ReplaceAll(s, " ", ""))
}
