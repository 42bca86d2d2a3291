package document

import (
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A sheet over 16 MB would be put into a temporary file, readable and left there by a crash.
func TestALargeSheetLeavesNothingInTheTemporaryFolder(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	x := newBook()
	defer x.Close()
	rows := make([][]any, 9000)
	for i := range rows {
		rows[i] = []any{strings.Repeat("株洲恒硬", 200)}
	}
	b := book{x: x, looks: map[look]int{}}
	b.sheet(sheet{name: "字段", widths: []float64{20}, head: []any{"内容"}, rows: rows})
	if b.err != nil {
		t.Fatal(b.err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	y := excelize.NewFile() // the same without the safety
	defer y.Close()
	b = book{x: y, looks: map[look]int{}}
	b.sheet(sheet{name: "字段", widths: []float64{20}, head: []any{"内容"}, rows: rows})
	if left, _ := os.ReadDir(dir); len(left) == 0 {
		t.Error("the sheet is too small to show anything")
	}
}
