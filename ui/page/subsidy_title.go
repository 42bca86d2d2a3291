package page

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// newSubsidyTitles lists every title that the policy asks for; a row is chosen by the title's key, since most of them are not in the
// case until somebody says something.
func newSubsidyTitles(p *subsidyPage) *subsidyList {
	l := newSubsidyList(p, wizard.AddTitle, part.TableColumn{Title: "name", Weight: 2.2}, part.TableColumn{Title: "issuer", Weight: 1.2},
		part.TableColumn{Title: "docNo", Weight: 1.2}, part.TableColumn{Title: "have", Width: 110})
	l.rows = func(st *wizard.State) []view.ListRow {
		var out []view.ListRow
		for _, r := range view.TitleRows(p.a.T, st) {
			out = append(out, view.ListRow{ID: r.Kind, Cells: []string{r.Name, r.Issuer, r.DocNo, r.Have}})
		}
		return out
	}
	l.shape = func(st *wizard.State, kind string) string {
		if t := st.Case.Title(kind); t != nil {
			return t.ID
		}
		return ""
	}
	l.edit = func(kind string) fyne.CanvasObject { return l.title(kind) }
	return l.card(nil)
}

func (l *subsidyList) title(kind string) fyne.CanvasObject {
	p := l.p
	rows := view.TitleRows(p.a.T, p.st)
	r := rows[slices.IndexFunc(rows, func(r view.TitleRow) bool { return r.Kind == kind })]
	head := part.Line(r.Name, theme.SizeBody, theme.Ink, true)
	if r.ID == "" {
		have := part.NewTriField(p.spec("titles.have"))
		have.Listen(func(v string) { l.say(kind, v) }, nil)
		return part.VStack(10, head, part.Muted(p.a.T("subsidy.titles.ask", r.Issuer)), have)
	}
	at := func(name string) string { return "titles." + r.ID + "." + name }
	return part.VStack(12, head,
		part.Columns(14, []float32{1.3, 1.3, 0.9},
			l.bind(at("have"), part.NewTriField(p.spec("titles.have"))),
			l.bind(at("docNo"), part.NewTextField(p.spec("titles.docNo"))),
			l.bind(at("date"), part.NewDateField(p.spec("titles.date")))),
		part.Columns(14, []float32{2.4, 1},
			l.bind(at("project"), part.NewTextField(p.hinted("titles.project"))),
			l.bind(at("validUntil"), part.NewDateField(p.spec("titles.until")))),
		part.HStack(8, part.Spacer(), part.Danger(p.a.T("subsidy.titles.remove"), "trash", func() { l.remove(wizard.AddTitle, r.ID) }).Small()))
}

// say brings a title into the case with the person's first word on it.
func (l *subsidyList) say(kind, have string) {
	a := l.p.a
	a.Do("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		_, id, err := d.Add(ctx, a.Case(), wizard.AddTitle, kind)
		if err != nil {
			return nil, err
		}
		return d.Set(ctx, a.Case(), "titles."+id+".have", have)
	})
}
