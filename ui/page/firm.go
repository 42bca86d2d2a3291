package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register(string(wizard.StepFirm), newFirm) }

// firm is 企业信息: the licence, the contact, the figures of the last years and the size class that follows from them.
type firm struct {
	a    Actions
	form *Form
	body *part.Scroller

	wrong    *part.ErrorSummary
	told     int // wrong fields that were shown when the person wanted to go on
	code     *part.TextField
	industry *part.SelectField
	place    *part.Slot // what the credit code says of the place
	size     *part.Slot
	years    *yearColumns
}

func newFirm(a Actions) Page {
	p := &firm{a: a, form: NewForm(a), wrong: part.NewErrorSummary(), place: part.NewSlot(nil), size: part.NewSlot(nil)}
	p.years = newYearColumns(a, p.form)
	p.body = part.PageBody(part.VStack(12, p.wrong, p.base(), p.contact(), p.years.place, p.sizeCard()))
	p.form.Within(p.body)
	return p
}

// Parts implements Page.
func (p *firm) Parts() (header, body, foot fyne.CanvasObject) {
	return part.PageHeader(p.a.T("firm.step"), p.a.T("firm.title"), p.a.T("firm.note")), p.body,
		part.NewBottomBar(p.a.T("firm.foot"), part.Secondary(p.a.T("firm.home"), "", p.a.Home),
			part.Primary(p.a.T("button.next"), "", p.next))
}

// next saves and goes on; while something is wrong it stays once and shows what, because the person may be sure to mend it later.
func (p *firm) next() {
	p.form.Save()
	p.a.Run("", func(context.Context, *wizard.Desk, func(string, float64)) (*wizard.State, error) { return nil, nil }, func(error) { // after what was saved
		wrong := p.form.Problems()
		if len(wrong) == 0 || p.told == len(wrong) {
			p.told = 0
			p.a.Go(wizard.StepInventory)
			return
		}
		p.told = len(wrong)
		p.wrong.Set(wrong)
		p.body.ScrollToTop()
		p.a.Say(p.a.T("firm.stay", len(wrong)))
	})
}

// Leave implements Leaver.
func (p *firm) Leave() { p.form.Save() }

// JumpTo implements Jumper.
func (p *firm) JumpTo(path string) bool { return p.form.Focus(path) }

// Show implements Page.
func (p *firm) Show(st *wizard.State) {
	if st == nil {
		return
	}
	p.years.show(st.Case)
	p.form.Show(st)
	p.wrong.Set(p.form.Problems())
	if p.code.ErrorText() == "" {
		hint, _ := view.CodeHint(p.a.T, p.code.Value())
		p.code.SetHint(hint)
	}
	p.industry.SetHint(view.IndustryHint(p.a.T, st.Case.Firm.Industry))
	p.showPlace(st.Case.Firm)
	p.showSize(st.Case)
}

func (p *firm) text(name string, spec part.FieldSpec) part.Field {
	spec.Label = p.a.T("firm." + name)
	return p.form.Add("firm."+name, part.NewTextField(spec))
}

func (p *firm) tri(name string) part.Field {
	return p.form.Add("firm."+name, part.NewTriField(part.FieldSpec{Label: p.a.T("firm." + name)}))
}

func (p *firm) base() fyne.CanvasObject {
	must := part.FieldSpec{Required: true}
	t := p.a.T
	name := p.text("name", must)
	p.code = part.NewTextField(part.FieldSpec{Label: t("firm.creditCode"), Hint: t("firm.creditCode.hint"), Required: true})
	p.form.Add("firm.creditCode", p.code)
	p.checkWhileTyping()
	region := p.form.Add("firm.region", part.NewSelectField(part.FieldSpec{Label: t("firm.region"), Required: true}, options(view.RegionChoices())))
	p.industry = part.NewSelectField(part.FieldSpec{Label: t("firm.industry"), Hint: t("firm.industry.hint"), Required: true}, options(view.IndustryChoices(""))).
		WithSearch(func(words string) []part.Option { return options(view.IndustryChoices(words)) })
	p.form.Add("firm.industry", p.industry)
	capital := part.NewYuanField(part.FieldSpec{Label: t("firm.capital")}, func(s string) (string, string) { return view.YuanEcho(t, s), "" })
	vat := part.NewChoiceField(part.FieldSpec{Label: t("firm.vatPayer")}, []part.Option{
		{Value: string(survey.VATGeneral), Text: t("firm.vatPayer.general")}, {Value: string(survey.VATSmall), Text: t("firm.vatPayer.small")}})
	return part.Card(t("firm.section.base"), nil, part.VStack(14,
		part.Grid(2, 16, name, p.code), p.place,
		part.Grid(2, 16, region, p.text("county", part.FieldSpec{Required: true, Placeholder: t("firm.county.place")}),
			p.text("address", must), p.text("park", part.FieldSpec{}),
			p.industry, p.text("products", part.FieldSpec{}),
			p.text("legalRep", must), p.form.Add("firm.founded", part.NewDateField(part.FieldSpec{Label: t("firm.founded"), Required: true})),
			p.form.Add("firm.capital", capital), p.text("nature", part.FieldSpec{Placeholder: t("firm.nature.place")}),
			p.form.Add("firm.vatPayer", vat), p.tri("aboveScale"), p.tri("independent"), p.tri("dishonest"),
			p.form.Add("asOf", part.NewDateField(part.FieldSpec{Label: t("firm.asOf"), Hint: t("firm.asOf.hint"), Required: true})))))
}

// checkWhileTyping judges the credit code with each key; what is saved is judged again by the case.
func (p *firm) checkWhileTyping() {
	keep := p.code.OnChanged
	p.code.OnChanged = func(s string) {
		keep(s)
		hint, wrong := view.CodeHint(p.a.T, s)
		p.code.SetHint(hint)
		p.code.SetError(wrong)
	}
}

// showPlace shows what the code says of the place; a tap takes it, nothing is overwritten by itself.
func (p *firm) showPlace(f survey.Firm) {
	s := view.SuggestPlace(p.a.T, f)
	if s.Text == "" {
		p.place.Set(nil)
		p.place.Hide()
		return
	}
	row := part.HStack(10, part.Icon("info", 16, theme.Accent), part.Grow(part.Muted(s.Text)))
	if s.Code != "" {
		row.Add(part.Secondary(p.a.T("firm.region.take", s.Name), "", func() { p.a.Set("firm.region", s.Code) }).Small())
	}
	p.place.Set(part.InnerCard(row))
	p.place.Show()
}

func (p *firm) contact() fyne.CanvasObject {
	return part.Card(p.a.T("firm.section.contact"), nil, part.Grid(3, 16,
		p.text("contact.name", part.FieldSpec{Required: true}), p.form.Add("firm.contact.phone", part.NewMaskedField(part.FieldSpec{Label: p.a.T("firm.contact.phone"), Hint: p.a.T("firm.contact.phone.hint"), Required: true}, survey.Mask)), p.text("contact.email", part.FieldSpec{})))
}

func (p *firm) sizeCard() fyne.CanvasObject {
	var sizes []part.Option
	for _, c := range []survey.SizeClass{survey.SizeMicro, survey.SizeSmall, survey.SizeMedium, survey.SizeLarge} {
		sizes = append(sizes, part.Option{Value: string(c), Text: p.a.T("firm.size." + string(c))})
	}
	declared := p.form.Add("firm.declaredSize", part.NewChoiceField(part.FieldSpec{Label: p.a.T("firm.declaredSize"), Required: true}, sizes))
	return part.Card(p.a.T("firm.section.size"), nil, part.VStack(14, declared, p.size))
}

func (p *firm) showSize(c *survey.Case) {
	s := view.SizeOf(c)
	kind := part.Neutral
	if s.Known {
		kind = part.Info
	}
	list := part.VStack(8, part.HStack(10, part.Line(p.a.T("firm.size.computed"), theme.SizeCell, theme.Muted, true), part.NewBadgeIcon(kind, s.Class, "")), part.Muted(s.Reason))
	switch {
	case s.Declared != "":
		list.Add(part.Notice(part.Warn, p.a.T("firm.size.differs", s.Declared, s.Class)))
	case s.Known && c.Firm.DeclaredSize != "":
		list.Add(part.Notice(part.OK, p.a.T("firm.size.same")))
	}
	p.size.Set(list)
}

// options turns a view's choices into a part's.
func options(list []view.ListItem) []part.Option {
	out := make([]part.Option, len(list))
	for i, c := range list {
		out[i] = part.Option(c)
	}
	return out
}
