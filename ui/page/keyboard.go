package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/shangyuntong/shangyun/ui/part"
)

// keyboard is what a page does with keys that nothing else on it takes: letters, Ctrl+Return for next, Alt+Left for back.
type keyboard struct {
	letter     func(rune)
	next, back func()

	canvas fyne.Canvas
}

var (
	keyNext = &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl}
	keyBack = &desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}
)

// bind takes the keys while the page is shown; o is anything on it.
func (k *keyboard) bind(o fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		if all := fyne.CurrentApp().Driver().AllWindows(); len(all) > 0 {
			c = all[0].Canvas()
		}
	}
	if c == nil || k.canvas == c {
		return
	}
	k.canvas = c
	c.SetOnTypedRune(func(r rune) {
		if k.letter != nil && c.Overlays().Top() == nil {
			k.letter(r)
		}
	})
	c.AddShortcut(keyNext, func(fyne.Shortcut) { k.next() })
	c.AddShortcut(keyBack, func(fyne.Shortcut) { k.back() })
}

// unbind gives the keys back.
func (k *keyboard) unbind() {
	if k.canvas == nil {
		return
	}
	k.canvas.SetOnTypedRune(nil)
	k.canvas.RemoveShortcut(keyNext)
	k.canvas.RemoveShortcut(keyBack)
	k.canvas = nil
}

// focus puts the keyboard somewhere on the page.
func (k *keyboard) focus(o fyne.Focusable) {
	if k.canvas != nil {
		k.canvas.Focus(o)
	}
}

// fields are the same keys for inputs, which keep every shortcut for themselves.
func (k *keyboard) fields() *part.Keys {
	return &part.Keys{Next: func() { k.next() }, Back: func() { k.back() }}
}
