package part

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Axis is one direction of a radar: its name, its value in words, and now and after from 0 to 100.
type Axis struct {
	Name, Words string
	Now, After  float32
}

// Radar is a picture of 3 to 16 values, with a second, dashed series where After differs.
type Radar struct {
	drawn
	axes  []Axis
	after bool
}

// maxAxes is what a polygon of the drawing library can hold.
const maxAxes = 16

// NewRadar makes a radar; after says whether the second series is drawn. More than 16 axes are cut off.
func NewRadar(axes []Axis, after bool) *Radar {
	r := &Radar{}
	r.bind(r, func() fyne.Size { return fyne.NewSize(300, 236) }, r.draw)
	r.axes, r.after = axes[:min(len(axes), maxAxes)], after
	return r
}

// Set exchanges the axes.
func (r *Radar) Set(axes []Axis, after bool) {
	r.axes, r.after = axes[:min(len(axes), maxAxes)], after
	r.Refresh()
}

func (p *pen) polygon(points []fyne.Position, fill color.Color) {
	scaled := make([]fyne.Position, len(points))
	var far fyne.Position
	for i, at := range points {
		scaled[i] = fyne.NewPos(at.X*p.scale, at.Y*p.scale)
		far = fyne.NewPos(max(far.X, at.X), max(far.Y, at.Y))
	}
	p.place(canvas.NewArbitraryPolygon(scaled, fill), 0, 0, far.X, far.Y)
}

func (r *Radar) draw(p *pen, size fyne.Size) {
	n := len(r.axes)
	if n < 3 {
		return
	}
	cx, cy := size.Width/2, size.Height/2-2
	radius := max(20, min(size.Width/2-72, size.Height/2-36))
	at := func(i int, v float32) fyne.Position {
		x, y := polar(cx, cy, radius*clamp(v, 0, 100)/100, 360*float64(i)/float64(n))
		return fyne.NewPos(x, y)
	}
	loop := func(v func(int) float32, draw func(a, b fyne.Position)) {
		for i := range n {
			draw(at(i, v(i)), at((i+1)%n, v((i+1)%n)))
		}
	}
	for _, ring := range []float32{20, 40, 60, 80, 100} {
		token := theme.Line
		if ring == 100 {
			token = theme.StrongLine
		}
		loop(func(int) float32 { return ring }, func(a, b fyne.Position) { p.line(a.X, a.Y, b.X, b.Y, 1, token) })
	}
	for i := range n {
		end := at(i, 100)
		p.line(cx, cy, end.X, end.Y, 1, theme.Line)
	}
	now := func(i int) float32 { return r.axes[i].Now }
	points := make([]fyne.Position, n)
	for i := range n {
		points[i] = at(i, now(i))
	}
	p.polygon(points, theme.Fade(theme.Accent, 20))
	loop(now, func(a, b fyne.Position) { p.line(a.X, a.Y, b.X, b.Y, 2, theme.Accent) })
	if r.after {
		r.drawAfter(p, at)
	}
	for i := range n {
		p.disc(points[i].X, points[i].Y, 4, theme.Accent, "", 0)
	}
	rings := []float32{40, 60, 80}
	if radius < 80 {
		rings = []float32{40, 80}
	}
	for _, ring := range rings {
		p.text(cx+4, cy-radius*ring/100-1, strconv.Itoa(int(ring)), tickInk)
	}
	for i, a := range r.axes {
		r.drawLabel(p, a, size, cx, cy, radius, 360*float64(i)/float64(n))
	}
}

func (r *Radar) drawAfter(p *pen, at func(int, float32) fyne.Position) {
	n := len(r.axes)
	for i := range n {
		j := (i + 1) % n
		if r.axes[i].After == r.axes[i].Now && r.axes[j].After == r.axes[j].Now {
			continue
		}
		a, b := at(i, r.axes[i].After), at(j, r.axes[j].After)
		p.dashes(a.X, a.Y, b.X, b.Y, 2, theme.Ink, 5, 4)
	}
	for i, a := range r.axes {
		if a.After != a.Now {
			c := at(i, a.After)
			p.disc(c.X, c.Y, 4.5, theme.Surface, theme.Ink, 2)
		}
	}
}

func (r *Radar) drawLabel(p *pen, a Axis, size fyne.Size, cx, cy, radius float32, degrees float64) {
	x, y := polar(cx, cy, radius+9, degrees)
	name, value := cellInk, cellBold.in(theme.Muted)
	wide := max(textWidth(a.Name, name), textWidth(a.Words, value))
	if degrees == 0 {
		w := textWidth(a.Name, name) + 5 + textWidth(a.Words, value)
		p.text(p.text(x-w/2, y-4, a.Name, name)+5, y-4, a.Words, value)
		return
	}
	lean := (x - cx) / radius // -1 left, 1 right
	mid := clamp(x+lean*wide/2, wide/2, size.Width-wide/2)
	if y > cy+radius/2 {
		y += 12
	}
	p.textMid(mid, y-8, a.Name, name)
	p.textMid(mid, y+9, a.Words, value)
}
