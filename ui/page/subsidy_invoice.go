package page

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

func newSubsidyInvoices(p *subsidyPage) *subsidyList {
	l := newSubsidyList(p, wizard.AddInvoice, part.TableColumn{Title: "number", Width: 188}, part.TableColumn{Title: "issued", Width: 100},
		part.TableColumn{Title: "seller", Weight: 1.7}, part.TableColumn{Title: "contract", Weight: 1.2}, part.TableColumn{Title: "gross", Width: 130, Align: trailing})
	told := newBroughtInvoices(p)
	p.brought = told
	l.rows = func(st *wizard.State) []view.ListRow {
		told.show(st)
		return view.InvoiceRows(p.a.T, st)
	}
	l.shape = func(st *wizard.State, id string) string {
		var ids []string
		for _, k := range invoiceLines(st, id) {
			ids = append(ids, k.ID)
		}
		return strings.Join(ids, " ") + "|" + names(view.ContractPicks(p.a.T, st.Case)) + "|" + names(view.AssetPicks(p.a.T, st.Case))
	}
	l.edit = func(id string) fyne.CanvasObject { return l.invoice(id) }
	l.content = part.CardWith(part.HeadRow(p.a.T(l.key), p.a.T(l.key+".note"), part.HStack(8, told.button(), l.adder())),
		part.VStack(12, told.place, l.place, l.fields))
	return l
}

func invoiceLines(st *wizard.State, id string) []survey.InvoiceLine {
	i := slices.IndexFunc(st.Case.Invoices, func(v survey.Invoice) bool { return v.ID == id })
	if i < 0 {
		return nil
	}
	return st.Case.Invoices[i].Lines
}

func (l *subsidyList) invoice(id string) fyne.CanvasObject {
	p := l.p
	at := func(name string) string { return "invoices." + id + "." + name }
	lines := invoiceLines(p.st, id)
	stack := part.VStack(12,
		part.Columns(14, []float32{1.4, 1, 1.6},
			l.bind(at("number"), part.NewNumberField(p.must("invoices.number"))),
			l.bind(at("issued"), part.NewDateField(p.must("invoices.issued"))),
			l.bind(at("seller"), part.NewTextField(p.must("invoices.seller")))),
		part.Columns(14, []float32{1.4, 1.3, 1.3},
			l.bind(at("buyerCode"), part.NewTextField(p.hinted("invoices.buyerCode"))),
			l.bind(at("contract"), part.NewSelectField(p.must("invoices.contract"), picks(view.ContractPicks(p.a.T, p.st.Case)))),
			l.bind(at("checked"), part.NewTriField(p.spec("invoices.checked")))))
	for i, k := range lines {
		stack.Add(part.Hairline())
		stack.Add(l.invoiceLine(id, i, k.ID, len(lines) > 1))
	}
	stack.Add(l.foot(id, part.Secondary(p.a.T("subsidy.lines.add"), "plus", func() { l.add("lines", id) }).Small()))
	return stack
}

// invoiceLine is one cost line with the live check of its three amounts.
func (l *subsidyList) invoiceLine(invoice string, i int, id string, removable bool) fyne.CanvasObject {
	p := l.p
	at := func(name string) string { return "invoices." + invoice + ".lines." + id + "." + name }
	sums := map[string]*part.YuanField{}
	for _, name := range []string{"net", "tax", "gross"} {
		sums[name] = part.NewYuanField(p.spec("lines."+name), nil)
		l.bind(at(name), sums[name])
	}
	check := part.NewSlot(nil)
	look := func() {
		s := view.CheckLine(p.a.T, sums["net"].Value(), sums["tax"].Value(), sums["gross"].Value())
		put(check, p.lineCheck(s, func() {
			sums[s.Field].SetValue(s.Value)
			p.form.Save()
			p.a.Set(at(s.Field), s.Value)
		}))
	}
	for _, f := range sums {
		changed := f.OnChanged
		f.OnChanged = func(v string) { changed(v); look() }
	}
	p.money.looks = append(p.money.looks, look)
	head := part.HStack(8, part.Line(p.a.T("subsidy.lines.title", i+1), theme.SizeCell, theme.Muted, true), part.Spacer())
	if removable {
		head.Add(part.TextButton(p.a.T("subsidy.lines.remove"), "trash", func() { l.remove("lines", id) }).Small())
	}
	return part.VStack(10, head,
		part.Columns(14, []float32{2, 1.3, 1.1, 1.5},
			l.bind(at("item"), part.NewTextField(p.must("lines.item"))),
			l.bind(at("topic"), part.NewSelectField(p.must("lines.topic"), nameOptions(survey.TopicNames))),
			l.bind(at("kind"), part.NewSelectField(p.must("lines.kind"), nameOptions(survey.CostKindNames))),
			l.bind(at("asset"), part.NewSelectField(part.FieldSpec{Label: p.a.T("papers.line.asset"), Keys: p.keys()}, picks(view.AssetPicks(p.a.T, p.st.Case))))),
		part.Columns(14, nil, sums["net"], sums["tax"], sums["gross"]),
		part.HStack(20, l.bind(at("automation"), part.NewTriField(p.spec("lines.automation"))), l.layer(at("layer")), part.Grow(check)))
}

// layer asks for the 上云层次 where the policy in force has rates by layer.
func (l *subsidyList) layer(path string) fyne.CanvasObject {
	options := view.LayerPicks(l.p.a.T, l.p.st)
	if options == nil {
		return part.VStack(0)
	}
	return part.Sized(220*theme.Scale(), 0, l.bind(path, part.NewSelectField(l.p.spec("lines.layer"), picks(options))))
}

// lineCheck says whether net and tax make gross, and fills the amount that follows.
func (p *subsidyPage) lineCheck(s view.LineSum, fill func()) fyne.CanvasObject {
	switch {
	case s.OK:
		return part.HStack(6, part.NewBadge(part.OK, p.a.T("subsidy.lines.fits")))
	case s.Words == "":
		return nil
	}
	row := part.HStack(10, part.Grow(part.Colored(s.Words, theme.SizeCell, theme.Warn, false)))
	if s.Field != "" {
		row.Add(part.Secondary(p.a.T("subsidy.lines.fill."+s.Field), "pencil", fill).Small())
	}
	return row
}

// nameOptions turns a list of named values into options; the names are words of the form and stay Chinese.
func nameOptions[T ~string](list []survey.Named[T]) []part.Option {
	out := make([]part.Option, len(list))
	for i, n := range list {
		out[i] = part.Option{Value: string(n.Value), Text: n.Name}
	}
	return out
}
