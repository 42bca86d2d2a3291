package main

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"github.com/shangyuntong/shangyun/connectors/caret"
)

// caretTeller tells the input method of Windows where the text cursor is; nil elsewhere, where it is not asked for.
func caretTeller() func(w fyne.Window, x, y int32) {
	if runtime.GOOS != "windows" {
		return nil
	}
	return func(w fyne.Window, x, y int32) {
		native, ok := w.(driver.NativeWindow)
		if !ok {
			return
		}
		native.RunNative(func(context any) {
			if c, ok := context.(driver.WindowsWindowContext); ok {
				caret.Place(c.HWND, caret.Spot{X: x, Y: y})
			}
		})
	}
}
