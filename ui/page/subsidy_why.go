package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/subsidy"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// conditions adds the policy's own sentence and every condition with what was found and what would settle it.
func (t *subsidyClaimTab) conditions(list *fyne.Container, m *subsidy.MeasureClaim) {
	a := t.p.a
	list.Add(part.InnerCard(part.VStack(4, part.Line(a.T("subsidy.why.sentence", m.Paragraph, m.Name), theme.SizeCell, theme.Muted, true),
		part.Colored(m.Sentence, theme.SizeCell, theme.Ink, false), part.HStack(0, part.Link(a.T("subsidy.why.paragraph"), func() { t.paragraph(m.Paragraph) })))))
	if m.Explain != "" {
		list.Add(part.Strong(m.Explain))
	}
	for _, f := range view.Findings(t.p.st, m) {
		list.Add(t.finding(f))
	}
	for _, s := range m.Settle {
		list.Add(part.HStack(8, part.NewBadge(kindOf(view.SettleTone(s)), a.T("subsidy.why.settle")), part.Grow(part.Muted(s.Text))))
	}
	for _, name := range m.Missing {
		list.Add(part.HStack(8, part.NewBadge(part.Warn, a.T("subsidy.why.missing")), part.Grow(part.Muted(name)), part.Link(a.T("subsidy.why.attach"), func() { a.Jump("attachments") })))
	}
}

func (t *subsidyClaimTab) finding(f view.Finding) fyne.CanvasObject {
	words := part.VStack(2, part.Colored(f.Text, theme.SizeCell, theme.Ink, f.Depth == 0))
	if f.Found != "" {
		words.Add(part.Muted(f.Found))
	}
	if f.Needed != "" {
		words.Add(part.Colored(t.p.a.T("subsidy.why.needed", f.Needed), theme.SizeCell, theme.Warn, false))
	}
	row := part.HStack(10, part.Sized(76*theme.Scale(), 0, part.HStack(0, part.NewBadge(kindOf(f.Tone), f.State))), part.Grow(words),
		part.Line(f.Clause, theme.SizeCell, theme.Muted, false))
	if f.Jump != "" && f.Tone != view.Good {
		row.Add(part.Link(t.p.a.T("subsidy.why.mend"), func() { t.p.a.Jump(f.Jump) }))
	}
	return part.Pad(0, 0, 0, float32(18*f.Depth), row)
}

// paragraph shows the whole paragraph of the policy below the page's cards.
func (t *subsidyClaimTab) paragraph(id string) {
	st := t.p.st
	if st == nil || st.Policy == nil {
		return
	}
	part.NewMessage(part.Note{
		Kind: part.Info, Title: t.p.a.T("subsidy.why.title", st.Policy.Title, id), Text: st.Policy.Text(id) + "\n" + st.Claims.Validity, Button: t.p.a.T("button.ok"),
	}).ShowOn(fyne.CurrentApp().Driver().CanvasForObject(t.scroll))
}

// readingCard lists every ambiguous wording with how it was read and what another reading would give.
func (t *subsidyClaimTab) readingCard(st *wizard.State) fyne.CanvasObject {
	a := t.p.a
	list := part.VStack(10)
	for i, r := range view.ReadingRows(a.T, st) {
		if i > 0 {
			list.Add(part.Hairline())
		}
		words := part.VStack(2, part.Colored(r.Text, theme.SizeCell, theme.Ink, true), part.Colored(a.T("subsidy.reading.choice", r.Choice), theme.SizeCell, theme.Ink, false))
		if r.Other != "" {
			words.Add(part.Muted(r.Other))
		}
		for _, k := range view.ReadingChoices(st, r.ID) {
			words.Add(part.HStack(0, part.Link(a.T("subsidy.reading.switch", k.Text), func() { a.Set("project.readings", k.Value) })))
		}
		list.Add(part.HStack(10, part.Sized(44*theme.Scale(), 0, part.HStack(0, part.Tag(r.ID))), part.Grow(words),
			part.Sized(120*theme.Scale(), 0, part.Muted(r.Clause))))
	}
	return part.CardWith(part.HeadRow(a.T("subsidy.readings"), a.T("subsidy.readings.note"), nil), list)
}

// adviceCard lists the measures without money.
func (t *subsidyClaimTab) adviceCard(st *wizard.State) fyne.CanvasObject {
	a := t.p.a
	boxes := []fyne.CanvasObject{}
	for _, c := range st.Claims.Cards {
		boxes = append(boxes, part.InnerCard(part.VStack(4, part.Colored(c.Title, theme.SizeCell, theme.Ink, true), part.Muted(c.Text),
			part.HStack(0, part.Link(c.Paragraph, func() { t.paragraph(c.Paragraph) })))))
	}
	return part.CardWith(part.HeadRow(a.T("subsidy.cards"), a.T("subsidy.cards.note"), nil), part.Grid(2, 12, boxes...))
}
