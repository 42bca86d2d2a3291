package page

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// portalCard enrols a portal: its address, the fingerprint of its key for people to compare by telephone, and the enrolment code. The key is
// pinned only after a person said that the fingerprints agree.
type portalCard struct {
	a     Actions
	done  func() // after an enrolment
	place *part.Slot

	address, code *part.TextField
	print         string // fingerprint as the portal told it, "" before
	asked         string // address that told it
	shown         *part.Slot
	agree         *part.Check
	enrol         *part.Button
}

func newPortalCard(a Actions, done func()) *portalCard {
	p := &portalCard{a: a, done: done, place: part.NewSlot(nil), shown: part.NewSlot(nil)}
	p.address = part.NewTextField(part.FieldSpec{Label: a.T("settings.portal.address"), Placeholder: "https://", Hint: a.T("settings.portal.address.hint"), Required: true})
	p.address.Listen(func(s string) {
		if strings.TrimSpace(s) != p.asked {
			p.forget()
		}
	}, nil)
	p.address.OnSubmit(func(string) { p.ask() })
	p.code = part.NewTextField(part.FieldSpec{Label: a.T("settings.portal.code"), Hint: a.T("settings.portal.code.hint"), Required: true})
	p.code.Listen(func(string) { p.ready() }, nil)
	p.agree = part.NewCheck(a.T("settings.portal.agree"), false, func(bool) { p.ready() })
	p.enrol = part.Primary(a.T("settings.portal.enrol"), "key", p.register).Off()
	return p
}

// show shows the enrolled portal, or the form when there is none.
func (p *portalCard) show(e *submit.Enrolment) {
	if e == nil {
		p.place.Set(part.Card(p.a.T("settings.section.portal"), part.NewBadge(part.Neutral, p.a.T("settings.portal.none")), p.form()))
		return
	}
	var pairs []part.Pair
	for _, kv := range view.Enrolled(p.a.T, e) {
		pairs = append(pairs, part.Pair{Key: kv[0], Value: kv[1]})
	}
	other := part.HStack(0, part.Secondary(p.a.T("settings.portal.other"), "", func() {
		p.place.Set(part.Card(p.a.T("settings.section.portal"), nil, part.VStack(12, part.KeyValue(96, pairs...), part.Notice(part.Warn, p.a.T("settings.portal.replace")), p.form())))
	}).Small())
	p.place.Set(part.Card(p.a.T("settings.section.portal"), part.NewBadge(part.OK, p.a.T("settings.portal.some")), part.VStack(12, part.KeyValue(96, pairs...), other)))
}

func (p *portalCard) form() fyne.CanvasObject {
	ask := part.Secondary(p.a.T("settings.portal.ask"), "scan", p.ask)
	return part.VStack(14, part.Muted(p.a.T("settings.portal.how")), p.address, part.HStack(0, ask), p.shown,
		part.Columns(16, []float32{50, 50}, p.code, part.VStack(0)), p.agree, part.HStack(0, p.enrol))
}

// forget drops the fingerprint, e.g. when the address changes; what was compared no longer counts.
func (p *portalCard) forget() {
	p.print, p.asked = "", ""
	p.shown.Set(nil)
	p.agree.Set(false)
	p.ready()
}

func (p *portalCard) ready() {
	if p.print != "" && p.agree.On() && strings.TrimSpace(p.code.Value()) != "" {
		p.enrol.Enable()
	} else {
		p.enrol.Disable()
	}
}

// ask asks the portal for its fingerprint.
func (p *portalCard) ask() {
	p.forget()
	address := strings.TrimSpace(p.address.Value())
	if address == "" {
		p.address.SetError(p.a.T("settings.portal.address.missing"))
		return
	}
	p.address.SetError("")
	got := ""
	p.a.Run(p.a.T("settings.portal.asking"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
		got, err = d.Fingerprint(ctx, address)
		return nil, err
	}, func(err error) {
		if err != nil {
			p.address.SetError(p.a.ErrorText(err))
			return
		}
		p.print, p.asked = got, address
		p.shown.Set(part.TintCard(part.VStack(6, part.Line(p.a.T("settings.portal.fingerprint"), theme.SizeCell, theme.Muted, true),
			part.Colored(got, 20, theme.Ink, true), part.Muted(p.a.T("settings.portal.compare")))))
		p.ready()
	})
}

// register enrols; the open case is loaded again so that the rail and the sending page know.
func (p *portalCard) register() {
	address, code, print, id := p.asked, strings.TrimSpace(p.code.Value()), p.print, p.a.Case()
	p.a.Run(p.a.T("settings.portal.enrolling"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		if _, err := d.Enrol(ctx, address, code, print); err != nil || id == "" {
			return nil, err
		}
		return d.Open(ctx, id)
	}, func(err error) {
		if err != nil {
			return
		}
		p.code.SetValue("")
		p.forget()
		p.a.Say(p.a.T("settings.portal.enrolled"))
		p.done()
	})
}
