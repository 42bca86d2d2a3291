package join

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAnUnfinishedExportTellsNothing looks at what a kill would leave while the file is being filled, and at what is left of a stopped one.
func TestAnUnfinishedExportTellsNothing(t *testing.T) {
	secret := strings.Repeat("株洲恒硬刀具有限公司 ", 200_000) // more than one pass of the buffer
	errStop := errors.New("stopped")
	name := filepath.Join(t.TempDir(), "包.zip")
	if err := os.WriteFile(name, []byte("older"), 0o600); err != nil {
		t.Fatal(err)
	}
	fill := func(end error) func(io.Writer) error {
		return func(w io.Writer) error {
			if _, err := io.WriteString(w, secret); err != nil {
				return err
			}
			left, err := os.ReadFile(name + exportPart)
			if err != nil || len(left) != len(secret) || bytes.Contains(left, []byte("株洲")) {
				t.Errorf("a kill would leave %d bytes, readable: %v (%v)", len(left), bytes.Contains(left, []byte("株洲")), err)
			}
			return end
		}
	}
	if err := Export(name, fill(errStop)); !errors.Is(err, errStop) {
		t.Errorf("stopped: %v", err)
	}
	if entries, err := os.ReadDir(filepath.Dir(name)); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	if got, _ := os.ReadFile(name); string(got) != "older" {
		t.Errorf("a stopped export replaced the older file by %q", got)
	}
	if err := Export(name, fill(nil)); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != secret {
		t.Errorf("came out otherwise: %d bytes, %v", len(got), err)
	}
}
