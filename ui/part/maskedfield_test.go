package part

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestAMaskedFieldShowsItsValueOnlyUnderTheCursor(t *testing.T) {
	test.NewTempApp(t)
	f := NewMaskedField(FieldSpec{}, func(s string) string {
		if s == "" {
			return ""
		}
		return "***"
	})
	var told []string
	f.Listen(nil, func(s string) { told = append(told, s) })
	f.SetValue("13812345678")
	if f.entry.Text != "***" || f.Value() != "13812345678" {
		t.Fatalf("at rest: shows %q, is %q", f.entry.Text, f.Value())
	}
	f.entry.FocusGained()
	if f.entry.Text != "13812345678" {
		t.Errorf("under the cursor: %q", f.entry.Text)
	}
	f.SetValue("13800000000 ")
	f.entry.FocusLost()
	if f.entry.Text != "***" || f.Value() != "13800000000" || len(told) != 1 || told[0] != "13800000000" {
		t.Errorf("after leaving: shows %q, is %q, told %q", f.entry.Text, f.Value(), told)
	}
	f.entry.FocusGained()
	f.entry.FocusLost()
	if f.Value() != "13800000000" {
		t.Errorf("a visit changed it to %q", f.Value())
	}
}
