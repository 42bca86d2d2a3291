package page

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
)

// standardCard is the same register seen by other standards, each figure with its edition, source and how far it is verified; nil when no
// other standard is at hand.
func standardCard(a Actions, st *wizard.State) fyne.CanvasObject {
	list := assess.Standards(st.Standards, st.Case, st.Assessment.Level)
	if len(list) == 0 {
		return nil
	}
	stack, last := part.VStack(10), ""
	for _, f := range list {
		if f.Standard != last {
			if last != "" {
				stack.Add(part.Hairline())
			}
			last = f.Standard
			stack.Add(part.VStack(2, part.HStack(8, part.Strong(f.Standard), part.NewBadgeIcon(part.Neutral, a.T("standard."+f.Kind), "")),
				part.Muted(f.Edition+"；"+f.Source+"。"+f.Note)))
		}
		text := f.Text
		if n := len(f.Behind); n > 0 {
			text += a.T("standard.behind", strconv.Itoa(n))
		}
		stack.Add(part.Columns(16, []float32{1.2, 0.5, 2.3}, part.Strong(f.Name), part.Line(f.Value, theme.SizeCell, theme.Ink, true),
			part.VStack(2, part.Muted(text), part.Muted(f.Rule))))
	}
	return part.CardWith(part.HeadRow(a.T("standard.title"), a.T("standard.note"), nil), stack)
}
