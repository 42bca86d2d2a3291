package part

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
)

// listMark parts the values of a field that holds several.
const listMark = "、"

// ChipsField asks for any number of a list; its value is the chosen values, in the list's order, parted by 、. A value that is not in the
// list is kept.
type ChipsField struct {
	FieldBase
	row     *fyne.Container
	options []Option
	chosen  []string
}

var _ Field = (*ChipsField)(nil)

// NewChipsField makes a field with nothing chosen.
func NewChipsField(spec FieldSpec, options []Option) *ChipsField {
	f := &ChipsField{row: Flow(6)}
	f.build(f, spec, f.row, nil)
	f.SetOptions(options)
	return f
}

// SetOptions exchanges the list; what is chosen stays.
func (f *ChipsField) SetOptions(options []Option) {
	if slices.Equal(options, f.options) {
		return
	}
	f.options = slices.Clone(options)
	f.row.Objects = nil
	for _, o := range f.options {
		f.row.Add(NewChip(o.Text, "", false, func(on bool) { f.toggle(o.Value, on) }))
	}
	f.focus = nil
	if len(f.row.Objects) > 0 {
		f.focus = f.row.Objects[0].(*Chip)
	}
	f.mark()
}

func (f *ChipsField) toggle(v string, on bool) {
	f.chosen = slices.DeleteFunc(f.chosen, func(s string) bool { return s == v })
	if on {
		f.chosen = append(f.chosen, v)
	}
	f.mark()
	f.changed(f.Value())
}

// mark sorts what is chosen by the list and shows it.
func (f *ChipsField) mark() {
	at := func(v string) int {
		if i := slices.IndexFunc(f.options, func(o Option) bool { return o.Value == v }); i >= 0 {
			return i
		}
		return len(f.options)
	}
	slices.SortStableFunc(f.chosen, func(a, b string) int { return at(a) - at(b) })
	for i, o := range f.row.Objects {
		o.(*Chip).Set(slices.Contains(f.chosen, f.options[i].Value))
	}
}

// Value is the chosen values parted by 、; "" for none.
func (f *ChipsField) Value() string { return strings.Join(f.chosen, listMark) }

// SetValue chooses without a call back.
func (f *ChipsField) SetValue(v string) {
	f.chosen = nil
	if v != "" {
		f.chosen = strings.Split(v, listMark)
	}
	f.mark()
}

// Choose takes values as if the person had, with the call back.
func (f *ChipsField) Choose(v string) {
	f.SetValue(v)
	f.changed(f.Value())
}
