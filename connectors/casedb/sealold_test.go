package casedb

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// oldFolder is a folder as version 1 left it: nothing sealed, no keys, one content without a row.
func oldFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	db := quiet(t, dir)
	fillSecrets(t, db)
	dropOverviews(t, db)
	for _, q := range []string{
		`DROP TABLE key_`, `DROP TABLE blob_key`, `DROP TABLE task`, `ALTER TABLE setting DROP COLUMN key_id`, `DROP TABLE audit`, `DROP TABLE audit_head`, `DROP TABLE deletion`,
		`DROP TABLE strand`, `DROP TABLE parcel`, `DROP INDEX fact_fork`, `DROP TRIGGER fact_origin_kept`, `ALTER TABLE fact DROP COLUMN follows`, `ALTER TABLE fact DROP COLUMN parcel`, `ALTER TABLE outbox DROP COLUMN origin`,
		`DELETE FROM goose_db_version WHERE version_id > 1`,
		`PRAGMA secure_delete = 0`, `PRAGMA user_version = 0`,
	} {
		raw(t, db, q)
	}
	orphan := []byte(secret + " 没有登记的附件")
	if err := db.Blobs().write(submit.Digest(orphan), orphan); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAnOlderFolderIsSealedWhole(t *testing.T) {
	dir := oldFolder(t)
	if n := places(t, dir); n < 12 {
		t.Fatalf("the old folder shows its words %d times only", n)
	}
	db := start(t, dir)
	wantSecrets(t, db)
	if n := places(t, dir); n > 0 {
		t.Errorf("found %d times while open", n)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if n := places(t, dir); n > 0 {
		t.Errorf("found %d times after closing", n)
	}
	wantSecrets(t, start(t, dir))
}

var errStop = errors.New("stopped")

// TestSealingThatIsStoppedAnywhereGoesOn stops the work at its first, second, third … step until nothing stops it.
func TestSealingThatIsStoppedAnywhereGoesOn(t *testing.T) {
	old := oldFolder(t)
	for n := 1; ; n++ {
		dir := filepath.Join(t.TempDir(), "copy")
		if err := os.CopyFS(dir, os.DirFS(old)); err != nil {
			t.Fatal(err)
		}
		calls := 0
		stop := func(string) error {
			if calls++; calls == n {
				return errStop
			}
			return nil
		}
		db, err := open(t.Context(), dir, parts{lock: lock, step: stop})
		if err == nil {
			_ = db.Close()
			if n < 12 {
				t.Errorf("only %d steps could be stopped", n-1)
			}
			return
		}
		if !errors.Is(err, errStop) {
			t.Fatalf("step %d: %v", n, err)
		}
		db = start(t, dir)
		wantSecrets(t, db)
		if c := count(t, db, `SELECT count(*) FROM task`); c > 0 {
			t.Errorf("stopped at step %d: %d tasks are left", n, c)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if c := places(t, dir); c > 0 {
			t.Errorf("stopped at step %d: words found %d times", n, c)
		}
	}
}

func TestAMissingKeyFileIsSaidAndNothingIsMade(t *testing.T) {
	dir := closed(t)
	path := filepath.Join(dir, "vault.json")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(){
		"gone": func() { _ = os.Remove(path) },
		"cut":  func() { rewrite(t, path, half) },
	} {
		spoil()
		before := digests(t, dir)
		_, err := Open(t.Context(), dir)
		wantCode(t, err, "E0301", "vault.json")
		if diff := cmp.Diff(before, digests(t, dir)); diff != "" {
			t.Errorf("%s: files changed: %s", name, diff)
		}
		if err := os.WriteFile(path, good, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	load(t, start(t, dir), "x")
}
