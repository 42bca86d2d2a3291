package casedb

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

func TestContentsComeBackAndAreKeptOnce(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	big := bytes.Repeat([]byte("营业执照"), 100_000)
	for _, want := range [][]byte{{}, []byte("小"), big, big} {
		sha, err := db.Blobs().Put(t.Context(), want)
		if err != nil || sha != submit.Digest(want) {
			t.Fatalf("sha = %s, %v", sha, err)
		}
		if got, err := db.Blobs().Get(t.Context(), sha); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes came back of %d, %v", len(got), len(want), err)
		}
	}
	before := digests(t, filepath.Join(dir, blobDir))
	if len(before) != 3 {
		t.Errorf("files = %d, want 3", len(before))
	}
	db.Close()
	db = start(t, dir)
	if _, err := db.Blobs().Put(t.Context(), big); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, digests(t, filepath.Join(dir, blobDir))); diff != "" {
		t.Error(diff)
	}
}

func TestADamagedContentIsNamedAndCanBePutAgain(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, path string){
		"one bit":   func(t *testing.T, p string) { rewrite(t, p, func(b []byte) []byte { b[2] ^= 1; return b }) },
		"cut short": func(t *testing.T, p string) { rewrite(t, p, half) },
		"longer": func(t *testing.T, p string) {
			rewrite(t, p, func(b []byte) []byte { return append(b, bytes.Repeat(b, 9000)...) })
		},
		"gone": func(t *testing.T, p string) { _ = os.Remove(p) },
	} {
		t.Run(name, func(t *testing.T) {
			db := start(t, t.TempDir())
			content := []byte("合同扫描件")
			sha, err := db.Blobs().Put(t.Context(), content)
			if err != nil {
				t.Fatal(err)
			}
			spoil(t, db.Blobs().path(sha))
			_, err = db.Blobs().Get(t.Context(), sha)
			wantCode(t, err, survey.CodeStoreDamaged, sha)
			if _, err := db.Blobs().Put(t.Context(), content); err != nil {
				t.Fatal(err)
			}
			if got, err := db.Blobs().Get(t.Context(), sha); err != nil || !bytes.Equal(got, content) {
				t.Errorf("after putting it again: %q, %v", got, err)
			}
		})
	}
}

func TestWhatIsNoContentIsRefused(t *testing.T) {
	db := start(t, t.TempDir())
	for _, sha := range []string{"", "ab", "../../cases.db", submit.Digest([]byte("never put")), strings.Repeat("A", 64)} {
		_, err := db.Blobs().Get(t.Context(), sha)
		wantCode(t, err, survey.CodeUnknownItem, "附件")
	}
	_, err := db.Blobs().Put(t.Context(), make([]byte, submit.MaxBlob+1))
	wantCode(t, err, survey.CodeFileTooBig, "64 MB")
}

func TestHalfWrittenFilesAreSweptAtTheNextStart(t *testing.T) {
	dir := closed(t)
	before := digests(t, filepath.Join(dir, blobDir))
	if err := os.WriteFile(filepath.Join(dir, blobDir, tempPrefix+"1"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, dir)
	if diff := cmp.Diff(before, digests(t, filepath.Join(dir, blobDir))); diff != "" {
		t.Error(diff)
	}
}
