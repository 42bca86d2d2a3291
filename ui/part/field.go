package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// FieldSpec says what a field asks for.
type FieldSpec struct {
	Label       string
	Hint        string // one line under the input while nothing is wrong
	Placeholder string
	Unit        string // behind the input: 元, 台, %
	Required    bool   // marks the label with *
	Optional    bool   // marks the label with （选填）
	Keys        *Keys  // the page's own keys inside the input; may be nil
}

// Keys are a page's keys that also work while an input has the focus.
type Keys struct {
	Next, Back func() // Ctrl+Return and Alt+Left
	// Other is offered every other shortcut with a modifier; true when it was taken.
	Other func(fyne.Shortcut) bool
}

// Field is what every input field can do. SetValue calls nobody back.
type Field interface {
	fyne.CanvasObject
	Value() string
	SetValue(string)
	SetError(string)
	ErrorText() string
	SetHint(string)
	Listen(onChanged, onBlur func(string))
	Focus()
	Disable()
	Enable()
}

// FieldBase is the common part of the fields: label above, one line of hint or error below.
type FieldBase struct {
	panel
	OnChanged func(string) // after each change by the person
	OnBlur    func(string) // when the input loses the focus

	spec    FieldSpec
	label   *fieldLabel
	note    *fieldNote
	outline *drawn
	focus   fyne.Focusable
	silent  bool
}

func (f *FieldBase) build(self fyne.Widget, spec FieldSpec, input fyne.CanvasObject, focus fyne.Focusable) {
	f.spec, f.focus = spec, focus
	f.label, f.note, f.outline = newFieldLabel(spec), newFieldNote(spec.Hint), &drawn{}
	f.outline.bind(f.outline, func() fyne.Size { return fyne.Size{} }, func(p *pen, size fyne.Size) {
		if e, ok := f.focus.(*Entry); ok && e.Disabled() {
			p.rect(0, 0, size.Width, size.Height, box{line: theme.StrongLine, lineWidth: 1.5, radius: theme.RadiusButton})
		}
		if f.note.err != "" {
			p.rect(0, 0, size.Width, size.Height, box{line: theme.Err, lineWidth: 1.5, radius: theme.RadiusButton})
		}
	})
	row := fyne.CanvasObject(Layers(input, f.outline))
	if spec.Unit != "" {
		row = HStack(8, Grow(row), Line(spec.Unit, theme.SizeBody, theme.Muted, false))
	}
	stack := VStack(5, row, f.note)
	if spec.Label != "" {
		stack = VStack(5, f.label, row, f.note)
	}
	f.wrap(self, stack)
}

// SetError shows what is wrong, in words; "" takes it away.
func (f *FieldBase) SetError(text string) {
	if f.note.err == text {
		return
	}
	f.note.say(text, f.note.hint)
	f.outline.Refresh()
	f.content.Refresh()
}

// ErrorText is what is wrong, as last set.
func (f *FieldBase) ErrorText() string { return f.note.err }

// SetHint exchanges the line under the input.
func (f *FieldBase) SetHint(text string) {
	if f.note.hint == text {
		return
	}
	f.note.say(f.note.err, text)
	f.content.Refresh()
}

// Listen sets both call backs.
func (f *FieldBase) Listen(onChanged, onBlur func(string)) { f.OnChanged, f.OnBlur = onChanged, onBlur }

// Label is the field's question, as given.
func (f *FieldBase) Label() string { return f.spec.Label }

// Focus puts the keyboard into the input, if it is on a canvas.
func (f *FieldBase) Focus() {
	o, ok := f.focus.(fyne.CanvasObject)
	if !ok {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		c.Focus(f.focus)
	}
}

// Input is what takes the focus, for tests.
func (f *FieldBase) Input() fyne.Focusable { return f.focus }

// Disable greys the input out.
func (f *FieldBase) Disable() {
	if d, ok := f.focus.(fyne.Disableable); ok {
		d.Disable()
		f.outline.Refresh()
	}
}

// Enable undoes Disable.
func (f *FieldBase) Enable() {
	if d, ok := f.focus.(fyne.Disableable); ok {
		d.Enable()
		f.outline.Refresh()
	}
}

func (f *FieldBase) changed(s string) {
	if !f.silent && f.OnChanged != nil {
		f.OnChanged(s)
	}
}

func (f *FieldBase) blurred(s string) {
	if f.OnBlur != nil {
		f.OnBlur(s)
	}
}

type fieldLabel struct {
	drawn
	spec FieldSpec
}

func newFieldLabel(spec FieldSpec) *fieldLabel {
	l := &fieldLabel{spec: spec}
	mark, i := "", mutedInk
	if spec.Required {
		mark, i = "*", stepBold.in(theme.Err)
	} else if spec.Optional {
		mark = word("optional")
	}
	l.bind(l, func() fyne.Size {
		return fyne.NewSize(textWidth(spec.Label, stepBold)+textWidth(mark, i)+6, 22)
	}, func(p *pen, size fyne.Size) {
		x := p.textFit(0, size.Height/2, size.Width-textWidth(mark, i)-4, spec.Label, stepBold)
		p.text(x+4, size.Height/2, mark, i)
	})
	return l
}

type fieldNote struct {
	drawn
	hint, err string
	key       wrapKey
	lines     []string
}

func newFieldNote(hint string) *fieldNote {
	n := &fieldNote{hint: hint}
	n.bind(n, func() fyne.Size {
		w := n.designSize().Width
		if w <= 0 {
			return fyne.NewSize(60, 20)
		}
		return fyne.NewSize(60, 20*float32(len(n.broken(w))))
	}, n.draw)
	if hint == "" {
		n.Hide()
	}
	return n
}

func (n *fieldNote) say(err, hint string) {
	n.err, n.hint = err, hint
	if err == "" && hint == "" {
		n.Hide()
	} else {
		n.Show()
	}
	n.Refresh()
}

func (n *fieldNote) broken(width float32) []string {
	text, room := n.hint, width
	if n.err != "" {
		text, room = n.err, width-22
	}
	key := wrapKey{text, room, theme.Scale()}
	if key != n.key {
		n.key = key
		n.lines = wrap(text, room+0.5, func(s string) float32 { return textWidth(s, mutedInk) })
	}
	return n.lines
}

func (n *fieldNote) draw(p *pen, size fyne.Size) {
	x, i := float32(0), mutedInk
	if n.err != "" {
		p.disc(8, 10, 8, theme.Err, "", 0)
		p.icon(8, 10, 11, "bang", theme.OnAccent)
		x, i = 22, mutedInk.in(theme.Err)
	}
	for k, s := range n.broken(size.Width) {
		p.text(x, 10+20*float32(k), s, i)
	}
}
