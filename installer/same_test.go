package installer

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheSameSourceGivesTheSameBytes builds and packs once more from a copy of the source: in another folder, with empty build caches of Go and of zig,
// another umask, another home and another clock zone, and compares every file. Only the tools, the keys and the downloaded modules are the same.
// It makes what the first build made for amd64 – command line, portal, deb, rpm, UOS, setup, portable zip, updates; with SHANGYUN_REBUILD=all
// everything. It takes as long as a first build: half an hour on two cores.
func TestTheSameSourceGivesTheSameBytes(t *testing.T) {
	packages(t)
	if os.Getenv("SHANGYUN_REBUILD") == "no" {
		t.Skip("SHANGYUN_REBUILD=no")
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	copied := filepath.Join(work, "elsewhere")
	do(t, "sh", "-ec", `mkdir -p "$1/build"; cd "$0"; git ls-files -z | xargs -0 cp --parents -t "$1"; ln -s "$0/build/tools" "$0/build/key" "$1/build/"`, root, copied)
	env := append(os.Environ(), "SOURCE_DATE_EPOCH="+strings.TrimSpace(do(t, "git", "log", "-1", "--format=%ct")), "GOCACHE="+work+"/go", "ZIG_GLOBAL_CACHE_DIR="+work+"/zig",
		"GOMODCACHE="+strings.TrimSpace(do(t, "go", "env", "GOMODCACHE")), "HOME="+work, "TZ=Asia/Shanghai")
	kinds := []string{"linux", "windows"}
	if os.Getenv("SHANGYUN_REBUILD") == "all" {
		kinds = []string{"all"}
	}
	met := map[string]bool{}
	for _, kind := range kinds {
		make := exec.CommandContext(t.Context(), "sh", "-c", "umask 077; exec installer/package.sh "+kind)
		make.Dir, make.Env = copied, append(env, "SHANGYUN_OUT=build/"+kind)
		if out, err := make.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		compare(t, filepath.Join(copied, "build", kind), met)
	}
	for _, want := range []string{"shangyunctl-*-linux-amd64", "shangyun-portal-*-linux-amd64", "shangyunctl-*-windows-amd64.exe", "shangyun_*_amd64.deb", "cn.*_amd64.deb", "shangyun-portal_*_amd64.deb", "shangyun-*.x86_64.rpm", "shangyun-*-setup.exe", "shangyun-*-portable.zip", "updates/*-windows-*"} {
		found := false
		for name := range met {
			ok, err := filepath.Match(want, name)
			found = found || ok && err == nil
		}
		if !found {
			t.Errorf("%s was not compared", want)
		}
	}
}

// compare holds each file of a second build against the first. Lists of files and the release notes, which need the history, are left out.
func compare(t *testing.T, again string, met map[string]bool) {
	t.Helper()
	err := filepath.WalkDir(again, func(name string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(again, name)
		if err != nil || e.IsDir() || rel == "RELEASE.md" || rel == "updates/updates.json" || strings.HasPrefix(rel, "SHA256SUMS") {
			return err
		}
		met[rel] = true
		if !sameFile(t, name, filepath.Join(packed, rel)) {
			t.Errorf("%s differs", rel)
		}
		t.Logf("compared %s", rel)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// sameFile tells whether two files have the same bytes.
func sameFile(t *testing.T, a, b string) bool {
	t.Helper()
	x, err := os.Open(a)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	y, err := os.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	defer y.Close()
	p, q := make([]byte, 1<<20), make([]byte, 1<<20)
	for {
		n, errX := io.ReadFull(x, p)
		m, errY := io.ReadFull(y, q)
		if n != m || !bytes.Equal(p[:n], q[:m]) {
			return false
		}
		if errX != nil || errY != nil {
			return errX != nil && errY != nil
		}
	}
}

// TestNoFolderOfTheBuildIsInAProgram: what names the builder's folders differs from builder to builder.
func TestNoFolderOfTheBuildIsInAProgram(t *testing.T) {
	packages(t)
	names, err := filepath.Glob(dist + "/*-*/shangyun*")
	if err != nil || len(names) < 10 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, folder := range []string{mustAbs(t, ".."), "build/tools/zig", "/go/pkg/mod/"} {
			if at := bytes.Index(data, []byte(folder)); at >= 0 {
				t.Errorf("%s holds %q", name, data[max(0, at-40):at+80])
			}
		}
	}
}

func mustAbs(t *testing.T, name string) string {
	t.Helper()
	full, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	return full
}
