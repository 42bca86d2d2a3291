package document

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/report"
)

// cover is the first page.
func (d *drawing) cover() {
	d.sheet()
	d.font(false, 14)
	d.fill(accent)
	band := max(78, 54+d.tall(d.r.Firm, d.width)+10)
	d.pdf.Rect(0, 0, 210, min(band, 297), "F")
	d.ink(white)
	d.font(false, 11)
	d.text(d.left, 26, "上云通")
	d.font(true, 30)
	d.text(d.left, 46, d.r.Title)
	d.y = 54
	d.font(false, 14)
	d.lines(d.r.Firm, d.left, d.width, 0)
	d.ink(ink)
	d.y = band + 18
	for _, p := range d.r.Cover {
		d.font(false, 10.5)
		h := d.tall(p.Value, d.width-44)
		d.room(h + 5)
		d.ink(muted)
		d.text(d.left, d.y+d.line()*0.74, p.Name)
		d.ink(ink)
		at := d.y
		d.lines(p.Value, d.left+42, d.width-44, 0)
		d.y = max(at+h, d.y) + 2
		d.pen(hair, 0.2)
		d.pdf.Line(d.left, d.y, d.left+d.width, d.y)
		d.y += 2.5
	}
	const side = 30.0
	d.room(side + 18)
	y := max(d.y+8, 215)
	d.drawCode(d.left, y, side)
	d.font(false, 8.5)
	d.ink(muted)
	d.y = y + 3
	for _, s := range []string{
		"二维码内是报告编号和附件数据的摘要（SHA-256）。", "附件 " + ReportData + " 装在本 PDF 内，含报告全文数据、案卷、评测、方案和补贴测算。",
		"等级与得分为自评推算；计划支出为预测；补贴为测算上限。",
	} {
		d.lines(s, d.left+side+8, d.width-side-8, 1)
	}
	d.ink(ink)
}

// notice prints a reservation in a tinted box.
func (d *drawing) notice(text []string) {
	d.font(false, 9)
	s := strings.Join(text, "\n")
	h := d.tall(s, d.width-9) + 4
	d.room(min(h, 60))
	if d.y+h <= d.bottom {
		d.fill(colour{255, 247, 230})
		d.pdf.Rect(d.left, d.y, d.width, h, "F")
		d.fill(amber)
		d.pdf.Rect(d.left, d.y, 1.1, h, "F")
	}
	d.y += 2
	d.ink(colour{120, 66, 0})
	d.lines(s, d.left+5, d.width-9, 2)
	d.ink(ink)
}

// list prints numbered points.
func (d *drawing) list(list []report.Entry) {
	for i, e := range list {
		d.font(true, sizeProse)
		h := d.tall(e.Head, d.width-10)
		d.room(min(h+8, 40))
		d.fill(accent)
		d.pdf.Circle(d.left+2.6, d.y+d.line()*0.5, 2.5, "F")
		d.ink(white)
		d.font(true, 8)
		n := number(i + 1)
		d.text(d.left+2.6-d.length(n)/2, d.y+3.65, n)
		d.ink(ink)
		d.font(true, sizeProse)
		d.lines(e.Head, d.left+8, d.width-8, 0)
		d.font(false, 9.5)
		d.ink(muted)
		if e.Text != "" {
			d.lines(e.Text, d.left+8, d.width-8, 0)
		}
		d.ink(ink)
		d.y += 1.8
	}
}

// cards prints figures side by side.
func (d *drawing) cards(cards []report.Card) {
	const gap = 3.5
	w := (d.width - gap*float64(len(cards)-1)) / float64(len(cards))
	inner := w - 6
	high := 0.0
	for _, c := range cards {
		h := 4.0
		d.font(false, 8.5)
		h += d.tall(c.Label, inner)
		d.font(true, d.fitting(c.Value, inner))
		h += d.tall(c.Value, inner) + 1
		d.font(false, 8)
		h += d.tall(c.Note, inner)
		high = max(high, h+2)
	}
	d.room(high)
	top := d.y
	for i, c := range cards {
		x := d.left + float64(i)*(w+gap)
		d.fill(tint)
		d.pdf.RoundedRect(x, top, w, high, 1.6, "1234", "F")
		d.y = top + 3
		d.font(false, 8.5)
		d.ink(muted)
		d.lines(c.Label, x+3, inner, 0)
		d.font(true, d.fitting(c.Value, inner))
		d.ink(ink)
		d.lines(c.Value, x+3, inner, 1)
		d.font(false, 8)
		d.ink(muted)
		d.lines(c.Note, x+3, inner, 0)
		d.ink(ink)
	}
	d.y = top + high + 1.5
}

// fitting is the largest size in which s stands on one line of width.
func (d *drawing) fitting(s string, width float64) float64 {
	for size := 15.0; size > 10; size-- {
		d.font(true, size)
		if d.length(s) <= width {
			return size
		}
	}
	return 10
}

// signs prints the places of the signatures.
func (d *drawing) signs(names []string) {
	w := (d.width - 8) / 2
	for i, n := range names {
		x := d.left + float64(i%2)*(w+8)
		if i%2 == 0 {
			d.room(62)
		}
		d.pen(hair, 0.3)
		d.pdf.RoundedRect(x, d.y, w, 54, 1.6, "1234", "D")
		d.font(true, 10.5)
		d.ink(ink)
		d.text(x+5, d.y+9, n)
		d.font(false, 9)
		d.ink(muted)
		d.text(x+5, d.y+30, "签字（盖章）：")
		d.text(x+5, d.y+47, "日期：　　　　年　　　月　　　日")
		d.pdf.Line(x+30, d.y+31, x+w-6, d.y+31)
		d.ink(ink)
		if i%2 == 1 || i == len(names)-1 {
			d.y += 60
		}
	}
}

// finish draws the contents, and header and footer of every page.
func (d *drawing) finish() {
	d.listHeads()
	pages := d.pdf.PageNo()
	for n := 2; n <= pages; n++ {
		d.turnTo(n)
		d.running(n, pages)
	}
	d.turnTo(pages)
}

// listHeads draws the contents on the second page and stays on the last.
func (d *drawing) listHeads() {
	pages := d.pdf.PageNo()
	d.turnTo(2)
	d.y = sheetTop
	d.font(true, sizeChapter)
	d.ink(accent)
	d.text(d.left, d.y+7, "目录")
	d.y += 16
	for _, h := range d.heads {
		d.font(false, 10.5)
		d.ink(ink)
		d.text(d.left, d.y+4, h.title)
		page := number(h.page)
		from, to := d.left+d.length(h.title)+3, d.left+d.width-10
		d.pen(hair, 0.25)
		d.pdf.SetDashPattern([]float64{0.6, 1.2}, 0)
		if to > from {
			d.pdf.Line(from, d.y+3.4, to, d.y+3.4)
		}
		d.pdf.SetDashPattern([]float64{}, 0)
		d.text(d.left+d.width-d.length(page), d.y+4, page)
		link := d.pdf.AddLink()
		d.pdf.SetLink(link, 0, h.page)
		d.pdf.Link(d.left, d.y-1, d.width, 8, link)
		d.y += 9.5
	}
	d.turnTo(pages)
}

// turnTo goes on drawing on page n. The page's own stream begins without a font, so it is set anew.
func (d *drawing) turnTo(n int) {
	d.pdf.SetPage(n)
	d.font(!d.bold, sizeFine+0.1)
	d.font(false, sizeFine)
}

func (d *drawing) running(n, pages int) {
	d.font(true, sizeFine+0.1)
	d.font(false, sizeFine)
	d.ink(muted)
	d.text(d.left, 14, d.r.Title+"　"+brief(d.r.Firm))
	d.text(d.left+d.width-d.length(d.r.Number), 14, d.r.Number)
	d.pen(hair, 0.2)
	d.pdf.Line(d.left, 16.5, d.left+d.width, 16.5)
	d.font(false, 6.5)
	d.text(d.left, 286, "数据摘要 SHA-256："+d.digest)
	d.font(false, sizeFine)
	page := "第 " + number(n) + " 页，共 " + number(pages) + " 页"
	d.text(d.left+d.width-d.length(page), 286, page)
}
