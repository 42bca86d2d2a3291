package view_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/view"
)

func speak(t *testing.T) view.Words {
	t.Helper()
	texts, err := pack.Texts(assets.Text)
	if err != nil {
		t.Fatal(err)
	}
	return texts["zh"].T
}

func machine(id string, count int, change func(*survey.Asset)) survey.Asset {
	a := survey.Asset{ID: id, Name: "机 " + id, Count: count, Use: survey.UseProduction, Digital: survey.No, Networked: survey.No, OnCloud: survey.No}
	if change != nil {
		change(&a)
	}
	return a
}

func register() *survey.Case {
	return &survey.Case{
		Assets: []survey.Asset{
			machine("a", 27, nil),
			machine("b", 12, func(a *survey.Asset) { a.Digital = survey.Yes }),
			machine("c", 21, func(a *survey.Asset) { a.Digital, a.Networked, a.OnCloud = survey.Yes, survey.Yes, survey.Yes }),
			machine("d", 5, func(a *survey.Asset) { a.Use = survey.UseLogistics }),
			machine("e", 2, func(a *survey.Asset) { a.Use = "" }),
		},
		Conflicts: []survey.Conflict{{ID: "1", Asset: "b", Field: "nameplate.model", Have: "甲", Got: "乙"}, {ID: "2", Asset: "b", Field: "count", Have: "12", Got: "13"}},
	}
}

func TestTheTilesShowTheRatesWithTheirMachines(t *testing.T) {
	want := [4]view.Tile{
		{Value: "60", Unit: "台", Label: "生产设备", Sub: "另有 2 台待核实是否计入"},
		{Value: "55.0%", Label: "数字化率", Sub: "33/60 台"},
		{Value: "35.0%", Label: "联网率", Sub: "21/60 台 · 两化 63.6%"},
		{Value: "2", Unit: "处", Label: "待核对", Sub: "值不一致", Tone: view.Careful},
	}
	if d := cmp.Diff(want, view.InventoryTiles(speak(t), register())); d != "" {
		t.Error(d)
	}
	empty := view.InventoryTiles(speak(t), &survey.Case{})
	if empty[1].Value != "—" || !strings.Contains(empty[1].Sub, "还没有登记生产设备") {
		t.Errorf("a rate without machines shows %+v", empty[1])
	}
}

func TestFiltersLookAtWhatTheySay(t *testing.T) {
	rows := view.AssetRows(speak(t), register())
	if d := cmp.Diff([]string{"67", "39", "39", "1", "7", "5"}, view.FilterCounts(rows)); d != "" {
		t.Error(d)
	}
	for _, c := range []struct {
		filter view.AssetFilter
		search string
		want   string
	}{
		{view.AllAssets, "", "a b c d e"}, {view.OffNetwork, "", "a b"}, {view.OffCloud, "", "a b"}, {view.InConflict, "", "b"}, {view.NotCounted, "", "d e"},
		{view.AllAssets, "机 Ｃ", "c"}, {view.OffNetwork, "机 c", ""},
	} {
		var got []string
		for _, r := range view.PickAssets(rows, c.filter, nil, c.search) {
			got = append(got, r.ID)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("filter %d, search %q gives %q, want %q", c.filter, c.search, got, c.want)
		}
	}
}

func TestDisputesNameTheFieldAndTheWitness(t *testing.T) {
	c := register()
	c.Conflicts[0].Evidence = survey.Evidence{Source: survey.SourceLedger, Ref: "台账.xlsx 第 5 行"}
	want := []view.Dispute{{ID: "1", Field: "型号", Have: "甲", Got: "乙", Witness: "台账 · 台账.xlsx 第 5 行"}, {ID: "2", Field: "台数", Have: "12", Got: "13"}}
	if d := cmp.Diff(want, view.Disputes(speak(t), c, "b")); d != "" {
		t.Error(d)
	}
	if got := view.Disputes(speak(t), c, "a"); got != nil {
		t.Errorf("another line has %v", got)
	}
}

func TestACreditCodeIsJudgedAsFarAsItGoes(t *testing.T) {
	for _, c := range []struct{ typed, hint, wrong string }{
		{"", "18 位，见营业执照", ""},
		{"9143 0211", "已输入 8 位，共 18 位", ""},
		{"91430211ma4hy7k28c", "校验码正确", ""},
		{"91430211MA4HY7K28D", "", "第 18 位校验码应为 C"},
		{"91430211MA4HY7K28C9", "", "18"},
	} {
		hint, wrong := view.CodeHint(speak(t), c.typed)
		if hint != c.hint || (c.wrong == "") != (wrong == "") || !strings.Contains(wrong, c.wrong) {
			t.Errorf("%q: hint %q, wrong %q", c.typed, hint, wrong)
		}
	}
}

func TestAPlaceIsSuggestedOnlyWhereItHelps(t *testing.T) {
	for _, c := range []struct{ code, region, offers, says string }{
		{"", "", "", ""},
		{"91430211MA4HY7K28C", "", "430200", "推断为株洲市"},
		{"91430211MA4HY7K28C", "430200", "", ""},
		{"91430211MA4HY7K28C", "430300", "430200", "所选为湘潭市"},
		{"91110108MA00000003", "", "", "不属于湖南省"},
		{"91110108MA00000003", "430300", "", ""},
	} {
		s := view.SuggestPlace(speak(t), survey.Firm{CreditCode: c.code, Region: c.region})
		if s.Code != c.offers || !strings.Contains(s.Text, c.says) || (c.says == "") != (s.Text == "") {
			t.Errorf("%+v: %+v", c, s)
		}
	}
}

func TestTheSizeFollowsLastYearsFigures(t *testing.T) {
	staff, revenue := 150, money.Yuan(47_300_000)
	c := &survey.Case{AsOf: "2026-11-23", Firm: survey.Firm{Industry: "C33", DeclaredSize: "small"}, Years: []survey.Year{{Year: 2025, Staff: &staff, MainRevenue: &revenue}}}
	if s := view.SizeOf(c); s.Class != "小型" || !s.Known || s.Declared != "" {
		t.Errorf("%+v", s)
	}
	c.Firm.DeclaredSize = "medium"
	if s := view.SizeOf(c); s.Declared != "中型" {
		t.Errorf("%+v", s)
	}
	c.AsOf = "2025-11-23"
	if s := view.SizeOf(c); s.Known || s.Class != "待核实" || s.Declared != "" {
		t.Errorf("without figures of the year before: %+v", s)
	}
}

func TestTheYearsAreTheTwoBeforeTheReferenceDay(t *testing.T) {
	for _, c := range []struct {
		asOf  survey.Date
		years []survey.Year
		want  []int
	}{
		{"", nil, nil}, {"2026-11-23", nil, []int{2025, 2024}}, {"2026-01", []survey.Year{{Year: 2023}}, []int{2025, 2024, 2023}}, {"2026-01", []survey.Year{{Year: 2020}}, []int{2025, 2024}},
	} {
		if d := cmp.Diff(c.want, view.FirmYears(&survey.Case{AsOf: c.asOf, Years: c.years})); d != "" {
			t.Errorf("%s: %s", c.asOf, d)
		}
	}
}

func TestACaseSaysWhatComesNextAndWhetherItIsSent(t *testing.T) {
	w := speak(t)
	at := time.Date(2026, 11, 23, 2, 4, 0, 0, time.Local)
	for name, c := range map[string]struct {
		e    wizard.Entry
		want view.CaseRow
	}{
		"not known":   {wizard.Entry{Stale: true}, view.CaseRow{Sync: "未报送"}},
		"begun":       {wizard.Entry{Made: "x", Next: wizard.StepInventory}, view.CaseRow{Known: true, Next: "登记设备与系统", Sync: "未报送"}},
		"without any": {wizard.Entry{Made: "x", LevelName: "未达级", Next: wizard.StepResult}, view.CaseRow{Known: true, LevelName: "未达级", Score: "0", Next: "查看评测结果", Sync: "未报送"}},
		"to mend":     {wizard.Entry{Made: "x", Level: 2, LevelName: "二级", Score: 52600, Next: wizard.StepInventory, Open: 3, Problem: true}, view.CaseRow{Known: true, Level: 2, LevelName: "二级", Score: "52.6", Next: "设备与系统有 3 处待改", Problem: true, Sync: "未报送"}},
		"stale":       {wizard.Entry{Made: "x", Stale: true, Level: 2, LevelName: "二级", Score: 52600, Next: wizard.StepReview}, view.CaseRow{Known: true, Stale: true, Level: 2, LevelName: "二级", Score: "52.6", Next: "检查与报送（正在重算）", Sync: "未报送"}},
		"sealed":      {wizard.Entry{Made: "x", Next: wizard.StepReview, Request: submit.StateSealed}, view.CaseRow{Known: true, Next: "检查与报送", Sync: "待报送", Tone: view.Under}},
		"blocked":     {wizard.Entry{Made: "x", Next: wizard.StepReview, Request: submit.StateBlocked}, view.CaseRow{Known: true, Next: "检查与报送", Sync: "被拒，待处理", Tone: view.Bad}},
		"returned":    {wizard.Entry{Made: "x", Next: wizard.StepReview, Request: submit.StateReturned, Receipt: true}, view.CaseRow{Known: true, Next: "检查与报送", Sync: "被退回", Tone: view.Bad}},
		"sent":        {wizard.Entry{Made: "x", Request: submit.StateSent, Receipt: true}, view.CaseRow{Known: true, Next: "已全部完成", Sync: "已回执", Tone: view.Good}},
	} {
		c.e.ID, c.e.Name, c.e.Region, c.e.Updated = "1", "甲", "430200", at
		c.want.ID, c.want.Name, c.want.Firm, c.want.Region, c.want.Updated = "1", "甲", "甲", "株洲市", "2026-11-23 02:04"
		if d := cmp.Diff(c.want, view.CaseOf(w, c.e)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}
