package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
	"github.com/shangyuntong/shangyun/survey/subsidy"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Sum is one way to add up, ready for a card in large type.
type Sum struct {
	Known          bool
	Figure, Words  string // 576,000.00; 人民币伍拾柒万陆仟元整
	Note, Measures string
}

// SumOf prints a total; without an amount the note says why.
func SumOf(w Words, st *wizard.State, t subsidy.Total) Sum {
	s := Sum{Figure: w("subsidy.sum.none"), Note: t.Note}
	if t.Amount == nil {
		return s
	}
	s.Known, s.Figure, s.Words = true, t.Amount.Display(), t.Amount.CapitalRMB()
	var names []string
	for _, p := range t.Parts {
		if m := st.Claims.Measure(p.Measure); m != nil {
			names = append(names, clauseShort(m.Clause)+" "+m.Name)
		}
	}
	s.Measures = strings.Join(names, "、")
	return s
}

// OpenLines counts the cost lines that still wait for evidence, and adds their bases up.
func OpenLines(st *wizard.State) (int, money.Fen) {
	n, sum := 0, money.Fen(0)
	for _, k := range st.Claims.Lines {
		if k.State == rule.Open {
			n++
			sum += min(k.Expense.Base, money.MaxFen-sum)
		}
	}
	return n, sum
}

// MeasureRow is one of the policy's money measures.
type MeasureRow struct {
	ID, Name, Clause, Amount, Explain string
	State                             string // of its conditions
	Tone                              Tone
	Title                             string // of the titles it demands, "" when it demands none
	TitleTone                         Tone
	Filed                             bool
}

// MeasureRows lists the money measures in the policy's order. A measure without a rate in the text shows words and never a number.
func MeasureRows(w Words, st *wizard.State) []MeasureRow {
	out := make([]MeasureRow, 0, len(st.Claims.Measures))
	for i := range st.Claims.Measures {
		m := &st.Claims.Measures[i]
		r := MeasureRow{
			ID: m.ID, Name: m.Name, Clause: clauseShort(m.Clause) + " " + m.Paragraph, Amount: m.AmountText, Explain: m.Explain,
			State: m.Verdict.Chinese(), Tone: toneOf(m.Verdict), Filed: m.ID == st.Claims.Filing,
		}
		if m.IfTitled && m.Amount != nil {
			r.Amount = w("subsidy.measure.if", m.AmountText)
		}
		if len(m.Titles) > 0 {
			r.Title, r.TitleTone = w("subsidy.measure.title."+m.TitlesHeld.String()), toneOf(m.TitlesHeld)
		}
		if r.Explain == "" {
			r.Explain = m.Note
		}
		out = append(out, r)
	}
	return out
}

// Finding is one condition with what was found and what would settle it. Depth counts from 0 for parts of a condition; Jump is the
// path of the field behind it, "" when there is none.
type Finding struct {
	Text, State, Found, Needed, Clause, Jump string
	Tone                                     Tone
	Depth                                    int
}

// Findings flattens the conditions and titles of a measure.
func Findings(st *wizard.State, m *subsidy.MeasureClaim) []Finding {
	out := findings(st, m.Titles, 0)
	return append(out, findings(st, m.Conditions, 0)...)
}

func findings(st *wizard.State, traces []rule.Trace, depth int) []Finding {
	var out []Finding
	for _, t := range traces {
		out = append(out, Finding{
			Text: t.Text, State: t.Verdict.Chinese(), Tone: toneOf(t.Verdict), Found: t.Found, Needed: t.Needed, Clause: t.Clause,
			Depth: depth, Jump: factPath(st.Case, t.Fact),
		})
		if t.Verdict != rule.Met {
			out = append(out, findings(st, t.Parts, depth+1)...)
		}
	}
	return out
}

// factPath turns the key of a fact into the path of the field that holds it.
func factPath(c *survey.Case, fact string) string {
	if kind, ok := strings.CutPrefix(fact, "title:"); ok {
		return "titles." + kind
	}
	head, rest, _ := strings.Cut(fact, ".")
	switch head {
	case "lastYear":
		return "years." + strconv.Itoa(c.LastYear()) + "." + rest
	case "firm":
		if rest == "size" {
			return "firm.declaredSize"
		}
		return fact
	case "project":
		if rest == "core" {
			return "project.coreSystem"
		}
		return fact
	case "assess":
		return "answers"
	}
	return ""
}

// ReadingRow is one ambiguous wording as it was read.
type ReadingRow struct{ ID, Clause, Text, Choice, Other string }

// ReadingRows lists the readings; Other names the other way to read it with the sum it would give, where that differs.
func ReadingRows(w Words, st *wizard.State) []ReadingRow {
	out := make([]ReadingRow, 0, len(st.Claims.Readings))
	for _, r := range st.Claims.Readings {
		row := ReadingRow{ID: r.ID, Clause: r.Clause, Text: r.Text, Choice: r.Choice, Other: r.Other}
		switch {
		case r.Other != "" && r.OtherAmount != nil:
			row.Other = w("subsidy.reading.other", r.Other, r.OtherAmount.Display())
		case r.Other != "":
			row.Other = w("subsidy.reading.same", r.Other)
		}
		out = append(out, row)
	}
	return out
}

// TitleRow is one title that the policy asks for.
type TitleRow struct {
	Kind, Name, Issuer, ID string // ID is the case's own, "" while nothing was said
	Have, DocNo            string
	Tone                   Tone
}

// TitleRows lists the policy's titles, those the case speaks of first.
func TitleRows(w Words, st *wizard.State) []TitleRow {
	var out []TitleRow
	if st.Policy == nil {
		return nil
	}
	for _, def := range st.Policy.Titles {
		r := TitleRow{Kind: def.Key, Name: def.Name, Issuer: def.Issuer, Have: w("subsidy.title.ask"), Tone: Plain}
		if t := st.Case.Title(def.Key); t != nil {
			r.ID, r.DocNo = t.ID, t.DocNo
			r.Have = w("subsidy.title." + t.Have.String())
			r.Tone = [...]Tone{survey.Unknown: Careful, survey.Yes: Good, survey.No: Plain}[t.Have]
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b TitleRow) int { return titleRank(a) - titleRank(b) })
	return out
}

func titleRank(r TitleRow) int {
	if r.ID != "" {
		return 0
	}
	return 1
}
