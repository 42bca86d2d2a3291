package apply

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// costs are the lines that may stand in the form, with their sums.
type costs struct {
	lines                 []subsidy.Expense
	net, tax, gross, paid money.Fen
	kinds                 map[string]money.Fen // 含税 by CostKind; "" holds what has no kind
	overflow              bool                 // a sum lies beyond money.MaxFen
}

// Spent tells whether a cost line may stand in an application: contracted, invoiced and at least partly paid, and not
// planned. 规划金额 is a 预测 and never enters.
func Spent(e subsidy.Expense) bool {
	return !e.Planned && e.Contract != "" && e.Invoice != "" && e.Paid > 0
}

// expenses gives the claim's view of the cost lines; without claims there are none.
func (f *filling) expenses() []subsidy.Expense {
	if f.in.Claims == nil {
		return nil
	}
	var out []subsidy.Expense
	for _, l := range f.in.Claims.Lines {
		out = append(out, l.Expense)
	}
	return out
}

func sumCosts(all []subsidy.Expense) costs {
	c := costs{kinds: map[string]money.Fen{}}
	for _, e := range all {
		if !Spent(e) {
			continue
		}
		c.lines = append(c.lines, e)
		c.net = c.add(c.net, e.Net)
		c.tax = c.add(c.tax, e.Tax)
		c.gross = c.add(c.gross, e.Gross)
		c.paid = c.add(c.paid, e.Paid)
		c.kinds[e.Kind] = c.add(c.kinds[e.Kind], e.Gross)
	}
	return c
}

func (c *costs) add(a, b money.Fen) money.Fen {
	s, err := money.Add(a, b)
	if err != nil {
		c.overflow = true
		return a
	}
	return s
}

// part gives the 含税 sum of one kind.
func part(kind string) func(*filling) string {
	return func(f *filling) string { return f.costs.kinds[kind].Display() }
}

func (f *filling) costTable() Table {
	t := Table{
		Key: "expenses", Title: "投入明细表（仅列已签约、已开票、已付款的费用，单位：元）",
		Keys:    []string{"no", "title", "supplier", "contract", "invoice", "issued", "kind", "net", "tax", "gross", "paid"},
		Columns: []string{"序号", "费用名称", "服务商", "合同编号", "发票号码", "开票日期", "类别", "不含税金额", "税额", "含税金额", "已付金额"},
		Right:   []bool{false, false, false, false, false, false, false, true, true, true, true},
	}
	for i, e := range f.costs.lines {
		t.row(itoa(i+1), e.Title, e.Supplier, e.Contract, e.Invoice, e.Issued, survey.NameOf(survey.CostKindNames, survey.CostKind(e.Kind)),
			e.Net.Display(), e.Tax.Display(), e.Gross.Display(), e.Paid.Display())
	}
	t.Total = []string{"", "合计", "", "", "", "", "", f.costs.net.Display(), f.costs.tax.Display(), f.costs.gross.Display(), f.costs.paid.Display()}
	return t
}

// row appends a row of cleaned cells.
func (t *Table) row(cells ...string) {
	for i := range cells {
		cells[i] = clean(cells[i])
	}
	t.Rows = append(t.Rows, cells)
}

// entered tells which invoices and contracts stand behind the lines that entered.
func (f *filling) entered() (invoices, contracts map[string]bool) {
	invoices, contracts = map[string]bool{}, map[string]bool{}
	lines := map[string]bool{}
	for _, e := range f.costs.lines {
		lines[e.Line] = true
	}
	for _, v := range f.c.Invoices {
		for _, l := range v.Lines {
			if lines[l.ID] {
				invoices[v.ID], contracts[v.Contract] = true, true
			}
		}
	}
	return invoices, contracts
}

func (f *filling) contractTable() Table {
	t := Table{
		Key: "contracts", Title: "合同（单位：元）", Keys: []string{"no", "number", "title", "supplier", "signed", "gross"},
		Columns: []string{"序号", "合同编号", "合同名称", "服务商", "签订日期", "合同金额（含税）"}, Right: []bool{false, false, false, false, false, true},
	}
	_, contracts := f.entered()
	for _, c := range f.c.Contracts {
		if contracts[c.ID] {
			t.row(itoa(len(t.Rows)+1), c.Number, c.Title, c.Supplier, string(c.Signed), c.Gross.Display())
		}
	}
	return t
}

func (f *filling) paymentTable() Table {
	t := Table{
		Key: "payments", Title: "付款（单位：元）", Keys: []string{"no", "date", "voucher", "invoice", "amount"},
		Columns: []string{"序号", "付款日期", "银行回单号", "对应发票或合同", "付款金额"}, Right: []bool{false, false, false, false, true},
	}
	invoices, contracts := f.entered()
	for _, p := range f.c.Payments {
		if invoices[p.Invoice] || p.Invoice == "" && contracts[p.Contract] && p.Contract != "" {
			t.row(itoa(len(t.Rows)+1), string(p.Date), p.Voucher, f.paidFor(p), p.Amount.Display())
		}
	}
	return t
}

// paidFor names the invoice or the contract that a payment settles.
func (f *filling) paidFor(p survey.Payment) string {
	for _, v := range f.c.Invoices {
		if v.ID == p.Invoice {
			return v.Number
		}
	}
	for _, c := range f.c.Contracts {
		if c.ID == p.Contract {
			return c.Number
		}
	}
	return ""
}
