package casedb

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/sqlite/powercut"
	"github.com/shangyuntong/shangyun/survey"
)

// act is what a worker does on a folder. Its error is the answer of the program; a failed test in it is a defect.
type act func(t *testing.T, dir, arg string) error

// acts are filled by the files whose tests need them.
var acts = map[string]act{}

// answer is one line that a worker says: an acknowledgement on the way, or how the act ended.
type answer struct {
	Ack    *int
	Error  string
	Code   survey.Code
	Coded  bool // the error is a *survey.Error
	Defect bool
}

// worker is this test binary in a process of its own: the one that serves a disk must not use it.
type worker struct {
	cmd   *exec.Cmd
	in    io.Writer
	says  *os.File
	lines *bufio.Scanner
	log   *bytes.Buffer // whole only once the process has ended
}

// hire starts a worker that stays until the test ends.
func hire(t *testing.T) *worker {
	t.Helper()
	w := &worker{}
	w.begin(t)
	t.Cleanup(w.fire)
	return w
}

func (w *worker) begin(t *testing.T) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w.cmd, w.log = exec.CommandContext(t.Context(), exe, "-test.run=^TestWorker$", "-test.v", "-test.timeout=0"), &bytes.Buffer{}
	w.cmd.Env = append(os.Environ(), childJob+"=worker")
	w.cmd.Stdout, w.cmd.Stderr = w.log, w.log
	var out *os.File
	if w.says, out, err = os.Pipe(); err != nil {
		t.Fatal(err)
	}
	w.cmd.ExtraFiles, w.lines = []*os.File{out}, bufio.NewScanner(w.says)
	if w.in, err = w.cmd.StdinPipe(); err == nil {
		err = w.cmd.Start()
	}
	if err = errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
}

func (w *worker) fire() {
	_ = w.cmd.Process.Kill()
	_ = w.cmd.Wait()
	_ = w.says.Close()
}

// do has an act done and gives how it ended and the last number that was acknowledged, -1 when none was. A defect, or a worker that
// died, fails the test; another worker stands ready then.
func (w *worker) do(t *testing.T, name, dir, arg string) (answer, int) {
	t.Helper()
	fmt.Fprintf(w.in, "%s\t%s\t%s\n", name, dir, arg)
	for acked := -1; ; {
		a := answer{Error: "died", Defect: true}
		if w.lines.Scan() {
			a = answer{}
			if err := json.Unmarshal(w.lines.Bytes(), &a); err != nil {
				t.Fatal(err)
			}
		}
		if a.Ack != nil {
			acked = *a.Ack
			continue
		}
		if a.Defect {
			w.fire()
			log := w.log.String()
			t.Errorf("%s: %s\n%.4000s", name, a.Error, log[max(0, strings.LastIndex(log, "=== RUN")):])
			w.begin(t)
		}
		return a, acked
	}
}

// must has an act done that may not fail and tells whether it did not.
func (w *worker) must(t *testing.T, when, name, dir, arg string) bool {
	t.Helper()
	a, _ := w.do(t, name, dir, arg)
	if a.Error != "" || a.Defect {
		t.Errorf("%s: %s: %s", when, name, a.Error)
		return false
	}
	return true
}

var says = json.NewEncoder(os.NewFile(3, "answers"))

func acknowledge(n int) { _ = says.Encode(answer{Ack: &n}) }

// TestWorker is the worker's side; in an ordinary run it has nothing to do.
func TestWorker(t *testing.T) {
	if os.Getenv(childJob) != "worker" {
		return
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		words := strings.Split(in.Text(), "\t")
		var err error
		ok := t.Run(words[0], func(t *testing.T) { err = acts[words[0]](t, words[1], words[2]) })
		a := answer{Defect: !ok}
		if err != nil {
			var coded *survey.Error
			a.Error, a.Coded, a.Code = err.Error(), errors.As(err, &coded), survey.CodeOf(err)
		}
		_ = says.Encode(a)
	}
}

// disk mounts a disk of the test's own; where that cannot be done the test is skipped by name.
func disk(t *testing.T) (d *powercut.Disk, at string) {
	t.Helper()
	at = t.TempDir()
	d, err := powercut.Mount(at)
	if errors.Is(err, powercut.ErrUnavailable) {
		t.Skipf("a disk that loses its power needs /dev/fuse and the right to mount: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d, at
}

func cut(t *testing.T, d *powercut.Disk, keep powercut.Keep) {
	t.Helper()
	if err := d.Cut(keep); err != nil {
		t.Fatalf("cut: %v", err)
	}
}
