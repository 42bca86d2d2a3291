package part

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func allFields() map[string]Field {
	options := []Option{{"a", "甲", ""}, {"b", "乙", ""}}
	return map[string]Field{
		"text":     NewTextField(FieldSpec{Label: "名称", Required: true}),
		"area":     NewTextArea(FieldSpec{Label: "概述"}, 3),
		"number":   NewNumberField(FieldSpec{Label: "人数", Unit: "人"}),
		"date":     NewDateField(FieldSpec{Label: "日期", Optional: true}),
		"yuan":     NewYuanField(FieldSpec{Label: "金额"}, func(s string) (string, string) { return "大写 " + s, "" }),
		"password": NewPasswordField(FieldSpec{Label: "口令"}),
		"select":   NewSelectField(FieldSpec{Label: "地点"}, options),
		"choice":   NewChoiceField(FieldSpec{Label: "类别"}, options),
	}
}

func TestSettingAValueCallsNobodyBack(t *testing.T) {
	dress(t, false, 1)
	for name, f := range allFields() {
		called := false
		f.Listen(func(string) { called = true }, nil)
		window(t, f)
		f.SetValue("a")
		if called {
			t.Errorf("%s: SetValue called back", name)
		}
		if f.Value() != "a" {
			t.Errorf("%s: value is %q, want a", name, f.Value())
		}
	}
}

func TestAnErrorIsShownInWordsAndTakesRoom(t *testing.T) {
	dress(t, false, 1)
	for name, f := range allFields() {
		window(t, f)
		before := f.MinSize().Height
		f.SetError("统一社会信用代码应为 18 位")
		if f.ErrorText() != "统一社会信用代码应为 18 位" || f.MinSize().Height <= before {
			t.Errorf("%s: the error is not shown", name)
		}
		f.SetError("")
		if f.MinSize().Height != before {
			t.Errorf("%s: the room of the error stays", name)
		}
	}
}

func TestTypingAndLeavingAFieldCallBack(t *testing.T) {
	dress(t, false, 1)
	f := NewNumberField(FieldSpec{Label: "人数"})
	var changed, left string
	f.Listen(func(s string) { changed = s }, func(s string) { left = s })
	w := window(t, f)
	f.Focus()
	if w.Canvas().Focused() != f.Input() {
		t.Fatal("Focus did not reach the input")
	}
	test.Type(f.entry, "１２6 ")
	if changed != "１２6 " {
		t.Errorf("changed = %q while typing", changed)
	}
	w.Canvas().Unfocus()
	if left != "126" || changed != "126" || f.Value() != "126" {
		t.Errorf("after leaving: left %q, changed %q, value %q, want 126", left, changed, f.Value())
	}
}

func TestThePagesKeysPassThroughAFocusedEntry(t *testing.T) {
	dress(t, false, 1)
	var next, back, other int
	keys := &Keys{Next: func() { next++ }, Back: func() { back++ }, Other: func(fyne.Shortcut) bool { other++; return true }}
	f := NewTextField(FieldSpec{Label: "名称", Keys: keys})
	window(t, f)
	f.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	f.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt})
	f.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl})
	if next != 1 || back != 1 || other != 1 {
		t.Errorf("next %d, back %d, other %d, want one each", next, back, other)
	}
	f.SetValue("全部")
	f.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	if f.entry.SelectedText() != "全部" {
		t.Error("the entry lost its own shortcuts")
	}
	bare := NewTextField(FieldSpec{})
	window(t, bare)
	bare.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
}

func TestAnAmountIsReadBack(t *testing.T) {
	dress(t, false, 1)
	f := NewYuanField(FieldSpec{Label: "金额", Hint: "不含税"}, func(s string) (string, string) {
		if s == "x" {
			return "", "请填写金额，例如 300,000.50"
		}
		return "读作 " + s, ""
	})
	window(t, f)
	f.SetValue("30万")
	if f.note.hint != "读作 30万" {
		t.Errorf("echo = %q", f.note.hint)
	}
	f.entry.SetText("x")
	if f.ErrorText() == "" || f.note.hint != "不含税" {
		t.Errorf("error %q, hint %q", f.ErrorText(), f.note.hint)
	}
	f.SetValue("")
	if f.ErrorText() != "" {
		t.Error("an empty amount is not wrong by itself")
	}
}

func TestDaysAreTidied(t *testing.T) {
	tests := map[string]string{
		"2025-03-01": "2025-03-01", "2025/3/1": "2025-03-01", "2025年3月1日": "2025-03-01", "２０２５．３．１": "2025-03-01",
		"20250301": "2025-03-01", "2025年3月": "2025年3月", "明天": "明天", "": "", "25-3-1": "25-3-1", "2025-a-1": "2025-a-1",
	}
	for in, want := range tests {
		if got := tidyDate(in); got != want {
			t.Errorf("tidyDate(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestALongListIsSearched(t *testing.T) {
	dress(t, false, 1)
	options := make([]Option, 40)
	for i := range options {
		options[i] = Option{Value: strconv.Itoa(i), Text: "行业 " + strconv.Itoa(i)}
	}
	options[37].Note = "金属制品业"
	f := NewSelectField(FieldSpec{Label: "行业"}, options)
	var got string
	f.OnChanged = func(s string) { got = s }
	w := window(t, f)
	f.Focus()
	key(w.Canvas().Focused(), fyne.KeySpace)
	entry, ok := w.Canvas().Focused().(*Entry)
	if !ok {
		t.Fatalf("a long list opens with its search line, got %T", w.Canvas().Focused())
	}
	test.Type(entry, "金属")
	key(entry, fyne.KeyReturn)
	if got != "37" || f.Value() != "37" || f.face.text != "行业 37" {
		t.Errorf("chose %q, value %q, shown %q, want 37", got, f.Value(), f.face.text)
	}
	if len(w.Canvas().Overlays().List()) != 0 {
		t.Error("the list stays open")
	}
}

func TestAShortListIsWorkedByArrows(t *testing.T) {
	dress(t, false, 1)
	f := NewSelectField(FieldSpec{}, []Option{{"a", "甲", ""}, {"b", "乙", ""}})
	w := window(t, f)
	f.Focus()
	key(w.Canvas().Focused(), fyne.KeyDown)
	key(w.Canvas().Focused(), fyne.KeyDown)
	key(w.Canvas().Focused(), fyne.KeyReturn)
	if f.Value() != "b" {
		t.Errorf("value %q, want b", f.Value())
	}
	key(w.Canvas().Focused(), fyne.KeySpace)
	key(w.Canvas().Focused(), fyne.KeyEscape)
	if f.Value() != "b" || len(w.Canvas().Overlays().List()) != 0 {
		t.Error("Escape must close the list and change nothing")
	}
	f.SetValue("另有")
	if f.Value() != "另有" || f.face.text != "另有" {
		t.Error("a value outside the list must be kept")
	}
}
