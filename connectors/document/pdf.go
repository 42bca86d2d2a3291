package document

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

// Millimetres after GB/T 9704-2012: 天头 37, 订口 28, and what the 156 × 225 type area leaves. Sizes in points.
const (
	marginTop, marginBottom, marginLeft, marginRight  = 37.0, 35.0, 28.0, 26.0
	sizeTitle, sizeHead, sizeBody, sizeCell, sizeFine = 22.0, 14.0, 12.0, 10.5, 8.0
	pt                                                = 25.4 / 72
)

const face = "serif"

// PDF prints a form on A4 with its 申报表编号, page number, digest and QR on every page and the request attached. digest is
// the request's SHA-256 in hex, "" when there is none. It fails with E0206 when a character cannot be drawn.
func PDF(a apply.Application, request []byte, digest string, fonts Fonts) ([]byte, error) {
	x, err := newPress(fonts, &a)
	if err != nil {
		return nil, err
	}
	return paper{form: &a, layout: formLayout, request: request, digest: digest}.pdf(x)
}

// paper is one form to be printed.
type paper struct {
	form    *apply.Application
	layout  Layout
	prose   bool   // set as running text, with headings inside
	request []byte // attached to the PDF
	digest  string
}

func (j paper) printer(fonts Fonts, holds map[rune]bool) *printer {
	p := newPrinter(j.form, j.digest, Fonts{bytes.Clone(fonts.Regular), bytes.Clone(fonts.Bold)})
	p.lay, p.prose, p.holds = j.layout, j.prose, holds
	return p
}

// set prints the paper with these faces, which hold the characters of holds, all when it is nil.
func (j paper) set(fonts Fonts, holds map[rune]bool) *printer {
	p := j.printer(fonts, holds)
	p.known = expectedHeads(j.form)
	p.document()
	for range 3 { // the contents page needs the page of each head, and takes room itself
		if !covered(j.form) && !p.wide || p.missed != 0 {
			break
		}
		before := p
		p = j.printer(fonts, holds)
		p.known, p.endsWide, p.widths = before.heads, before.wide, before.widths
		p.document()
		if slices.Equal(p.heads, p.known) && p.wide == p.endsWide {
			break
		}
	}
	return p
}

func (j paper) pdf(x *press) ([]byte, error) {
	p := x.print(j)
	if len(j.request) > 0 {
		p.pdf.SetAttachments([]fpdf.Attachment{{Content: j.request, Filename: "request.json", Description: "报送数据"}})
	}
	var out bytes.Buffer
	if err := p.pdf.Output(&out); err != nil {
		return nil, &survey.Error{Code: survey.CodeInternal, Op: "document.pdf", Detail: "PDF 无法生成", Err: err}
	}
	return out.Bytes(), nil
}

// printer keeps the pen's place on the page. All lengths are millimetres.
type printer struct {
	pdf    *fpdf.Fpdf
	a      *apply.Application
	digest string
	code   [][]bool // QR
	y      float64
	left   float64
	width  float64
	bottom float64
	wide   bool // the page is turned
	bold   bool
	size   float64
	widths map[widthKey]float64

	lay    Layout
	prose  bool
	before float64 // room that must be left below the section's last paragraph

	sheet func() // begins a page instead of newPage; nil for forms

	annex    []apply.Table // tables too wide for an upright page; they follow at the end
	heads    []head        // what the contents page lists, as it is met
	known    []head        // the same from the pass before; nil in the first pass
	holds    map[rune]bool // the characters of the faces; nil: all
	missed   rune          // a character was printed that they do not hold; 0: none
	endsWide bool          // the last page is turned
}

// head is one line of the contents page.
type head struct {
	title string
	page  int
}

type widthKey struct {
	r    rune
	bold bool
}

func newPrinter(a *apply.Application, digest string, fonts Fonts) *printer {
	pdf := fpdf.New("P", "mm", "A4", "")
	day := formDay(a.Date)
	pdf.SetCreationDate(day)
	pdf.SetModificationDate(day)
	pdf.SetCatalogSort(true)
	pdf.SetProducer("shangyun", true)
	pdf.SetTitle(a.Title+" "+a.Number, true)
	pdf.SetLang("zh-CN")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.AddUTF8FontFromBytes(face, "", fonts.Regular)
	pdf.AddUTF8FontFromBytes(face, "B", fonts.Bold)
	p := &printer{pdf: pdf, a: a, digest: digest, lay: formLayout, widths: map[widthKey]float64{}}
	p.code = qr(a.Number, digest)
	p.font(false, sizeBody)
	return p
}

// formDay reads "2026年11月22日" back; a form without a date gets the day zero of PDF.
func formDay(s string) time.Time {
	d, err := survey.ParseDate(s)
	if err != nil || d.Day() == 0 {
		return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, 0, 0, time.UTC)
}

func (p *printer) font(bold bool, size float64) {
	style := ""
	if bold {
		style = "B"
	}
	p.bold, p.size = bold, size
	p.pdf.SetFont(face, style, size)
}

// measure gives the width of one rune in the current font.
func (p *printer) measure(r rune) float64 {
	if r == boxOn || r == boxOff {
		return p.size * pt
	}
	k := widthKey{r, p.bold}
	w, ok := p.widths[k]
	if !ok {
		p.miss(r)
		w = p.pdf.GetStringWidth(string(r)) / p.size
		p.widths[k] = w
	}
	return w * p.size
}

// miss notes a character that the cut faces do not hold.
func (p *printer) miss(r rune) {
	if p.holds != nil && r != '\n' && !p.holds[r] {
		p.missed = r
	}
}

func (p *printer) length(s string) float64 {
	var w float64
	for _, r := range s {
		w += p.measure(r)
	}
	return w
}

// line is the height of a text line in the current size; small print stands closer, running text as the layout says.
func (p *printer) line() float64 {
	if p.prose && p.size == p.lay.body() && p.lay.Pitch > 0 {
		return p.lay.Pitch * pt
	}
	if p.size <= sizeCell {
		return p.size * pt * 1.4
	}
	return p.size * pt * 1.5
}

// newPage begins a page and prints what stands on every page.
func (p *printer) newPage(wide bool) {
	if p.sheet != nil {
		p.sheet()
		return
	}
	p.wide = wide
	if wide {
		p.pdf.AddPageFormat("L", fpdf.SizeType{Wd: 210, Ht: 297})
		p.left, p.width, p.bottom, p.y = 20, 257, 210-22, 28
	} else {
		p.pdf.AddPageFormat("P", fpdf.SizeType{Wd: 210, Ht: 297})
		p.left, p.width, p.bottom, p.y = p.lay.Left, 210-p.lay.Left-p.lay.Right, 297-p.lay.Bottom, p.lay.Top
	}
	p.running()
}

// running prints header, footer and QR.
func (p *printer) running() {
	bold, size := p.bold, p.size
	high := p.bottom + 7
	top := p.y - 8
	p.font(false, sizeFine)
	p.text(p.left, top, p.a.Title+"　编号："+p.a.Number)
	const side = 15.0
	p.drawCode(p.left+p.width-side, p.y-4-side, side)
	p.pdf.SetLineWidth(0.2)
	p.pdf.Line(p.left, top+2, p.left+p.width-side-2, top+2)
	if p.digest != "" {
		p.font(false, 6.5)
		p.centre(high+7, "数据摘要 SHA-256："+p.digest)
	}
	p.font(false, sizeHead)
	p.pageNumber(high)
	p.font(bold, size)
}

// pageNumber prints "— 1 —" below the type area: on the outer side one character in, or centred.
func (p *printer) pageNumber(y float64) {
	s := "— " + number(p.pdf.PageNo()) + " —"
	switch in := p.size * pt; {
	case !p.lay.Outside:
		p.centre(y, s)
	case p.pdf.PageNo()%2 == 0:
		p.text(p.left+in, y, s)
	default:
		p.text(p.left+p.width-in-p.length(s), y, s)
	}
}

// room makes sure that h millimetres are left, by a new page if need be.
func (p *printer) room(h float64) {
	if p.y+h > p.bottom {
		p.newPage(p.wide)
	}
}

func (p *printer) centre(y float64, s string) { p.text(p.left+(p.width-p.length(s))/2, y, s) }

// text prints one line with its baseline at y; boxes are drawn, since no CJK font has ☑.
func (p *printer) text(x, y float64, s string) {
	for _, r := range s {
		if r != boxOn && r != boxOff {
			p.miss(r)
		}
	}
	for s != "" {
		i := strings.IndexAny(s, string([]rune{boxOn, boxOff}))
		if i < 0 {
			p.pdf.Text(x, y, s)
			return
		}
		if i > 0 {
			p.pdf.Text(x, y, s[:i])
			x += p.length(s[:i])
		}
		on := strings.HasPrefix(s[i:], string(boxOn))
		p.drawBox(x, y, on)
		x += p.size * pt
		s = s[i+len(string(boxOn)):]
	}
}
