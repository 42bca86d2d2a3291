package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

var cardBox = box{fill: theme.Surface, line: theme.Line, radius: theme.RadiusCard, shadow: true}

// Card is a surface with a title, something at the right of the title, and content; title, trailing and content
// may each be empty or nil.
func Card(title string, trailing, content fyne.CanvasObject) *fyne.Container {
	return CardWith(HeadRow(title, "", trailing), content)
}

// HeadRow is a card's title with a muted note beside it and something at the right; nil when all are empty.
func HeadRow(title, note string, trailing fyne.CanvasObject) fyne.CanvasObject {
	if title == "" && trailing == nil {
		return nil
	}
	left := HStack(12, Line(title, theme.SizeHeading, theme.Ink, true))
	if note != "" {
		left.Add(Grow(flexible(Line(note, theme.SizeCell, theme.Muted, false)))) // cut before the card grows too wide
	}
	row := HStack(12, Grow(left))
	if trailing != nil {
		row.Add(trailing)
	}
	return row
}

// CardWith is a card with an own head; the content fills the height that is left.
func CardWith(head, content fyne.CanvasObject) *fyne.Container {
	stack := VStack(12)
	if head != nil {
		stack.Add(head)
	}
	if content != nil {
		stack.Add(Grow(content))
	}
	return Layers(newFill(cardBox), Pad(16, theme.CardPadding, 18, theme.CardPadding, stack))
}

// BareCard is the surface of a card without padding, for tables and lists.
func BareCard(content fyne.CanvasObject) *fyne.Container {
	return Layers(newFill(cardBox), PadAll(1, content))
}

// InnerCard is a sunk card inside a card.
func InnerCard(content fyne.CanvasObject) *fyne.Container {
	return Layers(newFill(box{fill: theme.Sunk, line: theme.Line, radius: theme.RadiusButton}), Pad(12, 14, 12, 14, content))
}

// TintCard is a card in the accent's tint, for what is running, computed or chosen.
func TintCard(content fyne.CanvasObject) *fyne.Container {
	return Layers(newFill(box{fill: theme.Tint, line: theme.TintLine, radius: theme.RadiusCard}), Pad(14, 16, 14, 16, content))
}

// Notice is a band with an icon and a text in the colours of a kind.
func Notice(kind Kind, text string) *fyne.Container {
	fg, bg := kind.colors()
	icon := Icon(kind.icon(), 16, fg)
	return Layers(newFill(box{fill: bg, radius: theme.RadiusButton}),
		Pad(9, 14, 9, 12, HStack(8, icon, Grow(Colored(text, theme.SizeCell, theme.Ink, false)))))
}

// Icon is a picture by name at a size in design pixels, in the colour of a theme token.
func Icon(name string, size float32, token fyne.ThemeColorName) fyne.CanvasObject {
	d := &drawn{}
	d.bind(d, func() fyne.Size { return fyne.NewSize(size, size) }, func(p *pen, s fyne.Size) {
		p.icon(s.Width/2, s.Height/2, size, name, token)
	})
	return d
}
