package installer

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const nextVersion = "9.9.9"

// nextAt is the folder of next, removed when the run ends.
var nextAt string

// next builds the command line and the portal of a later version from a copy of the source and packs them as signed updates, once per run.
var next = sync.OnceValues(func() (string, error) {
	at, err := os.MkdirTemp("", "shangyun-next-*")
	if err != nil {
		return "", err
	}
	nextAt = at
	cmd := exec.Command("sh", "-ec", `
here=$PWD
git ls-files -z | xargs -0 cp --parents -t "$0"
cd "$0"
echo "$1" >installer/VERSION
export SHANGYUN_KEY=$(grep ^RW "$here/build/package/minisign.pub") SOURCE_DATE_EPOCH=1700000000
CGO_ENABLED=0 go build -o build/bin/shangyun-release ./cmd/shangyun-release
for os in linux windows; do
	installer/build.sh pure $os amd64
	build/bin/shangyun-release program build/dist/$os-amd64 --os $os --arch amd64 --key "${SHANGYUN_RELEASE_KEY:-$here/build/key/trial.key}" --note 试 --out build/stick/$os.syupdate
done`, at, nextVersion)
	cmd.Dir = ".."
	if out, err := cmd.CombinedOutput(); err != nil {
		return at, fmt.Errorf("%w\n%s", err, out)
	}
	return at, nil
})

// stick gives the folder that holds the updates to the next version.
func stick(t *testing.T) string {
	t.Helper()
	at, err := next()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(at, "build/stick")
}

func TestMain(m *testing.M) {
	code := m.Run()
	if nextAt != "" {
		_ = os.RemoveAll(nextAt)
	}
	os.Exit(code)
}

var updated = []string{"shangyunctl", "shangyun-portal"}

// placed is a folder with the shipped programs, as someone has them who unpacked them.
func placed(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range updated {
		data, err := os.ReadFile(filepath.Join(dist, "linux-amd64", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o755)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// say starts every program and gives the versions they tell.
func say(t *testing.T, dir string) (out [2]string) {
	t.Helper()
	for i, name := range updated {
		out[i] = strings.TrimPrefix(strings.TrimSpace(do(t, filepath.Join(dir, name), "--version")), "上云通 ")
	}
	return out
}

// TestARealUpdateKilledBeforeAnyChangeLeavesProgramsThatStart runs the shipped shangyunctl under ptrace and kills it with SIGKILL before the n-th change
// of a file in its folder, for each n, taking an update and undoing it. Both programs start at once, the next start finishes or drops the change, and
// the same update can then be taken. Of the hundreds of writes to one file two are tried, times SHANGYUN_FAULT_ROUNDS.
func TestARealUpdateKilledBeforeAnyChangeLeavesProgramsThatStart(t *testing.T) {
	packages(t)
	from := stick(t)
	writes := 2
	if k, err := strconv.Atoi(os.Getenv("SHANGYUN_FAULT_ROUNDS")); err == nil && k > 1 {
		writes *= k
	}
	old, fresh := [2]string{Version(), Version()}, [2]string{nextVersion, nextVersion}
	for _, verb := range []string{"take", "undo"} {
		rounds, met, ends := 0, map[string]bool{}, map[[2]string]int{}
		args := func(dir string) *exec.Cmd {
			line := []string{"--data", filepath.Join(t.TempDir(), "data"), "update", "undo", "program"}
			if verb == "take" {
				line = []string{"--data", filepath.Join(t.TempDir(), "data"), "update", "take", filepath.Join(from, "linux.syupdate")}
			}
			return exec.CommandContext(t.Context(), filepath.Join(dir, "shangyunctl"), line...)
		}
		begin := func() string {
			dir := placed(t)
			if verb == "undo" {
				do(t, filepath.Join(dir, "shangyunctl"), "--data", filepath.Join(dir, "data"), "update", "take", filepath.Join(from, "linux.syupdate"))
			}
			return dir
		}
		for n := 1; ; n++ {
			dir, at, wrote := begin(), 0, map[string]int{}
			was := ""
			killed := traced(t, args(dir), dir, func(change string) bool {
				if strings.HasPrefix(change, "data") {
					return false
				}
				if kind, file, _ := strings.Cut(change, " "); kind == "write" || kind == "copy" {
					if wrote[file]++; wrote[file] > writes {
						return false
					}
				}
				at, was = at+1, change
				return at == n
			})
			if !killed {
				break
			}
			rounds++
			met[was] = true
			first := say(t, dir) // fails when one does not start
			then := say(t, dir)
			if then != old && then != fresh {
				t.Errorf("%s killed before %s (step %d): at first %v, then %v", verb, was, n, first, then)
			}
			ends[then]++
			if then == old {
				do(t, filepath.Join(dir, "shangyunctl"), "--data", filepath.Join(dir, "data"), "update", "take", filepath.Join(from, "linux.syupdate"))
				if got := say(t, dir); got != fresh {
					t.Errorf("%s killed before %s (step %d), taken again: %v", verb, was, n, got)
				}
			}
			_ = os.RemoveAll(dir)
		}
		t.Logf("%s: %d kills before %d different changes; %d ended old, %d new", verb, rounds, len(met), ends[old], ends[fresh])
		if rounds < 15 || ends[old] == 0 || ends[fresh] == 0 {
			t.Errorf("%s: the kills met only %v", verb, met)
		}
	}
}
