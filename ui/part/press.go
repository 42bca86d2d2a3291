package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// press is the base of every part that can be tapped: pointer, hover, focus, Space and Enter.
type press struct {
	drawn
	act      func()
	focused  bool
	hovered  bool
	disabled bool
	onKey    func(fyne.KeyName) bool // a part's own keys; true when it took the key
	onFocus  func(bool)
}

var (
	_ fyne.Focusable     = (*press)(nil)
	_ fyne.Tappable      = (*press)(nil)
	_ fyne.Disableable   = (*press)(nil)
	_ desktop.Hoverable  = (*press)(nil)
	_ desktop.Cursorable = (*press)(nil)
)

// Tapped does what the part is for, unless it is disabled.
func (b *press) Tapped(*fyne.PointEvent) { b.fire() }

func (b *press) fire() {
	if !b.disabled && b.act != nil {
		b.act()
	}
}

// FocusGained shows the focus ring.
func (b *press) FocusGained() { b.setFocus(true) }

// FocusLost takes the focus ring away.
func (b *press) FocusLost() { b.setFocus(false) }

func (b *press) setFocus(on bool) {
	b.focused = on
	if b.onFocus != nil {
		b.onFocus(on)
	}
	b.Refresh()
}

// TypedRune takes the space bar where it arrives as a character only.
func (b *press) TypedRune(rune) {}

// TypedKey works the part with Space, Return or Enter.
func (b *press) TypedKey(e *fyne.KeyEvent) {
	if taken(e) || b.disabled {
		return
	}
	if b.onKey != nil && b.onKey(e.Name) {
		return
	}
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.fire()
	}
}

// MouseIn marks the part under the pointer.
func (b *press) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (b *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the mark away.
func (b *press) MouseOut() { b.hovered = false; b.Refresh() }

// Cursor is the hand over a part that can be tapped.
func (b *press) Cursor() desktop.Cursor {
	if b.disabled || b.act == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// Disable greys the part out; it takes no tap and no focus.
func (b *press) Disable() { b.disabled = true; b.Refresh() }

// Enable undoes Disable.
func (b *press) Enable() { b.disabled = false; b.Refresh() }

// Disabled says whether the part is greyed out.
func (b *press) Disabled() bool { return b.disabled }
