package page

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

const trailing = fyne.TextAlignTrailing

func newSubsidyContracts(p *subsidyPage) *subsidyList {
	l := newSubsidyList(p, wizard.AddContract, part.TableColumn{Title: "number", Weight: 1.3}, part.TableColumn{Title: "supplier", Weight: 1.7},
		part.TableColumn{Title: "title", Weight: 1.7}, part.TableColumn{Title: "signed", Width: 100}, part.TableColumn{Title: "gross", Width: 130, Align: trailing})
	l.rows = func(st *wizard.State) []view.ListRow { return view.ContractRows(p.a.T, st) }
	l.shape = func(st *wizard.State, _ string) string { return names(view.SystemPicks(p.a.T, st.Case)) }
	l.edit = func(id string) fyne.CanvasObject {
		at := func(name string) string { return "contracts." + id + "." + name }
		yuan := func(name string) part.Field {
			return l.bind(at(name), part.NewYuanField(p.spec("contracts."+name), view.Echo(p.a.T)))
		}
		return part.VStack(12,
			part.Columns(14, []float32{1, 1.4, 1.4},
				l.bind(at("number"), part.NewTextField(p.must("contracts.number"))),
				l.bind(at("supplier"), part.NewTextField(p.must("contracts.supplier"))),
				l.bind(at("title"), part.NewTextField(p.spec("contracts.title")))),
			part.Columns(14, []float32{1, 1.2, 1.2, 1.4},
				l.bind(at("signed"), part.NewDateField(p.must("contracts.signed"))), yuan("gross"), yuan("net"),
				l.bind(at("system"), part.NewSelectField(p.spec("contracts.system"), picks(view.SystemPicks(p.a.T, p.st.Case))))),
			l.foot(id))
	}
	return l.card(l.adder())
}

func newSubsidyPayments(p *subsidyPage) *subsidyList {
	l := newSubsidyList(p, wizard.AddPayment, part.TableColumn{Title: "date", Width: 120}, part.TableColumn{Title: "voucher", Weight: 1.4},
		part.TableColumn{Title: "invoice", Width: 188}, part.TableColumn{Title: "amount", Width: 140, Align: trailing})
	l.rows = func(st *wizard.State) []view.ListRow { return view.PaymentRows(p.a.T, st) }
	l.shape = func(st *wizard.State, _ string) string { return names(view.InvoicePicks(p.a.T, st.Case)) }
	l.edit = func(id string) fyne.CanvasObject {
		at := func(name string) string { return "payments." + id + "." + name }
		return part.VStack(12,
			part.Columns(14, []float32{1, 1.2, 1.3, 1.6},
				l.bind(at("date"), part.NewDateField(p.must("payments.date"))),
				l.bind(at("amount"), part.NewYuanField(p.must("payments.amount"), view.Echo(p.a.T))),
				l.bind(at("voucher"), part.NewTextField(p.spec("payments.voucher"))),
				l.bind(at("invoice"), part.NewSelectField(p.must("payments.invoice"), picks(view.InvoicePicks(p.a.T, p.st.Case))))),
			l.foot(id))
	}
	return l.card(l.adder())
}

func newSubsidyAids(p *subsidyPage) *subsidyList {
	l := newSubsidyList(p, wizard.AddAid, part.TableColumn{Title: "year", Width: 70}, part.TableColumn{Title: "programme", Weight: 1.6},
		part.TableColumn{Title: "docNo", Weight: 1.2}, part.TableColumn{Title: "project", Weight: 1.4}, part.TableColumn{Title: "amount", Width: 130, Align: trailing})
	l.rows = func(st *wizard.State) []view.ListRow { return view.AidRows(p.a.T, st) }
	var lines *wordChips
	l.after = func(st *wizard.State, id string) { lines.show(view.LinePicks(p.a.T, st.Case), aidLines(st, id)) }
	l.edit = func(id string) fyne.CanvasObject {
		at := func(name string) string { return "aids." + id + "." + name }
		lines = newWordChips(p.a, at("lines"))
		return part.VStack(12,
			part.Columns(14, []float32{0.6, 1.6, 1.2},
				l.bind(at("year"), part.NewNumberField(p.must("aids.year"))),
				l.bind(at("programme"), part.NewTextField(p.must("aids.programme"))),
				l.bind(at("docNo"), part.NewTextField(p.spec("aids.docNo")))),
			part.Columns(14, nil,
				l.bind(at("project"), part.NewTextField(p.spec("aids.project"))),
				l.bind(at("amount"), part.NewYuanField(p.must("aids.amount"), view.Echo(p.a.T)))),
			part.Strong(p.a.T("subsidy.aids.lines")), part.Muted(p.a.T("subsidy.aids.lines.note")),
			lines.place,
			l.foot(id))
	}
	return l.card(l.adder())
}

func aidLines(st *wizard.State, id string) []string {
	i := slices.IndexFunc(st.Case.Aids, func(a survey.Aid) bool { return a.ID == id })
	if i < 0 {
		return nil
	}
	return st.Case.Aids[i].Lines
}

// names spells the choices of a list, so that fields with the list are made anew when it changes.
func names(list []view.Pick) string {
	var b strings.Builder
	for _, k := range list {
		b.WriteString(k.Value + "=" + k.Text + ";")
	}
	return b.String()
}
