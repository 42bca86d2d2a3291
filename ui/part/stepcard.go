package part

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Gain is one thing a step brings, with the kind of its badge.
type Gain struct {
	Kind Kind
	Text string
	Icon string // "arrow-up", "check" or ""
}

// StepSpec is one way to get further: what to do, what it costs and what it brings.
type StepSpec struct {
	Number    int // 0 leaves the number out
	Title     string
	Text      string
	Price     string // 6,800 元/年; empty leaves price and tag out
	PriceKind PriceKind
	Gains     []Gain
}

// StepCard shows one step; the chosen one is tinted. onTap may be nil.
type StepCard struct {
	press
	spec   StepSpec
	chosen bool
	lines  []string
	key    wrapKey
}

// NewStepCard makes a card.
func NewStepCard(spec StepSpec, chosen bool, onTap func()) *StepCard {
	s := &StepCard{spec: spec, chosen: chosen}
	s.act = onTap
	s.disabled = onTap == nil
	s.bind(s, s.measure, s.draw)
	return s
}

// SetChosen tints the card or not.
func (s *StepCard) SetChosen(on bool) { s.chosen = on; s.Refresh() }

func (s *StepCard) broken(width float32) []string {
	key := wrapKey{s.spec.Text, width, theme.Scale()}
	if key != s.key {
		s.key = key
		s.lines = wrap(s.spec.Text, width, func(t string) float32 { return textWidth(t, mutedInk) })
	}
	return s.lines
}

func (s *StepCard) measure() fyne.Size {
	h, n := float32(50), 1
	if w := s.designSize().Width; w > 0 {
		n = len(s.broken(w - 28))
	}
	if s.spec.Text != "" {
		h += 20 * float32(n)
	}
	if s.spec.Price != "" {
		h += 34
	}
	if len(s.spec.Gains) > 0 {
		h += 30
	}
	return fyne.NewSize(200, h)
}

func (s *StepCard) draw(p *pen, size fyne.Size) {
	face := box{fill: theme.Sunk, line: theme.Line, radius: theme.RadiusButton}
	if s.chosen {
		face = box{fill: theme.Tint, line: theme.Accent, lineWidth: 2, radius: theme.RadiusButton}
	} else if s.hovered && s.act != nil {
		face.line = theme.TintLine
	}
	p.rect(0, 0, size.Width, size.Height, face)
	x, y := float32(14), float32(24)
	if s.spec.Number > 0 {
		p.disc(25, y, 11, theme.Accent, "", 0)
		p.textMid(25, y, strconv.Itoa(s.spec.Number), cellBold.in(theme.OnAccent))
		x = 45
	}
	p.textFit(x, y, size.Width-x-12, s.spec.Title, stepBold)
	y += 28
	if s.spec.Text != "" {
		for _, line := range s.broken(size.Width - 28) {
			p.text(14, y, line, mutedInk)
			y += 20
		}
	}
	if s.spec.Price != "" {
		y += 8
		end := p.text(14, y, s.spec.Price, ink{15, theme.Ink, true})
		drawPriceTag(p, end+8, y, s.spec.PriceKind)
		y += 27
	}
	if s.spec.Price == "" && s.spec.Text != "" {
		y += 6
	}
	x = 12
	for _, g := range s.spec.Gains {
		if x+badgeWidth(g.Text, g.Icon) > size.Width-8 {
			break
		}
		if s.chosen && g.Kind != Neutral {
			fg, _ := g.Kind.colors()
			w := badgeWidth(g.Text, g.Icon)
			p.rect(x, y-11, w, theme.BadgeHeight, box{fill: theme.Surface, radius: theme.RadiusBadge})
			at := x + 8
			if g.Icon != "" {
				p.icon(at+5, y, 12, g.Icon, fg)
				at += 15
			}
			p.text(at, y, g.Text, cellBold.in(fg))
			x += w + 6
			continue
		}
		x = drawBadge(p, x, y, g.Kind, g.Text, g.Icon) + 6
	}
	if s.focused {
		p.ring(-1, -1, size.Width+2, size.Height+2, theme.RadiusButton)
	}
}
