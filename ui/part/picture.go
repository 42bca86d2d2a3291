package part

import (
	"bytes"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Picture is a PNG as wide as the room it gets, at most as wide as it is itself, with its proportions kept; nil when it cannot be read.
func Picture(name string, data []byte) fyne.CanvasObject {
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || head.Width == 0 || head.Height == 0 {
		return nil
	}
	img := canvas.NewImageFromResource(fyne.NewStaticResource(name, data))
	img.FillMode = canvas.ImageFillContain
	return container.New(&proportion{wide: float32(head.Width), high: float32(head.Height)}, img)
}

// proportion gives one object the width there is and the height that follows.
type proportion struct{ wide, high, width float32 }

func (l *proportion) MinSize([]fyne.CanvasObject) fyne.Size {
	w := l.width
	if w <= 0 {
		w = 200
	}
	return fyne.NewSize(120, w*l.high/l.wide)
}

func (l *proportion) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = min(size.Width, l.wide)
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(fyne.NewSize(l.width, l.width*l.high/l.wide))
	}
}
