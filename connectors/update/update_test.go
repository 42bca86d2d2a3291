package update

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"aead.dev/minisign"

	"github.com/shangyuntong/shangyun/survey"
)

// publisher is a key pair made for one test.
func publisher(t testing.TB) (minisign.PrivateKey, Keys) {
	t.Helper()
	public, private, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return private, Keys{public.String()}
}

// packsOf makes a signed package of packs.
func packsOf(t testing.TB, key minisign.PrivateKey, number int, files map[string]string, change ...func(*Manifest)) []byte {
	t.Helper()
	m := Manifest{Kind: KindPacks, Number: number, Date: "2026-11-28", Notes: []string{"第一句"}}
	for _, c := range change {
		c(&m)
	}
	return pack(t, key, m, files)
}

func pack(t testing.TB, key minisign.PrivateKey, m Manifest, files map[string]string) []byte {
	t.Helper()
	dir, names := t.TempDir(), []string{}
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	var b bytes.Buffer
	if err := Make(&b, m, dir, names, key); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// shelf has one policy inside the program; a policy that says broken fails its check.
func shelf(t testing.TB, keys Keys) Shelf {
	return Shelf{
		Folder: filepath.Join(t.TempDir(), "packs"), Keys: keys, Bundled: 3, Program: "0.1.0",
		Base: fstest.MapFS{"policy/a.yaml": {Data: []byte("own")}, "policy/b.yaml": {Data: []byte("own b")}},
		Check: func(files fs.FS) error {
			names, err := fs.Glob(files, "policy/*.yaml")
			if err != nil {
				return err
			}
			for _, n := range names {
				if data, err := fs.ReadFile(files, n); err != nil || strings.Contains(string(data), "broken") {
					return errors.Join(err, survey.Fail(survey.CodePack, "test", "%s 的样例算不出来", n))
				}
			}
			return nil
		},
	}
}

func read(t *testing.T, files fs.FS, name string) string {
	t.Helper()
	data, err := fs.ReadFile(files, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestPacksAreTakenLaidOverAndTakenBack(t *testing.T) {
	key, keys := publisher(t)
	s := shelf(t, keys)
	if got := s.Open(); got.Number != 3 || got.Can || got.Fault != nil {
		t.Fatalf("at first %+v", got)
	}
	first := packsOf(t, key, 4, map[string]string{"policy/a.yaml": "new", "catalog/c.yaml": "more"}, func(m *Manifest) { m.Gone = []string{"policy/b.yaml"} })
	if _, err := s.Take(first); err != nil {
		t.Fatal(err)
	}
	got := s.Open()
	if got.Number != 4 || !got.Can || got.Notes[0] != "第一句" || read(t, got.Files, "policy/a.yaml") != "new" || read(t, got.Files, "catalog/c.yaml") != "more" {
		t.Errorf("after taking %+v", got)
	}
	if list, err := fs.Glob(got.Files, "policy/*.yaml"); err != nil || len(list) != 1 {
		t.Errorf("policies %v, %v", list, err)
	}
	if _, err := s.Take(packsOf(t, key, 5, map[string]string{"policy/a.yaml": "newer"})); err != nil {
		t.Fatal(err)
	}
	if err := s.Undo(); err != nil {
		t.Fatal(err)
	}
	if got := s.Open(); got.Number != 4 || got.Can {
		t.Errorf("after going back %+v", got)
	}
	if err := s.Undo(); survey.CodeOf(err) != survey.CodeNotReady {
		t.Errorf("nothing to go back to: %v", err)
	}
	if _, err := s.Take(first); survey.CodeOf(err) != survey.CodeUpdateOld {
		t.Errorf("4 after 5: %v", err)
	}
	s.Bundled = 9 // a program update brought newer ones
	if got := s.Open(); got.Number != 9 || read(t, got.Files, "policy/a.yaml") != "own" {
		t.Errorf("newer inside the program: %+v", got)
	}
}

func TestWrongPacksChangeNothing(t *testing.T) {
	key, keys := publisher(t)
	stranger, _ := publisher(t)
	one := map[string]string{"policy/a.yaml": "new"}
	for name, tt := range map[string]struct {
		data []byte
		want survey.Code
	}{
		"stranger's key":     {packsOf(t, stranger, 4, one), survey.CodeUpdateKey},
		"same as inside":     {packsOf(t, key, 3, one), survey.CodeUpdateOld},
		"older than inside":  {packsOf(t, key, 2, one), survey.CodeUpdateOld},
		"needs newer":        {packsOf(t, key, 4, one, func(m *Manifest) { m.Needs = "0.2.0" }), survey.CodeUpdateNeeds},
		"fails its examples": {packsOf(t, key, 4, map[string]string{"policy/a.yaml": "broken"}), survey.CodePack},
		"a program":          {pack(t, key, Manifest{Kind: KindProgram, Version: "9.0.0", OS: "linux", Arch: "amd64", Date: "2026-11-28"}, map[string]string{"x": "y"}), survey.CodeUpdate},
		"half a file":        {packsOf(t, key, 4, one)[:200], survey.CodeUpdate},
		"no zip":             {[]byte("hello"), survey.CodeUpdate},
		"a changed file":     {changed(t, packsOf(t, key, 4, one), "policy/a.yaml", "evil"), survey.CodeUpdate},
		"a changed manifest": {changed(t, packsOf(t, key, 4, one), manifestName, "{}"), survey.CodeUpdateKey},
		"one file more":      {changed(t, packsOf(t, key, 4, one), "policy/z.yaml", "more"), survey.CodeUpdate},
	} {
		t.Run(name, func(t *testing.T) {
			s := shelf(t, keys)
			if _, err := s.Take(tt.data); survey.CodeOf(err) != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if got := s.Open(); got.Number != 3 || got.Fault != nil {
				t.Errorf("changed to %+v", got)
			}
		})
	}
	if _, err := (Shelf{Check: func(fs.FS) error { return nil }}).Take(packsOf(t, key, 4, one)); survey.CodeOf(err) != survey.CodeUpdateKey {
		t.Errorf("a program without a key: %v", err)
	}
}

// changed puts other bytes, or one file more, into a package.
func changed(t *testing.T, data []byte, name, text string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		if f.Name != name {
			if err := w.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	f, err := w.Create(name)
	if err == nil {
		_, err = f.Write([]byte(text))
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestAShelfThatWasTamperedWithFallsBack: whoever can write the folder cannot make the program use what is not signed, nor stop it.
func TestAShelfThatWasTamperedWithFallsBack(t *testing.T) {
	key, keys := publisher(t)
	s := shelf(t, keys)
	for n := 4; n <= 5; n++ {
		if _, err := s.Take(packsOf(t, key, n, map[string]string{"policy/a.yaml": "new"})); err != nil {
			t.Fatal(err)
		}
	}
	name := filepath.Join(s.Folder, "000005"+Ext)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, changed(t, data, "policy/a.yaml", "evil"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := s.Open(); got.Number != 4 || survey.CodeOf(got.Fault) != survey.CodeUpdate {
		t.Errorf("tampered: %+v", got)
	}
	for _, text := range []string{"{", `{"use":"../../etc/passwd"}`, `{"use":"missing.syupdate"}`} {
		if err := os.WriteFile(filepath.Join(s.Folder, currentName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := s.Open(); got.Number != 3 || got.Fault == nil {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

func TestNamesThatReachElsewhereAreRefused(t *testing.T) {
	for name, want := range map[string]bool{
		"policy/a.yaml": true, "questions/standards/a.yaml": true, "text/zh/a.yaml": false, "policy": false, "../policy/a.yaml": false, "/policy/a.yaml": false,
		"policy/../x": false, `policy\a.yaml`: false, "policy/.hidden": false, "C:/policy/a": false, "": false, "mark/a.yaml": true,
	} {
		if KindPacks.allows(name) != want {
			t.Errorf("packs %q: %v", name, !want)
		}
	}
	for name, want := range map[string]bool{"shangyun.exe": true, "a/b": false, "..": false, ".update": false, `a\b`: false} {
		if KindProgram.allows(name) != want {
			t.Errorf("program %q: %v", name, !want)
		}
	}
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	key, _ := publisher(t)
	one := map[string]string{"policy/a.yaml": "new", "catalog/b.yaml": "x"}
	if !bytes.Equal(packsOf(t, key, 4, one), packsOf(t, key, 4, one)) {
		t.Error("two packages of the same files differ")
	}
}

func TestUpdatesAreFoundOnAStickAndOnTheNet(t *testing.T) {
	key, keys := publisher(t)
	stick := t.TempDir()
	good := packsOf(t, key, 4, map[string]string{"policy/a.yaml": "new"})
	for name, data := range map[string][]byte{"b" + Ext: good, "a" + Ext: []byte("junk"), "readme.txt": nil} {
		if err := os.WriteFile(filepath.Join(stick, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	found, err := keys.Look(t.Context(), stick)
	if err != nil || len(found) != 2 || survey.CodeOf(found[0].Fault) != survey.CodeUpdate || found[1].Number != 4 || found[1].Fault != nil {
		t.Fatalf("on the stick %+v, %v", found, err)
	}
	if _, err := keys.Look(t.Context(), t.TempDir()); survey.CodeOf(err) != survey.CodeUpdateSource {
		t.Errorf("an empty folder: %v", err)
	}
	if err := os.Remove(filepath.Join(stick, "a"+Ext)); err != nil {
		t.Fatal(err)
	}
	if err := keys.List(stick); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(stick)))
	defer server.Close()
	found, err = keys.Look(t.Context(), server.URL)
	if err != nil || len(found) != 1 || found[0].Number != 4 || found[0].Notes[0] != "第一句" {
		t.Fatalf("on the net %+v, %v", found, err)
	}
	most := 0.0
	name, err := Fetch(t.Context(), found[0].From, t.TempDir(), found[0].Size, func(f float64) { most = f })
	if err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(name); err != nil || !bytes.Equal(data, good) || most != 1 {
		t.Errorf("fetched %d bytes, %v, told %v", len(data), err, most)
	}
	for _, bad := range []string{"http://example.com/", "ftp://example.com/x" + Ext, server.URL + "/none"} {
		if _, err := keys.Look(t.Context(), bad); err == nil {
			if _, err = Fetch(t.Context(), bad, t.TempDir(), 0, func(float64) {}); err == nil {
				t.Errorf("%s was taken", bad)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	key, keys := publisher(f)
	f.Add(packsOf(f, key, 4, map[string]string{"policy/a.yaml": "new"}))
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := keys.Read(bytes.NewReader(data), int64(len(data))); err == nil {
			_, _ = p.all()
		} else if code := survey.CodeOf(err); code != survey.CodeUpdate && code != survey.CodeUpdateKey {
			t.Errorf("%v", err)
		}
	})
}
