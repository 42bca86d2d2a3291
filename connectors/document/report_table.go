package document

import "github.com/shangyuntong/shangyun/survey/report"

// verdicts are words that a cell shows in a colour.
var verdicts = map[string]colour{
	"满足": good, "达到": good, "已附": good, "已联网": good, "可直接接入": good, "已达到": good,
	"不满足": bad, "未达到": bad, "缺": bad, "需加装采集": bad,
	"待核实": amber, "加网关可接": amber, "没有确认": amber, "没有回答": amber, "本项已附文件，是否为此件待核对": amber,
}

// Millimetres around a table cell's text.
const cellPad, cellRise = 1.3, 0.7

// grid prints a table with its head on every page and hairlines between the rows. A row higher than a page is cut between lines.
func (d *drawing) grid(t *report.Table) {
	widths := d.shares(t)
	d.tableHead(t, widths)
	for i, r := range t.Rows {
		d.tableRow(t, r, widths, i)
	}
	if t.More != "" {
		d.font(true, sizeTable)
		d.room(d.line() + 2)
		d.y += 1
		d.lines(t.More, d.left+cellPad, d.width-2*cellPad, 0)
	}
	d.pen(hair, 0.3)
	d.pdf.Line(d.left, d.y, d.left+d.width, d.y)
	d.y += 1.2
}

func (d *drawing) shares(t *report.Table) []float64 {
	total := 0
	for _, w := range t.Widths {
		total += w
	}
	out := make([]float64, len(t.Columns))
	for i := range out {
		out[i] = d.width / float64(len(out))
		if total > 0 && i < len(t.Widths) {
			out[i] = d.width * float64(t.Widths[i]) / float64(total)
		}
	}
	return out
}

func (d *drawing) broken(cells []string, widths []float64) (lines [][]string, most int) {
	lines, most = make([][]string, len(widths)), 1
	for i := range widths {
		if i < len(cells) {
			lines[i] = wrap(cells[i], widths[i]-2*cellPad, d.measure)
			most = max(most, len(lines[i]))
		}
	}
	return lines, most
}

// headHeight is the height of a table's head and its first row.
func (d *drawing) headHeight(t *report.Table) float64 {
	widths := d.shares(t)
	d.font(true, sizeTable)
	_, n := d.broken(t.Columns, widths)
	h := float64(n)*d.line() + 2*cellRise
	if len(t.Rows) > 0 {
		d.font(false, sizeTable)
		_, n = d.broken(t.Rows[0], widths)
		h += float64(n)*d.line() + 2*cellRise
	}
	return h
}

func (d *drawing) tableHead(t *report.Table, widths []float64) {
	d.font(true, sizeTable)
	lines, n := d.broken(t.Columns, widths)
	h := float64(n)*d.line() + 2*cellRise
	d.room(h + d.line() + 2*cellRise)
	d.fill(accent)
	d.pdf.Rect(d.left, d.y, d.width, h, "F")
	d.ink(white)
	x := d.left
	for i, w := range widths {
		y := d.y + cellRise
		for _, l := range lines[i] {
			d.text(x+cellPad, y+d.line()*0.74, l)
			y += d.line()
		}
		x += w
	}
	d.ink(ink)
	d.y += h
	d.font(false, sizeTable)
}

func (d *drawing) tableRow(t *report.Table, cells []string, widths []float64, at int) {
	d.font(false, sizeTable)
	lines, n := d.broken(cells, widths)
	whole := float64(n)*d.line() + 2*cellRise
	turn := func() {
		d.sheet()
		d.tableHead(t, widths)
	}
	after := 0.0 // so that neither the last row nor the source stands alone on the next page
	switch at {
	case len(t.Rows) - 2:
		_, last := d.broken(t.Rows[at+1], widths)
		after = float64(last)*d.line() + 2*cellRise + 6
	case len(t.Rows) - 1:
		after = 6
	}
	if d.y+whole+after > d.bottom && whole+after < (d.bottom-sheetTop)*0.6 {
		turn()
	}
	for done := 0; done < n; {
		fit := int((d.bottom - d.y - 2*cellRise) / d.line())
		if fit < 1 {
			turn()
			continue
		}
		take := min(fit, n-done)
		d.stripe(cells, lines, widths, done, take, at%2 == 1)
		if done += take; done < n {
			turn()
		}
	}
}

// stripe prints lines [from, from+take) of a row.
func (d *drawing) stripe(cells []string, lines [][]string, widths []float64, from, take int, shade bool) {
	h := float64(take)*d.line() + 2*cellRise
	if shade {
		d.fill(band)
		d.pdf.Rect(d.left, d.y, d.width, h, "F")
	}
	x := d.left
	for i, w := range widths {
		if i < len(cells) {
			if c, ok := verdicts[cells[i]]; ok {
				d.ink(c)
			}
		}
		y := d.y + cellRise
		for _, l := range lines[i][min(from, len(lines[i])):min(from+take, len(lines[i]))] {
			d.text(x+cellPad, y+d.line()*0.74, l)
			y += d.line()
		}
		d.ink(ink)
		x += w
	}
	d.y += h
	d.pen(hair, 0.15)
	d.pdf.Line(d.left, d.y, d.left+d.width, d.y)
}
