package document_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/shangyuntong/shangyun/connectors/document"
)

// What a table holds is read back from the XLSX and the CSV; nothing that was typed becomes a formula; equal tables give equal bytes.
func TestTablesReadBack(t *testing.T) {
	table := document.Table{Name: "甲", Head: []string{"名称", "数"}, Widths: []float64{20, 10}, Rows: [][]string{{"=1+1", "12"}, {"@x", "48.925"}, {"株洲，“恒硬”", "-3"}, {"a\nb", ""}}}
	x, err := document.Tables(table, document.Table{Name: "乙", Head: []string{"空"}, Widths: []float64{9}})
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := document.Tables(table, document.Table{Name: "乙", Head: []string{"空"}, Widths: []float64{9}}); !bytes.Equal(x, again) {
		t.Error("equal tables give different bytes")
	}
	f, err := excelize.OpenReader(bytes.NewReader(x))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.GetRows("甲")
	want := append([][]string{table.Head}, table.Rows...)
	want[4] = want[4][:1]
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Error(d, err)
	}
	if formula, _ := f.GetCellFormula("甲", "A2"); formula != "" {
		t.Errorf("the cell became the formula %q", formula)
	}
	data, err := document.CSV(table)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil || rows[1][0] != "'=1+1" || rows[2][0] != "'@x" || rows[3][1] != "-3" || rows[3][0] != "株洲，“恒硬”" {
		t.Errorf("%v %q", err, rows)
	}
}
