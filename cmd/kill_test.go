package cmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// exported is the case as the program exports it: it opens, and every fact in it is readable.
func exported(t *testing.T, bin, data string) *survey.Case {
	t.Helper()
	r := runCtl(t, bin, data, "case", "export", "--agree", "测试").want(t, 0, "shangyun-case/1")
	c, err := survey.DecodeCase([]byte(r.out))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// killed runs one command line and kills it with SIGKILL after a while; it tells whether the program had ended by itself with code 0 before.
func killed(t *testing.T, bin, data string, after time.Duration, args ...string) bool {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), filepath.Join(bin, "shangyunctl"), append([]string{"--data", data, "--by", "测试", "--json"}, args...)...)
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	return cmd.Wait() == nil || json.Valid(out.Bytes()) && out.Len() > 0 // what it said it had done counts
}

// Killed at moments spread over a whole run: the case opens, what was acknowledged is there, what was not is there whole or not at all.
func TestKilledWhileSavingTheCaseKeepsWhatWasAcknowledged(t *testing.T) {
	bin := tools(t)
	data, files := firm(t)
	ledger := filepath.Join(files, "台账.xlsx")
	begin := func() string {
		fresh := filepath.Join(t.TempDir(), "fresh")
		runCtl(t, bin, fresh, "case", "new", "新企业").want(t, 0, "已新建案卷")
		return fresh
	}
	setting := timed(func() { runCtl(t, bin, data, "set", "firm.address=起点").want(t, 0, "已保存") })
	first := begin()
	importing := timed(func() { runCtl(t, bin, first, "import", ledger).want(t, 0, "新增 32 行") })
	kept, n := "起点", faultRounds(3)
	for i := range n {
		moment := func(took time.Duration) time.Duration { return took * time.Duration(i+1) / time.Duration(n+1) }
		address := fmt.Sprintf("第 %d 号", i)
		acknowledged := killed(t, bin, data, moment(setting), "set", "firm.address="+address)
		switch got := exported(t, bin, data).Firm.Address; {
		case got == address:
			kept = address
		case acknowledged, got != kept:
			t.Errorf("round %d: the address is %q after %q; acknowledged %v", i, got, kept, acknowledged)
		}
		runCtl(t, bin, data, "audit", "verify").want(t, 0, "记录完整") // no save without its line
		fresh := begin()
		acknowledged = killed(t, bin, fresh, moment(importing), "import", ledger)
		c := exported(t, bin, fresh)
		runCtl(t, bin, fresh, "audit", "verify").want(t, 0, "记录完整")
		if got := len(c.Assets); got != 0 && got != 32 || acknowledged && got != 32 || c.Firm.Name != "新企业" {
			t.Errorf("round %d: %d of 32 lines in the case of %q; acknowledged %v", i, got, c.Firm.Name, acknowledged)
		}
		runCtl(t, bin, fresh, "import", ledger).want(t, 0, "生产设备 60 台")
		if got := len(exported(t, bin, fresh).Assets); got != 32 {
			t.Errorf("round %d: %d lines in the end", i, got)
		}
	}
}

// Killed while sending, at moments spread over the whole exchange: the next send gives one request and one receipt for each revision.
func TestKilledWhileSendingGivesOneReceipt(t *testing.T) {
	o := openOffice(t)
	data, _ := firm(t)
	o.enrol(t, data, o.address)
	change := func(n int) {
		runCtl(t, o.bin, data, "set", fmt.Sprintf("project.goals=第 %d 次修改", n)).want(t, 0, "已保存")
	}
	change(1)
	runCtl(t, o.bin, data, "send", "--agree").want(t, 0, "已报送")
	change(2)
	took := timed(func() { runCtl(t, o.bin, data, "send").want(t, 0, "已报送") })
	revision, n := 2, faultRounds(3)
	for i := range n {
		change(revision + 1)
		acknowledged := killed(t, o.bin, data, took*time.Duration(i+1)/time.Duration(n+1), "send")
		runCtl(t, o.bin, data, "audit", "verify").want(t, 0, "记录完整")
		goals := exported(t, o.bin, data).Project.Goals
		if want := fmt.Sprintf("第 %d 次修改", revision+1); goals != want {
			t.Errorf("round %d: the goals are %q, want %q", i, goals, want)
		}
		if r := newest(t, o.bin, data); acknowledged && r.Receipt == nil {
			t.Errorf("round %d: the receipt that was shown is gone: %+v", i, r)
		}
		runCtl(t, o.bin, data, "send").want(t, 0, "已报送，回执 SY-")
		revision++
		if r := newest(t, o.bin, data); r.Receipt == nil || r.Revision != revision {
			t.Errorf("round %d: %+v, want revision %d with its receipt", i, r, revision)
		}
		o.wantOne(t, revision)
	}
}
