package main

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/connectors/chooser"
)

// pick asks for a file by the system's own dialog, or by one inside the window where there is none, and reads it.
func pick(w fyne.Window, title string, extensions []string, got func(name string, data []byte, err error)) {
	native(chooser.Asked{Title: title, Extensions: extensions}, func(path string) {
		data, err := readFile(path)
		fyne.Do(func() { got(filepath.Base(path), data, err) })
	}, func() { got("", nil, nil) }, func() { pickHere(w, title, extensions, got) })
}

// folder asks for a folder in the same way.
func folder(w fyne.Window, title string, got func(folder string, err error)) {
	native(chooser.Asked{Title: title, Folder: true}, func(path string) { fyne.Do(func() { got(path, nil) }) }, func() { got("", nil) }, func() { folderHere(w, title, got) })
}

// native shows the system's dialog beside the window. chosen comes on a goroutine of its own; none, when the person changed her mind, and here, when
// there is no such dialog, on the UI goroutine.
func native(a chooser.Asked, chosen func(path string), none, here func()) {
	if !chooser.Available() {
		here()
		return
	}
	go func() { // ends with the dialog
		path, err := chooser.Choose(context.Background(), a)
		switch {
		case err != nil:
			fyne.Do(here)
		case path == "":
			fyne.Do(none)
		default:
			chosen(path)
		}
	}()
}
