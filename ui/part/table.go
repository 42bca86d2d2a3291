package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// TableColumn is one column: a fixed width in design pixels, or 0 for a share of what is left by weight (0 counts as 1).
type TableColumn struct {
	Title    string
	Width    float32
	Weight   float32
	Align    fyne.TextAlign
	Sortable bool
}

// Cell is what a table shows at one place. Everything may be empty; text, sub line, icon, badge, meter and
// price tag can be combined.
type Cell struct {
	Text, Sub string
	Bold      bool
	Token     fyne.ThemeColorName // colour of the text; empty is Ink
	Icon      string              // alone in the cell, or before the text
	IconToken fyne.ThemeColorName // empty is Muted
	Dot       bool                // a warning dot behind the text
	Badge     string              // drawn instead of the text
	BadgeKind Kind
	Meter     int // 1 + level: a level meter before the text; 0 for none
	Price     int // 1 + PriceKind: a price tag as the sub line; 0 for none
}

// Table shows many rows of one height; only those in view are painted. Up, Down, Page, Home and End move
// the selection; Enter, Space or a tap on the selected row opens it.
type Table struct {
	panel
	OnSelect   func(row int)
	OnActivate func(row int)
	OnSort     func(column int, ascending bool)
	RowKind    func(row int) Kind // Warn or Err tints a row; may be nil
	OnPaste    func(text string)  // Ctrl+V; may be nil
	OnCopy     func() string      // Ctrl+C: what goes to the clipboard, "" for nothing; may be nil

	columns  []TableColumn
	heads    []*tableHead
	head     *fyne.Container
	rows     *listRows
	count    int
	cell     func(row, column int) Cell
	selected int
	sorted   int
	rising   bool
	chevron  bool
	empty    string
	marks    *marks // nil for a table whose rows cannot be marked
}

// NewTable makes an empty table; rowHeight is 31, 34, 50 or 82 by the look; foot, such as a total row, may be nil.
func NewTable(columns []TableColumn, rowHeight float32, foot fyne.CanvasObject) *Table {
	t := &Table{columns: columns, selected: -1, sorted: -1, rising: true}
	heads := make([]fyne.CanvasObject, len(columns))
	for i := range columns {
		h := newTableHead(t, i)
		t.heads = append(t.heads, h)
		heads[i] = h
	}
	t.head = container.New(&headLayout{t}, heads...)
	t.rows = newListRows(rowHeight, func() int { return t.count }, t.drawRow)
	t.rows.tap = t.tapRow
	t.rows.keys = t.key
	t.rows.shortcut = t.shortcut
	none := &drawn{}
	none.bind(none, func() fyne.Size { return fyne.Size{} }, func(p *pen, size fyne.Size) {
		if t.count == 0 && t.empty != "" {
			p.textMid(size.Width/2, size.Height/2, fit(t.empty, mutedInk, size.Width-20), mutedInk)
		}
	})
	stack := VStack(0, t.head, Hairline(), Grow(Sized(0, 3*rowHeight, Layers(none, t.rows))))
	if foot != nil {
		stack.Add(Hairline())
		stack.Add(foot)
	}
	t.wrap(t, stack)
	return t
}

// WithChevron draws › at the end of each row, as a sign that it opens something, and returns the table.
func (t *Table) WithChevron() *Table { t.chevron = true; return t }

// WithEmpty sets the words of a table without rows and returns the table.
func (t *Table) WithEmpty(words string) *Table { t.empty = words; return t }

// SetRows shows count rows, asked for cell by cell when they come into view. The selection stays where it is possible.
func (t *Table) SetRows(count int, cell func(row, column int) Cell) {
	t.count, t.cell = count, cell
	if t.selected >= count {
		t.selected = -1
	}
	t.rows.reload()
	t.Refresh()
}

// Select marks a row and brings it into view without a call back; -1 marks none.
func (t *Table) Select(row int) {
	t.selected = clampInt(row, -1, t.count-1)
	if t.selected >= 0 {
		t.rows.reveal(t.selected)
	}
	t.rows.body.Refresh()
}

// Selected is the marked row; -1 for none.
func (t *Table) Selected() int { return t.selected }

// SetSort marks the column the rows are sorted by, without a call back; -1 marks none.
func (t *Table) SetSort(column int, ascending bool) {
	t.sorted, t.rising = column, ascending
	for _, h := range t.heads {
		h.Refresh()
	}
}

// Focusable is what takes the keyboard, for Canvas.Focus and tests.
func (t *Table) Focusable() fyne.Focusable { return t.rows.body }

func (t *Table) tapRow(i int, x float32, held fyne.KeyModifier) {
	if t.marks != nil && t.tapMark(i, x, held) {
		return
	}
	if i == t.selected {
		t.open()
		return
	}
	t.pick(i)
}

func (t *Table) pick(i int) {
	if t.count == 0 {
		return
	}
	t.Select(clampInt(i, 0, t.count-1))
	if t.OnSelect != nil {
		t.OnSelect(t.selected)
	}
}

func (t *Table) open() {
	if t.OnActivate != nil && t.selected >= 0 {
		t.OnActivate(t.selected)
	}
}

func (t *Table) key(k fyne.KeyName) bool {
	if t.marks != nil && t.markKey(k) {
		return true
	}
	switch k {
	case fyne.KeyDown:
		t.pick(t.selected + 1)
	case fyne.KeyUp:
		t.pick(t.selected - 1)
	case fyne.KeyPageDown:
		t.pick(t.selected + 10)
	case fyne.KeyPageUp:
		t.pick(t.selected - 10)
	case fyne.KeyHome:
		t.pick(0)
	case fyne.KeyEnd:
		t.pick(t.count - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		t.open()
	default:
		return false
	}
	return true
}

// lead is where the first column begins, in design pixels.
func (t *Table) lead() float32 {
	if t.marks != nil {
		return 16 + markRoom
	}
	return 16
}

// widths are the columns' widths in design pixels for a table of a width; the sides keep 16.
func (t *Table) widths(total float32) []float32 {
	out := make([]float32, len(t.columns))
	left, weight := total-16-t.lead(), float32(0)
	if t.chevron {
		left -= 20
	}
	for i, c := range t.columns {
		out[i] = c.Width
		left -= c.Width
		if c.Width == 0 {
			weight += max(c.Weight, 0)
			if c.Weight == 0 {
				weight++
			}
		}
	}
	for i, c := range t.columns {
		if c.Width == 0 {
			w := c.Weight
			if w == 0 {
				w = 1
			}
			out[i] = max(40, left*w/weight)
		}
	}
	return out
}

type headLayout struct{ t *Table }

func (l *headLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	w := 16 + l.t.lead()
	for _, c := range l.t.columns {
		w += max(40, c.Width)
	}
	return fyne.NewSize(w*theme.Scale(), 36*theme.Scale())
}

func (l *headLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s := theme.Scale()
	x := l.t.lead() * s
	for i, w := range l.t.widths(size.Width / s) {
		objects[i].Move(fyne.NewPos(x, 0))
		objects[i].Resize(fyne.NewSize(w*s, size.Height))
		x += w * s
	}
	if len(objects) > len(l.t.columns) { // the box that marks all rows
		objects[len(objects)-1].Move(fyne.NewPos(8*s, 0))
		objects[len(objects)-1].Resize(fyne.NewSize((markRoom+4)*s, size.Height))
	}
}
