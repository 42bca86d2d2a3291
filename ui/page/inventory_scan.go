package page

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// scanTab is 网络盘点: what to look at, the plan and the consent, the finds as they come, and the finds looked through before any of them
// enters the register. Nothing is sent before the consent.
type scanTab struct {
	a     Actions
	st    *wizard.State
	l     *look
	place *part.Slot
	known bool // the surroundings were asked

	around  *part.Slot
	refused *part.Slot
	ask     *scanForm
	strip   *part.ProgressStrip
	finds   *findList
}

func newScanTab(a Actions) *scanTab {
	t := &scanTab{a: a, place: part.NewSlot(nil), around: part.NewSlot(nil), refused: part.NewSlot(nil)}
	t.l = t.kept()
	t.ask = newScanForm(a, t.l)
	t.finds = newFindList(a, t.take, t.proof)
	if t.l.ticked != nil {
		t.finds.ticked, t.finds.apart = t.l.ticked, t.l.apart
	}
	if t.l.running || t.l.report != nil {
		t.found()
	} else {
		t.choose()
	}
	return t
}

func (t *scanTab) content() fyne.CanvasObject {
	if !t.known {
		t.known = true
		t.look()
	}
	return t.place
}

// look shows what this computer knows of its network; no packet is sent.
func (t *scanTab) look() {
	var s scan.Surroundings
	var refused error
	t.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		s, refused = d.Surroundings(ctx)
		return nil, nil
	}, func(error) {
		if refused != nil {
			t.around.Set(part.Muted(t.a.ErrorText(refused)))
			return
		}
		row := part.Flow(8)
		for _, n := range s.Networks {
			if n.Private && !n.TooBig {
				row.Add(part.Secondary(t.a.T("scan.around.network", n.CIDR, n.Hosts), "network", func() { t.ask.targets.SetValue(n.CIDR) }).Small())
			}
		}
		t.around.Set(part.VStack(8, part.Muted(t.a.T("scan.around", len(s.Networks), len(s.Hosts))), row))
	})
}

// choose shows the first step.
func (t *scanTab) choose() {
	ask := part.VStack(12, part.Body(t.a.T("scan.intro")), t.around, t.ask.content(), t.refused,
		part.HStack(10, part.Secondary(t.a.T("scan.listen"), "clock", t.listen), part.Spacer(), part.Primary(t.a.T("scan.toplan"), "", t.toPlan)))
	t.refused.Hide()
	t.place.Set(part.Scroll(part.Pad(2, 10, 8, 2, part.Card(t.a.T("scan.title"), nil, ask))))
}

// toPlan works the plan out; nothing is sent.
func (t *scanTab) toPlan() { t.planned(t.ask.order()) }

func (t *scanTab) planned(o scan.Order) {
	var p scan.Plan
	var refused error
	t.a.Run("", func(_ context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		p, refused = d.PlanScan(o)
		return nil, nil
	}, func(error) {
		if refused != nil {
			t.refuse(refused)
			return
		}
		t.l.order, t.l.plan = o, p
		t.agree()
	})
}

func (t *scanTab) refuse(err error) {
	t.refused.Set(part.Notice(part.Warn, t.a.ErrorText(err)))
	t.refused.Show()
}

// agree shows the plan and asks for the consent to exactly it. What is asked only when ticked can be ticked here; the plan is then another.
func (t *scanTab) agree() {
	plan := t.l.plan
	start := part.Primary(t.a.T("scan.start"), "scan", t.start)
	start.Disable()
	consent := part.NewCheck(t.a.T("scan.consent", plan.Hosts, plan.Frames, plan.Seconds), false, func(on bool) {
		if on {
			start.Enable()
		} else {
			start.Disable()
		}
	})
	var pairs []part.Pair
	for _, r := range view.PlanRows(t.a.T, plan) {
		pairs = append(pairs, part.Pair{Key: r.Label, Value: r.Value})
	}
	list := part.VStack(12, part.KeyValue(96, pairs...))
	for _, s := range plan.Steps {
		if s.Danger != "" {
			list.Add(part.Muted(s.Title + "：" + s.Danger))
		}
	}
	if ticks := view.PlanTicks(plan); len(ticks) > 0 {
		more := part.VStack(4, part.Line(t.a.T("scan.optin"), theme.SizeCell, theme.Ink, true))
		for _, k := range ticks {
			more.Add(part.NewCheck(k.Title, k.On, func(on bool) { t.planned(view.Ticked(t.l.order, k.Protocol, on)) }))
			more.Add(part.Muted(k.Why))
		}
		list.Add(part.InnerCard(more))
	}
	if rest := view.PlanSkips(plan); len(rest) > 0 {
		skipped := part.VStack(4, part.Line(t.a.T("scan.skipped", len(rest)), theme.SizeCell, theme.Ink, true))
		for _, s := range rest {
			skipped.Add(part.Muted(s))
		}
		list.Add(part.InnerCard(skipped))
	}
	list.Add(part.Notice(part.Info, t.a.T("scan.safe")))
	list.Add(consent)
	list.Add(part.HStack(10, part.Secondary(t.a.T("button.back"), "", t.choose), part.Spacer(), start))
	t.place.Set(part.Scroll(part.Pad(2, 10, 8, 2, part.Card(t.a.T("scan.plan.title"), nil, list))))
}

// start looks at the network as the plan says.
func (t *scanTab) start() {
	o, plan := t.l.order, t.l.plan.ID
	t.run(false, func(ctx context.Context, d *wizard.Desk, tell func(scan.Event)) (scan.Report, error) {
		return d.Scan(ctx, o, plan, tell)
	})
}

// listenSeconds is how long devices are listened to.
const listenSeconds = 60

func (t *scanTab) listen() {
	t.run(true, func(ctx context.Context, d *wizard.Desk, tell func(scan.Event)) (scan.Report, error) {
		return d.Listen(ctx, listenSeconds, tell)
	})
}

func (t *scanTab) run(listening bool, do func(context.Context, *wizard.Desk, func(scan.Event)) (scan.Report, error)) {
	l, firm := t.l, t.a.Case()
	l.begin(firm, listening)
	t.finds.reset()
	l.ticked, l.apart = t.finds.ticked, t.finds.apart
	t.found()
	var rep scan.Report
	t.a.Look(func(ctx context.Context, d *wizard.Desk, tell func(scan.Event)) (err error) {
		rep, err = do(ctx, d, tell)
		return err
	}, func(e scan.Event) {
		if l.firm == firm && l.running {
			l.tab.news(l.event(e))
		}
	}, func(err error) {
		if l.firm != firm {
			return
		}
		l.running = false
		if err != nil {
			l.tab.choose()
			l.tab.refuse(err)
			return
		}
		l.report, l.hosts = &rep, rep.Hosts
		l.tab.found()
	})
}

// news shows what an event changed.
func (t *scanTab) news(finds, notes bool) {
	switch {
	case notes:
		t.found()
	case finds:
		t.refreshFinds()
	}
	t.strip.Set(t.progress())
}

// progress is what the strip says: how far it is, how fast, and how long it still takes.
func (t *scanTab) progress() part.Running {
	e := t.l.last
	r := part.Running{Icon: "scan", Title: t.a.T("scan.running", strings.Join(t.l.plan.Ranges, "、")), Fraction: -1}
	if t.l.listening {
		r.Title = t.a.T("scan.listening", listenSeconds)
	}
	if e.Total == 0 {
		return r
	}
	r.Fraction = float32(e.Done) / float32(e.Total)
	r.Words = t.a.T("scan.progress", e.Done, e.Total, strconv.FormatFloat(e.Rate, 'f', 0, 64), e.Left)
	if t.l.listening {
		r.Words = t.a.T("scan.heard", e.Left, len(t.l.hosts))
	}
	return r
}

func (t *scanTab) refreshFinds() {
	if t.st != nil {
		t.finds.show(t.st, t.l.hosts, t.l.report != nil)
	}
}

// found shows the finds under the strip, or under what became of the look.
func (t *scanTab) found() {
	head, l := part.VStack(8), t.l
	switch {
	case l.running:
		t.strip = part.NewProgressStrip(t.progress(), func() { l.stopping = true; t.strip.Stopping(); t.a.StopLook() })
		if l.stopping {
			t.strip.Stopping()
		}
		head.Add(t.strip)
	case l.report != nil:
		key := "scan.done"
		if l.report.Stopped {
			key = "scan.stopped"
		}
		head.Add(part.HStack(10, part.Icon("check", 18, theme.OK), part.Grow(part.Body(t.a.T(key, len(l.hosts), len(l.report.Log), l.report.Bytes))),
			part.Secondary(t.a.T("scan.again"), "refresh", func() { l.report, l.hosts = nil, nil; t.choose() }).Small()))
	}
	for _, n := range l.notes {
		head.Add(part.Notice(part.Warn, n))
	}
	t.refreshFinds()
	t.place.Set(part.VStack(10, head, part.Grow(t.finds.content())))
}

// take enters the ticked finds.
func (t *scanTab) take(choices []wizard.FindChoice) {
	id, rep := t.a.Case(), *t.l.report
	var b wizard.Brought
	t.a.Run(t.a.T("scan.taking"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
		st, b, err = d.TakeFinds(ctx, id, rep, choices)
		return st, err
	}, func(err error) {
		if err == nil {
			t.a.Say(t.a.T("scan.taken", b.Added, b.Changed, b.Newly, b.Conflicts))
			t.finds.reset()
			t.l.ticked, t.l.apart = t.finds.ticked, t.finds.apart
			t.refreshFinds()
		}
	})
}

// proof writes the whole report as a file: plan, consent, every frame sent and the raw answers.
func (t *scanTab) proof() {
	if f, err := view.ScanFile(*t.l.report); err == nil {
		t.a.SaveFiles(t.a.Case(), []wizard.File{f})
	}
}

// show keeps the finds of one firm away from another's page.
func (t *scanTab) show(st *wizard.State) {
	t.st = st
	if t.l.firm != "" && st.Case.ID != t.l.firm {
		if t.l.running {
			t.a.StopLook()
		}
		t.l.forget()
		t.ask.show(t.l)
		t.choose()
		return
	}
	if t.l.running || t.l.report != nil {
		t.refreshFinds()
	}
}

// save keeps what was typed for the page that may come after this one.
func (t *scanTab) save() { t.ask.keep(t.l) }

func (t *scanTab) jump(string) bool { return false }
