package rule

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// industry gives the GB/T 4754 code with its letter. A bare number is completed within manufacturing only; elsewhere the letter is asked.
func industry(f Facts) Value {
	code := strings.ToUpper(survey.HalfWidth(f.Case.Firm.Industry))
	division, manufacturing := survey.IndustryByCode(code)
	if code != "" && code[0] >= '0' && code[0] <= '9' {
		if !manufacturing {
			return Value{Found: "行业代码 " + code + " 缺少门类字母" + source(f.Case.Firm.Evidence)}
		}
		code = "C" + code
	}
	return text(code, strings.TrimSpace(code+" "+division.Name), "行业代码", f.Case.Firm.Evidence)
}

// size is the class by 工信部联企业〔2011〕300号 where last year's figures decide it. A firm that declares another class stays 待核实; without
// figures its declaration counts and is marked as such.
func size(f Facts) Value {
	declared, said := survey.ParseSizeClass(f.Case.Firm.DeclaredSize)
	computed, why := computedSize(f.Case)
	switch {
	case computed == survey.SizeUndetermined && !said:
		return Value{}
	case computed == survey.SizeUndetermined:
		return text(string(declared), declared.Chinese(), "企业规模（企业申报，未按划型标准核对）", f.Case.Firm.Evidence)
	case said && declared != computed:
		return Value{Found: "申报为" + declared.Chinese() + "，按上年度数据为" + computed.Chinese() + "：" + why}
	}
	return Value{Known: true, Text: string(computed), Found: "企业规模：" + computed.Chinese() + "（" + why + "）"}
}

func computedSize(c *survey.Case) (survey.SizeClass, string) {
	trade, ok := survey.SizeTradeOf(c.Firm.Industry)
	year := c.Year(c.LastYear())
	if !ok || year == nil || c.LastYear() == 0 {
		return survey.SizeUndetermined, ""
	}
	return survey.ClassifySize(trade, year.Staff, revenue(year), year.Assets)
}

// revenue prefers 营业收入; 主营业务收入 is a part of it and stands in when the whole is unknown.
func revenue(y *survey.Year) *money.Fen {
	if y.Revenue != nil {
		return y.Revenue
	}
	return y.MainRevenue
}
