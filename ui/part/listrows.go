package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// listRows is a scrolling list of rows of one height; only the rows in view are painted.
type listRows struct {
	widget.BaseWidget
	scroll *container.Scroll
	body   *rowsBody
	rowH   float32
	count  func() int
	draw   func(p *pen, i int, y, width, height float32, hovered bool)
	act    func(int)
	keys   func(fyne.KeyName) bool
	tap    func(row int, x float32, held fyne.KeyModifier) // instead of act: where in the row, in design pixels, and with which keys held

	shortcut func(fyne.Shortcut) bool // true when it was taken; may be nil
}

type rowsBody struct {
	press
	list  *listRows
	hover int
	held  fyne.KeyModifier // by the last press of the pointer
	shift bool             // is held by the keyboard
}

var (
	_ desktop.Hoverable = (*rowsBody)(nil)
	_ desktop.Mouseable = (*rowsBody)(nil)
	_ desktop.Keyable   = (*rowsBody)(nil)
	_ fyne.Shortcutable = (*rowsBody)(nil)
)

func newListRows(rowH float32, count func() int, draw func(*pen, int, float32, float32, float32, bool)) *listRows {
	l := &listRows{rowH: rowH, count: count, draw: draw}
	l.body = &rowsBody{list: l, hover: -1}
	l.body.onKey = func(k fyne.KeyName) bool { return l.keys != nil && l.keys(k) }
	l.body.bind(l.body, func() fyne.Size {
		return fyne.NewSize(0, l.rowH*float32(l.count()))
	}, l.paint)
	l.scroll = container.NewVScroll(l.body)
	l.scroll.OnScrolled = func(fyne.Position) { l.body.Refresh() }
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *listRows) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.scroll) }

// Resize implements fyne.CanvasObject; other rows are in view afterwards.
func (l *listRows) Resize(size fyne.Size) {
	l.BaseWidget.Resize(size)
	l.body.Refresh()
}

func (l *listRows) reload() {
	l.scroll.Refresh()
	l.body.Refresh()
}

// reveal scrolls so that row i is in view.
func (l *listRows) reveal(i int) {
	h := l.rowH * theme.Scale()
	top, view := h*float32(i), l.scroll.Size().Height
	at := l.scroll.Offset.Y
	switch {
	case view <= 0:
		at = max(0, top-3*h)
	case top < at:
		at = top
	case top+h > at+view:
		at = top + h - view
	default:
		return
	}
	l.scroll.ScrollToOffset(fyne.NewPos(0, at))
}

// visible is the range of rows in view, from first up to but not including last.
func (l *listRows) visible() (first, last int) {
	h := l.rowH * theme.Scale()
	first = clampInt(int(l.scroll.Offset.Y/h), 0, l.count())
	return first, clampInt(int((l.scroll.Offset.Y+l.scroll.Size().Height)/h)+1, first, l.count())
}

func (l *listRows) paint(p *pen, size fyne.Size) {
	first, last := l.visible()
	for i := first; i < last; i++ {
		l.draw(p, i, float32(i)*l.rowH, size.Width, l.rowH, i == l.body.hover)
	}
	if l.body.focused {
		s := theme.Scale()
		p.ring(0, l.scroll.Offset.Y/s, size.Width, l.scroll.Size().Height/s, theme.RadiusBadge)
	}
}

func (b *rowsBody) rowAt(at fyne.Position) int {
	i := int(at.Y / (b.list.rowH * theme.Scale()))
	if i < 0 || i >= b.list.count() {
		return -1
	}
	return i
}

// Tapped implements fyne.Tappable.
func (b *rowsBody) Tapped(e *fyne.PointEvent) {
	held := b.held
	b.held = 0
	switch i := b.rowAt(e.Position); {
	case i < 0:
	case b.list.tap != nil:
		b.list.tap(i, e.Position.X/theme.Scale(), held)
	case b.list.act != nil:
		b.list.act(i)
	}
}

// MouseDown implements desktop.Mouseable; it notes which keys are held.
func (b *rowsBody) MouseDown(e *desktop.MouseEvent) { b.held = e.Modifier }

// MouseUp implements desktop.Mouseable.
func (b *rowsBody) MouseUp(*desktop.MouseEvent) {}

// KeyDown implements desktop.Keyable.
func (b *rowsBody) KeyDown(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		b.shift = true
	}
}

// KeyUp implements desktop.Keyable.
func (b *rowsBody) KeyUp(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		b.shift = false
	}
}

// FocusLost implements fyne.Focusable.
func (b *rowsBody) FocusLost() { b.shift = false; b.press.FocusLost() }

// TypedShortcut implements fyne.Shortcutable: what the list does not take goes on to the window.
func (b *rowsBody) TypedShortcut(s fyne.Shortcut) {
	if everywhere != nil && everywhere(s) || b.list.shortcut != nil && b.list.shortcut(s) {
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(b).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// MouseMoved implements desktop.Hoverable.
func (b *rowsBody) MouseMoved(e *desktop.MouseEvent) {
	if i := b.rowAt(e.Position); i != b.hover {
		b.hover = i
		b.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (b *rowsBody) MouseOut() { b.hover = -1; b.press.MouseOut() }

// Cursor implements desktop.Cursorable.
func (b *rowsBody) Cursor() desktop.Cursor { return desktop.PointerCursor }
