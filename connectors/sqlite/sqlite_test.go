package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

var (
	version1 = fstest.MapFS{"00001_first.sql": {Data: []byte("-- +goose Up\nCREATE TABLE fact (id TEXT PRIMARY KEY, body BLOB) STRICT;\n")}}
	version2 = fstest.MapFS{
		"00001_first.sql":  version1["00001_first.sql"],
		"00002_second.sql": {Data: []byte("-- +goose Up\nALTER TABLE fact ADD COLUMN at TEXT;\n")},
	}
)

func open(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Open(t.Context(), path, version1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func put(t *testing.T, db *DB, id string, body []byte) {
	t.Helper()
	err := db.Tx(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO fact VALUES (?, ?)`, id, body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPragmasAreWhatDurabilityNeeds(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "a?b#c%20 数据.db"))
	want := map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"}
	for name, handle := range map[string]*sql.DB{"write": db.Write, "read": db.Read} {
		for pragma, v := range want {
			var got string
			if err := handle.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != v {
				t.Errorf("%s: %s = %q, %v; want %q", name, pragma, got, err, v)
			}
		}
	}
	if n := db.Write.Stats().MaxOpenConnections; n != 1 {
		t.Errorf("write connections = %d, want 1", n)
	}
	if _, err := db.Write.Exec(`CREATE TABLE t AS SELECT "not a column" AS c`); err == nil {
		t.Error("a double-quoted string passed for a literal")
	}
}

func TestFileIsAtItsPathWithPrivateMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a?b#c%20.db")
	open(t, path)
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if st.Mode().Perm() != 0o600 {
		t.Errorf("mode = %o, want 600", st.Mode().Perm())
	}
}

func TestReadPoolRefusesChanges(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"))
	if _, err := db.Read.Exec(`INSERT INTO fact VALUES ('1', NULL)`); !errors.Is(Explain(err), ErrReadOnly) {
		t.Errorf("got %v, want ErrReadOnly", err)
	}
}

func TestTxRollsBackAndNamesTheDoubleRow(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"))
	put(t, db, "1", nil)
	err := db.Tx(t.Context(), func(tx *sql.Tx) error {
		if _, err := tx.Exec(`INSERT INTO fact VALUES ('2', NULL)`); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO fact VALUES ('1', NULL)`)
		return err
	})
	if !errors.Is(err, ErrUnique) {
		t.Errorf("got %v, want ErrUnique", err)
	}
	var n int
	if err := db.Read.QueryRow(`SELECT count(*) FROM fact`).Scan(&n); err != nil || n != 1 {
		t.Errorf("rows = %d, %v; want 1", n, err)
	}
}

func TestOpenRefusesWhatItCannotTrust(t *testing.T) {
	cases := map[string]struct {
		make func(t *testing.T, path string)
		want error
	}{
		"not a database": {func(t *testing.T, p string) { write(t, p, bytes.Repeat([]byte("hello"), 4000)) }, ErrDamaged},
		"scrambled pages": {func(t *testing.T, p string) {
			b := filled(t)
			for i := 4096; i < len(b); i += 3 {
				b[i] ^= 0x5a
			}
			write(t, p, b)
		}, ErrDamaged},
		"cut short": {func(t *testing.T, p string) { b := filled(t); write(t, p, b[:len(b)/2]) }, ErrDamaged},
		"newer version": {func(t *testing.T, p string) {
			db, err := Open(t.Context(), p, version2)
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}, ErrNewer},
		"a folder": {func(t *testing.T, p string) {
			if err := os.Mkdir(p, 0o700); err != nil {
				t.Fatal(err)
			}
		}, ErrReadOnly},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.db")
			c.make(t, path)
			before, _ := os.ReadFile(path)
			db, err := Open(t.Context(), path, version1)
			if err == nil {
				_ = db.Close()
			}
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the refused file was changed")
			}
		})
	}
}

func TestMissingFolderIsNamed(t *testing.T) {
	_, err := Open(t.Context(), filepath.Join(t.TempDir(), "no", "x.db"), version1)
	if !errors.Is(err, ErrReadOnly) {
		t.Errorf("got %v, want ErrReadOnly", err)
	}
}

func TestUpgradeKeepsRows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db := open(t, path)
	put(t, db, "1", []byte("kept"))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db2, err := Open(t.Context(), path, version2)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db2.Close() }()
	var body string
	if err := db2.Read.QueryRow(`SELECT body FROM fact WHERE at IS NULL`).Scan(&body); err != nil || body != "kept" {
		t.Errorf("body = %q, %v", body, err)
	}
	if v, err := db2.Version(t.Context()); err != nil || v != 2 {
		t.Errorf("version = %d, %v; want 2", v, err)
	}
}

func TestFullDiskIsNamed(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"))
	if _, err := db.Write.Exec(`PRAGMA max_page_count = 16`); err != nil {
		t.Fatal(err)
	}
	err := db.Tx(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO fact VALUES ('big', zeroblob(1000000))`)
		return err
	})
	if !errors.Is(err, ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
}

func TestBackupIsASoundCopyOfALiveFile(t *testing.T) {
	dir := t.TempDir()
	db := open(t, filepath.Join(dir, "x.db"))
	put(t, db, "1", bytes.Repeat([]byte{7}, 100_000))
	copied := filepath.Join(dir, "备份.db")
	for range 2 { // the second replaces the first
		if err := db.Backup(t.Context(), copied); err != nil {
			t.Fatal(err)
		}
	}
	put(t, db, "2", nil)
	back := open(t, copied)
	var n, size int
	if err := back.Read.QueryRow(`SELECT count(*), max(length(body)) FROM fact`).Scan(&n, &size); err != nil || n != 1 || size != 100_000 {
		t.Errorf("rows %d, size %d, %v; want 1, 100000", n, size, err)
	}
	if err := db.Backup(t.Context(), db.Path()); err == nil {
		t.Error("a backup onto the database itself was allowed")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.Backup(ctx, filepath.Join(dir, "c.db")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled backup: got %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "c.db")); err == nil {
		t.Error("a cancelled backup left a file")
	}
}

func filled(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f.db")
	db := open(t, path)
	for _, id := range []string{"a", "b", "c"} {
		put(t, db, id, bytes.Repeat([]byte(id), 20_000))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A page that the disk did not give is no finding about the file: whoever hears "damaged" goes back to a backup.
func TestAFailedReadIsNotCalledDamage(t *testing.T) {
	for finding, want := range map[string]error{
		"*** in database main ***\nTree 6 page 6: unable to get the page. error code=8458": ErrIO,
		"*** in database main ***\nTree 5 page 7: btreeInitPage() returns error code 11":   ErrDamaged,
		"row 3 missing from index fact_revision":                                           ErrDamaged,
	} {
		if got := kindOfFinding(finding); !errors.Is(got, want) {
			t.Errorf("%q is %v, want %v", finding, got, want)
		}
	}
}
