package part

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Option is one choice of a list: the value kept, the words shown, and a muted note behind them.
type Option struct{ Value, Text, Note string }

// searchFrom is the number of options from which a list gets a search line.
const searchFrom = 13

// SelectField asks for one of a list; a long list can be searched by any part of its words, value or note.
type SelectField struct {
	FieldBase
	face    *selectFace
	options []Option
	value   string
	popup   *widget.PopUp
	find    func(string) []Option
}

var _ Field = (*SelectField)(nil)

type selectFace struct {
	press
	text string
	hint string
}

// NewSelectField makes a list field with nothing chosen.
func NewSelectField(spec FieldSpec, options []Option) *SelectField {
	f := &SelectField{options: options, face: &selectFace{hint: spec.Placeholder}}
	if f.face.hint == "" {
		f.face.hint = word("choose")
	}
	f.face.act = f.open
	f.face.onKey = func(k fyne.KeyName) bool {
		if k == fyne.KeyDown {
			f.open()
		}
		return k == fyne.KeyDown
	}
	f.face.bind(f.face, func() fyne.Size { return fyne.NewSize(120, theme.FieldHeight) }, f.face.draw)
	f.build(f, spec, f.face, f.face)
	f.face.onFocus = func(on bool) {
		if !on && (f.popup == nil || !f.popup.Visible()) {
			f.blurred(f.value)
		}
	}
	return f
}

func (s *selectFace) draw(p *pen, size fyne.Size) {
	face := box{fill: theme.Surface, line: theme.StrongLine, radius: theme.RadiusButton}
	i, text := stepInk, s.text
	if text == "" {
		i, text = stepInk.in(theme.Faint), s.hint
	}
	if s.disabled {
		face.fill, i.token = theme.Sunk, theme.Faint
	} else if s.hovered {
		face.line = theme.Muted
	}
	if s.focused {
		face.line, face.lineWidth = theme.Accent, 2
	}
	p.rect(0, 0, size.Width, size.Height, face)
	p.textFit(10, size.Height/2, size.Width-40, text, i)
	p.icon(size.Width-18, size.Height/2, 14, "chevron-down", theme.Muted)
}

// WithSearch lets the page find the options for the words of the search line, e.g. by pinyin, and returns the field.
func (f *SelectField) WithSearch(find func(words string) []Option) *SelectField {
	f.find = find
	return f
}

// Value is the chosen option's value; "" for none.
func (f *SelectField) Value() string { return f.value }

// SetValue chooses without a call back. A value that is not in the list is kept and shown as it is.
func (f *SelectField) SetValue(v string) {
	f.value, f.face.text = v, v
	for _, o := range f.options {
		if o.Value == v {
			f.face.text = o.Text
		}
	}
	f.face.Refresh()
}

// SetOptions exchanges the list; the value stays.
func (f *SelectField) SetOptions(options []Option) {
	f.options = options
	f.SetValue(f.value)
}

// Choose takes an option by its value as if the person had, with the call back.
func (f *SelectField) Choose(v string) {
	f.SetValue(v)
	f.changed(v)
}

func (f *SelectField) choose(o Option) {
	f.close()
	f.Choose(o.Value)
}

func (f *SelectField) close() {
	if f.popup != nil {
		f.popup.Hide()
		f.popup = nil
		f.Focus()
	}
}

func (f *SelectField) open() {
	c := fyne.CurrentApp().Driver().CanvasForObject(f.face)
	if c == nil || f.face.disabled {
		return
	}
	list := newOptionList(f.options, f.value, f.choose, f.close)
	list.find = f.find
	f.popup = widget.NewPopUp(list.content, c)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(f.face)
	w := max(f.face.Size().Width, 240*theme.Scale())
	h := min(list.height(), c.Size().Height*0.6)
	y := at.Y + f.face.Size().Height + 2
	if y+h > c.Size().Height {
		y = max(4, at.Y-h-2)
	}
	f.popup.Resize(fyne.NewSize(w, h))
	f.popup.ShowAtPosition(fyne.NewPos(at.X, y))
	list.rows.reveal(list.at)
	c.Focus(list.first())
}

// optionList is the open list: rows that are painted only while seen, with a search line above when it is long.
type optionList struct {
	all, found []Option
	at         int
	value      string
	rows       *listRows
	search     *Entry
	content    fyne.CanvasObject
	choose     func(Option)
	cancel     func()
	find       func(string) []Option // finds by the words; nil looks for them in words, value and note
}

func newOptionList(all []Option, value string, choose func(Option), cancel func()) *optionList {
	l := &optionList{all: all, found: all, value: value, choose: choose, cancel: cancel, at: 0}
	for i, o := range all {
		if o.Value == value {
			l.at = i
		}
	}
	l.rows = newListRows(34, func() int { return len(l.found) }, l.drawRow)
	l.rows.act = func(i int) { l.choose(l.found[i]) }
	l.rows.keys = l.key
	l.content = l.rows
	if len(all) >= searchFrom {
		l.search = newEntry(nil)
		l.search.SetPlaceHolder(word("search"))
		l.search.OnChanged = l.filter
		l.search.OnSubmitted = func(string) { l.take() }
		l.search.onDown = func() { l.move(1) }
		l.search.onEscape = func() bool { l.cancel(); return true }
		l.content = VStack(4, l.search, Grow(l.rows))
	}
	l.content = Layers(newFill(box{fill: theme.Surface, line: theme.StrongLine, radius: theme.RadiusButton}), PadAll(6, l.content))
	l.rows.reveal(l.at)
	return l
}

func (l *optionList) first() fyne.Focusable {
	if l.search != nil {
		return l.search
	}
	return l.rows.body
}

func (l *optionList) height() float32 {
	h := float32(min(len(l.all), 9))*34*theme.Scale() + 20
	if l.search != nil {
		h += l.search.MinSize().Height + 4
	}
	return h
}

func (l *optionList) filter(words string) {
	l.found, l.at = nil, 0
	words = strings.ToLower(strings.TrimSpace(words))
	if l.find != nil {
		l.found = l.find(words)
		l.rows.reload()
		l.rows.reveal(0)
		return
	}
	for _, o := range l.all {
		if strings.Contains(strings.ToLower(o.Text+"\n"+o.Value+"\n"+o.Note), words) {
			l.found = append(l.found, o)
		}
	}
	l.rows.reload()
	l.rows.reveal(0)
}

func (l *optionList) take() {
	if l.at < len(l.found) {
		l.choose(l.found[l.at])
	}
}

func (l *optionList) move(by int) {
	l.at = clampInt(l.at+by, 0, max(0, len(l.found)-1))
	l.rows.reveal(l.at)
	l.rows.body.Refresh()
}

func (l *optionList) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyDown:
		l.move(1)
	case fyne.KeyUp:
		l.move(-1)
	case fyne.KeyPageDown:
		l.move(8)
	case fyne.KeyPageUp:
		l.move(-8)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.take()
	case fyne.KeyEscape:
		l.cancel()
	default:
		return false
	}
	return true
}

func (l *optionList) drawRow(p *pen, i int, y, width, height float32, hovered bool) {
	o := l.found[i]
	ink := stepInk
	if o.Value == l.value {
		ink = stepBold.in(theme.Accent)
	}
	if hovered || i == l.at {
		p.rect(2, y+1, width-4, height-2, box{fill: theme.Tint, radius: theme.RadiusBadge})
	}
	x := p.textFit(10, y+height/2, width-20, o.Text, ink)
	if room := width - 20 - x; o.Note != "" && room > 30 {
		p.textFit(x+10, y+height/2, room, o.Note, mutedInk)
	}
}
