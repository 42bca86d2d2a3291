package document

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/apply"
)

// Millimetres around a cell's text, at its sides and above and below it.
const pad, rise = 1.4, 0.9

// cell is one box of a row.
type cell struct {
	text  string
	width float64
	right bool
	bold  bool
	shade bool
}

// rowLines wraps every cell.
func (p *printer) rowLines(cells []cell) [][]string {
	out := make([][]string, len(cells))
	for i, c := range cells {
		p.font(c.bold, p.size)
		out[i] = wrap(c.text, c.width-2*pad, p.measure)
	}
	return out
}

// height is what row will need.
func (p *printer) height(cells []cell) float64 {
	h := float64(tallest(p.rowLines(cells)))*p.line() + 2*rise
	p.font(false, p.size)
	return h
}

func tallest(lines [][]string) int {
	n := 1
	for _, l := range lines {
		n = max(n, len(l))
	}
	return n
}

// row prints cells of known height; head is printed again on each new page. A row higher than a page is cut between lines.
func (p *printer) row(cells []cell, head func()) {
	lines := p.rowLines(cells)
	n, done := tallest(lines), 0
	whole := float64(n)*p.line() + 2*rise
	if p.y+whole > p.bottom && p.y+whole-p.bottom < p.bottom-marginTop && p.fresh(whole) {
		p.turn(head)
	}
	for done < n {
		fit := int((p.bottom - p.y - 2*rise) / p.line())
		if fit < 1 {
			p.turn(head)
			continue
		}
		take := min(fit, n-done)
		p.boxes(cells, lines, done, take)
		done += take
		if done < n {
			p.turn(head)
		}
	}
}

// keepTogether turns the page when the last two rows would be parted, so that no row, and no total, stands alone.
func (p *printer) keepTogether(a, b []cell, head func()) {
	bold := p.bold
	h := p.height(a) + p.height(b)
	p.font(bold, p.size)
	if p.y+h > p.bottom && p.fresh(h) {
		p.turn(head)
	}
}

// fresh tells whether a row of height h fits on an empty page at all.
func (p *printer) fresh(h float64) bool {
	if p.wide {
		return h < 130
	}
	return h < 200
}

func (p *printer) turn(head func()) {
	size := p.size
	p.newPage(p.wide)
	if head != nil {
		head()
	}
	p.font(false, size)
}

func (p *printer) boxes(cells []cell, lines [][]string, from, take int) {
	h := float64(take)*p.line() + 2*rise
	x := p.left
	p.pdf.SetLineWidth(0.2)
	for i, c := range cells {
		if c.shade {
			p.pdf.SetFillColor(238, 240, 243)
			p.pdf.Rect(x, p.y, c.width, h, "F")
		}
		p.pdf.Rect(x, p.y, c.width, h, "D")
		p.font(c.bold, p.size)
		part := lines[i][min(from, len(lines[i])):min(from+take, len(lines[i]))]
		y := p.y + rise
		if take == tallest(lines) {
			y += (h - 2*rise - float64(len(part))*p.line()) / 2
		}
		for _, l := range part {
			at := x + pad
			if c.right {
				at = x + c.width - pad - p.length(strings.TrimRight(l, " "))
			}
			p.text(at, y+p.line()*0.74, l)
			y += p.line()
		}
		x += c.width
	}
	p.y += h
	p.font(false, p.size)
}

// table prints a table with its head repeated on every page and its total kept with the last row.
func (p *printer) table(t apply.Table) {
	size := tableSize(t)
	p.font(false, size)
	widths := p.columns(t)
	rows := p.tableRows(t, widths)
	start := p.height(p.cells(t, t.Columns, widths, true, true))
	for i, r := range rows {
		if i < 2 {
			start += p.height(r)
		}
	}
	p.font(true, sizeCell)
	p.room(min(start, 120) + p.line() + 6) // title, head and two rows stay together
	p.y += 3
	p.text(p.left, p.y+p.line()*0.74, t.Title)
	p.y += p.line() + 1
	p.font(false, size)
	head := func() {
		p.font(true, size)
		p.row(p.cells(t, t.Columns, widths, true, true), nil)
	}
	head()
	p.font(false, size)
	for i, r := range rows {
		if i == len(rows)-2 {
			p.keepTogether(r, rows[i+1], head)
		}
		p.row(r, head)
	}
	p.y += 3
}

// tableHeight is what a whole table would need on one page.
func (p *printer) tableHeight(t apply.Table) float64 {
	p.font(false, tableSize(t))
	widths := p.columns(t)
	h := p.height(p.cells(t, t.Columns, widths, true, true)) + p.line() + 10
	for _, r := range p.tableRows(t, widths) {
		h += p.height(r)
	}
	return h
}

// tableSize is the size of a table's text: smaller when there are many columns.
func tableSize(t apply.Table) float64 {
	if len(t.Columns) > 6 {
		return 9
	}
	return sizeCell
}

// tableRows are the body and total of a table.
func (p *printer) tableRows(t apply.Table, widths []float64) [][]cell {
	var rows [][]cell
	for _, r := range t.Rows {
		rows = append(rows, p.cells(t, r, widths, false, false))
	}
	if len(t.Rows) == 0 {
		rows = append(rows, []cell{{text: "（未登记）", width: p.width}})
	}
	if len(t.Total) > 0 {
		rows = append(rows, p.cells(t, t.Total, widths, true, false))
	}
	return rows
}

func (p *printer) cells(t apply.Table, texts []string, widths []float64, bold, shade bool) []cell {
	out := make([]cell, len(widths))
	for i := range widths {
		out[i] = cell{width: widths[i], bold: bold, shade: shade, right: i < len(t.Right) && t.Right[i] && !shade}
		if i < len(texts) {
			out[i].text = strings.TrimPrefix(texts[i], "\n")
		}
	}
	return out
}

// columns shares the width out: each column gets what its longest unbreakable word needs, then the rest by what its
// longest text would like.
func (p *printer) columns(t apply.Table) []float64 {
	n := len(t.Columns)
	least, wish := make([]float64, n), make([]float64, n)
	for k, r := range append(append([][]string{t.Columns}, t.Rows...), t.Total) {
		for i := 0; i < min(n, len(r)); i++ {
			p.font(true, p.size)
			least[i] = max(least[i], p.longestWord(r[i])+2*pad+0.3)
			like := p.length(r[i])
			if k == 0 {
				like /= 2 // a head may well take two lines
			}
			wish[i] = max(wish[i], min(like+2*pad+0.3, 70))
		}
	}
	p.font(false, p.size)
	var needed, wanted float64
	for i := range n {
		least[i] = min(max(least[i], 2*p.size*pt+2*pad), 60)
		wanted += max(wish[i]-least[i], 0)
		needed += least[i]
	}
	out := make([]float64, n)
	for i := range n {
		switch {
		case needed >= p.width:
			out[i] = least[i] * p.width / needed
		case wanted > 0:
			out[i] = least[i] + (p.width-needed)*max(wish[i]-least[i], 0)/wanted
		default:
			out[i] = least[i] + (p.width-needed)/float64(n)
		}
	}
	return out
}

// longestWord is the widest stretch that wrap would keep whole.
func (p *printer) longestWord(s string) float64 {
	var widest, now float64
	r := []rune(s)
	for i := range r {
		if i > 0 && (r[i-1] == '\n' || canBreak(r[i-1], r[i])) {
			now = 0
		}
		now += p.measure(r[i])
		widest = max(widest, now)
	}
	return widest
}
