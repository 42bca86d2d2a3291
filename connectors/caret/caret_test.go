package caret_test

import (
	"os"
	"os/exec"
	"runtime"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/caret"
)

func TestNoWindowIsNoHarm(t *testing.T) {
	if caret.Place(0, caret.Spot{X: 10, Y: 20}) {
		t.Error("a window that is none took a place")
	}
}

// TestItIsTypeCheckedForEverySystem: the part for Windows is compiled here without a C compiler.
func TestItIsTypeCheckedForEverySystem(t *testing.T) {
	for _, system := range []string{"windows/amd64", "windows/arm64", "darwin/arm64", "linux/arm64"} {
		for i, c := range system {
			if c != '/' {
				continue
			}
			cmd := exec.CommandContext(t.Context(), "go", "vet", ".")
			cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system[:i], "GOARCH="+system[i+1:], "GOFLAGS=")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s (from %s): %v\n%s", system, runtime.GOOS, err, out)
			}
		}
	}
}
