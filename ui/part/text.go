package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Text is a paragraph that breaks its own lines.
type Text struct {
	drawn
	text  string
	ink   ink
	align fyne.TextAlign
	key   wrapKey
	lines []string
	one   bool // one line, cut with … when too long
}

type wrapKey struct {
	text         string
	width, scale float32
}

func newText(s string, i ink) *Text {
	t := &Text{text: s, ink: i}
	t.bind(t, t.measure, t.draw)
	return t
}

// Title is a page title.
func Title(s string) *Text { return newText(s, ink{theme.SizeTitle, theme.Ink, true}).single() }

// Heading is a card's title.
func Heading(s string) *Text { return newText(s, headInk) }

// Subtitle is the small accent line above a title, such as 第 3 步，共 7 步.
func Subtitle(s string) *Text { return newText(s, ink{theme.SizeCell, theme.Accent, true}).single() }

// Body is running text; it wraps at the width it is given.
func Body(s string) *Text { return newText(s, stepInk) }

// Strong is running text in bold.
func Strong(s string) *Text { return newText(s, stepBold) }

// Muted is second text; it wraps.
func Muted(s string) *Text { return newText(s, mutedInk) }

// Small is text of the smallest size; it wraps.
func Small(s string) *Text { return newText(s, tickInk) }

// Colored is a paragraph at a size in design pixels, in the colour of a theme token.
func Colored(s string, size float32, token fyne.ThemeColorName, bold bool) *Text {
	return newText(s, ink{size, token, bold})
}

// Line is text on one line, cut with … when the room is too narrow; in a stack it asks for its full width.
func Line(s string, size float32, token fyne.ThemeColorName, bold bool) *Text {
	return newText(s, ink{size, token, bold}).single()
}

func (t *Text) single() *Text { t.one = true; return t }

// Aligned sets leading, centre or trailing alignment and returns the text.
func (t *Text) Aligned(a fyne.TextAlign) *Text { t.align = a; return t }

// SetText exchanges the words.
func (t *Text) SetText(s string) {
	if t.text != s {
		t.text = s
		t.Refresh()
	}
}

// Text is the words as given.
func (t *Text) Text() string { return t.text }

func (t *Text) measure() fyne.Size {
	if t.one {
		return fyne.NewSize(textWidth(t.text, t.ink), lineHeight(t.ink.size))
	}
	width := t.designSize().Width
	if width <= 0 {
		return fyne.NewSize(min(textWidth(t.text, t.ink), 4*t.ink.size), lineHeight(t.ink.size))
	}
	n := len(t.broken(width))
	return fyne.NewSize(min(textWidth(t.text, t.ink), 4*t.ink.size), lineHeight(t.ink.size)*float32(n))
}

func (t *Text) broken(width float32) []string {
	key := wrapKey{t.text, width, theme.Scale()}
	if key != t.key {
		t.key = key
		t.lines = wrap(t.text, width+0.5, func(s string) float32 { return textWidth(s, t.ink) })
	}
	return t.lines
}

func (t *Text) draw(p *pen, size fyne.Size) {
	lines := []string{t.text}
	if t.one {
		lines[0] = fit(t.text, t.ink, size.Width)
	} else {
		lines = t.broken(size.Width)
	}
	h := lineHeight(t.ink.size)
	y := h / 2
	if t.one {
		y = size.Height / 2
	}
	for _, s := range lines {
		switch t.align {
		case fyne.TextAlignCenter:
			p.textMid(size.Width/2, y, s, t.ink)
		case fyne.TextAlignTrailing:
			p.textRight(size.Width, y, s, t.ink)
		default:
			p.text(0, y, s, t.ink)
		}
		y += h
	}
}
