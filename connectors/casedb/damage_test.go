package casedb

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// snapshot reads every file of a folder but the lock and SQLite's index of the -wal file.
func snapshot(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == lockName || d.Name() == fileName+"-shm" {
			return err
		}
		files[path], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// digests is a snapshot that is quick to compare.
func digests(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for path, b := range snapshot(t, dir) {
		out[path] = submit.Digest(b)
	}
	return out
}

// copyFile is for files that no database has open.
func copyFile(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o600)
}

func closed(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	db := start(t, dir)
	create(t, db, fullCase("x"))
	if _, err := db.Blobs().Put(t.Context(), []byte("附件")); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// crashed gives a folder as a kill leaves it: the last change stands in the -wal file only.
func crashed(t *testing.T) string {
	t.Helper()
	live, dir := closed(t), t.TempDir()
	db := start(t, live)
	save(t, db, "x", day, change(t, "firm", "firm", survey.Firm{Name: "最后一改"}))
	for _, name := range []string{fileName, fileName + "-wal", vault.FileName} {
		if err := copyFile(filepath.Join(live, name), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, blobDir), 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func rewrite(t *testing.T, path string, edit func([]byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, edit(b), 0o600); err != nil {
		t.Fatal(err)
	}
}

func half(b []byte) []byte { return b[:len(b)/2] }

func scramble(b []byte) []byte {
	for i := 100; i < len(b); i += 7 {
		b[i] ^= 0x5a
	}
	return b
}

func TestADamagedFileIsSaidToBeAndLeftAlone(t *testing.T) {
	for name, tt := range map[string]struct {
		make  func(*testing.T) string
		spoil func(t *testing.T, path string)
		says  string
	}{
		"cut short": {closed, func(t *testing.T, p string) { rewrite(t, p, half) }, "已损坏"},
		"scrambled": {closed, func(t *testing.T, p string) { rewrite(t, p, scramble) }, "已损坏"},
		"another kind of file": {closed, func(t *testing.T, p string) {
			rewrite(t, p, func([]byte) []byte { return bytes.Repeat([]byte("PK\x03\x04"), 4096) })
		}, "已损坏"},
		"emptied": {closed, func(t *testing.T, p string) { rewrite(t, p, func([]byte) []byte { return nil }) }, "被清空"},
		"removed": {closed, func(t *testing.T, p string) { _ = os.Remove(p) }, "不见了"},
		"scrambled after crash": {crashed, func(t *testing.T, p string) {
			rewrite(t, p, func(b []byte) []byte { return bytes.Repeat([]byte{0xff}, len(b)) })
		}, "已损坏"},
		"emptied after crash": {crashed, func(t *testing.T, p string) { rewrite(t, p, func([]byte) []byte { return nil }) }, "被清空"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := tt.make(t)
			tt.spoil(t, filepath.Join(dir, fileName))
			before := digests(t, dir)
			for range 2 {
				db, err := Open(t.Context(), dir)
				if err == nil {
					_ = db.Close()
				}
				wantCode(t, err, survey.CodeStoreDamaged, tt.says)
				wantCode(t, err, survey.CodeStoreDamaged, "没有改动")
			}
			if diff := cmp.Diff(before, digests(t, dir)); diff != "" {
				t.Error("files changed: " + diff)
			}
		})
	}
}

func TestWhatStandsInTheWalOnlyComesBackAfterACrash(t *testing.T) {
	dir := crashed(t)
	want := fullCase("x")
	want.Firm = survey.Firm{Name: "最后一改"}
	if diff := cmp.Diff(want, load(t, start(t, dir), "x")); diff != "" {
		t.Error(diff)
	}
}

func TestAFileOfANewerVersionIsRefusedAndLeftAlone(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	raw(t, db, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := digests(t, dir)
	_, err := Open(t.Context(), dir)
	wantCode(t, err, survey.CodeStoreNewer, "升级")
	if diff := cmp.Diff(before, digests(t, dir)); diff != "" {
		t.Error("files changed: " + diff)
	}
}

func TestAStoppedSaveLeavesNothing(t *testing.T) {
	db := start(t, t.TempDir())
	create(t, db, fullCase("x"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantCode(t, db.Save(ctx, "x", nil, "", day), survey.CodeCancelled, "")
	_, err := db.Blobs().Put(ctx, []byte("x"))
	wantCode(t, err, survey.CodeCancelled, "")
	if diff := cmp.Diff(fullCase("x"), load(t, db, "x")); diff != "" {
		t.Error(diff)
	}
}
