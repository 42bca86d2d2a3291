//go:build linux

package chooser

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// dialogs puts a stand-in for a dialog program into the path: it writes its arguments down and answers.
func dialogs(t *testing.T, name, body string) (said string) {
	t.Helper()
	dir := t.TempDir()
	said = filepath.Join(dir, "said")
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\nprintf '%s\\n' \"$@\" > "+said+"\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	t.Setenv("DISPLAY", ":77")
	t.Setenv("XDG_CURRENT_DESKTOP", "")
	return said
}

func TestTheDesktopsDialogIsAskedAndItsPathComesBack(t *testing.T) {
	for _, c := range []struct {
		program string
		asked   Asked
		want    []string
	}{
		{"zenity", Asked{Title: "选择 $(id)", Extensions: []string{".xlsx"}}, []string{"--file-selection", "--title=选择 $(id)", "--file-filter=*.xlsx *.XLSX"}},
		{"zenity", Asked{Title: "文件夹", Folder: true}, []string{"--directory"}},
		{"kdialog", Asked{Title: "选择", Extensions: []string{".csv"}}, []string{"--getopenfilename", "*.csv *.CSV"}},
		{"kdialog", Asked{Title: "文件夹", Folder: true}, []string{"--getexistingdirectory"}},
	} {
		said := dialogs(t, c.program, "echo /tmp/台账.xlsx")
		got, err := Choose(t.Context(), c.asked)
		if err != nil || got != "/tmp/台账.xlsx" {
			t.Errorf("%s: %q, %v", c.program, got, err)
		}
		args, err := os.ReadFile(said)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range c.want {
			if !strings.Contains("\n"+string(args), "\n"+w+"\n") {
				t.Errorf("%s was asked %q, want %q in it", c.program, args, w)
			}
		}
	}
}

func TestAPersonMayChangeHerMindAndADialogMayFail(t *testing.T) {
	dialogs(t, "zenity", "exit 1")
	if got, err := Choose(t.Context(), Asked{}); got != "" || err != nil {
		t.Errorf("cancelled: %q, %v", got, err)
	}
	dialogs(t, "zenity", "exit 255")
	if _, err := Choose(t.Context(), Asked{}); !errors.Is(err, ErrNone) {
		t.Errorf("a dialog that fails: %v, want ErrNone", err)
	}
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if Available() {
		t.Error("a dialog without a display")
	}
}

func TestADialogEndsWithItsContext(t *testing.T) {
	dialogs(t, "zenity", "exec /bin/sleep 600")
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	if _, err := Choose(ctx, Asked{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
