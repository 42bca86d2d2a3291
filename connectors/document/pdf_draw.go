package document

import (
	"strconv"

	"github.com/skip2/go-qrcode"
)

// Private-use signs that stand for drawn boxes inside a line; values cannot hold them (the font check refuses them).
const (
	boxOn  = '\uE001'
	boxOff = '\uE002'
)

func number(n int) string { return strconv.Itoa(n) }

// drawBox draws ☐ or ☑ in the place of one full-width character.
func (p *printer) drawBox(x, y float64, on bool) {
	s := p.size * pt
	side := s * 0.72
	x, top := x+s*0.1, y-side*0.95
	p.pdf.SetLineWidth(0.25)
	p.pdf.Rect(x, top, side, side, "D")
	if on {
		p.pdf.SetLineWidth(0.45)
		p.pdf.Line(x+side*0.18, top+side*0.52, x+side*0.42, top+side*0.78)
		p.pdf.Line(x+side*0.42, top+side*0.78, x+side*0.84, top+side*0.22)
		p.pdf.SetLineWidth(0.2)
	}
}

// qr makes the bitmap of the form's number and digest; nil when it would not fit.
func qr(number, digest string) [][]bool {
	q, err := qrcode.New(number+" "+digest, qrcode.Medium)
	if err != nil {
		return nil
	}
	q.DisableBorder = true
	return q.Bitmap()
}

// codePicture is the QR as a PNG for a template, empty when it would not fit.
func codePicture(number, digest string) Picture {
	q, err := qrcode.New(number+" "+digest, qrcode.Medium)
	if err != nil {
		return Picture{}
	}
	q.DisableBorder = true
	data, err := q.PNG(-4)
	if err != nil {
		return Picture{}
	}
	return Picture{Part: codePart, Data: data}
}

// drawCode draws the QR as rectangles, one per run of dark modules.
func (p *printer) drawCode(x, y, side float64) {
	if len(p.code) == 0 {
		return
	}
	m := side / float64(len(p.code))
	p.pdf.SetFillColor(0, 0, 0)
	for i, row := range p.code {
		for j := 0; j < len(row); j++ {
			from := j
			for j < len(row) && row[j] {
				j++
			}
			if j > from {
				p.pdf.Rect(x+float64(from)*m, y+float64(i)*m, float64(j-from)*m, m, "F")
			}
		}
	}
}

// sealPlace leaves the 80 × 45 mm block where the seal is stamped by hand.
func (p *printer) sealPlace(x, y float64, label string) {
	p.pdf.SetDrawColor(150, 150, 150)
	p.pdf.SetDashPattern([]float64{1.5, 1.5}, 0)
	p.pdf.SetLineWidth(0.2)
	p.pdf.Rect(x, y, 80, 45, "D")
	p.pdf.SetDashPattern([]float64{}, 0)
	p.pdf.SetDrawColor(0, 0, 0)
	bold, size := p.bold, p.size
	p.font(false, sizeFine)
	p.pdf.SetTextColor(120, 120, 120)
	p.text(x+2, y+4.5, label)
	p.pdf.SetTextColor(0, 0, 0)
	p.font(bold, size)
}
