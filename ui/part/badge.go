package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Badge is a short word on a tinted ground with a sign, so that it does not speak by colour alone.
type Badge struct {
	drawn
	kind Kind
	text string
	icon string
}

// NewBadge makes a badge with the sign of its kind.
func NewBadge(kind Kind, text string) *Badge { return NewBadgeIcon(kind, text, kind.mark()) }

// NewBadgeIcon makes a badge with a sign of one's own; "" leaves it out.
func NewBadgeIcon(kind Kind, text, icon string) *Badge {
	b := &Badge{kind: kind, text: text, icon: icon}
	b.bind(b, func() fyne.Size { return fyne.NewSize(badgeWidth(b.text, b.icon), theme.BadgeHeight) },
		func(p *pen, size fyne.Size) {
			drawBadge(p, 0, size.Height/2, b.kind, b.text, b.icon)
		})
	return b
}

// Set changes kind and text, with the sign of the kind.
func (b *Badge) Set(kind Kind, text string) {
	b.kind, b.text, b.icon = kind, text, kind.mark()
	b.Refresh()
}

func badgeWidth(text, icon string) float32 {
	w := textWidth(text, cellBold) + 16
	if icon != "" {
		w += 15
	}
	return w
}

// drawBadge draws a badge from x about the middle line cy and returns its right edge.
func drawBadge(p *pen, x, cy float32, kind Kind, text, icon string) float32 {
	fg, bg := kind.colors()
	w := badgeWidth(text, icon)
	if kind == Neutral {
		bg = theme.Bg
	}
	p.rect(x, cy-theme.BadgeHeight/2, w, theme.BadgeHeight, box{fill: bg, radius: theme.RadiusBadge})
	at := x + 8
	if icon != "" {
		p.icon(at+5, cy, 12, icon, fg)
		at += 15
	}
	p.text(at, cy, text, cellBold.in(fg))
	return x + w
}

// Tag is a need or a scene in a small tinted box.
func Tag(text string) fyne.CanvasObject {
	d := &drawn{}
	i := cellBold.in(theme.Accent)
	d.bind(d, func() fyne.Size { return fyne.NewSize(textWidth(text, i)+16, theme.TagHeight) },
		func(p *pen, size fyne.Size) {
			p.rect(0, 0, size.Width, size.Height, box{fill: theme.Tint, radius: theme.RadiusTag})
			p.text(8, size.Height/2, text, i)
		})
	return d
}

// PriceKind says how sure a price is.
type PriceKind int

// The kinds of price, from the least to the most sure.
const (
	Estimate PriceKind = iota // 估价
	ListOf                    // 列表价
	Quoted                    // 报价
)

func (k PriceKind) word() string {
	return word([...]string{"estimate", "list", "quoted"}[clampInt(int(k), 0, 2)])
}

func priceTagWidth(k PriceKind) float32 { return textWidth(k.word(), mutedInk) + 14 }

func drawPriceTag(p *pen, x, cy float32, k PriceKind) {
	b, i := box{line: theme.StrongLine, radius: theme.RadiusTag}, mutedInk
	switch k {
	case ListOf:
		b = box{fill: theme.Track, radius: theme.RadiusTag}
	case Quoted:
		b, i = box{fill: theme.OKBg, radius: theme.RadiusTag}, mutedInk.in(theme.OK)
	}
	p.rect(x, cy-theme.TagHeight/2, priceTagWidth(k), theme.TagHeight, b)
	p.text(x+7, cy, k.word(), i)
}

// PriceTag says whether a price is 估价 (outlined), 列表价 (filled) or 报价 (green).
func PriceTag(k PriceKind) fyne.CanvasObject {
	d := &drawn{}
	d.bind(d, func() fyne.Size { return fyne.NewSize(priceTagWidth(k), theme.TagHeight) },
		func(p *pen, size fyne.Size) { drawPriceTag(p, 0, size.Height/2, k) })
	return d
}
