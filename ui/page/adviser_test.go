package page_test

import (
	"bytes"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

// ctrlA marks all rows of a table by the keyboard.
func (s *stand) ctrlA(t *part.Table) {
	s.win.Canvas().Focus(t.Focusable())
	t.Focusable().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
}

// The adviser ticks cases on the workbench, lays them beside each other, and sends those that are ready: one that is not ready stops nothing.
func TestTheAdviserComparesAndSendsSeveralCases(t *testing.T) {
	s := sampleStand(t, reporting)
	o := openOffice(t)
	o.enrol(s)
	id := s.ui.Case()
	_, err := s.desk.New(t.Context(), "株洲空白机械有限公司")
	s.must(err)
	s.ui.Home()
	s.sees("打勾选中几家企业")
	s.ctrlA(s.table(0))
	s.sees("已选 2 家")
	s.tap("对比")
	s.sees("企业对比", "株洲恒硬刀具有限公司", "株洲空白机械有限公司", "补贴测算上限", "未评测")
	s.ui.Home()
	s.tap("批量报送")
	s.sees("批量报送", "株洲空白机械有限公司", wizard.ConsentText("application", "株洲市受理处"), "同意并报送 0 份")
	if !s.button("同意并报送 0 份").Disabled() {
		t.Error("nothing is ticked: nothing may be sent")
	}
	s.ctrlA(s.table(0))
	if st, err := s.desk.Open(t.Context(), id); err != nil || len(st.Ready("application")) > 0 { // the sample lacks papers here: no tick is taken, nothing can leave
		s.sees("同意并报送 0 份", "缺 ")
		return
	}
	s.tap("同意并报送 1 份")
	s.sees("已报送 1 份", "回执")
	if r := s.latest("application"); r == nil || r.Receipt == nil {
		t.Error("no receipt is kept")
	}
}

func TestAFieldIsWrittenToManyMachinesAndTakenBackAsOne(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepInventory)
	before := s.stored().Assets
	s.ctrlA(s.table(0))
	s.sees(fmt.Sprintf("已选 %d 行", len(before)))
	s.field("要填的字段").(*part.SelectField).Choose("workshop")
	s.fill("车间", "总装车间")
	s.tap("写到选中的行")
	for _, a := range s.stored().Assets {
		if a.Workshop != "总装车间" {
			t.Fatalf("%s stands in %q", a.Name, a.Workshop)
		}
	}
	s.ui.Undo()
	for i, a := range s.stored().Assets {
		if a.Workshop != before[i].Workshop {
			t.Fatalf("after one undo %s stands in %q, was in %q", a.Name, a.Workshop, before[i].Workshop)
		}
	}
}

func TestRowsCopiedInASpreadsheetArePastedWithALookAtTheirColumns(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepInventory)
	n := len(s.stored().Assets)
	fyne.CurrentApp().Clipboard().SetContent("资产编号\t设备名称\t规格型号\t数量\r\nP-1\t\"立式\n钻床\"\tZ5140\t2\r\nP-2\t带锯床\tGB4025\t1\r\n")
	s.table(0).Focusable().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{})
	if len(s.stored().Assets) != n {
		t.Fatal("nothing may be entered before a person agreed to the columns")
	}
	s.sees("规格型号", "Z5140")
	s.tap("按此读入并记住")
	c := s.stored()
	if len(c.Assets) != n+2 || c.Assets[n].AssetID != "P-1" || c.Assets[n].Count != 2 || c.Assets[n+1].Name != "带锯床" {
		t.Errorf("%d lines, last %+v", len(c.Assets), c.Assets[len(c.Assets)-1])
	}
}

// The reviewer looks, remarks and signs; nothing else is taken, also on the pages of the steps.
func TestTheReviewerChangesNothing(t *testing.T) {
	s := sampleStand(t)
	id := s.ui.Case()
	name := s.get("firm.name")
	s.choose()
	s.tap("检查")
	s.sees("只看不改", "案卷摘要")
	s.tap("开始检查")
	s.sees("正在检查")
	s.ui.Set("firm.name", "改掉的名字")
	s.sees("只供检查")
	if got := s.get("firm.name"); got != name {
		t.Fatalf("the name became %q while it was checked", got)
	}
	if top := s.win.Canvas().Overlays().Top(); top != nil {
		s.win.Canvas().Overlays().Remove(top)
	}
	s.tap("记意见")
	s.reply("信用代码请核对原件", "记下")
	s.sees("信用代码请核对原件")
	s.ui.Open(id)
	s.sees("只看不改") // it opens on the check as long as it is checked
	s.tap("结束检查")
	s.tap("结束检查", 1)
	s.ui.Set("firm.name", "改掉的名字")
	if got := s.get("firm.name"); got != "改掉的名字" {
		t.Errorf("after the check the name is %q", got)
	}
}

func TestTheVisitTakesNotesAndFilesPhotos(t *testing.T) {
	s := sampleStand(t, func(p *wizard.Parts) { p.Codes = func([]byte) ([]string, error) { return nil, nil } })
	id := s.ui.Case()
	picture := append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte("x"), 40)...)
	_, _, err := s.desk.TakePhotos(t.Context(), id, []wizard.Photo{{Name: "IMG_9.png", Read: func() ([]byte, error) { return picture, nil }}}, nil)
	s.must(err)
	s.choose()
	s.tap("走访")
	s.sees("走访回来", "待归属的照片 1 张", "IMG_9.png")
	s.tap("记一条")
	s.reply("地面有油", "记下")
	s.sees("地面有油")
	machine := s.stored().Assets[0].ID
	s.field("IMG_9.png").(*part.SelectField).Choose(machine)
	for _, a := range s.stored().Attachments {
		if a.Role == survey.RolePhoto && a.For != machine {
			t.Errorf("the photo stands with %q, want %q", a.For, machine)
		}
	}
	s.sees("没有待归属的照片")
}
