package subsidy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Comparison is what another pack would change for a case.
type Comparison struct {
	Old      string      `json:"old"` // Ref
	New      string      `json:"new"`
	OldTitle string      `json:"oldTitle"`
	NewTitle string      `json:"newTitle"`
	Before   *money.Fen  `json:"before,omitempty"` // headline under Old
	After    *money.Fen  `json:"after,omitempty"`
	Validity string      `json:"validity"` // of New
	Rows     []ChangeRow `json:"rows"`     // empty: nothing changes
}

// ChangeRow is one measure that differs: what the rule says otherwise and what that does to the case.
type ChangeRow struct {
	Measure string   `json:"measure"`
	Name    string   `json:"name"`
	What    []string `json:"what"`   // 新增, 取消, or each difference
	Before  string   `json:"before"` // amount in words
	After   string   `json:"after"`
}

// Compare computes the case under both packs.
func Compare(old, new *Policy, c *survey.Case, a assess.Assessment) Comparison {
	before, after := Compute(old, c, a), Compute(new, c, a)
	out := Comparison{
		Old: old.Ref(), New: new.Ref(), OldTitle: old.Title, NewTitle: new.Title, Before: before.Conservative.Amount, After: after.Conservative.Amount,
		Validity: after.Validity, Rows: []ChangeRow{},
	}
	for i := range old.Measures {
		m := &old.Measures[i]
		row := ChangeRow{Measure: m.ID, Name: m.Name, Before: said(before.Measure(m.ID))}
		if k := after.Measure(m.ID); k == nil {
			row.What, row.After = []string{"取消"}, "无此条款"
		} else {
			row.What, row.After = differences(m, new.measure(m.ID)), said(k)
		}
		if len(row.What) > 0 || row.Before != row.After {
			out.Rows = append(out.Rows, row)
		}
	}
	for i := range new.Measures {
		if m := &new.Measures[i]; before.Measure(m.ID) == nil {
			out.Rows = append(out.Rows, ChangeRow{Measure: m.ID, Name: m.Name, What: []string{"新增"}, Before: "无此条款", After: said(after.Measure(m.ID))})
		}
	}
	return out
}

// said is the amount in words, with 若入选 where a title is still missing.
func said(m *MeasureClaim) string {
	if m.IfTitled {
		return "若入选 " + m.AmountText
	}
	return m.AmountText
}

func (p *Policy) measure(id string) *Measure {
	i := slices.IndexFunc(p.Measures, func(m Measure) bool { return m.ID == id })
	if i < 0 {
		return nil
	}
	return &p.Measures[i]
}

// differences lists in words what one measure says otherwise than the other.
func differences(a, b *Measure) []string {
	var out []string
	put := func(what, old, new string) {
		if old != new {
			out = append(out, fmt.Sprintf("%s：%s → %s", what, old, new))
		}
	}
	put("比例", ratesOf(a), ratesOf(b))
	put("上限", amountOf(a.Cap, "未列"), amountOf(b.Cap, "未列"))
	put("定额", amountOf(a.Lump, "无"), amountOf(b.Lump, "无"))
	put("档次", tiersOf(a), tiersOf(b))
	put("计算基数", a.Base, b.Base)
	was, now := asked(a), asked(b)
	for _, s := range was {
		if !slices.Contains(now, s) {
			out = append(out, "不再要求："+s)
		}
	}
	for _, s := range now {
		if !slices.Contains(was, s) {
			out = append(out, "新要求："+s)
		}
	}
	return out
}

func asked(m *Measure) []string {
	var out []string
	for _, c := range slices.Concat(m.Conditions, m.Titles) {
		out = append(out, c.Text)
	}
	return out
}

func ratesOf(m *Measure) string {
	if m.Rate != nil {
		return m.Rate.Percent()
	}
	var words []string
	for _, l := range m.Rates {
		words = append(words, l.Layer+" "+l.Rate.Percent())
	}
	if len(words) == 0 {
		return "未列"
	}
	return strings.Join(words, "、")
}

func tiersOf(m *Measure) string {
	var words []string
	for _, t := range m.Tiers {
		s := t.Text
		if t.Rate != nil {
			s += " " + t.Rate.Percent()
		}
		if t.Cap != nil {
			s += " 至多 " + t.Cap.Display() + " 元"
		}
		if t.Lump != nil {
			s += " " + t.Lump.Display() + " 元"
		}
		words = append(words, s)
	}
	if len(words) == 0 {
		return "不分档"
	}
	return strings.Join(words, "；")
}

func amountOf(f *money.Fen, none string) string {
	if f == nil {
		return none
	}
	return f.Display() + " 元"
}
