//go:build unix

package update

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

// The test binary is an updater that kills itself at step KILL when this variable names a folder: FOLDER, KEY, PACKAGE and STEP.
const killVar = "SHANGYUN_UPDATE_KILL"

func TestMain(m *testing.M) {
	if job := os.Getenv(killVar); job != "" {
		os.Exit(killed(strings.Split(job, "\n")))
	}
	os.Exit(m.Run())
}

// killed takes or undoes an update and ends itself with kill -9 before step n; it exits with 9 when there are fewer steps.
func killed(job []string) int {
	n, err := strconv.Atoi(job[3])
	if err != nil {
		return 2
	}
	p := place(job[0], Keys{job[1]})
	p.step = func(string) {
		if n--; n == 0 {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
	}
	if job[2] == "undo" {
		err = p.Undo()
	} else {
		var data []byte
		if data, err = os.ReadFile(job[2]); err == nil {
			_, err = p.Take(context.Background(), bytes.NewReader(data), int64(len(data)), func(float64) {})
		}
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 9
}

func place(folder string, keys Keys) Place {
	return Place{Folder: folder, Keys: keys, Version: "0.1.0", OS: "linux", Arch: "amd64", Self: "shangyunctl", Try: Start}
}

// program is a program that says its version and, to have a size, is padded.
func program(version string) string {
	return "#!/bin/sh\necho '上云通 " + version + "'\n#" + strings.Repeat(version, 1000)
}

func install(t *testing.T, version string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"shangyun", "shangyunctl"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(program(version)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// versions starts both programs and gives what they say.
func versions(t *testing.T, dir string) [2]string {
	t.Helper()
	var out [2]string
	for i, name := range []string{"shangyun", "shangyunctl"} {
		said, err := exec.Command(filepath.Join(dir, name), "--version").Output()
		if err != nil {
			t.Fatalf("%s does not start: %v", name, err)
		}
		out[i] = strings.TrimPrefix(strings.TrimSpace(string(said)), "上云通 ")
	}
	return out
}

func newer(t *testing.T, change ...func(m *Manifest, files map[string]string)) (data []byte, keys Keys) {
	t.Helper()
	key, keys := publisher(t)
	m := Manifest{Kind: KindProgram, Version: "0.2.0", OS: "linux", Arch: "amd64", Date: "2026-11-28", Notes: []string{"更好"}}
	files := map[string]string{"shangyun": program("0.2.0"), "shangyunctl": program("0.2.0"), "shangyun-portal": program("0.2.0")}
	for _, c := range change {
		c(&m, files)
	}
	return pack(t, key, m, files), keys
}

func take(t *testing.T, p Place, data []byte) error {
	t.Helper()
	_, err := p.Take(t.Context(), bytes.NewReader(data), int64(len(data)), func(float64) {})
	return err
}

func TestNewProgramsAreTakenAndTakenBack(t *testing.T) {
	data, keys := newer(t)
	dir := install(t, "0.1.0")
	p := place(dir, keys)
	if err := take(t, p, data); err != nil {
		t.Fatal(err)
	}
	if got := versions(t, dir); got != [2]string{"0.2.0", "0.2.0"} {
		t.Errorf("after taking %v", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "shangyun-portal")); err == nil {
		t.Error("a program that was not here was added")
	}
	if have, before := p.Have(); have != "0.2.0" || before != "0.1.0" {
		t.Errorf("has %s, before %s", have, before)
	}
	if err := take(t, p, data); survey.CodeOf(err) != survey.CodeUpdateOld {
		t.Errorf("the same again: %v", err)
	}
	p.Version = "0.2.0"
	if err := p.Undo(); err != nil {
		t.Fatal(err)
	}
	if have, before := p.Have(); have != "0.1.0" || before != "" {
		t.Errorf("the program that went back says %s, before %q", have, before)
	}
	if left, err := os.ReadDir(filepath.Join(dir, updateFolder)); err != nil || len(left) != 1 {
		t.Errorf("going back leaves %v, %v", left, err)
	}
	p.Version = "0.1.0"
	if got := versions(t, dir); got != [2]string{"0.1.0", "0.1.0"} {
		t.Errorf("after going back %v", got)
	}
	if err := p.Undo(); survey.CodeOf(err) != survey.CodeNotReady {
		t.Errorf("going back twice: %v", err)
	}
	if err := take(t, p, data); err != nil {
		t.Errorf("taking again after going back: %v", err)
	}
}

// TestASetupProgramAfterAnUpdateCounts: what a setup put here is neither taken for the update's nor taken back by it.
func TestASetupProgramAfterAnUpdateCounts(t *testing.T) {
	data, keys := newer(t)
	for _, undone := range []bool{false, true} {
		dir := install(t, "0.1.0")
		p := place(dir, keys)
		if err := take(t, p, data); err != nil {
			t.Fatal(err)
		}
		p.Version = "0.3.0"
		if undone {
			p.Version = "0.2.0"
			if err := p.Undo(); err != nil {
				t.Fatal(err)
			}
		}
		for _, name := range []string{"shangyun", "shangyunctl"} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(program(p.Version)), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		if have, before := p.Have(); have != p.Version || before != "" {
			t.Errorf("a setup of %s is taken for %s, before %q", p.Version, have, before)
		}
		if err := p.Undo(); survey.CodeOf(err) != survey.CodeNotReady {
			t.Errorf("going back behind a setup: %v", err)
		}
	}
}

func TestProgramsThatDoNotBelongHereAreRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(m *Manifest, files map[string]string)
		want   survey.Code
	}{
		"other system":    {func(m *Manifest, _ map[string]string) { m.OS = "windows" }, survey.CodeUpdateNeeds},
		"other processor": {func(m *Manifest, _ map[string]string) { m.Arch = "arm64" }, survey.CodeUpdateNeeds},
		"same version":    {func(m *Manifest, _ map[string]string) { m.Version = "0.1.0" }, survey.CodeUpdateOld},
		"older":           {func(m *Manifest, _ map[string]string) { m.Version = "0.0.9" }, survey.CodeUpdateOld},
		"does not start":  {func(_ *Manifest, f map[string]string) { f["shangyun"] = "#!/bin/sh\nexit 1\n" }, survey.CodeUpdateStart},
		"is another one":  {func(_ *Manifest, f map[string]string) { f["shangyun"] = program("0.2.01") }, survey.CodeUpdateStart},
		"nothing that fits": {func(_ *Manifest, f map[string]string) {
			delete(f, "shangyun")
			delete(f, "shangyunctl")
		}, survey.CodeUpdatePlace},
	} {
		t.Run(name, func(t *testing.T) {
			data, keys := newer(t, tt.change)
			dir := install(t, "0.1.0")
			if err := take(t, place(dir, keys), data); survey.CodeOf(err) != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if got := versions(t, dir); got != [2]string{"0.1.0", "0.1.0"} {
				t.Errorf("changed to %v", got)
			}
		})
	}
	data, keys := newer(t)
	dir := install(t, "0.1.0")
	if err := os.WriteFile(filepath.Join(dir, packagedName), []byte("请安装新的 deb 包"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := take(t, place(dir, keys), data); survey.CodeOf(err) != survey.CodeUpdatePlace || !strings.Contains(survey.DetailOf(err), "deb") {
		t.Errorf("a packaged program: %v", err)
	}
	_, other := publisher(t)
	if err := take(t, place(install(t, "0.1.0"), other), data); survey.CodeOf(err) != survey.CodeUpdateKey {
		t.Errorf("another key: %v", err)
	}
}

// TestAKillAtAnyStepLeavesProgramsThatStart kills the updater with kill -9 before each of its changes to the disk, then starts both programs,
// lets the next start finish, and wants wholly the old or wholly the new.
func TestAKillAtAnyStepLeavesProgramsThatStart(t *testing.T) {
	data, keys := newer(t)
	file := filepath.Join(t.TempDir(), "u"+Ext)
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{file, "undo"} {
		seen := map[[2]string]bool{}
		for n := 1; ; n++ {
			dir := install(t, "0.1.0")
			p := place(dir, keys)
			if what == "undo" {
				if err := take(t, p, data); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), killVar+"="+strings.Join([]string{dir, keys[0], what, strconv.Itoa(n)}, "\n"))
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) {
				t.Fatalf("step %d: %v\n%s", n, err, out)
			}
			if exit.ExitCode() == 9 {
				if n < 5 {
					t.Errorf("%s has only %d steps", filepath.Base(what), n-1)
				}
				break
			}
			if ws, ok := exit.Sys().(syscall.WaitStatus); !ok || !ws.Signaled() {
				t.Fatalf("step %d was not killed: %v\n%s", n, err, out)
			}
			seen[versions(t, dir)] = true
			if err := p.Finish(); err != nil {
				t.Fatalf("step %d: %v", n, err)
			}
			if got := versions(t, dir); got[0] != got[1] {
				t.Errorf("step %d ends mixed: %v", n, got)
			}
			if err := take(t, p, data); err != nil && survey.CodeOf(err) != survey.CodeUpdateOld {
				t.Errorf("step %d: trying again: %v", n, err)
			}
			if got := versions(t, dir); got != [2]string{"0.2.0", "0.2.0"} {
				t.Errorf("step %d, again: %v", n, got)
			}
		}
		if len(seen) < 3 { // old, new, and one of each
			t.Errorf("the kills met only the states %v", seen)
		}
	}
}

// TestHalfOfWhatWasStagedGoesBack: a journal whose new programs are damaged puts the old ones back.
func TestHalfOfWhatWasStagedGoesBack(t *testing.T) {
	data, keys := newer(t)
	dir := install(t, "0.1.0")
	p := place(dir, keys)
	type stop struct{}
	p.step = func(name string) {
		if name == "replace shangyunctl" { // shangyun is new already
			panic(stop{})
		}
	}
	func() {
		defer func() {
			if _, ok := recover().(stop); !ok {
				t.Fatal("did not stop")
			}
		}()
		_ = take(t, p, data)
	}()
	if got := versions(t, dir); got != [2]string{"0.2.0", "0.1.0"} {
		t.Fatalf("stopped at %v", got)
	}
	if err := os.WriteFile(filepath.Join(dir, stageFolder, "shangyunctl"), []byte("half"), 0o755); err != nil {
		t.Fatal(err)
	}
	p.step = nil
	if err := p.Finish(); err != nil {
		t.Fatal(err)
	}
	if got := versions(t, dir); got != [2]string{"0.1.0", "0.1.0"} {
		t.Errorf("went to %v", got)
	}
}
