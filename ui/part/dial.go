package part

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Dial is a gauge from 0 to 100 with ticks at 20, 40, 60 and 80.
type Dial struct {
	drawn
	score   float32
	words   string
	note    string
	reached float32
}

const dialSpan = 125.0 // degrees to either side of the top

// NewDial makes a gauge; words is the score as printed, note the line below it (满分 100); reached is the tick
// to print in bold, 0 for none.
func NewDial(score float32, words, note string, reached float32) *Dial {
	d := &Dial{score: score, words: words, note: note, reached: reached}
	d.bind(d, func() fyne.Size { return fyne.NewSize(250, 150) }, d.draw)
	return d
}

// Set moves the gauge.
func (d *Dial) Set(score float32, words, note string, reached float32) {
	d.score, d.words, d.note, d.reached = score, words, note, reached
	d.Refresh()
}

func dialAngle(score float32) float64 {
	return -dialSpan + 2*dialSpan*float64(clamp(score, 0, 100))/100
}

func (p *pen) arc(cx, cy, r, width float32, from, to float64, token fyne.ThemeColorName) {
	a := canvas.NewArc(float32(from), float32(to), 1-width/r, theme.Color(token))
	a.CornerRadius = width / 2 * p.scale
	p.place(a, cx-r, cy-r, 2*r, 2*r)
}

func (d *Dial) draw(p *pen, size fyne.Size) {
	const r, width = 72, 12
	cx, cy := size.Width/2, size.Height/2+16
	p.arc(cx, cy, r, width, -dialSpan, dialSpan, theme.Track)
	if d.score > 0 {
		p.arc(cx, cy, r, width, -dialSpan, dialAngle(d.score), theme.Accent)
	}
	for tick := 20; tick < 100; tick += 20 {
		at := dialAngle(float32(tick))
		x1, y1 := polar(cx, cy, r+2, at)
		x2, y2 := polar(cx, cy, r+6, at)
		p.line(x1, y1, x2, y2, 2, theme.StrongLine)
		x, y := polar(cx, cy, r+18, at)
		i := cellInk.in(theme.Muted)
		if float32(tick) == d.reached {
			i = cellBold
		}
		p.textMid(x, y, strconv.Itoa(tick), i)
	}
	p.textMid(cx, cy-6, d.words, ink{30, theme.Ink, true})
	p.textMid(cx, cy+24, d.note, mutedInk)
}

// CounterBlock is one condition of a level: label, what there is of what is needed, met or short by how much, and a bar.
type CounterBlock struct {
	drawn
	say Counter
}

// Counter is what a CounterBlock shows. Fraction (0 to 1) fills the bar.
type Counter struct {
	Label, Have, Need string
	Met               bool
	Word              string // on the badge, such as 满足 or 差 1 个
	Fraction          float32
}

// NewCounterBlock makes a block.
func NewCounterBlock(c Counter) *CounterBlock {
	b := &CounterBlock{say: c}
	b.bind(b, func() fyne.Size { return fyne.NewSize(210, 40) }, b.draw)
	return b
}

// Set exchanges what is shown.
func (b *CounterBlock) Set(c Counter) { b.say = c; b.Refresh() }

func (b *CounterBlock) draw(p *pen, size fyne.Size) {
	kind := Err
	if b.say.Met {
		kind = OK
	}
	badge := badgeWidth(b.say.Word, kind.mark())
	drawBadge(p, size.Width-badge, 12, kind, b.say.Word, kind.mark())
	x := size.Width - max(badge, 64) - 12
	if b.say.Need != "" {
		x = p.textRight(x, 12, " / "+b.say.Need, mutedInk)
	}
	x = p.textRight(x, 12, b.say.Have, ink{15, theme.Ink, true})
	p.textFit(0, 12, x-8, b.say.Label, cellInk)
	token, _ := kind.colors()
	p.bar(0, 30, size.Width, 4, theme.Track)
	p.bar(0, 30, size.Width*clamp(b.say.Fraction, 0, 1), 4, token)
}
