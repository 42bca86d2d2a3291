package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Figure is a key figure with a unit behind it.
type Figure struct {
	drawn
	value, unit string
	size        float32
	token       fyne.ThemeColorName
}

// KeyFigure is a figure of 26 with its unit; see Sized and In for others.
func KeyFigure(value, unit string) *Figure {
	f := &Figure{value: value, unit: unit, size: 26, token: theme.Ink}
	f.bind(f, func() fyne.Size {
		w := textWidth(f.value, f.ink())
		if f.unit != "" {
			w += 6 + textWidth(f.unit, mutedInk)
		}
		return fyne.NewSize(w, f.size*1.3)
	}, func(p *pen, size fyne.Size) {
		x := p.text(0, size.Height/2, f.value, f.ink())
		if f.unit != "" {
			p.text(x+6, size.Height/2+f.size*0.38-theme.SizeCell*0.38, f.unit, mutedInk)
		}
	})
	return f
}

func (f *Figure) ink() ink { return ink{f.size, f.token, true} }

// Of sets the size of the type, 20 to 30, and returns the figure.
func (f *Figure) Of(size float32) *Figure { f.size = size; return f }

// In sets the colour by token and returns the figure.
func (f *Figure) In(token fyne.ThemeColorName) *Figure { f.token = token; return f }

// Set exchanges value and unit.
func (f *Figure) Set(value, unit string) { f.value, f.unit = value, unit; f.Refresh() }

// Labeled is a figure under its label with a note below, as in a summary row; note may be empty.
func Labeled(label string, figure fyne.CanvasObject, note string) *fyne.Container {
	c := VStack(2, Line(label, theme.SizeCell, theme.Muted, false), HStack(0, figure))
	if note != "" {
		c.Add(Line(note, theme.SizeCell, theme.Muted, false))
	}
	return c
}

// CounterTile is a big figure with a label and a line below it, such as 60 台 · 生产设备 · 12 种型号. With onTap it shows
// a chevron and can be worked.
type CounterTile struct {
	press
	value, unit, label, sub string
	kind                    Kind
	bare                    bool
}

// Label is what the tile counts.
func (t *CounterTile) Label() string { return t.label }

// NewCounterTile makes a tile; kind Warn or Err colours the figure; onTap may be nil.
func NewCounterTile(value, unit, label, sub string, kind Kind, onTap func()) *CounterTile {
	t := &CounterTile{value: value, unit: unit, label: label, sub: sub, kind: kind}
	t.act = onTap
	t.bind(t, t.measure, t.draw)
	t.disabled = onTap == nil
	return t
}

// Bare leaves the card's surface out, for tiles that share one card, and returns the tile.
func (t *CounterTile) Bare() *CounterTile { t.bare = true; return t }

// Set exchanges the words.
func (t *CounterTile) Set(value, unit, label, sub string, kind Kind) {
	t.value, t.unit, t.label, t.sub, t.kind = value, unit, label, sub, kind
	t.Refresh()
}

func (t *CounterTile) textX() float32 {
	x := 16 + textWidth(t.value, ink{26, theme.Ink, true}) + 14
	if t.unit != "" {
		x += 6 + textWidth(t.unit, mutedInk)
	}
	return x
}

func (t *CounterTile) measure() fyne.Size {
	w := t.textX() + min(max(textWidth(t.label, cellBold), min(textWidth(t.sub, mutedInk), 130)), 40) + 14 // longer words are cut when there is no room
	if t.act != nil {
		w += 22
	}
	return fyne.NewSize(w, 60)
}

func (t *CounterTile) draw(p *pen, size fyne.Size) {
	if !t.bare {
		b := cardBox
		if t.hovered && t.act != nil {
			b.line = theme.TintLine
		}
		p.rect(0, 0, size.Width, size.Height, b)
	}
	token := theme.Ink
	if t.kind == Warn || t.kind == Err {
		token, _ = t.kind.colors()
	}
	cy := size.Height / 2
	x := p.text(16, cy, t.value, ink{26, token, true})
	if t.unit != "" {
		p.text(x+6, cy+4, t.unit, mutedInk)
	}
	x = t.textX()
	right := size.Width - 12
	if t.act != nil && x+textWidth(t.label, cellBold) <= right-18 { // in a narrow tile the words matter more than the sign
		p.icon(size.Width-16, cy, 16, "chevron-right", theme.Muted)
		right -= 18
	}
	p.textFit(x, cy-9.5, right-x, t.label, cellBold)
	p.textFit(x, cy+10.5, right-x, t.sub, mutedInk)
	if t.focused {
		p.ring(0, 0, size.Width, size.Height, theme.RadiusCard)
	}
}
