package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Scroller is a vertical scroll area whose content is exactly as wide as the area.
type Scroller struct{ container.Scroll }

// Scroll lets a content that is too high be scrolled.
func Scroll(content fyne.CanvasObject) *Scroller {
	s := &Scroller{}
	s.Content = content
	s.Direction = container.ScrollVerticalOnly
	s.ExtendBaseWidget(s)
	return s
}

// Resize implements fyne.CanvasObject; it lays the content out again when its height follows from its width.
func (s *Scroller) Resize(size fyne.Size) {
	s.Scroll.Resize(size)
	s.settle()
}

// Refresh lays the content out again and repaints it.
func (s *Scroller) Refresh() {
	s.Scroll.Refresh()
	s.settle()
}

func (s *Scroller) settle() {
	if s.Content == nil {
		return
	}
	need := max(s.Content.MinSize().Height, s.Size().Height)
	if s.Content.Size().Height != need {
		s.Scroll.Refresh()
	}
}

// ScrollTo brings an object inside the content into view, a little below the top edge.
func (s *Scroller) ScrollTo(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s.Content).Y
	limit := max(0, s.Content.Size().Height-s.Size().Height)
	s.ScrollToOffset(fyne.NewPos(0, clamp(at-16, 0, limit)))
}

// PageBody is the scrolling part of a page: content with the page's margins.
func PageBody(content fyne.CanvasObject) *Scroller {
	return Scroll(Pad(4, margin, 20, margin, content))
}
