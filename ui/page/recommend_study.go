package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// studyTab is 分析: what solving again tells. It computes when asked, off the page's thread, and writes nothing; a change of the case takes the
// answers away, because they were for another bundle.
type studyTab struct {
	p      *recommendPage
	all    *fyne.Container
	place  *part.Slot // the answers
	stable *part.Slot
	why    *part.Slot
	offer  *part.SelectField // whose answer why shows
	gain   *part.Slot        // the curve, which comes later
	st     *wizard.State
}

func newStudyTab(p *recommendPage) *studyTab {
	return &studyTab{p: p, all: part.VStack(12), place: part.NewSlot(nil), stable: part.NewSlot(nil), why: part.NewSlot(nil), gain: part.NewSlot(nil)}
}

// show begins anew for another state.
func (t *studyTab) show(st *wizard.State) {
	if t.st == st {
		return
	}
	t.st, t.offer = st, nil
	t.all.RemoveAll()
	if st.BundleError != nil || len(st.Bundle.Lines) == 0 {
		t.all.Add(part.Card("", nil, part.EmptyState("chart", t.p.a.T("choose.none"), t.p.a.T("choose.none.text"), nil)))
		return
	}
	t.place.Set(part.Card(t.p.a.T("choose.study"), nil, part.HStack(12, part.Grow(part.Muted(t.p.a.T("choose.study.text"))), part.Primary(t.p.a.T("choose.study.go"), "chart", t.run))))
	t.stable.Set(part.HStack(12, part.Grow(part.Muted(t.p.a.T("choose.stable.text"))), part.Secondary(t.p.a.T("choose.stable.go"), "", t.steady).Small()))
	t.all.Add(t.place)
	t.all.Add(part.Fold(840, 12, nil, part.Card(t.p.a.T("choose.stable"), nil, t.stable), t.whyCard()))
}

func (t *studyTab) run() {
	var x wizard.Insight
	st := t.st
	t.p.a.Run(t.p.a.T("choose.busy"), func(ctx context.Context, d *wizard.Desk, progress func(string, float64)) (_ *wizard.State, err error) {
		x, err = d.InsightsOf(ctx, st, progress)
		return nil, err
	}, func(err error) {
		if err == nil && t.st == st {
			t.gain.Set(part.Card(t.p.a.T("choose.gain"), nil, part.Muted(t.p.a.T("shelf.gain.busy"))))
			t.place.Set(t.answers(&x))
			t.p.scroll.Refresh()
			t.curve(st)
		}
	})
}

// curve computes the curve of cost and points behind the answers that are there already.
func (t *studyTab) curve(st *wizard.State) {
	var x wizard.Insight
	t.p.a.Run(t.p.a.T("shelf.gain.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		x.Gain, err = d.GainOf(ctx, st)
		return nil, err
	}, func(err error) {
		if t.st != st {
			return
		}
		if err != nil {
			t.gain.Set(part.Card(t.p.a.T("choose.gain"), nil, part.HStack(0, part.Spacer(), part.Link(t.p.a.T("shelf.gain.again"), func() { t.curve(st) }))))
		} else {
			t.gain.Set(t.gainCard(&x))
		}
		t.p.scroll.Refresh()
	})
}

func (t *studyTab) steady() {
	var s recommend.Stability
	st := t.st
	t.p.a.Run(t.p.a.T("choose.stable.busy"), func(ctx context.Context, d *wizard.Desk, progress func(string, float64)) (_ *wizard.State, err error) {
		s, err = d.Stable(ctx, st, wizard.StableRounds, func(done int) {
			progress(t.p.a.T("choose.stable.busy"), float64(done)/wizard.StableRounds)
		})
		return nil, err
	}, func(err error) {
		if err != nil || t.st != st {
			return
		}
		head, lines := view.StableWords(t.p.a.T, &s)
		t.stable.Set(part.VStack(8, part.Strong(head), pairs(lines)))
		t.p.scroll.Refresh()
	})
}

// pairs lists names with their figures and a note below.
func pairs(list []view.Pair) fyne.CanvasObject {
	stack := part.VStack(6)
	for _, x := range list {
		row := part.HStack(8, part.Grow(part.Body(x.Name)), part.Line(x.Value, theme.SizeStep, theme.Ink, true))
		if x.Note == "" {
			stack.Add(row)
			continue
		}
		stack.Add(part.VStack(0, row, part.Muted(x.Note)))
	}
	return stack
}

func (t *studyTab) answers(x *wizard.Insight) fyne.CanvasObject {
	T := t.p.a.T
	stars, behind, raise := view.QualityWords(T, x)
	quality := part.VStack(6, part.Strong(stars), part.Muted(behind), part.Small(T("choose.quality.rule")))
	for _, r := range raise {
		quality.Add(part.HStack(6, part.Icon("arrow-up", 12, theme.OK), part.Grow(part.Body(r))))
	}
	vendors := part.VStack(8, pairs(view.Vendors(T, x)), part.Hairline(), part.Muted(view.ExitWords(T, x)))
	net := part.VStack(6, part.Body(x.Net.Text))
	if !x.Net.Same {
		net.Add(part.HStack(0, part.Spacer(), part.Link(T("recommend.take"), func() { t.p.offer(survey.Yes, x.Net.Offers...) })))
	}
	left := part.VStack(12, part.Card(T("choose.needcosts"), nil, pairs(view.NeedCosts(T, x))), part.Card(T("choose.net"), nil, net), part.Card(T("choose.quality"), nil, quality))
	right := part.VStack(12, t.gain, part.Card(T("choose.vendors"), nil, vendors))
	stack := part.VStack(12, part.Fold(840, 12, nil, left, right))
	if len(x.Others) > 0 {
		stack.Add(part.Card(T("recommend.others"), nil, t.others(x.Others)))
	}
	stack.Add(part.Card(T("choose.links"), nil, chips(view.LeavesOf(T, x.Links))))
	stack.Add(part.Card(T("choose.leaves"), nil, chips(view.LeavesOf(T, x.Leaves))))
	return stack
}

func chips(list []view.Leaf) fyne.CanvasObject {
	flow := part.Flow(6)
	for _, l := range list {
		flow.Add(part.NewBadgeIcon(kindOf(l.Tone), l.Text, ""))
	}
	return flow
}

func (t *studyTab) others(list []recommend.Alternative) fyne.CanvasObject {
	stack := part.VStack(8)
	for _, o := range list {
		stack.Add(part.VStack(0, part.HStack(8, part.Grow(part.Strong(o.Title)), part.Line(t.p.a.T("recommend.yuan", o.FirstYear.Display()), theme.SizeStep, theme.Ink, true),
			part.Link(t.p.a.T("recommend.take"), func() { t.p.offer(survey.Yes, o.Offers...) })), part.Muted(o.Text)))
	}
	return stack
}

// gainCard is the curve of cost and points; a tap on a point tells what it buys.
func (t *studyTab) gainCard(x *wizard.Insight) fyne.CanvasObject {
	T := t.p.a.T
	g := &x.Gain
	if len(g.Points) == 0 {
		return part.Card(T("choose.gain"), nil, part.Muted(T("choose.gain.none")))
	}
	detail := part.NewSlot(nil)
	var chart *part.Front
	var choose func(i int)
	paint := func(i int) part.FrontChart {
		c := view.GainChart(T, g, i)
		say := part.FrontChart{Chosen: i, Budget: -1, OnChoose: func(i int) { choose(i) }}
		for _, s := range c.Spots {
			say.Points = append(say.Points, part.FrontPoint{X: s.X, Y: s.Y, Label: s.Label})
		}
		for _, k := range c.XTicks {
			say.XTicks = append(say.XTicks, part.Tick{At: k.At, Word: k.Word})
		}
		for _, k := range c.YTicks {
			say.YTicks = append(say.YTicks, part.Tick{At: k.At, Word: k.Word})
		}
		return say
	}
	choose = func(i int) {
		head, buys, steps := view.GainWords(T, g.Points[i])
		body := part.VStack(4, part.Strong(head), part.Body(buys), part.Muted(steps))
		if offers := g.Points[i].Offers; len(offers) > 0 {
			body.Add(part.HStack(0, part.Spacer(), part.Link(T("recommend.take"), func() { t.p.offer(survey.Yes, offers...) })))
		}
		detail.Set(part.InnerCard(body))
		if chart != nil {
			chart.Set(paint(i))
		}
		t.p.scroll.Refresh()
	}
	chart = part.NewFront(paint(0))
	choose(0)
	word := T("choose.gain.proved")
	if !g.Proved || !g.Whole {
		word = T("choose.gain.open")
	}
	return part.Card(T("choose.gain"), part.Line(T("choose.gain.tap"), theme.SizeCell, theme.Muted, false),
		part.VStack(8, part.Sized(0, 230, chart), part.Muted(T("choose.gain.note")+word), detail))
}

// whyCard answers for one offer at a time.
func (t *studyTab) whyCard() fyne.CanvasObject {
	T := t.p.a.T
	var options []part.Option
	for _, o := range view.OffersToAsk(t.st) {
		options = append(options, part.Option{Value: o.ID, Text: o.Title, Note: o.Note})
	}
	field := part.NewSelectField(part.FieldSpec{Label: T("choose.why.offer"), Keys: t.p.keys.fields()}, options)
	t.offer = field
	t.why.Set(part.Muted(T("choose.why.text")))
	st := t.st
	field.OnChanged = func(id string) {
		if id == "" {
			return
		}
		var x recommend.WhyNot
		t.p.a.Run(T("choose.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
			x, err = d.WhyNotOf(ctx, st, id)
			return nil, err
		}, func(err error) {
			if err != nil || t.st != st {
				return
			}
			text, reasons := view.WhyNotWords(x)
			body := part.VStack(4, part.Strong(text), part.Muted(reasons))
			body.Add(part.HStack(12, part.Spacer(), part.Link(T("recommend.pin"), func() { t.p.offer(survey.Yes, id) })))
			t.why.Set(body)
			t.p.scroll.Refresh()
		})
	}
	return part.Card(T("choose.why"), nil, part.VStack(8, field, t.why))
}
