package page

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// assetTab is the register: the table at the left, the chosen line at the right.
type assetTab struct {
	a      Actions
	st     *wizard.State
	rows   []view.AssetRow // all
	shown  []view.AssetRow // after filter and search
	filter view.AssetFilter
	search string

	chips  *part.Slot
	table  *part.Table
	total  *part.Text
	place  *part.Slot // the table, or what to do while it is empty
	side   *part.Slot
	line   *assetDetail
	told   fyne.CanvasObject // what an import brought or a question, until it is closed
	only   map[string]bool   // the lines behind a part of a rate; nil is all
	label  string            // what only stands for
	marked *marking
	sorted int // the column that the rows are sorted by, -1 for the register's order
	rising bool
}

func newAssetTab(a Actions) *assetTab {
	t := &assetTab{a: a, chips: part.NewSlot(nil), place: part.NewSlot(nil), side: part.NewSlot(nil), total: part.Line("", theme.SizeCell, theme.Ink, true)}
	t.line, t.marked, t.sorted = newAssetDetail(a), newMarking(t), -1
	col := func(key string) string { return a.T("inventory.column." + key) }
	tick := func(key string, width float32) part.TableColumn {
		return part.TableColumn{Title: col(key), Width: width, Align: fyne.TextAlignCenter}
	}
	columns := []part.TableColumn{
		{Title: col("name"), Weight: 2.4}, {Title: col("model"), Weight: 1.2}, {Title: col("class"), Weight: 0.8}, {Title: col("count"), Width: 54, Align: fyne.TextAlignTrailing},
		tick("digital", 52), tick("networked", 42), tick("cloud", 46), tick("source", 42),
	}
	for i := range columns {
		columns[i].Sortable = i < 4 // the heads of the others have no room for the sign; see wholeAsset
	}
	if large() {
		columns = slices.Delete(columns, 2, 3)
	}
	t.table = part.NewTable(columns, 31, t.foot()).WithEmpty(a.T("inventory.none")).WithMarks(t.marked.has, t.marked.put)
	t.table.OnCopy = t.marked.copied
	t.table.OnSort = func(column int, rising bool) { t.sorted, t.rising = wholeAsset(column), rising; t.list() }
	t.table.OnSelect = func(i int) { t.told = nil; t.open(t.shown[i].ID) }
	left := part.BareCard(part.VStack(0, part.Pad(10, 12, 10, 12, t.chips), part.Hairline(), part.Grow(t.table)))
	t.place.Set(part.Columns(12, []float32{61, 39}, left, t.side))
	return t
}

func (t *assetTab) content() fyne.CanvasObject { return t.place }

func (t *assetTab) foot() fyne.CanvasObject {
	row := part.HStack(12, part.Grow(t.total))
	for _, s := range []survey.Source{survey.SourcePerson, survey.SourceLedger, survey.SourceHost} {
		row.Add(part.HStack(5, part.Icon(sourceIcon(s), 15, theme.Muted), part.Line(t.a.T("inventory.source."+string(s)), theme.SizeCell, theme.Muted, false)))
	}
	return part.Pad(8, 16, 8, 16, row)
}

func sourceIcon(s survey.Source) string {
	icon := map[survey.Source]string{survey.SourcePerson: "person", survey.SourceLedger: "table", survey.SourceHost: "chip", survey.SourceProbe: "scan",
		survey.SourceInvoice: "receipt", survey.SourceDocument: "doc", survey.SourceImport: "download"}[s]
	if icon == "" {
		return "question"
	}
	return icon
}

func (t *assetTab) show(st *wizard.State) {
	t.st = st
	t.rows = view.AssetRows(t.a.T, st.Case)
	t.marked.keep(t.rows)
	t.total.SetText(view.AssetTotal(t.a.T, st.Case))
	t.filters()
	t.list()
	t.line.show(st)
	t.aside()
}

func (t *assetTab) filters() {
	var names []string
	for _, key := range []string{"all", "offline", "offcloud", "conflict", "uncounted", "open"} {
		names = append(names, t.a.T("inventory.filter."+key))
	}
	chips := part.ChipGroup(names, view.FilterCounts(t.rows), int(t.filter), func(i int) { t.filter = view.AssetFilter(i); t.list() })
	if t.only == nil {
		t.chips.Set(chips)
		return
	}
	t.chips.Set(part.VStack(8, chips, part.HStack(8, part.Icon("filter", 15, theme.Accent), part.Grow(part.Colored(t.label, theme.SizeCell, theme.Accent, true)),
		part.IconButton("cross", t.a.T("stock.only.close"), func() { t.only = nil; t.filters(); t.list() }))))
}

// rates shows the rates at the right; a part of one lists its machines at the left.
func (t *assetTab) rates() {
	if t.st == nil {
		return
	}
	t.ask(ratesCard(t.a, t.st, func() { t.ask(nil) }, func(label string, lines []string) {
		t.only, t.label, t.filter = map[string]bool{}, label, view.AllAssets
		for _, id := range lines {
			t.only[id] = true
		}
		t.filters()
		t.list()
	}))
}

// out shows the formats at the right.
func (t *assetTab) out() {
	if t.st != nil {
		t.ask(exportCard(t.a, t.st, func() { t.ask(nil) }))
	}
}

// ask shows something at the right until it is closed; nil closes it.
func (t *assetTab) ask(o fyne.CanvasObject) {
	t.told = o
	t.aside()
}

// choose sets the filter from outside, e.g. from a counter.
func (t *assetTab) choose(f view.AssetFilter) {
	t.filter, t.only = f, nil
	t.filters()
	t.list()
	if f == view.InConflict && len(t.shown) > 0 {
		t.told = nil
		t.table.Select(0)
		t.open(t.shown[0].ID)
	}
}

// list shows the rows that filter and search leave; the chosen line stays chosen.
func (t *assetTab) list() {
	t.shown = view.PickAssets(t.rows, t.filter, t.only, t.search)
	if t.sorted >= 0 {
		view.SortAssets(t.shown, t.sorted, t.rising)
	}
	t.table.SetRows(len(t.shown), func(row, column int) part.Cell { return assetCell(t.shown[row], column) })
	at := -1
	for i, r := range t.shown {
		if r.ID == t.line.id {
			at = i
		}
	}
	t.table.Select(at)
}

// wholeAsset turns the number of a shown column into that of all columns: with large letters the class is left out.
func wholeAsset(column int) int {
	if large() && column >= 2 {
		return column + 1
	}
	return column
}

func assetCell(r view.AssetRow, column int) part.Cell {
	column = wholeAsset(column)
	token := theme.Ink
	if r.Counted == survey.No {
		token = theme.Muted
	}
	switch column {
	case 0:
		return part.Cell{Text: r.Name, Dot: r.Conflict, Token: token}
	case 1:
		return part.Cell{Text: r.Model, Token: token}
	case 2:
		return part.Cell{Text: r.Class, Token: theme.Muted}
	case 3:
		return part.Cell{Text: strconv.Itoa(r.Count), Token: token}
	case 4:
		return triCell(r.Digital)
	case 5:
		return triCell(r.Networked)
	case 6:
		return triCell(r.Cloud)
	}
	return part.Cell{Icon: sourceIcon(r.Source)}
}

// triCell shows yes, no and 待核实 by signs of their own, not by colour alone.
func triCell(v survey.Tri) part.Cell {
	switch v {
	case survey.Yes:
		return part.Cell{Icon: "check", IconToken: theme.OK}
	case survey.No:
		return part.Cell{Icon: "minus", IconToken: theme.Faint}
	}
	return part.Cell{Icon: "ask", IconToken: theme.Warn}
}

// open shows a line at the right.
func (t *assetTab) open(id string) {
	t.line.open(id)
	t.line.show(t.st)
	t.aside()
}

// tell shows at the right what an import or a scan brought.
func (t *assetTab) tell(title string, b wizard.Brought) {
	t.told = broughtCard(t.a, title, b, func() { t.told = nil; t.aside() }, func() { t.choose(view.InConflict) })
	t.aside()
}

func (t *assetTab) aside() {
	switch {
	case t.told != nil:
		t.side.Set(t.told)
	case t.line.id != "":
		t.side.Set(t.line.card)
	case len(t.rows) == 0:
		t.side.Set(part.BareCard(part.EmptyState("factory", t.a.T("inventory.empty.title"), t.a.T("inventory.empty.text"), nil)))
	default:
		t.side.Set(part.BareCard(part.EmptyState("list", t.a.T("inventory.choose.title"), t.a.T("inventory.choose.text"), nil)))
	}
}

func (t *assetTab) save() { t.line.form.Save() }

func (t *assetTab) jump(path string) bool {
	segs := strings.SplitN(path, ".", 3)
	if len(segs) < 2 || t.st == nil {
		return false
	}
	id := segs[1]
	for _, x := range t.st.Case.Conflicts {
		if segs[0] == "conflicts" && x.ID == id {
			id = x.Asset
		}
	}
	t.told, t.filter, t.only = nil, view.AllAssets, nil
	t.open(id)
	t.filters()
	t.list()
	return t.line.form.Focus(path) || t.line.id == id
}
