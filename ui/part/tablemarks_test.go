package part

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// marked is a table of n rows with marks, and what is marked in it.
func marked(n int) (*Table, map[int]bool) {
	on := map[int]bool{}
	t := NewTable([]TableColumn{{Title: "名称", Sortable: true}, {Title: "台数", Width: 80}}, 34, nil).WithMarks(func(i int) bool { return on[i] }, func(rows []int, set bool) {
		for _, i := range rows {
			if set {
				on[i] = true
			} else {
				delete(on, i)
			}
		}
	})
	t.SetRows(n, func(r, c int) Cell { return Cell{Text: strconv.Itoa(r)} })
	return t, on
}

func wantMarks(t *testing.T, what string, on map[int]bool, want ...int) {
	t.Helper()
	if got := slices.Sorted(maps.Keys(on)); !slices.Equal(got, want) {
		t.Errorf("%s: marked %v, want %v", what, got, want)
	}
}

func TestRowsAreMarkedByPointer(t *testing.T) {
	dress(t, false, 1)
	table, on := marked(20)
	window(t, table)
	row := func(i int, x float32, held fyne.KeyModifier) {
		table.rows.body.MouseDown(&desktop.MouseEvent{Modifier: held})
		test.TapAt(table.rows.body, fyne.NewPos(x, 34*float32(i)+10))
	}
	row(2, 20, 0)
	wantMarks(t, "the box", on, 2)
	if table.Selected() != -1 {
		t.Error("the box must not choose the row")
	}
	row(5, 120, fyne.KeyModifierShortcutDefault)
	wantMarks(t, "Ctrl", on, 2, 5)
	row(8, 120, fyne.KeyModifierShift)
	wantMarks(t, "Shift takes the range", on, 2, 5, 6, 7, 8)
	row(2, 20, 0)
	wantMarks(t, "the box again", on, 5, 6, 7, 8)
	row(3, 120, 0)
	if table.Selected() != 3 {
		t.Error("a plain tap chooses the row")
	}
	test.Tap(table.marks.header)
	if len(on) != 20 {
		t.Errorf("the box of the head marked %d of 20", len(on))
	}
	test.Tap(table.marks.header)
	wantMarks(t, "the box of the head again", on)
}

func TestRowsAreMarkedByKeyboard(t *testing.T) {
	dress(t, false, 1)
	table, on := marked(20)
	w := window(t, table)
	b := table.rows.body
	w.Canvas().Focus(b)
	key(b, fyne.KeyDown)
	key(b, fyne.KeySpace)
	wantMarks(t, "Space", on, 0)
	b.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(b, fyne.KeyDown)
	key(b, fyne.KeyDown)
	b.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	wantMarks(t, "Shift+Down", on, 0, 1, 2)
	key(b, fyne.KeyDown)
	wantMarks(t, "Down alone", on, 0, 1, 2)
	b.TypedShortcut(&fyne.ShortcutSelectAll{})
	if len(on) != 20 {
		t.Errorf("Ctrl+A marked %d of 20", len(on))
	}
}

func TestATableTakesAndGivesTheClipboard(t *testing.T) {
	dress(t, false, 1)
	table, _ := marked(3)
	window(t, table)
	pasted := ""
	table.OnPaste = func(s string) { pasted = s }
	table.OnCopy = func() string { return "a\tb" }
	fyne.CurrentApp().Clipboard().SetContent("名称\t台数")
	table.rows.body.TypedShortcut(&fyne.ShortcutPaste{})
	if pasted != "名称\t台数" {
		t.Errorf("pasted %q", pasted)
	}
	table.rows.body.TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "a\tb" {
		t.Errorf("copied %q", got)
	}
	if table.shortcut(&fyne.ShortcutUndo{}) {
		t.Error("Ctrl+Z is the window's")
	}
}

// BenchmarkTableScroll is one frame of scrolling through 5,000 rows, without painting.
func BenchmarkTableScroll(b *testing.B) {
	test.NewTempApp(b)
	table, _ := marked(5000)
	w := test.NewTempWindow(b, table)
	w.Resize(fyne.NewSize(1100, 700))
	at := float32(0)
	b.ResetTimer()
	for b.Loop() {
		at += 34
		if at > 34*4900 {
			at = 0
		}
		table.rows.scroll.ScrollToOffset(fyne.NewPos(0, at))
	}
}
