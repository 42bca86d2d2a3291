package part

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// TextField asks for a line or a paragraph of text.
type TextField struct {
	FieldBase
	entry *Entry
	tidy  func(string) string // applied when the input loses the focus
}

var _ Field = (*TextField)(nil)

func newTextField(spec FieldSpec, entry *Entry, tidy func(string) string) *TextField {
	f := &TextField{entry: entry, tidy: tidy}
	f.init(f, spec)
	return f
}

func (f *TextField) init(self fyne.Widget, spec FieldSpec) {
	f.entry.SetPlaceHolder(spec.Placeholder)
	f.entry.OnChanged = f.changed
	f.entry.onBlur = f.leave
	f.build(self, spec, f.entry, f.entry)
}

func (f *TextField) leave() {
	if f.tidy != nil {
		if s := f.tidy(f.entry.Text); s != f.entry.Text {
			f.entry.SetText(s)
		}
	}
	f.blurred(f.entry.Text)
}

// NewTextField asks for one line; surrounding blanks go when the input loses the focus.
func NewTextField(spec FieldSpec) *TextField {
	return newTextField(spec, newEntry(spec.Keys), strings.TrimSpace)
}

// NewTextArea asks for a paragraph; rows is how many lines are seen at once.
func NewTextArea(spec FieldSpec, rows int) *TextField {
	return newTextField(spec, newArea(spec.Keys, rows), nil)
}

// NewNumberField asks for a number as text: full-width digits and separators become plain ones when the
// input loses the focus. Whether it is a number is for the page to say.
func NewNumberField(spec FieldSpec) *TextField {
	return newTextField(spec, newEntry(spec.Keys), halfWidth)
}

// NewDateField asks for a date as yyyy-mm-dd: 2025/3/1, 2025年3月1日 and full-width digits become 2025-03-01 when
// the input loses the focus. Whether the day exists is for the page to say.
func NewDateField(spec FieldSpec) *TextField {
	if spec.Placeholder == "" {
		spec.Placeholder = "yyyy-mm-dd"
	}
	return newTextField(spec, newEntry(spec.Keys), tidyDate)
}

// NewPasswordField asks for a secret, shown as dots.
func NewPasswordField(spec FieldSpec) *TextField {
	e := newEntry(spec.Keys)
	e.Password = true
	return newTextField(spec, e, nil)
}

// Value is the text as it stands.
func (f *TextField) Value() string { return f.entry.Text }

// SetValue exchanges the text without a call back.
func (f *TextField) SetValue(s string) {
	if f.entry.Text == s {
		return
	}
	f.silent = true
	f.entry.SetText(s)
	f.silent = false
}

// OnSubmit sets what Enter does in a field of one line.
func (f *TextField) OnSubmit(do func(string)) { f.entry.OnSubmitted = do }

// halfWidth turns full-width digits and signs into plain ones and drops blanks at the ends.
func halfWidth(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == '　':
			return ' '
		case r == '−':
			return '-'
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// tidyDate brings the usual ways to write a day to yyyy-mm-dd and leaves everything else as it is.
func tidyDate(s string) string {
	plain := halfWidth(s)
	parts := strings.FieldsFunc(plain, func(r rune) bool { return strings.ContainsRune("-/.年月日 ", r) })
	if len(parts) == 1 && len(plain) == 8 && digits(plain) {
		parts = []string{plain[:4], plain[4:6], plain[6:]}
	}
	if len(parts) != 3 || len(parts[0]) != 4 || len(parts[1]) > 2 || len(parts[2]) > 2 {
		return plain
	}
	for i, p := range parts {
		if !digits(p) {
			return plain
		}
		if len(p) == 1 {
			parts[i] = "0" + p
		}
	}
	return strings.Join(parts, "-")
}

func digits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// SearchBox is an entry with a magnifier, without a label.
func SearchBox(placeholder string, onChanged func(string)) *TextField {
	e := newEntry(nil)
	f := &TextField{entry: e}
	e.SetIcon(theme.Icon("search", theme.Muted))
	f.init(f, FieldSpec{Placeholder: placeholder})
	f.OnChanged = onChanged
	return f
}
