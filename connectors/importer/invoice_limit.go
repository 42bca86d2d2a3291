package importer

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/survey"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// What all parts of one file may cost together; counted on the bytes that really come out, not on what a container declares.
const (
	maxInvoiceUnpacked = 256 << 20
	maxInvoiceElements = 3_000_000 // attributes and comments count too
	maxPartElements    = 500_000
	maxInvoicePixels   = 400_000_000
	maxPhotoPixels     = 40_000_000
	maxInvoiceProblems = 2_000
)

// allowance is what is left to spend on one file.
type allowance struct {
	elements, problems, pixels int
	unpacked                   int64
}

func newAllowance() *allowance {
	return &allowance{elements: maxInvoiceElements, problems: maxInvoiceProblems, pixels: maxInvoicePixels, unpacked: maxInvoiceUnpacked}
}

// container is a vetted list of files.
type container struct{ list []containerPart }

type containerPart struct {
	name string // with forward slashes, UTF-8
	file *zip.File
}

// find gives a file by its path without regard to case, nil when there is none.
func (c *container) find(path string) *zip.File {
	for _, p := range c.list {
		if strings.EqualFold(p.name, path) {
			return p.file
		}
	}
	return nil
}

// open lists a container. One that is locked, has too many files or names a path outside of itself is refused as a whole.
func (a *allowance) open(data []byte) (*container, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	if len(z.File) > MaxInvoiceParts {
		return nil, survey.Fail(survey.CodeFileTooBig, opInvoice, "里面的文件超过 %d 个，请分成几个压缩包", MaxInvoiceParts)
	}
	c := &container{}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, survey.Fail(survey.CodeFileLocked, opInvoice, "文件用密码压缩，请解密后再导入")
		}
		name := partName(f)
		if outside(name) {
			return nil, survey.Fail(survey.CodeFileBroken, opInvoice, "里面有指向外部的路径，不安全，没有读取")
		}
		c.list = append(c.list, containerPart{name, f})
	}
	return c, nil
}

func partName(f *zip.File) string {
	name := f.Name
	if !utf8.ValidString(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = s
		}
	}
	name = strings.TrimPrefix(strings.ReplaceAll(strings.ToValidUTF8(name, "\uFFFD"), `\`, "/"), "./")
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return '\uFFFD'
		}
		return r
	}, name)
}

// outside tells a path that leaves its container.
func outside(name string) bool {
	if strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' {
		return true
	}
	for _, s := range strings.Split(name, "/") {
		if s == ".." {
			return true
		}
	}
	return false
}

// read unpacks one file.
func (a *allowance) read(f *zip.File) ([]byte, error) {
	if f.UncompressedSize64 > MaxInvoiceBytes {
		return nil, fmt.Errorf("part of %d bytes: %w", f.UncompressedSize64, errTooBig)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	limit := min(a.unpacked, MaxInvoiceBytes)
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if a.unpacked -= int64(len(data)); int64(len(data)) > limit {
		return nil, fmt.Errorf("unpacked size: %w", errTooBig)
	}
	return data, err
}

// note keeps a problem; a file of nothing but problems is cut off with a last word.
func (a *allowance) note(r *invoiceReader, p InvoiceProblem) {
	switch a.problems--; {
	case a.problems > 0:
		r.problems = append(r.problems, p)
	case a.problems == 0:
		r.problems = append(r.problems, InvoiceProblem{File: p.File, Code: survey.CodeFileTooBig, Text: "问题太多，后面的没有列出，请分开导入"})
	}
}
