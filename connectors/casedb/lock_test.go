package casedb

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
)

func TestASecondWindowIsRefusedAndToldWhy(t *testing.T) {
	dir := t.TempDir()
	first := start(t, dir)
	create(t, first, fullCase("x"))
	second, err := Open(t.Context(), dir)
	if err == nil {
		_ = second.Close()
	}
	wantCode(t, err, survey.CodeStoreBusy, "另一个窗口")
	wantCode(t, err, survey.CodeStoreBusy, strconv.Itoa(os.Getpid()))
	save(t, first, "x", day, change(t, "firm", "firm", survey.Firm{Name: "仍可保存"}))
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if c := load(t, start(t, dir), "x"); c.Firm.Name != "仍可保存" {
		t.Errorf("after the first window closed: %q", c.Firm.Name)
	}
}

// Without the lock a second window does get in: the lock is what refuses it.
func TestOnlyTheLockRefusesASecondWindow(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	off := parts{lock: func(string) (func() error, error) { return func() error { return nil }, nil }}
	second, err := open(t.Context(), dir, off)
	if err != nil {
		t.Fatalf("without the lock: %v", err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}

func TestALeftOverLockFileIsNoLock(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, lockName), []byte("not a number at all, and rather long"), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, dir)
}

func TestAFailedStartFreesTheLock(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, fileName)
	if err := os.WriteFile(path, []byte(strings.Repeat("no database", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		_, err := Open(t.Context(), dir)
		wantCode(t, err, survey.CodeStoreDamaged, "没有改动")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	start(t, dir)
}

func TestAFolderThatCannotBeUsedIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), filepath.Join(file, "sub"))
	wantCode(t, err, survey.CodeStore, "权限")
	if _, err := Open(t.Context(), file); survey.CodeOf(err) != survey.CodeStore {
		t.Errorf("a file in place of the folder: %v", err)
	}
}

func TestFailKeepsTheFirstCode(t *testing.T) {
	inner := survey.Fail(survey.CodeNoCase, "x", "y")
	if diff := cmp.Diff(survey.CodeNoCase, survey.CodeOf(fail("op", errors.Join(inner, os.ErrClosed)))); diff != "" {
		t.Error(diff)
	}
	if fail("op", nil) != nil {
		t.Error("no error became one")
	}
}
