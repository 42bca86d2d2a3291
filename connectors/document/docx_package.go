package document

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Limits of a template package, in bytes.
const (
	maxPackage = 16 << 20 // the zip
	maxPart    = 32 << 20 // one part, unpacked or filled
	maxTotal   = 64 << 20 // all parts, unpacked
	maxParts   = 300
)

// part is one file of the package.
type part struct {
	name string
	data []byte
}

// parts keep the order of the zip: Word wants [Content_Types].xml first.
type parts []part

func openPackage(data []byte) (parts, error) {
	broken := func(err error) error {
		return &survey.Error{Code: survey.CodeTemplate, Op: "document.docx", Detail: "模板不是有效的 .docx 文件，请用 Word 或 WPS 另存为 .docx", Err: err}
	}
	if len(data) > maxPackage {
		return nil, wrong("模板超过 %d MB", maxPackage>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, broken(err)
	}
	if len(z.File) > maxParts {
		return nil, wrong("模板内的文件超过 %d 个", maxParts)
	}
	var out parts
	seen, total := map[string]bool{}, 0
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if f.Name == "" || path.IsAbs(f.Name) || strings.Contains(f.Name, "..") || strings.Contains(f.Name, "\\") || seen[f.Name] {
			return nil, wrong("模板内的文件名 %q 不可用", f.Name)
		}
		seen[f.Name] = true
		b, err := readPart(f)
		if err != nil {
			return nil, broken(err)
		}
		if total += len(b); len(b) > maxPart || total > maxTotal {
			return nil, wrong("模板解开后超过 %d MB", maxTotal>>20)
		}
		out = append(out, part{f.Name, b})
	}
	if !seen["[Content_Types].xml"] || !seen["word/document.xml"] {
		return nil, broken(nil)
	}
	return out, nil
}

// readPart reads at most one byte over the limit, whatever the header claims.
func readPart(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxPart+1))
}

// bytes zips the parts again, in order and without times.
func (p parts) bytes() ([]byte, error) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, one := range p {
		w, err := z.CreateHeader(&zip.FileHeader{Name: one.name, Method: zip.Deflate})
		if err != nil {
			return nil, survey.Wrap(survey.CodeInternal, "document.docx", err)
		}
		if _, err := w.Write(one.data); err != nil {
			return nil, survey.Wrap(survey.CodeInternal, "document.docx", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "document.docx", err)
	}
	return buf.Bytes(), nil
}
