package page_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

// bigStand is the sample firm with 5,000 machines more.
func bigStand(b *testing.B) *stand {
	s := sampleStand(b)
	_, err := s.desk.Edit(b.Context(), s.ui.Case(), func(c *survey.Case) error {
		like := c.Assets
		for i := range 5000 {
			a := like[i%len(like)]
			a.ID, a.Name, a.AssetID = fmt.Sprintf("big%05d", i), fmt.Sprintf("%s %d", a.Name, i), fmt.Sprintf("B%05d", i)
			c.Assets = append(c.Assets, a)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	s.ui.Open(s.ui.Case())
	return s
}

// BenchmarkWindow measures what a person waits for with 5,000 machines, without the paint itself: turning to a page and back to the 工作台, a key
// until its field is drawn anew, a step of scrolling the table of machines.
func BenchmarkWindow(b *testing.B) {
	s := bigStand(b)
	for _, step := range wizard.Steps() {
		b.Run("turn/"+string(step), func(b *testing.B) {
			for range b.N {
				s.ui.Settings()
				s.ui.Go(step)
			}
		})
	}
	s.ui.Go(wizard.StepFirm)
	e := s.field("注册地址").(interface{ Input() fyne.Focusable }).Input().(*part.Entry)
	s.win.Canvas().Focus(e)
	b.Run("key", func(b *testing.B) {
		for i := range b.N {
			e.TypedRune('a' + rune(i%26))
			if i%40 == 39 {
				e.SetText("")
			}
		}
	})
	s.ui.Go(wizard.StepInventory)
	table := s.table(0)
	b.Run("scroll", func(b *testing.B) {
		for i := range b.N {
			table.Select(i * 7 % 5000)
		}
	})
}
