package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Slot is a place whose content can be exchanged.
type Slot struct{ *fyne.Container }

// NewSlot makes a place; content may be nil.
func NewSlot(content fyne.CanvasObject) *Slot {
	s := &Slot{container.New(padding{})}
	s.Set(content)
	return s
}

// Set exchanges the content; nil empties the place. Add the slot's Container to a layout.
func (s *Slot) Set(content fyne.CanvasObject) {
	if content == nil {
		s.Objects = nil
	} else {
		s.Objects = []fyne.CanvasObject{content}
	}
	s.Refresh()
}
