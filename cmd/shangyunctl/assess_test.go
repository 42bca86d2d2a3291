package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/cmd/join"
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
	wantCtl(t, data, 3, "没有 T1", "assess", "sheet", "T1")
	sheet := wantCtl(t, data, 0, "工信厅企业〔2024〕56号", "assess", "sheet", "T0")
	packs, err := join.Packs()
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range packs.Questions.Items {
		for _, o := range it.Options {
			if !strings.Contains(sheet, o.Letter+" "+o.Text) {
				t.Errorf("%s %s is not in the frozen text", it.Key, o.Letter)
			}
		}
	}
	if !strings.Contains(sheet, "● D "+packs.Questions.Item("Q8").Options[3].Text) {
		t.Errorf("the answer of Q8 is not marked in\n%s", sheet)
	}
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
	wantCtl(t, data, 4, "证据目录", "assess", "evidence", "--out", index)
	list := wantCtl(t, data, 0, "二手", "assess", "evidence", "--out", index, "--agree", "张三")
	if strings.Contains(list, "Q8 企业对数字化的认识与执行水平情况（D） 规划、计划文件：缺") {
		t.Errorf("an attached document is missing:\n%s", list)
	}
	got := string(first(readFile(index)))
	for _, want := range []string{"改造合同,已附,附件-合同.png,6363,", "其他材料,另附,附件-发票.png", "系统界面截图，加相应的管理规范和执行记录,缺"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	wantCtl(t, data, 2, "xlsx", "assess", "evidence", "--out", index+".doc", "--agree", "张三")
	wantCtl(t, data, 0, "", "assess", "evidence", "--out", index+".xlsx", "--agree", "张三")
}

func first(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}

// A folder with good cases and broken ones: the good are scored in the order of their names, whatever the number of workers, the broken are
// named with their code and line and stop nothing.
func TestABatchScoresManyAndNamesTheBroken(t *testing.T) {
	noTerminal(t)
	files := t.TempDir()
	wantCtl(t, t.TempDir(), 0, "", "sample", files)
	sample := string(first(readFile(filepath.Join(files, "企业资料.json"))))
	dir := t.TempDir()
	put := func(name, text string) {
		if err := writeFile(filepath.Join(dir, name), []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 12 {
		put(fmt.Sprintf("%02d.json", 20-i), strings.Replace(sample, "株洲恒硬", fmt.Sprintf("第%02d家", 20-i), 1))
	}
	put("park/00.json", strings.Replace(sample, `"430200"`, `"430100"`, 1))
	put("bad.json", "{\n \"schema\": \"shangyun-case/1\",\n bad}")
	put("unknown.json", strings.Replace(sample, `"schema"`, `"surprise": 1, "schema"`, 1))
	put("note.txt", "not a case")
	one, many := filepath.Join(t.TempDir(), "one.csv"), filepath.Join(t.TempDir(), "many.csv")
	out := wantCtl(t, t.TempDir(), 0, "共 15 份，评了 13 份，读不出 2 份", "assess", dir, "--jobs", "1", "--out", one)
	for _, want := range []string{"读不出 bad.json（第 3 行）：E0", "读不出 unknown.json", "未达级 13 份"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	wantCtl(t, t.TempDir(), 0, "读不出 2 份", "assess", dir, "--jobs", "7", "--out", many)
	a, b := string(first(readFile(one))), string(first(readFile(many)))
	if a != b {
		t.Error("seven workers write another table than one")
	}
	for _, want := range []string{"1,09.json,,第09家刀具有限公司", "地区,株洲市,12", "地区,长沙市,1", "行业,C33", "bad.json,3,E0"} {
		if !strings.Contains(a, want) {
			t.Errorf("no %q in\n%s", want, a)
		}
	}
	lines := filepath.Join(t.TempDir(), "many.jsonl")
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(sample)); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(lines, []byte(compact.String()+"\n\n{}\n"+compact.String()+"\n")); err != nil {
		t.Fatal(err)
	}
	wantCtl(t, t.TempDir(), 0, "第 3 行", "assess", lines, "--out", filepath.Join(t.TempDir(), "o.xlsx"))
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if code := Main(ctx, []string{"assess", dir}, io.Discard, io.Discard); code == 0 {
		t.Error("a batch that was stopped says it is done")
	}
}
