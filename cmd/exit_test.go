package cmd

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
)

// Every exit code of --help, each from the real programs. 6 comes from a case folder restored from a copy: the portal has another content under
// the number already.
func TestEveryExitCodeIsReached(t *testing.T) {
	o := openOffice(t)
	data, _ := firm(t)
	runCtl(t, o.bin, data, "send").want(t, 4, "E0405")
	o.enrol(t, data, o.address)
	runCtl(t, o.bin, data, "send").want(t, 4, "E0403")
	runCtl(t, o.bin, data, "send", "--agree").want(t, 0, "已报送")
	copied := filepath.Join(t.TempDir(), "备份")
	if err := os.CopyFS(copied, os.DirFS(data)); err != nil {
		t.Fatal(err)
	}
	runCtl(t, o.bin, data, "set", "project.goals=甲的修改").want(t, 0, "已保存")
	runCtl(t, o.bin, data, "send").want(t, 0, "已报送")
	runCtl(t, o.bin, copied, "set", "project.goals=乙的修改").want(t, 0, "已保存")
	runCtl(t, o.bin, copied, "send").want(t, 6, "E0604")
	o.wantOne(t, 2)
	if goals := exported(t, o.bin, copied).Project.Goals; goals != "乙的修改" {
		t.Errorf("the copy's goals are %q", goals)
	}
	runCtl(t, o.bin, filepath.Join(t.TempDir(), "新"), "portal", "enrol", o.address, "--code", o.code, "--fingerprint", o.fingerprint).want(t, 6, "E0605")
	runCtl(t, o.bin, data, "portal", "show", "http://127.0.0.1:1").want(t, 5, "E0501")
	runCtl(t, o.bin, data, "set", "firm.founded=昨天").want(t, 3, "E0104")
	runCtl(t, o.bin, data, "magic").want(t, 2, "E0002")
	runCtl(t, o.bin, data, "--help").want(t, 0, "退出码")
}

func TestExportAndImportGiveTheSameCase(t *testing.T) {
	bin := tools(t)
	data, _ := firm(t)
	runCtl(t, bin, data, "set", "firm.founded=去年").want(t, 3, "E0104") // a draft goes along
	file, second := filepath.Join(t.TempDir(), "案卷.json"), filepath.Join(t.TempDir(), "另一台")
	runCtl(t, bin, data, "case", "export", "--agree", "测试", "-o", file).want(t, 0, "已导出")
	runCtl(t, bin, second, "case", "import", file).want(t, 0, "已导入")
	was, is := exported(t, bin, data), exported(t, bin, second)
	if was.ID == is.ID {
		t.Error("the imported case has the id of the first")
	}
	is.ID = was.ID
	if diff := cmp.Diff(was, is); diff != "" {
		t.Error(diff)
	}
}

func TestAFileGivesTheSameFiguresAsTheStoredCase(t *testing.T) {
	bin := tools(t)
	data, _ := firm(t)
	file, none := filepath.Join(t.TempDir(), "案卷.json"), filepath.Join(t.TempDir(), "none")
	runCtl(t, bin, data, "case", "export", "--agree", "测试", "-o", file).want(t, 0, "已导出")
	for _, verb := range [][]string{{"assess"}, {"recommend"}, {"subsidy"}, {"case", "show"}, {"case", "export", "--agree", "测试"}} {
		for _, form := range [][]string{{"--json"}, nil} {
			stored := runCtl(t, bin, data, append(append([]string{}, form...), verb...)...).want(t, 0, "")
			fromFile := runCtl(t, bin, none, append(append(append([]string{}, form...), verb...), "--case", file)...).want(t, 0, "")
			if diff := cmp.Diff(stored.out, fromFile.out); diff != "" || stored.out == "" {
				t.Errorf("%v %v: %s", form, verb, diff)
			}
		}
	}
	for _, kind := range []string{"application", "onboarding"} {
		a, b := t.TempDir(), t.TempDir()
		runCtl(t, bin, data, "apply", "--agree", "测试", "--kind", kind, "-o", a).want(t, 0, "request.json")
		runCtl(t, bin, none, "apply", "--agree", "测试", "--kind", kind, "-o", b, "--case", file).want(t, 0, "request.json")
		papers, err := os.ReadDir(a)
		if err != nil || len(papers) < 3 {
			t.Fatalf("%v %v", papers, err)
		}
		for _, p := range papers {
			x, errX := os.ReadFile(filepath.Join(a, p.Name()))
			y, errY := os.ReadFile(filepath.Join(b, p.Name()))
			if errX != nil || errY != nil || !bytes.Equal(x, y) {
				t.Errorf("%s differs: %v %v", p.Name(), errX, errY)
			}
		}
	}
	if _, err := os.Stat(none); !os.IsNotExist(err) {
		t.Errorf("a case folder was made: %v", err)
	}
}

func TestEveryVerbGivesJSON(t *testing.T) {
	o := openOffice(t)
	data, files := firm(t)
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(files, name) }
	var c survey.Case
	for _, line := range [][]string{
		{"case", "list"}, {"case", "show"}, {"case", "export", "--agree", "测试"}, {"case", "export", "--agree", "测试", "-o", filepath.Join(dir, "a.json")}, {"host"}, {"import", in("台账.xlsx")},
		{"answer", "--file", in("答卷.json")}, {"set", "firm.address=天元区"}, {"assess"}, {"recommend"}, {"recommend", "--accept"}, {"subsidy"}, {"status"},
		{"apply", "--agree", "测试", "-o", dir}, {"attach", "--role", "合同", in("附件-合同.png")}, {"portal", "show", o.address},
		{"portal", "enrol", o.address, "--code", o.code, "--fingerprint", o.fingerprint}, {"send", "--agree"}, {"status", "--proof"}, {"schema", "case"}, {"schema", "fields"},
		{"schema", "model"}, {"recommend", "--agree", "测试", "--lp", filepath.Join(dir, "模型.lp")}, {"recommend", "--model", filepath.Join(dir, "模型.model.json")}, {"schema", "questions"}, {"sample", filepath.Join(dir, "样例")}, {"case", "new", "另一家"}, {"case", "import", in("企业资料.json")},
	} {
		r := runCtl(t, o.bin, data, append([]string{"--json"}, line...)...).want(t, 0, "")
		if !json.Valid([]byte(r.out)) || r.out == "null\n" {
			t.Errorf("%v gives no JSON: %.300s", line, r.out)
		}
		if line[0] == "case" && line[1] == "export" && len(line) == 4 {
			r.into(t, &c)
		}
	}
	if c.Schema != survey.SchemaCase {
		t.Errorf("exported %q", c.Schema)
	}
	for range 2 { // a folder without a case lists none, and does so again
		runCtl(t, o.bin, filepath.Join(dir, "空"), "--json", "case", "list").want(t, 0, "[]")
	}
}
