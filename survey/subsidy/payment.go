package subsidy

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// paidLines spreads the payments over the invoice lines, per invoice and line. A payment goes to its invoice, one that names only a
// contract to that contract's invoices in their order. A part payment is spread over the lines by their size and cut down, because
// nobody said which line it paid; a line is paid only when its whole invoice is. Payments after the reference day, or without a day or an
// amount above zero, pay nothing.
func paidLines(c *survey.Case) [][]money.Fen {
	byInvoice, byContract := map[string]money.Fen{}, map[string]money.Fen{}
	for _, p := range c.Payments {
		switch {
		case p.Amount <= 0 || p.Date == "" || c.AsOf.Before(p.Date):
		case p.Invoice != "":
			byInvoice[p.Invoice] = plus(byInvoice[p.Invoice], p.Amount)
		case p.Contract != "":
			byContract[p.Contract] = plus(byContract[p.Contract], p.Amount)
		}
	}
	out := make([][]money.Fen, len(c.Invoices))
	for i, v := range c.Invoices {
		due := invoiceGross(v)
		have := money.Min(byInvoice[v.ID], due)
		if v.ID == "" {
			have = 0
		}
		byInvoice[v.ID] -= have
		if v.Contract != "" && have < due {
			more := money.Min(due-have, byContract[v.Contract])
			byContract[v.Contract] -= more
			have += more
		}
		out[i] = spread(v, have, due)
	}
	return out
}

func invoiceGross(v survey.Invoice) money.Fen {
	var sum money.Fen
	for _, l := range v.Lines {
		if l.Gross > 0 {
			sum = plus(sum, l.Gross)
		}
	}
	return sum
}

func spread(v survey.Invoice, have, due money.Fen) []money.Fen {
	out := make([]money.Fen, len(v.Lines))
	for j, l := range v.Lines {
		switch {
		case l.Gross <= 0:
		case have >= due && due < money.MaxFen:
			out[j] = l.Gross
		default:
			out[j] = portion(have, l.Gross, due)
		}
	}
	return out
}

// paymentWarnings names contracts whose contract sum, invoices and payments do not agree: 项目投资 may be read as any of the three.
func paymentWarnings(c *survey.Case) []string {
	invoiced, paid := map[string]money.Fen{}, map[string]money.Fen{}
	spreadOut := paidLines(c)
	for i, v := range c.Invoices {
		invoiced[v.Contract] = plus(invoiced[v.Contract], invoiceGross(v))
		for _, f := range spreadOut[i] {
			paid[v.Contract] = plus(paid[v.Contract], f)
		}
	}
	var out []string
	for _, k := range c.Contracts {
		switch in, given := invoiced[k.ID], paid[k.ID]; {
		case in > k.Gross:
			out = append(out, fmt.Sprintf("合同 %s 的发票合计 %s 元超过合同额 %s 元，请核对是否有补充合同", k.Number, in.Display(), k.Gross.Display()))
		case given != k.Gross:
			out = append(out, fmt.Sprintf("合同 %s 的合同额 %s 元与已付 %s 元不一致，只按已付清的费用行测算", k.Number, k.Gross.Display(), given.Display()))
		}
	}
	for _, a := range c.Aids {
		if len(a.Lines) == 0 {
			out = append(out, fmt.Sprintf("已获“%s”资金 %s 元未指明费用行，请核对是否与本次申报重复（P10.4）", a.Programme, a.Amount.Display()))
		}
	}
	return out
}
