package importer

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestDatesAreReadOnlyWhereTheyAreMeant(t *testing.T) {
	tests := []struct {
		cell any
		want survey.Date
		says string // part of the problem, "" for none
	}{
		{"2025年3月", "2025-03", ""},
		{"２０２５年３月５日", "2025-03-05", ""},
		{"2025.3.5", "2025-03-05", ""},
		{"2025/3/5 00:00:00", "2025-03-05", ""},
		{day(2025, 3, 5), "2025-03-05", ""},
		{45721.75, "2025-03-05", ""},
		{20250305, "2025-03-05", ""},
		{202503, "2025-03", ""},
		{2025.3, "2025-03", ""},
		{2025.1, "", "10 月"},
		{2025, "", "只有年份"},
		{185000, "", "不是日期"},
		{12, "", "不是日期"},
		{"45721", "", "不是日期"},
		{"2025年2月30日", "", "不是日期"},
		{"去年", "", "不是日期"},
		{"—", "", ""},
	}
	for _, tt := range tests {
		a, l := one(t, book(t, []any{"设备名称", "购置日期", "数量"}, []any{"车床", tt.cell, 1}))
		if a.Bought != tt.want {
			t.Errorf("%v gives %q, want %q", tt.cell, a.Bought, tt.want)
		}
		checkProblem(t, l, tt.says)
	}
}

// checkProblem wants exactly one problem with the words, on row 2, or none at all.
func checkProblem(t *testing.T, l Ledger, says string) {
	t.Helper()
	switch {
	case says == "" && len(l.Problems) > 0:
		t.Errorf("problems = %v, want none", l.Problems)
	case says != "" && (len(l.Problems) != 1 || !strings.Contains(l.Problems[0].Text, says) || l.Problems[0].Row != 2 || l.Problems[0].Column == ""):
		t.Errorf("problems = %v, want one in row 2 with %q", l.Problems, says)
	}
}

func TestSerialDaysFollowTheWorkbooksOwnEpoch(t *testing.T) {
	yes := true
	data := bookOf(t, map[string][][]any{"Sheet1": {{"设备名称", "购置日期", "数量"}, {"车床", 44259, 1}}}, func(f *excelize.File) {
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
	})
	if a, _ := one(t, data); a.Bought != "2025-03-05" {
		t.Errorf("bought %q, want 2025-03-05", a.Bought)
	}
}

func TestNumbersOutsideDateColumnsAreNoDates(t *testing.T) {
	a, _ := one(t, book(t, []any{"设备名称", "型号", "原值（元）", "数量"}, []any{"车床", 45721, 45721, 1}))
	if a.Nameplate.Model != "45721" || *a.Value != money.Yuan(45721) {
		t.Errorf("model %q, value %s", a.Nameplate.Model, *a.Value)
	}
}

func TestAmountsKeepTheirUnitToTheFen(t *testing.T) {
	tests := []struct {
		head string
		cell any
		want money.Fen
		says string
	}{
		{"原值（万元）", 18.5, money.Yuan(185_000), ""},
		{"原值（万元）", "￥185,000.00元", money.Yuan(185_000), ""},
		{"原值(元)", "98万", money.Yuan(980_000), ""},
		{"原值/万元", "１２．５", money.Yuan(125_000), ""},
		{"原值（元）", 0.1 + 0.2, 30, ""},
		{"原值（元）", 1e7, money.Yuan(10_000_000), ""},
		{"*原　值 （元）", "1,234.56", 123456, ""},
		{"原值（元）", "约三十万", 0, "不是可识别的金额"},
		{"原值（元）", -5, 0, "负数"},
		{"单价（万元）", 1.5, money.Yuan(30_000), ""},
	}
	for _, tt := range tests {
		a, l := one(t, book(t, []any{"设备名称", tt.head, "数量"}, []any{"车床", tt.cell, 2}))
		got := money.Fen(0)
		if a.Value != nil {
			got = *a.Value
		}
		if got != tt.want || (a.Value == nil) != (tt.says != "") {
			t.Errorf("%s %v gives %s, want %s", tt.head, tt.cell, got, tt.want)
		}
		checkProblem(t, l, tt.says)
	}
}

func TestAUnitLineAboveTheHeaderCountsAndAMissingUnitIsNamed(t *testing.T) {
	a, l := one(t, book(t, []any{"设备台账"}, []any{"编制单位：某厂", nil, "单位：万元"}, []any{"设备名称", "原值", "数量"}, []any{"车床", 2, 1}))
	if *a.Value != money.Yuan(20_000) || len(l.Problems) != 0 {
		t.Errorf("value %s, problems %v", *a.Value, l.Problems)
	}
	a, l = one(t, book(t, []any{"设备名称", "原值", "数量"}, []any{"车床", 2, 1}))
	if *a.Value != money.Yuan(2) || len(l.Problems) != 1 || !strings.Contains(l.Problems[0].Text, "按元") {
		t.Errorf("value %s, problems %v", *a.Value, l.Problems)
	}
}

func TestLongNumbersThatTheFileRuinedAreNamedNotTaken(t *testing.T) {
	rows := book(t, []any{"设备名称", "资产编号", "出厂编号", "数量"}, []any{"车床", 1234567, "25332000000012345679", 1})
	a, l := one(t, rows)
	if a.AssetID != "1234567" || a.Nameplate.SerialNumber != "25332000000012345679" || len(l.Problems) != 0 {
		t.Errorf("a short number and a long text: %q %q %v", a.AssetID, a.Nameplate.SerialNumber, l.Problems)
	}
	for _, number := range []string{"25332000000012345679", "2.5332000000012345E19", "1234567890123456"} {
		a, l = one(t, replace(t, rows, "<v>1234567</v>", "<v>"+number+"</v>"))
		if a.AssetID != "" || a.Name != "车床" {
			t.Errorf("%s: asset number %q of %q", number, a.AssetID, a.Name)
		}
		checkProblem(t, l, "失真")
	}
	a, l = one(t, []byte("设备名称,资产编号,型号,数量\n车床,2.53E+19,1E5,1\n"))
	if a.AssetID != "" || a.Nameplate.Model != "1E5" {
		t.Errorf("CSV: asset number %q, model %q", a.AssetID, a.Nameplate.Model)
	}
	checkProblem(t, l, "失真")
}

func TestQuantitiesAreReadAsPeopleWriteThem(t *testing.T) {
	tests := []struct {
		cell any
		want int
		says string
	}{
		{"1台", 1, ""}, {"２台", 2, ""}, {" 3 台/套", 3, ""}, {4, 4, ""}, {"两台", 2, ""}, {"十二台", 12, ""}, {"1,200", 1200, ""},
		{nil, 1, "没有写数量"}, {"若干", 1, "不是台数"}, {2.5, 1, "不是台数"}, {"-3", 1, "不是台数"}, {"999999999", 1, "不是台数"},
	}
	for _, tt := range tests {
		a, l := one(t, book(t, []any{"设备名称", "数量", "型号"}, []any{"车床", tt.cell, "A"}))
		if a.Count != tt.want {
			t.Errorf("%v gives %d, want %d", tt.cell, a.Count, tt.want)
		}
		checkProblem(t, l, tt.says)
	}
	l := read(t, book(t, head, []any{"车床", "A", 0}, []any{"铣床", "B", 1}))
	if len(l.Assets) != 1 || len(l.Skipped) != 1 || l.Skipped[0].Reason != "数量为 0" {
		t.Errorf("zero machines: %+v", l)
	}
}

func TestFormulasGiveTheirCachedValuesAndErrorsAreNamed(t *testing.T) {
	data := replace(t, book(t, head, []any{"车床", "A", 77}), "<v>77</v>", "<f>1+2</f><v>3</v>")
	if a, l := one(t, data); a.Count != 3 || len(l.Problems) != 0 {
		t.Errorf("count = %d, problems %v", a.Count, l.Problems)
	}
	_, l := one(t, book(t, []any{"设备名称", "型号", "购置日期", "数量"}, []any{"车床", "#REF!", nil, 1}))
	checkProblem(t, l, "公式出错")
}

func TestHiddenRowsAreReadAndHiddenSheetsOnlyWhenNothingElseFits(t *testing.T) {
	rows := [][]any{head, {"车床", "A", 1}, {"铣床", "B", 2}}
	hide := func(f *excelize.File) {
		if err := f.SetRowVisible("Sheet1", 2, false); err != nil {
			t.Fatal(err)
		}
	}
	if l := read(t, bookOf(t, map[string][][]any{"Sheet1": rows}, hide)); l.Totals.Machines != 3 {
		t.Errorf("machines = %d, want 3", l.Totals.Machines)
	}
	wide := [][]any{{"设备名称", "型号", "数量", "类别", "车间", "备注"}, {"旧机", "Z", 9, "生产", "一", ""}}
	l := read(t, bookOf(t, map[string][][]any{"Sheet1": rows, "旧表": wide}, func(f *excelize.File) {
		if err := f.SetSheetVisible("旧表", false); err != nil {
			t.Fatal(err)
		}
	}))
	if l.Sheet != "Sheet1" || len(l.Problems) != 0 {
		t.Errorf("took %q with problems %v", l.Sheet, l.Problems)
	}
}

func TestASecondLedgerSheetIsNamedAndCanBeAskedFor(t *testing.T) {
	data := bookOf(t, map[string][][]any{
		"Sheet1": {head, {"车床", "A", 1}}, "二车间": {{"设备名称", "型号", "数量", "车间"}, {"铣床", "B", 2, "二"}},
	}, nil)
	l := read(t, data)
	if l.Sheet != "二车间" || len(l.Problems) != 1 || !strings.Contains(l.Problems[0].Text, "“Sheet1”") {
		t.Errorf("took %q with problems %v", l.Sheet, l.Problems)
	}
	if ref := l.Assets[0].Evidence[0].Ref; ref != "台账.xlsx “二车间”第 2 行" {
		t.Errorf("reference = %q", ref)
	}
	l, err := ReadSheet("台账.xlsx", "Sheet1", data, readAt)
	if err != nil || l.Sheet != "Sheet1" || l.Assets[0].Name != "车床" {
		t.Errorf("asked for Sheet1: %+v, %v", l, err)
	}
}

func TestTextTablesAreReadInEveryEncodingAndDelimiter(t *testing.T) {
	text := "设备名称,型号,数量,车间\r\n\"数控,车床\",𬭚-50,2台,镕铸车间\r\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string][]byte{
		"UTF-8":           []byte(text),
		"UTF-8 with mark": []byte("\xEF\xBB\xBF" + text),
		"UTF-16":          utf16,
		"GB18030":         gbk,
		"semicolons":      []byte("设备名称;型号;数量;车间\n数控,车床;𬭚-50;2台;镕铸车间\n"),
		"tabs":            []byte("设备名称\t型号\t数量\t车间\n数控,车床\t𬭚-50\t2台\t镕铸车间\n"),
		"sep line":        []byte("sep=;\n设备名称;型号;数量;车间\n数控,车床;𬭚-50;2台;镕铸车间\n"),
	}
	for name, data := range tests {
		a, l := one(t, data)
		if a.Name != "数控,车床" || a.Nameplate.Model != "𬭚-50" || a.Count != 2 || a.Workshop != "镕铸车间" || len(l.Problems) != 0 {
			t.Errorf("%s: %+v %v", name, a, l.Problems)
		}
	}
}

func TestGB18030SampleNamesItsNumberInTheDateColumn(t *testing.T) {
	if *write {
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(gbkTable))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(sampleGBK, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data := readFile(t, sampleGBK)
	if strings.Contains(string(data), "设备") {
		t.Fatal("the sample is UTF-8, not GB18030")
	}
	l, err := ReadLedger("台账-GB18030.csv", data, readAt)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range l.Assets {
		v := "–"
		if a.Value != nil {
			v = a.Value.String()
		}
		got = append(got, strings.Join([]string{a.AssetID, a.Name, a.Nameplate.Model, string(a.Bought), v, a.Workshop, a.Networked.String(), a.Evidence[0].Ref}, " "))
	}
	want := []string{
		"A-01 数控车床 CK6150 2015-10 372000.00 镕铸车间 no 台账-GB18030.csv 第 3 行",
		"A-02 真空炉 VQ-𬭚 2020-07-15 980000.00 热处理 yes 台账-GB18030.csv 第 4 行",
		"A-03 刀具检测仪 GENIUS  – 质检室 unknown 台账-GB18030.csv 第 5 行",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("assets (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]RowProblem{{5, "购置日期", "“45721”是数字，不是日期，请写成 2025-03-05 或 2025年3月"}}, l.Problems); d != "" {
		t.Errorf("problems (-want +got):\n%s", d)
	}
}

func TestEvidenceSaysWhenAndWhereInUTC(t *testing.T) {
	at := time.Date(2026, 11, 23, 16, 0, 0, 0, time.FixedZone("CST", 8*3600))
	l, err := ReadLedger("/home/某人/台账.csv", []byte("设备名称,数量\n车床,1\n"), at)
	if err != nil {
		t.Fatal(err)
	}
	want := []survey.Evidence{{Source: survey.SourceLedger, At: at.UTC(), Ref: "台账.csv 第 2 行"}}
	if d := cmp.Diff(want, l.Assets[0].Evidence); d != "" {
		t.Errorf("evidence (-want +got):\n%s", d)
	}
}
