package cmd

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAnAnswerSheetIsTakenWholeOrRefused(t *testing.T) {
	bin := tools(t)
	data, _ := firm(t)
	sheet := filepath.Join(t.TempDir(), "答卷.json")
	for _, c := range []struct {
		content string
		code    int
		words   string
	}{
		{`{"answers":null,"scenes":null}`, 0, "已记录 1 题、1 个场景"},
		{`{"answer":{"Q8":"D"}}`, 3, "E0201"},
		{`[]`, 3, "E0201"},
		{``, 3, "E0201"},
		{`{"answers":{"Q8":4}}`, 3, "E0201"},
	} {
		if err := os.WriteFile(sheet, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		runCtl(t, bin, data, "answer", "--file", sheet, "Q8=D", "office=2").want(t, c.code, c.words)
	}
}
