package document

import (
	"bytes"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey/apply"
)

// The cut faces hold every character that the sample's papers print, and the pages are those of the whole faces.
func TestPapersAreSetWithTheCutFaces(t *testing.T) {
	in := dossierInput(3)
	d := apply.NewDossier(in)
	forms := []*apply.Application{&d.Form}
	for i := range d.Documents {
		forms = append(forms, &d.Documents[i].Application)
	}
	x, err := newPress(fonts(t), forms...)
	if err != nil {
		t.Fatal(err)
	}
	if len(x.cut.Regular) > len(x.whole.Regular)/3 {
		t.Errorf("the cut face has %d bytes of %d", len(x.cut.Regular), len(x.whole.Regular))
	}
	for _, a := range forms {
		j := paper{form: a, layout: formLayout, digest: strings.Repeat("a", 64)}
		cut, whole := j.set(x.cut, x.holds), j.set(x.whole, nil)
		if cut.missed != 0 {
			t.Errorf("%s prints %q, which is not cut", a.Title, cut.missed)
			continue
		}
		if got, want := printed(t, cut), printed(t, whole); got != want {
			t.Errorf("%s: the cut faces print\n%s\nthe whole ones\n%s", a.Title, got, want)
		}
	}
}

// A character that the press did not expect is printed all the same, with the whole faces.
func TestUnexpectedCharacterIsPrintedWithTheWholeFaces(t *testing.T) {
	a := apply.Fill(input(2))
	x, err := newPress(fonts(t), &a)
	if err != nil {
		t.Fatal(err)
	}
	for r := range x.holds {
		if !strings.ContainsRune(ownWords, r) {
			delete(x.holds, r)
		}
	}
	x.cut = Fonts{cutFace(x.whole.Regular, ownWords), cutFace(x.whole.Bold, ownWords)}
	data, err := paper{form: &a, layout: formLayout}.pdf(x)
	if err != nil {
		t.Fatal(err)
	}
	if want := input(2).Case.Firm.Name; !strings.Contains(bare(pdfText(t, data)), want) {
		t.Errorf("%s is not in the PDF's text", want)
	}
}

func printed(t *testing.T, p *printer) string {
	t.Helper()
	var out bytes.Buffer
	if err := p.pdf.Output(&out); err != nil {
		t.Fatal(err)
	}
	return pdfText(t, out.Bytes())
}
