package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// sinceCard freezes the assessment and sets two of them beside each other.
func (p *resultPage) sinceCard() fyne.CanvasObject {
	t := p.a.T
	s := view.SinceOf(t, p.st, p.from, p.to)
	var freeze fyne.CanvasObject
	if s.Next != "" {
		freeze = part.Secondary(t("maturity.freeze", s.Next), "lock", func() { p.freeze(s.Next) }).Small()
	}
	head := part.HeadRow(t("maturity.title"), t("maturity.note"), freeze)
	if len(s.Frozen) == 0 {
		return part.CardWith(head, part.Muted(t("maturity.empty")))
	}
	stack := part.VStack(10)
	for _, f := range s.Frozen {
		stack.Add(part.HStack(12, part.Grow(part.VStack(2, part.Strong(f.Text), part.Small(f.By))), p.sheetLink(f.Label)))
		if p.sheet == f.Label {
			p.addSheet(stack)
		}
	}
	choose := func(chosen int, set func(string)) fyne.CanvasObject {
		return part.NewSegmented(s.Names, chosen, func(i int) { set(s.Labels[i]); p.draw() })
	}
	stack.Add(part.Hairline())
	stack.Add(part.HStack(10, part.Muted(t("maturity.from")), choose(s.From, func(l string) { p.from = l }), part.Muted(t("maturity.to")),
		choose(s.To, func(l string) { p.to = l }), part.Spacer(), part.Legend(s.Names[s.To], s.Names[s.From])))
	stack.Add(part.Colored(s.Head, theme.SizeBody, theme.Ink, true))
	if s.Other != "" {
		stack.Add(part.Notice(part.Warn, s.Other))
	}
	bars := make([]part.Measured, len(s.Pairs))
	for i, x := range s.Pairs {
		bars[i] = part.Measured{Name: x.Name, Before: x.Before, After: x.After, Was: float32(x.Was) / 1000, Is: float32(x.Is) / 1000}
	}
	stack.Add(part.NewPairBars(bars))
	switch {
	case len(s.Lines) == 0:
		stack.Add(part.Muted(t("maturity.same")))
	case !p.changes:
		stack.Add(part.Link(t("maturity.all", len(s.Lines)), func() { p.changes = true; p.draw() }))
	default:
		for _, line := range s.Lines {
			stack.Add(part.Muted(line))
		}
		stack.Add(part.Link(t("maturity.less"), func() { p.changes = false; p.draw() }))
	}
	return part.CardWith(head, stack)
}

// sheetLink opens and closes the questions and answers of a frozen assessment.
func (p *resultPage) sheetLink(label string) fyne.CanvasObject {
	if p.sheet == label {
		return part.Link(p.a.T("maturity.less"), func() { p.sheet = ""; p.draw() })
	}
	return part.Link(p.a.T("maturity.sheet", label), func() { p.sheet = label; p.draw() })
}

func (p *resultPage) addSheet(stack *fyne.Container) {
	s, err := p.st.Sheet(p.sheet)
	if err != nil {
		stack.Add(part.Notice(part.Warn, p.a.ErrorText(err)))
		return
	}
	stack.Add(part.Muted(s.Title + " " + s.DocNo))
	for _, line := range view.SheetLines(p.a.T, s) {
		stack.Add(part.Muted(line))
	}
}

func (p *resultPage) freeze(label string) {
	id := p.a.Case()
	p.a.Do(p.a.T("maturity.freezing"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.Freeze(ctx, id, label, "")
	})
}

// gapCard lists what does not fit together; nil when everything does.
func (p *resultPage) gapCard() fyne.CanvasObject {
	list := view.Gaps(p.a.T, p.st.Assessment)
	if len(list) == 0 {
		return nil
	}
	stack := part.VStack(12)
	for i, g := range list {
		if i > 0 {
			stack.Add(part.Hairline())
		}
		words := part.VStack(3, part.Strong(g.Title), part.Body(g.Text))
		for _, f := range g.Facts {
			words.Add(part.Muted(f))
		}
		words.Add(part.Colored(g.Do, theme.SizeCell, theme.OK, true))
		stack.Add(part.HStack(12, part.Icon("warn", 18, theme.Warn), part.Grow(words), part.Secondary(p.a.T("maturity.gap.go"), "", func() { p.a.Jump(g.Path) }).Small()))
	}
	return part.CardWith(part.HeadRow(p.a.T("maturity.gaps"), p.a.T("maturity.gaps.note"), nil), stack)
}
