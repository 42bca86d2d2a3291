package document

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/shangyuntong/shangyun/survey/apply"
)

// The 汇总表 has one row for the firm under a title: amounts as numbers in 万元, everything else as text.
func TestSummaryIsReadBack(t *testing.T) {
	a, files := set(t, input(3))
	x, err := excelize.OpenReader(bytes.NewReader(find(t, files, ".xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows, err := x.GetRows("汇总表", excelize.Options{RawCellValue: true})
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	value := map[string]string{}
	for _, s := range a.Sections {
		for _, f := range s.Fields {
			value[f.Key] = apply.Printed(f)
		}
	}
	if rows[0][0] != a.Title+"汇总表" || !strings.Contains(rows[1][0], a.Date) || !strings.Contains(rows[1][0], a.Number) {
		t.Errorf("title %q, line under it %q", rows[0], rows[1])
	}
	want := [][2]string{
		{"序号", "1"}, {"推荐单位", value["cover.office"]}, {"企业名称", value["firm.name"]}, {"统一社会信用代码", value["firm.creditCode"]},
		{"所属行业", value["firm.industry"]}, {"项目名称", value["project.name"]}, {"上年度主营业务收入（万元）", value["year.mainRevenue"]},
		{"项目总投资（万元）", value["cost.grossWan"]}, {"实际支出（万元）", value["cost.grossWan"]}, {"申请金额（万元）", value["claim.amountWan"]},
		{"联系人", value["firm.contact.name"]}, {"手机", value["firm.contact.phone"]}, {"备注", strings.Join(a.Notes, " ")},
	}
	if len(rows[2]) != len(want) || len(rows[3]) != len(want) {
		t.Fatalf("%d heads and %d values, want %d", len(rows[2]), len(rows[3]), len(want))
	}
	for i, w := range want {
		if rows[2][i] != w[0] || !sameAmount(rows[3][i], w[1]) {
			t.Errorf("column %d is %q = %q, want %q = %q", i, rows[2][i], rows[3][i], w[0], w[1])
		}
		cell, err := excelize.CoordinatesToCellName(i+1, 4)
		if err != nil {
			t.Fatal(err)
		}
		kind, err := x.GetCellType("汇总表", cell)
		number := kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset
		if amount := i == 0 || i >= 6 && i <= 9; err != nil || number != amount {
			t.Errorf("%s is a number: %v, want %v (%v)", w[0], number, amount, err)
		}
	}
}

// Each line of the contents page names the page on which the head stands.
func TestContentsNameTheRightPages(t *testing.T) {
	for _, n := range []int{0, 3, 60} {
		_, files := set(t, input(n))
		pages := strings.Split(pdfText(t, find(t, files, ".pdf")), "\f")
		lines := regexp.MustCompile(`(?m)^(\S.*?)\s*…+\s*(\d+)$`).FindAllStringSubmatch(pages[1], -1)
		if len(lines) != 11 {
			t.Fatalf("%d cost lines: %d lines of contents in %q", n, len(lines), pages[1])
		}
		for _, l := range lines {
			page, err := strconv.Atoi(l[2])
			if err != nil || page < 3 || page > len(pages) || !strings.Contains(bare(pages[page-1]), bare(l[1])) {
				t.Errorf("%d cost lines: %q is not on page %s", n, l[1], l[2])
			}
		}
	}
}

// Neither a total nor a last row stands alone on a page, wherever the table begins.
func TestLastRowIsNotAlone(t *testing.T) {
	tab := apply.Table{Key: "x", Title: "某表", Columns: []string{"表头"}, Keys: []string{"a"}, Rows: [][]string{{"甲行"}, {"乙行"}, {"丙行"}, {"丁行"}}, Total: []string{"合计"}}
	split := false
	for above := 20.0; above < 70; above += 3 {
		p := newPrinter(&apply.Application{Title: "表", Number: "1"}, "", fonts(t))
		p.newPage(false)
		p.y = p.bottom - above
		p.table(tab)
		var out bytes.Buffer
		if err := p.pdf.Output(&out); err != nil {
			t.Fatal(err)
		}
		first, rest, _ := strings.Cut(pdfText(t, out.Bytes()), "\f")
		split = split || strings.Contains(first, "甲行") && strings.Contains(rest, "合计")
		if strings.Contains(rest, "合计") && !strings.Contains(rest, "丁行") {
			t.Errorf("%v mm above the foot: the total stands alone", above)
		}
		if strings.Contains(first, "甲行") && !strings.Contains(first, "乙行") {
			t.Errorf("%v mm above the foot: the first row stands alone", above)
		}
	}
	if !split {
		t.Error("no table was parted: the test proves nothing")
	}
}

// The sum in words stands in the row of the sum in figures.
func TestSumInWordsStandsBesideFigures(t *testing.T) {
	a, _ := set(t, input(3))
	p := newPrinter(&a, "", fonts(t))
	p.newPage(false)
	p.font(false, sizeCell)
	for _, s := range a.Sections {
		if s.Key != "claim" {
			continue
		}
		for _, r := range p.gridRows(sideBySide(s.Fields)) {
			if strings.Contains(r[0].text, "小写") {
				if len(r) != 4 || !strings.Contains(r[2].text, "大写") || !r[1].right {
					t.Errorf("the row is %+v", r)
				}
				return
			}
		}
	}
	t.Error("no row holds the sum in figures")
}

// A cover with the longest names still holds the place for the seal.
func TestLongNamesStayOnTheCover(t *testing.T) {
	in := input(1)
	in.Case.Firm.Name = strings.Repeat("恒硬刀具", 25)
	in.Case.Project.Name = strings.Repeat("数据分析", 25)
	_, files := set(t, in)
	pages := strings.Split(pdfText(t, find(t, files, ".pdf")), "\f")
	if cover := bare(pages[0]); !strings.Contains(cover, in.Case.Firm.Name) || !strings.Contains(cover, in.Case.Project.Name) || !strings.Contains(cover, "盖章处") {
		t.Errorf("the cover reads %q", cover)
	}
	if !strings.Contains(bare(pages[1]), "目录") {
		t.Error("the second page is not the contents")
	}
}
