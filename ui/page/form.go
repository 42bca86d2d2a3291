package page

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// Form binds fields to paths of the case: leaving a field saves it, a state brings saved values, kept drafts and errors back into the fields.
// A page has one Form however many fields it shows.
type Form struct {
	a      Actions
	fields map[string]part.Field
	order  []string
	dirty  map[string]string // typed, not saved yet
	shown  *wizard.State
	body   *part.Scroller // scrolled to the field that takes the cursor; may be nil
}

// NewForm makes an empty form.
func NewForm(a Actions) *Form {
	return &Form{a: a, fields: map[string]part.Field{}, dirty: map[string]string{}}
}

// Add binds a field to a path and gives the field back for layout. Choices and the like save on change, text on leaving the field.
func (f *Form) Add(path string, field part.Field) part.Field {
	if _, ok := f.fields[path]; !ok {
		f.order = append(f.order, path)
	}
	f.fields[path] = field
	_, text := field.(interface{ OnSubmit(func(string)) })
	field.Listen(func(v string) {
		f.dirty[path] = v
		if !text {
			f.save(path)
		}
	}, func(string) { f.save(path) })
	if f.shown != nil {
		f.showOne(path)
	}
	return field
}

// Remove unbinds a field, e.g. when its element was taken away.
func (f *Form) Remove(path string) {
	delete(f.fields, path)
	delete(f.dirty, path)
	f.order = slices.DeleteFunc(f.order, func(p string) bool { return p == path })
}

// Reset unbinds all fields.
func (f *Form) Reset() {
	f.fields, f.order, f.dirty = map[string]part.Field{}, nil, map[string]string{}
}

// Save saves what was typed and not left yet; pages call it before turning over.
func (f *Form) Save() {
	for _, path := range f.order {
		f.save(path)
	}
}

func (f *Form) save(path string) {
	v, ok := f.dirty[path]
	if !ok {
		return
	}
	delete(f.dirty, path)
	f.a.Set(path, v)
}

// Show fills the fields from a state. A field with unsaved typing keeps it.
func (f *Form) Show(st *wizard.State) {
	f.shown = st
	for path := range f.fields {
		f.showOne(path)
	}
}

func (f *Form) showOne(path string) {
	field, st := f.fields[path], f.shown
	if _, typing := f.dirty[path]; typing || st == nil {
		return
	}
	value, err := wizard.Get(st.Case, path)
	if draft, kept := st.Case.Drafts[path]; kept {
		value, err = draft, st.Problems[path]
	}
	if field.Value() != value {
		field.SetValue(value)
	}
	text := ""
	if err != nil {
		text = f.a.ErrorText(err)
	} else if r := view.ReturnedAt(st, path); r != nil {
		text = view.ReturnedText(f.a.T, *r)
	}
	field.SetError(text)
}

// Within names the page's body, so that a field that takes the cursor is brought into view.
func (f *Form) Within(body *part.Scroller) { f.body = body }

// Focus puts the cursor into the field of a path and brings it into view; false when the form has none.
func (f *Form) Focus(path string) bool {
	field, ok := f.fields[path]
	if ok {
		f.reveal(field)
	}
	return ok
}

func (f *Form) reveal(field part.Field) {
	if f.body != nil {
		f.body.ScrollTo(field)
	}
	field.Focus()
}

// Problems lists the fields in error with their labels, in form order, for the summary on top of a page.
func (f *Form) Problems() []part.Problem {
	var out []part.Problem
	for _, path := range f.order {
		field, ok := f.fields[path]
		if !ok || field.ErrorText() == "" {
			continue
		}
		label := ""
		if l, ok := field.(interface{ Label() string }); ok {
			label = l.Label() + "："
		}
		out = append(out, part.Problem{Text: label + field.ErrorText(), OnJump: func() { f.reveal(field) }})
	}
	return out
}
