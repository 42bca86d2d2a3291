package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// project is the card of what the application is about.
func (t *subsidyMoneyTab) project() fyne.CanvasObject {
	p, f := t.p, t.p.form
	t.core = part.NewSelectField(p.must("project.core"), nil)
	t.measure = part.NewSelectField(p.hinted("project.measure"), nil)
	months := p.spec("project.months")
	months.Unit = p.a.T("subsidy.unit.months")
	return part.Card(p.a.T("subsidy.project"), nil, part.VStack(12,
		part.Columns(14, []float32{2, 1, 1},
			f.Add("project.name", part.NewTextField(p.must("project.name"))),
			f.Add("project.start", part.NewDateField(p.must("project.start"))),
			f.Add("project.end", part.NewDateField(p.must("project.end")))),
		part.Columns(14, []float32{2, 1, 1},
			f.Add("project.place", part.NewTextField(p.must("project.place"))),
			f.Add("project.coreSystem", t.core),
			f.Add("project.useMonths", part.NewNumberField(months))),
		part.VStack(6, part.Strong(p.a.T("subsidy.project.links")), t.links.place),
		f.Add("project.summary", part.NewTextArea(p.must("project.summary"), 3)),
		part.Columns(14, nil,
			f.Add("project.before", part.NewTextArea(p.must("project.before"), 3)),
			f.Add("project.after", part.NewTextArea(p.must("project.after"), 3))),
		part.Columns(14, nil,
			f.Add("project.goals", part.NewTextArea(p.must("project.goals"), 3)),
			f.Add("project.measure", t.measure)),
	))
}

func linkPicks() []view.Pick {
	var out []view.Pick
	for _, l := range survey.BusinessLinks {
		out = append(out, view.Pick{Value: l, Text: l})
	}
	return out
}

// bank is the card of the account that a subsidy would be paid to.
func (t *subsidyMoneyTab) bank() fyne.CanvasObject {
	p, f := t.p, t.p.form
	return part.CardWith(part.HeadRow(p.a.T("subsidy.bank"), p.a.T("subsidy.bank.note"), nil), part.Columns(14, nil,
		f.Add("firm.bank.accountName", part.NewTextField(p.spec("bank.accountName"))),
		f.Add("firm.bank.bankName", part.NewTextField(p.spec("bank.bankName"))),
		f.Add("firm.bank.account", part.NewMaskedField(p.spec("bank.account"), survey.Mask))))
}

// notice is the card of this year's notice for the measure whose rate the policy leaves open; another policy asks for another measure.
func (t *subsidyMoneyTab) notice() fyne.CanvasObject { return t.asked }

// askNotice makes the fields of the notice when another measure is asked for.
func (t *subsidyMoneyTab) askNotice(id, name string) {
	if id == t.askedFor {
		return
	}
	p, f := t.p, t.p.form
	for _, field := range []string{"title", "docNo", "date", "rate", "cap", "office", "from", "to", "due"} {
		f.Remove("notices." + t.askedFor + "." + field)
	}
	if t.askedFor = id; id == "" {
		t.asked.Set(nil)
		return
	}
	at := func(field string) string { return "notices." + id + "." + field }
	limit := part.NewYuanField(p.spec("notices.cap"), view.Echo(p.a.T))
	t.asked.Set(part.CardWith(part.HeadRow(p.a.T("subsidy.notices.of", name), "", nil), part.VStack(12,
		part.Muted(p.a.T("subsidy.notices.note")),
		part.Columns(14, []float32{2, 1, 1},
			f.Add(at("title"), part.NewTextField(p.spec("notices.title"))),
			f.Add(at("docNo"), part.NewTextField(p.spec("notices.docNo"))),
			f.Add(at("date"), part.NewDateField(p.spec("notices.date")))),
		part.Columns(14, []float32{1, 1, 2},
			f.Add(at("rate"), part.NewNumberField(p.hinted("notices.rate"))),
			f.Add(at("cap"), limit),
			f.Add(at("office"), part.NewTextField(p.spec("notices.office")))),
		part.Columns(14, nil,
			f.Add(at("from"), part.NewDateField(p.spec("notices.from"))),
			f.Add(at("to"), part.NewDateField(p.spec("notices.to"))),
			f.Add(at("due"), part.NewDateField(p.spec("notices.due")))))))
}
