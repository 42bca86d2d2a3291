package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// panel is the base of the parts that are put together from others.
type panel struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

func (p *panel) wrap(self fyne.Widget, content fyne.CanvasObject) {
	p.content = content
	p.ExtendBaseWidget(self)
}

func (p *panel) inner() fyne.CanvasObject { return p.content }

// CreateRenderer implements fyne.Widget.
func (p *panel) CreateRenderer() fyne.WidgetRenderer { return &panelRenderer{p} }

type panelRenderer struct{ p *panel }

func (r *panelRenderer) Layout(size fyne.Size)        { r.p.content.Resize(size) }
func (r *panelRenderer) MinSize() fyne.Size           { return r.p.content.MinSize() }
func (r *panelRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.p.content} }
func (r *panelRenderer) Destroy()                     {}

func (r *panelRenderer) Refresh() {
	r.p.content.Resize(r.p.Size())
	r.p.content.Refresh()
	canvas.Refresh(r.p.content)
}
