package part

// YuanField asks for an amount and reads it back in words under the input.
type YuanField struct {
	TextField
	read func(string) (echo, wrong string)
}

var _ Field = (*YuanField)(nil)

// NewYuanField asks for an amount; read is called after each change and gives the line to show below
// (大写, 万元) or what is wrong. The amount stays text: this part does no arithmetic.
func NewYuanField(spec FieldSpec, read func(string) (echo, wrong string)) *YuanField {
	if spec.Unit == "" {
		spec.Unit = word("yuan")
	}
	f := &YuanField{read: read}
	f.entry, f.tidy = newEntry(spec.Keys), halfWidth
	f.init(f, spec)
	f.entry.OnChanged = func(s string) {
		f.echo(s)
		f.changed(s)
	}
	return f
}

// SetValue exchanges the text and its echo without a call back.
func (f *YuanField) SetValue(s string) {
	f.TextField.SetValue(s)
	f.echo(s)
}

func (f *YuanField) echo(s string) {
	if f.read == nil || s == "" {
		f.SetHint(f.spec.Hint)
		f.SetError("")
		return
	}
	echo, wrong := f.read(s)
	if echo == "" {
		echo = f.spec.Hint
	}
	f.SetHint(echo)
	f.SetError(wrong)
}
