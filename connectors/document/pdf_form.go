package document

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/apply"
)

// document prints cover, contents, sections, notes and the tables that need turned pages.
func (p *printer) document() {
	sections := p.a.Sections
	covered := len(sections) > 0 && sections[0].Key == "cover"
	if covered {
		p.cover(sections[0])
		sections = sections[1:]
		p.contents()
	}
	p.newPage(false)
	if p.a.Kind == apply.KindOnboarding {
		p.font(true, sizeTitle)
		p.centre(p.y+6, p.a.Title)
		p.y += 16
	}
	for i, s := range sections {
		if s.Key == "promise" || i > 0 && sections[i-1].Key == "promise" {
			p.whole(s)
		}
		p.section(s)
	}
	if !covered {
		p.notes()
	}
	for i, t := range p.annex {
		if i == 0 {
			p.newPage(true)
		}
		t.Title = annexName(p.annex, i) + "　" + t.Title
		p.mark(t.Title, p.y)
		p.table(t)
	}
}

// whole turns the page unless all of a section fits on this one: what is signed and sealed is not parted.
func (p *printer) whole(s apply.Section) {
	p.font(true, sizeHead)
	h := p.line() + 8
	if s.Key == "promise" {
		p.font(false, sizeBody)
		for _, t := range s.Text {
			h += 1 + p.line()*float64(len(wrap("　　"+t, p.width, p.measure)))
		}
		h += signHeight + 6
	} else {
		for _, t := range s.Tables {
			h += p.tableHeight(t)
		}
	}
	if p.y+h > p.bottom && p.y > marginTop {
		p.newPage(false)
	}
}

// sealRoom is the height of the place for the seal with the white around it.
const sealRoom = 50.0

// cover prints title, fields on ruled lines and the place for the seal on one page; long names take from the white.
func (p *printer) cover(s apply.Section) {
	const label = 44.0
	p.newPage(false)
	p.font(true, sizeTitle)
	title := wrap(p.a.Title, p.width, p.measure)
	need := float64(len(title))*p.line() + sealRoom
	p.font(false, sizeHead)
	values := make([][]string, len(s.Fields))
	for i, f := range s.Fields {
		values[i] = wrap(shown(f), p.width-label-4, p.measure)
		need += float64(len(values[i]))*(p.line()+1) + 4
	}
	white := max(min(p.bottom-p.y-need, 68), 0) / 2
	p.y += white
	p.font(true, sizeTitle)
	for _, l := range title {
		p.centre(p.y+p.line()*0.74, l)
		p.y += p.line()
	}
	p.y += white * 0.7
	p.font(false, sizeHead)
	for i, f := range s.Fields {
		p.text(p.left+2, p.y+p.line()*0.74, f.Label)
		for _, l := range values[i] {
			p.room(p.line())
			p.text(p.left+label+2, p.y+p.line()*0.74, l)
			p.pdf.Line(p.left+label, p.y+p.line(), p.left+p.width, p.y+p.line())
			p.y += p.line() + 1
		}
		p.y += 4
	}
	p.y = max(p.y, p.bottom-75)
	p.room(sealRoom)
	p.sealPlace(p.left+p.width-80, p.y+2, "盖章处（打印后加盖公章）")
}

func (p *printer) notes() {
	if len(p.a.Notes) == 0 {
		return
	}
	p.font(true, sizeCell)
	p.room(2 * p.line())
	p.text(p.left, p.y+p.line()*0.74, "说明")
	p.y += p.line()
	for i, n := range p.a.Notes {
		p.font(false, 9)
		p.paragraph(number(i+1)+". "+n, 0)
	}
}

// paragraph prints wrapped text, indent given in characters.
func (p *printer) paragraph(s string, indent int) {
	for _, l := range wrap(strings.Repeat("　", indent)+s, p.width, p.measure) {
		p.room(p.line())
		p.text(p.left, p.y+p.line()*0.74, l)
		p.y += p.line()
	}
}

// section prints a heading, the fields in a grid, texts and tables. A table too wide for the page is put off to the end.
func (p *printer) section(s apply.Section) {
	p.font(true, sizeHead)
	p.room(p.line() + 25)
	p.y += 4
	p.mark(s.Title, p.y)
	p.text(p.left, p.y+p.line()*0.74, s.Title)
	p.y += p.line() + 2
	if s.Key == "promise" {
		p.texts(s)
		p.promise(s)
		return
	}
	p.fields(s.Fields)
	p.texts(s)
	for _, t := range s.Tables {
		if len(t.Columns) > mostColumns {
			p.annex = append(p.annex, t)
			p.font(false, sizeCell)
			p.y += 2
			p.paragraph(t.Title+"：共 "+number(len(t.Rows))+" 行，见文末附表。", 0)
			continue
		}
		p.table(t)
	}
}

func (p *printer) texts(s apply.Section) {
	if len(s.Text) == 0 {
		return
	}
	p.y += 2
	for _, t := range s.Text {
		p.font(false, sizeCell)
		if s.Key == "promise" {
			p.font(false, sizeBody)
			p.y += 1
		}
		p.paragraph(t, 2)
	}
	p.y += 2
}

// signHeight is the room that pen and seal need.
const signHeight = 75.0

// promise leaves the places for pen and seal.
func (p *printer) promise(s apply.Section) {
	p.font(false, sizeBody)
	p.room(signHeight)
	p.y += 4
	top := p.y
	for _, f := range s.Fields {
		p.font(false, sizeBody)
		p.text(p.left, p.y+p.line()*0.74, f.Label+"："+shown(f))
		p.y += p.line() + 6
	}
	p.sealPlace(p.left+p.width-80, top+8, "盖章处（打印后加盖公章）")
	p.y = max(p.y, top+58)
}

// shown is what stands on paper for a field: boxes for a choice, 待补充 for a required field without a value.
func shown(f apply.Field) string {
	if len(f.Options) == 0 {
		return apply.Printed(f)
	}
	var b strings.Builder
	for i, o := range f.Options {
		if i > 0 {
			b.WriteString(" ")
		}
		if o.On {
			b.WriteRune(boxOn)
		} else {
			b.WriteRune(boxOff)
		}
		b.WriteString(o.Text)
	}
	return b.String()
}
