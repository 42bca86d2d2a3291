package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// FrontPoint is one plan that no other beats: where it lies (0 to 1 each way) and what it is in words.
type FrontPoint struct {
	X, Y  float32
	Label string
}

// Front is the stairs of 花多少、提升多少: the points to choose from, the chosen one, plans that are beaten, and the budget.
type Front struct {
	press
	say FrontChart
}

// FrontChart is what a Front shows. Ticks are words with their places, from 0 to 1.
type FrontChart struct {
	Points         []FrontPoint // X rises
	Beaten         []fyne.Position
	Chosen         int     // index in Points, -1 for none
	Budget         float32 // 0 to 1; below 0 for none
	BudgetWord     string
	XTicks, YTicks []Tick
	OnChoose       func(int)
}

// Tick is a word at a place on an axis.
type Tick struct {
	At   float32
	Word string
}

// NewFront makes the chart; Left and Right choose the point beside.
func NewFront(c FrontChart) *Front {
	f := &Front{say: c}
	f.act = func() {}
	f.onKey = func(k fyne.KeyName) bool {
		switch k {
		case fyne.KeyLeft:
			f.choose(f.say.Chosen - 1)
		case fyne.KeyRight:
			f.choose(f.say.Chosen + 1)
		default:
			return false
		}
		return true
	}
	f.bind(f, func() fyne.Size { return fyne.NewSize(260, 190) }, f.draw)
	return f
}

// Set exchanges what is shown.
func (f *Front) Set(c FrontChart) { f.say = c; f.Refresh() }

func (f *Front) choose(i int) {
	if i < 0 || i >= len(f.say.Points) || i == f.say.Chosen {
		return
	}
	f.say.Chosen = i
	f.Refresh()
	if f.say.OnChoose != nil {
		f.say.OnChoose(i)
	}
}

func (f *Front) place(size fyne.Size, x, y float32) (px, py float32) {
	const left, right, top, bottom = 40, 16, 40, 26 // above: the budget's word, and under it the label of a point at the top
	return left + (size.Width-left-right)*clamp(x, 0, 1), size.Height - bottom - (size.Height-top-bottom)*clamp(y, 0, 1)
}

// Tapped chooses the nearest point.
func (f *Front) Tapped(e *fyne.PointEvent) {
	s := theme.Scale()
	best, near := -1, float32(24)
	for i, pt := range f.say.Points {
		x, y := f.place(f.designSize(), pt.X, pt.Y)
		if d := distance(x, y, e.Position.X/s, e.Position.Y/s); d < near {
			best, near = i, d
		}
	}
	f.choose(best)
}

func (f *Front) draw(p *pen, size fyne.Size) {
	left, base := f.place(size, 0, 0)
	right, _ := f.place(size, 1, 1)
	for _, t := range f.say.YTicks {
		_, y := f.place(size, 0, t.At)
		p.hair(left, y, right-left)
		p.textRight(left-6, y, t.Word, tickInk)
	}
	for _, t := range f.say.XTicks {
		x, _ := f.place(size, t.At, 0)
		p.textMid(x, base+15, t.Word, tickInk)
	}
	if f.say.Budget >= 0 {
		x, _ := f.place(size, f.say.Budget, 0)
		p.dashes(x, 22, x, base, 1, theme.Muted, 4, 3)
		half := textWidth(f.say.BudgetWord, cellBold) / 2
		p.textMid(clamp(x, left+half, max(left+half, right-half)), 12, f.say.BudgetWord, cellBold.in(theme.Muted))
	}
	x0, y0 := left, base
	for _, pt := range f.say.Points {
		x, y := f.place(size, pt.X, pt.Y)
		p.line(x0, y0, x, y0, 2, theme.SoftBar)
		p.line(x, y0, x, y, 2, theme.SoftBar)
		x0, y0 = x, y
	}
	if len(f.say.Points) > 0 {
		p.line(x0, y0, right, y0, 2, theme.SoftBar)
	}
	for _, b := range f.say.Beaten {
		x, y := f.place(size, b.X, b.Y)
		p.disc(x, y, 3, theme.StrongLine, "", 0)
	}
	for i, pt := range f.say.Points {
		x, y := f.place(size, pt.X, pt.Y)
		if i == f.say.Chosen {
			p.disc(x, y, 12, theme.Tint, "", 0)
			p.disc(x, y, 7.5, theme.Accent, "", 0)
			w := textWidth(pt.Label, cellBold)
			at, down := x-16-w, float32(-10)
			if at < left {
				at, down = x+16, 12 // below the stairs, which rise to the right
			}
			p.text(at, y+down, pt.Label, cellBold.in(theme.Accent))
			continue
		}
		p.disc(x, y, 5.5, theme.Surface, theme.Accent, 2)
	}
	if f.focused {
		p.ring(0, 0, size.Width, size.Height, theme.RadiusBadge)
	}
}
