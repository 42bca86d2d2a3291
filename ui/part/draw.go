package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// drawn is the base of every part that paints itself. A part calls bind with min and paint, which work in
// design pixels; drawn multiplies by the reader's text scale and paints anew when size, state or theme changes.
type drawn struct {
	widget.BaseWidget
	self  fyne.Widget
	min   func() fyne.Size
	paint func(p *pen, size fyne.Size)
}

func (d *drawn) bind(self fyne.Widget, min func() fyne.Size, paint func(*pen, fyne.Size)) {
	d.self, d.min, d.paint = self, min, paint
	d.ExtendBaseWidget(self)
}

func (d *drawn) design() fyne.Size {
	s := theme.Scale()
	m := d.min()
	return fyne.NewSize(m.Width*s, m.Height*s)
}

// CreateRenderer implements fyne.Widget.
func (d *drawn) CreateRenderer() fyne.WidgetRenderer {
	return &drawnRenderer{d: d}
}

// designSize is the part's present size in design pixels.
func (d *drawn) designSize() fyne.Size {
	s := theme.Scale()
	return fyne.NewSize(d.Size().Width/s, d.Size().Height/s)
}

type drawnRenderer struct {
	d       *drawn
	objects []fyne.CanvasObject
	size    fyne.Size
}

func (r *drawnRenderer) Layout(size fyne.Size) {
	r.size = size
	r.repaint()
}

func (r *drawnRenderer) MinSize() fyne.Size           { return r.d.design() }
func (r *drawnRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *drawnRenderer) Destroy()                     {}

func (r *drawnRenderer) Refresh() {
	r.size = r.d.Size()
	r.repaint()
	canvas.Refresh(r.d.self)
}

func (r *drawnRenderer) repaint() {
	p := &pen{scale: theme.Scale()}
	if r.size.Width > 0 && r.size.Height > 0 {
		r.d.paint(p, fyne.NewSize(r.size.Width/p.scale, r.size.Height/p.scale))
	}
	r.objects = p.objects
}
