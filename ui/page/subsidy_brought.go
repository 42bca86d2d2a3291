package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
)

// invoiceFiles are the endings of files that hold invoices.
var invoiceFiles = []string{".xml", ".ofd", ".zip", ".png", ".jpg", ".jpeg"}

// maxToldLines bounds how many sentences of one kind are listed on screen.
const maxToldLines = 100

// broughtInvoices is the place where the page tells what an import of invoices did; it empties when another case is shown.
type broughtInvoices struct {
	p     *subsidyPage
	place *part.Slot
	of    string // the case it speaks of
}

func newBroughtInvoices(p *subsidyPage) *broughtInvoices {
	t := &broughtInvoices{p: p, place: part.NewSlot(nil)}
	put(t.place, nil)
	return t
}

// button is the way to choose a file.
func (t *broughtInvoices) button() fyne.CanvasObject {
	return part.Secondary(t.p.a.T("invoice.import"), "upload", t.bring).Small()
}

// bring asks for a file of invoices and imports it.
func (t *broughtInvoices) bring() {
	t.p.a.PickFile(t.p.a.T("invoice.import.title"), invoiceFiles, t.receive)
}

// receive imports a file of invoices and tells what it brought.
func (t *broughtInvoices) receive(name string, data []byte) {
	a := t.p.a
	t.p.form.Save()
	id := a.Case()
	var got wizard.InvoicesBrought
	a.Run(a.T("invoice.import.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
		st, got, err = d.ImportInvoices(ctx, id, name, data)
		return st, err
	}, func(err error) {
		if err == nil && a.Case() == id {
			t.tell(id, name, got)
		}
	})
}

// show empties the place when it speaks of another case.
func (t *broughtInvoices) show(st *wizard.State) {
	if t.of != "" && t.of != st.Case.ID {
		t.close()
	}
}

func (t *broughtInvoices) close() {
	t.of = ""
	put(t.place, nil)
	t.p.money.scroll.Refresh()
}

func (t *broughtInvoices) tell(id, name string, b wizard.InvoicesBrought) {
	a := t.p.a
	t.of = id
	list := part.VStack(10,
		part.HStack(8, part.Grow(part.Heading(a.T("invoice.brought", name))), part.IconButton("cross", a.T("invoice.brought.close"), t.close)),
		part.Body(a.T("invoice.brought.sum", len(b.Invoices), b.Added, b.Linked, len(b.Known))))
	if b.Added > 0 {
		list.Add(part.Notice(part.Warn, a.T("invoice.brought.unverified")))
	}
	for _, k := range []struct {
		key  string
		rows []string
	}{{"invoice.brought.warnings", b.Warnings}, {"invoice.brought.problems", b.Problems}, {"invoice.brought.known", b.Known}} {
		if len(k.rows) == 0 {
			continue
		}
		inner := part.VStack(4, part.Line(a.T(k.key, len(k.rows)), theme.SizeCell, theme.Ink, true))
		for _, r := range k.rows[:min(len(k.rows), maxToldLines)] {
			inner.Add(part.Muted(r))
		}
		if n := len(k.rows) - maxToldLines; n > 0 {
			inner.Add(part.Muted(a.T("invoice.brought.more", n)))
		}
		list.Add(inner)
	}
	put(t.place, part.InnerCard(list))
	t.p.money.scroll.Refresh()
}
