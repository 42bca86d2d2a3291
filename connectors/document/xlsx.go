package document

import (
	"archive/zip"
	"bytes"
	"os"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

// XLSX writes the 汇总表 for the recommending office, the 投入明细 and a 字段 sheet for pasting into an office's own screens.
// Amounts are numbers in the stated unit, everything else is text: nothing that a firm typed can become a formula.
func XLSX(a apply.Application) ([]byte, error) {
	sheets := []sheet{{name: "汇总表", title: a.Title + "汇总表", widths: summaryWidths, head: summaryColumns, rows: [][]any{summaryRow(a)}, under: underSummary(a)}}
	for _, s := range a.Sections {
		for _, t := range s.Tables {
			if t.Key == "expenses" {
				sheets = append(sheets, sheet{name: "投入明细", widths: costWidths, head: anys(t.Columns), rows: costRows(t), total: true})
			}
		}
	}
	return workbook(append(sheets, sheet{name: "字段", widths: fieldWidths, head: []any{"栏目", "字段", "内容", "来源"}, rows: fieldRows(a), upright: true}))
}

// workbook writes the sheets in their order. Equal sheets give equal bytes.
func workbook(sheets []sheet) ([]byte, error) {
	x := newBook()
	defer x.Close()
	b := book{x: x, looks: map[look]int{}}
	for _, s := range sheets {
		b.sheet(s)
	}
	_ = x.DeleteSheet("Sheet1")
	x.SetActiveSheet(0)
	var out bytes.Buffer
	if b.err == nil {
		b.err = x.Write(&out)
	}
	if b.err != nil {
		return nil, &survey.Error{Code: survey.CodeInternal, Op: "document.xlsx", Detail: "表格无法生成", Err: b.err}
	}
	return orderly(out.Bytes())
}

// newBook begins a workbook that stays in memory: its temporary folder cannot be written, so that no large sheet lies there readably.
func newBook() *excelize.File { return excelize.NewFile(excelize.Options{TmpDir: os.DevNull}) }

// orderly zips the parts again in the order of their names: excelize writes them in a random one.
func orderly(data []byte) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "document.xlsx", err)
	}
	var out parts
	for _, f := range z.File {
		b, err := readPart(f)
		if err != nil {
			return nil, survey.Wrap(survey.CodeInternal, "document.xlsx", err)
		}
		out = append(out, part{f.Name, b})
	}
	slices.SortFunc(out, func(a, b part) int { return strings.Compare(a.name, b.name) })
	return out.bytes()
}

var (
	summaryColumns = []any{
		"序号", "推荐单位", "企业名称", "统一社会信用代码", "所属行业", "项目名称", "上年度主营业务收入（万元）", "项目总投资（万元）", "实际支出（万元）", "申请金额（万元）", "联系人", "手机", "备注",
	}
	summaryKeys   = []string{"cover.office", "firm.name", "firm.creditCode", "firm.industry", "project.name", "year.mainRevenue", "cost.grossWan", "", "claim.amountWan", "firm.contact.name", "firm.contact.phone"}
	summaryWidths = []float64{6, 16, 20, 21, 13, 20, 13, 12, 12, 12, 10, 14, 34}
	costWidths    = []float64{6, 26, 24, 15, 23, 12, 10, 15, 14, 15, 15}
	fieldWidths   = []float64{31, 40, 56, 22}
)

// underSummary stands between title and head: who fills the table in, and when.
func underSummary(a apply.Application) string {
	return "推荐单位（盖章）：　　　　　　　　　　填报日期：" + a.Date + "　　　　申报表编号：" + a.Number + "　　　　金额单位：万元"
}

func summaryRow(a apply.Application) []any {
	v := map[string]string{}
	for _, s := range a.Sections {
		for _, f := range s.Fields {
			v[f.Key] = apply.Printed(f)
		}
	}
	row := []any{amountCell("1")}
	for _, k := range summaryKeys {
		switch k {
		case "":
			row = append(row, wanOf(v["cost.paid"]))
		case "year.mainRevenue", "cost.grossWan", "claim.amountWan":
			row = append(row, amountCell(v[k]))
		default:
			row = append(row, v[k])
		}
	}
	return append(row, strings.Join(a.Notes, " "))
}

func costRows(t apply.Table) [][]any {
	var out [][]any
	rows := t.Rows
	if len(t.Total) > 0 {
		rows = append(slices.Clip(rows), t.Total)
	}
	for _, r := range rows {
		row := make([]any, len(r))
		for i, c := range r {
			row[i] = c
			if i < len(t.Right) && t.Right[i] || i == 0 && c != "" {
				row[i] = amountCell(c)
			}
		}
		out = append(out, row)
	}
	return out
}

func fieldRows(a apply.Application) [][]any {
	var out [][]any
	for _, s := range a.Sections {
		for _, f := range s.Fields {
			out = append(out, []any{s.Title, f.Label, apply.Printed(f), f.Source})
		}
	}
	return out
}

func anys(s []string) []any {
	out := make([]any, len(s))
	for i := range s {
		out[i] = s[i]
	}
	return out
}
