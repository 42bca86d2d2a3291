package importer

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/xuri/excelize/v2"
)

// The sample ledger is made by this file: go test ./connectors/importer -run SampleLedger -args -write
var write = flag.Bool("write", false, "write the sample ledgers anew")

const (
	samplePath = "../../assets/sample/台账.xlsx"
	sampleGBK  = "testdata/台账-GB18030.csv"
)

var readAt = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// day is a real spreadsheet date.
func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// sampleHead is the two-row header; an empty lower cell continues the upper one.
var sampleHead = [][2]string{
	{"序号", ""}, {"*资产编号", ""}, {"*设备　名称", ""}, {"规格型号", ""}, {"生产厂家", ""}, {"类别", ""}, {"所在　车间", ""}, {"数量\n（台）", ""}, {"购置日期", ""}, {"原值（万元）", ""},
	{"关键工序", "是否"}, {"关键工序", "工序名称"}, {"数控情况", "是否数控"}, {"数控情况", "控制系统"}, {"数字化、联网情况", "是否数字化"}, {"数字化、联网情况", "是否联网"}, {"数字化、联网情况", "联网方式"}, {"接口/协议", ""},
	{"数据", "采集数据"}, {"数据", "数据去向/系统"}, {"上云", "是否"}, {"上云", "上云平台"}, {"备　注", ""},
}

// sampleRows are the ledger's rows; nil is the subtotal. 60 台 count as 生产设备, 33 of them digital, 21 networked.
var sampleRows = [][]any{
	{1, "HY-P-001", "湿磨球磨机", "QM-300", "株洲某机械厂", "生产设备", "配料车间", "4台", "2012年6月", 36, "否", "混料", "否", "继电器", "×", "×", "", "", "", "", "", "", ""},
	{2, "HY-P-002", "喷雾干燥塔", "PGL-80", "", "生产设备", "", 1, "2016.9.1", "￥1,860,000.00元", "否", "混料", "√", "S7-200 PLC", "√", "未联网", "", "RS485", "", "", "", "", ""},
	{3, "HY-P-003", "粉末成型油压机", "Y32-63T", "", "生产设备", "压制车间", 6, "2010年3月", "５４．６", "是", "压制", "否", "", "否", "否", "", "", "", "", "", "", "人工上料"},
	{4, "HY-P-004", "机械式粉末压机", "TPA-20", "", "生产设备", "", "４台", day(2014, 4, 18), 112.8, "是", "压制", "否", "", "1台", "×", "", "", "", "", "", "", "1 台加装压力传感器"},
	{5, "HY-P-005", "低压烧结炉", "HIP-9MPa", "", "生产设备", "烧结车间", 3, day(2019, 5, 6), 1260, "√", "烧结", "是", "西门子 S7-1500 PLC", "是", "是", "工控网（有线）", "RJ45、PROFINET", "状态、工艺（温度、压力）", "MES", "否", "", ""},
	{6, "HY-P-006", "真空烧结炉", "VSF-600", "", "生产设备", "", 2, "2017年11月", 398, "√", "烧结", "是", "S7-300 PLC", "√", "1台", "工控网", "RJ45/S7", "状态", "MES", "×", "", ""},
	{7, "HY-P-007", "五轴数控工具磨床", "HELITRONIC", "", "生产设备", "磨削车间", "８台", day(2021, 3, 22), "２，６４０", "是", "磨削", "是", "FANUC 31i-B5", "是", "7台", "应用系统网", "RJ45 / FOCAS", "状态、产量", "设备物联平台", "是", "园区工业互联网平台", ""},
	{8, "HY-P-008", "数控周边磨床", "WAC-715", "", "生产设备", "", 5, "2020/7/15", 1085.5, "是", "磨削", "是", "SINUMERIK 840D", "有", "4台", "应用系统网", "RJ45 / OPC UA", "状态、报警", "设备物联平台", "是", "园区工业互联网平台", ""},
	{9, "HY-P-009", "普通外圆磨床", "M1432B", "", "生产设备", "", 6, "2008年5月", 72.3, "是", "磨削", "否", "", "无", "无", "", "", "", "", "", "", "“镕”字号老设备"},
	{10, "HY-P-010", "PVD涂层炉", "INNOVA", "", "生产设备", "涂层车间", 3, day(2022, 8, 30), 1950, "是", "涂层", "√", "PLC", "Y", "Y", "工控网", "RJ45，OPC UA", "工艺、能耗", "设备物联平台", "1", "园区工业互联网平台", ""},
	{11, "HY-P-011", "CVD涂层炉", "BPX325", "", "生产设备", "", 1, "2023.3.5", 780, "是", "涂层", "√", "PLC", "已数字化", "已联网", "工控网", "RJ45，Modbus TCP", "工艺", "MES", "否", "", ""},
	{12, "HY-P-012", "涂层前清洗机", "", "", "生产设备", "", 1, "2022年8月", 46, "否", "清洗", "是", "PLC", "是", "否", "", "RS232", "", "", "", "", ""},
	{13, "HY-P-013", "立式加工中心", "VMC850", "", "生产设备", "刀体车间", 2, "2018年12月", 118, "否", "刀体加工", "是", "华中 HNC-818", "是", "1台", "应用系统网", "RJ45", "状态", "设备物联平台", "否", "", ""},
	{14, "HY-P-014", "五轴加工中心", "DMU 50", "", "生产设备", "", 1, "2026年6月", 230, "否", "刀体加工", "是", "西门子 840D sl", "是", "是", "应用系统网", "RJ45/OPC UA", "状态、产量", "设备物联平台", "是", "园区工业互联网平台", "2026 年新购"},
	{15, "HY-P-015", "数控车床", "CK6150", "", "生产设备", "", 4, day(2015, 10, 9), 74.4, "否", "刀体加工", "√", "广数 GSK980", "√", "×", "", "RS232", "", "", "", "", ""},
	{16, "HY-P-016", "普通车床", "CA6140", "", "生产设备", "", "3台", "2006年4月", 19.5, "否", "刀体加工", "×", "", "×", "×", "", "", "", "", "", "", ""},
	{17, "HY-P-017", "万能铣床", "X6132", "", "生产设备", "", "2台", 1998, 8.6, "否", "刀体加工", "×", "", "×", "×", "", "", "", "", "", "", "只记得年份"},
	{18, "HY-P-018", "刃口钝化机", "DF-3", "", "生产设备", "后处理车间", 2, "2019年2月", "１２．５", "否", "钝化", "否", "", "否", "否", "", "", "", "", "", "", ""},
	{19, "HY-P-019", "光纤激光打标机", "LM-20W", "", "生产设备", "", 2, "2020年5月", "￥185,000.00元", "否", "打标包装", "否", "", "1台", "否", "", "USB", "", "", "", "", ""},
	nil,
	{20, "HY-T-001", "刀具检测仪", "GENIUS 3", "", "检测设备", "质检室", 2, day(2021, 6, 1), 196, "否", "", "", "", "是", "是", "应用系统网", "RJ45", "检测数据", "MES", "否", "", ""},
	{21, "HY-T-002", "三坐标测量机", "GLOBAL S", "", "检测设备", "", 1, "2020年9月", 88, "否", "", "", "", "是", "否", "", "RJ45", "", "", "", "", ""},
	{22, "HY-T-003", "维氏硬度计", "HV-50", "", "检测设备", "", 1, "2013年7月", 4.2, "否", "", "", "", "否", "否", "", "", "", "", "", "", ""},
	{23, "HY-A-001", "螺杆空压机", "GA37", "", "辅助设备", "动力房", 2, "2018.5.20", 32, "否", "", "", "", "√", "×", "", "RS485，Modbus RTU", "能耗", "", "", "", ""},
	{24, "HY-A-002", "变压器", "S13-1250", "", "公用设备", "", 1, "2009年12月", 26.8, "否", "", "", "", "无", "无", "", "", "", "", "", "", ""},
	{25, "HY-A-003", "冷水机组", "LSQ-60", "", "辅助设备", "", 2, "2017年6月", 24, "否", "", "", "", "无", "无", "", "", "", "", "", "", ""},
	{26, "HY-L-001", "电动叉车", "CPD20", "", "物流设备", "仓库", 2, "2022年1月", 21.6, "否", "", "", "", "否", "否", "", "", "", "", "", "", ""},
}

// sampleBook draws the messy sheet.
func sampleBook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const s = "设备台账"
	must(f.SetSheetName("Sheet1", s))
	put := func(col, row int, v any) {
		cell, err := excelize.CoordinatesToCellName(col+1, row)
		must(err)
		must(f.SetCellValue(s, cell, v))
	}
	last, _ := excelize.ColumnNumberToName(len(sampleHead))
	put(0, 1, "株洲恒硬刀具有限公司　设备台账（二○二六年）")
	must(f.MergeCell(s, "A1", last+"1"))
	put(0, 2, "使用部门：设备科")
	put(8, 2, "编制日期：２０２６年１０月８日")
	put(9, 2, "金额单位见表头")
	sampleHeader(t, f, s)
	row, workshopFrom := 6, 0
	merge := func() {
		if workshopFrom > 0 && row-1 > workshopFrom {
			must(f.MergeCell(s, cellName(6, workshopFrom), cellName(6, row-1)))
		}
		workshopFrom = 0
	}
	for _, r := range sampleRows {
		if r == nil {
			merge()
			put(2, row, "生产设备小计")
			put(7, row, 60)
			row++
			continue
		}
		if r[6] != "" {
			merge()
			workshopFrom = row
		}
		for c, v := range r {
			if v != "" {
				put(c, row, v)
			}
		}
		if r[0] == 16 {
			must(f.SetRowVisible(s, row, false))
		}
		row++
	}
	merge()
	put(0, row, "合　计")
	put(7, row, "７１台")
	must(f.SetCellValue(s, cellName(9, row), "9,495.3万元"))
	put(0, row+2, "编制：设备科　　审核：　　　　（√ 表示是，× 表示否）")
	must(f.MergeCell(s, cellName(0, row+2), cellName(9, row+2)))
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	must(err)
	must(f.SetCellStyle(s, "I6", cellName(8, row-1), date))
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}

func cellName(col, row int) string {
	n, _ := excelize.CoordinatesToCellName(col+1, row)
	return n
}

// sampleHeader writes rows 4 and 5 with their merges.
func sampleHeader(t *testing.T, f *excelize.File, s string) {
	t.Helper()
	for c := 0; c < len(sampleHead); c++ {
		h := sampleHead[c]
		if c == 0 || sampleHead[c-1][0] != h[0] {
			_ = f.SetCellValue(s, cellName(c, 4), h[0])
		}
		if h[1] == "" {
			_ = f.MergeCell(s, cellName(c, 4), cellName(c, 5))
			continue
		}
		_ = f.SetCellValue(s, cellName(c, 5), h[1])
		end := c
		for end+1 < len(sampleHead) && sampleHead[end+1][0] == h[0] {
			end++
		}
		if end > c && (c == 0 || sampleHead[c-1][0] != h[0]) {
			_ = f.MergeCell(s, cellName(c, 4), cellName(end, 4))
		}
	}
}

func TestSampleLedgerIsWhatItsGeneratorDescribes(t *testing.T) {
	made := sampleBook(t)
	if *write {
		if err := os.WriteFile(samplePath, made, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := readGrids(made)
	if err != nil {
		t.Fatal(err)
	}
	got, err := readGrids(readFile(t, samplePath))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(grid{}, area{})); d != "" {
		t.Errorf("the committed ledger differs from its generator; write it anew with -args -write (-want +got):\n%s", d)
	}
}

func TestSampleLedgerGivesTheFirmsCounts(t *testing.T) {
	l, err := ReadLedger("台账.xlsx", readFile(t, samplePath), readAt)
	if err != nil {
		t.Fatal(err)
	}
	count := func(keep func(survey.Asset) bool) (n int) {
		for _, a := range l.Assets {
			if a.InDenominator() == survey.Yes && keep(a) {
				n += a.Count
			}
		}
		return n
	}
	all := count(func(survey.Asset) bool { return true })
	digital := count(func(a survey.Asset) bool { return a.Digital == survey.Yes })
	networked := count(func(a survey.Asset) bool { return a.Networked == survey.Yes })
	both := count(func(a survey.Asset) bool { return a.Networked == survey.Yes && a.Digital == survey.Yes })
	if got, want := [4]int{all, digital, networked, both}, [4]int{60, 33, 21, 21}; got != want {
		t.Errorf("生产设备, digital, networked, both = %v, want %v", got, want)
	}
	if l.Totals.Machines != 71 || l.Totals.Counted != 60 || l.Totals.Rows != 26 {
		t.Errorf("totals = %+v", l.Totals)
	}
	for _, a := range l.Assets {
		if a.InDenominator() == survey.Unknown {
			t.Errorf("%s is neither in nor out of the denominator", a.Name)
		}
	}
	if want := money.Yuan(94_953_000); l.Totals.Value != want {
		t.Errorf("value = %s, want %s", l.Totals.Value, want)
	}
}

func TestSampleLedgerNamesItsKeyProcesses(t *testing.T) {
	l, err := ReadLedger("台账.xlsx", readFile(t, samplePath), readAt)
	if err != nil {
		t.Fatal(err)
	}
	key, networked := map[string]bool{}, map[string]bool{}
	for _, a := range l.Assets {
		if a.Process == "" {
			continue
		}
		if a.KeyStep == survey.Yes {
			key[a.Process] = key[a.Process] || a.Numeric == survey.Yes
		}
		networked[a.Process] = networked[a.Process] || a.Networked == survey.Yes
	}
	if d := cmp.Diff(map[string]bool{"压制": false, "烧结": true, "磨削": true, "涂层": true}, key); d != "" {
		t.Errorf("key processes and whether numerically controlled (-want +got):\n%s", d)
	}
	without := 0
	for _, on := range networked {
		if !on {
			without++
		}
	}
	if without < 2 {
		t.Errorf("%d processes without a networked machine, want at least 2", without)
	}
}

func TestSampleLedgerNamesTheOneBadCell(t *testing.T) {
	l, err := ReadLedger(`C:\资料\台账.xlsx`, readFile(t, samplePath), readAt)
	if err != nil {
		t.Fatal(err)
	}
	want := []RowProblem{{Row: 22, Column: "购置日期", Text: "“1998”只有年份，请补上月份，如 2025年3月"}}
	if d := cmp.Diff(want, l.Problems); d != "" {
		t.Errorf("problems (-want +got):\n%s", d)
	}
	for _, a := range l.Assets {
		if a.Name == "万能铣床" && (a.Bought != "" || a.Count != 2 || a.Evidence[0].Ref != "台账.xlsx 第 22 行") {
			t.Errorf("the row with the bad cell = %+v", a)
		}
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// gbkTable is the second sample: a CSV as an old inventory program exports it.
var gbkTable = strings.Join([]string{
	"株洲恒硬刀具有限公司,,,,,,",
	"设备编号,设备名称,型号,数量,购置日期,原值(元),使用部门,是否联网",
	`A-01,数控车床,CK6150,2台,2015年10月,"372,000.00",镕铸车间,否`,
	"A-02,真空炉,VQ-𬭚,１,2020-07-15,98万,热处理,是",
	"A-03,刀具检测仪,GENIUS,1,45721,,质检室,不清楚",
	"合计,,,4,,,,",
	"",
}, "\n")
