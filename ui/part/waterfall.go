package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// BarRole is what a bar of a waterfall stands for.
type BarRole int

// The roles.
const (
	BarTotal  BarRole = iota // 投入, 基数: a soft bar
	BarAway                  // 不计入: a grey bar that hangs
	BarResult                // 补贴上限: the accent
	BarRest                  // 企业净支出: a strong grey bar
)

// FallBar is one bar: from and to (0 to 1 of the height), the figure above it, a label and a note below.
type FallBar struct {
	From, To           float32
	Figure, Name, Note string
	Role               BarRole
	Between            string // words with an arrow before the bar, such as ×20%
	Ghost              float32
	// Ghost is the upper end of an outlined piece above the bar, 0 for none.
}

// Waterfall shows where money comes from and goes to.
type Waterfall struct {
	drawn
	bars []FallBar
}

// NewWaterfall makes the chart.
func NewWaterfall(bars []FallBar) *Waterfall {
	w := &Waterfall{bars: bars}
	w.bind(w, func() fyne.Size { return fyne.NewSize(72*float32(max(1, len(w.bars))), 190) }, w.draw)
	return w
}

// Set exchanges the bars.
func (w *Waterfall) Set(bars []FallBar) { w.bars = bars; w.Refresh() }

func (w *Waterfall) draw(p *pen, size fyne.Size) {
	n := len(w.bars)
	if n == 0 {
		return
	}
	const top, below = 24, 46
	base := size.Height - below
	slot := size.Width / float32(n)
	width := min(64, slot*0.62)
	y := func(v float32) float32 { return base - (base-top)*clamp(v, 0, 1) }
	p.rect(0, base, size.Width, 1, box{fill: theme.StrongLine})
	for i, b := range w.bars {
		x := slot*float32(i) + (slot-width)/2
		hi := max(b.From, b.To)
		fill, figure, name := theme.SoftBar, cellBold, cellInk
		switch b.Role {
		case BarAway:
			fill, figure = theme.Track, cellBold.in(theme.Muted)
		case BarResult:
			fill, figure, name = theme.Accent, cellBold.in(theme.Accent), cellBold
		case BarRest:
			fill = theme.StrongLine
		}
		h := max(2, y(min(b.From, b.To))-y(hi))
		p.rect(x, y(hi), width, h, box{fill: fill, radius: 4})
		crown := y(hi)
		if b.Ghost > hi {
			crown = y(b.Ghost)
			p.rect(x, crown, width, y(hi)-crown-1, box{fill: theme.Tint, line: theme.Accent, radius: 4})
		}
		p.textMid(x+width/2, crown-10, b.Figure, figure.of(14))
		p.textMid(x+width/2, base+15, fit(b.Name, name, slot-4), name)
		p.textMid(x+width/2, base+33, fit(b.Note, mutedInk, slot-2), mutedInk)
		if i == 0 {
			continue
		}
		left := x - (slot - width)
		if b.Between != "" {
			mid := (left + x) / 2
			p.textMid(mid, crown-22, b.Between, cellBold.in(theme.Accent))
			p.icon(mid, crown-4, 15, "arrow-right", theme.Accent)
		} else if b.Role != BarRest {
			join := y(hi)
			p.dashes(left+3, join, x-3, join, 1, theme.Muted, 3, 3)
		}
	}
}
