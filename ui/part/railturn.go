package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// RailTurn is one of the two small actions beside the case: taking the last edit back and bringing it back.
type RailTurn struct {
	Label string // in a word
	Note  string // what it would turn; shown below the firm's name while pointer or focus is on it
	Off   bool
	OnTap func()
}

// railTurns are the two actions, at the right of the case's number.
type railTurns struct {
	row        *fyne.Container
	undo, redo *turnButton
}

func newRailTurns(firm *railFirm) *railTurns {
	hint := func(words string) {
		firm.hint = words
		firm.Refresh()
	}
	t := &railTurns{undo: newTurnButton("undo", hint), redo: newTurnButton("redo", hint)}
	t.row = VStack(0, Pad(28, 14, 0, 0, HStack(0, Spacer(), t.undo, t.redo)))
	t.row.Hide()
	return t
}

// SetTurns shows what can be taken back and brought back.
func (r *StepRail) SetTurns(undo, redo RailTurn) {
	r.turns.undo.set(undo)
	r.turns.redo.set(redo)
}

// turnButton is an icon that tells what it would do before it is tapped.
type turnButton struct {
	press
	icon string
	say  RailTurn
	hint func(string)
}

func newTurnButton(icon string, hint func(string)) *turnButton {
	b := &turnButton{icon: icon, hint: hint}
	b.act = func() {
		if b.say.OnTap != nil {
			b.say.OnTap()
		}
	}
	b.onFocus = func(on bool) { b.tell(on) }
	b.bind(b, func() fyne.Size { return fyne.NewSquareSize(theme.SmallHeight) }, func(p *pen, size fyne.Size) {
		token := theme.Muted
		switch {
		case b.disabled:
			token = theme.Faint
		case b.hovered:
			p.rect(0, 0, size.Width, size.Height, box{fill: theme.Tint, radius: theme.RadiusBadge})
			token = theme.Accent
		}
		p.icon(size.Width/2, size.Height/2, 16, b.icon, token)
		if b.focused {
			p.ring(0, 0, size.Width, size.Height, theme.RadiusBadge)
		}
	})
	return b
}

// Label is the action in a word, for tests and assistive technology.
func (b *turnButton) Label() string { return b.say.Label }

func (b *turnButton) set(say RailTurn) {
	b.say, b.disabled = say, say.Off
	if b.hovered || b.focused {
		b.tell(true)
	}
	b.Refresh()
}

func (b *turnButton) tell(on bool) {
	if on && !b.disabled {
		b.hint(b.say.Note)
	} else {
		b.hint("")
	}
}

// MouseIn tells what the action would turn.
func (b *turnButton) MouseIn(e *desktop.MouseEvent) { b.press.MouseIn(e); b.tell(true) }

// MouseOut takes the words away again.
func (b *turnButton) MouseOut() { b.press.MouseOut(); b.tell(b.focused) }
