package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// PickList is a list of words of which one is open; it is one stop of the Tab key, the arrow keys move. Only the rows in view are painted.
type PickList struct {
	panel
	rows   *listRows
	all    []Option
	at     int
	onPick func(i int)
}

// NewPickList makes an empty list; onPick is told the row's number.
func NewPickList(onPick func(i int)) *PickList {
	l := &PickList{at: -1, onPick: onPick}
	l.rows = newListRows(34, func() int { return len(l.all) }, l.drawRow)
	l.rows.act = l.Pick
	l.rows.keys = l.key
	l.wrap(l, l.rows)
	return l
}

// Set exchanges the rows; at is the open one, -1 for none. An option with Value "-" stands a little deeper.
func (l *PickList) Set(all []Option, at int) {
	l.all, l.at = all, at
	l.rows.reload()
	if at >= 0 {
		l.rows.reveal(at)
	} else {
		l.rows.reveal(0)
	}
}

// Pick opens a row as if the person had.
func (l *PickList) Pick(i int) {
	if i < 0 || i >= len(l.all) {
		return
	}
	l.at = i
	l.rows.reveal(i)
	l.rows.body.Refresh()
	if l.onPick != nil {
		l.onPick(i)
	}
}

func (l *PickList) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyDown:
		l.Pick(min(l.at+1, len(l.all)-1))
	case fyne.KeyUp:
		l.Pick(max(l.at-1, 0))
	case fyne.KeyHome:
		l.Pick(0)
	case fyne.KeyEnd:
		l.Pick(len(l.all) - 1)
	default:
		return false
	}
	return true
}

func (l *PickList) drawRow(p *pen, i int, y, width, height float32, hovered bool) {
	o, ink, x := l.all[i], stepInk, float32(12)
	if o.Value == "-" {
		x, ink = 28, cellInk
	}
	if i == l.at || hovered {
		p.rect(4, y+1, width-8, height-2, box{fill: theme.Tint, radius: theme.RadiusBadge})
	}
	if i == l.at {
		p.rect(4, y+7, 3, height-14, box{fill: theme.Accent, radius: 1.5})
		ink = ink.strong().in(theme.Accent)
	}
	at := p.textFit(x, y+height/2, width-x-10, o.Text, ink)
	if room := width - at - 20; o.Note != "" && room > 40 {
		p.textFit(at+8, y+height/2, room, o.Note, mutedInk)
	}
}
