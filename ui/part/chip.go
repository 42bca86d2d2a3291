package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Chip is a filter that is on or off, with a count beside its word.
type Chip struct {
	press
	text, count string
	on          bool
	onChanged   func(bool)
}

// NewChip makes a chip; count may be empty; onChanged is told the new state after a tap.
func NewChip(text, count string, on bool, onChanged func(bool)) *Chip {
	c := &Chip{text: text, count: count, on: on, onChanged: onChanged}
	c.act = c.toggle
	c.bind(c, c.measure, c.draw)
	return c
}

func (c *Chip) toggle() {
	c.on = !c.on
	c.Refresh()
	if c.onChanged != nil {
		c.onChanged(c.on)
	}
}

// Set turns the chip on or off without a call back.
func (c *Chip) Set(on bool) { c.on = on; c.Refresh() }

// SetCount exchanges the number beside the word.
func (c *Chip) SetCount(s string) { c.count = s; c.Refresh() }

// Label is the word on the chip.
func (c *Chip) Label() string { return c.text }

// On says whether the chip is on.
func (c *Chip) On() bool { return c.on }

func (c *Chip) measure() fyne.Size {
	w := textWidth(c.text, cellBold) + 24
	if c.count != "" {
		w += textWidth(c.count, cellInk) + 6
	}
	return fyne.NewSize(w, theme.ChipHeight)
}

func (c *Chip) draw(p *pen, size fyne.Size) {
	face := box{fill: theme.Surface, line: theme.StrongLine, radius: size.Height / 2}
	i, n := cellInk, mutedInk
	if c.on {
		face.fill, face.line = theme.Tint, theme.Accent
		i, n = cellBold.in(theme.Accent), mutedInk.in(theme.Accent)
	} else if c.hovered {
		face.fill = theme.Tint
	}
	p.rect(0, 0, size.Width, size.Height, face)
	w := textWidth(c.text, i)
	if c.count != "" {
		w += textWidth(c.count, n) + 6
	}
	x := p.text((size.Width-w)/2, size.Height/2, c.text, i)
	if c.count != "" {
		p.text(x+6, size.Height/2, c.count, n)
	}
	if c.focused {
		p.ring(-2, -2, size.Width+4, size.Height+4, size.Height/2+2)
	}
}

// ChipGroup is a row of chips of which exactly one is on.
func ChipGroup(names, counts []string, chosen int, onChanged func(int)) *fyne.Container {
	row := Flow(6)
	chips := make([]*Chip, len(names))
	for i, name := range names {
		count := ""
		if i < len(counts) {
			count = counts[i]
		}
		chips[i] = NewChip(name, count, i == chosen, func(bool) {
			for j, c := range chips {
				c.Set(j == i)
			}
			if onChanged != nil {
				onChanged(i)
			}
		})
		row.Add(chips[i])
	}
	return row
}

// Segmented is a control with a few exclusive choices side by side.
type Segmented struct {
	panel
	chips []*segment
}

type segment struct {
	press
	text        string
	on          bool
	first, last bool
}

// NewSegmented makes a control; chosen may be -1 for none.
func NewSegmented(names []string, chosen int, onChanged func(int)) *Segmented {
	row := HStack(0)
	s := &Segmented{}
	s.wrap(s, row)
	for i, name := range names {
		g := &segment{text: name, on: i == chosen, first: i == 0, last: i == len(names)-1}
		g.act = func() {
			s.Set(i)
			if onChanged != nil {
				onChanged(i)
			}
		}
		g.bind(g, func() fyne.Size {
			return fyne.NewSize(max(64, textWidth(g.text, stepBold)+28), theme.ButtonHeight)
		}, g.draw)
		s.chips = append(s.chips, g)
		row.Add(g)
	}
	return s
}

// Label is the word of the choice.
func (g *segment) Label() string { return g.text }

func (g *segment) draw(p *pen, size fyne.Size) {
	face := box{fill: theme.Surface, line: theme.StrongLine, radius: 4}
	if g.first || g.last {
		face.radius = theme.RadiusButton
	}
	i := stepInk
	if g.on {
		face.fill, face.line, i = theme.Tint, theme.Accent, stepBold.in(theme.Accent)
	} else if g.hovered {
		face.fill = theme.Tint
	}
	if g.disabled {
		i.token = theme.Faint
	}
	p.rect(0, 0, size.Width-2, size.Height, face)
	p.textMid(size.Width/2-1, size.Height/2, g.text, i)
	if g.focused {
		p.ring(-1, -1, size.Width, size.Height+2, face.radius)
	}
}

// Set marks a choice without a call back; -1 marks none.
func (s *Segmented) Set(chosen int) {
	for i, g := range s.chips {
		g.on = i == chosen
		g.Refresh()
	}
}
