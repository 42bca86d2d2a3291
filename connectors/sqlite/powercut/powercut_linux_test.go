package powercut

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func mounted(t *testing.T) (*Disk, string) {
	t.Helper()
	dir := t.TempDir()
	d, err := Mount(dir)
	if errors.Is(err, ErrUnavailable) {
		t.Skipf("needs /dev/fuse and the right to mount: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d, dir
}

// put writes a file and syncs it and its folder when asked to.
func put(t *testing.T, path, text string, file, folder bool) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteString(text)
	if file {
		err = errors.Join(err, f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	if folder {
		syncFolder(t, filepath.Dir(path))
	}
}

func syncFolder(t *testing.T, dir string) {
	t.Helper()
	d, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		t.Fatal(err)
	}
}

// text gives what a file holds, "none" when there is no such file.
func text(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return "none"
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestACutForgetsWhatWasNotSyncedAndNothingElse(t *testing.T) {
	for keep, want := range map[Keep]map[string]string{
		Synced: {"both": "b", "file only": "none", "name only": "", "neither": "none", "old": "none", "new": "r", "sub/in": "none", "rewritten": "first"},
		All:    {"both": "b", "file only": "f", "name only": "n", "neither": "x", "old": "none", "new": "r", "sub/in": "s", "rewritten": "second"},
	} {
		d, dir := mounted(t)
		put(t, filepath.Join(dir, "rewritten"), "first", true, true)
		put(t, filepath.Join(dir, "rewritten"), "second", false, false)
		put(t, filepath.Join(dir, "both"), "b", true, true)
		put(t, filepath.Join(dir, "name only"), "n", false, true)
		put(t, filepath.Join(dir, "old"), "r", true, false)
		if err := os.Rename(filepath.Join(dir, "old"), filepath.Join(dir, "new")); err != nil {
			t.Fatal(err)
		}
		syncFolder(t, dir)
		put(t, filepath.Join(dir, "file only"), "f", true, false)
		put(t, filepath.Join(dir, "neither"), "x", false, false)
		if err := os.Mkdir(filepath.Join(dir, "sub"), 0o700); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, "sub", "in"), "s", true, true)
		if err := d.Cut(keep); err != nil {
			t.Fatal(err)
		}
		for name, should := range want {
			if got := text(t, filepath.Join(dir, name)); got != should {
				t.Errorf("keep %d: %s holds %q, want %q", keep, name, got, should)
			}
		}
	}
}

func TestAFaultStrikesTheOperationItIsSetFor(t *testing.T) {
	d, dir := mounted(t)
	path := filepath.Join(dir, "a")
	put(t, path, "first", true, true)
	before := d.Save()
	d.Strike(Fault{})
	put(t, path, "second", true, true)
	_, total := d.Struck()
	if total < 4 {
		t.Fatalf("%d operations", total)
	}
	for n := 1; n <= total; n++ {
		if err := d.Load(before); err != nil {
			t.Fatal(err)
		}
		d.Strike(Fault{At: n, Stays: true})
		_ = os.WriteFile(path, []byte("second"), 0o600)
		if struck, _ := d.Struck(); !struck {
			break
		}
		if err := d.Cut(Some); err != nil {
			t.Fatal(err)
		}
		if got := text(t, path); got != "first" && got != "second" && got != "" {
			t.Errorf("cut at %d: %q", n, got)
		}
	}
}
