package part

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// ChoiceField asks for one of a few words side by side.
type ChoiceField struct {
	FieldBase
	control *Segmented
	values  []string
	value   string
}

var _ Field = (*ChoiceField)(nil)

// NewChoiceField makes a field with its options side by side, none chosen.
func NewChoiceField(spec FieldSpec, options []Option) *ChoiceField {
	f := &ChoiceField{}
	names := make([]string, len(options))
	for i, o := range options {
		names[i] = o.Text
		f.values = append(f.values, o.Value)
	}
	f.control = NewSegmented(names, -1, func(i int) { f.Choose(f.values[i]) })
	var focus fyne.Focusable
	if len(f.control.chips) > 0 {
		focus = f.control.chips[0]
		for i, g := range f.control.chips {
			g.onKey = func(k fyne.KeyName) bool { return f.step(i, k) }
		}
		f.control.chips[len(names)-1].onFocus = func(on bool) {
			if !on {
				f.blurred(f.value)
			}
		}
	}
	f.build(f, spec, HStack(0, f.control), focus)
	return f
}

func (f *ChoiceField) step(i int, k fyne.KeyName) bool {
	switch k {
	case fyne.KeyLeft:
		i--
	case fyne.KeyRight:
		i++
	default:
		return false
	}
	if i < 0 || i >= len(f.values) {
		return true
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.control.chips[i]); c != nil {
		c.Focus(f.control.chips[i])
	}
	return true
}

// The values of a three-way question.
const (
	Yes     = "yes"
	No      = "no"
	Unknown = "unknown"
)

// NewTriField asks 是, 否 or 不知道; its values are Yes, No, Unknown and "" for not asked yet.
func NewTriField(spec FieldSpec) *ChoiceField {
	return NewChoiceField(spec, []Option{{Value: Yes, Text: word("tri.yes")}, {Value: No, Text: word("tri.no")}, {Value: Unknown, Text: word("tri.unknown")}})
}

// Value is the chosen value; "" for none.
func (f *ChoiceField) Value() string { return f.value }

// SetValue chooses without a call back.
func (f *ChoiceField) SetValue(v string) {
	f.value = v
	f.control.Set(slices.Index(f.values, v))
}

// Choose takes a value as if the person had, with the call back.
func (f *ChoiceField) Choose(v string) {
	f.SetValue(v)
	f.changed(v)
}

// Disable greys all choices out.
func (f *ChoiceField) Disable() {
	for _, g := range f.control.chips {
		g.Disable()
	}
}

// Enable undoes Disable.
func (f *ChoiceField) Enable() {
	for _, g := range f.control.chips {
		g.Enable()
	}
}

// Check is a box with a tick and a text that may run over several lines.
type Check struct {
	press
	text      string
	on        bool
	onChanged func(bool)
	key       wrapKey
	lines     []string
}

// NewCheck makes a check box; onChanged is told the new state after a tap.
func NewCheck(text string, on bool, onChanged func(bool)) *Check {
	c := &Check{text: text, on: on, onChanged: onChanged}
	c.act = func() {
		c.on = !c.on
		c.Refresh()
		if c.onChanged != nil {
			c.onChanged(c.on)
		}
	}
	c.bind(c, c.measure, c.draw)
	return c
}

// Label is the words beside the box.
func (c *Check) Label() string { return c.text }

// On says whether the box is ticked.
func (c *Check) On() bool { return c.on }

// Set ticks or clears the box without a call back.
func (c *Check) Set(on bool) { c.on = on; c.Refresh() }

func (c *Check) broken(width float32) []string {
	key := wrapKey{c.text, width, theme.Scale()}
	if key != c.key {
		c.key = key
		c.lines = wrap(c.text, width-30+0.5, func(s string) float32 { return textWidth(s, cellInk) })
	}
	return c.lines
}

func (c *Check) measure() fyne.Size {
	full := textWidth(c.text, cellInk) + 30
	width := c.designSize().Width
	if width <= 0 {
		return fyne.NewSize(min(full, 120), 26)
	}
	return fyne.NewSize(min(full, 120), 6+20*float32(len(c.broken(width))))
}

func (c *Check) draw(p *pen, size fyne.Size) {
	face := box{fill: theme.Surface, line: theme.StrongLine, lineWidth: 1.5, radius: 4}
	i := cellInk
	switch {
	case c.disabled && c.on:
		face.fill, face.line = theme.StrongLine, ""
	case c.on:
		face.fill, face.line = theme.Accent, ""
	case c.hovered && !c.disabled:
		face.line = theme.Accent
	}
	if c.disabled {
		i.token = theme.Faint
	}
	p.rect(0, 4, 18, 18, face)
	if c.on {
		p.icon(9, 13, 14, "check", theme.OnAccent)
	}
	for k, s := range c.broken(size.Width) {
		p.text(28, 13+20*float32(k), s, i)
	}
	if c.focused {
		p.ring(-3, 1, 24, 24, 6)
	}
}

// Consent is a list of statements that all have to be ticked.
type Consent struct {
	panel
	checks    []*Check
	onChanged func(all bool)
}

// NewConsent makes the list; onChanged is told whether all are ticked.
func NewConsent(statements []string, onChanged func(all bool)) *Consent {
	list := VStack(8)
	c := &Consent{onChanged: onChanged}
	c.wrap(c, list)
	for _, s := range statements {
		check := NewCheck(s, false, func(bool) {
			if c.onChanged != nil {
				c.onChanged(c.All())
			}
		})
		c.checks = append(c.checks, check)
		list.Add(check)
	}
	return c
}

// All says whether every statement is ticked.
func (c *Consent) All() bool {
	return !slices.ContainsFunc(c.checks, func(k *Check) bool { return !k.On() })
}

// Set ticks or clears the statement with index i without a call back.
func (c *Consent) Set(i int, on bool) {
	if i >= 0 && i < len(c.checks) {
		c.checks[i].Set(on)
	}
}

// On says whether the statement with index i is ticked.
func (c *Consent) On(i int) bool { return i >= 0 && i < len(c.checks) && c.checks[i].On() }
