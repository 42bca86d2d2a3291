package page

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// onboarding is the card of the wish to be connected: one operator, its offers, machines, network and dates.
func (p *reviewPage) onboarding() fyne.CanvasObject {
	a, f := p.a, p.form
	spec := func(key string) part.FieldSpec {
		return part.FieldSpec{Label: a.T("review.wish." + key), Keys: &part.Keys{Back: p.back}}
	}
	operator := spec("operator")
	operator.Required, operator.Hint = true, a.T("review.wish.operator.hint")
	p.operator = part.NewSelectField(operator, nil)
	f.Add("onboarding.operator", p.operator)
	p.operator.Listen(p.choose, nil)
	return part.CardWith(part.HeadRow(a.T("review.wish"), a.T("review.wish.note"), nil), part.VStack(14,
		p.operator, p.chosen,
		f.Add("onboarding.network", part.NewTextArea(spec("network"), 3)),
		part.Columns(14, nil,
			f.Add("onboarding.from", part.NewDateField(spec("from"))),
			f.Add("onboarding.to", part.NewDateField(spec("to")))),
		f.Add("onboarding.note", part.NewTextArea(spec("note.field"), 2))))
}

// choose takes one operator with all of its accepted offers: a request never names another's.
func (p *reviewPage) choose(operator string) {
	var ids []string
	for _, o := range view.OperatorOffers(p.st, operator) {
		ids = append(ids, o.Value)
	}
	p.a.Set("onboarding.offers", strings.Join(ids, "、"))
	p.a.Set("onboarding.operator", operator)
}

// fillOnboarding brings the choices up to date.
func (p *reviewPage) fillOnboarding(st *wizard.State) {
	a, o := p.a, st.Case.Onboarding
	list := view.Operators(st)
	p.operator.SetOptions(picks(list))
	stack := part.VStack(8)
	if len(list) == 0 {
		stack.Add(part.Notice(part.Info, a.T("review.wish.operator.none")))
		stack.Add(part.HStack(0, part.Secondary(a.T("review.wish.operator.go"), "", func() { a.Go(wizard.StepRecommend) }).Small()))
	}
	if offers := view.OperatorOffers(st, o.Operator); len(offers) > 0 {
		stack.Add(part.Strong(a.T("review.wish.offers")))
		stack.Add(p.offers.show(offers, o.Offers).place)
	}
	stack.Add(part.Pad(6, 0, 0, 0, part.Strong(a.T("review.wish.assets", len(o.Assets)))))
	if devices := view.DevicePicks(a.T, st.Case); len(devices) == 0 {
		stack.Add(part.Muted(a.T("review.wish.assets.none")))
	} else {
		stack.Add(part.Muted(a.T("review.wish.assets.hint")))
		stack.Add(p.devices.show(devices, o.Assets).place)
	}
	p.chosen.Set(stack)
}

// look makes the papers and shows what would leave, or hides it again.
func (p *reviewPage) look() {
	p.form.Save()
	if p.looking {
		p.looking, p.papers = false, nil
		p.Show(p.st)
		return
	}
	p.makeParcel()
}

// showParcel lists exactly what would be sent: to whom, which parts with their values, which files with their sizes, and what stays here.
func (p *reviewPage) showParcel(st *wizard.State) {
	if !p.looking {
		put(p.parcel, nil)
		return
	}
	a := p.a
	k := view.ParcelOf(a.T, st, p.kind, p.papers)
	list := part.VStack(8, heading(a.T("review.parcel.to")), part.Strong(k.Recipient), part.Hairline(), heading(a.T("review.parcel.files", k.Total)))
	for _, f := range k.Files {
		list.Add(part.HStack(10, part.Grow(part.Colored(f.Key, theme.SizeCell, theme.Ink, false)), part.Line(f.Value, theme.SizeCell, theme.Muted, false)))
	}
	list.Add(part.Hairline())
	list.Add(heading(a.T("review.parcel.sections")))
	for _, s := range k.Sections {
		list.Add(p.parcelSection(s))
	}
	list.Add(part.Hairline())
	list.Add(heading(a.T("review.parcel.never")))
	for _, n := range k.Never {
		list.Add(part.HStack(8, part.NewBadge(part.Neutral, a.T("review.parcel.stays")), part.Grow(part.Colored(n, theme.SizeCell, theme.Ink, false))))
	}
	put(p.parcel, part.Card(a.T("review.parcel"), part.Link(a.T("review.parcel.hide"), p.look), list))
}

// parcelSection shows one part of the request with the values it carries.
func (p *reviewPage) parcelSection(s view.FormSection) fyne.CanvasObject {
	list := part.VStack(2, part.Colored(s.Title, theme.SizeCell, theme.Ink, true))
	for _, f := range s.Fields {
		if f.Value != "" {
			list.Add(part.Columns(12, []float32{38, 62}, part.Muted(f.Label), part.Colored(f.Value, theme.SizeCell, theme.Ink, false)))
		}
	}
	for _, t := range s.Tables {
		list.Add(part.Muted(p.a.T("review.parcel.table", t.Title, len(t.Rows))))
		for _, row := range t.Rows {
			list.Add(part.Small(strings.Join(row, " · ")))
		}
	}
	return list
}
