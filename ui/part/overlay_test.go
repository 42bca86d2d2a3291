package part

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestAQuestionGivesTheKeyboardBack(t *testing.T) {
	dress(t, false, 1)
	back := Secondary("删除", "", nil)
	w := window(t, Middle(back))
	w.Canvas().Focus(back)
	for _, tt := range []struct {
		name    string
		key     fyne.KeyName
		yes, no int
	}{{"enter on the harmless button", fyne.KeyReturn, 0, 1}, {"escape", fyne.KeyEscape, 0, 1}} {
		var yes, no int
		ask := NewConfirm(Ask{Title: "删除这个案卷？", Text: "删除后不能恢复。", Danger: true, OnYes: func() { yes++ }, OnNo: func() { no++ }})
		ask.ShowOn(w.Canvas())
		if w.Canvas().Focused() != ask.NoButton {
			t.Fatalf("%s: a dangerous question must start on the harmless button", tt.name)
		}
		key(w.Canvas().Focused(), tt.key)
		if yes != tt.yes || no != tt.no {
			t.Errorf("%s: yes %d, no %d", tt.name, yes, no)
		}
		if ask.IsOpen() || len(w.Canvas().Overlays().List()) != 0 || w.Canvas().Focused() != back {
			t.Errorf("%s: the overlay stays or the keyboard is lost", tt.name)
		}
	}
	yes := 0
	ask := NewConfirm(Ask{Title: "报送？", OnYes: func() { yes++ }})
	ask.ShowOn(w.Canvas())
	test.Tap(ask.YesButton)
	if yes != 1 || ask.IsOpen() {
		t.Error("a tap on 确定 must act and close")
	}
}

func TestAResultAndAWaitCloseOnce(t *testing.T) {
	dress(t, true, 1.3)
	w := window(t, Middle(Body("页")))
	closed, stopped := 0, 0
	m := NewMessage(Note{Kind: OK, Title: "已送达", Text: "门户已签名。", Pairs: []Pair{{"回执号", "HN-1"}}, OnClose: func() { closed++ }})
	m.ShowOn(w.Canvas())
	key(w.Canvas().Focused(), fyne.KeyEscape)
	m.Close()
	if closed != 1 || m.IsOpen() {
		t.Errorf("closed %d times", closed)
	}
	wait := NewWaitOverlay("正在报送", func() { stopped++ })
	wait.ShowOn(w.Canvas())
	wait.Set(Running{Title: "正在报送", Words: "3 / 18 个文件", Fraction: 0.2})
	key(w.Canvas().Focused(), fyne.KeySpace)
	wait.Close()
	if stopped != 1 || len(w.Canvas().Overlays().List()) != 0 {
		t.Errorf("stopped %d times", stopped)
	}
}

func TestAToastLeavesThePageUsable(t *testing.T) {
	dress(t, false, 1)
	hits := 0
	b := Primary("保存", "", func() { hits++ })
	toast := NewToaster(VStack(0, HStack(0, b)))
	w := window(t, toast)
	first := toast.Say(OK, "已保存", "", nil)
	second := toast.Say(Warn, "离线", "重试", nil)
	test.TapCanvas(w.Canvas(), fyne.NewPos(30, 20))
	if hits != 1 {
		t.Error("the page under a toast cannot be tapped")
	}
	toast.DismissIf(first)
	if !toast.Showing() {
		t.Error("an old number took a newer message away")
	}
	toast.DismissIf(second)
	if toast.Showing() {
		t.Error("the message stays")
	}
}
