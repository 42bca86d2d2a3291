package assets

import (
	"bytes"
	"image/png"
	"io/fs"
	"regexp"
	"testing"
)

// TestTheManualsPicturesAreThere: each picture that a manual shows is a PNG beside it, and none lies there unused.
func TestTheManualsPicturesAreThere(t *testing.T) {
	used := map[string]bool{}
	for _, name := range []string{"manual/manual.md", "manual/adviser.md"} {
		text, err := Manual.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`!\[[^\]]+\]\(([^)]+)\)`).FindAllSubmatch(text, -1) {
			file := "manual/" + string(m[1])
			used[file] = true
			data, err := Manual.ReadFile(file)
			if err != nil {
				t.Errorf("%s shows %s: %v", name, file, err)
				continue
			}
			if _, err := png.DecodeConfig(bytes.NewReader(data)); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
	all, err := fs.Glob(Manual, "manual/shots/*.png")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range all {
		if !used[file] {
			t.Errorf("no manual shows %s", file)
		}
	}
}
