package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Headline is a sum in large type: a title, a badge, the figure with its unit, a note at the right and the sum in 大写.
type Headline struct {
	Title, Badge string
	BadgeKind    Kind
	Sum, Unit    string
	Note, Words  string
	Leading      bool // the sum that counts: tinted, in the accent
}

// HeadlineSum shows one sum.
type HeadlineSum struct {
	drawn
	say   Headline
	lines []string
	key   wrapKey
}

// NewHeadlineSum makes the card.
func NewHeadlineSum(h Headline) *HeadlineSum {
	s := &HeadlineSum{say: h}
	s.bind(s, s.measure, s.draw)
	return s
}

// Set exchanges what is shown.
func (s *HeadlineSum) Set(h Headline) { s.say = h; s.Refresh() }

func (s *HeadlineSum) broken(width float32) []string {
	key := wrapKey{s.say.Words, width, theme.Scale()}
	if key != s.key {
		s.key = key
		s.lines = wrap(s.say.Words, width, func(t string) float32 { return textWidth(t, mutedInk) })
	}
	return s.lines
}

func (s *HeadlineSum) measure() fyne.Size {
	n := 1
	if w := s.designSize().Width; w > 0 {
		n = len(s.broken(w - 40))
	}
	if s.say.Words == "" {
		n = 0
	}
	title := textWidth(s.say.Title, headInk) + 48
	if s.say.Badge != "" {
		title += badgeWidth(s.say.Badge, s.say.BadgeKind.mark())
	}
	return fyne.NewSize(title, 86+20*float32(n))
}

func (s *HeadlineSum) draw(p *pen, size fyne.Size) {
	face, token, big := cardBox, theme.Ink, float32(24)
	if s.say.Leading {
		face = box{fill: theme.Tint, line: theme.Accent, lineWidth: 2, radius: theme.RadiusCard}
		token, big = theme.Accent, 28
	}
	p.rect(0, 0, size.Width, size.Height, face)
	right := size.Width - 16
	if s.say.Badge != "" {
		icon := s.say.BadgeKind.mark()
		if s.say.BadgeKind == Info {
			icon = ""
		}
		right -= badgeWidth(s.say.Badge, icon)
		if s.say.Leading {
			p.rect(right, 14, badgeWidth(s.say.Badge, icon), theme.BadgeHeight, box{fill: theme.Surface, radius: theme.RadiusBadge})
			p.text(right+8, 25, s.say.Badge, cellBold.in(theme.Accent))
		} else {
			drawBadge(p, right, 25, s.say.BadgeKind, s.say.Badge, icon)
		}
	}
	p.textFit(20, 25, right-28, s.say.Title, headInk)
	x := p.text(20, 58, s.say.Sum, ink{big, token, true})
	if s.say.Unit != "" {
		x = p.text(x+7, 62, s.say.Unit, mutedInk)
	}
	note := fit(s.say.Note, mutedInk, size.Width-16-x-12)
	p.textRight(size.Width-16, 62, note, mutedInk)
	for i, line := range s.broken(size.Width - 40) {
		p.text(20, 89+20*float32(i), line, mutedInk)
	}
}
