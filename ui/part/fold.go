package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// fold remembers its last width, because its height follows from it.
type fold struct {
	from    float32
	gap     float32
	weights []float32
	width   float32
}

func (l *fold) wide() bool { return l.width >= l.from*theme.Scale() }

func (l *fold) columns() *columns { return &columns{gap: l.gap, weights: l.weights, width: l.width} }

func (l *fold) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := vstack{l.gap}.MinSize(objects)
	if l.wide() {
		size.Height = l.columns().MinSize(objects).Height
	}
	return size
}

func (l *fold) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	if l.wide() {
		l.columns().Layout(objects, size)
		return
	}
	vstack{l.gap}.Layout(objects, size)
}

// Fold is Columns from a width on (in design pixels, growing with the text), and a VStack where the room is narrower.
func Fold(from, gap float32, weights []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&fold{from: from, gap: gap, weights: weights}, objects...)
}
