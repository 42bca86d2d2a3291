package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// costCard is what the bundle costs, how sure that is, and where it would lead.
func (p *recommendPage) costCard(plan view.Plan) fyne.CanvasObject {
	switch plan.State {
	case view.PlanConflict, view.PlanFailed:
		return part.Card(p.a.T("recommend.cost"), part.NewBadge(part.Err, p.a.T("recommend.none")), part.Muted(p.a.T("recommend.none.text")))
	case view.PlanNothing, view.PlanTooEarly:
		return part.Card(p.a.T("recommend.cost"), nil, part.Muted(p.a.T("recommend.none.yet")))
	}
	badge := part.NewBadgeIcon(part.OK, plan.Proof, "shield")
	if !plan.Proved {
		badge = part.NewBadge(part.Warn, plan.Proof)
	}
	stack := part.VStack(6, part.HStack(12, part.KeyFigure(plan.Cost, p.a.T("recommend.unit")), part.Spacer(), part.Line(plan.Covered, theme.SizeCell, theme.Muted, false)))
	if len(plan.Outlook) > 0 {
		row := part.Columns(12, nil)
		for _, o := range plan.Outlook {
			value := part.HStack(6, part.Line(o.Value, 17, theme.Ink, true))
			if o.Delta != "" {
				value.Add(part.Line(o.Delta, theme.SizeCell, theme.OK, true))
			}
			row.Add(part.VStack(2, value, part.Line(o.Label, theme.SizeCell, theme.Muted, false)))
		}
		stack.Add(part.Hairline())
		stack.Add(part.Line(p.a.T("recommend.outlook"), theme.SizeTick, theme.Muted, false))
		stack.Add(row)
	}
	stack.Add(part.Muted(plan.ProofText))
	return part.Card(p.a.T("recommend.cost"), badge, stack)
}

// budgetCard holds the budget field; it is made once, so that the cursor stays in it.
type budgetCard struct {
	p      *recommendPage
	card   fyne.CanvasObject
	slider *part.BudgetSlider
	left   *part.Text
	next   *part.Slot
	spots  []view.Spot
}

func newBudgetCard(p *recommendPage) *budgetCard {
	b := &budgetCard{p: p, left: part.Line("", theme.SizeCell, theme.Muted, false), next: part.NewSlot(nil)}
	field := part.NewYuanField(part.FieldSpec{Label: p.a.T("recommend.budget"), Hint: p.a.T("recommend.budget.hint"), Optional: true, Keys: p.keys.fields()},
		func(s string) (string, string) { return view.YuanEcho(p.a.T, s), "" })
	p.form.Add("plan.budget", field)
	b.slider = part.NewBudgetSlider(nil, -1, -1, func(i int) { p.a.Set("plan.budget", b.spots[i].Budget) })
	head := part.HeadRow(p.a.T("recommend.limit"), "", part.HStack(10, b.left, part.Link(p.a.T("recommend.budget.free"), func() { p.a.Set("plan.budget", "") })))
	b.card = part.CardWith(head, part.VStack(8, field, b.slider, b.next))
	return b
}

func (b *budgetCard) show(plan view.Plan) {
	chart := view.ChartOf(b.p.a.T, b.p.st)
	b.spots = chart.Spots
	stops, at := make([]float32, len(chart.Spots)), -1
	for i, s := range chart.Spots {
		stops[i] = float32(i) / float32(max(1, len(chart.Spots)-1))
		if s.Chosen || at < 0 && chart.Budget < 0 && i == len(chart.Spots)-1 {
			at = i
		}
	}
	b.slider.Set(stops, at, chart.Next)
	if len(stops) == 0 {
		b.slider.Hide()
	} else {
		b.slider.Show()
	}
	b.left.SetText(plan.Left)
	if plan.NextTo == "" {
		b.next.Set(nil)
		return
	}
	b.next.Set(part.HStack(8, part.Icon("arrow-up", 14, theme.OK),
		part.Grow(part.VStack(0, part.Colored(plan.Next, theme.SizeCell, theme.OK, true), part.Muted(plan.NextWhat))),
		part.Secondary(b.p.a.T("recommend.next.apply"), "", func() { b.p.a.Set("plan.budget", plan.NextTo) }).Small()))
}
