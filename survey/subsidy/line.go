package subsidy

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// lineClaims tells what became of every cost line, in the case's order.
func (d *desk) lineClaims(ws []worked, headline Total) []LineClaim {
	shares, taker := d.shares(ws, headline)
	out := make([]LineClaim, len(d.lines))
	for i, e := range d.lines {
		k := LineClaim{Expense: e, State: e.State}
		for _, w := range ws {
			if w.fits[i] != misfit && (taker == nil || shares[i] == nil || w.claim.ID != taker.claim.ID) {
				k.Others = append(k.Others, w.claim.ID)
			}
		}
		if shares[i] != nil {
			k.Measure, k.Amount = taker.claim.ID, shares[i]
		}
		k.Reason = d.reason(&k, ws, taker)
		out[i] = k
	}
	return out
}

// shares spreads the headline over its lines by their base (with rates by layer by what each brings), cut down; the fen left over go to the
// first lines.
func (d *desk) shares(ws []worked, headline Total) ([]*money.Fen, *worked) {
	out := make([]*money.Fen, len(d.lines))
	if len(headline.Parts) != 1 {
		return out, nil
	}
	at := slices.IndexFunc(ws, func(w worked) bool { return w.claim.ID == headline.Parts[0].Measure })
	w := &ws[at]
	left, whole := *w.claim.Amount, w.claim.Base
	if w.app.rates != nil {
		whole = 0
		for i := range d.lines {
			if w.app.takes(i) {
				whole = plus(whole, w.app.rates[i].Of(d.lines[i].Base))
			}
		}
	}
	var mine []int
	for i := range d.lines {
		if w.app.takes(i) {
			part := d.lines[i].Base
			if w.app.rates != nil {
				part = w.app.rates[i].Of(part)
			}
			share := portion(*w.claim.Amount, part, whole)
			out[i], left, mine = &share, left-share, append(mine, i)
		}
	}
	for n := 0; left > 0 && n < len(mine); n++ {
		*out[mine[n]]++
		left--
	}
	return out, w
}

// portion is floor(amount × part / whole), at most amount.
func portion(amount, part, whole money.Fen) money.Fen {
	if amount <= 0 || part <= 0 || whole <= 0 {
		return 0
	}
	if part >= whole {
		return amount
	}
	hi, lo := bits.Mul64(uint64(amount), uint64(part))
	q, _ := bits.Div64(hi, lo, uint64(whole))
	return money.Fen(q)
}

// reason writes clause → condition → evidence → sum.
func (d *desk) reason(k *LineClaim, ws []worked, taker *worked) string {
	e := k.Expense
	switch {
	case k.Amount != nil:
		m := &taker.claim
		return strings.Join([]string{
			fmt.Sprintf("%s（%s %s）", m.Clause, m.Paragraph, m.Name),
			fmt.Sprintf("%d 项条件满足%s", len(m.Conditions), titlesHeld(m)),
			papers(e),
			fmt.Sprintf("计入 %s 元；全项 %s；本行 %s 元", e.Base.Display(), m.Explain, k.Amount.Display()),
		}, " → ")
	case e.State == rule.NotMet:
		return "不计入：" + e.Why
	case e.Topic == "":
		return "不计入：未选择费用主题，无法对应条款"
	case len(k.Others) == 0 && !d.counts(e):
		return "不计入：按读法 A5 不属于项目投资的计算基数" + automation(e)
	case len(k.Others) == 0:
		return "不计入：没有条款以此类费用为计算基数"
	case e.State == rule.Open:
		return fmt.Sprintf("待核实，暂不计入：%s → 核实后另有 %s 元可归入 %s", e.Why, e.Base.Display(), strings.Join(k.Others, "、"))
	}
	var why []string
	for i := range ws {
		if slices.Contains(k.Others, ws[i].claim.ID) {
			why = append(why, ws[i].claim.ID+"（"+ws[i].lost()+"）")
		}
	}
	return "未进入保守口径：可归入 " + strings.Join(why, "、")
}

// lost says why a measure that fits a line did not take it.
func (w *worked) lost() string {
	switch {
	case w.claim.Verdict == rule.NotMet:
		return "条件不满足"
	case w.claim.Verdict == rule.Open:
		return "条件待核实"
	case !w.able:
		return w.claim.AmountText
	case w.held != rule.Met:
		return "尚无入选资格"
	}
	return "就高后未采用，或费用不在通知期间内"
}

func automation(e Expense) string {
	if e.Automation {
		return "（自动化装备）"
	}
	return ""
}

func titlesHeld(m *MeasureClaim) string {
	if len(m.Titles) == 0 {
		return ""
	}
	names := make([]string, len(m.Titles))
	for i, t := range m.Titles {
		names[i] = t.Text
	}
	return "，资格已登记：" + strings.Join(names, "、")
}

// papers names contract, invoice and payment of a line with the state of the tax check.
func papers(e Expense) string {
	checked := "未验真"
	if e.Checked == survey.Yes {
		checked = "已查验"
	}
	return fmt.Sprintf("合同 %s、发票 %s（%s，%s）、已付 %s 元", e.Contract, e.Invoice, e.Issued, checked, e.Paid.Display())
}
