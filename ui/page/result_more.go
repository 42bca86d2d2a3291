package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// stepCard is the improvements, the cheapest first where the bundle prices them.
func (p *resultPage) stepCard() fyne.CanvasObject {
	list := view.Upgrades(p.a.T, p.st)
	if len(list) == 0 {
		return part.Card(p.a.T("result.steps"), nil, part.Muted(p.a.T("result.steps.none")))
	}
	shown, word := list, p.a.T("result.steps.fewer")
	if !p.all {
		shown, word = list[:min(bestSteps, len(list))], p.a.T("result.steps.all", len(list))
	}
	cards := make([]fyne.CanvasObject, len(shown))
	for i, u := range shown {
		cards[i] = part.NewStepCard(stepSpec(u, i+1), i == 0, func() { p.a.Jump(u.Path) })
	}
	var more fyne.CanvasObject
	if len(list) > bestSteps {
		more = part.Link(word, func() { p.all = !p.all; p.draw() })
	}
	return part.CardWith(part.HeadRow(p.a.T("result.steps"), p.a.T("result.steps.note"), more), part.Grid(3, 12, cards...))
}

// differenceCard lists the declarations that differ from the register; nil when there are none.
func (p *resultPage) differenceCard() fyne.CanvasObject {
	list := view.Differences(p.a.T, p.st.Assessment)
	if len(list) == 0 {
		return nil
	}
	stack := part.VStack(10)
	for _, d := range list {
		badge := part.NewBadge(part.Err, p.a.T("result.difference.badge.open"))
		if d.Settled {
			badge = part.NewBadge(part.OK, p.a.T("result.difference.badge.done"))
		}
		stack.Add(part.HStack(12, badge, part.Grow(part.VStack(2, part.Strong(d.Text), part.Muted(d.State))),
			part.Secondary(p.a.T("result.difference.go"), "", func() { p.a.Jump(d.Path) }).Small()))
	}
	return part.CardWith(part.HeadRow(p.a.T("result.differences"), p.a.T("result.differences.note"), nil), stack)
}

// rateCard prints the rates, each with its rule, source and how far it is verified.
func (p *resultPage) rateCard() fyne.CanvasObject {
	stack := part.VStack(10)
	for i, r := range view.Rates(p.a.T, p.st.Assessment) {
		if i > 0 {
			stack.Add(part.Hairline())
		}
		figure := part.HStack(8, part.Line(r.Percent, theme.SizeHeading, theme.Ink, true))
		name := part.VStack(2, part.HStack(8, part.Strong(r.Name), part.NewBadgeIcon(part.Neutral, r.Status, "")), part.Muted(r.Text))
		stack.Add(part.Columns(16, []float32{1.5, 0.5, 2}, name, figure, part.Muted(r.Rule)))
	}
	return part.CardWith(part.HeadRow(p.a.T("result.rates"), p.a.T("result.rates.note"), nil), stack)
}

// ruleCard is what the level is good for, and how far the rule is verified.
func (p *resultPage) ruleCard() fyne.CanvasObject {
	return part.VStack(8, part.Notice(part.Info, view.SpecialPoints(p.a.T, p.st.Assessment.Level)), part.Notice(part.Warn, p.st.Assessment.RuleStatus))
}
