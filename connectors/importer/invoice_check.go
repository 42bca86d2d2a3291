package importer

import (
	"fmt"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// check turns one slip into an invoice and gathers what does not fit.
type check struct {
	r   *invoiceReader
	s   *slip
	v   survey.Invoice
	out bool // left out
}

// invoice checks a slip: number, red letter, amounts per line and in sum, words against figures, date. It reports false when the invoice is
// left out; the reasons are Problems.
func (r *invoiceReader) invoice(s *slip, at time.Time) (survey.Invoice, bool) {
	c := &check{r: r, s: s, v: survey.Invoice{
		Number: cut(numberOf(s.number), 20), Seller: cut(clean(s.seller), 200),
		BuyerCode: strings.ToUpper(cut(strings.ReplaceAll(survey.HalfWidth(clean(s.buyerCode)), " ", ""), 40)),
		Evidence:  []survey.Evidence{{Source: survey.SourceInvoice, At: at, Ref: s.file, Note: s.from.String()}},
	}}
	c.number()
	c.amounts()
	if c.out {
		return survey.Invoice{}, false
	}
	c.date()
	c.complete()
	return c.v, true
}

// say names a problem; refuse names one for which the invoice is left out.
func (c *check) say(code survey.Code, format string, args ...any) {
	c.r.left.note(c.r, InvoiceProblem{File: c.s.file, Number: c.v.Number, Code: code, Text: fmt.Sprintf(format, args...)})
}

func (c *check) refuse(code survey.Code, format string, args ...any) {
	c.out = true
	c.r.left.note(c.r, InvoiceProblem{File: c.s.file, Number: c.v.Number, Code: code, LeftOut: true, Text: fmt.Sprintf(format, args...)})
}

func (c *check) number() {
	number := numberOf(c.s.number)
	switch n := len(number); {
	case n == 8, n == 20:
	case c.s.number == "":
		c.refuse(survey.CodeNumber, "没有读到发票号码，没有读入")
	case n == 0:
		c.refuse(survey.CodeNumber, "发票号码“%s”读不出，没有读入，请核对原件", cut(clean(c.s.number), 30))
	default:
		c.refuse(survey.CodeNumber, "发票号码应为 20 位（数电）或 8 位（税控），现为 %d 位，没有读入，请核对原件", n)
	}
	if id := numberOf(c.s.id); len(id) == 20 && number != "" && id != number {
		c.refuse(survey.CodeNumber, "文件里有两个发票号码 %s 和 %s，没有读入，请核对原件", cut(number, 20), id)
	}
}

// amounts reads the lines and the sums. Figures that contradict each other are never chosen between: the invoice stays out.
func (c *check) amounts() {
	net, okN := c.sum("不含税金额", c.s.net)
	tax, okT := c.sum("税额", c.s.tax)
	gross, okG := c.sum("价税合计", c.s.gross)
	if c.s.red || okG && gross < 0 || okN && net < 0 {
		c.refuse(survey.CodeField, "这是红字发票，不计入费用，没有读入；请同时删去或改正被冲销的蓝字发票")
		return
	}
	if okN && okT && okG && net+tax != gross {
		c.refuse(survey.CodeMoney, "不含税 %s 加税额 %s 不等于价税合计 %s，没有读入，请核对原件", net.Display(), tax.Display(), gross.Display())
	}
	c.words(gross, okG)
	if len(c.s.lines) == 0 {
		c.total(net, tax, gross, okN, okT, okG)
		return
	}
	var sumN, sumT, sumG money.Fen
	for i, l := range c.s.lines {
		line, ok := c.line(i, l)
		if !ok {
			return
		}
		var errs [3]error
		sumN, errs[0] = money.Add(sumN, line.Net)
		sumT, errs[1] = money.Add(sumT, line.Tax)
		sumG, errs[2] = money.Add(sumG, line.Gross)
		for _, err := range errs {
			if err != nil {
				c.refuse(survey.CodeMoney, "金额过大，没有读入，请核对原件")
				return
			}
		}
		c.v.Lines = append(c.v.Lines, line)
	}
	c.discounts()
	c.same("不含税金额", sumN, net, okN)
	c.same("税额", sumT, tax, okT)
	c.same("价税合计", sumG, gross, okG)
}

func (c *check) same(name string, lines, stated money.Fen, known bool) {
	if known && lines != stated {
		c.refuse(survey.CodeMoney, "各行%s之和 %s 与票面合计 %s 不符，没有读入，请核对原件", name, lines.Display(), stated.Display())
	}
}

// sum reads one stated total; false when it is not stated or cannot be read, which is named.
func (c *check) sum(name, text string) (money.Fen, bool) {
	if text == "" {
		return 0, false
	}
	f, err := taxAmount(text)
	if err != nil {
		c.refuse(survey.CodeMoney, "%s“%s”读不出，没有读入，请核对原件", name, cut(clean(text), 20))
		return 0, false
	}
	return f, true
}

// words holds 价税合计（大写） against the figures.
func (c *check) words(gross money.Fen, known bool) {
	text := strings.TrimLeft(clean(c.s.capital), "⊗ⓧ×")
	if text == "" || !known {
		return
	}
	f, err := money.ParseCapital(text)
	switch {
	case err != nil:
		c.say(survey.CodeMoney, "价税合计大写“%s”读不出，没有与小写 %s 核对，请对照原件", cut(text, 40), gross.Display())
	case f != gross:
		c.refuse(survey.CodeMoney, "价税合计大写“%s”是 %s，小写是 %s，两者不符，没有读入，请核对原件", cut(text, 40), f.Display(), gross.Display())
	}
}

// line reads one line; its own total is held against net and tax where the file states one.
func (c *check) line(i int, l slipLine) (survey.InvoiceLine, bool) {
	out := survey.InvoiceLine{Item: cut(clean(l.item), 200)}
	var err [4]error
	out.Net, err[0] = invoiceAmount(l.net)
	out.Tax, err[1] = taxAmount(l.tax)
	out.Gross, err[2] = money.Add(out.Net, out.Tax)
	stated := out.Gross
	if l.gross != "" {
		stated, err[3] = invoiceAmount(l.gross)
	}
	for _, e := range err {
		if e != nil {
			c.refuse(survey.CodeMoney, "第 %d 行的金额读不出，没有读入，请核对原件", i+1)
			return out, false
		}
	}
	if stated != out.Gross {
		c.refuse(survey.CodeMoney, "第 %d 行不含税 %s 加税额 %s 不等于价税合计 %s，没有读入，请核对原件", i+1, out.Net.Display(), out.Tax.Display(), stated.Display())
		return out, false
	}
	return out, true
}

// discounts puts each 折扣行 (a negative line right after the line of the same item) into the line it reduces, and says so.
func (c *check) discounts() {
	var kept []survey.InvoiceLine
	for i, l := range c.v.Lines {
		n := len(kept)
		if l.Net >= 0 && l.Gross >= 0 {
			kept = append(kept, l)
			continue
		}
		if n == 0 || kept[n-1].Item != l.Item || kept[n-1].Net+l.Net < 0 || kept[n-1].Gross+l.Gross < 0 {
			c.refuse(survey.CodeMoney, "第 %d 行是负数，又不是上一行的折扣，没有读入，请核对原件", i+1)
			return
		}
		kept[n-1].Net, kept[n-1].Tax, kept[n-1].Gross = kept[n-1].Net+l.Net, kept[n-1].Tax+l.Tax, kept[n-1].Gross+l.Gross
		c.say(survey.CodeField, "第 %d 行是折扣 %s，已从上一行“%s”减去", i+1, l.Gross.Display(), cut(l.Item, 30))
	}
	c.v.Lines = kept
}

// total makes the one line of a witness that states sums only. What it does not state stays open: such a line does not add up until a
// person completes it, and counts for nothing before.
func (c *check) total(net, tax, gross money.Fen, okN, okT, okG bool) {
	switch {
	case !okN && !okG:
		if !c.out {
			c.refuse(survey.CodeMoney, "没有读到金额，没有读入")
		}
		return
	case okN && okT && !okG:
		gross = net + tax
	case okN && okG && !okT:
		tax = gross - net
	case okG && okT && !okN:
		net = gross - tax
	}
	c.v.Lines = []survey.InvoiceLine{{Net: net, Tax: tax, Gross: gross}}
}

func (c *check) date() {
	d, err := invoiceDate(c.s.date)
	if err != nil || d == "" || d.Day() == 0 {
		c.say(survey.CodeDate, "开票日期“%s”读不出，请照原件填写", cut(clean(c.s.date), 20))
		return
	}
	c.v.Issued = d
}

// complete names what the witness does not state.
func (c *check) complete() {
	switch {
	case c.s.from == trustQR:
		c.say(survey.CodeNotReady, "二维码只有号码、日期和合计；请导入 XML 或 OFD，或补全销售方、购买方和明细，补全前不计入费用")
		return
	case len(c.s.lines) == 0 && c.s.marks != "":
		c.say(survey.CodeNotReady, "%s，请补全明细", c.s.marks)
	case len(c.s.lines) == 0:
		c.say(survey.CodeNotReady, "没有明细，只读了合计，请补全明细")
	}
	if c.v.Seller == "" {
		c.say(survey.CodeNotReady, "没有读到销售方，请补全")
	}
	if c.v.BuyerCode == "" {
		c.say(survey.CodeNotReady, "没有读到购买方代码，请补全")
	}
}

// invoiceAmount reads a figure of an invoice.
func invoiceAmount(s string) (money.Fen, error) {
	return money.Parse(strings.TrimLeft(clean(s), "¥￥"))
}

// taxAmount takes the words that stand for no tax as well.
func taxAmount(s string) (money.Fen, error) {
	switch t := clean(s); t {
	case "***", "*", "免税", "不征税", "":
		return 0, nil
	}
	return invoiceAmount(s)
}
