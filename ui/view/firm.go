package view

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// ListItem is one entry of a list to choose from.
type ListItem struct{ Value, Text, Note string }

// RegionChoices lists the 14 市州.
func RegionChoices() []ListItem {
	var out []ListItem
	for _, r := range survey.Regions() {
		out = append(out, ListItem{Value: r.Code, Text: r.Name})
	}
	return out
}

// IndustryChoices lists the manufacturing divisions that a code, a part of the name or pinyin initials find.
func IndustryChoices(query string) []ListItem {
	var out []ListItem
	for _, in := range survey.SearchIndustries(query) {
		out = append(out, ListItem{Value: in.Code, Text: in.Code + " " + in.Name})
	}
	return out
}

// IndustryHint tells what is known of a trade; the kind of production is a hint only and says so.
func IndustryHint(w Words, code string) string {
	in, ok := survey.IndustryByCode(code)
	switch {
	case code == "" || !ok:
		return w("firm.industry.hint")
	case in.Production == "":
		return w("firm.industry.found", in.Name)
	}
	return w("firm.industry.kind", in.Name, in.Production.Chinese(), survey.ProductionHintSource)
}

// CodeHint judges a credit code while it is typed: how far it is, and when it is whole, whether it is right.
func CodeHint(w Words, typed string) (hint, wrong string) {
	short := strings.NewReplacer(" ", "", "-", "").Replace(survey.HalfWidth(typed))
	n := len([]rune(short))
	if n == 0 {
		return w("firm.creditCode.hint"), ""
	}
	if n < 18 {
		return w("firm.creditCode.count", n), ""
	}
	_, note, err := survey.ParseCreditCode(typed)
	switch {
	case err != nil:
		return "", err.Error()
	case note != "":
		return string(note), ""
	}
	return w("firm.creditCode.right"), ""
}

// Suggestion is a 市州 that the credit code speaks for; Code is "" when it only remarks on something.
type Suggestion struct{ Text, Code, Name string }

// SuggestPlace proposes the 市州 from the saved credit code, unless it is chosen already.
func SuggestPlace(w Words, f survey.Firm) Suggestion {
	if f.CreditCode == "" {
		return Suggestion{}
	}
	r, note, ok := survey.SuggestRegion(survey.CreditCode(f.CreditCode))
	switch {
	case ok && r.Code == f.Region:
		return Suggestion{}
	case !ok && f.Region != "":
		return Suggestion{}
	case ok && f.Region != "":
		chosen, _ := survey.RegionByCode(f.Region)
		return Suggestion{Text: w("firm.region.differs", r.Name, chosen.Name), Code: r.Code, Name: r.Name}
	}
	return Suggestion{Text: string(note), Code: r.Code, Name: r.Name}
}

// FirmYears gives the years to fill in, newest first: the two before the reference day, and a third when it has figures.
func FirmYears(c *survey.Case) []int {
	last := c.LastYear()
	if last == 0 {
		return nil
	}
	years := []int{last, last - 1}
	if c.Year(last-2) != nil {
		years = append(years, last-2)
	}
	return years
}

// Size is the size class by the rule, why, and whether the firm declares another.
type Size struct {
	Class, Reason string
	Known         bool
	Declared      string // another class that the firm declares; "" when there is none
}

// SizeOf classes a firm by last year's figures; 主营业务收入 stands in for 营业收入 when that is unknown.
func SizeOf(c *survey.Case) Size {
	y := c.Year(c.LastYear())
	if y == nil {
		y = &survey.Year{}
	}
	revenue := y.Revenue
	if revenue == nil {
		revenue = y.MainRevenue
	}
	trade, _ := survey.SizeTradeOf(c.Firm.Industry)
	class, reason := survey.ClassifySize(trade, y.Staff, revenue, y.Assets)
	s := Size{Class: class.Chinese(), Reason: reason, Known: class != survey.SizeUndetermined}
	if declared, ok := survey.ParseSizeClass(c.Firm.DeclaredSize); ok && s.Known && declared != class {
		s.Declared = declared.Chinese()
	}
	return s
}

// YuanEcho reads an amount back in 万元 and in 大写 while it is typed; "" while it is no amount.
func YuanEcho(w Words, typed string) string {
	f, err := money.Parse(typed)
	if err != nil {
		return ""
	}
	return w("firm.yuan.echo", f.Wan(), f.Capital())
}
