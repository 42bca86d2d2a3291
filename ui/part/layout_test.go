package part

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/shangyuntong/shangyun/ui/theme"
)

func TestTheContentOfAScrollerIsAsHighAsItsTextNeeds(t *testing.T) {
	dress(t, false, 1)
	text := Body(strings.Repeat("数据安全，网络安全。", 40))
	s := PageBody(VStack(12, Card("说明", nil, text), Card("尾", nil, Body("完"))))
	w := window(t, s)
	w.SetPadded(false)
	for _, width := range []float32{900, 500, 300, 900} {
		w.Resize(fyne.NewSize(width, 200))
		if got, want := s.Content.Size().Height, s.Content.MinSize().Height; got < want {
			t.Errorf("at a width of %v the content is %v high and needs %v", width, got, want)
		}
		if lines := len(text.broken(text.designSize().Width)); float32(lines)*lineHeight(theme.SizeBody) > text.Size().Height+0.5 {
			t.Errorf("at a width of %v %d lines are cut to %v", width, lines, text.Size().Height)
		}
	}
}

func TestTheFrameKeepsRailAndFootAtEverySize(t *testing.T) {
	dress(t, false, 1)
	rail, foot := demoRail(), NewBottomBar(strings.Repeat("很长的说明", 30), Primary("下一步", "", nil))
	body := PageBody(Body("正文"))
	frame := Frame(rail, PageHeader("第 1 步，共 7 步", "企业信息", ""), body, foot)
	for _, size := range []fyne.Size{{Width: 1180, Height: 760}, {Width: 900, Height: 600}, {Width: 2200, Height: 1300}} {
		frame.Resize(size)
		if rail.Size() != fyne.NewSize(theme.RailWidth, size.Height) {
			t.Errorf("at %v the rail is %v", size, rail.Size())
		}
		if got := foot.Position().Y + foot.Size().Height; got != size.Height || foot.Size().Height != theme.BarHeight {
			t.Errorf("at %v the foot ends at %v with height %v", size, got, foot.Size().Height)
		}
		if body.Position().Y+body.Size().Height > foot.Position().Y+0.5 {
			t.Errorf("at %v the body runs under the foot", size)
		}
	}
	if w := foot.MinSize().Width; w > 400 {
		t.Errorf("a long note makes the window %v wide", w)
	}
	if Frame(nil, nil, body, nil).MinSize().IsZero() {
		t.Error("a frame must do with a body alone")
	}
}

func TestStacksLeaveHiddenThingsOut(t *testing.T) {
	dress(t, false, 1)
	a, b, c := Sized(10, 20, nil), Sized(10, 20, nil), Sized(10, 20, nil)
	b.Hide()
	if got := VStack(5, a, b, c).MinSize().Height; got != 45 {
		t.Errorf("height %v, want 45", got)
	}
	if got := HStack(5, a, b, c).MinSize().Width; got != 25 {
		t.Errorf("width %v, want 25", got)
	}
	if got := Grid(2, 5, a, b, c).MinSize().Height; got != 20 {
		t.Errorf("grid height %v, want 20", got)
	}
}

func TestRoomIsSharedByWeight(t *testing.T) {
	dress(t, false, 1)
	a, b := Sized(10, 20, nil), Sized(10, 40, nil)
	row := Columns(10, []float32{1, 2}, a, b)
	row.Resize(fyne.NewSize(310, 50))
	if a.Size() != fyne.NewSize(100, 50) || b.Size() != fyne.NewSize(200, 50) || b.Position().X != 110 {
		t.Errorf("a %v, b %v at %v", a.Size(), b.Size(), b.Position())
	}
	left, right := Sized(10, 20, nil), Sized(30, 20, nil)
	line := HStack(0, left, Spacer(), right)
	line.Resize(fyne.NewSize(200, 20))
	if right.Position().X != 170 {
		t.Errorf("a spacer pushes to %v, want 170", right.Position().X)
	}
}

func TestAParagraphShrinksBeforeAButtonDoes(t *testing.T) {
	dress(t, false, 1)
	text, button := Muted(strings.Repeat("说明", 60)), Primary("补上", "plus", nil)
	row := HStack(10, text, button)
	row.Resize(fyne.NewSize(300, 60))
	if button.Size().Width < button.MinSize().Width || button.Position().X+button.Size().Width > 300.5 {
		t.Errorf("the button lies at %v with width %v", button.Position().X, button.Size().Width)
	}
}

func TestASlotShowsWhatItIsGiven(t *testing.T) {
	dress(t, false, 1)
	slot := NewSlot(nil)
	w := window(t, slot)
	slot.Set(Body("甲"))
	if got := test.RenderObjectToMarkup(w.Content()); !strings.Contains(got, "甲") {
		t.Error("the content is not shown")
	}
	slot.Set(nil)
	if got := test.RenderObjectToMarkup(w.Content()); strings.Contains(got, "甲") {
		t.Error("the old content stays")
	}
}

func TestTextThatIsTooLongEndsInDots(t *testing.T) {
	dress(t, false, 1)
	i := cellInk
	for _, width := range []float32{0, 10, 40, 100, 1000} {
		got := fit("株洲恒硬刀具有限公司", i, width)
		if width >= 20 && textWidth(got, i) > width+0.5 {
			t.Errorf("at %v: %q is %v wide", width, got, textWidth(got, i))
		}
		if width == 1000 && strings.Contains(got, "…") {
			t.Errorf("cut without need: %q", got)
		}
	}
}
