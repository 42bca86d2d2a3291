package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Overlay is a card above everything, behind a veil that keeps the page from being touched.
type Overlay struct {
	panel
	canvas   fyne.Canvas
	onEscape func()
	back     fyne.Focusable
}

// veil swallows taps beside the card.
type veil struct{ press }

func newOverlay(card fyne.CanvasObject, width float32) *Overlay {
	o := &Overlay{}
	v := &veil{}
	v.disabled = true
	v.bind(v, func() fyne.Size { return fyne.Size{} }, func(p *pen, size fyne.Size) {
		p.rect(0, 0, size.Width, size.Height, box{fill: theme.Scrim})
	})
	o.wrap(o, Layers(v, container.New(dialogLayout{width}, card)))
	return o
}

type dialogLayout struct{ width float32 }

func (l dialogLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return padding{}.MinSize(o) }

func (l dialogLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, c := range o {
		w := min(l.width*theme.Scale(), size.Width-32)
		h := settle(c, max(w, c.MinSize().Width))
		c.Move(fyne.NewPos((size.Width-c.Size().Width)/2, max(16, (size.Height-h)*0.42)))
	}
}

// Open puts the overlay on a canvas and the keyboard into focus, which may be nil.
func (o *Overlay) Open(c fyne.Canvas, focus fyne.Focusable) {
	o.canvas, o.back = c, c.Focused()
	c.Overlays().Add(o)
	o.Resize(c.Size())
	o.Refresh()
	if focus != nil {
		c.Focus(focus)
	}
}

// Close takes the overlay away and gives the keyboard back.
func (o *Overlay) Close() {
	if o.canvas == nil {
		return
	}
	o.canvas.Overlays().Remove(o)
	if o.back != nil {
		o.canvas.Focus(o.back)
	}
	o.canvas = nil
}

// IsOpen says whether the overlay is on a canvas.
func (o *Overlay) IsOpen() bool { return o.canvas != nil }

// Ask is a question before something is done.
type Ask struct {
	Title, Text string
	Yes, No     string // the buttons; empty: 确定, 取消
	Danger      bool   // the deed takes something away
	OnYes, OnNo func()
}

// Confirm makes the overlay for a question; call ShowOn on it. Escape is No.
type Confirm struct {
	*Overlay
	YesButton, NoButton *Button
}

// NewConfirm makes a question.
func NewConfirm(a Ask) *Confirm {
	c := &Confirm{}
	end := func(then func()) func() {
		return func() {
			c.Close()
			if then != nil {
				then()
			}
		}
	}
	c.NoButton = Secondary(or(a.No, word("cancel")), "", end(a.OnNo))
	c.YesButton = Primary(or(a.Yes, word("yes")), "", end(a.OnYes))
	if a.Danger {
		c.YesButton = Danger(or(a.Yes, word("yes")), "", end(a.OnYes))
	}
	escape(end(a.OnNo), c.YesButton, c.NoButton)
	words := VStack(10, Heading(a.Title))
	if a.Text != "" {
		words.Add(Body(a.Text))
	}
	c.Overlay = newOverlay(dialogCard(words, c.NoButton, c.YesButton), 440)
	return c
}

// ShowOn opens the question with the keyboard on the harmless button.
func (c *Confirm) ShowOn(canvas fyne.Canvas) {
	focus := c.YesButton
	if c.YesButton.rank == rankDanger {
		focus = c.NoButton
	}
	c.Open(canvas, focus)
}

// Note is a result to be read: it went well, or it did not and what to do next.
type Note struct {
	Kind        Kind
	Title, Text string
	Pairs       []Pair
	Button      string // empty: 知道了
	OnClose     func()
	More        []*Button // further actions, before the closing button; they do not close by themselves
}

// Message makes the overlay for a result.
type Message struct {
	*Overlay
	CloseButton *Button
}

// NewMessage makes a result. Escape closes it.
func NewMessage(n Note) *Message {
	m := &Message{}
	end := func() {
		m.Close()
		if n.OnClose != nil {
			n.OnClose()
		}
	}
	m.CloseButton = Primary(or(n.Button, word("ok")), "", end)
	escape(end, append([]*Button{m.CloseButton}, n.More...)...)
	words := VStack(10, Line(n.Title, theme.SizeHeading+1, theme.Ink, true))
	if n.Text != "" {
		words.Add(Body(n.Text))
	}
	if len(n.Pairs) > 0 {
		words.Add(KeyValue(76, n.Pairs...))
	}
	actions := make([]fyne.CanvasObject, 0, len(n.More)+1)
	for _, b := range n.More {
		actions = append(actions, b)
	}
	m.Overlay = newOverlay(dialogCard(VStack(0, topIcon(n.Kind, words)), append(actions, m.CloseButton)...), 460)
	return m
}

// ShowOn opens the result with the keyboard on its closing button.
func (m *Message) ShowOn(c fyne.Canvas) { m.Open(c, m.CloseButton) }

func topIcon(k Kind, words fyne.CanvasObject) fyne.CanvasObject {
	d := &drawn{}
	d.bind(d, func() fyne.Size { return fyne.NewSize(48, 40) }, func(p *pen, _ fyne.Size) {
		fg, bg := k.colors()
		if k == Neutral {
			bg = theme.Track
		}
		p.disc(18, 18, 18, bg, "", 0)
		p.icon(18, 18, 20, k.icon(), fg)
	})
	return container.New(iconLeft{}, d, words)
}

type iconLeft struct{}

func (iconLeft) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+b.Width, max(a.Height, b.Height))
}

func (iconLeft) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := o[0].MinSize().Width
	settle(o[0], w)
	o[1].Move(fyne.NewPos(w, 0))
	settle(o[1], size.Width-w)
}

func dialogCard(words fyne.CanvasObject, actions ...fyne.CanvasObject) fyne.CanvasObject {
	row := HStack(10, Spacer())
	for _, a := range actions {
		row.Add(a)
	}
	return Layers(newFill(box{fill: theme.Surface, line: theme.Line, radius: 12, shadow: true}),
		Pad(22, 24, 20, 24, VStack(20, words, row)))
}

func escape(do func(), buttons ...*Button) {
	for _, b := range buttons {
		b.onKey = func(k fyne.KeyName) bool {
			if k == fyne.KeyEscape {
				do()
			}
			return k == fyne.KeyEscape
		}
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// WaitOverlay keeps the page from being touched while something runs, and shows how far it is.
type WaitOverlay struct {
	*Overlay
	strip *ProgressStrip
}

// NewWaitOverlay makes the overlay; onCancel may be nil.
func NewWaitOverlay(title string, onCancel func()) *WaitOverlay {
	w := &WaitOverlay{strip: NewProgressStrip(Running{Title: title, Fraction: -1}, onCancel)}
	w.Overlay = newOverlay(w.strip, 560)
	return w
}

// Set shows the progress.
func (w *WaitOverlay) Set(r Running) { w.strip.Set(r) }

// ShowOn opens the overlay with the keyboard on its stop button, if it has one.
func (w *WaitOverlay) ShowOn(c fyne.Canvas) {
	if w.strip.stop != nil {
		w.Open(c, w.strip.stop)
		return
	}
	w.Open(c, nil)
}
