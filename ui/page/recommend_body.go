package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// planBody is what stands below the cost: the lines with the chart beside them, or why there is no answer.
func (p *recommendPage) planBody(plan view.Plan) fyne.CanvasObject {
	stack := part.VStack(12)
	if plan.Accepted != "" {
		kind := part.Warn
		if plan.Same {
			kind = part.OK
		}
		stack.Add(part.Notice(kind, plan.Accepted))
	}
	switch plan.State {
	case view.PlanTooEarly:
		stack.Add(part.Card("", nil, part.EmptyState("list", p.a.T("recommend.early"), p.a.T("recommend.early.text"),
			part.Primary(p.a.T("recommend.early.go"), "", func() { p.a.Go(wizard.StepAssess) }))))
	case view.PlanConflict, view.PlanFailed:
		stack.Add(p.conflictCard(plan))
	case view.PlanNothing:
		stack.Add(part.Card("", nil, part.EmptyState("check", p.a.T("recommend.nothing.title"), plan.Empty,
			part.Secondary(p.a.T("recommend.tab.needs"), "", func() { p.ShowTab(1) }))))
	case view.PlanReady:
		right := part.VStack(12, p.chartCard(), p.costBar())
		if o := p.othersCard(); o != nil {
			right.Add(o)
		}
		stack.Add(part.Fold(840, 12, []float32{1.7, 1}, p.linesCard(plan), right))
	}
	if o := p.wishesCard(); o != nil {
		stack.Add(o)
	}
	if o := p.inquiryCard(); o != nil && plan.State != view.PlanTooEarly {
		stack.Add(o)
	}
	stack.Add(part.Notice(part.Info, p.a.T("recommend.planned")))
	return stack
}

// conflictCard says which wishes cannot hold together and what would help.
func (p *recommendPage) conflictCard(plan view.Plan) fyne.CanvasObject {
	actions := part.Flow(8)
	if plan.RelaxTo != "" {
		actions.Add(part.Primary(plan.Relax, "", func() { p.a.Set("plan.budget", plan.RelaxTo) }))
	}
	actions.Add(part.Secondary(p.a.T("recommend.conflict.needs"), "", func() { p.ShowTab(1) }))
	stack := part.VStack(12, part.Body(plan.Conflict))
	for _, way := range view.WaysOut(p.st) {
		row := part.HStack(10, part.Grow(part.Muted(way.Text)))
		switch {
		case len(way.Needs) > 0:
			row.Add(part.Link(p.a.T("shelf.way.need"), func() { p.release(way.Needs) }))
		case len(way.Offers) > 0:
			row.Add(part.Link(p.a.T("recommend.unpin"), func() { p.offer(survey.Unknown, way.Offers...) }))
		}
		stack.Add(row)
	}
	stack.Add(actions)
	return part.Card(p.a.T("recommend.conflict"), part.NewBadge(part.Err, p.a.T("recommend.none")), stack)
}

func (p *recommendPage) linesCard(plan view.Plan) fyne.CanvasObject {
	stack := part.VStack(12)
	lines := view.BundleLines(p.a.T, p.st)
	for i, l := range lines {
		if i > 0 {
			stack.Add(part.Hairline())
		}
		stack.Add(p.line(l))
	}
	head := part.HeadRow(p.a.T("recommend.lines"), p.a.T("recommend.lines.note"), nil)
	total := part.HStack(8, part.Grow(part.Strong(p.a.T("recommend.total", len(lines)))), part.Line(p.a.T("recommend.yuan", plan.Cost), theme.SizeHeading, theme.Ink, true))
	return part.CardWith(head, part.VStack(12, stack, part.InnerCard(part.VStack(4, total, part.Muted(plan.Sums)))))
}

// line is one offer with the reason for it.
func (p *recommendPage) line(l view.BundleLine) fyne.CanvasObject {
	tags := part.Flow(6)
	for _, c := range l.Covers {
		tags.Add(part.Tag(c))
	}
	left := part.VStack(4, part.Strong(l.Title), part.Muted(l.Detail), tags)
	if l.Reasons != "" {
		left.Add(part.Body(l.Reasons))
	}
	left.Add(part.Small(l.Source))
	for _, n := range l.Notes {
		left.Add(part.Small(n))
	}
	pin := part.Link(p.a.T("recommend.pin"), func() { p.offer(survey.Yes, l.Offer) })
	if l.Pinned {
		pin = part.Link(p.a.T("recommend.unpin"), func() { p.offer(survey.Unknown, l.Offer) })
	}
	ban := part.Link(p.a.T("recommend.ban"), func() { p.offer(survey.No, l.Offer) })
	right := part.VStack(4,
		part.HStack(0, part.Spacer(), part.Line(p.a.T("recommend.yuan", l.Price), theme.SizeHeading, theme.Ink, true)),
		part.HStack(0, part.Spacer(), part.PriceTag(priceKind(l.Kind))),
		part.Muted(l.Loss).Aligned(fyne.TextAlignTrailing),
		part.HStack(12, part.Spacer(), pin, ban))
	return part.Columns(16, []float32{2.1, 1}, left, right)
}

func (p *recommendPage) chartCard() fyne.CanvasObject {
	say := frontChart(p.a.T, p.st)
	spots := view.ChartOf(p.a.T, p.st).Spots
	say.OnChoose = func(i int) { p.a.Set("plan.budget", spots[i].Budget) }
	return part.Card(p.a.T("recommend.front"), part.HStack(10, part.Line(p.a.T("recommend.front.tap"), theme.SizeCell, theme.Muted, false),
		saveChart(p.a, p.a.T("recommend.front"), func() fyne.CanvasObject { return part.Sized(560, 320, part.NewFront(frontChart(p.a.T, p.st))) })),
		part.VStack(6, part.Sized(0, 230, part.NewFront(say)), part.Muted(p.a.T("recommend.front.note"))))
}

// costBar shows what the bundle's first year is made of.
func (p *recommendPage) costBar() fyne.CanvasObject {
	pieces := costPieces(view.CostShares(p.a.T, p.st))
	draw := func() fyne.CanvasObject { return part.NewCostBar(pieces) }
	return part.Card(p.a.T("chart.cost"), saveChart(p.a, p.a.T("chart.cost"), draw), draw())
}

func costPieces(list []view.CostShare) []part.CostPiece {
	out := make([]part.CostPiece, len(list))
	for i, c := range list {
		out[i] = part.CostPiece{Name: c.Name, Words: c.Words, Share: c.Share, Outlined: c.Estimate}
	}
	return out
}

// othersCard lists whole other answers; nil when there are none.
func (p *recommendPage) othersCard() fyne.CanvasObject {
	list := p.st.Bundle.Others
	if len(list) == 0 {
		return nil
	}
	stack := part.VStack(8)
	for i, o := range view.OtherPlans(p.a.T, p.st) {
		stack.Add(part.InnerCard(part.VStack(3, part.HStack(8, part.Grow(part.Strong(o.Title)), part.Line(o.Price, theme.SizeStep, theme.Ink, true)),
			part.Muted(o.Text), part.Muted(o.Offers),
			part.HStack(0, part.Spacer(), part.Link(p.a.T("recommend.take"), func() { p.offer(survey.Yes, list[i].Offers...) })))))
	}
	return part.Card(p.a.T("recommend.others"), nil, stack)
}

// wishesCard lists what the person insists on or refuses, each to be taken back; nil when there is nothing.
func (p *recommendPage) wishesCard() fyne.CanvasObject {
	stack := part.VStack(8)
	add := func(kind part.Kind, word string, list []view.Offer) {
		for _, o := range list {
			stack.Add(part.HStack(10, part.NewBadgeIcon(kind, word, ""), part.Grow(part.Body(o.Title)),
				part.Link(p.a.T("recommend.takeback"), func() { p.offer(survey.Unknown, o.ID) })))
		}
	}
	add(part.Info, p.a.T("recommend.pinned"), view.Pinned(p.st))
	add(part.Err, p.a.T("recommend.banned"), view.Banned(p.st))
	if len(stack.Objects) == 0 {
		return nil
	}
	return part.Card(p.a.T("recommend.wishes"), nil, stack)
}

// inquiryCard lists what has no price yet; nil when there is nothing.
func (p *recommendPage) inquiryCard() fyne.CanvasObject {
	list := view.Inquiries(p.a.T, p.st)
	if len(list) == 0 {
		return nil
	}
	stack := part.VStack(8)
	for _, o := range list {
		stack.Add(part.HStack(10, part.NewBadgeIcon(part.Neutral, p.a.T("price.none"), ""), part.Grow(part.VStack(0, part.Body(o.Title), part.Muted(o.Note)))))
	}
	return part.CardWith(part.HeadRow(p.a.T("recommend.inquiries"), p.a.T("recommend.inquiries.note"), nil), stack)
}
