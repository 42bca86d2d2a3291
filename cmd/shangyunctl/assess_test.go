package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// sampleFolder is a folder with the sample firm, its register and its answers.
func sampleFolder(t *testing.T) (data, files string) {
	t.Helper()
	noTerminal(t)
	data, files = t.TempDir(), t.TempDir()
	wantCtl(t, data, 0, "", "sample", files)
	wantCtl(t, data, 0, "", "case", "import", filepath.Join(files, "企业资料.json"))
	wantCtl(t, data, 0, "", "import", filepath.Join(files, "台账.xlsx"))
	wantCtl(t, data, 0, "", "answer", "--file", filepath.Join(files, "答卷.json"))
	return data, files
}

// T0 is frozen, the firm goes on, T1 is frozen: the difference is told item by item, T0 stays what it was and cannot be frozen over.
func TestAssessmentsAreFrozenAndCompared(t *testing.T) {
	data, _ := sampleFolder(t)
	wantCtl(t, data, 3, "T0", "assess", "diff", "T0")
	wantCtl(t, data, 3, "T0 到 T9", "assess", "freeze", "改造前")
	first := wantCtl(t, data, 0, "T0 已定稿", "assess", "freeze", "T0", "--note", "改造前")
	if !strings.Contains(first, "SHA-256 ") {
		t.Errorf("the text of the questions is not named: %s", first)
	}
	wantCtl(t, data, 0, "逐项没有差别", "assess", "diff", "T0")
	wantCtl(t, data, 0, "", "answer", "Q8=E", "office=2")
	out := wantCtl(t, data, 0, "Q8", "assess", "diff", "T0")
	for _, want := range []string{"D → E", "4.5 → 6 分", "协同办公：一级 → 二级", "得分："} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	wantCtl(t, data, 3, "不再改动", "assess", "freeze", "T0")
	wantCtl(t, data, 0, "T1 已定稿", "assess", "freeze", "T1")
	wantCtl(t, data, 0, "D → E", "assess", "diff", "T0", "T1")
	wantCtl(t, data, 0, "E → D", "assess", "diff", "T1", "T0")
}
