package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register(string(wizard.StepReview), newReview) }

// reviewKinds are the two requests, in the order of the switch.
var reviewKinds = []submit.Kind{submit.Application, submit.Onboarding}

// reviewPage is 检查与报送: everything once more, what is missing, what would leave, and what the portal signed.
type reviewPage struct {
	a    Actions
	form *Form
	st   *wizard.State
	kind submit.Kind

	tabs        *part.Segmented
	left, right *part.Slot
	body        *part.Scroller
	bar         *part.BottomBar
	save, send  *part.Button

	consent  *part.Consent
	asked    string // kind and recipient that the consent was made for
	ask      *part.Slot
	parcel   *part.Slot
	since    *part.Slot
	log      *part.Slot
	papers   []wizard.File // made for the look at what would leave
	looking  bool
	proved   map[string]int64 // bytes compared with the portal, by the request's digest
	wishes   fyne.CanvasObject
	operator *part.SelectField
	chosen   *part.Slot
	offers   *wordChips
	devices  *wordChips
}

func newReview(a Actions) Page {
	p := &reviewPage{a: a, form: NewForm(a), kind: submit.Application, proved: map[string]int64{}}
	p.left, p.right, p.ask, p.parcel, p.chosen = part.NewSlot(nil), part.NewSlot(nil), part.NewSlot(nil), part.NewSlot(nil), part.NewSlot(nil)
	p.since, p.log = part.NewSlot(nil), part.NewSlot(nil)
	p.tabs = part.NewSegmented(p.Tabs(), 0, p.ShowTab)
	p.save = part.Secondary(a.T("review.save"), "doc", func() { p.form.Save(); savePapers(a, p.st.Case.Firm.Name, p.kind) })
	p.send = part.Primary(a.T("review.send"), "send", p.deliver)
	p.bar = part.NewBottomBar("", part.Secondary(a.T("button.back"), "", p.back), p.save, p.send)
	p.body = part.PageBody(part.Columns(12, []float32{61, 39}, p.left, p.right))
	p.form.Within(p.body)
	p.offers, p.devices = newWordChips(a, "onboarding.offers"), newWordChips(a, "onboarding.assets")
	p.wishes = p.onboarding()
	return p
}

// Parts implements Page.
func (p *reviewPage) Parts() (header, body, foot fyne.CanvasObject) {
	return part.PageHeader(p.a.T("review.step"), p.a.T("review.title"), "", p.tabs), p.body, p.bar
}

// Tabs names the two requests.
func (p *reviewPage) Tabs() []string {
	return []string{p.a.T("review.tab.application"), p.a.T("review.tab.onboarding")}
}

// ShowTab turns to one kind of request.
func (p *reviewPage) ShowTab(i int) {
	if i < 0 || i >= len(reviewKinds) {
		return
	}
	p.form.Save()
	p.kind = reviewKinds[i]
	p.tabs.Set(i)
	p.papers, p.looking = nil, false
	p.body.ScrollToTop()
	p.Show(p.st)
}

// Show implements Page.
func (p *reviewPage) Show(st *wizard.State) {
	if p.st = st; st == nil {
		return
	}
	todos := view.ReviewTodos(p.a.T, st, p.kind, p.a.ErrorText)
	left := part.VStack(12, p.parcel)
	if p.kind == submit.Onboarding {
		p.fillOnboarding(st)
		left.Add(p.wishes)
	} else {
		left.Add(p.parts(st))
	}
	p.showParcel(st)
	p.left.Set(left)
	right := part.VStack(12)
	if back := view.ReturnedTodos(p.a.T, st, p.kind); len(back) > 0 {
		right.Add(part.Card(p.a.T("returned.title"), nil, part.VStack(8, part.Muted(p.a.T("returned.note")), todoList(p.a, back))))
	}
	right.Add(part.Card(p.a.T("review.missing"), nil, todoList(p.a, todos)))
	right.Add(p.consentCard(st))
	right.Add(p.since)
	p.showSince(st)
	for _, o := range p.outbox(st) {
		right.Add(o)
	}
	p.showLog(st)
	right.Add(p.log)
	p.right.Set(right)
	p.form.Show(st)
	p.judge(st, view.Musts(todos))
	p.body.Refresh()
}

// judge says what stands against sending and opens the way when nothing does.
func (p *reviewPage) judge(st *wizard.State, musts int) {
	ready := len(st.Ready(p.kind)) == 0 && st.Enrolment != nil && p.consent != nil && p.consent.All()
	if ready {
		p.send.Enable()
	} else {
		p.send.Disable()
	}
	switch {
	case musts > 0:
		p.bar.SetNote(p.a.T("review.foot.musts", musts))
	case st.Enrolment == nil:
		p.bar.SetNote(p.a.T("review.foot.enrol"))
	case !ready:
		p.bar.SetNote(p.a.T("review.foot.consent"))
	default:
		p.bar.SetNote(p.a.T("review.foot.ready"))
	}
}

// Leave implements Leaver. Whoever comes back may have changed something, so consent is asked anew.
func (p *reviewPage) Leave() {
	p.form.Save()
	p.asked, p.looking, p.papers = "", false, nil
}

// JumpTo implements Jumper.
func (p *reviewPage) JumpTo(path string) bool {
	if len(path) > 10 && path[:11] == "onboarding." {
		p.ShowTab(1)
	}
	return p.form.Focus(path)
}

func (p *reviewPage) back() {
	p.form.Save()
	p.a.Go(wizard.StepSubsidy)
}

// parts are the sections with their ways to mend them.
func (p *reviewPage) parts(st *wizard.State) fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, s := range view.ReviewParts(p.a.T, st) {
		sec := part.Section{Title: s.Title, Kind: kindOf(s.Tone), Note: s.Note, Pairs: pairsOf(s.Facts), OnEdit: func() { p.a.Go(s.Step) }}
		if s.Jump != "" {
			sec.Action, sec.OnEdit = p.a.T("review.part.attach"), func() { p.a.Jump(s.Jump) }
		}
		list = append(list, part.CheckSection(sec))
	}
	return part.CheckList(list...)
}

func pairsOf(facts []view.ReviewFact) []part.Pair {
	out := make([]part.Pair, len(facts))
	for i, f := range facts {
		out[i] = part.Pair{Key: f.Key, Value: f.Value}
	}
	return out
}

// consentCard holds the statements to be ticked; a change of request or recipient asks anew.
func (p *reviewPage) consentCard(st *wizard.State) fyne.CanvasObject {
	a := p.a
	look := part.Link(a.T("review.parcel.look"), p.look)
	if st.Enrolment == nil {
		p.consent, p.asked = nil, ""
		return part.Card(a.T("review.consent"), look, part.VStack(10, part.Notice(part.Warn, a.T("review.enrol.none")),
			part.HStack(0, part.Secondary(a.T("review.enrol.go"), "gear", a.Settings).Small())))
	}
	if who := string(p.kind) + "\n" + st.Enrolment.Portal; who != p.asked {
		p.asked = who
		p.consent = part.NewConsent(view.Consents(p.kind, st.Enrolment.Portal), func(bool) {
			p.judge(p.st, view.Musts(view.ReviewTodos(a.T, p.st, p.kind, a.ErrorText)))
		})
	}
	list := part.VStack(10)
	for _, item := range view.Unexplained(st) {
		list.Add(part.HStack(8, part.NewBadge(part.Err, item), part.Grow(part.Muted(a.T("review.difference"))),
			part.Link(a.T("review.difference.go"), func() { a.Jump("answers." + item) })))
	}
	list.Add(p.consent)
	list.Add(part.Small(a.T("review.recipient", st.Enrolment.Portal, st.Enrolment.Address)))
	return part.Card(a.T("review.consent"), look, list)
}

// heading is a small bold line inside a card.
func heading(words string) fyne.CanvasObject {
	return part.Line(words, theme.SizeCell, theme.Muted, true)
}
