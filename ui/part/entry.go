package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry is Fyne's entry with the page's own keys and a call when it loses the focus. (A focused
// widget.Entry keeps every shortcut for itself.)
type Entry struct {
	widget.Entry
	keys     *Keys
	onBlur   func()
	onFocus  func()
	onEscape func() bool
	onDown   func()
	entered  string // the text when the entry took the focus
}

// Untouched tells whether the text is that of the moment when the entry took the focus.
func (e *Entry) Untouched() bool { return e.Text == e.entered }

func newEntry(keys *Keys) *Entry {
	e := &Entry{keys: keys}
	e.ExtendBaseWidget(e)
	e.OnCursorChanged = e.moved
	return e
}

func newArea(keys *Keys, rows int) *Entry {
	e := newEntry(keys)
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapBreak
	e.SetMinRowsVisible(rows)
	return e
}

// caret is told the entry whose text cursor moved.
var caret func(*Entry)

// OnCaret sets what is told the entry whose text cursor moved, so that the candidates of an input method can stand there.
func OnCaret(moved func(*Entry)) { caret = moved }

func (e *Entry) moved() {
	if caret != nil {
		caret(e)
	}
}

// CaretFoot is the place just below the text cursor, from the entry's corner; within the entry also where the text is longer than it.
func (e *Entry) CaretFoot() fyne.Position {
	at := e.CursorPosition()
	line := fyne.MeasureText("国", e.Theme().Size("text"), e.TextStyle).Height
	return fyne.NewPos(clamp(at.X, 0, e.Size().Width), clamp(at.Y+line+4, 0, e.Size().Height))
}

// everywhere is offered each shortcut before the entry with the focus.
var everywhere func(fyne.Shortcut) bool

// plainly is offered each key without a modifier before the part with the focus.
var plainly func(*fyne.KeyEvent) bool

// Everywhere sets what takes a shortcut also while an entry has the focus, e.g. the key that locks, and what takes a key without a modifier
// whatever has the focus, e.g. F1; true when it was taken.
func Everywhere(take func(fyne.Shortcut) bool, plain func(*fyne.KeyEvent) bool) {
	everywhere, plainly = take, plain
}

// taken tells whether a key belongs to the window.
func taken(k *fyne.KeyEvent) bool { return plainly != nil && plainly(k) }

// TypedShortcut implements fyne.Shortcutable.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if everywhere != nil && everywhere(s) || e.keys.take(s) {
		return
	}
	e.Entry.TypedShortcut(s)
}

// take offers a shortcut to the page and says whether it was taken.
func (k *Keys) take(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if k == nil || !ok {
		return false
	}
	call := func(f func()) bool {
		if f != nil {
			f()
		}
		return f != nil
	}
	switch {
	case (c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter) && c.Modifier == fyne.KeyModifierControl:
		return call(k.Next)
	case c.KeyName == fyne.KeyLeft && c.Modifier == fyne.KeyModifierAlt:
		return call(k.Back)
	}
	return k.Other != nil && k.Other(s)
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	switch {
	case taken(k):
		return
	case k.Name == fyne.KeyEscape && e.onEscape != nil && e.onEscape():
		return
	case k.Name == fyne.KeyDown && e.onDown != nil:
		e.onDown()
		return
	}
	e.Entry.TypedKey(k)
}

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	if e.onFocus != nil {
		e.onFocus()
	}
	e.entered = e.Text
	defer e.moved() // known before the first key
	e.Entry.FocusGained()
}

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	if e.onBlur != nil {
		e.onBlur()
	}
}
