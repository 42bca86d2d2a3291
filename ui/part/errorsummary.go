package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Problem is one thing to mend and the way to it.
type Problem struct {
	Text   string
	OnJump func()
}

// ErrorSummary lists what must be mended on a page, each line leading to its field. It is hidden while empty.
type ErrorSummary struct {
	panel
	list *fyne.Container
	head *Text
}

// NewErrorSummary makes an empty list.
func NewErrorSummary() *ErrorSummary {
	s := &ErrorSummary{list: VStack(2), head: Line("", theme.SizeHeading, theme.Err, true)}
	s.wrap(s, Layers(newFill(box{fill: theme.ErrBg, line: theme.Err, radius: theme.RadiusCard}),
		Pad(12, 16, 12, 16, VStack(6, HStack(8, Icon("warn", 18, theme.Err), s.head), s.list))))
	s.Hide()
	return s
}

// Set shows the problems; none hides the list.
func (s *ErrorSummary) Set(problems []Problem) {
	s.list.Objects = nil
	for _, p := range problems {
		s.list.Add(HStack(6, Icon("chevron-right", 12, theme.Err), Link(p.Text, p.OnJump)))
	}
	s.head.SetText(word("problems", len(problems)))
	if len(problems) == 0 {
		s.Hide()
	} else {
		s.Show()
	}
	s.Refresh()
}
