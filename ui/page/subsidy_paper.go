package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// subsidyPaperTab is 申报书: the filled form, what is missing in it, the promise, and the papers.
type subsidyPaperTab struct {
	p                *subsidyPage
	body             fyne.CanvasObject
	scroll           *part.Scroller
	sections, checks *part.Slot
	promiseCard      *part.Slot
}

func newSubsidyPaper(p *subsidyPage) *subsidyPaperTab {
	t := &subsidyPaperTab{p: p, sections: part.NewSlot(nil), checks: part.NewSlot(nil), promiseCard: part.NewSlot(nil)}
	date := part.NewDateField(p.hinted("paper.date"))
	p.form.Add("asOf", date)
	side := part.VStack(12, part.Card(p.a.T("subsidy.paper.make"), nil, part.VStack(10, part.Muted(p.a.T("subsidy.paper.make.note")), date,
		part.HStack(0, part.Primary(p.a.T("subsidy.paper.make.do"), "doc", t.make)))), t.checks, t.promiseCard)
	t.scroll = part.PageBody(part.Columns(12, []float32{61, 39}, t.sections, side))
	t.body = t.scroll
	return t
}

func (t *subsidyPaperTab) show(st *wizard.State) {
	a, form := t.p.a, st.Application
	list := part.VStack(12, part.Card(form.Title, part.Line(form.Number, theme.SizeCell, theme.Muted, false), notes(form.Notes)))
	for _, s := range view.FormSections(st, form) {
		list.Add(t.section(s))
	}
	t.sections.Set(list)
	t.checks.Set(part.Card(a.T("subsidy.paper.checks"), nil, todoList(a, view.Todos(a.T, form))))
	t.promiseCard.Set(t.promised(st))
	t.scroll.Refresh()
}

func notes(words []string) fyne.CanvasObject {
	list := part.VStack(4)
	for _, n := range words {
		list.Add(part.Muted(n))
	}
	return list
}

// todoList shows findings by weight with the ways to mend them.
func todoList(a Actions, todos []view.Todo) fyne.CanvasObject {
	items := make([]part.Missing, len(todos))
	for i, d := range todos {
		items[i] = part.Missing{Text: d.Text, Note: d.Note, Must: d.Must}
		if !d.Must {
			items[i].Note = ""
		}
		if d.Jump != "" {
			items[i].OnFix = func() { a.Jump(d.Jump) }
		}
	}
	return part.MissingList(items)
}

func (t *subsidyPaperTab) section(s view.FormSection) fyne.CanvasObject {
	a := t.p.a
	var badge fyne.CanvasObject
	if s.Empty > 0 {
		badge = part.NewBadge(part.Err, a.T("subsidy.paper.empty", s.Empty))
	}
	list := part.VStack(6)
	for _, f := range s.Fields {
		list.Add(t.field(f))
	}
	for _, table := range s.Tables {
		list.Add(formTable(table))
	}
	for _, words := range s.Text {
		list.Add(part.Colored(words, theme.SizeCell, theme.Ink, false))
	}
	return part.Card(s.Title, badge, list)
}

func (t *subsidyPaperTab) field(f view.FormField) fyne.CanvasObject {
	label := part.Muted(f.Label)
	value := fyne.CanvasObject(part.Colored(f.Value, theme.SizeCell, theme.Ink, false))
	if f.Source != "" {
		value = part.VStack(0, value, part.Small(f.Source))
	}
	if f.Value == "" {
		word, token := t.p.a.T("subsidy.paper.blank"), theme.Faint
		if f.Required {
			word, token = t.p.a.T("subsidy.paper.missing"), theme.Err
		}
		row := part.HStack(8, part.Line(word, theme.SizeCell, token, false))
		if f.Jump != "" {
			row.Add(part.Link(t.p.a.T("subsidy.paper.fill"), func() { t.p.a.Jump(f.Jump) }))
		}
		value = row
	}
	return part.Columns(12, []float32{38, 62}, label, value)
}

// formTable shows a table of the form; columns are as wide as their words ask for.
func formTable(table apply.Table) fyne.CanvasObject {
	columns := make([]part.TableColumn, len(table.Columns))
	for i, width := range view.ColumnWidths(table) {
		columns[i] = part.TableColumn{Title: table.Columns[i], Weight: float32(width)}
		if i < len(table.Right) && table.Right[i] {
			columns[i].Align = trailing
		}
		if i < len(table.Keys) && table.Keys[i] == "no" {
			columns[i].Width = 40
		}
	}
	rows := table.Rows
	if len(table.Total) > 0 {
		rows = append(append([][]string{}, rows...), table.Total)
	}
	grid := part.NewTable(columns, 31, nil)
	grid.SetRows(len(rows), func(row, column int) part.Cell {
		if column >= len(rows[row]) {
			return part.Cell{}
		}
		return part.Cell{Text: rows[row][column], Bold: row >= len(table.Rows)}
	})
	return part.VStack(4, part.Pad(6, 0, 0, 0, part.Colored(table.Title, theme.SizeCell, theme.Ink, true)), tableHeight(grid, len(rows), 31, 0))
}

// promised is the promise with the box that takes it.
func (t *subsidyPaperTab) promised(st *wizard.State) fyne.CanvasObject {
	a := t.p.a
	list := part.VStack(6)
	for _, s := range st.Application.Sections {
		if s.Key == "promise" {
			for _, words := range s.Text {
				list.Add(part.Colored(words, theme.SizeCell, theme.Ink, false))
			}
		}
	}
	list.Add(part.NewCheck(a.T("subsidy.paper.promise.yes"), st.Case.Project.Promised == survey.Yes, func(on bool) {
		a.Set("project.promised", survey.TriOf(on).String())
	}))
	return part.Card(a.T("subsidy.paper.promise"), nil, list)
}

// promise brings the promise into view.
func (t *subsidyPaperTab) promise() { t.scroll.ScrollTo(t.promiseCard) }

// make writes the papers of the application into a folder.
func (t *subsidyPaperTab) make() {
	a := t.p.a
	t.p.form.Save()
	savePapers(a, t.p.st.Case.Firm.Name, submit.Application)
}

// savePapers makes the papers of a request and asks where to keep them.
func savePapers(a Actions, firm string, kind submit.Kind) {
	a.Export(Exporting{Case: a.Case(), Firm: firm, Kind: wizard.LeavesWith(kind)})
}
