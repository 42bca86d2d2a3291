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

// What an answer needs on the spot is asked for, attached to it, and listed in the index with the file's fingerprint.
func TestEvidenceIsAttachedToAnswersAndIndexed(t *testing.T) {
	data, files := sampleFolder(t)
	paper := filepath.Join(files, "附件-合同.png")
	wantCtl(t, data, 0, "Q8 企业对数字化的认识与执行水平情况（D） 规划、计划文件：缺", "assess", "evidence")
	wantCtl(t, data, 0, "规划、计划文件：附件-合同.png", "attach", "--for", "Q8", paper)
	wantCtl(t, data, 0, "改造合同：附件-合同.png", "attach", "--for", "Q8", "--role", "改造合同", paper)
	wantCtl(t, data, 0, "其他材料：附件-发票.png", "attach", "--for", "Q8", filepath.Join(files, "附件-发票.png"))
	wantCtl(t, data, 2, "--role", "attach", "--for", "Q99", paper)
	index := filepath.Join(t.TempDir(), "证据.csv")
	list := wantCtl(t, data, 0, "二手", "assess", "evidence", "--out", index)
	if strings.Contains(list, "Q8 企业对数字化的认识与执行水平情况（D） 规划、计划文件：缺") {
		t.Errorf("an attached document is missing:\n%s", list)
	}
	got := string(first(readFile(index)))
	for _, want := range []string{"改造合同,已附,附件-合同.png,6363,", "其他材料,另附,附件-发票.png", "系统界面截图，加相应的管理规范和执行记录,缺"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	wantCtl(t, data, 2, "xlsx", "assess", "evidence", "--out", index+".doc")
	wantCtl(t, data, 0, "", "assess", "evidence", "--out", index+".xlsx")
}

func first(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}
