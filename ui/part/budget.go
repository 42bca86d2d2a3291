package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// BudgetSlider chooses one of the amounts at which the plan changes. The amounts are the caller's: it works with positions
// from 0 to 1 on the track and with indexes.
type BudgetSlider struct {
	press
	stops     []float32
	at, mark  int
	onChanged func(int)
}

var _ fyne.Draggable = (*BudgetSlider)(nil)

// NewBudgetSlider makes a slider; stops rise from 0 to 1; at is the chosen one; mark is the stop worth a hint, -1 for none.
// Left and Right move by one stop; onChanged is told the index.
func NewBudgetSlider(stops []float32, at, mark int, onChanged func(int)) *BudgetSlider {
	b := &BudgetSlider{stops: stops, at: at, mark: mark, onChanged: onChanged}
	b.act = func() {}
	b.onKey = b.key
	b.bind(b, func() fyne.Size { return fyne.NewSize(200, 28) }, b.draw)
	return b
}

// Set moves the knob without a call back.
func (b *BudgetSlider) Set(stops []float32, at, mark int) {
	b.stops, b.at, b.mark = stops, at, mark
	b.Refresh()
}

// At is the index of the chosen stop.
func (b *BudgetSlider) At() int { return b.at }

func (b *BudgetSlider) move(i int) {
	i = clampInt(i, 0, len(b.stops)-1)
	if len(b.stops) == 0 || i == b.at || b.disabled {
		return
	}
	b.at = i
	b.Refresh()
	if b.onChanged != nil {
		b.onChanged(i)
	}
}

func (b *BudgetSlider) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyLeft, fyne.KeyDown:
		b.move(b.at - 1)
	case fyne.KeyRight, fyne.KeyUp:
		b.move(b.at + 1)
	case fyne.KeyHome:
		b.move(0)
	case fyne.KeyEnd:
		b.move(len(b.stops) - 1)
	default:
		return false
	}
	return true
}

func (b *BudgetSlider) x(v, width float32) float32 { return 10 + (width-20)*clamp(v, 0, 1) }

// Tapped moves the knob to the nearest stop.
func (b *BudgetSlider) Tapped(e *fyne.PointEvent) { b.to(e.Position.X) }

// Dragged moves the knob to the nearest stop.
func (b *BudgetSlider) Dragged(e *fyne.DragEvent) { b.to(e.Position.X) }

// DragEnd implements fyne.Draggable.
func (b *BudgetSlider) DragEnd() {}

func (b *BudgetSlider) to(px float32) {
	x, best := px/theme.Scale(), b.at
	width := b.designSize().Width
	for i, v := range b.stops {
		if b.at >= len(b.stops) || abs(b.x(v, width)-x) < abs(b.x(b.stops[best], width)-x) {
			best = i
		}
	}
	b.move(best)
}

func abs(v float32) float32 { return max(v, -v) }

func (b *BudgetSlider) draw(p *pen, size fyne.Size) {
	cy := size.Height / 2
	p.bar(4, cy-3, size.Width-8, 6, theme.Track)
	if b.at < 0 || b.at >= len(b.stops) {
		return
	}
	knob := b.x(b.stops[b.at], size.Width)
	p.bar(4, cy-3, knob-4, 6, theme.Accent)
	for i, v := range b.stops {
		x := b.x(v, size.Width)
		switch {
		case i == b.mark && i != b.at:
			p.rect(x-1.5, cy-6, 3, 12, box{fill: theme.OK, radius: 1.5})
		case i < b.at:
			p.rect(x-1, cy-3, 2, 6, box{fill: theme.Surface})
		case i > b.at:
			p.rect(x-1, cy-4, 2, 8, box{fill: theme.StrongLine})
		}
	}
	p.disc(knob, cy, 10, theme.Surface, theme.Accent, 3)
	if b.focused {
		p.disc(knob, cy, 13, "", theme.Accent, 1.5)
	}
}
