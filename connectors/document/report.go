package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"

	"codeberg.org/go-pdf/fpdf"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/report"
)

// ReportData is the name of the JSON that is attached inside a report.
const ReportData = "report.json"

// Millimetres and points of a report's page.
const (
	sheetLeft, sheetTop, sheetBottom                          = 16.0, 21.0, 17.0
	sheetWidth                                                = 210 - 2*sheetLeft
	sizeChapter, sizeBlock, sizeProse, sizeTable, sizeCaption = 17.0, 11.5, 9.5, 8.0, 7.0
)

// Report draws a diagnosis report on A4 with its charts as vectors, its contents with page numbers, and data attached as report.json; the
// SHA-256 of data stands on every page and in the cover's QR. Equal inputs give equal bytes. It fails with E0206 when a character cannot be drawn.
func Report(r report.Report, data []byte, fonts Fonts) ([]byte, error) {
	if err := checkReport(&r, fonts); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	p := newPrinter(&apply.Application{Title: r.Title, Number: r.Number, Date: r.Date.Chinese()}, hex.EncodeToString(sum[:]), fonts)
	d := &drawing{printer: p, r: &r}
	p.sheet = d.sheet
	p.pdf.SetSubject(r.Firm, true)
	d.cover()
	d.sheet() // the contents, drawn at the end
	for i := range r.Chapters {
		d.chapter(&r.Chapters[i])
	}
	d.finish()
	p.pdf.SetAttachments([]fpdf.Attachment{{Content: data, Filename: ReportData, Description: "诊断数据"}})
	var out bytes.Buffer
	if err := p.pdf.Output(&out); err != nil {
		return nil, &survey.Error{Code: survey.CodeInternal, Op: "document.report", Detail: "PDF 无法生成", Err: err}
	}
	return out.Bytes(), nil
}

// checkReport looks every character up in both faces.
func checkReport(r *report.Report, fonts Fonts) error {
	return printable("document.report", fonts, r.Texts())
}

// printable looks every character of some texts up in both faces and fails with E0206 naming the first one that is missing.
func printable(op string, fonts Fonts, texts []string) error {
	for _, data := range [][]byte{fonts.Regular, fonts.Bold} {
		c, err := newCoverage(data)
		if err != nil {
			return err
		}
		for _, t := range texts {
			for _, x := range t {
				if x != '\n' && !c.has(x) {
					return survey.Fail(survey.CodeGlyph, op, "“%s”中的字符“%c”（U+%04X）", brief(t), x, x)
				}
			}
		}
	}
	return nil
}

func brief(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}

// drawing is a printer on the sheets of one report.
type drawing struct {
	*printer
	r *report.Report
}

type colour [3]int

var (
	ink    = colour{31, 41, 55}
	muted  = colour{107, 114, 128}
	accent = colour{37, 83, 214}
	tint   = colour{237, 242, 254}
	band   = colour{247, 248, 251}
	hair   = colour{217, 221, 229}
	white  = colour{255, 255, 255}
	good   = colour{14, 122, 66}
	amber  = colour{173, 96, 0}
	bad    = colour{190, 33, 42}
)

func (d *drawing) ink(c colour)  { d.pdf.SetTextColor(c[0], c[1], c[2]) }
func (d *drawing) fill(c colour) { d.pdf.SetFillColor(c[0], c[1], c[2]) }
func (d *drawing) pen(c colour, width float64) {
	d.pdf.SetDrawColor(c[0], c[1], c[2])
	d.pdf.SetLineWidth(width)
}

// sheet begins a page; header and footer come at the end, when the number of pages is known.
func (d *drawing) sheet() {
	bold, size := d.bold, d.size
	d.pdf.AddPageFormat("P", fpdf.SizeType{Wd: 210, Ht: 297})
	d.left, d.width, d.bottom, d.y = sheetLeft, sheetWidth, 297-sheetBottom, sheetTop
	d.font(bold, size)
}

// line is tighter than on a form.
func (d *drawing) line() float64 {
	if d.size <= sizeTable {
		return d.size * pt * 1.27
	}
	return d.size * pt * 1.4
}

// lines prints wrapped text and moves down; it turns the page between lines.
func (d *drawing) lines(s string, x, width, gap float64) {
	for _, l := range wrap(s, width, d.measure) {
		d.room(d.line())
		d.text(x, d.y+d.line()*0.74, l)
		d.y += d.line()
	}
	d.y += gap
}

// tall is the height of wrapped text in the current font.
func (d *drawing) tall(s string, width float64) float64 {
	return float64(len(wrap(s, width, d.measure))) * d.line()
}

func (d *drawing) chapter(c *report.Chapter) {
	d.font(true, sizeChapter)
	if c.Own || d.y+d.tall(c.Title, d.width)+d.opening(c)+18 > d.bottom {
		d.sheet()
	} else {
		d.y += 4
	}
	d.heads = append(d.heads, head{c.Title, d.pdf.PageNo()})
	d.pdf.Bookmark(c.Title, 0, d.y)
	d.font(true, sizeChapter)
	d.ink(accent)
	d.lines(c.Title, d.left, d.width, 1)
	d.ink(ink)
	d.pen(accent, 0.6)
	d.pdf.Line(d.left, d.y, d.left+22, d.y)
	d.pen(hair, 0.2)
	d.pdf.Line(d.left+22, d.y, d.left+d.width, d.y)
	d.y += 4
	for i := range c.Blocks {
		d.block(&c.Blocks[i])
	}
}

func (d *drawing) block(b *report.Block) {
	if b.Title != "" {
		d.font(true, sizeBlock)
		d.room(d.line() + d.first(b))
		d.font(true, sizeBlock)
		d.fill(accent)
		d.pdf.Rect(d.left, d.y+0.9, 1.1, d.line()-1.8, "F")
		d.ink(ink)
		d.lines(b.Title, d.left+3, d.width-3, 1)
	}
	switch {
	case b.Warn:
		d.notice(b.Text)
	case len(b.Text) > 0:
		d.font(false, sizeProse)
		for _, s := range b.Text {
			d.lines(s, d.left, d.width, 1.2)
		}
	case len(b.List) > 0:
		d.list(b.List)
	case b.Table != nil:
		d.grid(b.Table)
	case len(b.Cards) > 0:
		d.cards(b.Cards)
	case len(b.Radar) > 0:
		d.radar(b.Radar)
	case len(b.Bars) > 0:
		d.bars(b.Bars)
	case b.Path != nil:
		d.path(b.Path)
	case b.Net != nil:
		d.net(b.Net)
	case len(b.Phases) > 0:
		d.phases(b.Phases)
	case len(b.Signs) > 0:
		d.signs(b.Signs)
	}
	if b.Source != "" {
		d.font(false, sizeCaption)
		d.ink(muted)
		d.lines("出处："+b.Source, d.left, d.width, 0)
		d.ink(ink)
	}
	d.y += 2.8
}

// opening is the height that a chapter's head takes along to the same page.
func (d *drawing) opening(c *report.Chapter) float64 {
	if len(c.Blocks) == 0 {
		return 0
	}
	h := d.first(&c.Blocks[0])
	if len(c.Blocks) > 1 && len(c.Blocks[0].Text) > 0 {
		h += d.first(&c.Blocks[1]) + 8
	}
	return min(h+8, 150)
}

// first is the least height that a block's title takes along to the same page.
func (d *drawing) first(b *report.Block) float64 {
	switch {
	case len(b.Radar) > 0:
		return radarHigh
	case b.Net != nil:
		return netHigh(b.Net)
	case b.Path != nil, len(b.Cards) > 0:
		return 30
	case len(b.Phases) > 0:
		return 64
	case b.Table != nil:
		return min(d.headHeight(b.Table)+4, 80)
	}
	return 16
}
