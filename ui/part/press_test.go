package part

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/shangyuntong/shangyun/ui/theme"
)

func window(t *testing.T, o fyne.CanvasObject) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, o)
	w.Resize(fyne.NewSize(900, 700))
	return w
}

func key(f fyne.Focusable, name fyne.KeyName) { f.TypedKey(&fyne.KeyEvent{Name: name}) }

func TestEverythingThatCanBeTappedCanBeWorkedByKeyboard(t *testing.T) {
	dress(t, false, 1)
	var hits int
	hit := func() { hits++ }
	parts := map[string]fyne.CanvasObject{
		"primary":      Primary("保存", "", hit),
		"secondary":    Secondary("上一步", "usb", hit),
		"text":         TextButton("先跳过", "", hit),
		"danger":       Danger("删除", "", hit),
		"small":        Primary("补上", "plus", hit).Small(),
		"icon":         IconButton("copy", "复制", hit),
		"link":         Link("修改", hit),
		"chip":         NewChip("全部", "60", false, func(bool) { hit() }),
		"check":        NewCheck("同意", false, func(bool) { hit() }),
		"option":       NewOptionRow(OptionSpec{Text: "超过 60%"}, false, false, hit),
		"tile":         NewCounterTile("60", "台", "生产设备", "12 种", Neutral, hit),
		"step card":    NewStepCard(StepSpec{Title: "升级"}, false, hit),
		"scene":        NewSceneBar(Scene{Name: "产品设计", Now: 1}, hit),
		"option group": NewOptionGroup([]OptionSpec{{Text: "甲"}, {Text: "乙"}}, false, func([]int) { hit() }),
		"segmented":    NewSegmented([]string{"是", "否"}, -1, func(int) { hit() }),
		"chip group":   ChipGroup([]string{"全部", "未联网"}, nil, 0, func(int) { hit() }),
		"tri": func() fyne.CanvasObject {
			f := NewTriField(FieldSpec{Label: "规上"})
			f.OnChanged = func(string) { hit() }
			return f
		}(),
		"rail":    func() fyne.CanvasObject { return NewStepRail("上云通", hit, nil) }(),
		"summary": func() fyne.CanvasObject { s := NewErrorSummary(); s.Set([]Problem{{"请填写", hit}}); return s }(),
	}
	for name, part := range parts {
		for _, k := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter} {
			w := window(t, part)
			w.Canvas().FocusNext()
			f := w.Canvas().Focused()
			if f == nil {
				t.Errorf("%s: Tab does not reach it", name)
				break
			}
			before := countObjects(f.(fyne.CanvasObject))
			w.Canvas().Unfocus()
			if after := countObjects(f.(fyne.CanvasObject)); after >= before {
				t.Errorf("%s: the focus is not seen (%d objects with it, %d without)", name, before, after)
			}
			w.Canvas().FocusNext()
			hits = 0
			key(w.Canvas().Focused(), k)
			if hits != 1 {
				t.Errorf("%s: %s worked it %d times, want once", name, k, hits)
			}
		}
	}
}

func TestADisabledPartIsPassedOver(t *testing.T) {
	dress(t, false, 1)
	var hits int
	off, on := Primary("报送", "send", func() { hits++ }).Off(), Secondary("导出", "", nil)
	w := window(t, HStack(4, off, on))
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != on {
		t.Error("Tab must pass over a disabled button")
	}
	test.Tap(off)
	key(off, fyne.KeySpace)
	if hits != 0 {
		t.Errorf("a disabled button was worked %d times", hits)
	}
	off.Enable()
	test.Tap(off)
	if hits != 1 {
		t.Errorf("an enabled button was worked %d times, want once", hits)
	}
}

func TestHoverIsSeen(t *testing.T) {
	dress(t, false, 1)
	b := Primary("保存", "", nil)
	window(t, b)
	before := countObjects(b)
	b.MouseIn(&desktop.MouseEvent{})
	if countObjects(b) <= before {
		t.Error("a button under the pointer looks like any other")
	}
	b.MouseOut()
	if countObjects(b) != before {
		t.Error("the hover mark stays")
	}
}

func TestChoosingAmongOptions(t *testing.T) {
	dress(t, false, 1)
	specs := []OptionSpec{{Text: "甲"}, {Text: "乙"}, {Text: "丙"}}
	var got []int
	single := NewOptionGroup(specs, false, func(c []int) { got = c })
	window(t, single)
	test.Tap(single.Row(0))
	test.Tap(single.Row(2))
	if len(got) != 1 || got[0] != 2 {
		t.Errorf("one of several: %v, want [2]", got)
	}
	multi := NewOptionGroup(specs, true, func(c []int) { got = c })
	w := window(t, multi)
	test.Tap(multi.Row(0))
	test.Tap(multi.Row(2))
	if len(got) != 2 || got[0] != 0 || got[1] != 2 {
		t.Errorf("several: %v, want [0 2]", got)
	}
	test.Tap(multi.Row(0))
	if len(got) != 1 {
		t.Errorf("a second tap must take the choice back: %v", got)
	}
	w.Canvas().Focus(multi.Row(0))
	key(multi.Row(0), fyne.KeyDown)
	if w.Canvas().Focused() != multi.Row(1) {
		t.Error("Down must go to the next row")
	}
}

func TestASliderStopsOnlyWhereThePlanChanges(t *testing.T) {
	dress(t, false, 1)
	var got []int
	s := NewBudgetSlider([]float32{0.1, 0.5, 0.9}, 0, -1, func(i int) { got = append(got, i) })
	window(t, s)
	key(s, fyne.KeyRight)
	key(s, fyne.KeyEnd)
	key(s, fyne.KeyRight)
	s.Resize(fyne.NewSize(220, 28))
	test.TapAt(s, fyne.NewPos(20, 10))
	if want := []int{1, 2, 0}; len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("got %v, want %v", got, want)
	}
	empty := NewBudgetSlider(nil, 0, -1, nil)
	window(t, empty)
	key(empty, fyne.KeyRight)
	test.Tap(empty)
}

func TestPartsFollowAChangeOfTheme(t *testing.T) {
	app := dress(t, false, 1)
	w := window(t, VStack(4, Body("正文"), Primary("保存", "check", nil), NewBadge(OK, "满足"), Card("标题", nil, Muted("说明"))))
	light := w.Canvas().Capture()
	th := func(dark bool) fyne.Theme { return theme.New(theme.Fonts{}, theme.Options{Dark: dark}) }
	app.Settings().SetTheme(th(true))
	dark := test.RenderObjectToMarkup(w.Content())
	app.Settings().SetTheme(th(false))
	if again := test.RenderObjectToMarkup(w.Content()); again == dark {
		t.Error("the parts kept the dark colours under the light theme")
	}
	if light.Bounds().Empty() {
		t.Error("nothing was drawn")
	}
}
