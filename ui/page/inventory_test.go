package page_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/page"
	"github.com/shangyuntong/shangyun/ui/part"
)

func TestTheRegisterShowsTheRatesOfTheSampleFirm(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepInventory)
	s.sees("60", "55.0%", "33/60 台", "35.0%", "21/60 台 · 两化 63.6%", "合计 60 台，数字化 33，联网 21")
	for label, want := range map[string]int{"全部": 32, "未联网": 17, "不计入": 7, "有冲突": 0} {
		s.tap(label)
		if got := rowsOf(s.table(0)); got != want {
			t.Errorf("%s lists %d lines, want %d", label, got, want)
		}
	}
	s.tap("有冲突")
	s.sees("没有符合条件的设备")
}

func TestAMachineIsAddedBrokenMendedAndFoundAgain(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("甲")
	s.ui.Go(wizard.StepInventory)
	s.sees("还没有设备")
	s.tap("手工添加")
	s.fill("设备名称", "数控车床")
	s.fill("型号", "CK6150")
	s.fill("台数", "８台")
	s.fill("用途", "production")
	s.fill("设备类型（政策四类）", "cnc")
	s.fill("是否数字化设备", part.Yes)
	s.fill("协议", "OPC UA，Modbus")
	s.fill("原值（整行）", "120万")
	s.fill("购置日期", "2021年5月")
	s.tap("数据采集")
	s.tap("运维诊断")
	id := s.stored().Assets[0].ID
	want := map[string]string{
		"name": "数控车床", "nameplate.model": "CK6150", "count": "8", "use": "production", "class": "cnc", "digital": "yes", "protocols": "OPC UA、Modbus",
		"value": "1,200,000.00", "bought": "2021-05", "functions": "collect、maintain", "networked": "unknown",
	}
	at := func() map[string]string {
		full := map[string]string{}
		for k, v := range want {
			full["assets."+id+"."+k] = v
		}
		return full
	}
	compare(s, at())
	s.sees("计入生产设备", "100.0%")

	s.fill("台数", "很多")
	if s.field("台数").ErrorText() == "" || s.stored().Drafts["assets."+id+".count"] != "很多" {
		t.Error("a count that cannot be read is not named, or not kept")
	}
	compare(s, at())
	s.ui.Home()
	open := s.ui.Case()
	s.show()
	s.ui.Open(open)
	s.ui.Jump("assets." + id + ".count")
	if got := s.field("台数").Value(); got != "很多" {
		t.Errorf("after coming back the count shows %q", got)
	}
	s.fill("台数", "9")
	want["count"] = "9"
	compare(s, at())
	s.fill("计入生产设备", part.No)
	s.sees("还没有登记生产设备，比率无定义")
}

func TestTypingSurvivesAChangeOfLineAndOfPage(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepInventory)
	list := s.table(0)
	list.OnSelect(0)
	f := s.field("车间").(*part.TextField)
	f.Focus()
	f.Input().(*part.Entry).SetText("一车间")
	list.OnSelect(1)
	if got := s.stored().Assets[0].Workshop; got != "一车间" {
		t.Errorf("typing was lost with the change of line: %q", got)
	}
	f = s.field("车间").(*part.TextField)
	f.Focus()
	f.Input().(*part.Entry).SetText("二车间")
	s.ui.Home()
	if got := s.stored().Assets[1].Workshop; got != "二车间" {
		t.Errorf("typing was lost with the change of page: %q", got)
	}
}

func TestAnImportTellsWhatItBroughtAndTwiceChangesNothing(t *testing.T) {
	s := newStand(t)
	s.adoptSample()
	s.ui.Home()
	s.table(0).OnActivate(0)
	s.ui.Go(wizard.StepInventory)
	s.pick = wizard.File{Name: "台账.xlsx", Data: sampleFile(t, "台账.xlsx")}
	s.tap("导入台账")
	s.sees("各列这样读对吗？", "可读入 32 行")
	if n := len(s.stored().Assets); n != 0 {
		t.Fatalf("%d lines were entered before anybody agreed", n)
	}
	s.tap("按此读入并记住")
	s.sees("已导入“台账.xlsx”", "新增 32 行", "需要核对的单元格 1 处", "第 22 行", "略过 6 行")
	before := len(s.stored().Assets)
	if l := s.stored().Layouts; len(l) != 1 || l[0].Name != "台账.xlsx" {
		t.Errorf("what was agreed is not kept: %+v", l)
	}
	s.tap("导入台账") // the same header is not asked about again
	s.sees("新增 0 行，补充 0 行，已有 32 行")
	if got := len(s.stored().Assets); got != before {
		t.Errorf("a second import made %d lines of %d", got, before)
	}
	s.tap("关闭导入结果")
	s.misses("已导入")
	s.pick = wizard.File{Name: "坏.xlsx", Data: []byte("no workbook")}
	s.tap("导入台账")
	s.sees("没有完成", "E02")
	s.tap("知道了")
	if got := len(s.stored().Assets); got != before {
		t.Error("a broken file changed the register")
	}
}

func TestAConflictIsSettledEitherWay(t *testing.T) {
	s := sampleStand(t)
	a := s.stored().Assets[0]
	s.must(s.desk.Edit(t.Context(), s.ui.Case(), func(c *survey.Case) error {
		for i, f := range [][3]string{{"nameplate.model", a.Nameplate.Model, "QM-3000"}, {"networked", "否", "是"}} {
			c.Conflicts = append(c.Conflicts, survey.Conflict{ID: string(rune('a' + i)), Asset: a.ID, Field: f[0], Have: f[1], Got: f[2], Evidence: survey.Evidence{Source: survey.SourceLedger, Ref: "新台账.xlsx 第 5 行"}})
		}
		return nil
	}))
	s.ui.Open(s.ui.Case())
	s.ui.Jump("conflicts.a")
	s.sees("有 2 处不一致", "QM-3000", "新台账.xlsx 第 5 行")
	s.tap("采用导入值")
	s.sees("有 1 处不一致")
	s.tap("保留登记值")
	c := s.stored()
	if got := c.Assets[0]; got.Nameplate.Model != "QM-3000" || got.Networked != survey.No || len(c.Conflicts) != 0 {
		t.Errorf("after settling: model %q, networked %v, %d conflicts", got.Nameplate.Model, got.Networked, len(c.Conflicts))
	}
	s.misses("处不一致")
}

func TestADeletedLineIsGoneAfterTheQuestionOnly(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepInventory)
	s.table(0).OnSelect(2)
	id, n := s.stored().Assets[2].ID, len(s.stored().Assets)
	s.tap("删除这一行")
	s.tap("取消")
	if len(s.stored().Assets) != n {
		t.Fatal("the line went before the answer")
	}
	s.tap("删除这一行")
	s.tap("删除这一行", 1)
	if c := s.stored(); len(c.Assets) != n-1 || slices.ContainsFunc(c.Assets, func(a survey.Asset) bool { return a.ID == id }) {
		t.Errorf("%d lines left of %d", len(c.Assets), n)
	}
	s.sees("选一台设备")
}

// scanner is a computer of five lines.
type scanner struct{}

func (scanner) Describe(_ context.Context, at time.Time) (survey.Asset, error) {
	return survey.Asset{Name: "本机", Count: 1, Use: survey.UseOffice, Counted: survey.No, Nameplate: survey.Nameplate{SerialNumber: "S-1"}, Evidence: []survey.Evidence{{Source: survey.SourceHost, At: at}}}, nil
}

func TestThisComputerIsEnteredOutsideTheDenominator(t *testing.T) {
	s := sampleStand(t, func(p *wizard.Parts) { p.Scanner = scanner{} })
	s.ui.Go(wizard.StepInventory)
	s.tap("盘点本机")
	s.sees("已盘点本机", "新增 1 行", "60", "55.0%")
	if c := s.stored(); len(c.Assets) != 33 {
		t.Errorf("%d lines", len(c.Assets))
	}
}

func TestSystemsAreEnteredWithScenesAndLinks(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepInventory)
	s.tap("系统")
	before := len(s.stored().Systems)
	s.tap("手工添加")
	s.fill("系统名称", "QMS")
	s.fill("类型", "qms")
	s.fill("部署", "saas")
	s.fill("在用", part.Yes)
	s.fill("AI", part.No)
	s.fill("启用日期", "去年")
	s.tap("质量管理")
	s.tap("MES")
	c := s.stored()
	if len(c.Systems) != before+1 {
		t.Fatalf("%d systems, want %d", len(c.Systems), before+1)
	}
	got := c.Systems[before]
	mes := c.Systems[slices.IndexFunc(c.Systems, func(x survey.System) bool { return x.Kind == survey.KindMES })].ID
	if got.Name != "QMS" || got.Kind != survey.KindQMS || got.Deployment != survey.DeploySaaS || got.AI != survey.No || !slices.Equal(got.Scenes, []string{"quality"}) || !slices.Equal(got.Integrations, []string{mes}) {
		t.Errorf("saved %+v", got)
	}
	if s.field("启用日期").ErrorText() == "" || c.Drafts["systems."+got.ID+".since"] != "去年" {
		t.Error("a bad day is not named or not kept")
	}
	s.fill("启用日期", "2025年9月")
	s.ui.Home()
	s.ui.Jump("systems." + got.ID + ".since")
	if v := s.field("启用日期").Value(); v != "2025-09" || s.get("systems."+got.ID+".since") != "2025-09" {
		t.Errorf("after coming back %q", v)
	}
	s.tap("删除这个系统")
	s.tap("删除这个系统", 1)
	if len(s.stored().Systems) != before {
		t.Error("the system was not deleted")
	}
}

func TestArrangementsAreSavedWithTheirDay(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("甲")
	s.ui.Go(wizard.StepInventory)
	s.tap("网络与安全")
	s.fill("网络安全管理制度", part.Yes)
	s.fill("从何时起", "2024.3.1", 4)
	s.fill("有数据台账并定期核验", part.No)
	compare(s, map[string]string{"arrangements.net-policy.have": "yes", "arrangements.net-policy.date": "2024-03-01", "arrangements.data-inventory.have": "no"})
	s.fill("从何时起", "不久前", 4)
	if s.field("从何时起", 4).ErrorText() == "" || s.get("arrangements.net-policy.date") != "2024-03-01" {
		t.Error("a bad day is not named, or overwrote the good one")
	}
	s.fill("从何时起", "", 4)
	compare(s, map[string]string{"arrangements.net-policy.date": ""})
}

func TestTheInventoryHasFourTabs(t *testing.T) {
	s := sampleStand(t)
	p, ok := page.New("inventory", s.ui).(interface{ Tabs() []string })
	if !ok || !slices.Equal(p.Tabs(), []string{"设备", "系统", "网络与安全", "网络盘点"}) {
		t.Error("the tabs are not named")
	}
}
