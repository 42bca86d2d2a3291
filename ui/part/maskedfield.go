package part

// MaskedField is a field of one line whose value is shown masked until the cursor stands in it, so that a glance at the screen does not
// read a telephone or account number. Value always is the whole text.
type MaskedField struct {
	TextField
	mask func(string) string
	held string // the whole text while the input shows the masked one
	bare bool   // the input shows the whole text
}

var _ Field = (*MaskedField)(nil)

// NewMaskedField asks for one line; mask gives what is shown of it.
func NewMaskedField(spec FieldSpec, mask func(string) string) *MaskedField {
	f := &MaskedField{TextField: TextField{entry: newEntry(spec.Keys), tidy: halfWidth}, mask: mask}
	f.init(f, spec)
	f.entry.onFocus = func() {
		if !f.bare {
			f.bare = true
			f.put(f.held)
		}
	}
	leave := f.entry.onBlur
	f.entry.onBlur = func() {
		leave() // tidies and tells
		f.held, f.bare = f.entry.Text, false
		f.put(mask(f.held))
	}
	return f
}

func (f *MaskedField) put(s string) { f.TextField.SetValue(s) }

// Value is the whole text.
func (f *MaskedField) Value() string {
	if f.bare {
		return f.entry.Text
	}
	return f.held
}

// SetValue exchanges the text without a call back.
func (f *MaskedField) SetValue(s string) {
	f.held = s
	if !f.bare {
		s = f.mask(s)
	}
	f.put(s)
}
