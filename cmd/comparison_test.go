package cmd

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// The comparison table leaves by consent only, and the file holds every offer of every wanted need as the page and the command list them.
func TestTheComparisonTableLeavesAsASheet(t *testing.T) {
	d, st := chooseDesk(t)
	if _, err := d.TakeComparison(t.Context(), st, wizard.Leaving{Where: "x"}); survey.CodeOf(err) != survey.CodeConsent {
		t.Errorf("without consent: %v", err)
	}
	f, err := d.TakeComparison(t.Context(), st, wizard.Leaving{Where: "x", By: "测试"})
	if err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(bytes.NewReader(f.Data))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := x.GetRows("比价表")
	if err != nil {
		t.Fatal(err)
	}
	head := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 0 && r[0] == "需求" })
	want := wizard.ComparisonOf(st)
	if head < 0 || len(rows)-head-1 != len(want) || len(want) == 0 {
		t.Fatalf("%d rows below line %d, want %d", len(rows), head, len(want))
	}
	for i, w := range want {
		if r := rows[head+1+i]; r[0] != w.Title || r[2] != w.Vendor || r[3] != w.Offer.Title || (r[1] == "✓") != w.Chosen {
			t.Errorf("line %d is %q, want %s %s", i, r, w.Vendor, w.Offer.Title)
		}
	}
}
