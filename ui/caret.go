package ui

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/part"
)

// followCaret tells the system where the text cursor is, in pixels of the window, whenever an entry takes the focus or its cursor moves.
func (u *UI) followCaret() {
	if u.cfg.System.Caret == nil {
		return
	}
	part.OnCaret(func(e *part.Entry) {
		c := fyne.CurrentApp().Driver().CanvasForObject(e)
		if c == nil || c != u.win.Canvas() {
			return
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(e).Add(e.CaretFoot())
		u.cfg.System.Caret(u.win, int32(at.X*c.Scale()), int32(at.Y*c.Scale()))
	})
}
