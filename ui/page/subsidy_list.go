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

// subsidyList is a card with one list of the case: a table of its elements and, below, the fields of the chosen one.
type subsidyList struct {
	p       *subsidyPage
	list    string // name of the list for Add and Remove
	key     string // prefix of its words
	content fyne.CanvasObject

	rows  func(st *wizard.State) []view.ListRow
	edit  func(id string) fyne.CanvasObject
	shape func(st *wizard.State, id string) string // the fields are made anew when it changes; nil: only for another element

	after func(st *wizard.State, id string) // brings up to date what is no field; may be nil

	have   []view.ListRow
	table  *part.Table
	place  *part.Slot // the table at its height
	fields *part.Slot
	chosen string
	made   string   // the element and shape that the fields are made for
	bound  []string // paths bound in the form
}

func newSubsidyList(p *subsidyPage, list string, columns ...part.TableColumn) *subsidyList {
	l := &subsidyList{p: p, list: list, key: "subsidy." + list, place: part.NewSlot(nil), fields: part.NewSlot(nil)}
	put(l.fields, nil)
	for i := range columns {
		columns[i].Title = p.a.T(l.key + ".column." + columns[i].Title)
	}
	l.table = part.NewTable(columns, 34, nil).WithChevron().WithEmpty(p.a.T(l.key + ".none"))
	l.table.OnSelect = func(row int) { l.open(l.have[row].ID) }
	l.table.OnActivate = l.table.OnSelect
	return l
}

// card wraps table and fields; trailing stands at the right of the title.
func (l *subsidyList) card(trailing fyne.CanvasObject) *subsidyList {
	head := part.HeadRow(l.p.a.T(l.key), l.p.a.T(l.key+".note"), trailing)
	l.content = part.CardWith(head, part.VStack(12, l.place, l.fields))
	return l
}

func (l *subsidyList) adder() fyne.CanvasObject {
	return part.Secondary(l.p.a.T(l.key+".add"), "plus", func() { l.add(l.list, "") }).Small()
}

// add makes an element and opens its fields.
func (l *subsidyList) add(list, owner string) {
	l.p.form.Save()
	id := ""
	l.p.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
		st, id, err = d.Add(ctx, l.p.a.Case(), list, owner)
		return st, err
	}, func(err error) {
		if err == nil && list == l.list {
			l.open(id)
		}
	})
}

// remove takes an element away after a question.
func (l *subsidyList) remove(list, id string) {
	a := l.p.a
	a.Ask(a.T(l.key+".remove"), a.T("subsidy.remove.text"), a.T("subsidy.remove.yes"), func() {
		a.Do("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			return d.Remove(ctx, a.Case(), list, id)
		})
	})
}

// show brings the table up to date; the fields stay while their element and shape do.
func (l *subsidyList) show(st *wizard.State) {
	l.have = l.rows(st)
	l.table.SetRows(len(l.have), func(row, column int) part.Cell { return l.cell(l.have[row], column) })
	l.place.Set(tableHeight(l.table, len(l.have), 34, 0))
	at := slices.IndexFunc(l.have, func(r view.ListRow) bool { return r.ID == l.chosen })
	l.table.Select(at)
	if at < 0 {
		l.chosen = ""
	}
	l.fill(st)
	if l.chosen != "" && l.after != nil {
		l.after(st, l.chosen)
	}
}

func (l *subsidyList) cell(r view.ListRow, column int) part.Cell {
	if column >= len(r.Cells) {
		return part.Cell{}
	}
	return part.Cell{Text: r.Cells[column], Bold: column == 0, Dot: column == 0 && r.Tone == view.Careful}
}

// open chooses an element.
func (l *subsidyList) open(id string) {
	l.p.form.Save()
	l.chosen = id
	if st := l.p.st; st != nil {
		l.show(st)
		l.p.form.Show(st)
		l.p.money.scroll.Refresh()
	}
}

// choose opens an element if the list has it.
func (l *subsidyList) choose(id string) bool {
	ok := slices.ContainsFunc(l.have, func(r view.ListRow) bool { return r.ID == id })
	if ok {
		l.open(id)
	}
	return ok
}

func (l *subsidyList) fill(st *wizard.State) {
	made := l.chosen
	if made != "" && l.shape != nil {
		made += "\n" + l.shape(st, l.chosen)
	}
	if made == l.made {
		return
	}
	for _, path := range l.bound {
		l.p.form.Remove(path)
	}
	l.made, l.bound = made, nil
	if l.list == wizard.AddInvoice {
		l.p.money.looks = nil
	}
	if l.chosen == "" {
		put(l.fields, nil)
		return
	}
	put(l.fields, part.InnerCard(l.edit(l.chosen)))
}

// bind binds a field of the chosen element.
func (l *subsidyList) bind(path string, f part.Field) part.Field {
	l.bound = append(l.bound, path)
	return l.p.form.Add(path, f)
}

// foot is the row with the way to take the element away.
func (l *subsidyList) foot(id string, more ...fyne.CanvasObject) fyne.CanvasObject {
	row := part.HStack(8, append(more, part.Spacer())...)
	row.Add(part.Danger(l.p.a.T(l.key+".remove"), "trash", func() { l.remove(l.list, id) }).Small())
	return row
}

// tableHeight gives a table inside a scrolling page the room for its rows, at least one and at most ten.
func tableHeight(t *part.Table, rows int, rowHeight, extra float32) fyne.CanvasObject {
	n := float32(min(max(rows, 3), 10))
	return part.Sized(0, (40+n*rowHeight+extra)*theme.Scale(), t)
}

// put fills a place; an empty one takes no room in a stack.
func put(s *part.Slot, o fyne.CanvasObject) {
	s.Set(o)
	if o == nil {
		s.Hide()
	} else {
		s.Show()
	}
}

// picks turns the choices of a view into options.
func picks(list []view.Pick) []part.Option {
	out := make([]part.Option, len(list))
	for i, k := range list {
		out[i] = part.Option{Value: k.Value, Text: k.Text, Note: k.Note}
	}
	return out
}
