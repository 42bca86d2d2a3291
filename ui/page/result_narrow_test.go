package page_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

// TestResultFitsANarrowWindow: at 1024 wide, beside the step rail, nothing on the page is cut off in either language.
func TestResultFitsANarrowWindow(t *testing.T) {
	for _, language := range []string{"zh", "en"} {
		s := sampleStand(t)
		s.must(s.desk.Freeze(t.Context(), s.ui.Case(), "T0", ""))
		s.ui.Apply("language", language)
		s.ui.Open(s.ui.Case())
		s.ui.Go(wizard.StepResult)
		found := false
		s.walk(func(o fyne.CanvasObject) {
			if body, ok := o.(*part.Scroller); ok && body.MinSize().Width > 300 {
				found = true
				if got := body.MinSize().Width; got > 1024-212 {
					t.Errorf("%s: the page asks for %v", language, got)
				}
			}
		})
		if !found {
			t.Errorf("%s: no page", language)
		}
	}
}
