package part

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// pen collects canvas objects; its coordinates are design pixels from the part's top left corner.
type pen struct {
	scale   float32
	objects []fyne.CanvasObject
}

// ink is how a text is set: type size in design pixels, colour token and weight.
type ink struct {
	size  float32
	token fyne.ThemeColorName
	bold  bool
}

func (i ink) style() fyne.TextStyle { return fyne.TextStyle{Bold: i.bold} }

var (
	cellInk  = ink{size: theme.SizeCell, token: theme.Ink}
	cellBold = ink{size: theme.SizeCell, token: theme.Ink, bold: true}
	mutedInk = ink{size: theme.SizeCell, token: theme.Muted}
	headInk  = ink{size: theme.SizeHeading, token: theme.Ink, bold: true}
	stepInk  = ink{size: theme.SizeStep, token: theme.Ink}
	stepBold = ink{size: theme.SizeStep, token: theme.Ink, bold: true}
	tickInk  = ink{size: theme.SizeTick, token: theme.Muted}
)

func (i ink) in(token fyne.ThemeColorName) ink { i.token = token; return i }
func (i ink) of(size float32) ink              { i.size = size; return i }
func (i ink) strong() ink                      { i.bold = true; return i }

// textWidth is the width of a text in design pixels, measured at the reader's scale.
func textWidth(s string, i ink) float32 {
	if s == "" {
		return 0
	}
	k := theme.Scale()
	return fyne.MeasureText(s, i.size*k, i.style()).Width / k
}

// lineHeight is the distance between two lines of running text.
func lineHeight(size float32) float32 { return size * 1.5 }

// fit cuts a text to a width and ends it with … when something was left out.
func fit(s string, i ink, width float32) string {
	if textWidth(s, i) <= width+0.5 {
		return s
	}
	runes := []rune(s)
	lo, hi := 0, len(runes)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if textWidth(string(runes[:mid])+"…", i) <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	if lo == 0 {
		return "…"
	}
	return string(runes[:lo]) + "…"
}

func (p *pen) place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Resize(fyne.NewSize(w*p.scale, h*p.scale))
	o.Move(fyne.NewPos(x*p.scale, y*p.scale))
	p.objects = append(p.objects, o)
}

// text draws a line that starts at x with its visual middle on cy, and returns the x after it.
func (p *pen) text(x, cy float32, s string, i ink) float32 {
	if s == "" {
		return x
	}
	t := canvas.NewText(s, theme.Color(i.token))
	t.TextSize = i.size * p.scale
	t.TextStyle = i.style()
	m := fyne.MeasureText(s, t.TextSize, t.TextStyle)
	w, h := m.Width/p.scale, m.Height/p.scale
	p.place(t, x, cy-h/2-0.075*i.size, w, h)
	return x + w
}

// textRight draws a line that ends at x.
func (p *pen) textRight(x, cy float32, s string, i ink) float32 {
	w := textWidth(s, i)
	p.text(x-w, cy, s, i)
	return x - w
}

// textMid draws a line centred on x.
func (p *pen) textMid(x, cy float32, s string, i ink) {
	p.text(x-textWidth(s, i)/2, cy, s, i)
}

// textFit draws a line cut to a width.
func (p *pen) textFit(x, cy, width float32, s string, i ink) float32 {
	return p.text(x, cy, fit(s, i, width), i)
}

// box is how a rectangle is drawn.
type box struct {
	fill, line fyne.ThemeColorName
	lineWidth  float32
	radius     float32
	foot       float32 // radius of the two lower corners alone
	shadow     bool
}

// rect draws a rectangle; a border lies inside its bounds.
func (p *pen) rect(x, y, w, h float32, b box) {
	r := canvas.NewRectangle(color.Transparent)
	if b.fill != "" {
		r.FillColor = theme.Color(b.fill)
	}
	if b.line != "" {
		r.StrokeColor = theme.Color(b.line)
		r.StrokeWidth = b.lineWidth
		if r.StrokeWidth == 0 {
			r.StrokeWidth = 1
		}
	}
	r.CornerRadius = b.radius * p.scale
	r.BottomLeftCornerRadius, r.BottomRightCornerRadius = b.foot*p.scale, b.foot*p.scale
	if b.shadow {
		r.Shadow = canvas.Shadow{Color: theme.Color(theme.Shade), BlurRadius: 8, Offset: fyne.NewPos(0, 1)}
	}
	p.place(r, x, y, w, h)
}

// bar is a filled rectangle with round ends.
func (p *pen) bar(x, y, w, h float32, fill fyne.ThemeColorName) {
	if w > 0 {
		p.rect(x, y, w, h, box{fill: fill, radius: min(w, h) / 2})
	}
}

// hair draws a horizontal hairline.
func (p *pen) hair(x, y, w float32) { p.rect(x, y, w, 1/p.scale, box{fill: theme.Line}) }

// hairDown draws a vertical hairline.
func (p *pen) hairDown(x, y, h float32) { p.rect(x, y, 1/p.scale, h, box{fill: theme.Line}) }

// line draws a straight line.
func (p *pen) line(x1, y1, x2, y2, width float32, token fyne.ThemeColorName) {
	l := canvas.NewLine(theme.Color(token))
	l.StrokeWidth = width * p.scale
	l.Position1 = fyne.NewPos(x1*p.scale, y1*p.scale)
	l.Position2 = fyne.NewPos(x2*p.scale, y2*p.scale)
	p.objects = append(p.objects, l)
}

// dashes draws a broken line.
func (p *pen) dashes(x1, y1, x2, y2, width float32, token fyne.ThemeColorName, dash, gap float32) {
	length := distance(x1, y1, x2, y2)
	if length == 0 || dash+gap <= 0 {
		return
	}
	dx, dy := (x2-x1)/length, (y2-y1)/length
	for at := float32(0); at < length; at += dash + gap {
		end := min(at+dash, length)
		p.line(x1+dx*at, y1+dy*at, x1+dx*end, y1+dy*end, width, token)
	}
}

// disc draws a circle about a centre; the border lies inside the radius.
func (p *pen) disc(cx, cy, r float32, fill, line fyne.ThemeColorName, width float32) {
	c := canvas.NewCircle(color.Transparent)
	if fill != "" {
		c.FillColor = theme.Color(fill)
	}
	if line != "" {
		c.StrokeColor = theme.Color(line)
		c.StrokeWidth = width * p.scale
	}
	p.place(c, cx-r, cy-r, 2*r, 2*r)
}

// icon draws an icon about a centre.
func (p *pen) icon(cx, cy, size float32, name string, token fyne.ThemeColorName) {
	res := theme.Icon(name, token)
	if res == nil {
		return
	}
	img := canvas.NewImageFromResource(res)
	img.FillMode = canvas.ImageFillContain
	p.place(img, cx-size/2, cy-size/2, size, size)
}

// ring draws the focus mark around a part with the given corner radius.
func (p *pen) ring(x, y, w, h, radius float32) {
	p.rect(x, y, w, h, box{line: theme.Accent, lineWidth: 2, radius: radius})
}
