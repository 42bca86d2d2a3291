package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// shown are the objects that take part in a layout.
func shown(objects []fyne.CanvasObject) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			out = append(out, o)
		}
	}
	return out
}

// settle gives an object a width and then the height it needs at that width.
func settle(o fyne.CanvasObject, width float32) float32 {
	h := o.Size().Height
	if o.Size().Width != width {
		h = o.MinSize().Height
		o.Resize(fyne.NewSize(width, h))
	}
	if need := o.MinSize().Height; need != h {
		o.Resize(fyne.NewSize(width, need))
		h = need
	}
	return h
}

type growLayout struct{ weight float32 }

func (growLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	return objects[0].MinSize()
}

func (growLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

// Grow makes an object take the room that is left in an HStack or VStack.
func Grow(o fyne.CanvasObject) *fyne.Container { return container.New(growLayout{1}, o) }

// Spacer is empty room that pushes the objects of an HStack or VStack apart.
func Spacer() fyne.CanvasObject { return container.New(growLayout{1}) }

func growing(o fyne.CanvasObject) float32 {
	if c, ok := o.(*fyne.Container); ok {
		if g, ok := c.Layout.(growLayout); ok {
			return g.weight
		}
	}
	return 0
}

type vstack struct{ gap float32 }

func (l vstack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range shown(objects) {
		m := o.MinSize()
		size.Width = max(size.Width, m.Width)
		size.Height += m.Height
		if i > 0 {
			size.Height += l.gap
		}
	}
	return size
}

func (l vstack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	list := shown(objects)
	var fixed, weight float32
	for i, o := range list {
		if i > 0 {
			fixed += l.gap
		}
		weight += growing(o)
		fixed += settle(o, size.Width)
	}
	rest := max(0, size.Height-fixed)
	var y float32
	for _, o := range list {
		h := o.MinSize().Height
		if g := growing(o); g > 0 {
			h += rest * g / weight
			o.Resize(fyne.NewSize(size.Width, h))
		}
		o.Move(fyne.NewPos(0, y))
		y += h + l.gap
	}
}

// VStack puts objects below each other, each as wide as the stack; hidden ones take no room.
func VStack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(vstack{gap}, objects...)
}

type hstack struct{ gap float32 }

func (l hstack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range shown(objects) {
		m := o.MinSize()
		size.Height = max(size.Height, m.Height)
		size.Width += m.Width
		if i > 0 {
			size.Width += l.gap
		}
	}
	return size
}

func (l hstack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	list := shown(objects)
	var fixed, elastic, weight float32
	for i, o := range list {
		if i > 0 {
			fixed += l.gap
		}
		weight += growing(o)
		fixed += natural(o)
		elastic += natural(o) - o.MinSize().Width
	}
	rest := size.Width - fixed
	var x float32
	for _, o := range list {
		w := natural(o)
		switch g := growing(o); {
		case rest > 0 && g > 0:
			w += rest * g / weight
		case rest < 0 && elastic > 0:
			w += max(rest, -elastic) * (w - o.MinSize().Width) / elastic
		}
		h := settle(o, w)
		o.Move(fyne.NewPos(x, (size.Height-h)/2))
		x += w + l.gap
	}
}

// natural is the width an object likes to have: a paragraph likes to stand on one line.
func natural(o fyne.CanvasObject) float32 {
	switch v := o.(type) {
	case *Text:
		return textWidth(v.text, v.ink) * theme.Scale()
	case interface{ inner() fyne.CanvasObject }:
		return natural(v.inner())
	case *fyne.Container:
		if _, ok := v.Layout.(tight); ok {
			return v.Objects[0].MinSize().Width
		}
		l, ok := v.Layout.(hstack)
		if !ok {
			break
		}
		var sum float32
		for i, child := range shown(v.Objects) {
			if i > 0 {
				sum += l.gap
			}
			sum += natural(child)
		}
		return sum
	}
	return o.MinSize().Width
}

// HStack puts objects beside each other at their own width, on one middle line.
func HStack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(hstack{gap}, objects...)
}

// columns remembers its last width, because it stands its objects below each other where they cannot stand side by side.
type columns struct {
	gap     float32
	weights []float32
	width   float32
}

func (l *columns) weight(i int) float32 {
	if i < len(l.weights) {
		return l.weights[i]
	}
	return 1
}

// shares divides a width by weight, but gives no object less than it needs; nil when they need more together.
func (l *columns) shares(list []fyne.CanvasObject, width float32) []float32 {
	out := make([]float32, len(list))
	free, total := width-l.gap*float32(len(list)-1), float32(0)
	for i := range list {
		total += l.weight(i)
	}
	for again := true; again; {
		again = false
		for i, o := range list {
			if need := o.MinSize().Width; out[i] == 0 && need > free*l.weight(i)/total+0.5 {
				out[i], free, total, again = need, free-need, total-l.weight(i), true
			}
			if free < -0.5 {
				return nil
			}
		}
	}
	for i := range list {
		if out[i] == 0 && total > 0 {
			out[i] = free * l.weight(i) / total
		}
	}
	return out
}

func (l *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	list := shown(objects)
	if l.width > 0 && l.shares(list, l.width) == nil {
		return vstack{l.gap}.MinSize(objects)
	}
	var size fyne.Size
	for _, o := range list {
		size = size.Max(o.MinSize())
	}
	return size
}

func (l *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	list := shown(objects)
	shares := l.shares(list, size.Width)
	if shares == nil {
		vstack{l.gap}.Layout(objects, size)
		return
	}
	var x float32
	for i, o := range list {
		w := shares[i]
		settle(o, w)
		o.Resize(fyne.NewSize(w, max(size.Height, o.MinSize().Height)))
		o.Move(fyne.NewPos(x, 0))
		x += w + l.gap
	}
}

// Columns puts objects beside each other in widths proportional to weights (1 where weights are missing),
// all as high as the highest; where the room is too narrow for them they stand below each other.
func Columns(gap float32, weights []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columns{gap: gap, weights: weights}, objects...)
}

// VGap is empty room of a height.
func VGap(height float32) fyne.CanvasObject { return Sized(0, height, nil) }

// margin is the page margin, which does not grow with the text.
const margin = theme.PageMargin
