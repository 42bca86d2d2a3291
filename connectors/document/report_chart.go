package document

import (
	"math"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"github.com/shangyuntong/shangyun/survey/report"
)

const radarHigh = 92.0

// radar draws the axes in per cent: now filled, after as a dashed line.
func (d *drawing) radar(axes []report.Axis) {
	d.room(radarHigh)
	cx, cy, r := d.left+d.width/2, d.y+radarHigh/2+1, 33.0
	at := func(i int, percent float64) fpdf.PointType {
		a := 2*math.Pi*float64(i)/float64(len(axes)) - math.Pi/2
		return fpdf.PointType{X: cx + r*percent/100*math.Cos(a), Y: cy + r*percent/100*math.Sin(a)}
	}
	polygon := func(percent func(report.Axis) int) []fpdf.PointType {
		out := make([]fpdf.PointType, len(axes))
		for i, x := range axes {
			out[i] = at(i, float64(min(max(percent(x), 0), 100)))
		}
		return out
	}
	for _, ring := range []int{25, 50, 75, 100} {
		d.pen(hair, 0.2)
		d.pdf.Polygon(polygon(func(report.Axis) int { return ring }), "D")
	}
	after := false
	d.font(false, 6.5)
	d.ink(muted)
	for i, x := range axes {
		to := at(i, 100)
		d.pdf.Line(cx, cy, to.X, to.Y)
		after = after || x.After >= 0
	}
	for _, ring := range []int{25, 50, 75, 100} {
		d.text(cx+0.8, cy-r*float64(ring)/100+2.2, number(ring))
	}
	d.pdf.SetAlpha(0.18, "Normal")
	d.fill(accent)
	d.pdf.Polygon(polygon(func(x report.Axis) int { return x.Now }), "F")
	d.pdf.SetAlpha(1, "Normal")
	d.pen(accent, 0.6)
	d.pdf.Polygon(polygon(func(x report.Axis) int { return x.Now }), "D")
	if after {
		d.pen(ink, 0.4)
		d.pdf.SetDashPattern([]float64{1.4, 1}, 0)
		d.pdf.Polygon(polygon(func(x report.Axis) int { return x.After }), "D")
		d.pdf.SetDashPattern([]float64{}, 0)
	}
	d.radarNames(axes, at, cx, cy)
	d.legend(after, d.left, d.y+4)
	d.y += radarHigh
}

func (d *drawing) radarNames(axes []report.Axis, at func(int, float64) fpdf.PointType, cx, cy float64) {
	for i, x := range axes {
		d.fill(accent)
		dot := at(i, float64(min(max(x.Now, 0), 100)))
		d.pdf.Circle(dot.X, dot.Y, 0.9, "F")
		words := number(x.Now) + "%"
		if x.After >= 0 && x.After != x.Now {
			words += "→" + number(x.After) + "%"
		}
		p := at(i, 112)
		put := func(s string, dy float64, bold bool) {
			d.font(bold, 8.5)
			w := d.length(s)
			left := p.X - w/2
			switch {
			case p.X > cx+4:
				left = p.X
			case p.X < cx-4:
				left = p.X - w
			}
			d.text(left, p.Y+dy, s)
		}
		up := 0.0
		if p.Y < cy-30 {
			up = -3
		}
		d.ink(ink)
		put(x.Name, up, false)
		d.ink(accent)
		put(words, up+4, true)
	}
	d.ink(ink)
}

func (d *drawing) legend(after bool, x, y float64) {
	d.font(false, 8)
	d.ink(muted)
	d.fill(accent)
	d.pdf.Rect(x, y-2.2, 4, 2.2, "F")
	d.text(x+5.5, y, "现在")
	if after {
		d.pen(ink, 0.4)
		d.pdf.SetDashPattern([]float64{1.4, 1}, 0)
		d.pdf.Line(x+18, y-1.1, x+24, y-1.1)
		d.pdf.SetDashPattern([]float64{}, 0)
		d.text(x+25.5, y, "方案用起来之后（预测）")
	}
	d.ink(ink)
}

// bars draws one bar a line; the empty part is the gap.
func (d *drawing) bars(bars []report.Bar) {
	d.font(false, 8.5)
	name, figure := 84.0, 27.0
	track := d.width - name - figure
	for _, b := range bars {
		lines := wrap(b.Name, name-2, d.measure)
		h := max(float64(len(lines))*d.line(), 5)
		d.room(h)
		d.ink(ink)
		for i, l := range lines {
			d.text(d.left, d.y+float64(i)*d.line()+d.line()*0.74, l)
		}
		mid := d.y + h/2
		d.fill(colour{229, 232, 239})
		d.pdf.RoundedRect(d.left+name, mid-1.5, track, 3, 1, "1234", "F")
		if b.Have > 0 && b.Full > 0 {
			d.fill(accent)
			d.pdf.RoundedRect(d.left+name, mid-1.5, max(track*float64(min(b.Have, b.Full))/float64(b.Full), 2), 3, 1, "1234", "F")
		}
		d.text(d.left+d.width-d.length(b.Words), mid+1.1, b.Words)
		d.y += h + 0.8
	}
	d.y += 1
}

// path draws the levels with where the firm stands and where it goes.
func (d *drawing) path(p *report.Path) {
	const high = 19.0
	d.room(high)
	n := len(p.Names)
	if n < 2 {
		return
	}
	step, y := (d.width-30)/float64(n-1), d.y+6
	x := func(i int) float64 { return d.left + 15 + step*float64(i) }
	d.pen(hair, 0.8)
	d.pdf.Line(x(0), y, x(n-1), y)
	d.pen(accent, 1)
	d.pdf.Line(x(0), y, x(min(p.Now, n-1)), y)
	if p.Next > p.Now {
		d.pdf.SetDashPattern([]float64{1.6, 1.2}, 0)
		d.pdf.Line(x(p.Now), y, x(min(p.Next, n-1)), y)
		d.pdf.SetDashPattern([]float64{}, 0)
	}
	for i, name := range p.Names {
		word := ""
		d.pen(hair, 0.6)
		d.fill(white)
		switch {
		case i == p.Now:
			word = "现在"
			d.pen(accent, 0.6)
			d.fill(accent)
		case i == p.Next:
			word = "下一级"
			d.pen(accent, 0.8)
		case i < p.Now:
			d.pen(accent, 0.6)
			d.fill(accent)
		}
		size := 1.8
		if word != "" {
			size = 2.6
		}
		d.pdf.Circle(x(i), y, size, "FD")
		d.font(word != "", 9)
		d.ink(muted)
		if word != "" {
			d.ink(ink)
		}
		d.text(x(i)-d.length(name)/2, y+8, name)
		if word != "" {
			d.font(false, 8)
			d.ink(accent)
			d.text(x(i)-d.length(word)/2, y+12.2, word)
		}
		d.ink(ink)
	}
	d.y += high + 1
}

// phases draws the roadmap: bars on a year, then what each is made of.
func (d *drawing) phases(phases []report.Phase) {
	colours := []colour{{14, 122, 66}, accent, {109, 76, 196}}
	d.room(64)
	left, w := d.left+2, d.width-4
	x := func(month int) float64 { return left + w*float64(month)/12 }
	d.font(false, 7.5)
	d.ink(muted)
	for m := 0; m <= 12; m += 3 {
		s := number(m) + " 个月"
		at := x(m) - d.length(s)/2
		d.text(min(max(at, d.left), d.left+d.width-d.length(s)), d.y+3, s)
		d.pen(hair, 0.2)
		d.pdf.Line(x(m), d.y+5, x(m), d.y+12+float64(len(phases))*8)
	}
	d.y += 7
	for i, p := range phases {
		d.fill(colours[i%len(colours)])
		d.pdf.RoundedRect(x(p.From), d.y, x(p.To)-x(p.From), 6, 1, "1234", "F")
		d.ink(white)
		d.font(true, 8)
		s := number(i+1) + "　" + p.Name
		if d.length(s) > x(p.To)-x(p.From)-3 {
			s = number(i + 1)
		}
		d.text(x(p.From)+2, d.y+4.1, s)
		d.y += 8
	}
	d.y += 6
	d.ink(ink)
	for i, p := range phases {
		d.font(true, sizeProse)
		d.room(16)
		d.fill(colours[i%len(colours)])
		d.pdf.Rect(d.left, d.y+1, 3, 3, "F")
		d.lines(p.Name, d.left+5, d.width-5, 0)
		d.font(false, 9)
		d.ink(muted)
		d.lines("资金："+p.Money, d.left+5, d.width-5, 0)
		d.ink(ink)
		d.lines(strings.Join(p.Items, "；"), d.left+5, d.width-5, 0)
		d.y += 2
	}
}
