package join

import (
	"bytes"
	"testing"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
)

// Papers made twice while one window is open are the same bytes, and the embedded fonts stay as they are: the PDF library writes into
// the font it is given, so that a second paper of an unchanged case would become a revision of its own.
func TestPapersOfAnUnchangedCaseAreTheSameAgain(t *testing.T) {
	data, err := assets.Sample.ReadFile("sample/企业资料.json")
	if err != nil {
		t.Fatal(err)
	}
	c, err := survey.DecodeCase(data)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Thinking()
	if err != nil {
		t.Fatal(err)
	}
	font := bytes.Clone(assets.FontSerif())
	first, err := filler{}.Fill(d.Derive(t.Context(), c).Application, []byte(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	second, err := filler{}.Fill(d.Derive(t.Context(), c).Application, []byte(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	for i := range first {
		if !bytes.Equal(first[i].Data, second[i].Data) {
			t.Errorf("%s differs", first[i].Name)
		}
	}
	if !bytes.Equal(font, assets.FontSerif()) {
		t.Error("the embedded font was written into")
	}
}
