package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAListSignedWithANewKeyIsVerified makes a key, signs a folder, and finds what was changed after.
func TestAListSignedWithANewKeyIsVerified(t *testing.T) {
	for _, password := range passwords() {
		t.Setenv("SHANGYUN_KEY_PASSWORD", password)
		keys, dir := t.TempDir(), t.TempDir()
		secret, public := filepath.Join(keys, "secret"), filepath.Join(keys, "public")
		if err := (&keyCmd{Secret: secret, Public: public}).Run(); err != nil {
			t.Fatal(err)
		}
		if err := (&keyCmd{Secret: secret, Public: public}).Run(); err == nil {
			t.Error("a secret key was written over")
		}
		file := filepath.Join(dir, "a.deb")
		if err := os.WriteFile(file, []byte("one"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := (&sumsCmd{Folder: dir, Key: secret}).Run(); err != nil {
			t.Fatal(err)
		}
		if err := (&verifyCmd{Folder: dir, Pub: public}).Run(); err != nil {
			t.Error(err)
		}
		if err := os.WriteFile(file, []byte("two"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := (&verifyCmd{Folder: dir, Pub: public}).Run(); err == nil {
			t.Error("a changed file passes")
		}
	}
}

// passwords leaves the password out in the quick tests: opening a key with one takes a gigabyte and seconds by design.
func passwords() []string {
	if os.Getenv("SHANGYUN_PACKAGES") == "" {
		return []string{""}
	}
	return []string{"", "口令"}
}

func TestNotesStandByRoom(t *testing.T) {
	got := releaseNotes("0.2.0", "v0.1.0", "subsidy: cut down to whole fen\nMerge something\nui: larger letters\nsubsidy: one more measure\n")
	for _, want := range []string{"# 上云通 0.2.0", "自 v0.1.0", "## subsidy\n\n- cut down to whole fen\n- one more measure\n", "## 其他\n\n- Merge something"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if releaseNotes("0.2.0", "", "") != "" {
		t.Error("notes of nothing")
	}
}
