package document

import (
	"archive/zip"
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

// XLSX writes the 汇总表 for the recommending office, the 投入明细 and a 字段 sheet for pasting into an office's own screens.
// Amounts are numbers in the stated unit, everything else is text: nothing that a firm typed can become a formula.
func XLSX(a apply.Application) ([]byte, error) {
	x := excelize.NewFile()
	defer x.Close()
	b := book{x: x}
	b.sheet("汇总表", summaryWidths, summaryColumns, [][]any{summaryRow(a)})
	for _, s := range a.Sections {
		for _, t := range s.Tables {
			if t.Key == "expenses" {
				b.sheet("投入明细", costWidths, anys(t.Columns), costRows(t))
			}
		}
	}
	b.sheet("字段", fieldWidths, []any{"栏目", "字段", "内容", "来源"}, fieldRows(a))
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
	summaryWidths = []float64{6, 26, 28, 24, 20, 30, 16, 14, 14, 22, 10, 16, 40}
	costWidths    = []float64{6, 30, 26, 20, 26, 14, 12, 16, 16, 16, 16}
	fieldWidths   = []float64{30, 40, 70, 24}
)

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
	for _, r := range append(t.Rows, t.Total) {
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

// book remembers the first failure.
type book struct {
	x   *excelize.File
	err error
}

func (b *book) sheet(name string, widths []float64, head []any, rows [][]any) {
	if b.err != nil {
		return
	}
	if _, b.err = b.x.NewSheet(name); b.err != nil {
		return
	}
	bold, err := b.x.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		b.err = err
		return
	}
	plain, err := b.x.NewStyle(&excelize.Style{NumFmt: 4, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		b.err = err
		return
	}
	w, err := b.x.NewStreamWriter(name)
	if err != nil {
		b.err = err
		return
	}
	for i, wd := range widths {
		if b.err == nil {
			b.err = w.SetColWidth(i+1, i+1, wd)
		}
	}
	b.row(w, 1, head, bold)
	for i, r := range rows {
		b.row(w, i+2, r, plain)
	}
	if b.err == nil {
		b.err = w.Flush()
	}
}

// row writes one row; strings become text cells whatever they begin with.
func (b *book) row(w *excelize.StreamWriter, n int, values []any, style int) {
	cells := make([]any, len(values))
	for i, v := range values {
		id := style
		if s, ok := v.(string); ok {
			if len(s) > 0 && len([]rune(s)) > excelize.TotalCellChars {
				v = string([]rune(s)[:excelize.TotalCellChars])
			}
		}
		cells[i] = excelize.Cell{StyleID: id, Value: v}
	}
	if b.err == nil {
		b.err = w.SetRow("A"+strconv.Itoa(n), cells)
	}
}
