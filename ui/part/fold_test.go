package part

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestAFoldStandsBesideWhenWideAndBelowWhenNarrow(t *testing.T) {
	a, b := Sized(200, 40, nil), Sized(200, 60, nil)
	f := Fold(500, 10, []float32{1, 1}, a, b)
	if w := f.MinSize().Width; w != 200 {
		t.Errorf("least width = %v, want 200: a fold fits where one of its parts fits", w)
	}
	f.Resize(fyne.NewSize(510, 60))
	if got := b.Position(); got != fyne.NewPos(260, 0) {
		t.Errorf("wide: second part at %v, want 260,0", got)
	}
	if h := f.MinSize().Height; h != 60 {
		t.Errorf("wide: height = %v, want 60", h)
	}
	f.Resize(fyne.NewSize(400, 110))
	if got := b.Position(); got != fyne.NewPos(0, 50) {
		t.Errorf("narrow: second part at %v, want 0,50", got)
	}
	if h := f.MinSize().Height; h != 110 {
		t.Errorf("narrow: height = %v, want 110", h)
	}
}
