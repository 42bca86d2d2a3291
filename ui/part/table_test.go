package part

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func bigTable(asked *int) *Table {
	t := NewTable([]TableColumn{{Title: "名称", Sortable: true}, {Title: "台数", Width: 80, Align: fyne.TextAlignTrailing}}, 34, nil)
	t.SetRows(10000, func(r, c int) Cell {
		*asked++
		return Cell{Text: strconv.Itoa(r)}
	})
	return t
}

func TestATableAsksOnlyForRowsInView(t *testing.T) {
	dress(t, false, 1)
	asked := 0
	table := bigTable(&asked)
	window(t, table)
	asked = 0
	table.Refresh()
	if asked == 0 || asked > 400 {
		t.Errorf("asked for %d cells of 20,000", asked)
	}
	first, last := table.rows.visible()
	if first != 0 || last > 25 {
		t.Errorf("rows %d to %d are in view", first, last)
	}
}

func TestATableIsWorkedByKeyboard(t *testing.T) {
	dress(t, false, 1)
	asked := 0
	table := bigTable(&asked)
	var picked []int
	opened := -1
	table.OnSelect = func(r int) { picked = append(picked, r) }
	table.OnActivate = func(r int) { opened = r }
	w := window(t, table)
	f := table.Focusable()
	w.Canvas().Focus(f)
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyPageDown, fyne.KeyUp, fyne.KeyEnd} {
		key(f, k)
	}
	want := []int{0, 1, 11, 10, 9999}
	for i, r := range want {
		if i >= len(picked) || picked[i] != r {
			t.Fatalf("picked %v, want %v", picked, want)
		}
	}
	if first, last := table.rows.visible(); first > 9999 || last != 10000 {
		t.Errorf("the last row is not in view: %d to %d", first, last)
	}
	key(f, fyne.KeyReturn)
	if opened != 9999 {
		t.Errorf("opened %d, want 9999", opened)
	}
	table.SetRows(3, func(int, int) Cell { return Cell{} })
	if table.Selected() != -1 {
		t.Error("a selection beyond the last row must go")
	}
	table.SetRows(0, nil)
	key(f, fyne.KeyDown)
}

func TestATapSelectsAndASecondTapOpens(t *testing.T) {
	dress(t, false, 1)
	asked, opened := 0, -1
	table := bigTable(&asked)
	table.OnActivate = func(r int) { opened = r }
	window(t, table)
	at := fyne.NewPos(60, 34*3+10)
	test.TapAt(table.rows.body, at)
	if table.Selected() != 3 || opened != -1 {
		t.Errorf("selected %d, opened %d after one tap", table.Selected(), opened)
	}
	test.TapAt(table.rows.body, at)
	if opened != 3 {
		t.Errorf("opened %d after the second tap, want 3", opened)
	}
}

func TestAHeadSortsBothWays(t *testing.T) {
	dress(t, false, 1)
	asked := 0
	table := bigTable(&asked)
	var calls []bool
	table.OnSort = func(c int, up bool) { calls = append(calls, up) }
	window(t, table)
	test.Tap(table.heads[0])
	test.Tap(table.heads[0])
	test.Tap(table.heads[1])
	if len(calls) != 2 || !calls[0] || calls[1] {
		t.Errorf("calls %v, want [true false] and none for the column that cannot be sorted", calls)
	}
}
