package sqlite

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// crash copies the files of an open database, as a kill would leave them.
func crash(t *testing.T, spoil func(db []byte)) string {
	t.Helper()
	live, path := filepath.Join(t.TempDir(), "x.db"), filepath.Join(t.TempDir(), "x.db")
	db := open(t, live)
	put(t, db, "old", bytes.Repeat([]byte{1}, 50_000))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	put(t, open(t, live), "last", []byte("in the wal only"))
	for _, end := range []string{"", "-wal"} {
		b, err := os.ReadFile(live + end)
		if err != nil {
			t.Fatal(err)
		}
		if end == "" {
			spoil(b)
		}
		write(t, path+end, b)
	}
	return path
}

func TestInspectWritesNothing(t *testing.T) {
	ruin := func(b []byte) {
		for i := 4096; i < len(b); i += 3 {
			b[i] ^= 0x5a
		}
	}
	for name, c := range map[string]struct {
		spoil func([]byte)
		want  error
	}{"sound": {func([]byte) {}, nil}, "ruined": {ruin, ErrDamaged}} {
		t.Run(name, func(t *testing.T) {
			path := crash(t, c.spoil)
			before, wal := read(t, path), read(t, path+"-wal")
			if err := Inspect(t.Context(), path, version1); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if !bytes.Equal(before, read(t, path)) || !bytes.Equal(wal, read(t, path+"-wal")) {
				t.Error("a file was changed")
			}
		})
	}
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := Open(t.Context(), path, version2)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Inspect(t.Context(), path, version1); !errors.Is(err, ErrNewer) {
		t.Errorf("newer: got %v, want ErrNewer", err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
