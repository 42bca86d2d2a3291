package view

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
	"github.com/shangyuntong/shangyun/survey/subsidy"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// CostRow is one cost line of the 测算.
type CostRow struct {
	Line, Title, Papers string
	Amount              string // its base, in yuan
	Measure, Terms      string // clause and name; rate and cap, or why it does not count
	Share               string // its part of the headline, or a word
	Counted             bool
	State               string
	Tone                Tone
}

// CostRows tells what became of every cost line, in the case's order.
func CostRows(w Words, st *wizard.State) []CostRow {
	out := make([]CostRow, 0, len(st.Claims.Lines))
	for _, k := range st.Claims.Lines {
		r := CostRow{Line: k.Expense.Line, Title: k.Expense.Title, Papers: papersOf(w, k.Expense), Amount: k.Expense.Base.Display()}
		if r.Title == "" {
			r.Title = w("subsidy.line.unnamed")
		}
		r.State, r.Tone = k.State.Chinese(), toneOf(k.State)
		switch m := st.Claims.Measure(k.Measure); {
		case m != nil:
			r.Measure, r.Terms, r.Counted = clauseShort(m.Clause)+" "+m.Name, termsOf(w, m), true
		default:
			r.Measure, r.Terms = otherMeasures(w, st, k.Others), k.Reason
			if k.State == rule.Met {
				r.State, r.Tone = w("subsidy.line.out"), Bad
			}
		}
		r.Share = w("subsidy.line.none")
		if k.Amount != nil {
			r.Share = k.Amount.Display()
		}
		out = append(out, r)
	}
	return out
}

func papersOf(w Words, e subsidy.Expense) string {
	words := []string{w("subsidy.line.contract.no"), w("subsidy.line.invoice"), w("subsidy.line.paid.none")}
	if e.Contract != "" {
		words[0] = w("subsidy.line.contract")
	}
	if e.Issued == "" {
		words[1] = w("subsidy.line.invoice.undated")
	}
	switch {
	case e.Paid >= e.Gross && e.Gross > 0:
		words[2] = w("subsidy.line.paid.all")
	case e.Paid > 0:
		words[2] = w("subsidy.line.paid.part", e.Paid.Display())
	}
	return strings.Join(words, " · ")
}

func otherMeasures(w Words, st *wizard.State, ids []string) string {
	var names []string
	for _, id := range ids {
		if m := st.Claims.Measure(id); m != nil {
			names = append(names, clauseShort(m.Clause)+" "+m.Name)
		}
	}
	if len(names) == 0 {
		return w("subsidy.line.misfit")
	}
	return w("subsidy.line.others", strings.Join(names, "、"))
}

// termsOf is rate and cap of a measure as its text states them.
func termsOf(w Words, m *subsidy.MeasureClaim) string {
	switch {
	case m.Rate != nil && m.Cap != nil:
		return w("subsidy.terms.both", m.Rate.Percent(), m.Cap.Display())
	case m.Rate != nil:
		return w("subsidy.terms.rate", m.Rate.Percent())
	}
	return m.AmountText
}

// clauseShort turns 政策第五条 into 第五条.
func clauseShort(clause string) string { return strings.TrimPrefix(clause, "政策") }

func toneOf(v rule.Verdict) Tone {
	return [...]Tone{rule.Open: Careful, rule.Met: Good, rule.NotMet: Bad}[v]
}

// CostFoot is the last row of the cost lines: their sum, how they are filed, and the headline.
type CostFoot struct{ Sum, Note, Total string }

// CostFootOf adds the cost lines up.
func CostFootOf(w Words, st *wizard.State) CostFoot {
	f := CostFoot{Sum: sumBase(st.Claims.Lines).Display(), Note: w("subsidy.foot.none"), Total: w("subsidy.line.none")}
	if t := st.Claims.Conservative; t.Amount != nil {
		f.Total = t.Amount.Display()
		f.Note = w("subsidy.foot.one", len(t.Parts[0].Lines))
	}
	return f
}

func sumBase(lines []subsidy.LineClaim) money.Fen {
	var sum money.Fen
	for _, k := range lines {
		if s, err := money.Add(sum, k.Expense.Base); err == nil {
			sum = s
		}
	}
	return sum
}

// MoneyBar is one bar of the picture from spending to net cost; From and To are shares of the spending in thousandths.
type MoneyBar struct {
	Key, Figure, Name, Note, Between string
	From, To                         int
}

// The keys of the bars.
const (
	BarSpent = "spent" // 投入
	BarOut   = "out"   // 不计入
	BarBase  = "base"  // 可申报基数
	BarAid   = "aid"   // 补贴上限
	BarNet   = "net"   // 企业净支出
)

// MoneyBars follows the money: 投入 → 不计入 → 可申报基数 → 补贴上限 → 企业净支出; none without a cost line. Figures are in 万元.
func MoneyBars(w Words, st *wizard.State) []MoneyBar {
	spent := sumBase(st.Claims.Lines)
	if spent <= 0 {
		return nil
	}
	var base, aid money.Fen
	counted, between := 0, ""
	if t := st.Claims.Conservative; t.Amount != nil && len(t.Parts) == 1 {
		base, aid, counted = t.Parts[0].Base, *t.Amount, len(t.Parts[0].Lines)
		if m := st.Claims.Measure(t.Parts[0].Measure); m != nil && m.Rate != nil {
			between = "×" + m.Rate.Percent()
		}
	}
	part := func(f money.Fen) int { return int(min(f, spent) / max(1, spent/1000)) }
	bar := func(key string, f, from, to money.Fen, note string) MoneyBar {
		return MoneyBar{Key: key, Figure: f.Wan(), Name: w("subsidy.bar." + key), Note: note, From: part(from), To: part(to)}
	}
	out := []MoneyBar{
		bar(BarSpent, spent, 0, spent, w("subsidy.bar.lines", len(st.Claims.Lines))),
		bar(BarOut, spent-base, base, spent, w("subsidy.bar.lines", len(st.Claims.Lines)-counted)),
		bar(BarBase, base, 0, base, w("subsidy.bar.lines", counted)),
		bar(BarAid, aid, 0, aid, w("subsidy.bar.aid.note")),
		bar(BarNet, spent-aid, 0, spent-aid, w("subsidy.bar.net.note")),
	}
	out[1].Figure = "−" + out[1].Figure
	out[3].Between = between
	return out
}
