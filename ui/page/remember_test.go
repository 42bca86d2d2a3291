package page_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui"
)

// TestTheWindowIsFoundAsItWasLeft: size, case and step, also after a crash; a case that is gone leaves the 工作台.
func TestTheWindowIsFoundAsItWasLeft(t *testing.T) {
	resume := func(c *ui.Config) { c.Resume = true }
	s := newStand(t)
	s.ui.Close()
	s.show(resume)
	s.ui.NewCase("株洲某某有限公司")
	id := s.ui.Case()
	s.ui.Go(wizard.StepRecommend)
	s.win.Resize(fyne.NewSize(1300, 810))
	s.show(resume) // as after a crash: nothing was closed
	if s.ui.Case() != id {
		t.Fatalf("the case is %q", s.ui.Case())
	}
	s.sees("推荐方案", "株洲某某有限公司")
	s.win.Resize(fyne.NewSize(1300, 810))
	s.ui.Close()
	s.show(resume)
	if got := s.win.Canvas().Size(); got != fyne.NewSize(1300, 810) {
		t.Errorf("the window is %v", got)
	}
	s.ui.Home()
	s.show(resume)
	s.sees("打勾选中几家企业")
	if s.ui.Case() != "" {
		t.Error("a case was opened although the 工作台 was shown last")
	}
}

func TestGoingOnWithWrongFieldsStaysOnceAndTellsThem(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("甲")
	s.ui.Go(wizard.StepFirm)
	s.fill("联系电话", "12345")
	s.tap("保存并继续")
	s.sees("有 1 处需要改", "再按一次")
	s.tap("保存并继续")
	s.misses("有 1 处需要改")
	s.sees("数字化率")
}

func TestAnAmountIsReadBackInCapitals(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("甲")
	s.ui.Go(wizard.StepFirm)
	s.fill("注册资本", "２，０００万")
	s.sees("贰仟万元整")
	if got := s.get("firm.capital"); got != "20,000,000.00" {
		t.Errorf("the capital is %q", got)
	}
}
