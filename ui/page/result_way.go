package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// wayCard is the cheapest set of steps to the next level with a switch for each: the line below them says live where the ticked ones lead.
// It computes when asked and writes nothing.
func wayCard(a Actions, st *wizard.State) fyne.CanvasObject {
	place := part.NewSlot(nil)
	find := func(level int) func() {
		return func() {
			var way recommend.Way
			a.Run(a.T("way.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
				way, err = d.Way(ctx, st, level)
				return nil, err
			}, func(err error) {
				if err == nil {
					place.Set(wayBody(a, st, &way))
				}
			})
		}
	}
	row := []fyne.CanvasObject{part.Grow(part.Muted(a.T("way.text"))), part.Secondary(a.T("way.go"), "", find(0)).Small()}
	for _, l := range st.Questions.Rule.Levels {
		if l.Level > st.Assessment.Level+1 {
			row = append(row, part.Secondary(a.T("way.goal", l.Name), "", find(l.Level)).Small())
		}
	}
	place.Set(part.HStack(8, row...))
	return part.CardWith(part.HeadRow(a.T("way.title"), a.T("way.note"), nil), place)
}

func wayBody(a Actions, st *wizard.State, way *recommend.Way) fyne.CanvasObject {
	stack := part.VStack(8, part.Strong(way.LevelName), part.Muted(view.WayHead(a.T, way)))
	switch {
	case way.There:
		stack.Add(part.Notice(part.OK, a.T("way.there")))
		return stack
	case !way.Feasible:
		stack.Add(part.Strong(a.T("way.blocked")))
	case !way.Priced:
		stack.Add(part.Strong(a.T("way.unpriced")))
	}
	for _, why := range way.Why {
		stack.Add(part.Notice(part.Warn, why))
	}
	if len(way.Steps) == 0 {
		return stack
	}
	ticked, after := map[string]bool{}, part.NewSlot(nil)
	tell := func() { after.Set(part.Line(view.WhatIf(a.T, st, way, ticked), theme.SizeCell, theme.Ink, true)) }
	for _, s := range view.WaySteps(a.T, way) {
		ticked[s.Key] = true
		stack.Add(part.VStack(0, part.NewCheck(s.Title, true, func(on bool) { ticked[s.Key] = on; tell() }), part.Muted(s.Price)))
	}
	tell()
	stack.Add(part.Hairline())
	stack.Add(after)
	word := a.T("way.proved")
	if !way.Proved {
		word = a.T("way.unproved")
	}
	stack.Add(part.Muted(way.Rule + "。" + word))
	return stack
}
