package importer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/xuri/excelize/v2"
)

// line is what a split is about.
func line(a survey.Asset) string {
	v := ""
	if a.Value != nil {
		v = " " + a.Value.String()
	}
	return fmt.Sprintf("%s ×%d digital %s networked %s%s", a.AssetID, a.Count, a.Digital, a.Networked, v)
}

func TestRowsArePartedSoThatEveryLineIsUniform(t *testing.T) {
	tests := map[string]struct {
		head []any
		row  []any
		want []string
		says string
	}{
		"both columns of 台数": {
			[]any{"设备编号", "设备名称", "数量", "其中数字化台数", "其中联网台数", "原值（元）"}, []any{"A", "车床", 10, 6, "2台", "100.01"},
			[]string{"A ×2 digital yes networked yes 20.00", "A#2 ×4 digital yes networked no 40.00", "A#3 ×4 digital no networked no 40.01"}, "",
		},
		"all of them":       {[]any{"设备编号", "设备名称", "数量", "数字化台数", "联网台数"}, []any{"A", "车床", 3, 3, 0}, []string{"A ×3 digital yes networked no"}, ""},
		"count in a yes/no": {[]any{"设备编号", "设备名称", "数量", "是否数字化", "是否联网"}, []any{"A", "车床", 3, "是", "2台"}, []string{"A ×2 digital yes networked yes", "A#2 ×1 digital yes networked no"}, ""},
		"only one is known": {[]any{"设备编号", "设备名称", "数量", "数字化台数"}, []any{"A", "车床", 3, 1}, []string{"A ×1 digital yes networked unknown", "A#2 ×2 digital no networked unknown"}, ""},
		"too many":          {[]any{"设备编号", "设备名称", "数量", "数字化台数"}, []any{"A", "车床", 3, 4}, []string{"A ×3 digital unknown networked unknown"}, "多于数量"},
		"more networked":    {[]any{"设备编号", "设备名称", "数量", "数字化台数", "联网台数"}, []any{"A", "车床", 3, 1, 2}, []string{"A ×1 digital yes networked yes", "A#2 ×1 digital no networked yes", "A#3 ×1 digital no networked no"}, "多于数字化"},
		"words for neither": {[]any{"设备编号", "设备名称", "数量", "是否数字化"}, []any{"A", "车床", 3, "部分"}, []string{"A ×3 digital unknown networked unknown"}, "看不出"},
	}
	for name, tt := range tests {
		l := read(t, book(t, tt.head, tt.row))
		var got []string
		for _, a := range l.Assets {
			got = append(got, line(a))
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		checkProblem(t, l, tt.says)
	}
}

func TestMergedCellsCarryWordsDownButNeverAmounts(t *testing.T) {
	data := bookOf(t, map[string][][]any{"Sheet1": {
		{"设备名称", "型号", "数量", "车间", "原值（元）"}, {"车床", "A", 1, "一车间", 600}, {nil, "B", 1}, {nil, "C", 1},
	}}, func(f *excelize.File) {
		for _, m := range [][2]string{{"A2", "A4"}, {"D2", "D4"}, {"E2", "E4"}} {
			if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
	})
	// A range over the whole sheet is what a hostile file holds; it must cost nothing.
	data = replace(t, data, "</mergeCells>", `<mergeCell ref="A5:XFD1048576"/></mergeCells>`)
	l := read(t, data)
	var got []string
	for _, a := range l.Assets {
		got = append(got, fmt.Sprint(a.Name, a.Nameplate.Model, a.Workshop, a.Value != nil))
	}
	if d := cmp.Diff([]string{"车床A一车间true", "车床B一车间false", "车床C一车间false"}, got); d != "" {
		t.Errorf("rows (-want +got):\n%s", d)
	}
	if l.Totals.Value != money.Yuan(600) || len(l.Problems) != 1 || !strings.Contains(l.Problems[0].Text, "合并单元格") {
		t.Errorf("value %s, problems %v", l.Totals.Value, l.Problems)
	}
}

func TestRowsThatAreNoMachineAreLeftOutByName(t *testing.T) {
	l := read(t, book(t,
		[]any{"某厂设备台账"}, []any{"设备名称", "型号", "数量", "原值（万元）"},
		[]any{"车床", "A", 1, 1}, []any{"一车间小计", nil, 1, 1}, []any{}, []any{"设备名称", "型号", "数量", "原值（万元）"}, []any{"总计量泵", "B", 2, 2},
		[]any{"合计（台）", nil, 4, 3}, []any{"编制：张三", nil, "审核：李四"}, []any{nil, nil, nil, "见附件"}))
	var got []string
	for _, s := range l.Skipped {
		got = append(got, fmt.Sprint(s.Row, " ", s.Reason))
	}
	if d := cmp.Diff([]string{"1 标题", "4 小计行", "5 空行", "6 重复的表头", "8 合计行", "9 表尾说明", "10 没有设备名称"}, got); d != "" {
		t.Errorf("left out (-want +got):\n%s", d)
	}
	if len(l.Assets) != 2 || l.Totals.Machines != 3 {
		t.Errorf("assets %d, machines %d", len(l.Assets), l.Totals.Machines)
	}
	if len(l.Problems) != 1 || l.Problems[0].Row != 8 || !strings.Contains(l.Problems[0].Text, "合计行写 4 台，逐行相加是 3 台") {
		t.Errorf("problems = %v", l.Problems)
	}
}

func TestARowWithoutANameIsKeptAndNamed(t *testing.T) {
	a, l := one(t, book(t, []any{"资产编号", "设备名称", "数量", "型号"}, []any{"A-1", nil, 2, "CK6150"}))
	if a.AssetID != "A-1" || a.Count != 2 {
		t.Errorf("asset = %+v", a)
	}
	checkProblem(t, l, "没有设备名称")
}

func TestHeadersAreFoundHoweverTheyAreWritten(t *testing.T) {
	tests := map[string][][]any{
		"stars and wide spaces":   {{"* 设 备 名 称", "＊规格　型号", "数量\n（台）", "是否联网（是/否）"}},
		"after thirty-word title": {{"填表说明：请如实填写设备名称、型号与数量，并由设备科盖章后交信息中心统一汇总上报市工信局"}, {}, {"名称", "型号", "台数", "联网"}},
		"two rows":                {{"设备", nil, "数量", "联网情况"}, {"名称", "型号", nil, "是否"}},
		"parts of words":          {{"主要设备名称", "设备型号规格说明", "设备数量合计", "目前是否联网"}},
	}
	for name, rows := range tests {
		rows = append(rows, []any{"车床", "CK6150", 2, "是"})
		a, _ := one(t, book(t, rows...))
		if a.Name != "车床" || a.Nameplate.Model != "CK6150" || a.Count != 2 || a.Networked != survey.Yes {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestColumnsNobodyUnderstandsAreShownAndNotRead(t *testing.T) {
	_, l := one(t, book(t, []any{"设备名称", "数量", "幸运色", "净值（万元）"}, []any{"车床", 1, "红", 3}))
	want := []ColumnGuess{{0, "设备名称", FieldName, ""}, {1, "数量", FieldCount, ""}, {2, "幸运色", "", ""}, {3, "净值（万元）", FieldIgnored, ""}}
	if d := cmp.Diff(want, l.Columns); d != "" {
		t.Errorf("columns (-want +got):\n%s", d)
	}
}

func TestYesAndNoAreReadInEveryStyle(t *testing.T) {
	for cell, want := range map[any]survey.Tri{
		"是": survey.Yes, "√": survey.Yes, "有（FANUC）": survey.Yes, "已接入": survey.Yes, 1: survey.Yes, "Ｙ": survey.Yes, true: survey.Yes, "5G": survey.Yes, "工控网": survey.Yes,
		"否": survey.No, "×": survey.No, "未联网": survey.No, "无/未装": survey.No, 0: survey.No, "Ｎ": survey.No, "": survey.Unknown, "不清楚": survey.Unknown, "/": survey.Unknown,
	} {
		a, l := one(t, book(t, []any{"设备名称", "数量", "是否联网"}, []any{"车床", 1, cell}))
		if a.Networked != want || len(l.Problems) > 0 {
			t.Errorf("%v gives %s, want %s; problems %v", cell, a.Networked, want, l.Problems)
		}
	}
}

func TestClassAndUseComeOnlyFromWhatIsWritten(t *testing.T) {
	type sorted struct {
		Class survey.PolicyClass
		Use   survey.Use
	}
	tests := []struct {
		kind, name string
		want       sorted
	}{
		{"", "数控车床", sorted{survey.ClassCNC, survey.UseProduction}},
		{"", "立式加工中心", sorted{survey.ClassCNC, survey.UseProduction}},
		{"", "真空烧结炉", sorted{survey.ClassTrade, survey.UseProduction}},
		{"", "三坐标测量机", sorted{survey.ClassNone, survey.UseTesting}},
		{"", "螺杆空压机", sorted{survey.ClassAuxiliary, survey.UseAuxiliary}},
		{"", "变压器", sorted{survey.ClassAuxiliary, survey.UseUtility}},
		{"", "AGV小车", sorted{survey.ClassAuxiliary, survey.UseLogistics}},
		{"", "10吨行车", sorted{survey.ClassLarge, survey.UseLogistics}},
		{"", "普通车床", sorted{"", survey.UseProduction}},
		{"", "秘密装置", sorted{"", ""}},
		{"生产设备", "秘密装置", sorted{"", survey.UseProduction}},
		{"检测设备", "数控车床", sorted{"", survey.UseTesting}},
		{"公用设备", "螺杆空压机", sorted{survey.ClassAuxiliary, survey.UseUtility}},
		{"工厂辅助设备", "水泵", sorted{survey.ClassAuxiliary, survey.UseUtility}},
		{"办公设备", "打印机", sorted{survey.ClassNone, survey.UseOffice}},
	}
	for _, tt := range tests {
		a, _ := one(t, book(t, []any{"设备名称", "数量", "类别"}, []any{tt.name, 1, tt.kind}))
		if got := (sorted{a.Class, a.Use}); got != tt.want {
			t.Errorf("%s / %s gives %v, want %v", tt.kind, tt.name, got, tt.want)
		}
	}
	a, l := one(t, book(t, []any{"设备名称", "数量", "类别"}, []any{"秘密装置", 1, "甲类"}))
	checkProblem(t, l, "甲类")
	if a.Note != "类别：甲类" {
		t.Errorf("note = %q", a.Note)
	}
}

func TestConnectionsAndCloudAreReadFromTheirWords(t *testing.T) {
	a, l := one(t, book(t, []any{"设备名称", "数量", "接口", "通讯协议", "联网方式", "是否联网", "上云平台", "控制系统", "数据等级"},
		[]any{"磨床", 1, "RJ-45、ＲＳ４８５", "Modbus TCP/自定义", "5G 工业网络", "是", "某云平台", "S7-1200 PLC", "2级"}))
	got := fmt.Sprintf("%v %v %s %s %s %s %s %s %s", a.Ports, a.Protocols, a.Network, a.Via, a.OnCloud, a.Platform, a.Numeric, a.DataGrade, a.Note)
	if want := "[RJ45 RS485] [Modbus TCP] 5g 5G yes 某云平台 yes 二级 通讯协议：Modbus TCP/自定义"; got != want || len(l.Problems) > 0 {
		t.Errorf("got %s, want %s; problems %v", got, want, l.Problems)
	}
	_, l = one(t, book(t, []any{"设备名称", "数量", "是否联网", "是否上云"}, []any{"磨床", 1, "否", "是"}))
	checkProblem(t, l, "未联网")
}

func TestDataFlowsNeedATargetThatTheCaseKnows(t *testing.T) {
	l := read(t, book(t, []any{"设备名称", "数量", "采集数据", "数据去向"},
		[]any{"炉", 1, "状态、工艺", "mes系统"}, []any{"泵", 1, "能耗", nil}, []any{"床", 1, "状态", "老系统"}))
	unknown := l.Link([]survey.System{{ID: "s1", Name: "MES系统", Kind: survey.KindMES}})
	want := []survey.Flow{{Data: "状态", System: "s1", Scene: "equipment"}, {Data: "工艺", System: "s1", Scene: "production-control"}}
	if d := cmp.Diff(want, l.Assets[0].Flows); d != "" {
		t.Errorf("flows (-want +got):\n%s", d)
	}
	if len(l.Assets[1].Flows) != 0 || l.Assets[1].Note != "采集数据：能耗" {
		t.Errorf("without a target: %+v", l.Assets[1])
	}
	if len(l.Assets[2].Flows) != 0 || !strings.Contains(l.Assets[2].Note, "老系统") || !slices.Equal(unknown, []string{"老系统"}) {
		t.Errorf("unknown target: %+v, %v", l.Assets[2], unknown)
	}
}

func TestScrappedMachinesAreLeftToAPerson(t *testing.T) {
	a, l := one(t, book(t, []any{"设备名称", "数量", "使用状态"}, []any{"普通车床", 1, "已报废"}))
	if a.Counted != survey.Unknown || a.Note != "使用状态：已报废" {
		t.Errorf("asset = %+v", a)
	}
	checkProblem(t, l, "是否计入")
}

func TestNumberCellsAreRoundedOnTheirDigits(t *testing.T) {
	for in, want := range map[string]string{
		"185000": "185000", "1.85E5": "185000", "0.30000000000000004": "0.3", "1E-05": "0.00001", "-12.50": "-12.5", "999999999999999.96": "1000000000000000", "0.0": "0", "-0": "0", "007": "7",
	} {
		if got, ok := decimal(in); !ok || got != want {
			t.Errorf("decimal(%s) = %s, %v, want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "E5", "1E", "1E99", "1.2.3", "abc", ".", "1e+400"} {
		if got, ok := decimal(in); ok {
			t.Errorf("decimal(%q) = %s, want a refusal", in, got)
		}
	}
}
