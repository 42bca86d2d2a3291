package caret_test

import (
	"os"
	"os/exec"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/caret"
)

func TestNoWindowIsNoHarm(t *testing.T) {
	if caret.Place(0, caret.Spot{X: 10, Y: 20}) {
		t.Error("a window that is none took a place")
	}
}

// TestItIsTypeCheckedForWindows: the part for Windows is checked here without a C compiler.
func TestItIsTypeCheckedForWindows(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "vet", ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=windows", "GOARCH=amd64")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
