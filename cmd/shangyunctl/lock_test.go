package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ctl runs one command line on the folder and gives its exit code and what it printed.
func ctl(t *testing.T, data string, args ...string) (int, string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := Main(t.Context(), append([]string{"--data", data, "--by", "张工"}, args...), &out, &errs)
	return code, out.String() + errs.String()
}

func wantCtl(t *testing.T, data string, code int, says string, args ...string) string {
	t.Helper()
	got, out := ctl(t, data, args...)
	if got != code || !strings.Contains(out, says) {
		t.Fatalf("%v: exit %d, want %d saying %q\n%s", args, got, code, says, out)
	}
	return out
}

// noTerminal gives an empty standard input, so that no prompt waits for a person.
func noTerminal(t *testing.T) {
	t.Helper()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	had := os.Stdin
	os.Stdin = null
	t.Cleanup(func() { os.Stdin = had; _ = null.Close() })
}

func TestAPassphraseGuardsEveryCommand(t *testing.T) {
	noTerminal(t)
	data := t.TempDir()
	t.Setenv(envPassphrase, "")
	t.Setenv(envNew, "")
	wantCtl(t, data, 0, "已新建", "case", "new", "株洲恒硬刀具有限公司")
	wantCtl(t, data, 0, "没有设置口令", "lock", "status")
	wantCtl(t, data, 2, "--yes", "lock", "none")
	wantCtl(t, data, 0, "已记下不设口令", "lock", "none", "--yes")
	wantCtl(t, data, 3, envPassphrase, "lock", "set")
	t.Setenv(envPassphrase, "short")
	wantCtl(t, data, 3, "至少要 8 个字", "lock", "set")
	t.Setenv(envPassphrase, "a long passphrase")
	var made struct{ Recovery string }
	if err := json.Unmarshal([]byte(wantCtl(t, data, 0, "recovery", "--json", "lock", "set")), &made); err != nil || len(made.Recovery) != 35 {
		t.Fatalf("%q, %v", made.Recovery, err)
	}
	wantCtl(t, data, 2, "lock change", "lock", "set")
	wantCtl(t, data, 4, "已经设有口令", "lock", "none", "--yes")
	wantCtl(t, data, 0, "株洲恒硬", "case", "list")
	t.Setenv(envPassphrase, "")
	if out := wantCtl(t, data, 3, "E0308", "case", "list"); strings.Contains(out, "株洲") {
		t.Errorf("the locked file says %s", out)
	}
	wantCtl(t, data, 0, "已设置口令", "lock", "status")
	t.Setenv(envPassphrase, "the wrong passphrase")
	wantCtl(t, data, 3, "不对", "case", "list")
	t.Setenv(envPassphrase, strings.ToLower(made.Recovery))
	wantCtl(t, data, 0, "株洲恒硬", "case", "list")
	t.Setenv(envNew, "another passphrase")
	wantCtl(t, data, 0, "已更换", "lock", "change")
	t.Setenv(envPassphrase, "another passphrase")
	wantCtl(t, data, 0, "只显示这一次", "lock", "recovery")
	wantCtl(t, data, 2, "--yes", "lock", "remove")
	if c, _ := ctl(t, data, "lock", "remove", "--yes"); c != 0 {
		t.Error("lock remove")
	}
	t.Setenv(envPassphrase, "")
	wantCtl(t, data, 0, "株洲恒硬", "case", "list")
}

func TestADamagedFolderIsRestoredByWords(t *testing.T) {
	noTerminal(t)
	data := t.TempDir()
	wantCtl(t, data, 0, "还没有备份", "backup", "list")
	wantCtl(t, data, 3, "没有第 1 份", "backup", "restore", "--yes")
	wantCtl(t, data, 0, "已新建", "case", "new", "株洲恒硬刀具有限公司")
	wantCtl(t, data, 0, "株洲恒硬", "case", "list") // makes the daily backup as well
	wantCtl(t, data, 0, "backups", "backup", "list")
	stick := filepath.Join(t.TempDir(), "stick")
	wantCtl(t, data, 0, "已备份", "backup", "now", "--to", stick)
	wantCtl(t, data, 0, "stick", "backup", "list", "--in", stick)
	if err := os.WriteFile(filepath.Join(data, "cases.db"), bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	wantCtl(t, data, 3, "最新的备份是", "case", "list")
	wantCtl(t, data, 2, "--yes", "backup", "restore")
	wantCtl(t, data, 0, "已恢复", "backup", "restore", "--yes")
	wantCtl(t, data, 0, "株洲恒硬", "case", "list")
}
