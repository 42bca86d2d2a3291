package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Finder is what a palette finds.
type Finder struct {
	Title, Hint string
	Find        func(words string) []Option
	Take        func(i int) // told the row's number of what Find gave last
}

// Palette is a search line above everything with what it finds below: Up and Down choose, Enter takes, Escape closes.
type Palette struct {
	*Overlay
	list *optionList
}

// NewPalette makes a palette; call ShowOn on it.
func NewPalette(f Finder) *Palette {
	p := &Palette{}
	p.list = newSearchList(f.Hint, f.Find, func(i int) { p.Close(); f.Take(i) }, func() { p.Close() })
	p.Overlay = newOverlay(Layers(newFill(box{fill: theme.Surface, line: theme.Line, radius: theme.RadiusCard, shadow: true}),
		Pad(14, 16, 12, 16, VStack(8, Line(f.Title, theme.SizeHeading, theme.Ink, true), p.list.search, Sized(0, 9*34, p.list.rows)))), 680)
	return p
}

// newSearchList is a list that is empty until words are typed.
func newSearchList(hint string, find func(string) []Option, take func(int), cancel func()) *optionList {
	l := newOptionList(make([]Option, searchFrom), "\x00", nil, cancel)
	l.all, l.found = nil, nil
	l.choose = func(Option) { take(l.at) }
	l.rows.act = func(i int) { l.at = i; take(i) }
	l.find = find
	l.search.SetPlaceHolder(hint)
	return l
}

// ShowOn opens the palette with the keyboard in the search line.
func (p *Palette) ShowOn(c fyne.Canvas) { p.Open(c, p.list.search) }

// Again finds anew, because more can be found now.
func (p *Palette) Again() {
	if p.IsOpen() && p.list.search.Text != "" {
		p.list.filter(p.list.search.Text)
	}
}
