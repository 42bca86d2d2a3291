package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
)

// run runs the program to its end and gives what it said.
func run(t *testing.T, good bool, args ...string) string {
	t.Helper()
	c := program(t, args...)
	c.Stdin = strings.NewReader("a long enough word\n")
	out, err := c.CombinedOutput()
	if (err == nil) != good {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// filled is a portal's folder with delivered requests and an admin, and what was delivered.
func filled(t *testing.T) (string, []delivered) {
	t.Helper()
	data := t.TempDir()
	run(t, true, "account", "add", "--data", data, "--login", "chief", "--role", "admin")
	r := serve(t, data)
	s := newSender(r.address)
	s.enrol(t, printed.FindStringSubmatch(r.out.String())[2])
	all := storm(t, s, 1, func(context.Context, int) {})
	back := filepath.Join(t.TempDir(), "whole")
	run(t, true, "backup", "--data", data, "--whole", back) // while it serves
	run(t, true, "backup", "--data", data, "--whole", back) // again into the same folder
	r.kill()
	return back, all
}

func TestAWholeBackupRestoresAndABrokenOneDoesNot(t *testing.T) {
	back, all := filled(t)
	data := filepath.Join(t.TempDir(), "new")
	run(t, true, "restore", "--from", back, "--data", data)
	if out := run(t, true, "doctor", "--data", data, "--whole"); strings.Contains(out, "不正常") {
		t.Error(out)
	}
	judge(t, opened(t, data), all)
	if out := run(t, false, "restore", "--from", back, "--data", data); !strings.Contains(out, "目标已有") {
		t.Error(out)
	}
	var paper string
	for digest := range all[0].p.papers {
		paper = filepath.Join(back, "blobs", digest[:2], digest)
	}
	if err := os.WriteFile(paper, []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	fresh := filepath.Join(t.TempDir(), "fresh")
	if out := run(t, false, "restore", "--from", back, "--data", fresh); !strings.Contains(out, "1 处不符") {
		t.Error(out)
	}
	if _, err := os.Stat(fresh); err == nil {
		t.Error("something was written from a broken backup")
	}
}

// A portal moves from one machine to PostgreSQL and S3 and back again, byte for byte.
func TestAPortalMovesToPostgresAndBack(t *testing.T) {
	engine, file := startCluster(t)
	back, all := filled(t)
	here, again, there := t.TempDir(), filepath.Join(t.TempDir(), "again"), t.TempDir()
	run(t, true, "restore", "--from", back, "--data", here, "--engine", file)
	if out := run(t, true, "doctor", "--data", here, "--engine", file, "--whole"); strings.Contains(out, "不正常") {
		t.Error(out)
	}
	s, err := inbox.OpenEngine(t.Context(), engine, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	judge(t, s, all)
	_ = s.Close()
	run(t, true, "backup", "--data", here, "--engine", file, "--whole", again)
	run(t, true, "restore", "--from", again, "--data", there)
	judge(t, opened(t, there), all)
}

var metricsAt = regexp.MustCompile(`metrics" address=(\S+)|msg=metrics address=(\S+)`)

func TestTheNumbersAreForWhoeverHasTheWord(t *testing.T) {
	word := filepath.Join(t.TempDir(), "word")
	if err := os.WriteFile(word, []byte("secret-word\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, false, "serve", "--data", t.TempDir(), "--metrics-listen", "0.0.0.0:0")
	r := serveWith(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0", "--metrics-token-file", word)
	m := metricsAt.FindStringSubmatch(r.out.String())
	if m == nil {
		t.Fatalf("no address: %s", r.out)
	}
	ask := func(header string) (int, string) {
		req, err := http.NewRequestWithContext(t.Context(), "GET", "http://"+m[1]+m[2]+"/metrics", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", header)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		b, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(b)
	}
	if code, _ := ask(""); code != http.StatusUnauthorized {
		t.Errorf("without the word: %d", code)
	}
	if res, err := http.Get(r.address + "/readyz"); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("readyz: %v %v", res, err)
	}
	code, text := ask("Bearer secret-word")
	for _, want := range []string{"shangyun_portal_ready 1", `shangyun_portal_requests{state="received"} 0`, `operation="GET /readyz"`, "go_goroutines"} {
		if code != http.StatusOK || !strings.Contains(text, want) {
			t.Errorf("%d: no %s", code, want)
		}
	}
}
