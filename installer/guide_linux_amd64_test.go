package installer

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestThePackagersCommandsRun runs the shell blocks of README.md in a copy of the source, with a rule folder that holds one policy as its readers have.
func TestThePackagersCommandsRun(t *testing.T) {
	packages(t)
	at, err := next()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	do(t, "sh", "-ec", `cd "$0"; mkdir -p 规则文件夹/policy build/key; cp assets/policy/hunan-text-v1.yaml 规则文件夹/policy/; cp "$1"/build/key/trial.* build/key/`, at, mustAbs(t, ".."))
	n := 0
	for _, m := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		for line := range strings.Lines(m[1]) {
			n++
			cmd := exec.CommandContext(t.Context(), "sh", "-c", line)
			cmd.Dir = at
			cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "GOCACHE="+strings.TrimSpace(do(t, "go", "env", "GOCACHE")), "GOMODCACHE="+strings.TrimSpace(do(t, "go", "env", "GOMODCACHE")))
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", line, err, out)
			}
		}
	}
	if n < 2 {
		t.Errorf("%d commands", n)
	}
	if list, err := os.ReadFile(filepath.Join(at, "build/stick/updates.json")); err != nil || !strings.Contains(string(list), "packs.syupdate") {
		t.Errorf("%s, %v", list, err)
	}
}
