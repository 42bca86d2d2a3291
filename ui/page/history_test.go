package page_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestUndoAndRedoByButtonAndByKeyAlsoAfterARestart(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepFirm)
	name := s.get("firm.name")
	s.fill("企业名称", "湘潭新名机械有限公司")
	s.fill("注册地址", "新路 1 号")
	s.tap("撤销")
	s.sees("已撤销：企业信息 · 注册地址", "湘潭新名机械有限公司")
	s.ui.ByKey(&fyne.ShortcutUndo{})
	if got := s.get("firm.name"); got != name {
		t.Errorf("the name is %q, want %q", got, name)
	}
	s.show() // the program is started again
	s.ui.Open(s.firstCase())
	s.ui.ByKey(&desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	if got := s.get("firm.name"); got != "湘潭新名机械有限公司" {
		t.Errorf("after redo the name is %q", got)
	}
	s.tap("重做")
	if got := s.get("firm.address"); got != "新路 1 号" {
		t.Errorf("after redo the address is %q", got)
	}
	s.ui.ByKey(&fyne.ShortcutRedo{})
	s.sees("没有可以重做的修改")
}

func TestAFieldWithTheFocusKeepsUndoForItsText(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepFirm)
	s.fill("注册地址", "新路 1 号")
	s.field("企业名称").Focus()
	s.ui.ByKey(&fyne.ShortcutUndo{})
	if got := s.get("firm.address"); got != "新路 1 号" {
		t.Errorf("an undo inside a field took the address back to %q", got)
	}
}

func TestUndoTakesAwayWhatAPageIsShowing(t *testing.T) {
	s := sampleStand(t)
	lines := len(s.stored().Assets)
	s.ui.Go(wizard.StepInventory)
	s.tap("手工添加")
	s.tap("撤销")
	s.tap("重做")
	if got := len(s.stored().Assets); got != lines+1 {
		t.Errorf("%d lines, want %d", got, lines+1)
	}
	s.tap("撤销")
	s.ui.Go(wizard.StepSubsidy)
	n := len(s.stored().Contracts)
	s.tap("添加合同")
	s.tap("撤销")
	s.tap("撤销") // an edit of the sample's answers
	if got := len(s.stored().Contracts); got != n {
		t.Errorf("%d contracts, want %d", got, n)
	}
}

func TestReviewTellsWhatChangedSinceTheLastSending(t *testing.T) {
	s, o := readyStand(t), openOffice(t)
	o.enrol(s)
	s.ui.Open(s.ui.Case())
	s.ui.Go(wizard.StepReview)
	s.misses("自上次报送以来的变化")
	s.consent(submit.Application)
	s.tap("报送")
	s.sees("自上次报送以来的变化", "没有变化")
	s.must(s.desk.Set(t.Context(), s.ui.Case(), "project.useMonths", "7"))
	s.must(s.desk.Set(t.Context(), s.ui.Case(), "firm.contact.phone", "13912345678"))
	s.ui.Open(s.ui.Case())
	s.ui.Go(wizard.StepReview)
	s.sees("项目 · 连续使用（个月）：", "→ 7", "139****5678")
	s.misses("13912345678")
}
