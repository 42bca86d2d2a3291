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

func init() { Register("compare", newCompare) }

// compareMost is how many firms stand side by side; more become rows.
const compareMost = 4

// compare is 企业对比: several firms beside each other.
type compare struct {
	a     Actions
	ids   []string
	list  []wizard.FirmBeside
	place *part.Slot
	out   *part.Button
	bar   *part.BottomBar
}

func newCompare(a Actions) Page {
	p := &compare{a: a, place: part.NewSlot(nil)}
	p.out = part.Primary(a.T("compare.export"), "download", p.export).Off()
	p.bar = part.NewBottomBar(a.T("compare.foot"), part.Secondary(a.T("many.home"), "home", a.Home), p.out)
	return p
}

// Parts implements Page.
func (p *compare) Parts() (header, body, foot fyne.CanvasObject) {
	return part.PageHeader("", p.a.T("compare.title"), p.a.T("compare.note")), part.Pad(4, 24, 16, 24, p.place), p.bar
}

// Show implements Page.
func (p *compare) Show(*wizard.State) {}

// Take implements ManyTaker.
func (p *compare) Take(ids []string) {
	p.ids, p.list = ids, nil
	p.out.Disable()
	p.place.Set(part.Middle(part.Muted(p.a.T("compare.busy"))))
	var got []wizard.FirmBeside
	p.a.Run(p.a.T("compare.busy"), func(ctx context.Context, d *wizard.Desk, progress func(string, float64)) (_ *wizard.State, err error) {
		got, err = d.Compare(ctx, ids, func(done int) { progress(p.a.T("many.of", done, len(ids)), float64(done)/float64(len(ids))) })
		return nil, err
	}, func(err error) {
		if err != nil {
			p.place.Set(part.Middle(part.EmptyState("list", p.a.T("compare.none"), p.a.ErrorText(err), part.Primary(p.a.T("many.home"), "home", p.a.Home))))
			return
		}
		p.list = got
		p.out.Enable()
		p.place.Set(part.BareCard(p.table()))
	})
}

func (p *compare) table() fyne.CanvasObject {
	names, lines := view.CompareNames(p.a.T, p.list), view.CompareLines(p.a.T, p.list)
	if len(p.list) > compareMost {
		return p.rows(names, lines)
	}
	columns := []part.TableColumn{{Title: p.a.T("compare.what"), Weight: 1.1}}
	for _, n := range names {
		columns = append(columns, part.TableColumn{Title: n, Weight: 1.2})
	}
	t := part.NewTable(columns, 31, nil)
	t.SetRows(len(lines), func(row, column int) part.Cell {
		l := lines[row]
		if column == 0 {
			return part.Cell{Text: l.Head, Token: theme.Muted}
		}
		return p.cell(l, column-1)
	})
	t.OnActivate = func(int) {}
	return t
}

// rows are many firms, one a line, with the lines that fit beside each other.
func (p *compare) rows(names []string, lines []view.CompareLine) fyne.CanvasObject {
	var kept []view.CompareLine
	columns := []part.TableColumn{{Title: p.a.T("compare.firm"), Weight: 2}}
	for _, i := range view.CompareShort(lines, large()) {
		kept = append(kept, lines[i])
		columns = append(columns, part.TableColumn{Title: lines[i].Head, Weight: 1})
	}
	t := part.NewTable(columns, 34, nil).WithChevron()
	t.SetRows(len(names), func(row, column int) part.Cell {
		if column == 0 {
			return part.Cell{Text: names[row], Dot: p.list[row].Code != ""}
		}
		l := kept[column-1]
		return p.cell(view.CompareLine{Values: l.Values, Best: l.Best}, row)
	})
	t.OnActivate = func(i int) { p.a.Open(p.list[i].ID) }
	return t
}

// cell marks who leads by weight and a star, not by colour alone.
func (p *compare) cell(l view.CompareLine, firm int) part.Cell {
	c := part.Cell{Text: l.Values[firm], Bold: l.Best[firm]}
	switch {
	case p.list[firm].Code != "" && l.Head == p.a.T("compare.region"):
		c.Text, c.Dot = p.a.ErrorText(&survey.Error{Code: p.list[firm].Code, Op: "page", Detail: p.list[firm].Detail}), true
	case l.Best[firm]:
		c.Icon, c.IconToken = "star", theme.Accent
	}
	return c
}

func (p *compare) export() {
	p.a.Export(Exporting{Kind: wizard.LeavesCompare, Name: p.a.T("compare.file"), Cases: p.ids, Firm: p.a.T("compare.firms", len(p.ids)), Sheet: view.CompareSheet(p.a.T, p.list)})
}
