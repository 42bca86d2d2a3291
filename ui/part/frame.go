package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Fill is a plain surface in the colour of a theme token.
type Fill struct {
	drawn
	box box
}

// NewFill makes a surface in the colour of a theme token, with rounded corners if radius is above 0.
func NewFill(token fyne.ThemeColorName, radius float32) *Fill {
	return newFill(box{fill: token, radius: radius})
}

func newFill(b box) *Fill {
	f := &Fill{box: b}
	f.bind(f, func() fyne.Size { return fyne.Size{} }, func(p *pen, size fyne.Size) {
		p.rect(0, 0, size.Width, size.Height, f.box)
	})
	return f
}

// Hairline is a thin line across a stack.
func Hairline() fyne.CanvasObject {
	d := &drawn{}
	d.bind(d, func() fyne.Size { return fyne.NewSize(1, 1) }, func(p *pen, size fyne.Size) { p.hair(0, 0, size.Width) })
	return d
}

type frameLayout struct{}

// The objects of a frame: ground, rail, header, body, foot.
func (frameLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	rail, header, body, foot := o[1].MinSize(), o[2].MinSize(), o[3].MinSize(), o[4].MinSize()
	w := max(header.Width+2*margin, body.Width, foot.Width)
	return fyne.NewSize(rail.Width+w, max(rail.Height, header.Height+body.Height+foot.Height+2*16))
}

// railWidth lets the rail grow with the text as far as the window has room for it.
func railWidth(window float32) float32 {
	return max(theme.RailWidth, min(theme.RailWidth*theme.Scale(), window*0.21))
}

func (frameLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	rail := railWidth(size.Width)
	foot := o[4].MinSize().Height
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(max(0, w), max(0, h)))
	}
	place(o[0], 0, 0, size.Width, size.Height)
	place(o[1], 0, 0, rail, size.Height)
	width := size.Width - rail
	place(o[4], rail, size.Height-foot, width, foot)
	y := float32(0)
	if o[2].Visible() {
		y = 16
		h := settle(o[2], width-2*margin)
		place(o[2], rail+margin, y, width-2*margin, h)
		y += h + 8
	}
	place(o[3], rail, y, width, size.Height-foot-y)
}

// Frame is the whole window: rail at the left, header above body, foot below. It adds the page's margins
// to the header only; the body brings its own (PageBody). Any of the four may be nil.
func Frame(rail, header, body, foot fyne.CanvasObject) *fyne.Container {
	objects := []fyne.CanvasObject{NewFill(theme.Bg, 0), rail, header, body, foot}
	for i, o := range objects {
		if o == nil {
			objects[i] = container.New(padding{})
			objects[i].Hide()
		}
	}
	return container.New(frameLayout{}, objects...)
}

// PageHeader is step line, title, a muted note beside the title and buttons at the right; step and note may be empty.
func PageHeader(step, title, note string, actions ...fyne.CanvasObject) *fyne.Container {
	row := HStack(14, Title(title))
	if note != "" {
		row.Add(Grow(flexible(Pad(5, 0, 0, 0, Line(note, theme.SizeCell, theme.Muted, false)))))
	}
	left := VStack(0, row)
	if step != "" {
		left = VStack(0, Subtitle(step), row)
	}
	return HStack(8, append([]fyne.CanvasObject{Grow(left)}, elastic(actions)...)...)
}
