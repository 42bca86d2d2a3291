package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
)

// TestKilledWhileMigratingTheNextStartGoesOn kills the first start on a folder of the first schema.
func TestKilledWhileMigratingTheNextStartGoesOn(t *testing.T) {
	bin := tools(t)
	old, err := os.ReadFile(filepath.Join("..", "connectors", "casedb", "testdata", "v1.db"))
	if err != nil {
		t.Fatal(err)
	}
	d := deed{name: "migrate", line: func() []string { return []string{"case", "list"} }}
	d.took = timed(func() { runCtl(t, bin, t.TempDir(), "case", "list").want(t, 0, "") })
	for kills := 0; kills < faultRounds(3); {
		data := t.TempDir()
		if err := os.WriteFile(filepath.Join(data, "cases.db"), old, 0o600); err != nil {
			t.Fatal(err)
		}
		if hit, _ := d.kill(t, bin, data); hit {
			kills++
		}
		is, err := holding(t, data)
		if err != nil {
			t.Fatal(err)
		}
		if c := is.Cases["x"]; c == nil || c.Firm.Name != "株洲恒硬刀具有限公司" || len(is.Requests) != 1 {
			t.Fatalf("after a kill the folder holds %+v", is)
		}
	}
}

// TestKilledWhileRestoringEitherSideIsWhole kills restoring: the folder holds what it held or what the backup held, or says that restoring
// must be made again, which then succeeds; what was there before is kept.
func TestKilledWhileRestoringEitherSideIsWhole(t *testing.T) {
	bin := tools(t)
	begun, _ := firm(t)
	runCtl(t, bin, begun, "backup", "now").want(t, 0, "已备份")
	backed := mustHold(t, begun)
	runCtl(t, bin, begun, "set", "firm.address=备份之后").want(t, 0, "已保存")
	was := mustHold(t, begun)
	d := deed{name: "restore", line: func() []string { return []string{"backup", "restore", "--yes"} }}
	trial := filepath.Join(t.TempDir(), "trial")
	if err := os.CopyFS(trial, os.DirFS(begun)); err != nil {
		t.Fatal(err)
	}
	d.took = timed(func() { runCtl(t, bin, trial, "backup", "restore", "--yes").want(t, 0, "已恢复") })
	again := 0
	for kills := 0; kills < faultRounds(3); {
		data := filepath.Join(t.TempDir(), "data")
		if err := os.CopyFS(data, os.DirFS(begun)); err != nil {
			t.Fatal(err)
		}
		hit, acked := d.kill(t, bin, data)
		if hit {
			kills++
		}
		is, err := holding(t, data)
		switch {
		case err != nil && (acked || survey.CodeOf(err) != survey.CodeStoreDamaged):
			t.Fatal(err)
		case err != nil:
			again++
		case !cmp.Equal(is, backed) && (acked || !cmp.Equal(is, was)):
			t.Fatalf("acknowledged %v, the folder holds neither side: %s", acked, cmp.Diff(was, is))
		}
		runCtl(t, bin, data, "backup", "restore", "--yes").want(t, 0, "已恢复")
		if diff := cmp.Diff(backed, mustHold(t, data)); diff != "" {
			t.Fatal(diff)
		}
		wantAside(t, data, was)
	}
	t.Logf("%d kills left a folder that asked to be restored again", again)
}

// wantAside holds that some folder under aside/ is what there was before.
func wantAside(t *testing.T, data string, was held) {
	t.Helper()
	found, _ := filepath.Glob(filepath.Join(data, "aside", "*"))
	if !slices.ContainsFunc(found, func(dir string) bool {
		key, err := os.ReadFile(filepath.Join(data, "vault.json"))
		if err = errors.Join(err, os.WriteFile(filepath.Join(dir, "vault.json"), key, 0o600)); err != nil {
			t.Fatal(err)
		}
		is, err := holding(t, dir)
		return err == nil && cmp.Equal(is, was)
	}) {
		t.Fatalf("what was there before is not among %v", found)
	}
}

func mustHold(t *testing.T, data string) held {
	t.Helper()
	h, err := holding(t, data)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// with gives a copy in which one case is changed.
func (h held) with(id string, change func(*survey.Case)) held {
	out := held{map[string]*survey.Case{}, h.Requests, h.Untried}
	for k, c := range h.Cases {
		copied := *c
		if k == id {
			change(&copied)
		}
		out.Cases[k] = &copied
	}
	return out
}

// knownTo gives a copy with those requests only that was has as well and that may not be replaced.
func (h held) knownTo(was held) held {
	out := held{h.Cases, map[string]string{}, nil}
	for k := range was.Requests {
		if sha, ok := h.Requests[k]; ok && !was.Untried[k] {
			out.Requests[k] = sha
		}
	}
	return out
}

func (h held) casesOf(was held) held {
	out := held{map[string]*survey.Case{}, h.Requests, h.Untried}
	for k := range was.Cases {
		out.Cases[k] = h.Cases[k]
	}
	return out
}

// search looks for words of the firm in every file of a folder, each state of a file once.
type search struct {
	words []string
	seen  map[string]bool
}

func (s search) in(t *testing.T, dir string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		st, err := d.Info()
		if err != nil {
			return err
		}
		state := fmt.Sprint(st.Sys().(*syscall.Stat_t).Ino, st.ModTime(), st.Size())
		if s.seen[state] && st.Size() > 0 && !strings.HasPrefix(d.Name(), "cases.db") {
			return nil
		}
		s.seen[state] = true
		b, err := os.ReadFile(path)
		for _, w := range s.words {
			if w == "" || bytes.Contains(b, []byte(w)) {
				t.Logf("%s holds %q", path, w)
				n++
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
