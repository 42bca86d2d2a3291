package casedb

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/sqlite/powercut"
	"github.com/shangyuntong/shangyun/survey"
)

// trouble is one way in which a disk fails at its n-th operation.
type trouble struct {
	name  string
	fault powercut.Fault
	cuts  bool // the program is gone after it, and so is what keep does not leave
	keep  powercut.Keep
}

var troubles = []trouble{
	{name: "one error", fault: powercut.Fault{Err: syscall.EIO}},
	{name: "disk full", fault: powercut.Fault{Err: syscall.ENOSPC, Stays: true}},
	{name: "killed", fault: powercut.Fault{Err: syscall.EIO, Stays: true}, cuts: true, keep: powercut.All},
	{name: "power cut", fault: powercut.Fault{Err: syscall.EIO, Stays: true}, cuts: true, keep: powercut.Synced},
	{name: "power cut, some written", fault: powercut.Fault{Err: syscall.EIO, Stays: true}, cuts: true, keep: powercut.Some},
}

// TestAFailureAtAnyOperationLosesNothing lets every verb meet a trouble at the first, second, third … operation of the disk until none
// strikes. After each no word of the firm stands in any file, the folder opens with all that was acknowledged before, and the verb made once
// more succeeds. A short run takes
// one or two operations of each by chance, and one trouble only where a passphrase is stretched; SHANGYUN_FAULT_ROUNDS=1000 takes every one.
func TestAFailureAtAnyOperationLosesNothing(t *testing.T) {
	for _, v := range verbs {
		t.Run(v.name, func(t *testing.T) {
			d, at := disk(t)
			w, dir := hire(t), filepath.Join(at, "上云通", "data")
			w.must(t, "before", v.begin, dir, "")
			cut(t, d, powercut.All)
			begun, chosen, totals := d.Save(), rand.IntN(len(troubles)), map[syscall.Errno]int{}
			if a, _ := w.do(t, "no word of the firm", dir, ""); v.readable != (a.Error != "") {
				t.Errorf("before: %q; the search for words proves nothing", a.Error)
			}
			for i, tr := range troubles {
				if v.slow && rounds(t) == 3 && i != chosen {
					continue
				}
				t.Run(tr.name, func(t *testing.T) {
					total, ok := totals[tr.fault.Err]
					if !ok {
						total = operations(t, d, w, begun, v, dir, tr)
						totals[tr.fault.Err] = total
					}
					met := 0
					for n := 1 + rand.IntN(v.stride(t, total)); meet(t, d, w, begun, v, dir, tr, n); n += v.stride(t, total) {
						met++
					}
					t.Logf("met at %d of %d operations", met, total)
				})
			}
		})
	}
}

// operations counts those of the verb without any trouble.
func operations(t *testing.T, d *powercut.Disk, w *worker, begun powercut.State, v verb, dir string, tr trouble) int {
	t.Helper()
	if err := d.Load(begun); err != nil {
		t.Fatal(err)
	}
	d.Strike(powercut.Fault{Err: tr.fault.Err})
	w.must(t, "without trouble", v.do, dir, "")
	_, n := d.Struck()
	w.must(t, "without trouble", v.done, dir, "")
	return n
}

// meet lets the verb meet the trouble at operation n; false when it did not strike.
func meet(t *testing.T, d *powercut.Disk, w *worker, begun powercut.State, v verb, dir string, tr trouble, n int) bool {
	t.Helper()
	when := fmt.Sprintf("%s at operation %d", tr.name, n)
	if err := d.Load(begun); err != nil {
		t.Fatal(err)
	}
	tr.fault.At = n
	d.Strike(tr.fault)
	a, _ := w.do(t, v.do, dir, "")
	if struck, _ := d.Struck(); !struck {
		return false
	}
	if tr.cuts {
		cut(t, d, tr.keep)
	}
	if !tr.cuts && a.Error != "" && (!a.Coded || !truthful[a.Code]) {
		t.Errorf("%s: the answer is %s (%s)", when, a.Error, a.Code)
	}
	_ = (v.readable || w.must(t, when, "no word of the firm", dir, "")) &&
		(v.holds == "" || w.must(t, when, v.holds, dir, "")) &&
		(a.Error != "" || w.must(t, when+", acknowledged", v.done, dir, "")) &&
		w.must(t, when+", once more", v.do, dir, "") &&
		w.must(t, when+", once more", v.done, dir, "")
	return true
}

// truthful are the codes that a disk which fails or is full may give: SQLite does not always tell the two apart. That the file were damaged
// or the program defect would be untrue.
var truthful = map[survey.Code]bool{survey.CodeStore: true, survey.CodeDiskFull: true}

func copyInto(dir, from string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.CopyFS(dir, os.DirFS(from))
}
