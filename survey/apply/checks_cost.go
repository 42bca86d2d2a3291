package apply

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

func (f *filling) dateOrder() []Check {
	var out []Check
	later := func(level, first, second, jump string, a, b survey.Date) {
		if b.Before(a) {
			out = append(out, Check{Level: level, Code: "date-order", Clause: "日期先后", Jump: jump,
				Text: second + "（" + b.Chinese() + "）早于" + first + "（" + a.Chinese() + "），请核对。"})
		}
	}
	p := f.c.Project
	later(LevelMust, "企业成立时间", "项目开始日期", "project.start", f.c.Firm.Founded, p.Start)
	later(LevelMust, "项目开始日期", "项目完成日期", "project.end", p.Start, p.End)
	later(LevelMust, "企业成立时间", "填报日期", "firm.founded", f.c.Firm.Founded, f.date)
	contracts, invoices := map[string]survey.Contract{}, map[string]survey.Invoice{}
	for _, c := range f.c.Contracts {
		contracts[c.ID] = c
		later(LevelHint, "合同 "+c.Number+" 的签订日期", "填报日期", "contracts."+c.ID+".signed", c.Signed, f.date)
	}
	for _, v := range f.c.Invoices {
		invoices[v.ID] = v
		if c, ok := contracts[v.Contract]; ok {
			later(LevelHint, "合同签订日期", "发票 "+v.Number+" 的开票日期", "invoices."+v.ID+".issued", c.Signed, v.Issued)
		}
		later(LevelMust, "发票 "+v.Number+" 的开票日期", "填报日期", "invoices."+v.ID+".issued", v.Issued, f.date)
	}
	for _, y := range f.c.Payments {
		if v, ok := invoices[y.Invoice]; ok {
			later(LevelHint, "发票 "+v.Number+" 的开票日期", "付款 "+y.Voucher+" 的日期", "payments."+y.ID+".date", v.Issued, y.Date)
		}
		later(LevelMust, "付款 "+y.Voucher+" 的日期", "填报日期", "payments."+y.ID+".date", y.Date, f.date)
	}
	return out
}

// invoices checks each invoice for itself and against the others.
func (f *filling) invoices() []Check {
	var out []Check
	seen := map[string]bool{}
	for _, v := range f.c.Invoices {
		at := "invoices." + v.ID
		number := survey.NormalizeText(v.Number)
		if number != "" && seen[number] {
			out = append(out, Check{Level: LevelMust, Code: "invoice-twice", Text: "发票号码 " + v.Number + " 出现多次，同一张发票只能申报一次，请删去重复的。", Clause: "政策第十条：不得重复享受政策", Jump: at + ".number"})
		}
		seen[number] = true
		if v.BuyerCode != "" && f.c.Firm.CreditCode != "" && !sameCode(v.BuyerCode, f.c.Firm.CreditCode) {
			out = append(out, Check{Level: LevelMust, Code: "invoice-buyer", Text: "发票 " + v.Number + " 的购买方信用代码与申报单位不一致，请核对。", Clause: "发票购买方应为申报单位", Jump: at + ".buyerCode"})
		}
		if v.Checked != survey.Yes {
			out = append(out, Check{Level: LevelHint, Code: "invoice-unverified", Text: "发票 " + v.Number + " 未验真，请在税务平台查验后登记。", Clause: "发票查验", Jump: at + ".checked"})
		}
		for _, l := range v.Lines {
			if sum, err := money.Add(l.Net, l.Tax); err != nil || sum != l.Gross {
				out = append(out, Check{Level: LevelMust, Code: "line-sum", Clause: "不含税 + 税额 = 含税", Jump: at + ".lines." + l.ID + ".gross",
					Text: "发票 " + v.Number + " 的“" + clean(l.Item) + "”不含税金额加税额（" + (l.Net + l.Tax).Display() + "）与含税金额（" + l.Gross.Display() + "）不等，请核对。"})
			}
		}
	}
	return out
}

func sameCode(a, b string) bool {
	x, _, errX := survey.ParseCreditCode(a)
	y, _, errY := survey.ParseCreditCode(b)
	if errX != nil || errY != nil {
		return strings.EqualFold(survey.HalfWidth(a), survey.HalfWidth(b))
	}
	return x == y
}

// payments compares what was paid with what was invoiced and contracted. 付款不低于合同额 90% is Guangdong's rule and a hint only.
func (f *filling) payments() []Check {
	var out []Check
	var paid, invoiced, contracted money.Fen
	for _, p := range f.c.Payments {
		paid += p.Amount
	}
	for _, v := range f.c.Invoices {
		for _, l := range v.Lines {
			invoiced += l.Gross
		}
	}
	for _, c := range f.c.Contracts {
		contracted += c.Gross
	}
	if paid > invoiced {
		out = append(out, Check{Level: LevelHint, Code: "paid-over", Clause: "付款与发票相符", Jump: "payments",
			Text: "付款合计 " + paid.Display() + " 元大于发票合计 " + invoiced.Display() + " 元，请补登发票或核对付款。"})
	}
	if need := money.Rate(9000).Of(contracted); contracted > 0 && paid < need {
		out = append(out, Check{Level: LevelHint, Code: "paid-ratio", Clause: "广东省同类申报要求付款不低于合同额的90%（参考，非本政策规定）", Jump: "payments",
			Text: "付款合计 " + paid.Display() + " 元不到合同合计 " + contracted.Display() + " 元的90%，有的申报通知不予受理。"})
	}
	return out
}

// leftOut says which lines of the case do not stand in the form, and why.
func (f *filling) leftOut() []Check {
	var out []Check
	for _, e := range f.expenses() {
		if e.Planned || Spent(e) {
			continue
		}
		var lack []string
		if e.Contract == "" {
			lack = append(lack, "合同")
		}
		if e.Invoice == "" {
			lack = append(lack, "发票")
		}
		if e.Paid <= 0 {
			lack = append(lack, "付款")
		}
		out = append(out, Check{Level: LevelHint, Code: "line-left-out", Clause: "五、投入明细", Jump: f.lineJump(e.Line),
			Text: "“" + clean(e.Title) + "”缺少" + strings.Join(lack, "、") + "，没有列入投入明细，请补登后再列入。"})
	}
	return out
}

// lineJump finds the path of an invoice line.
func (f *filling) lineJump(id string) string {
	for _, v := range f.c.Invoices {
		for _, l := range v.Lines {
			if l.ID == id {
				return "invoices." + v.ID + ".lines." + id
			}
		}
	}
	return "invoices"
}

func (f *filling) claimChecks() []Check {
	if f.claim == nil {
		return nil
	}
	var out []Check
	switch {
	case f.claim.Verdict == rule.NotMet:
		out = append(out, Check{Level: LevelMust, Code: "claim-not-met", Text: f.measureName() + " 的申报条件不满足，请更换申报事项或核对所填事实。", Clause: f.clause(), Jump: "project.measure"})
	case f.claim.Verdict == rule.Open:
		out = append(out, Check{Level: LevelHint, Code: "claim-open", Text: f.measureName() + " 的部分条件待核实，请补充证明材料。", Clause: f.clause(), Jump: "project.measure"})
	}
	if f.claim.IfTitled {
		out = append(out, Check{Level: LevelHint, Code: "claim-title", Text: "尚未取得申报所需的入选或认定，申请金额暂不填写，仅单列“若入选”的测算。", Clause: f.clause(), Jump: "titles"})
	}
	for _, l := range f.in.Claims.Lines {
		if l.Expense.AidBy != "" && Spent(l.Expense) {
			out = append(out, Check{Level: LevelMust, Code: "aid-twice", Text: "“" + clean(l.Expense.Title) + "”已由“" + clean(l.Expense.AidBy) + "”支持过，不能再次申报，请从投入中去掉。", Clause: "政策第十条：不得多头申报，重复享受政策", Jump: f.lineJump(l.Expense.Line)})
		}
	}
	return out
}
