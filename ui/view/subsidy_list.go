package view

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// ListRow is one element of a list of the case: its id and what its columns say.
type ListRow struct {
	ID    string
	Cells []string
	Tone  Tone // Careful when something about it does not fit
}

// ContractRows lists number, supplier, title, day and sum of the contracts.
func ContractRows(w Words, st *wizard.State) []ListRow {
	var out []ListRow
	for _, c := range st.Case.Contracts {
		out = append(out, ListRow{ID: c.ID, Cells: []string{named(w, c.Number), c.Supplier, c.Title, string(c.Signed), c.Gross.Display()}})
	}
	return out
}

// InvoiceRows lists number, day, seller, contract and sum of the invoices; one whose lines do not add up is marked.
func InvoiceRows(w Words, st *wizard.State) []ListRow {
	var out []ListRow
	for _, v := range st.Case.Invoices {
		row := ListRow{ID: v.ID}
		var sum money.Fen
		for _, l := range v.Lines {
			if s, err := money.Add(sum, l.Gross); err == nil {
				sum = s
			}
			if s, err := money.Add(l.Net, l.Tax); err != nil || s != l.Gross {
				row.Tone = Careful
			}
		}
		row.Cells = []string{named(w, v.Number), string(v.Issued), v.Seller, contractName(w, st.Case, v.Contract), sum.Display()}
		out = append(out, row)
	}
	return out
}

// PaymentRows lists day, voucher, invoice and sum of the payments; one without an invoice is marked.
func PaymentRows(w Words, st *wizard.State) []ListRow {
	var out []ListRow
	for _, p := range st.Case.Payments {
		row := ListRow{ID: p.ID, Cells: []string{named(w, string(p.Date)), p.Voucher, invoiceName(w, st.Case, p.Invoice), p.Amount.Display()}}
		if p.Invoice == "" {
			row.Tone = Careful
		}
		out = append(out, row)
	}
	return out
}

// AidRows lists year, programme, document number, project and sum of earlier public money.
func AidRows(w Words, st *wizard.State) []ListRow {
	var out []ListRow
	for _, a := range st.Case.Aids {
		out = append(out, ListRow{ID: a.ID, Cells: []string{strconv.Itoa(a.Year), named(w, a.Programme), a.DocNo, a.Project, a.Amount.Display()}})
	}
	return out
}

// AttachmentRows lists role, name, size and day of the attachments.
func AttachmentRows(_ Words, st *wizard.State) []ListRow {
	var out []ListRow
	for _, a := range st.Case.Attachments {
		out = append(out, ListRow{ID: a.ID, Cells: []string{a.Role, a.Name, FileSize(a.Size), a.Added.Local().Format("2006-01-02 15:04")}})
	}
	return out
}

func named(w Words, s string) string {
	if s == "" {
		return w("subsidy.list.unnamed")
	}
	return s
}

// Pick is one choice of a list: the value kept, the words, and a note.
type Pick struct{ Value, Text, Note string }

// ContractPicks are the contracts an invoice may belong to.
func ContractPicks(w Words, c *survey.Case) []Pick {
	out := []Pick{{"", w("subsidy.pick.none"), ""}}
	for _, k := range c.Contracts {
		out = append(out, Pick{k.ID, named(w, k.Number), k.Supplier})
	}
	return out
}

// InvoicePicks are the invoices a payment may settle.
func InvoicePicks(w Words, c *survey.Case) []Pick {
	out := []Pick{{"", w("subsidy.pick.none"), ""}}
	for _, v := range c.Invoices {
		out = append(out, Pick{v.ID, named(w, v.Number), v.Seller})
	}
	return out
}

// SystemPicks are the systems of the register.
func SystemPicks(w Words, c *survey.Case) []Pick {
	out := []Pick{{"", w("subsidy.pick.none"), ""}}
	for _, s := range c.Systems {
		out = append(out, Pick{s.ID, s.Name, s.Vendor})
	}
	return out
}

// LinePicks are the cost lines that earlier money may have been given for.
func LinePicks(w Words, c *survey.Case) []Pick {
	var out []Pick
	for _, v := range c.Invoices {
		for _, l := range v.Lines {
			out = append(out, Pick{l.ID, named(w, l.Item), l.Gross.Display()})
		}
	}
	return out
}

// MeasurePicks are the measures to file under, the first being 就高.
func MeasurePicks(w Words, st *wizard.State) []Pick {
	out := []Pick{{"", w("subsidy.project.measure.auto"), ""}}
	for _, m := range st.Claims.Measures {
		out = append(out, Pick{m.ID, clauseShort(m.Clause) + " " + m.Name, m.AmountText})
	}
	return out
}

// RolePicks are the roles of attachments: those of the measure filed under first, 必交 ones marked, then all others.
func RolePicks(w Words, st *wizard.State) []Pick {
	var out []Pick
	add := func(papers []apply.Paper) {
		for _, p := range papers {
			role := p.Name
			if len(p.Roles) > 0 {
				role = p.Roles[0]
			}
			if p.Made || slices.ContainsFunc(out, func(o Pick) bool { return o.Value == role }) {
				continue
			}
			note := p.Issuer
			if p.Must {
				note = w("subsidy.paper.must", p.Issuer)
			}
			out = append(out, Pick{role, p.Name, note})
		}
	}
	add(apply.Papers(st.Claims.Filing))
	for _, m := range st.Claims.Measures {
		add(apply.Papers(m.ID))
	}
	return out
}

func contractName(w Words, c *survey.Case, id string) string {
	for _, k := range c.Contracts {
		if k.ID == id {
			return named(w, k.Number)
		}
	}
	return w("subsidy.pick.none")
}

func invoiceName(w Words, c *survey.Case, id string) string {
	for _, v := range c.Invoices {
		if v.ID == id {
			return named(w, v.Number)
		}
	}
	return w("subsidy.pick.none")
}

// FileSize prints a number of bytes in KB or MB, rounded up, with one decimal.
func FileSize(n int64) string {
	unit, by := " KB", int64(1)<<10
	if n >= 1<<20 {
		unit, by = " MB", 1<<20
	}
	tenths := (n*10 + by - 1) / by
	return strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10) + unit
}

var mediaTypes = map[string]string{
	".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".xml": "application/xml", ".ofd": "application/ofd",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// MediaType names the type of a file by its ending.
func MediaType(name string) string {
	if t, ok := mediaTypes[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}
