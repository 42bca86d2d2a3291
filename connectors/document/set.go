package document

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// File is one paper.
type File struct {
	Name string // 申报书.docx
	Role string // application-docx
	Type string // media type
	Data []byte
}

// Templates are the .docx templates by kind of request.
type Templates struct{ Application, Onboarding []byte }

// The media types of the papers.
const (
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typePDF  = "application/pdf"
	typeJSON = "application/json"
)

// Set writes all papers of a form from one data set: 申报书.docx, 申报书.pdf, 汇总表.xlsx and request.json for an application;
// 上云对接需求表.docx, 上云对接需求表.pdf and request.json for an onboarding request. request.json is canonical, and its SHA-256,
// the documentSha256 of the submission, stands on every page. The same input gives the same bytes. It fails with E0206
// for a character that cannot be drawn, E0208 for a wrong template, E0001 when the request is no JSON.
func Set(a apply.Application, request json.RawMessage, fonts Fonts, templates Templates) ([]File, error) {
	data, err := submit.Canonical(request)
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "document.request", err)
	}
	sum := sha256.Sum256(data)
	digest := hex.EncodeToString(sum[:])
	name, tmpl := "申报书", templates.Application
	if a.Kind == apply.KindOnboarding {
		name, tmpl = "上云对接需求表", templates.Onboarding
	}
	pkg, err := openPackage(tmpl)
	if err != nil {
		return nil, err
	}
	docx, err := pkg.fill(Data(a, digest), codePicture(a.Number, digest))
	if err != nil {
		return nil, err
	}
	x, err := newPress(fonts, &a)
	if err != nil {
		return nil, err
	}
	pdf, err := paper{form: &a, layout: pkg.layout(formLayout), request: data, digest: digest}.pdf(x)
	if err != nil {
		return nil, err
	}
	out := []File{{name + ".docx", a.Kind + "-docx", typeDOCX, docx}, {name + ".pdf", a.Kind + "-pdf", typePDF, pdf}}
	if a.Kind == apply.KindApplication {
		xlsx, err := XLSX(a)
		if err != nil {
			return nil, err
		}
		out = append(out, File{"汇总表.xlsx", a.Kind + "-xlsx", typeXLSX, xlsx})
	}
	return append(out, File{"request.json", "request-json", typeJSON, data}), nil
}
