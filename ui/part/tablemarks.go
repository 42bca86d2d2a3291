package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// markRoom is the width that the boxes at the left of a table take, in design pixels.
const markRoom = 24

// marks are the boxes at the left of a table's rows. Which rows are marked is kept by the page, by what the rows stand for, so that sorting and
// filtering change nothing.
type marks struct {
	has    func(row int) bool
	put    func(rows []int, on bool)
	hot    int // row from which Shift marks a range; -1 for none
	header *markHead
}

// WithMarks gives each row a box to mark it by and returns the table. has tells whether a row is marked; put is told which rows a person marks
// or unmarks: by the box, a tap with Ctrl or Shift, Space, Shift with the arrows, or Ctrl+A for all.
func (t *Table) WithMarks(has func(row int) bool, put func(rows []int, on bool)) *Table {
	t.marks = &marks{has: has, hot: -1}
	t.marks.put = func(rows []int, on bool) {
		put(rows, on)
		t.ShowMarks()
	}
	t.marks.header = newMarkHead(t)
	t.head.Add(t.marks.header)
	return t
}

// ShowMarks draws the boxes anew after the page changed what is marked.
func (t *Table) ShowMarks() {
	t.marks.header.Refresh()
	t.rows.body.Refresh()
}

// all tells whether each row, and whether any row is marked.
func (t *Table) allMarked() (all, some bool) {
	all = t.count > 0
	for i := range t.count {
		if t.marks.has(i) {
			some = true
		} else {
			all = false
		}
	}
	return all, some
}

func (t *Table) markAll(on bool) {
	rows := make([]int, t.count)
	for i := range rows {
		rows[i] = i
	}
	t.marks.put(rows, on)
}

// tapMark takes a tap on the box, or with Ctrl or Shift held anywhere in the row.
func (t *Table) tapMark(i int, x float32, held fyne.KeyModifier) bool {
	switch {
	case held&fyne.KeyModifierShift != 0 && t.marks.hot >= 0:
		t.marks.put(between(t.marks.hot, i), true)
	case held&fyne.KeyModifierShortcutDefault != 0 || x < 16+markRoom:
		t.marks.hot = i
		t.marks.put([]int{i}, !t.marks.has(i))
	default:
		t.marks.hot = i
		return false
	}
	return true
}

// markKey takes Space, and Up and Down while Shift is held.
func (t *Table) markKey(k fyne.KeyName) bool {
	step := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1, fyne.KeyPageDown: 10, fyne.KeyPageUp: -10}[k]
	switch {
	case k == fyne.KeySpace && t.selected >= 0:
		t.marks.hot = t.selected
		t.marks.put([]int{t.selected}, !t.marks.has(t.selected))
	case step != 0 && t.rows.body.shift && t.count > 0:
		from := max(t.selected, 0)
		t.pick(t.selected + step)
		t.marks.put(between(from, t.selected), true)
	default:
		return false
	}
	return true
}

// between lists the rows from a to b, in either direction.
func between(a, b int) []int {
	if a > b {
		a, b = b, a
	}
	out := make([]int, 0, b-a+1)
	for i := a; i <= b; i++ {
		out = append(out, i)
	}
	return out
}

// shortcut takes Ctrl+A, Ctrl+C and Ctrl+V.
func (t *Table) shortcut(s fyne.Shortcut) bool {
	switch s.(type) {
	case *fyne.ShortcutSelectAll:
		if t.marks != nil {
			all, _ := t.allMarked()
			t.markAll(!all)
		}
		return t.marks != nil
	case *fyne.ShortcutPaste:
		if t.OnPaste != nil {
			t.OnPaste(fyne.CurrentApp().Clipboard().Content())
		}
		return t.OnPaste != nil
	case *fyne.ShortcutCopy:
		if t.OnCopy == nil {
			return false
		}
		if words := t.OnCopy(); words != "" {
			fyne.CurrentApp().Clipboard().SetContent(words)
		}
		return true
	}
	return false
}

// drawBox draws a box with or without its tick, its middle on cy.
func drawBox(p *pen, x, cy float32, on, hot bool) {
	b := box{fill: theme.Surface, line: theme.StrongLine, radius: 4}
	if on {
		b = box{fill: theme.Accent, radius: 4}
	}
	if hot && !on {
		b.line = theme.Accent
	}
	p.rect(x, cy-8, 16, 16, b)
	if on {
		p.icon(x+8, cy, 12, "check", theme.OnAccent)
	}
}

// markHead is the box that marks all rows.
type markHead struct{ press }

func newMarkHead(t *Table) *markHead {
	h := &markHead{}
	h.act = func() {
		all, _ := t.allMarked()
		t.markAll(!all)
	}
	h.bind(h, func() fyne.Size { return fyne.NewSize(markRoom, 36) }, func(p *pen, size fyne.Size) {
		all, some := t.allMarked()
		drawBox(p, 8, size.Height/2, all, h.hovered)
		if some && !all {
			p.rect(8+4, size.Height/2-1, 8, 2, box{fill: theme.Accent})
		}
		if h.focused {
			p.ring(2, 4, size.Width-4, size.Height-8, theme.RadiusBadge)
		}
	})
	return h
}
