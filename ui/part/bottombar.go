package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// BottomBar is the foot of a page: a note at the left, actions at the right, the primary one last.
type BottomBar struct {
	panel
	note *Text
}

// NewBottomBar makes a foot; the note may be empty.
func NewBottomBar(note string, actions ...fyne.CanvasObject) *BottomBar {
	b := &BottomBar{note: Line(note, theme.SizeCell, theme.Muted, false)}
	ground := &drawn{}
	ground.bind(ground, func() fyne.Size { return fyne.NewSize(0, theme.BarHeight) }, func(p *pen, size fyne.Size) {
		p.rect(0, 0, size.Width, size.Height, box{fill: theme.Surface})
		p.hair(0, 0, size.Width)
	})
	row := HStack(10, Grow(flexible(b.note)))
	for _, a := range elastic(actions) {
		row.Add(a)
	}
	b.wrap(b, Layers(ground, Pad(0, margin, 0, margin, row)))
	return b
}

// SetNote exchanges the note.
func (b *BottomBar) SetNote(s string) { b.note.SetText(s) }
