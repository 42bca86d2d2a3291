package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Measured is one figure before and after; Was and Is are lengths from 0 to 1, below 0 when there is no figure.
type Measured struct {
	Name          string
	Before, After string
	Was, Is       float32
}

// NewPairBars draws the figures under each other, before in the soft tone over after in the strong one.
func NewPairBars(pairs []Measured) fyne.CanvasObject {
	const row = 46
	d := &drawn{}
	d.bind(d, func() fyne.Size { return fyne.NewSize(420, row*float32(len(pairs))) }, func(p *pen, size fyne.Size) {
		left, right := float32(150), size.Width-190
		for i, x := range pairs {
			y := row * float32(i)
			p.textFit(0, y+row/2, left-12, x.Name, cellInk)
			for k, b := range []struct {
				at   float32
				text string
				fill fyne.ThemeColorName
			}{{x.Was, x.Before, theme.SoftBar}, {x.Is, x.After, theme.Accent}} {
				cy := y + 14 + 18*float32(k)
				p.rect(left, cy-4, right-left, 8, box{fill: theme.Track, radius: 3})
				if b.at > 0 {
					p.rect(left, cy-4, (right-left)*clamp(b.at, 0, 1), 8, box{fill: b.fill, radius: 3})
				}
				p.textFit(right+10, cy, 180, b.text, mutedInk)
			}
		}
	})
	return d
}
