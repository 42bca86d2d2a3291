package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// ProgressStrip says what is running, how far it is and lets it be stopped.
type ProgressStrip struct {
	panel
	bar          *progressBar
	title, words *Text
	stop         *Button
}

// Running is what a ProgressStrip shows. Fraction is 0 to 1, or below 0 when the end is not known.
type Running struct {
	Icon     string // empty: refresh
	Title    string // 正在扫描 192.168.10.0/24
	Words    string // 158 / 254 个地址 · 剩余时间 48 秒
	Fraction float32
}

// NewProgressStrip makes a strip; onCancel may be nil where stopping is not possible.
func NewProgressStrip(r Running, onCancel func()) *ProgressStrip {
	if r.Icon == "" {
		r.Icon = "refresh"
	}
	s := &ProgressStrip{bar: newProgressBar(), title: Line("", theme.SizeCell, theme.Ink, true), words: Line("", theme.SizeCell, theme.Ink, false)}
	row := HStack(14, Icon(r.Icon, 18, theme.Accent), s.title, Grow(s.bar), s.words)
	if onCancel != nil {
		s.stop = Secondary(word("stop"), "stop", onCancel).Small()
		row.Add(s.stop)
	}
	s.wrap(s, Layers(newFill(box{fill: theme.Tint, line: theme.TintLine, radius: theme.RadiusCard}), Pad(8, 10, 8, 14, row)))
	s.Set(r)
	return s
}

// Set shows the progress.
func (s *ProgressStrip) Set(r Running) {
	s.title.SetText(r.Title)
	s.words.SetText(r.Words)
	s.bar.fraction = r.Fraction
	s.Refresh()
}

// Stopping greys the stop button out after a tap on it.
func (s *ProgressStrip) Stopping() {
	if s.stop != nil {
		s.stop.SetText(word("stopping"))
		s.stop.Disable()
	}
}

type progressBar struct {
	drawn
	fraction float32
}

func newProgressBar() *progressBar {
	b := &progressBar{}
	b.bind(b, func() fyne.Size { return fyne.NewSize(90, 28) }, func(p *pen, size fyne.Size) {
		cy := size.Height / 2
		w := size.Width - 46
		if b.fraction < 0 {
			w = size.Width
			p.bar(0, cy-3, w, 6, theme.Track)
			for x := float32(0); x < w-12; x += 24 {
				p.bar(x, cy-3, 12, 6, theme.SoftBar)
			}
			return
		}
		p.bar(0, cy-3, w, 6, theme.Track)
		p.bar(0, cy-3, w*clamp(b.fraction, 0, 1), 6, theme.Accent)
		p.textRight(size.Width, cy, itoa(int(clamp(b.fraction, 0, 1)*100))+"%", cellBold.in(theme.Accent))
	})
	return b
}

// EmptyState fills a place where nothing is yet: icon, title, words and a way on; text may be empty and action nil.
func EmptyState(icon, title, text string, action fyne.CanvasObject) *fyne.Container {
	list := VStack(10, Middle(emptyIcon(icon)), Strong(title).Aligned(fyne.TextAlignCenter))
	if text != "" {
		list.Add(Muted(text).Aligned(fyne.TextAlignCenter))
	}
	if action != nil {
		list.Add(Middle(action))
	}
	return Pad(24, 16, 24, 16, Column(380, list))
}

func emptyIcon(name string) fyne.CanvasObject {
	d := &drawn{}
	d.bind(d, func() fyne.Size { return fyne.NewSize(56, 56) }, func(p *pen, size fyne.Size) {
		p.disc(size.Width/2, size.Height/2, 28, theme.Tint, "", 0)
		p.icon(size.Width/2, size.Height/2, 26, name, theme.Accent)
	})
	return d
}
