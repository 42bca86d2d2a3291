package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// quoteForm takes one quote: of an offer of the catalog, or of something that no catalog has and that covers one need.
type quoteForm struct {
	t                    *roadTab
	body                 *fyne.Container
	offer, need          *part.SelectField
	vendor, title, paper *part.TextField
	date, until          *part.TextField
	once, yearly         *part.YuanField
}

// ownOffer is the choice of an offer that no catalog has.
const ownOffer = "own"

func newQuoteForm(t *roadTab) *quoteForm {
	T := t.p.a.T
	f := &quoteForm{t: t}
	options := []part.Option{{Value: ownOffer, Text: T("choose.form.own")}}
	for _, o := range t.st.Catalog.Offers {
		options = append(options, part.Option{Value: o.ID, Text: t.st.Catalog.VendorName(o.Vendor) + " " + o.Title, Note: o.Link})
	}
	var needs []part.Option
	for _, n := range t.st.Catalog.Needs {
		needs = append(needs, part.Option{Value: n.Key, Text: n.Title, Note: n.Tag})
	}
	spec := func(key string, optional bool) part.FieldSpec {
		return part.FieldSpec{Label: T(key), Optional: optional, Keys: t.p.keys.fields()}
	}
	read := func(s string) (string, string) { return view.YuanEcho(T, s), "" }
	f.offer, f.need = part.NewSelectField(spec("choose.form.offer", false), options), part.NewSelectField(spec("choose.form.need", true), needs)
	f.vendor, f.title = part.NewTextField(spec("choose.form.vendor", true)), part.NewTextField(spec("choose.form.title", true))
	f.once, f.yearly = part.NewYuanField(spec("choose.form.once", true), read), part.NewYuanField(spec("choose.form.yearly", true), read)
	f.paper, f.date, f.until = part.NewTextField(spec("choose.form.paper", false)), part.NewDateField(spec("choose.form.date", false)), part.NewDateField(spec("choose.form.until", true))
	own := part.Fold(700, 12, nil, f.vendor, f.title, f.need)
	own.Hide()
	f.offer.OnChanged = func(id string) {
		if id == ownOffer {
			own.Show()
		} else {
			own.Hide()
		}
		f.body.Refresh()
		t.p.scroll.Refresh()
	}
	f.body = part.VStack(10, part.Strong(T("choose.form")), part.Fold(700, 12, nil, f.offer, f.once, f.yearly), own, part.Fold(700, 12, nil, f.paper, f.date, f.until),
		part.HStack(8, part.Spacer(), part.Primary(T("choose.form.go"), "", f.keep)))
	return f
}

// keep hands the quote to the desk; what is wrong comes back as a message and everything typed stays.
func (f *quoteForm) keep() {
	id := f.t.p.a.Case()
	q := survey.Quote{ID: f.offer.Value(), Source: f.paper.Value()}
	if q.ID == ownOffer {
		q.ID, q.Vendor, q.Title = recommend.OwnPrefix+f.need.Value(), f.vendor.Value(), f.title.Value()
		if n := f.need.Value(); n != "" {
			q.Covers = []string{n}
		}
	}
	once, yearly, date, until := f.once.Value(), f.yearly.Value(), f.date.Value(), f.until.Value()
	f.t.p.a.Do(f.t.p.a.T("recommend.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		var err error
		for _, x := range []struct {
			raw string
			to  *money.Fen
		}{{once, &q.OneOff}, {yearly, &q.Yearly}} {
			if x.raw == "" {
				continue
			}
			if *x.to, err = money.Parse(x.raw); err != nil {
				return nil, survey.Wrap(survey.CodeMoney, "page.quote", err)
			}
		}
		for _, x := range []struct {
			raw string
			to  *survey.Date
		}{{date, &q.Date}, {until, &q.Until}} {
			if x.raw == "" {
				continue
			}
			if *x.to, err = survey.ParseDate(x.raw); err != nil {
				return nil, err
			}
		}
		return d.Quote(ctx, id, q)
	})
}
