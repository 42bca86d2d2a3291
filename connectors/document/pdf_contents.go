package document

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/apply"
)

// mostColumns is how many columns a table may have on an upright page.
const mostColumns = 9

// annexName is 附表, numbered when there is more than one.
func annexName(annex []apply.Table, i int) string {
	if len(annex) == 1 {
		return "附表"
	}
	return "附表" + number(i+1)
}

// expectedHeads lists the heads without their pages, so that the first pass already leaves room for them.
func expectedHeads(a *apply.Application) []head {
	var out []head
	var annex []apply.Table
	for _, s := range a.Sections {
		if s.Key != "cover" {
			out = append(out, head{title: s.Title})
		}
		for _, t := range s.Tables {
			if len(t.Columns) > mostColumns {
				annex = append(annex, t)
			}
		}
	}
	for i, t := range annex {
		out = append(out, head{title: annexName(annex, i) + "　" + t.Title})
	}
	return out
}

// mark notes a head for the contents page and the viewer's outline. fpdf reckons an outline's height from the last page,
// so turned last pages are allowed for.
func (p *printer) mark(title string, y float64) {
	p.heads = append(p.heads, head{title, p.pdf.PageNo()})
	if p.endsWide != p.wide {
		if p.endsWide {
			y -= 297 - 210
		} else {
			y += 297 - 210
		}
	}
	p.pdf.Bookmark(title, 0, y)
}

// contents prints the page with the heads found by the pass before, and the notes.
func (p *printer) contents() {
	p.newPage(false)
	p.font(true, 18)
	p.y += 4
	p.centre(p.y+p.line()*0.74, "目　录")
	p.y += p.line() + 6
	p.font(false, sizeBody)
	dot := p.length("…")
	for _, h := range p.known {
		page := number(h.page)
		lines := wrap(h.title, p.width-20, p.measure)
		for i, l := range lines {
			p.text(p.left, p.y+p.line()*0.74, l)
			if i == len(lines)-1 {
				to := p.left + p.width - 8
				if n := int((to - p.left - p.length(l) - 1) / dot); n > 0 {
					p.text(to-float64(n)*dot, p.y+p.line()*0.74, strings.Repeat("…", n))
				}
				p.text(p.left+p.width-p.length(page), p.y+p.line()*0.74, page)
				link := p.pdf.AddLink()
				p.pdf.SetLink(link, 0, h.page)
				p.pdf.Link(p.left, p.y, p.width, p.line(), link)
			}
			p.y += p.line() + 1.5
		}
	}
	p.y += 12
	p.notes()
}
