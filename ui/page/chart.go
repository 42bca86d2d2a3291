package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// saveChart is the button that writes a chart as PNG and SVG.
func saveChart(a Actions, name string, draw func() fyne.CanvasObject) fyne.CanvasObject {
	return part.IconButton("download", a.T("chart.save"), func() { a.Picture(name, draw) })
}

func syncSteps(list []view.SyncWords) []part.SyncStep {
	states := map[string]part.StepState{"done": part.StepDone, "current": part.StepCurrent, "problem": part.StepProblem}
	out := make([]part.SyncStep, len(list))
	for i, s := range list {
		out[i] = part.SyncStep{Name: s.Name, Note: s.Note, State: states[s.State]}
	}
	return out
}

// Chart is a picture that can be written to a file; Draw makes it anew each time.
type Chart struct {
	Name string
	Draw func() fyne.CanvasObject
}

// Charts lists the charts of a case for which there is something to show.
func Charts(w view.Words, st *wizard.State) []Chart {
	var out []Chart
	add := func(key string, draw func() fyne.CanvasObject) { out = append(out, Chart{w(key), draw}) }
	if view.Begun(st) {
		add("result.radar", func() fyne.CanvasObject { return radarChart(w, st) })
		add("chart.gap", func() fyne.CanvasObject { return gapChart(w, st) })
	}
	if len(st.Bundle.Lines) > 0 {
		add("recommend.front", func() fyne.CanvasObject { return part.Sized(560, 320, part.NewFront(frontChart(w, st))) })
		add("chart.cost", func() fyne.CanvasObject { return part.NewCostBar(costPieces(view.CostShares(w, st))) })
		if m, err := wizard.Roadmap(st); err == nil && len(m.Waves) > 0 {
			add("choose.road", func() fyne.CanvasObject { return gantt(w, &m) })
		}
	}
	if bars := view.MoneyBars(w, st); len(bars) > 0 {
		add("subsidy.bars", func() fyne.CanvasObject { return part.Sized(640, 280, part.NewWaterfall(fallBars(bars))) })
	}
	steps := syncSteps(view.SyncSteps(w, st, view.Outbox(w, st, submit.Application)))
	add("sync.title", func() fyne.CanvasObject { return part.NewSyncLine(steps) })
	return out
}

func radarChart(w view.Words, st *wizard.State) fyne.CanvasObject {
	axes, after := radarAxes(w, st)
	names := []string{w("result.now")}
	if after {
		names = append(names, w("result.after"))
	}
	return part.VStack(6, part.Sized(560, 340, part.NewRadar(axes, after)), part.Legend(names...))
}

func radarAxes(w view.Words, st *wizard.State) ([]part.Axis, bool) {
	list, after := view.Radar(w, st)
	axes := make([]part.Axis, len(list))
	for i, x := range list {
		axes[i] = part.Axis{Name: x.Name, Words: x.Words, Now: float32(x.Now), After: float32(x.After)}
	}
	return axes, after
}

// gapChart shows each dimension against its full points, with a mark at what the next level asks of all of them together.
func gapChart(w view.Words, st *wizard.State) fyne.CanvasObject {
	list := view.Shortfalls(w, st)
	bars := make([]part.GapBar, len(list))
	for i, g := range list {
		bars[i] = part.GapBar{Name: g.Name, Words: g.Words, Now: g.Now, Target: g.Target}
	}
	return part.NewGapBars(bars)
}

func frontChart(w view.Words, st *wizard.State) part.FrontChart {
	c := view.ChartOf(w, st)
	say := part.FrontChart{Chosen: -1, Budget: c.Budget, BudgetWord: c.Word}
	for i, s := range c.Spots {
		say.Points = append(say.Points, part.FrontPoint{X: s.X, Y: s.Y, Label: s.Label})
		if s.Chosen {
			say.Chosen = i
		}
	}
	for _, t := range c.XTicks {
		say.XTicks = append(say.XTicks, part.Tick{At: t.At, Word: t.Word})
	}
	for _, t := range c.YTicks {
		say.YTicks = append(say.YTicks, part.Tick{At: t.At, Word: t.Word})
	}
	return say
}
