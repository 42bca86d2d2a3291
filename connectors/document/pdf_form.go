package document

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/apply"
)

// document prints cover, contents, sections, notes and the tables that need turned pages.
func (p *printer) document() {
	sections := p.a.Sections
	withCover := covered(p.a)
	if withCover {
		p.cover(sections[0])
		sections = sections[1:]
		p.contents()
	}
	p.newPage(false)
	if !withCover {
		p.title()
	}
	for i, s := range sections {
		if s.Key == "sign" && p.prose && i > 0 {
			p.section(s) // its room was kept by the text before
			continue
		}
		if signs(s) || i > 0 && sections[i-1].Key == "promise" {
			p.whole(s)
		}
		p.before = 0
		if p.prose && i+1 < len(sections) && sections[i+1].Key == "sign" && len(s.Tables) == 0 {
			p.before = signRoom(sections[i+1])
		}
		p.section(s)
	}
	if !withCover {
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

// covered tells whether the first section is a 封面.
func covered(a *apply.Application) bool { return len(a.Sections) > 0 && a.Sections[0].Key == "cover" }

// title prints the title on top of the first page, on as many lines as it needs.
func (p *printer) title() {
	p.font(true, p.lay.Title)
	for _, l := range wrap(p.a.Title, p.width, p.measure) {
		p.centre(p.y+6, l)
		p.y += p.line()
	}
	p.y += 3
}

// signs tells whether a section holds the places for pen and seal.
func signs(s apply.Section) bool { return s.Key == "promise" || s.Key == "sign" }

// whole turns the page unless all of a section fits on this one: what is signed and sealed is not parted.
func (p *printer) whole(s apply.Section) {
	p.font(true, p.lay.Head)
	h := p.line() + 8
	if signs(s) {
		p.font(false, p.lay.Body)
		for _, t := range s.Text {
			h += 1 + p.line()*float64(len(wrap("　　"+t, p.width, p.measure)))
		}
		h += signRoom(s) + 6
	} else {
		for _, t := range s.Tables {
			h += p.tableHeight(t)
		}
	}
	if p.y+h > p.bottom && p.y > p.lay.Top {
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
	p.heading(s.Title)
	if signs(s) {
		p.texts(s)
		p.promise(s)
		return
	}
	p.fields(s.Fields)
	if p.prose && len(s.Fields) > 0 {
		p.y += 3
	}
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

// heading prints the title of a section; one without a title goes on where the last one ended.
func (p *printer) heading(title string) {
	if title == "" {
		return
	}
	p.font(true, p.lay.Head)
	indent := 0.0
	if p.prose {
		indent = 2 * p.lay.body() * pt
	}
	p.room(p.line() + 25)
	if !p.prose {
		p.y += 4
	}
	p.mark(title, p.y)
	p.text(p.left+indent, p.y+p.line()*0.74, title)
	p.y += p.line() + 2
}

func (p *printer) texts(s apply.Section) {
	if len(s.Text) == 0 {
		return
	}
	if p.prose {
		for i, t := range s.Text {
			p.font(false, p.lay.body())
			if i == len(s.Text)-1 && p.before > 0 { // a seal never stands on a page without text
				p.room(p.line()*float64(len(wrap(t, p.width, p.measure))) + p.before)
			}
			p.paragraph(t, 0)
		}
		return
	}
	p.y += 2
	for _, t := range s.Text {
		p.font(false, sizeCell)
		if s.Key == "promise" {
			p.font(false, p.lay.Body)
			p.y += 1
		}
		p.paragraph(t, 2)
	}
	p.y += 2
}

// signRoom is the height that pen and seal need: less in a letter, where nothing stands below.
func signRoom(s apply.Section) float64 {
	if s.Key == "sign" {
		return 50
	}
	return 75
}

// promise leaves the places for pen and seal.
func (p *printer) promise(s apply.Section) {
	p.font(false, min(p.lay.Body, sizeHead))
	p.room(signRoom(s))
	gap, seal := 6.0, 8.0
	if s.Key == "sign" {
		gap, seal = 4, 0
	}
	p.y += 4
	top := p.y
	for _, f := range s.Fields {
		p.font(false, min(p.lay.Body, sizeHead))
		p.text(p.left, p.y+p.line()*0.74, f.Label+"："+shown(f))
		p.y += p.line() + gap
	}
	p.sealPlace(p.left+p.width-80, top+seal, "盖章处（打印后加盖公章）")
	p.y = max(p.y, top+seal+46)
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
