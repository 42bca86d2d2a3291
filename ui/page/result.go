package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register(string(wizard.StepResult), func(a Actions) Page { return newResult(a) }) }

// bestSteps is how many improvements are shown before all of them are asked for.
const bestSteps = 3

// resultPage is 评测结果: where the firm stands, what holds it back, and the cheapest ways on.
type resultPage struct {
	a      Actions
	header fyne.CanvasObject
	place  *part.Slot
	scroll *part.Scroller
	bar    *part.BottomBar
	keys   keyboard
	st     *wizard.State
	all    bool // every improvement is shown

	from, to string // labels of the assessments set beside each other, "" for the first and the last
	changes  bool   // what differs is listed
	sheet    string // label of the frozen assessment that is read in full, "" for none
}

func newResult(a Actions) *resultPage {
	p := &resultPage{a: a, place: part.NewSlot(nil)}
	next := func() { a.Go(wizard.StepRecommend) }
	back := func() { a.Go(wizard.StepAssess) }
	p.bar = part.NewBottomBar("", part.Secondary(a.T("button.back"), "", back), part.Primary(a.T("result.next"), "", next))
	p.header = part.PageHeader(a.T("result.step"), a.T("step.result"), "", part.Secondary(a.T("result.report"), "doc", p.report))
	p.scroll = part.PageBody(p.place)
	p.keys = keyboard{next: next, back: back}
	return p
}

// Parts implements Page.
func (p *resultPage) Parts() (header, body, foot fyne.CanvasObject) { return p.header, p.scroll, p.bar }

// report offers the diagnosis report as a file.
func (p *resultPage) report() {
	if p.st != nil {
		c := p.st.Case
		p.a.Export(Exporting{Case: c.ID, Firm: c.Firm.Name, Kind: wizard.LeavesReport, Name: wizard.FileName(p.a.T("result.report.name", c.Firm.Name))})
	}
}

// Leave implements Leaver.
func (p *resultPage) Leave() { p.keys.unbind() }

// Show implements Page.
func (p *resultPage) Show(st *wizard.State) {
	if st == nil {
		return
	}
	p.st = st
	p.keys.bind(p.place)
	if !view.Begun(st) {
		p.bar.SetNote(st.Assessment.RuleStatus)
		p.place.Set(part.Card("", nil, part.EmptyState("chart", p.a.T("result.empty"), p.a.T("result.empty.text"),
			part.Primary(p.a.T("result.empty.go"), "", func() { p.a.Go(wizard.StepAssess) }))))
		return
	}
	p.bar.SetNote(st.Assessment.RuleStatus)
	p.draw()
}

func (p *resultPage) draw() {
	stack := part.VStack(12, p.levelCard())
	if n := len(p.st.Assessment.Open); n > 0 {
		stack.Add(part.HStack(8, part.Grow(part.Notice(part.Warn, p.a.T("result.open", n))), part.Secondary(p.a.T("result.open.go"), "", p.goOpen).Small()))
	}
	stack.Add(part.Fold(840, 12, []float32{1, 1.64}, part.VStack(12, p.radarCard(), p.shortCard()), p.sceneCard()))
	stack.Add(p.stepCard())
	stack.Add(wayCard(p.a, p.st))
	if o := p.differenceCard(); o != nil {
		stack.Add(o)
	}
	if o := p.gapCard(); o != nil {
		stack.Add(o)
	}
	stack.Add(p.sinceCard())
	stack.Add(p.rateCard())
	if o := standardCard(p.a, p.st); o != nil {
		stack.Add(o)
	}
	stack.Add(p.ruleCard())
	p.place.Set(stack)
	p.scroll.Refresh()
}

func (p *resultPage) goOpen() {
	open := p.st.Assessment.Open[0]
	for _, s := range p.st.Assessment.Scenes {
		if s.Key == open {
			p.a.Jump("scenes." + open)
			return
		}
	}
	p.a.Jump("answers." + open)
}

// levelCard is level now and next, the way there, and the three counters.
func (p *resultPage) levelCard() fyne.CanvasObject {
	s := view.StandingOf(p.a.T, p.st.Assessment)
	now := part.HStack(10, part.Line(s.Now, 26, theme.Ink, true))
	if s.Next != "" {
		now.Add(part.Icon("arrow-right", 18, theme.Muted))
		now.Add(part.Line(s.Next, 26, theme.Accent, true))
	}
	left := part.VStack(2, part.Line(p.a.T("result.level"), theme.SizeCell, theme.Muted, false), now,
		part.Line(p.a.T("result.score", s.Score), theme.SizeCell, theme.Muted, false))
	counters := part.Columns(20, nil, counterBlocks(s.Counters)...)
	return part.Card("", nil, part.VStack(12, part.Columns(20, []float32{0.6, 1.4}, left, part.NewLevelPath(s.Level, s.Target)), counters,
		part.Hairline(), part.HStack(8, part.Icon("info", 14, theme.Warn), part.Grow(part.Muted(s.Rule)))))
}

func (p *resultPage) radarCard() fyne.CanvasObject {
	axes, after := radarAxes(p.a.T, p.st)
	names := []string{p.a.T("result.now")}
	note := p.a.T("result.radar.note", p.targetWord())
	if after {
		names = append(names, p.a.T("result.after"))
		note += p.a.T("result.radar.after")
	}
	head := part.HStack(10, part.Legend(names...), saveChart(p.a, p.a.T("result.radar"), func() fyne.CanvasObject { return radarChart(p.a.T, p.st) }))
	return part.Card(p.a.T("result.radar"), head, part.VStack(8, part.Sized(0, 270, part.NewRadar(axes, after)),
		part.Muted(note).Aligned(fyne.TextAlignCenter)))
}

// shortCard shows what each dimension has and what the next level's points ask for.
func (p *resultPage) shortCard() fyne.CanvasObject {
	draw := func() fyne.CanvasObject { return gapChart(p.a.T, p.st) }
	return part.Card(p.a.T("chart.gap"), saveChart(p.a, p.a.T("chart.gap"), draw), part.VStack(8, draw(), part.Small(p.a.T("chart.gap.note"))))
}

func (p *resultPage) sceneCard() fyne.CanvasObject {
	groups := view.SceneGroups(p.a.T, p.st)
	columns := []*fyne.Container{part.VStack(10), part.VStack(10)}
	stars := 0
	for i, at := range view.Balance(groups) {
		g := groups[i]
		bars := make([]fyne.CanvasObject, len(g.Scenes))
		for k, s := range g.Scenes {
			if s.Star {
				stars++
			}
			bars[k] = part.NewSceneBar(part.Scene{Name: s.Title, Key: s.Star, Now: s.Now, After: s.After}, func() { p.a.Jump("scenes." + s.Key) })
		}
		columns[at].Add(part.SceneGroup(g.Title, g.Count, bars...))
	}
	head := part.HeadRow(p.a.T("result.scenes", len(p.st.Assessment.Scenes)), p.a.T("result.stars", stars), part.Legend(p.a.T("result.now"), p.a.T("result.after")))
	return part.CardWith(head, part.Columns(24, nil, columns[0], columns[1]))
}

// targetWord names the level that the counts look at.
func (p *resultPage) targetWord() string {
	s := view.StandingOf(p.a.T, p.st.Assessment)
	if s.Next == "" {
		return s.Now
	}
	return s.Next
}
