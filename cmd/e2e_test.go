package cmd

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

var builtAll = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(scratch, "all")
	out, err := exec.Command("go", "build", "-o", dir+string(os.PathSeparator), "./shangyunctl", "./shangyun-portal", "./shangyun-demo", "./shangyun-shots").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return dir, nil
})

// programs gives the folder of the pure Go programs, built once per run.
func programs(t *testing.T) string {
	t.Helper()
	dir, err := builtAll()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// ran is what one command line gave.
type ran struct {
	out, errs string
	code      int
}

func runCtl(t *testing.T, bin, data string, args ...string) ran {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "shangyunctl"), append([]string{"--data", data, "--by", "测试"}, args...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		t.Fatal(err)
	}
	return ran{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

func (r ran) want(t *testing.T, code int, words string) ran {
	t.Helper()
	if r.code != code || !strings.Contains(r.out+r.errs, words) {
		t.Errorf("exit %d (want %d), want the words %q\nstdout: %s\nstderr: %s", r.code, code, words, r.out, r.errs)
	}
	if strings.Contains(r.errs, "panic") || strings.Contains(r.errs, "goroutine") {
		t.Errorf("a stack trace was shown: %s", r.errs)
	}
	return r
}

func (r ran) into(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(r.out), v); err != nil {
		t.Fatalf("no JSON: %v\n%s\n%s", err, r.out, r.errs)
	}
}

// TestTheMainJobWithTheRealPrograms walks the demo: real inventory, messy ledger, answers, level, bundle, subsidy, papers, a portal process,
// a signed receipt, and the proof byte for byte.
func TestTheMainJobWithTheRealPrograms(t *testing.T) {
	bin, out := programs(t), filepath.Join(t.TempDir(), "demo")
	cmd := exec.CommandContext(t.Context(), filepath.Join(bin, "shangyun-demo"), "--bin", bin, "--out", out)
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	for _, words := range []string{"生产设备 60 台，数字化 33，联网 21", "576,000.00", "人民币伍拾柒万陆仟元整", "政策第五条", "政策文本无文号、无日期，是否仍有效须核实",
		"等级规则来自二手资料", "SY-", "一致，共"} {
		if !strings.Contains(string(said), words) {
			t.Errorf("the demo does not say %q\n%s", words, said)
		}
	}
	for _, f := range []string{"文书/申报书.docx", "文书/申报书.pdf", "文书/汇总表.xlsx", "文书/request.json"} {
		if _, err := os.Stat(filepath.Join(out, f)); err != nil {
			t.Error(err)
		}
	}
	pages, err := filepath.Glob(filepath.Join(out, "pages", "*.png"))
	if err != nil || len(pages) < 9 {
		t.Errorf("%d pages drawn, %v", len(pages), err)
	}
	repeat(t, bin, filepath.Join(out, "data"))
}

// repeat does every step again on the demo's case: nothing changes.
func repeat(t *testing.T, bin, data string) {
	t.Helper()
	sample := filepath.Join(filepath.Dir(data), "样例")
	before := runCtl(t, bin, data, "case", "export", "--agree", "测试").want(t, 0, "shangyun-case/1")
	runCtl(t, bin, data, "import", filepath.Join(sample, "台账.xlsx")).want(t, 0, "新增 0 行")
	runCtl(t, bin, data, "attach", "--role", "合同", filepath.Join(sample, "附件-合同.png")).want(t, 0, "共 4 份附件")
	runCtl(t, bin, data, "recommend", "--accept").want(t, 0, "首年合计")
	var a, b []struct{ SHA256 string }
	runCtl(t, bin, data, "--json", "status").into(t, &a)
	runCtl(t, bin, data, "--json", "status").into(t, &b)
	after := runCtl(t, bin, data, "case", "export", "--agree", "测试")
	if before.out != after.out {
		t.Error("repeating the steps changed the case")
	}
	if len(a) != 1 || a[0].SHA256 == "" {
		t.Errorf("requests %+v", a)
	}
	// The portal is gone now: sending the same again needs no portal because the receipt is held.
	runCtl(t, bin, data, "send", "--agree").want(t, 0, "已报送，回执 SY-")
}

func TestComputingVerbsOnAFileTouchNoDatabase(t *testing.T) {
	bin, dir := programs(t), t.TempDir()
	data := filepath.Join(dir, "no-such")
	runCtl(t, bin, data, "sample", dir).want(t, 0, "已写出")
	file := filepath.Join(dir, "企业资料.json")
	for _, verb := range []string{"assess", "recommend", "subsidy"} {
		r := runCtl(t, bin, data, "--json", verb, "--case", file).want(t, 0, "{")
		var v map[string]any
		r.into(t, &v)
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("a case folder was made: %v", err)
	}
}

func TestBadInputIsOneSentenceWithACodeAndAnExitCode(t *testing.T) {
	bin, dir := programs(t), t.TempDir()
	data := filepath.Join(dir, "data")
	write := func(name, content string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	runCtl(t, bin, data, "no-such-verb").want(t, 2, "E0002")
	runCtl(t, bin, data, "assess").want(t, 3, "E0305")
	runCtl(t, bin, data, "case", "new", "株洲测试有限公司").want(t, 0, "已新建案卷")
	runCtl(t, bin, data, "set", "firm.creditCode=91430211MA4HY7K28D").want(t, 3, "E0102 统一社会信用代码不对")
	runCtl(t, bin, data, "set", "firm.founded=12345").want(t, 3, "E0104")
	runCtl(t, bin, data, "set", "years.2025.revenue=很多").want(t, 3, "E0103")
	runCtl(t, bin, data, "set", "firm.magic=1").want(t, 3, "E0106")
	runCtl(t, bin, data, "import", filepath.Join(dir, "none.xlsx")).want(t, 3, "E0207")
	runCtl(t, bin, data, "import", write("broken.xlsx", "PK\x03\x04 not really")).want(t, 3, "E0201")
	runCtl(t, bin, data, "import", write("empty.csv", "a,b,c\n1,2,3\n")).want(t, 3, "E0204")
	runCtl(t, bin, data, "case", "import", write("x.json", `{"schema":"other/1"}`)).want(t, 3, "E0108")
	runCtl(t, bin, data, "answer", "Q8=Z").want(t, 3, "E0106")
	runCtl(t, bin, data, "send", "--agree").want(t, 4, "E0405")
	runCtl(t, bin, data, "portal", "enrol", "http://127.0.0.1:1", "--code", "x", "--fingerprint", "0000").want(t, 5, "E0501")
	runCtl(t, bin, data, "portal", "show", "http://portal.example.com").want(t, 5, "E0505")
	if r := runCtl(t, bin, data, "case", "show"); !strings.Contains(r.out, "株洲测试有限公司") {
		t.Errorf("what was entered is gone: %s", r.out)
	}
	// The texts that could not be taken are kept as drafts.
	runCtl(t, bin, data, "case", "export", "--agree", "测试").want(t, 0, "91430211MA4HY7K28D")
}

func TestSchemaDescribesTheSampleAndHelpNamesTheExitCodes(t *testing.T) {
	bin := programs(t)
	r := runCtl(t, bin, t.TempDir(), "schema", "case").want(t, 0, "2020-12")
	checkSchema(t, []byte(r.out))
	runCtl(t, bin, t.TempDir(), "schema", "fields").want(t, 0, "firm.creditCode")
	runCtl(t, bin, t.TempDir(), "schema", "questions").want(t, 0, "Q15")
	runCtl(t, bin, t.TempDir(), "--help").want(t, 0, "退出码：0 完成；2 用法不对；3 输入有误；4 条件不齐")
}
