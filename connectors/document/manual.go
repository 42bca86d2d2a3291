package document

import (
	"bytes"
	"image"
	_ "image/png" // the manual's pictures
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/manual"
	"github.com/shangyuntong/shangyun/survey/report"
)

// Manual prints a manual on A4: a cover with the version, the contents with page numbers, the chapters with their pictures, and the terms as the last
// chapter. picture gives a PNG by its name in the text; one that is not there is printed as its caption. Equal inputs give equal bytes. It fails with
// E0206 when a character cannot be drawn.
func Manual(m manual.Manual, terms []manual.Term, version string, picture func(name string) []byte, fonts Fonts) ([]byte, error) {
	r := report.Report{Title: m.Title, Firm: "版本 " + version}
	for _, c := range append(m.Chapters, chapterOf(terms)...) {
		r.Chapters = append(r.Chapters, report.Chapter{Title: c.Title, Blocks: []report.Block{{Text: wordsOf(c)}}})
	}
	if err := checkReport(&r, fonts); err != nil {
		return nil, err
	}
	p := newPrinter(&apply.Application{Title: m.Title}, "", fonts)
	d := &handbook{drawing: &drawing{printer: p, r: &r}, picture: picture}
	p.sheet = d.sheet
	d.front(m.Lead)
	d.sheet() // the contents, drawn at the end
	for _, c := range append(m.Chapters, chapterOf(terms)...) {
		d.part(c)
	}
	d.contents()
	var out bytes.Buffer
	if err := p.pdf.Output(&out); err != nil {
		return nil, &survey.Error{Code: survey.CodeInternal, Op: "document.manual", Detail: "PDF 无法生成", Err: err}
	}
	return out.Bytes(), nil
}

// chapterOf makes a chapter of the terms; none of none.
func chapterOf(terms []manual.Term) []manual.Chapter {
	if len(terms) == 0 {
		return nil
	}
	c := manual.Chapter{Title: "名词表"}
	for _, t := range terms {
		s := manual.Section{Title: t.Name}
		for _, text := range append(t.Text, "出处："+t.Source) {
			s.Blocks = append(s.Blocks, manual.Block{Kind: manual.Prose, Text: text})
		}
		c.Sections = append(c.Sections, s)
	}
	return []manual.Chapter{c}
}

// wordsOf are all words of a chapter, for the check of their characters.
func wordsOf(c manual.Chapter) []string {
	var out []string
	add := func(blocks []manual.Block) {
		for _, b := range blocks {
			out = append(append(out, b.Text), b.Items...)
			for _, row := range b.Rows {
				out = append(out, row...)
			}
		}
	}
	add(c.Blocks)
	for _, s := range c.Sections {
		out = append(out, s.Title)
		add(s.Blocks)
	}
	return out
}

// handbook is a drawing whose blocks are those of a manual.
type handbook struct {
	*drawing
	picture func(name string) []byte
}

// front is the first page.
func (d *handbook) front(lead []manual.Block) {
	d.sheet()
	d.fill(accent)
	d.pdf.Rect(0, 0, 210, 84, "F")
	d.ink(white)
	d.font(false, 11)
	d.text(d.left, 26, "上云通")
	d.font(true, 28)
	d.text(d.left, 48, d.r.Title)
	d.font(false, 13)
	d.text(d.left, 64, d.r.Firm)
	d.ink(ink)
	d.y = 102
	for _, b := range lead {
		d.block(b)
	}
}

func (d *handbook) part(c manual.Chapter) {
	d.sheet()
	d.heads = append(d.heads, head{c.Title, d.pdf.PageNo()})
	d.pdf.Bookmark(c.Title, 0, d.y)
	d.font(true, sizeChapter)
	d.ink(accent)
	d.lines(c.Title, d.left, d.width, 2)
	d.ink(ink)
	for _, b := range c.Blocks {
		d.block(b)
	}
	for _, s := range c.Sections {
		d.font(true, sizeBlock+0.5)
		d.y += 1.5
		d.room(d.line() + 14)
		d.pdf.Bookmark(s.Title, 1, d.y)
		d.font(true, sizeBlock+0.5)
		d.fill(accent)
		d.pdf.Rect(d.left, d.y+0.9, 1.1, d.line()-1.8, "F")
		d.lines(s.Title, d.left+3, d.width-3, 1.2)
		for _, b := range s.Blocks {
			d.block(b)
		}
	}
}

// block prints one block of the text.
func (d *handbook) block(b manual.Block) {
	d.font(false, 10.5)
	switch b.Kind {
	case manual.Prose:
		d.lines(b.Text, d.left, d.width, 2)
	case manual.Bullets, manual.Steps:
		for i, s := range b.Items {
			mark := "•"
			if b.Kind == manual.Steps {
				mark = number(i+1) + "."
			}
			d.room(d.line())
			d.text(d.left+1, d.y+d.line()*0.74, mark)
			d.lines(s, d.left+8, d.width-8, 1)
		}
		d.y++
	case manual.Code:
		d.font(false, 9)
		h := float64(len(b.Items))*d.line() + 4
		d.room(min(h, 60))
		d.fill(band)
		d.pdf.Rect(d.left, d.y, d.width, h, "F")
		d.y += 2
		for _, s := range b.Items {
			d.lines(s, d.left+4, d.width-8, 0)
		}
		d.y += 4
	case manual.Table:
		d.grid(&report.Table{Columns: b.Rows[0], Widths: shares(len(b.Rows[0])), Rows: b.Rows[1:]})
		d.y += 3
	case manual.Picture:
		d.image(b)
	}
}

// shares are widths in which the first column is narrower than the others.
func shares(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = 100 - 60/n
	}
	out[0] = 40
	return out
}

// image prints a picture as wide as the page with its caption.
func (d *handbook) image(b manual.Block) {
	data := d.picture(b.File)
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err == nil && size.Width > 0 {
		w := d.width * 0.86
		h := w * float64(size.Height) / float64(size.Width)
		d.room(h + 8)
		d.pdf.RegisterImageOptionsReader(b.File, fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(data))
		d.pdf.ImageOptions(b.File, d.left, d.y, w, h, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
		d.pen(hair, 0.2)
		d.pdf.Rect(d.left, d.y, w, h, "D")
		d.y += h + 1.5
	}
	d.font(false, 8.5)
	d.ink(muted)
	d.lines(b.Text, d.left, d.width, 3)
	d.ink(ink)
}

// contents fills the second page, and prints header and page number on every page but the cover.
func (d *handbook) contents() {
	d.r.Number, d.digest = strings.TrimPrefix(d.r.Firm, "版本 "), ""
	d.listHeads()
	pages := d.pdf.PageNo()
	for n := 2; n <= pages; n++ {
		d.turnTo(n)
		d.font(true, sizeFine+0.1)
		d.font(false, sizeFine)
		d.ink(muted)
		d.text(d.left, 14, d.r.Title+"　"+d.r.Firm)
		d.pen(hair, 0.2)
		d.pdf.Line(d.left, 16.5, d.left+d.width, 16.5)
		page := "第 " + number(n) + " 页，共 " + number(pages) + " 页"
		d.text(d.left+d.width-d.length(page), 286, page)
	}
	d.turnTo(pages)
}
