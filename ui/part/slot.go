package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Slot is a place whose content can be exchanged.
type Slot struct {
	panel
	place *fyne.Container
}

// NewSlot makes a place; content may be nil.
func NewSlot(content fyne.CanvasObject) *Slot {
	s := &Slot{place: container.New(padding{})}
	s.wrap(s, s.place)
	s.Set(content)
	return s
}

// Set exchanges the content; nil empties the place.
func (s *Slot) Set(content fyne.CanvasObject) {
	if content == nil {
		s.place.Objects = nil
	} else {
		s.place.Objects = []fyne.CanvasObject{content}
	}
	s.Refresh()
}
