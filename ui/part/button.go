package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

type rank int

const (
	rankPrimary rank = iota
	rankSecondary
	rankText
	rankDanger
)

// Button is a labelled action.
type Button struct {
	press
	text, icon string
	rank       rank
	small      bool
}

func newButton(r rank, text, icon string, onTap func()) *Button {
	b := &Button{text: text, icon: icon, rank: r}
	b.act = onTap
	b.bind(b, b.measure, b.draw)
	return b
}

// Primary is the one filled action of a page; icon may be empty.
func Primary(text, icon string, onTap func()) *Button {
	return newButton(rankPrimary, text, icon, onTap)
}

// Secondary is an outlined action.
func Secondary(text, icon string, onTap func()) *Button {
	return newButton(rankSecondary, text, icon, onTap)
}

// TextButton is an action without a border.
func TextButton(text, icon string, onTap func()) *Button {
	return newButton(rankText, text, icon, onTap)
}

// Danger is an action that takes something away.
func Danger(text, icon string, onTap func()) *Button { return newButton(rankDanger, text, icon, onTap) }

// Small makes the button low, for use inside cards, and returns it.
func (b *Button) Small() *Button { b.small = true; return b }

// Off disables the button and returns it.
func (b *Button) Off() *Button { b.disabled = true; return b }

// SetText exchanges the label.
func (b *Button) SetText(s string) { b.text = s; b.Refresh() }

// Label is the words on the button.
func (b *Button) Label() string { return b.text }

// SetOnTap exchanges the action.
func (b *Button) SetOnTap(f func()) { b.act = f }

func (b *Button) ink() ink {
	i := stepBold
	if b.small {
		i = cellBold
	}
	switch {
	case b.disabled:
		i.token = theme.Faint
	case b.rank == rankPrimary:
		i.token = theme.OnAccent
	case b.rank == rankText:
		i.token = theme.Accent
	case b.rank == rankDanger:
		i.token = theme.Err
	}
	return i
}

func (b *Button) pad() float32 {
	switch {
	case b.rank == rankText:
		return 8
	case b.small:
		return 10
	}
	return 16
}

// maxLabel is how wide the words on a button may make it; longer ones are cut.
const maxLabel = 340

func (b *Button) measure() fyne.Size {
	w := min(textWidth(b.text, b.ink()), maxLabel) + 2*b.pad()
	if b.icon != "" {
		w += 16
		if b.text != "" {
			w += 8
		}
	}
	h := theme.ButtonHeight
	if b.small {
		h = theme.SmallHeight
	}
	return fyne.NewSize(max(w, h), h)
}

func (b *Button) draw(p *pen, size fyne.Size) {
	face := box{radius: theme.RadiusButton}
	switch {
	case b.disabled && b.rank != rankText:
		face.fill = theme.Track
	case b.rank == rankPrimary:
		face.fill = theme.Accent
	case b.rank != rankText:
		face.fill, face.line = theme.Surface, theme.StrongLine
	}
	if b.hovered && !b.disabled && b.rank != rankPrimary {
		face.fill = theme.Tint
		if b.rank == rankDanger {
			face.fill = theme.ErrBg
		}
	}
	p.rect(0, 0, size.Width, size.Height, face)
	if b.hovered && !b.disabled && b.rank == rankPrimary {
		p.rect(0, 0, size.Width, size.Height, box{fill: theme.Shade, radius: theme.RadiusButton})
	}
	need, icon := b.measure().Width, b.icon
	if short := need - size.Width; short > 2*(b.pad()-4) && b.text != "" && icon != "" {
		need, icon = need-24, ""
	}
	x := max(6, (size.Width-need)/2+b.pad())
	i := b.ink()
	if icon != "" {
		p.icon(x+8, size.Height/2, 16, icon, i.token)
		x += 24
	}
	p.textFit(x, size.Height/2, size.Width-x-4, b.text, i)
	if b.focused {
		b.drawFocus(p, size)
	}
}

func (b *Button) drawFocus(p *pen, size fyne.Size) {
	if b.rank == rankPrimary && !b.disabled {
		p.rect(2, 2, size.Width-4, size.Height-4, box{line: theme.OnAccent, lineWidth: 2, radius: theme.RadiusButton - 2})
		return
	}
	p.ring(0, 0, size.Width, size.Height, theme.RadiusButton)
}

// Link is a short action in running text, such as 修改.
func Link(text string, onTap func()) *Button {
	l := &Button{text: text, rank: rankText}
	l.act = onTap
	l.bind(l, func() fyne.Size {
		return fyne.NewSize(min(textWidth(l.text, mutedInk), maxLabel)+2, 20)
	}, func(p *pen, size fyne.Size) {
		i := mutedInk.in(theme.Accent)
		if l.disabled {
			i.token = theme.Faint
		}
		end := p.textFit(1, size.Height/2, size.Width, l.text, i)
		if l.hovered && !l.disabled {
			p.rect(1, size.Height/2+9, end-1, 1, box{fill: i.token})
		}
		if l.focused {
			p.ring(-2, -1, size.Width+4, size.Height+2, 4)
		}
	})
	return l
}

// IconButton is an action that is only an icon; label says it in words to tests and to assistive technology.
func IconButton(icon, label string, onTap func()) *Button {
	b := &Button{text: label, icon: icon, rank: rankText}
	b.act = onTap
	b.bind(b, func() fyne.Size { return fyne.NewSquareSize(theme.SmallHeight) }, func(p *pen, size fyne.Size) {
		token := theme.Muted
		if b.hovered && !b.disabled {
			p.rect(0, 0, size.Width, size.Height, box{fill: theme.Tint, radius: theme.RadiusBadge})
			token = theme.Accent
		}
		if b.disabled {
			token = theme.Faint
		}
		p.icon(size.Width/2, size.Height/2, 16, b.icon, token)
		if b.focused {
			p.ring(0, 0, size.Width, size.Height, theme.RadiusBadge)
		}
	})
	return b
}
