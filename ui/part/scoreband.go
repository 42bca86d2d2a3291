package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Band is one interval of a score scale: its upper end (on the scale 0 to 1), that end in words, and the points it gives.
type Band struct {
	To     float32
	Label  string // 10%; the last one may be empty
	Points string // 1.5 分
}

// ScoreBand is a scale cut into bands, with a mark at the value and, if wanted, a second one at what could be reached.
type ScoreBand struct {
	drawn
	bands       []Band
	value, next float32
}

// NewScoreBand makes a scale; value and next lie between 0 and 1; next below 0 leaves the second mark out.
// Bands rise and the last one ends at 1.
func NewScoreBand(bands []Band, value, next float32) *ScoreBand {
	s := &ScoreBand{bands: bands, value: value, next: next}
	s.bind(s, func() fyne.Size { return fyne.NewSize(80*float32(len(bands)), 54) }, s.draw)
	return s
}

// Set moves the marks.
func (s *ScoreBand) Set(value, next float32) { s.value, s.next = value, next; s.Refresh() }

func (s *ScoreBand) draw(p *pen, size fyne.Size) {
	const y, h = 27, 12
	edge := make([]float32, len(s.bands)+1)
	least := size.Width * 0.09
	for i, b := range s.bands {
		edge[i+1] = max(edge[i]+least, size.Width*clamp(b.To, 0, 1))
	}
	if over := edge[len(edge)-1] - size.Width; over > 0 {
		edge[len(edge)-1] -= over
	}
	at := func(v float32) float32 {
		from := float32(0)
		for i, b := range s.bands {
			if v <= b.To || i == len(s.bands)-1 {
				span := max(b.To-from, 0.0001)
				return edge[i] + (edge[i+1]-edge[i])*clamp((v-from)/span, 0, 1)
			}
			from = b.To
		}
		return 0
	}
	done := false
	for i, b := range s.bands {
		token, label := theme.SoftBar, tickInk
		now := !done && (s.value <= b.To || i == len(s.bands)-1)
		switch {
		case done:
			token = theme.Track
		case now:
			token, label, done = theme.Accent, cellBold.in(theme.Accent), true
		}
		p.rect(edge[i], y, edge[i+1]-edge[i]-2, h, box{fill: token, radius: 3})
		p.textMid((edge[i]+edge[i+1])/2, 12, b.Points, label)
		if i < len(s.bands)-1 {
			p.textMid(edge[i+1], 48, b.Label, tickInk)
		}
	}
	if s.next >= 0 {
		p.disc(at(s.next), y+h/2, 6, theme.Surface, theme.Accent, 2)
	}
	p.disc(at(s.value), y+h/2, 8, theme.Surface, theme.Ink, 3)
}
