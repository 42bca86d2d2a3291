package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

type tableHead struct {
	press
	t *Table
	i int
}

func newTableHead(t *Table, i int) *tableHead {
	h := &tableHead{t: t, i: i}
	h.disabled = !t.columns[i].Sortable
	h.act = func() {
		rising := h.t.sorted != h.i || !h.t.rising
		h.t.SetSort(h.i, rising)
		if h.t.OnSort != nil {
			h.t.OnSort(h.i, rising)
		}
	}
	h.bind(h, func() fyne.Size { return fyne.NewSize(20, 36) }, h.draw)
	return h
}

func (h *tableHead) draw(p *pen, size fyne.Size) {
	c := h.t.columns[h.i]
	i := cellBold.in(theme.Muted)
	if h.hovered && c.Sortable {
		i.token = theme.Accent
	}
	icon := float32(0)
	gap := columnGap(c.Align)
	signed := c.Sortable && (h.t.sorted == h.i || textWidth(c.Title, i)+16 <= size.Width-gap) // a narrow head keeps its word rather than the sign
	if signed {
		icon = 16
	}
	room := size.Width - gap - icon
	x := alignX(c.Align, 0, size.Width-gap, min(textWidth(c.Title, i), room)+icon)
	end := p.textFit(x, size.Height/2, room, c.Title, i)
	if signed {
		name := "sort"
		if h.t.sorted == h.i {
			name = map[bool]string{true: "chevron-up", false: "chevron-down"}[h.t.rising]
			i.token = theme.Accent
		}
		p.icon(end+9, size.Height/2, 12, name, i.token)
	}
	if h.focused {
		p.ring(-4, 4, size.Width-4, size.Height-8, theme.RadiusBadge)
	}
}

// columnGap is the room kept between a column and the next; figures at the right edge need more.
func columnGap(a fyne.TextAlign) float32 {
	if a == fyne.TextAlignTrailing {
		return 22
	}
	return 12
}

// alignX is where something of a width starts between x and x+room.
func alignX(a fyne.TextAlign, x, room, width float32) float32 {
	switch a {
	case fyne.TextAlignTrailing:
		return x + room - width
	case fyne.TextAlignCenter:
		return x + (room-width)/2
	}
	return x
}

func (t *Table) drawRow(p *pen, i int, y, width, height float32, hovered bool) {
	ground, edge := fyne.ThemeColorName(""), theme.Accent
	kind := Neutral
	if t.RowKind != nil {
		kind = t.RowKind(i)
	}
	switch {
	case kind == Warn || kind == Err:
		edge, ground = kind.colors()
	case i == t.selected:
		ground = theme.Tint
	case hovered:
		ground = theme.Sunk
	}
	if ground != "" {
		p.rect(0, y, width, height, box{fill: ground})
	}
	if i == t.selected || kind == Warn || kind == Err {
		p.rect(0, y, 3, height, box{fill: edge})
	}
	if i < t.count-1 && i != t.selected && i+1 != t.selected {
		p.hair(16, y+height, width-32)
	}
	if t.marks != nil {
		drawBox(p, 16, y+height/2, t.marks.has(i), i == t.marks.hot && t.rows.body.focused)
	}
	x := t.lead()
	for c, w := range t.widths(width) {
		drawCell(p, t.cell(i, c), t.columns[c].Align, x, y, w-columnGap(t.columns[c].Align), height, i == t.selected && c == 0)
		x += w
	}
	if t.chevron {
		p.icon(width-18, y+height/2, 14, "chevron-right", theme.Muted)
	}
}

func drawCell(p *pen, c Cell, align fyne.TextAlign, x, y, w, h float32, strong bool) {
	cy := y + h/2
	if c.Sub != "" || c.Price > 0 {
		cy -= 9.5
		sub := y + h/2 + 9.5
		if c.Price > 0 {
			kind := PriceKind(c.Price - 1)
			drawPriceTag(p, alignX(align, x, w, priceTagWidth(kind)), sub+2, kind)
		} else {
			s := fit(c.Sub, mutedInk, w)
			p.text(alignX(align, x, w, textWidth(s, mutedInk)), sub, s, mutedInk)
		}
	}
	if c.Badge != "" {
		mark := c.BadgeKind.mark()
		drawBadge(p, alignX(align, x, w, badgeWidth(c.Badge, mark)), cy, c.BadgeKind, c.Badge, mark)
		return
	}
	i := ink{theme.SizeCell, c.Token, c.Bold || strong}
	if i.token == "" {
		i.token = theme.Ink
	}
	token := c.IconToken
	if token == "" {
		token = theme.Muted
	}
	if c.Icon != "" && c.Text == "" {
		p.icon(alignX(align, x, w, 16)+8, cy, 16, c.Icon, token)
		return
	}
	lead := float32(0)
	if c.Icon != "" {
		lead += 20
	}
	if c.Meter > 0 {
		lead += 44
	}
	if c.Dot {
		lead += 12
	}
	s := fit(c.Text, i, w-lead)
	at := alignX(align, x, w, textWidth(s, i)+lead)
	if c.Icon != "" {
		p.icon(at+7, cy, 15, c.Icon, token)
		at += 20
	}
	if c.Meter > 0 {
		drawMeter(p, at, cy, c.Meter-1)
		at += 44
	}
	end := p.text(at, cy, s, i)
	if c.Dot {
		p.disc(end+9, cy, 3, theme.Warn, "", 0)
	}
}

// TotalRow is a foot for a table: words at the left, more words, a sum and something at the right.
func TotalRow(label, note, sum string, trailing fyne.CanvasObject) *fyne.Container {
	row := HStack(16, Line(label, theme.SizeCell, theme.Ink, true), Grow(flexible(Line(note, theme.SizeCell, theme.Muted, false))))
	if sum != "" {
		row.Add(Line(sum, theme.SizeCell, theme.Ink, true))
	}
	if trailing != nil {
		row.Add(trailing)
	}
	return Layers(newFill(box{fill: theme.Sunk, foot: theme.RadiusCard - 1}), Pad(9, 16, 9, 16, row))
}
