package assets

import (
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"strings"
	"testing"
)

func TestBothFacesAreOpenTypeAndNotACollection(t *testing.T) {
	for name, b := range map[string][]byte{"regular": FontSans(), "bold": FontSansBold()} {
		if len(b) < 2_000_000 || len(b) > 5_000_000 || !bytes.HasPrefix(b, []byte("OTTO")) {
			t.Errorf("%s: %d bytes that begin with %q", name, len(b), b[:4])
		}
	}
	if bytes.Equal(FontSans(), FontSansBold()) {
		t.Error("the bold face is the regular one")
	}
}

func TestEveryIconIsDrawnTheWayTheScreenCanDrawIt(t *testing.T) {
	files, err := icons.ReadDir("icon")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 40 {
		t.Fatalf("%d icons, want at least 40", len(files))
	}
	allowed := regexp.MustCompile(`^[MLCZ0-9 .-]+$`) // no arcs, nothing relative
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".svg")
		svg := Icon(name)
		if !bytes.Contains(svg, []byte("currentColor")) || !bytes.Contains(svg, []byte(`viewBox="0 0 24 24"`)) {
			t.Errorf("%s: not a one-colour icon on the 24 grid", name)
		}
		for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range start.Attr {
				if a.Name.Local == "d" && !allowed.MatchString(a.Value) {
					t.Errorf("%s: the path %q holds more than M, L, C and Z", name, a.Value)
				}
			}
		}
	}
}

func TestAnUnknownIconIsNil(t *testing.T) {
	for _, name := range []string{"", "none", "../font/subset"} {
		if Icon(name) != nil {
			t.Errorf("Icon(%q) is not nil", name)
		}
	}
}
