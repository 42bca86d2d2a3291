package part

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// pictureScale is how many points a PNG has for each pixel on screen.
const pictureScale = 2

// sheetOf lays a chart on a ground of the theme's surface, with a margin, at the size it asks for and at least 520 wide.
func sheetOf(o fyne.CanvasObject) *fyne.Container {
	ground := canvas.NewRectangle(theme.Color(theme.Surface))
	all := container.NewStack(ground, Pad(16, 20, 16, 20, o))
	min := all.MinSize()
	all.Resize(fyne.NewSize(max(min.Width, 520*theme.Scale()), min.Height))
	min = all.MinSize() // words that break lines know their height only now
	all.Resize(fyne.NewSize(all.Size().Width, max(min.Height, all.Size().Height)))
	return all
}

// PNG paints a chart in the colours of the theme in force, at twice its size on screen. The chart must be one that is not on screen.
func PNG(o fyne.CanvasObject) ([]byte, error) {
	sheet := sheetOf(o)
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetScale(pictureScale)
	size := sheet.Size() // the canvas makes its content as small as it may be
	c.SetContent(sheet)
	c.Resize(size)
	var out bytes.Buffer
	err := png.Encode(&out, c.Capture())
	return out.Bytes(), err
}

// SVG writes a chart as vector graphics in the colours of the theme in force; words stay words. Equal charts give equal bytes.
func SVG(o fyne.CanvasObject) []byte {
	sheet := sheetOf(o)
	c := software.NewCanvas() // gives the parts their renderers and the fonts their measures
	c.SetPadded(false)
	size := sheet.Size()
	c.SetContent(sheet)
	c.Resize(size)
	s := &svg{}
	s.see(sheet, fyne.NewPos(0, 0))
	return fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" font-family="'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif">
%s</svg>
`, num(size.Width), num(size.Height), num(size.Width), num(size.Height), s.out.String())
}

// svg collects elements.
type svg struct{ out strings.Builder }

func (s *svg) see(o fyne.CanvasObject, at fyne.Position) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	size := o.Size()
	switch v := o.(type) {
	case *fyne.Container:
		for _, c := range v.Objects {
			s.see(c, at)
		}
	case *canvas.Rectangle:
		s.rect(v, at, size)
	case *canvas.Circle:
		r := min(size.Width, size.Height) / 2
		fmt.Fprintf(&s.out, "<circle cx=\"%s\" cy=\"%s\" r=\"%s\"%s/>\n", num(at.X+size.Width/2), num(at.Y+size.Height/2), num(r-v.StrokeWidth/2), paint(v.FillColor, v.StrokeColor, v.StrokeWidth))
	case *canvas.Line:
		from := at.Subtract(o.Position())
		fmt.Fprintf(&s.out, "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"%s/>\n", num(from.X+v.Position1.X), num(from.Y+v.Position1.Y), num(from.X+v.Position2.X), num(from.Y+v.Position2.Y), paint(nil, v.StrokeColor, v.StrokeWidth))
	case *canvas.Text:
		s.text(v, at)
	case *canvas.ArbitraryPolygon:
		points := make([]string, len(v.Points))
		for i, p := range v.Points {
			points[i] = num(at.X+p.X) + "," + num(at.Y+p.Y)
		}
		fmt.Fprintf(&s.out, "<polygon points=\"%s\"%s/>\n", strings.Join(points, " "), paint(v.FillColor, v.StrokeColor, v.StrokeWidth))
	case *canvas.Image:
		s.icon(v, at, size)
	case interface{ scene() []fyne.CanvasObject }:
		for _, c := range v.scene() {
			s.see(c, at)
		}
	}
}

// scene is what a part paints at its present size.
func (d *drawn) scene() []fyne.CanvasObject {
	p := &pen{scale: theme.Scale()}
	if size := d.designSize(); size.Width > 0 && size.Height > 0 {
		d.paint(p, size)
	}
	return p.objects
}

// scene is what a panel is put together from.
func (p *panel) scene() []fyne.CanvasObject { return []fyne.CanvasObject{p.content} }

func (s *svg) rect(v *canvas.Rectangle, at fyne.Position, size fyne.Size) {
	w, half := v.StrokeWidth, v.StrokeWidth/2
	if clear(v.StrokeColor) {
		w, half = 0, 0
	}
	if clear(v.FillColor) && w == 0 || size.Width <= 0 || size.Height <= 0 {
		return
	}
	r := max(v.CornerRadius, 0)
	fmt.Fprintf(&s.out, "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"", num(at.X+half), num(at.Y+half), num(max(size.Width-w, 0)), num(max(size.Height-w, 0)))
	if r > 0 {
		fmt.Fprintf(&s.out, " rx=\"%s\"", num(min(r, size.Width/2, size.Height/2)))
	}
	fmt.Fprintf(&s.out, "%s/>\n", paint(v.FillColor, v.StrokeColor, w))
}

// text writes a word with its own width, so that a viewer with other fonts keeps it in its place.
func (s *svg) text(v *canvas.Text, at fyne.Position) {
	if strings.TrimSpace(v.Text) == "" {
		return
	}
	m := fyne.MeasureText(v.Text, v.TextSize, v.TextStyle)
	bold := ""
	if v.TextStyle.Bold {
		bold = ` font-weight="700"`
	}
	fmt.Fprintf(&s.out, "<text x=\"%s\" y=\"%s\" font-size=\"%s\"%s textLength=\"%s\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\"%s>%s</text>\n",
		num(at.X), num(at.Y+m.Height*0.78), num(v.TextSize), bold, num(m.Width), paint(v.Color, nil, 0), escapeXML(v.Text))
}

// icon lays an SVG icon in as it is.
func (s *svg) icon(v *canvas.Image, at fyne.Position, size fyne.Size) {
	if v.Resource == nil {
		return
	}
	inner := string(v.Resource.Content())
	i := strings.Index(inner, "<svg")
	if i < 0 {
		return
	}
	inner = strings.Replace(inner[i:], "<svg", fmt.Sprintf(`<svg x="%s" y="%s"`, num(at.X), num(at.Y)), 1)
	head, rest, ok := strings.Cut(inner, ">")
	if !ok {
		return
	}
	for _, name := range []string{"width", "height"} {
		if a := strings.Index(head, " "+name+"=\""); a >= 0 {
			if b := strings.Index(head[a+len(name)+3:], "\""); b >= 0 {
				head = head[:a] + head[a+len(name)+3+b+1:]
			}
		}
	}
	fmt.Fprintf(&s.out, "%s width=\"%s\" height=\"%s\">%s\n", head, num(size.Width), num(size.Height), rest)
}

// num writes a length with two digits at most, without a useless tail.
func num(f float32) string {
	s := strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", f), "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

func clear(c color.Color) bool {
	if c == nil {
		return true
	}
	_, _, _, a := c.RGBA()
	return a == 0
}

// paint writes fill and stroke.
func paint(fill, stroke color.Color, width float32) string {
	var out strings.Builder
	one := func(name string, c color.Color) {
		if clear(c) {
			if name == "fill" {
				out.WriteString(` fill="none"`)
			}
			return
		}
		n := color.NRGBAModel.Convert(c).(color.NRGBA)
		fmt.Fprintf(&out, ` %s="#%02x%02x%02x"`, name, n.R, n.G, n.B)
		if n.A < 255 {
			fmt.Fprintf(&out, ` %s-opacity="%s"`, name, num(float32(n.A)/255))
		}
	}
	one("fill", fill)
	if width > 0 && !clear(stroke) {
		one("stroke", stroke)
		fmt.Fprintf(&out, ` stroke-width="%s"`, num(width))
	}
	return out.String()
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escapeXML(s string) string { return escaper.Replace(s) }
