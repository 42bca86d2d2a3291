package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/shangyuntong/shangyun/ui/theme"
)

type padding struct{ top, right, bottom, left float32 }

func (l padding) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range shown(objects) {
		size = size.Max(o.MinSize())
	}
	return size.AddWidthHeight(l.left+l.right, l.top+l.bottom)
}

func (l padding) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(l.left, l.top))
		o.Resize(fyne.NewSize(max(0, size.Width-l.left-l.right), max(0, size.Height-l.top-l.bottom)))
	}
}

// Pad puts room around an object.
func Pad(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(padding{top, right, bottom, left}, o)
}

// PadAll puts the same room on the four sides of an object.
func PadAll(by float32, o fyne.CanvasObject) *fyne.Container { return Pad(by, by, by, by, o) }

// Layers puts objects on top of each other, all of one size; the last is on top.
func Layers(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(padding{}, objects...)
}

type sized struct{ min fyne.Size }

func (l sized) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := l.min
	for _, o := range shown(objects) {
		size = size.Max(o.MinSize())
	}
	return size
}

func (l sized) Layout(objects []fyne.CanvasObject, size fyne.Size) { padding{}.Layout(objects, size) }

// Sized makes an object at least so wide and high; the object may be nil.
func Sized(width, height float32, o fyne.CanvasObject) *fyne.Container {
	c := container.New(sized{fyne.NewSize(width, height)})
	if o != nil {
		c.Add(o)
	}
	return c
}

type centred struct{ max float32 }

func (l centred) MinSize(objects []fyne.CanvasObject) fyne.Size { return padding{}.MinSize(objects) }

func (l centred) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := min(size.Width, l.max*theme.Scale())
	for _, o := range objects {
		settle(o, w)
		o.Move(fyne.NewPos((size.Width-w)/2, 0))
	}
}

// Column centres an object in a column that is at most so wide (it grows with the text) and as high as it needs.
func Column(maxWidth float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(centred{maxWidth}, o)
}

type middle struct{}

func (middle) MinSize(objects []fyne.CanvasObject) fyne.Size { return padding{}.MinSize(objects) }

func (middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		m := o.MinSize()
		o.Resize(m)
		o.Move(fyne.NewPos((size.Width-m.Width)/2, (size.Height-m.Height)/2))
	}
}

// Middle centres an object of its own size in both directions.
func Middle(o fyne.CanvasObject) *fyne.Container { return container.New(middle{}, o) }

// grid remembers its last width, because it has fewer columns where the room is too narrow for all.
type grid struct {
	cols       int
	gap, width float32
}

func (l *grid) rows(objects []fyne.CanvasObject, cols int) [][]fyne.CanvasObject {
	var rows [][]fyne.CanvasObject
	for list := shown(objects); len(list) > 0; {
		n := min(cols, len(list))
		rows, list = append(rows, list[:n]), list[n:]
	}
	return rows
}

// fitting is how many columns find room, at least one.
func (l *grid) fitting(objects []fyne.CanvasObject, width float32) int {
	need := float32(1)
	for _, o := range shown(objects) {
		need = max(need, o.MinSize().Width)
	}
	if width <= 0 {
		return l.cols
	}
	return clampInt(int((width+l.gap+0.5)/(need+l.gap)), 1, l.cols)
}

func (l *grid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, row := range l.rows(objects, l.fitting(objects, l.width)) {
		var h float32
		for _, o := range row {
			m := o.MinSize()
			size.Width, h = max(size.Width, m.Width), max(h, m.Height)
		}
		if i > 0 {
			size.Height += l.gap
		}
		size.Height += h
	}
	return size
}

func (l *grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	cols := l.fitting(objects, size.Width)
	w := (size.Width - l.gap*float32(cols-1)) / float32(cols)
	var y float32
	for _, row := range l.rows(objects, cols) {
		var h float32
		for _, o := range row {
			h = max(h, settle(o, w))
		}
		for i, o := range row {
			o.Resize(fyne.NewSize(w, h))
			o.Move(fyne.NewPos(float32(i)*(w+l.gap), y))
		}
		y += h + l.gap
	}
}

// Grid puts objects in rows of cols equal columns, fewer where the room is too narrow; each row is as high as its highest object.
func Grid(cols int, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&grid{cols: max(1, cols), gap: gap}, objects...)
}

// flow remembers its last width, because its height follows from it.
type flow struct {
	gap   float32
	width float32
}

func (l *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return l.run(objects, l.width, false)
}

func (l *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.run(objects, size.Width, true)
}

func (l *flow) run(objects []fyne.CanvasObject, width float32, place bool) fyne.Size {
	var x, y, row, widest float32
	var line []fyne.CanvasObject
	flush := func() {
		for _, o := range line {
			o.Move(fyne.NewPos(o.Position().X, y+(row-o.Size().Height)/2))
		}
		line = nil
	}
	for _, o := range shown(objects) {
		m := o.MinSize()
		widest = max(widest, m.Width)
		if x > 0 && width > 0 && x+m.Width > width {
			flush()
			x, y, row = 0, y+row+l.gap, 0
		}
		if place {
			o.Resize(m)
			o.Move(fyne.NewPos(x, y))
			line = append(line, o)
		}
		x += m.Width + l.gap
		row = max(row, m.Height)
	}
	flush()
	return fyne.NewSize(widest, y+row)
}

// Flow puts objects beside each other and goes on in the next row when the width is used up.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap}, objects...)
}

// tight lets a row make a button narrower: its padding, then its icon, then its words give way.
type tight struct{}

func (tight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := padding{}.MinSize(objects)
	if b, ok := objects[0].(*Button); ok {
		size.Width = min(size.Width, (textWidth(b.text, b.ink())+12)*theme.Scale())
	}
	return size
}

func (tight) Layout(objects []fyne.CanvasObject, size fyne.Size) { padding{}.Layout(objects, size) }

// elastic lets the buttons of a row become narrower where the room is short.
func elastic(actions []fyne.CanvasObject) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(actions))
	for i, a := range actions {
		out[i] = a
		if b, ok := a.(*Button); ok {
			out[i] = container.New(tight{}, b)
		}
	}
	return out
}

type loose struct{}

func (loose) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, padding{}.MinSize(objects).Height)
}

func (loose) Layout(objects []fyne.CanvasObject, size fyne.Size) { padding{}.Layout(objects, size) }

// flexible lets a one-line text be cut instead of widening the window.
func flexible(o fyne.CanvasObject) *fyne.Container { return container.New(loose{}, o) }
