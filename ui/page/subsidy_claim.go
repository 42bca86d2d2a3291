package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/subsidy"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// subsidyClaimTab is 测算: what the policy grants for what was spent, and why.
type subsidyClaimTab struct {
	p      *subsidyPage
	body   fyne.CanvasObject
	scroll *part.Scroller

	top, cards, costs, notes, detail, rules, rule, readings, advice *part.Slot

	policy   *subsidyPolicy
	table    *part.Table
	foot     *part.Slot
	rows     []view.CostRow
	measures *part.Table
	have     []view.MeasureRow
}

func newSubsidyClaim(p *subsidyPage) *subsidyClaimTab {
	t := &subsidyClaimTab{p: p, foot: part.NewSlot(nil), policy: newSubsidyPolicy(p)}
	for _, s := range []**part.Slot{&t.top, &t.cards, &t.costs, &t.notes, &t.detail, &t.rules, &t.rule, &t.readings, &t.advice} {
		*s = part.NewSlot(nil)
	}
	col := func(key string) string { return p.a.T("subsidy.cost.column." + key) }
	t.table = part.NewTable([]part.TableColumn{
		{Title: col("title"), Weight: 2.1}, {Title: col("amount"), Width: 112, Align: trailing}, {Title: col("measure"), Weight: 2.6},
		{Title: col("share"), Width: 112, Align: trailing}, {Title: col("state"), Width: 104},
	}, 50, t.foot).WithChevron().WithEmpty(p.a.T("subsidy.cost.none"))
	t.table.OnSelect = t.line
	t.table.OnActivate = t.line
	rule := func(key string) string { return p.a.T("subsidy.measure.column." + key) }
	t.measures = part.NewTable([]part.TableColumn{
		{Title: rule("name"), Weight: 2.6}, {Title: rule("amount"), Weight: 1.9}, {Title: rule("state"), Width: 92}, {Title: rule("title"), Width: 118},
	}, 50, nil).WithChevron()
	t.measures.OnSelect = t.measure
	t.measures.OnActivate = t.measure
	t.scroll = part.PageBody(part.VStack(12, t.top, t.costs, t.detail, t.cards, t.notes, t.rules, t.rule, t.policy.card, t.readings, t.advice))
	t.body = t.scroll
	return t
}

func (t *subsidyClaimTab) show(st *wizard.State) {
	a := t.p.a
	t.top.Set(t.money(st))
	put(t.cards, t.apart(st))
	t.rows = view.CostRows(a.T, st)
	t.table.SetRows(len(t.rows), func(row, column int) part.Cell { return t.cell(t.rows[row], column) })
	f := view.CostFootOf(a.T, st)
	t.foot.Set(part.TotalRow(a.T("subsidy.foot.total", f.Sum), f.Note, f.Total, nil))
	t.costs.Set(part.BareCard(tableHeight(t.table, len(t.rows), 50, 38)))
	t.have = view.MeasureRows(a.T, st)
	t.measures.SetRows(len(t.have), func(row, column int) part.Cell { return t.measureCell(t.have[row], column) })
	t.rules.Set(part.VStack(8, part.Pad(8, 0, 0, 0, part.HeadRow(a.T("subsidy.measures"), a.T("subsidy.measures.note", len(t.have)), nil)),
		part.BareCard(part.Sized(0, (40+50*float32(len(t.have)))*theme.Scale(), t.measures))))
	t.notes.Set(t.warnings(st))
	t.policy.show(st)
	t.readings.Set(t.readingCard(st))
	t.advice.Set(t.adviceCard(st))
	t.line(t.table.Selected())
	t.measure(t.measures.Selected())
	t.scroll.Refresh()
}

// money is the picture beside the two ways to add up; the conservative one leads.
func (t *subsidyClaimTab) money(st *wizard.State) fyne.CanvasObject {
	a := t.p.a
	chart := fyne.CanvasObject(part.EmptyState("yuan", a.T("subsidy.bars.none"), a.T("subsidy.bars.none.text"), nil))
	var save fyne.CanvasObject
	if bars := view.MoneyBars(a.T, st); len(bars) > 0 {
		chart = part.NewWaterfall(fallBars(bars))
		save = saveChart(a, a.T("subsidy.bars"), func() fyne.CanvasObject { return part.Sized(640, 280, part.NewWaterfall(fallBars(bars))) })
	}
	lead := view.SumOf(a.T, st, st.Claims.Conservative)
	words := or(lead.Words, lead.Note)
	if n, sum := view.OpenLines(st); n > 0 {
		words += a.T("subsidy.sum.open", sum.Display(), n)
	}
	head := part.NewHeadlineSum(part.Headline{
		Title: st.Claims.Conservative.Name, Badge: a.T("subsidy.sum.one"), BadgeKind: part.Info, Sum: lead.Figure, Unit: yuanUnit(a, lead), Note: a.T("subsidy.sum.ceiling"),
		Words: words, Leading: true,
	})
	wide := view.SumOf(a.T, st, st.Claims.Disjoint)
	second := part.NewHeadlineSum(part.Headline{
		Title: st.Claims.Disjoint.Name, Badge: a.T("subsidy.sum.confirm"), BadgeKind: part.Warn, Sum: wide.Figure, Unit: yuanUnit(a, wide),
		Note: a.T("subsidy.sum.parts", len(st.Claims.Disjoint.Parts)), Words: or(wide.Words, wide.Note),
	})
	picture := part.CardWith(part.HeadRow(a.T("subsidy.bars"), a.T("subsidy.bars.note", st.Claims.VATBase), save), chart)
	return part.Columns(12, []float32{58, 42}, picture, part.VStack(12, part.Grow(head), part.Grow(second)))
}

func yuanUnit(a Actions, s view.Sum) string {
	if !s.Known {
		return ""
	}
	return a.T("subsidy.unit.yuan")
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func fallBars(bars []view.MoneyBar) []part.FallBar {
	roles := map[string]part.BarRole{
		view.BarSpent: part.BarTotal, view.BarOut: part.BarAway, view.BarBase: part.BarTotal, view.BarAid: part.BarResult, view.BarNet: part.BarRest,
	}
	out := make([]part.FallBar, len(bars))
	for i, b := range bars {
		out[i] = part.FallBar{
			From: float32(b.From) / 1000, To: float32(b.To) / 1000, Figure: b.Figure, Name: b.Name, Note: b.Note, Role: roles[b.Key], Between: b.Between,
		}
	}
	return out
}

// apart holds what is no part of the sums: 若入选 and the 预测 of planned money.
func (t *subsidyClaimTab) apart(st *wizard.State) fyne.CanvasObject {
	a := t.p.a
	boxes := []fyne.CanvasObject{}
	if s := view.SumOf(a.T, st, st.Claims.IfSelected); s.Known {
		boxes = append(boxes, t.box(st.Claims.IfSelected.Name, a.T("subsidy.if.badge"), a.T("subsidy.if.sum", s.Figure, s.Measures), s.Note))
	}
	for _, other := range st.Claims.Others {
		s := view.SumOf(a.T, st, other)
		boxes = append(boxes, t.box(other.Name, a.T("subsidy.sum.confirm"), a.T("subsidy.if.sum", s.Figure, s.Measures), s.Note))
	}
	if f := st.Claims.Forecast; f != nil {
		boxes = append(boxes, t.box(a.T("subsidy.forecast"), a.T("subsidy.forecast.badge"), f.Text, ""))
	}
	if len(boxes) == 0 {
		return nil
	}
	return part.Columns(12, nil, boxes...)
}

func (t *subsidyClaimTab) box(title, badge, text, note string) fyne.CanvasObject {
	words := part.VStack(4, part.Colored(text, theme.SizeCell, theme.Ink, false))
	if note != "" {
		words.Add(part.Muted(note))
	}
	return part.InnerCard(part.VStack(6, part.HStack(8, part.Line(title, theme.SizeBody, theme.Ink, true), part.Spacer(), part.NewBadge(part.Warn, badge)), words))
}

// warnings always say that the text's validity is not settled.
func (t *subsidyClaimTab) warnings(st *wizard.State) fyne.CanvasObject {
	list := part.VStack(8, part.Notice(part.Warn, st.Claims.Validity))
	for _, w := range st.Claims.Warnings {
		list.Add(part.Notice(part.Warn, w))
	}
	return list
}

func (t *subsidyClaimTab) cell(r view.CostRow, column int) part.Cell {
	switch column {
	case 0:
		return part.Cell{Text: r.Title, Sub: r.Papers, Bold: true}
	case 1:
		return part.Cell{Text: r.Amount}
	case 2:
		return part.Cell{Text: r.Measure, Sub: r.Terms}
	case 3:
		if !r.Counted {
			return part.Cell{Text: r.Share, Token: theme.Muted}
		}
		return part.Cell{Text: r.Share, Bold: true}
	}
	return part.Cell{Badge: r.State, BadgeKind: kindOf(r.Tone)}
}

func (t *subsidyClaimTab) measureCell(r view.MeasureRow, column int) part.Cell {
	switch column {
	case 0:
		return part.Cell{Text: r.Name, Sub: r.ID + " · " + r.Clause, Bold: r.Filed}
	case 1:
		return part.Cell{Text: r.Amount, Sub: r.Explain}
	case 2:
		return part.Cell{Badge: r.State, BadgeKind: kindOf(r.Tone)}
	}
	if r.Title == "" {
		return part.Cell{}
	}
	return part.Cell{Badge: r.Title, BadgeKind: kindOf(r.TitleTone)}
}

// line shows why one cost line counts or not, with the conditions of the measure that takes it.
func (t *subsidyClaimTab) line(row int) {
	put(t.detail, nil)
	st := t.p.st
	if st == nil || row < 0 || row >= len(st.Claims.Lines) {
		return
	}
	k := st.Claims.Lines[row]
	m := st.Claims.Measure(k.Measure)
	if m == nil && len(k.Others) > 0 {
		m = st.Claims.Measure(k.Others[0])
	}
	put(t.detail, t.explain(t.rows[row].Title, k.Reason, m))
	t.scroll.Refresh()
}

// measure shows one measure's conditions.
func (t *subsidyClaimTab) measure(row int) {
	put(t.rule, nil)
	st := t.p.st
	if st == nil || row < 0 || row >= len(st.Claims.Measures) {
		return
	}
	m := &st.Claims.Measures[row]
	put(t.rule, t.explain(m.ID+" "+m.Name, m.Note, m))
	t.scroll.Refresh()
}

func (t *subsidyClaimTab) explain(title, reason string, m *subsidy.MeasureClaim) fyne.CanvasObject {
	list := part.VStack(10)
	if reason != "" {
		list.Add(part.Body(reason))
	}
	if m != nil {
		t.conditions(list, m)
	}
	return part.Card(title, nil, list)
}
