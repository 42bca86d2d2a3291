package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Toaster lays a short message over a content without keeping the content from being used. It has no clock: whoever shows
// the message hides it, or the person does.
type Toaster struct {
	panel
	layer *fyne.Container
	shown int
}

// NewToaster wraps a content.
func NewToaster(content fyne.CanvasObject) *Toaster {
	t := &Toaster{layer: container.New(toastLayout{})}
	t.wrap(t, Layers(content, t.layer))
	return t
}

// Say shows a message and returns its number, for DismissIf. action and onAction may be empty.
func (t *Toaster) Say(kind Kind, text, action string, onAction func()) int {
	t.shown++
	fg, _ := kind.colors()
	row := HStack(10, Icon(kind.icon(), 16, fg), Line(text, theme.SizeCell, theme.Ink, false))
	if action != "" {
		row.Add(Link(action, func() {
			t.Dismiss()
			if onAction != nil {
				onAction()
			}
		}))
	}
	row.Add(IconButton("cross", word("close-notice"), t.Dismiss))
	t.layer.Objects = []fyne.CanvasObject{Layers(
		newFill(box{fill: theme.Surface, line: theme.StrongLine, radius: theme.RadiusCard, shadow: true}), Pad(5, 8, 5, 14, row))}
	t.layer.Refresh()
	return t.shown
}

// Dismiss takes the message away.
func (t *Toaster) Dismiss() {
	t.layer.Objects = nil
	t.layer.Refresh()
}

// DismissIf takes the message away if it is still the one with this number.
func (t *Toaster) DismissIf(number int) {
	if t.shown == number {
		t.Dismiss()
	}
}

// Showing says whether a message is seen.
func (t *Toaster) Showing() bool { return len(t.layer.Objects) > 0 }

type toastLayout struct{}

func (toastLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (toastLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		m := o.MinSize()
		m.Width = min(m.Width, size.Width-32)
		o.Resize(m)
		o.Move(fyne.NewPos((size.Width-m.Width)/2, size.Height-m.Height-theme.BarHeight*theme.Scale()-14))
	}
}
