package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// GapBar is one value on its way to a target: lengths from 0 to 1; a target of 0 draws no mark.
type GapBar struct {
	Name        string
	Now, Target float32
	Words       string // at the right, such as 12.5 / 20
	Note        string // what is lacking, "" for nothing
}

// GapBars (差距条) shows values under each other, each with what it has and a mark at what it should have.
type GapBars struct {
	drawn
	bars []GapBar
}

// NewGapBars makes the chart.
func NewGapBars(bars []GapBar) *GapBars {
	g := &GapBars{bars: bars}
	g.bind(g, func() fyne.Size { return fyne.NewSize(300, 40*float32(max(1, len(g.bars)))) }, g.draw)
	return g
}

func (g *GapBars) draw(p *pen, size fyne.Size) {
	for i, b := range g.bars {
		y := 40 * float32(i)
		end := p.textRight(size.Width, y+11, b.Words, cellBold)
		p.textFit(0, y+11, end-10, b.Name, cellInk)
		p.rect(0, y+22, size.Width, 8, box{fill: theme.Track, radius: 4})
		now, target := clamp(b.Now, 0, 1)*size.Width, clamp(b.Target, 0, 1)*size.Width
		if target > now {
			p.rect(now, y+22, target-now, 8, box{fill: theme.Tint, line: theme.TintLine, radius: 3})
		}
		if now > 0 {
			p.rect(0, y+22, now, 8, box{fill: theme.Accent, radius: 4})
		}
		if target > 0 {
			p.rect(clamp(target-1, 0, size.Width-2), y+18, 2, 16, box{fill: theme.Ink})
		}
	}
}

// CostPiece is one piece of a cost bar, its share from 0 to 1.
type CostPiece struct {
	Name, Words string
	Share       float32
	Outlined    bool // an estimate: drawn with an edge instead of full
}

// CostBar (费用条) shows what a sum is made of, with a legend of its pieces below.
type CostBar struct {
	drawn
	pieces []CostPiece
}

// costTokens colour the pieces one after another; edges and the legend's words tell them apart without colour.
var costTokens = []fyne.ThemeColorName{theme.Accent, theme.SoftBar, theme.StrongLine, theme.Track}

// NewCostBar makes the chart.
func NewCostBar(pieces []CostPiece) *CostBar {
	c := &CostBar{pieces: pieces}
	c.bind(c, func() fyne.Size { return fyne.NewSize(280, 30+22*float32(len(c.pieces))) }, c.draw)
	return c
}

func (c *CostBar) draw(p *pen, size fyne.Size) {
	x := float32(0)
	for i, k := range c.pieces {
		b := c.look(i)
		b.radius = 3
		if w := clamp(k.Share, 0, 1)*size.Width - 2; w > 0 {
			p.rect(x, 2, w, 16, b)
		}
		x += clamp(k.Share, 0, 1) * size.Width
		y := 38 + 22*float32(i)
		b.radius = 2
		p.rect(0, y-5, 10, 10, b)
		end := p.textRight(size.Width, y, k.Words, cellBold)
		p.textFit(18, y, end-28, k.Name, cellInk)
	}
}

func (c *CostBar) look(i int) box {
	token := costTokens[i%len(costTokens)]
	if c.pieces[i].Outlined {
		return box{fill: theme.Surface, line: theme.Accent, lineWidth: 1.5}
	}
	return box{fill: token}
}

// Span is one bar of a Gantt chart: from and to in months from the beginning.
type Span struct {
	Name, Words string
	From, To    float32
	Head        bool // a wave: drawn strong, its name bold
}

// Gantt (路线图) shows what begins when and how long it takes; the months are named on top.
type Gantt struct {
	drawn
	months []string
	spans  []Span
}

// NewGantt makes the chart.
func NewGantt(months []string, spans []Span) *Gantt {
	g := &Gantt{months: months, spans: spans}
	g.bind(g, func() fyne.Size { return fyne.NewSize(360, 28+30*float32(max(1, len(g.spans)))) }, g.draw)
	return g
}

func (g *Gantt) draw(p *pen, size fyne.Size) {
	n := len(g.months)
	if n == 0 {
		return
	}
	left := min(200, size.Width*0.36)
	wide := (size.Width - left) / float32(n)
	every := 1
	for ; textWidth(g.months[0], tickInk)+8 > wide*float32(every); every++ {
		if every > n {
			break
		}
	}
	for i, m := range g.months {
		x := left + wide*float32(i)
		p.hairDown(x, 22, size.Height-22)
		if i%every == 0 {
			p.text(x+3, 11, m, tickInk)
		}
	}
	p.hair(0, 22, size.Width)
	for i, s := range g.spans {
		y := 28 + 30*float32(i)
		name, token := cellInk, theme.SoftBar
		if s.Head {
			name, token = cellBold, theme.Accent
		}
		p.textFit(0, y+13, left-12, s.Name, name)
		from, to := left+wide*clamp(s.From, 0, float32(n)), left+wide*clamp(s.To, 0, float32(n))
		p.rect(from, y+5, max(6, to-from), 16, box{fill: token, radius: 4})
		if s.Words == "" {
			continue
		}
		if w := textWidth(s.Words, tickInk); to+6+w <= size.Width {
			p.text(to+6, y+13, s.Words, tickInk)
		} else if from-6-w >= left {
			p.text(from-6-w, y+13, s.Words, tickInk)
		}
	}
}

// SyncStep is one station of a request on its way.
type SyncStep struct {
	Name, Note string
	State      StepState
}

// SyncLine (同步进度) shows how far a request is: stations from left to right with their state in icon and words.
type SyncLine struct {
	drawn
	steps []SyncStep
}

// NewSyncLine makes the chart.
func NewSyncLine(steps []SyncStep) *SyncLine {
	s := &SyncLine{steps: steps}
	s.bind(s, func() fyne.Size { return fyne.NewSize(64*float32(max(1, len(s.steps))), 66) }, s.draw)
	return s
}

// Set exchanges the stations.
func (s *SyncLine) Set(steps []SyncStep) { s.steps = steps; s.Refresh() }

func (s *SyncLine) draw(p *pen, size fyne.Size) {
	n := float32(len(s.steps))
	for i, x := range s.steps {
		slot := size.Width / n
		cx := slot * (float32(i) + 0.5)
		if i > 0 {
			token := theme.Track
			if x.State == StepDone || x.State == StepCurrent || x.State == StepProblem {
				token = theme.Accent
			}
			p.rect(cx-slot+13, 13, slot-26, 2, box{fill: token})
		}
		switch x.State {
		case StepDone:
			p.disc(cx, 14, 11, theme.OK, "", 0)
			p.icon(cx, 14, 13, "check", theme.Surface)
		case StepProblem:
			p.disc(cx, 14, 11, theme.Err, "", 0)
			p.icon(cx, 14, 13, "bang", theme.Surface)
		case StepCurrent:
			p.disc(cx, 14, 11, theme.Surface, theme.Accent, 2)
			p.disc(cx, 14, 5, theme.Accent, "", 0)
		default:
			p.disc(cx, 14, 11, theme.Surface, theme.StrongLine, 2)
		}
		p.textMid(cx, 38, fit(x.Name, cellInk, slot-4), cellInk)
		p.textMid(cx, 56, fit(x.Note, tickInk, slot-4), tickInk)
	}
}
