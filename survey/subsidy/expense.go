package subsidy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// maxLine is the largest cost line taken as it stands (100 亿元); anything larger is 待核实.
const maxLine = money.MaxFen / 1000

// ExpensesOf builds the cost lines of a case from invoices, contracts, payments and earlier aid. A line is 满足 when it is contracted,
// invoiced to this firm and fully paid by the reference day; 不满足 when other public money already paid for it, it belongs to another
// buyer or is a red letter; else 待核实. Reading PAID may count the paid part of a line, or a line that is not paid yet. Planned money (Case.Plan) is never among them. r decides what Base holds (reading VAT) and whether an unsettled
// 自动化装备 mark leaves a line open (reading A5).
func ExpensesOf(c *survey.Case, r Readings) []Expense {
	return expensesOf(c, r, func(string) bool { return false })
}

// expensesOf leaves lines free that a programme named by matched has paid for.
func expensesOf(c *survey.Case, r Readings, matched func(programme string) bool) []Expense {
	b := ledger{c: c, r: r, matched: matched, paid: paidLines(c), numbers: map[string]int{}, ids: map[string]int{}}
	for _, v := range c.Invoices {
		if v.Number != "" {
			b.numbers[v.Number]++
		}
		for _, l := range v.Lines {
			b.ids[l.ID]++
			if l.Gross < 0 || l.Net < 0 {
				b.red = append(b.red, v)
			}
		}
	}
	var out []Expense
	for i := range c.Invoices {
		for j := range c.Invoices[i].Lines {
			out = append(out, b.expense(&c.Invoices[i], j, b.paid[i][j]))
		}
	}
	return out
}

type ledger struct {
	c       *survey.Case
	r       Readings
	matched func(programme string) bool
	paid    [][]money.Fen
	numbers map[string]int
	ids     map[string]int
	red     []survey.Invoice
}

func (b *ledger) expense(v *survey.Invoice, j int, paid money.Fen) Expense {
	l := v.Lines[j]
	e := Expense{
		Line: l.ID, Title: l.Item, Supplier: v.Seller, Invoice: v.Number, Issued: string(v.Issued), Topic: string(l.Topic), Kind: string(l.Kind),
		Net: l.Net, Tax: l.Tax, Gross: l.Gross, Paid: paid, Layer: l.Layer, Automation: l.Automation == survey.Yes, AidBy: b.aidFor(l.ID), Checked: v.Checked,
	}
	e.Base = l.Net
	if gross, _ := vatBase(b.c, b.r); gross {
		e.Base = l.Gross
	}
	if b.r["PAID"] == "part" && paid > 0 && paid < l.Gross {
		e.Base = portion(e.Base, paid, l.Gross)
	}
	contract := contractOf(b.c, v.Contract)
	if contract != nil {
		e.Contract = contract.Number
	}
	if why := b.refused(v, l, e); why != "" {
		e.State, e.Why = rule.NotMet, why
		return e
	}
	e.State = rule.Met
	if why := b.unsettled(v, l, e, contract); len(why) > 0 {
		e.State, e.Why = rule.Open, strings.Join(why, "；")
	}
	return e
}

// refused says why a line can never count, "" when it can.
func (b *ledger) refused(v *survey.Invoice, l survey.InvoiceLine, e Expense) string {
	switch {
	case e.AidBy != "":
		return "已获“" + e.AidBy + "”财政资金支持，不得重复申报（P10.4）"
	case l.Gross < 0 || l.Net < 0:
		return "红字发票，不计入费用"
	case v.BuyerCode != "" && b.c.Firm.CreditCode != "" && survey.NormalizeText(v.BuyerCode) != survey.NormalizeText(b.c.Firm.CreditCode):
		return "发票购买方不是本企业"
	case e.Base <= 0:
		return "金额为零"
	}
	return ""
}

// unsettled lists what keeps a line 待核实.
func (b *ledger) unsettled(v *survey.Invoice, l survey.InvoiceLine, e Expense, contract *survey.Contract) []string {
	var why []string
	add := func(when bool, format string, args ...any) {
		if when {
			why = append(why, fmt.Sprintf(format, args...))
		}
	}
	add(l.Gross > maxLine || l.Net > maxLine, "金额过大，请核对单位")
	add(l.Net+l.Tax != l.Gross, "不含税额加税额不等于含税额")
	add(l.ID == "" || b.ids[l.ID] > 1, "费用行编号为空或重复")
	add(contract == nil, "未关联合同")
	add(contract != nil && contract.Number == "", "合同缺少编号")
	add(contract != nil && b.c.AsOf.Before(contract.Signed), "合同签订日晚于基准日")
	add(v.Number == "", "未登记发票号")
	add(b.numbers[v.Number] > 1, "发票号重复")
	add(v.Issued == "", "未登记开票日期")
	add(b.c.AsOf.Before(v.Issued), "开票日期晚于基准日")
	add(v.BuyerCode == "", "发票购买方代码未登记")
	add(v.BuyerCode != "" && b.c.Firm.CreditCode == "", "企业统一社会信用代码未填，无法核对购买方")
	add(e.Paid < l.Gross && b.r["PAID"] != "contract" && (b.r["PAID"] != "part" || e.Paid == 0), "已付 %s 元，未付清", e.Paid.Display())
	add(b.netted(v), "同一合同或销售方有红字发票，须核实冲销后的金额")
	add(b.sameProjectAid(), "本项目已获财政资金但未指明费用行，须核实是否重复")
	add(b.r["A5"] != "wide" && l.Automation == survey.Unknown && (l.Kind == survey.CostEquipment || l.Kind == ""), "是否自动化装备未标明")
	return why
}

func (b *ledger) netted(v *survey.Invoice) bool {
	return slices.ContainsFunc(b.red, func(r survey.Invoice) bool {
		return r.Contract != "" && r.Contract == v.Contract || r.Contract == "" && r.Seller == v.Seller
	})
}

// sameProjectAid finds earlier money for this very project that names no lines.
func (b *ledger) sameProjectAid() bool {
	return slices.ContainsFunc(b.c.Aids, func(a survey.Aid) bool {
		return len(a.Lines) == 0 && a.Project != "" && !b.matched(a.Programme) && survey.NormalizeText(a.Project) == survey.NormalizeText(b.c.Project.Name)
	})
}

func (b *ledger) aidFor(line string) string {
	for _, a := range b.c.Aids {
		if line != "" && slices.Contains(a.Lines, line) && !b.matched(a.Programme) {
			return strings.TrimSpace(fmt.Sprintf("%d年 %s %s", a.Year, a.Programme, a.DocNo))
		}
	}
	return ""
}

func contractOf(c *survey.Case, id string) *survey.Contract {
	for i := range c.Contracts {
		if id != "" && c.Contracts[i].ID == id {
			return &c.Contracts[i]
		}
	}
	return nil
}

// vatBase tells whether 含税 amounts count, and why in words.
func vatBase(c *survey.Case, r Readings) (gross bool, words string) {
	switch r["VAT"] {
	case "gross":
		return true, "含税（按所选口径）"
	case "net":
		return false, "不含税（按所选口径）"
	}
	switch c.Firm.VATPayer {
	case survey.VATSmall:
		return true, "含税（小规模纳税人）"
	case survey.VATGeneral:
		return false, "不含税（一般纳税人）"
	}
	return false, "不含税（纳税人类型待核实，取较低口径）"
}
