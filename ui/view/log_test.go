package view_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/view"
)

func TestTheLogInWords(t *testing.T) {
	at := time.Date(2026, 11, 23, 1, 2, 3, 0, time.Local)
	words := func(key string, args ...any) string { return fmt.Sprint(append([]any{key}, args...)...) }
	lines := []wizard.Logged{
		{Deed: wizard.DeedView, At: at, By: "张工", What: "打开案卷"},
		{Deed: wizard.DeedChange, At: at, By: "张工", What: "撤销", Facts: map[string]int{"mark": 1, "site": 2, "firm": 1}},
		{Deed: wizard.DeedExport, At: at, By: "李工", What: "甲.docx", Where: "U 盘"},
		{Deed: wizard.DeedChange, At: at},
	}
	when := "2026-11-23 01:02  "
	want := []view.LogLine{
		{Head: when + "audit.deed.change", Text: "audit.gone"},
		{Head: when + "audit.deed.export  李工", Text: "甲.docxaudit.toU 盘"},
		{Head: when + "audit.deed.change  张工", Text: "撤销audit.colonaudit.factsfact.firm1audit.andaudit.factsfact.site2"},
		{Text: "audit.more1"},
	}
	if diff := cmp.Diff(want, view.Log(words, lines, 3)); diff != "" {
		t.Error(diff)
	}
	if got := view.Log(words, nil, 3); len(got) != 1 || got[0].Text != "audit.none" {
		t.Errorf("an empty log: %+v", got)
	}
}
