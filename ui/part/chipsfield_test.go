package part

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestChipsAreJoinedInTheListsOrderAndForeignValuesStay(t *testing.T) {
	dress(t, false, 1)
	f := NewChipsField(FieldSpec{Label: "场景"}, []Option{{"a", "甲", ""}, {"b", "乙", ""}, {"c", "丙", ""}})
	told := ""
	f.Listen(func(s string) { told = s }, nil)
	window(t, f)
	f.SetValue("c、旧")
	if told != "" {
		t.Error("SetValue called back")
	}
	test.Tap(f.row.Objects[0].(*Chip))
	if f.Value() != "a、c、旧" || told != "a、c、旧" {
		t.Errorf("value %q, told %q", f.Value(), told)
	}
	chip := f.row.Objects[2].(*Chip)
	chip.FocusGained()
	chip.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if f.Value() != "a、旧" || chip.On() {
		t.Errorf("after the space bar %q", f.Value())
	}
	f.SetOptions([]Option{{"b", "乙", ""}})
	if f.Value() != "a、旧" || len(f.row.Objects) != 1 {
		t.Errorf("after another list %q with %d chips", f.Value(), len(f.row.Objects))
	}
	f.SetValue("")
	if f.Value() != "" {
		t.Errorf("emptied to %q", f.Value())
	}
}
