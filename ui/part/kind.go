package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Kind is what a badge, notice or toast says by colour and icon.
type Kind int

// The five kinds.
const (
	Neutral Kind = iota // not done yet, or no judgement
	OK
	Warn
	Err
	Info
)

func (k Kind) colors() (text, ground fyne.ThemeColorName) {
	switch k {
	case OK:
		return theme.OK, theme.OKBg
	case Warn:
		return theme.Warn, theme.WarnBg
	case Err:
		return theme.Err, theme.ErrBg
	case Info:
		return theme.Accent, theme.Tint
	}
	return theme.Muted, theme.Sunk
}

func (k Kind) icon() string {
	switch k {
	case OK:
		return "check"
	case Warn:
		return "warn"
	case Err:
		return "cross"
	case Info:
		return "info"
	}
	return "dots"
}

// mark is the small bold sign of a kind inside a badge.
func (k Kind) mark() string {
	switch k {
	case Warn:
		return "ask"
	case Info:
		return "arrow-up"
	}
	return k.icon()
}
