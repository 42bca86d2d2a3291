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
	place *part.Slot
	known bool // the surroundings were asked

	targets, exclude, community *part.TextField
	profile                     *part.ChoiceField
	around                      *part.Slot
	refused                     *part.Slot

	order   scan.Order
	plan    scan.Plan
	firm    string // id of the case that the look belongs to
	running bool
	strip   *part.ProgressStrip
	hosts   []scan.Host
	report  *scan.Report
	notes   []string

	finds *findList
}

func newScanTab(a Actions) *scanTab {
	t := &scanTab{a: a, place: part.NewSlot(nil), around: part.NewSlot(nil), refused: part.NewSlot(nil)}
	t.targets = part.NewTextField(part.FieldSpec{Label: a.T("scan.targets"), Placeholder: "192.168.1.0/24", Hint: a.T("scan.targets.hint")})
	t.exclude = part.NewTextField(part.FieldSpec{Label: a.T("scan.exclude"), Hint: a.T("scan.exclude.hint")})
	t.community = part.NewPasswordField(part.FieldSpec{Label: a.T("scan.snmp"), Hint: a.T("scan.snmp.hint")})
	t.profile = part.NewChoiceField(part.FieldSpec{Label: a.T("scan.profile"), Hint: a.T("scan.profile.hint")}, []part.Option{
		{Value: string(scan.ProfileOT), Text: a.T("scan.profile.ot")}, {Value: string(scan.ProfileIT), Text: a.T("scan.profile.it")}})
	t.profile.SetValue(string(scan.ProfileOT))
	t.finds = newFindList(a, t.take, t.proof)
	t.choose()
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
				row.Add(part.Secondary(t.a.T("scan.around.network", n.CIDR, n.Hosts), "network", func() { t.targets.SetValue(n.CIDR) }).Small())
			}
		}
		t.around.Set(part.VStack(8, part.Muted(t.a.T("scan.around", len(s.Networks), len(s.Hosts))), row))
	})
}

// choose shows the first step.
func (t *scanTab) choose() {
	ask := part.VStack(12, part.Body(t.a.T("scan.intro")), t.around, t.targets, part.Columns(14, nil, t.exclude, t.community), t.profile, t.refused,
		part.HStack(10, part.Secondary(t.a.T("scan.listen"), "clock", t.listen), part.Spacer(), part.Primary(t.a.T("scan.toplan"), "", t.toPlan)))
	t.refused.Hide()
	t.place.Set(part.Scroll(part.Pad(2, 10, 8, 2, part.Card(t.a.T("scan.title"), nil, ask))))
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;，；、\n", r) })
}

// toPlan works the plan out; nothing is sent.
func (t *scanTab) toPlan() {
	o := scan.Order{Targets: words(t.targets.Value()), Exclude: words(t.exclude.Value()), Profile: scan.Profile(t.profile.Value())}
	if c := t.community.Value(); c != "" {
		o.SNMP = scan.SNMP{Version: "2c", Community: c, Switches: true}
	}
	var p scan.Plan
	var refused error
	t.a.Run("", func(_ context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		p, refused = d.PlanScan(o)
		return nil, nil
	}, func(error) {
		if refused != nil {
			t.refused.Set(part.Notice(part.Warn, t.a.ErrorText(refused)))
			t.refused.Show()
			return
		}
		t.order, t.plan = o, p
		t.agree()
	})
}

// agree shows the plan and asks for the consent to exactly it.
func (t *scanTab) agree() {
	start := part.Primary(t.a.T("scan.start"), "scan", t.start)
	start.Disable()
	consent := part.NewCheck(t.a.T("scan.consent", t.plan.Hosts, t.plan.Frames, t.plan.Seconds), false, func(on bool) {
		if on {
			start.Enable()
		} else {
			start.Disable()
		}
	})
	var pairs []part.Pair
	for _, r := range view.PlanRows(t.a.T, t.plan) {
		pairs = append(pairs, part.Pair{Key: r.Label, Value: r.Value})
	}
	list := part.VStack(12, part.KeyValue(96, pairs...))
	for _, s := range t.plan.Steps {
		if s.Danger != "" {
			list.Add(part.Muted(s.Title + "：" + s.Danger))
		}
	}
	if len(t.plan.Skipped) > 0 {
		skipped := part.VStack(4, part.Line(t.a.T("scan.skipped", len(t.plan.Skipped)), theme.SizeCell, theme.Ink, true))
		for _, s := range t.plan.Skipped {
			skipped.Add(part.Muted(strings.TrimSpace(s.What + "：" + s.Why + " " + s.Enable)))
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
	o, plan := t.order, t.plan.ID
	t.run(t.a.T("scan.running", strings.Join(t.plan.Ranges, "、")), func(ctx context.Context, d *wizard.Desk, tell func(scan.Event)) (scan.Report, error) {
		return d.Scan(ctx, o, plan, tell)
	})
}

// listenSeconds is how long devices are listened to.
const listenSeconds = 60

func (t *scanTab) listen() {
	t.run(t.a.T("scan.listening", listenSeconds), func(ctx context.Context, d *wizard.Desk, tell func(scan.Event)) (scan.Report, error) {
		return d.Listen(ctx, listenSeconds, tell)
	})
}

func (t *scanTab) run(title string, look func(context.Context, *wizard.Desk, func(scan.Event)) (scan.Report, error)) {
	t.running, t.hosts, t.report, t.notes, t.firm = true, nil, nil, nil, t.a.Case()
	firm := t.firm
	t.strip = part.NewProgressStrip(part.Running{Icon: "scan", Title: title, Fraction: -1}, func() { t.strip.Stopping(); t.a.StopLook() })
	t.finds.reset()
	t.found()
	var rep scan.Report
	t.a.Look(func(ctx context.Context, d *wizard.Desk, tell func(scan.Event)) (err error) {
		rep, err = look(ctx, d, tell)
		return err
	}, func(e scan.Event) {
		if t.firm == firm && t.running {
			t.event(title, e)
		}
	}, func(err error) {
		if t.firm != firm {
			return
		}
		t.running = false
		if err != nil {
			t.choose()
			t.refused.Set(part.Notice(part.Warn, t.a.ErrorText(err)))
			t.refused.Show()
			return
		}
		t.report, t.hosts = &rep, rep.Hosts
		t.found()
	})
}

// event takes one piece of news.
func (t *scanTab) event(title string, e scan.Event) {
	switch e.Kind {
	case scan.EventHost:
		at := -1
		for i := range t.hosts {
			if t.hosts[i].Address == e.Host.Address {
				at = i
			}
		}
		if at < 0 {
			t.hosts = append(t.hosts, *e.Host)
		} else {
			t.hosts[at] = *e.Host
		}
		t.refreshFinds()
	case scan.EventNote:
		t.notes = append(t.notes, e.Text)
		t.found()
	}
	if e.Total > 0 {
		t.strip.Set(part.Running{Title: title, Fraction: float32(e.Done) / float32(e.Total),
			Words: t.a.T("scan.progress", e.Done, e.Total, strconv.FormatFloat(e.Rate, 'f', 0, 64), e.Left)})
	}
}

func (t *scanTab) refreshFinds() {
	if t.st != nil {
		t.finds.show(t.st, t.hosts, t.report != nil)
	}
}

// found shows the finds under the strip, or under what became of the look.
func (t *scanTab) found() {
	head := part.VStack(8)
	switch {
	case t.running:
		head.Add(t.strip)
	case t.report != nil:
		key := "scan.done"
		if t.report.Stopped {
			key = "scan.stopped"
		}
		head.Add(part.HStack(10, part.Icon("check", 18, theme.OK), part.Grow(part.Body(t.a.T(key, len(t.hosts), len(t.report.Log), t.report.Bytes))),
			part.Secondary(t.a.T("scan.again"), "refresh", func() { t.report, t.hosts = nil, nil; t.choose() }).Small()))
	}
	for _, n := range t.notes {
		head.Add(part.Notice(part.Warn, n))
	}
	t.refreshFinds()
	t.place.Set(part.VStack(10, head, part.Grow(t.finds.content())))
}

// take enters the ticked finds.
func (t *scanTab) take(choices []wizard.FindChoice) {
	id, rep := t.a.Case(), *t.report
	var b wizard.Brought
	t.a.Run(t.a.T("scan.taking"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
		st, b, err = d.TakeFinds(ctx, id, rep, choices)
		return st, err
	}, func(err error) {
		if err == nil {
			t.a.Say(t.a.T("scan.taken", b.Added, b.Changed, b.Newly, b.Conflicts))
			t.finds.reset()
			t.refreshFinds()
		}
	})
}

// proof writes the whole report as a file: plan, consent, every frame sent and the raw answers.
func (t *scanTab) proof() {
	if f, err := view.ScanFile(*t.report); err == nil {
		t.a.SaveFiles(t.a.Case(), []wizard.File{f})
	}
}

// show keeps the finds of one firm away from another's page.
func (t *scanTab) show(st *wizard.State) {
	t.st = st
	if t.firm != "" && st.Case.ID != t.firm {
		if t.running {
			t.a.StopLook()
		}
		t.running, t.hosts, t.report, t.notes, t.firm = false, nil, nil, nil, ""
		t.community.SetValue("")
		t.choose()
		return
	}
	if t.running || t.report != nil {
		t.refreshFinds()
	}
}

func (t *scanTab) save()            {}
func (t *scanTab) jump(string) bool { return false }
