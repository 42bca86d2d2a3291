package cmd

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// TestTheAdvisersCommandsRun runs every command of the field guide, in its order, in one folder, as the guide tells it.
func TestTheAdvisersCommandsRun(t *testing.T) {
	runBlocks(t, guide(t, "../assets/manual/adviser.md"), t.TempDir())
}

// TestTheRecipesCommandsRun runs the recipes of CONTRIBUTING from the root of the source.
func TestTheRecipesCommandsRun(t *testing.T) {
	runBlocks(t, guide(t, "../.github/CONTRIBUTING.md"), "..")
}

// TestTheUsersCommandsRun runs every command of the user's manual.
func TestTheUsersCommandsRun(t *testing.T) {
	runBlocks(t, guide(t, "../assets/manual/manual.md"), t.TempDir())
}

// guide reads a document of the source.
func guide(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func runBlocks(t *testing.T, text, dir string) {
	t.Helper()
	bin, err := filepath.Abs(tools(t))
	if err != nil {
		t.Fatal(err)
	}
	home, n := t.TempDir(), 0
	for _, m := range shellBlock.FindAllStringSubmatch(text, -1) {
		for line := range strings.Lines(m[1]) {
			if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			n++
			cmd := exec.CommandContext(t.Context(), "sh", "-c", line)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "HOME="+home, "SHANGYUN_DATA="+filepath.Join(home, "data"), "SHANGYUN_BY=测试")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", line, err, out)
			}
		}
	}
	if n == 0 {
		t.Error("no command was found")
	}
}
