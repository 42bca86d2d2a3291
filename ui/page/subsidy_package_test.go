package page_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// dossiers writes the names only.
type dossiers struct{}

func (dossiers) Dossier(d apply.Dossier, _ []apply.Task, _ []byte) ([]wizard.File, error) {
	var out []wizard.File
	for _, p := range d.Packing {
		if p.Document != "" {
			out = append(out, wizard.File{Name: p.File, Data: []byte(p.Name)})
		}
	}
	return out, nil
}

func (dossiers) Calendar(tasks []apply.Task, form apply.Application) wizard.File {
	var keys []string
	for _, t := range tasks {
		if t.Due != "" {
			keys = append(keys, t.Tick()+" "+string(t.Due))
		}
	}
	return wizard.File{Data: []byte(strings.Join(keys, "\n"))}
}

func TestThePackageTabWarnsCopiesTicksAndMakes(t *testing.T) {
	g := apply.Guide{ID: "g", Title: "某申报系统", Address: "http://198.51.100.7/login", Status: "待核实", Sources: []apply.GuideSource{{Key: "S", Title: "通知"}},
		Screens: []apply.GuideScreen{{Title: "企业", Source: "S", Fields: []apply.GuideField{{Field: "firm.contact.phone"}, {Field: "cost.gross"}}}},
		Steps:   []apply.GuideStep{{Key: "up", Title: "上传", Source: "S"}}}
	s := sampleStand(t, func(p *wizard.Parts) { p.Dossiers, p.Packs.Portals = dossiers{}, []*apply.Guide{&g} })
	s.tab(wizard.StepSubsidy, 3)
	s.sees("某申报系统", apply.NoInterfaceText, apply.InsecureText, "138****0000", "证据索引", "绩效自评", "政策文本没有规定这些日期")
	s.misses("13800000000")
	fyne.CurrentApp().Clipboard().SetContent("")
	s.tap("复制地址")
	s.sees("这个地址没有加密")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "" {
		t.Errorf("%q was copied before the warning was read", got)
	}
	s.tap("已知风险，复制地址")
	if got := fyne.CurrentApp().Clipboard().Content(); got != g.Address {
		t.Errorf("copied %q", got)
	}
	s.tap("复制", 0)
	if got := fyne.CurrentApp().Clipboard().Content(); got != "13800000000" {
		t.Errorf("copied %q, want the whole number", got)
	}
	s.fill("绩效自评截止", "2027-09-30")
	s.fill("受托人姓名", "样例丁")
	s.tap("上传")
	c := s.stored()
	if len(c.Project.Steps) != 1 || c.Project.Steps[0] != "up" || c.Project.Award.SelfReview != "2027-09-30" || c.Project.Agent.Name != "样例丁" {
		t.Errorf("saved %+v", c.Project)
	}
	s.tap("生成材料包")
	s.sees("申报材料包")
	if s.saved != nil {
		t.Error("something was written before consent")
	}
	s.tap("同意并导出")
	if len(s.saved) != 10 || s.saved[0].Name != "株洲市-株洲恒硬刀具有限公司-01-申报函" {
		t.Errorf("%d files were written: %v", len(s.saved), s.saved)
	}
	s.tap("导出日历（.ics）")
	s.tap("同意并导出")
	if len(s.saved) != 1 || s.saved[0].Name != "提醒.ics" || string(s.saved[0].Data) != "duty.selfReview 2027-09-30" {
		t.Errorf("the calendar is %v", s.saved)
	}
}

func TestACostLineIsTiedToItsMachine(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepSubsidy)
	s.row(invoiceTable, 0)
	machine := s.stored().Assets[0].ID
	s.fill("对应设备", machine)
	if got := s.stored().Invoices[0].Lines[0].Asset; got != machine {
		t.Errorf("the line is tied to %q, want %q", got, machine)
	}
}
