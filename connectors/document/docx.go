package document

import (
	"bytes"
	"slices"
	"strings"
	"text/template"

	"github.com/shangyuntong/shangyun/survey"
)

// FillDOCX fills a .docx template. In its text stand tags:
//
//	{{.firm.name}}                      a value; an unknown name is refused
//	{{tr range .table.expenses.rows}}   in a table row of its own: the rows up to the row {{tr end}} are repeated
//	{{p if .claim.amount}} … {{p end}}  in paragraphs of their own: the paragraphs between are kept or left out
//	{{box .project.links "研发设计"}}    ☑ when the value names the word, else ☐
//
// A tag may be split over runs; typographic quotes inside a tag are read as straight ones; a line end in a value starts
// a new paragraph. All other parts of the package are copied in their order; pictures, by the name of their part, take the place of those in
// the template. It fails with E0208 naming what is wrong.
func FillDOCX(template []byte, data any, pictures ...Picture) ([]byte, error) {
	pkg, err := openPackage(template)
	if err != nil {
		return nil, err
	}
	return pkg.fill(data, pictures...)
}

// fill is FillDOCX of an opened template, which stays as it is.
func (p parts) fill(data any, pictures ...Picture) ([]byte, error) {
	pkg := slices.Clone(p)
	for i, one := range pkg {
		for _, x := range pictures {
			if x.Part == one.name && len(x.Data) > 0 {
				pkg[i].data = x.Data
			}
		}
		if !holdsText(one.name) {
			continue
		}
		var err error
		if pkg[i].data, err = fillPart(one, data); err != nil {
			return nil, err
		}
	}
	return pkg.bytes()
}

// Picture is a PNG that takes the place of a part of the template.
type Picture struct {
	Part string
	Data []byte
}

// codePart is the picture in a template that the QR takes the place of.
const codePart = "word/media/qr.png"

// CheckTemplate reads every tag of a template, in every branch, against known (see Data) and fails with E0208 naming
// the first unknown field.
func CheckTemplate(template []byte, known any) error {
	pkg, err := openPackage(template)
	if err != nil {
		return err
	}
	for _, p := range pkg {
		if !holdsText(p.name) {
			continue
		}
		t, err := parsePart(p)
		if err != nil {
			return err
		}
		if err := lint(t.Root, known); err != nil {
			return err
		}
	}
	return nil
}

// holdsText tells whether a part of the package is filled.
func holdsText(name string) bool {
	return name == "word/document.xml" || strings.HasSuffix(name, ".xml") && (strings.HasPrefix(name, "word/header") || strings.HasPrefix(name, "word/footer"))
}

func parsePart(p part) (*template.Template, error) {
	text, err := prepare(string(p.data))
	if err != nil {
		return nil, err
	}
	t, err := template.New(p.name).Option("missingkey=error").Funcs(functions).Parse(text)
	if err != nil {
		return nil, parseFailure(err)
	}
	if err := restrict(t); err != nil {
		return nil, err
	}
	return t, nil
}

func fillPart(p part, data any) ([]byte, error) {
	t, err := parsePart(p)
	if err != nil {
		return nil, err
	}
	var out limited
	if err := t.Execute(&out, data); err != nil {
		return nil, runFailure(err)
	}
	filled := splitParagraphs(out.String())
	if err := wellFormed(filled); err != nil {
		return nil, wrong("填写后的 %s 不是有效的文档结构，请用 Word 或 WPS 重新保存模板", p.name)
	}
	return []byte(filled), nil
}

// limited stops a template that writes without end.
type limited struct{ bytes.Buffer }

func (l *limited) Write(b []byte) (int, error) {
	if l.Len()+len(b) > maxPart {
		return 0, errTooBig
	}
	return l.Buffer.Write(b)
}

var errTooBig = wrong("填写后的文档超过 %d MB", maxPart>>20)

func wrong(format string, args ...any) *survey.Error {
	return survey.Fail(survey.CodeTemplate, "document.docx", format, args...)
}
