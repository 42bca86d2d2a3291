package join

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestACrashLeavesItsReport starts a process that watches a folder and dies by a panic, and one that is killed; the next run finds each, and
// after a good end there is nothing to find.
func TestACrashLeavesItsReport(t *testing.T) {
	folder := t.TempDir()
	if os.Getenv("SHANGYUN_CRASH") != "" {
		die(t, os.Getenv("SHANGYUN_CRASH"))
	}
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	watch := func() string {
		t.Helper()
		w, err := WatchCrash(folder, now)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.End(); err != nil {
			t.Fatal(err)
		}
		return w.Earlier
	}
	if got := watch(); got != "" {
		t.Errorf("a first run finds %q", got)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestACrashLeavesItsReport$")
	cmd.Env = append(os.Environ(), "SHANGYUN_CRASH="+folder)
	if out, err := cmd.CombinedOutput(); err == nil {
		t.Fatalf("it did not die: %s", out)
	}
	report, err := os.ReadFile(watch())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(report), "panic: on purpose") || !strings.Contains(string(report), "crash_test.go") {
		t.Errorf("the report says %q", report)
	}
	if got := watch(); got != "" {
		t.Errorf("after a good end it finds %q", got)
	}
}

func die(t *testing.T, folder string) {
	if _, err := WatchCrash(folder, time.Now()); err != nil {
		t.Fatal(err)
	}
	done := make(chan bool)
	go func() { panic("on purpose") }()
	<-done
}

func TestOnlyTheNewestReportsAreKept(t *testing.T) {
	folder := t.TempDir()
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	for i := range 9 {
		if err := os.WriteFile(filepath.Join(folder, crashNow), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		w, err := WatchCrash(folder, now.Add(time.Duration(i)*time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.End(); err != nil || w.Earlier == "" {
			t.Fatal(err, w.Earlier)
		}
	}
	all, _ := filepath.Glob(filepath.Join(folder, "crash-*.txt"))
	if len(all) != maxCrashes || !strings.Contains(all[len(all)-1], "120800") {
		t.Errorf("kept %q", all)
	}
}
