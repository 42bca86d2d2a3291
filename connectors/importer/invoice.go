package importer

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// The limits of one file of invoices.
const (
	MaxInvoiceBytes = 20 << 20 // size of the file, and of each file inside it once unpacked
	MaxInvoiceParts = 2_000    // files inside one container
	MaxInvoiceLines = 10_000   // lines of one invoice
)

const opInvoice = "importer.invoice"

// InvoiceBatch is what was read from one file of invoices and everything a person should look at.
type InvoiceBatch struct {
	Invoices []survey.Invoice // IDs are empty; Evidence names file and witness; Checked is unknown (未验真)
	Problems []InvoiceProblem
}

// InvoiceProblem names one thing that could not be taken as it stands.
type InvoiceProblem struct {
	File    string      // file, and the part inside it
	Number  string      // invoice number as read, "" when unknown
	Code    survey.Code // kind of the problem
	LeftOut bool        // the invoice or file is not among Invoices
	Text    string      // one Chinese sentence with the next step
}

// String gives file, number and sentence on one line.
func (p InvoiceProblem) String() string {
	if p.Number == "" {
		return p.File + "：" + p.Text
	}
	return p.File + "（" + p.Number + "）：" + p.Text
}

// trust ranks the witnesses; a lower one never overrides a higher one.
type trust int

const (
	trustXML trust = iota
	trustAttachment
	trustTags
	trustQR
)

// String names the witness.
func (t trust) String() string {
	return [...]string{"数电 XML", "OFD 附件", "OFD 标引", "二维码"}[t]
}

// slip is one invoice as a witness states it: texts, not yet read as amounts or dates.
type slip struct {
	file                            string
	from                            trust
	code, number, date              string
	id                              string // the same number in another place of the file
	seller, buyer, buyerCode        string
	net, tax, gross, capital, marks string
	red                             bool
	lines                           []slipLine
}

type slipLine struct{ item, net, tax, gross string }

// ReadInvoices reads the invoices in a file: 数电 XML, OFD (attached data before tags), the QR code in a PNG or JPEG (number, date and
// total only), or a zip of those. Of one invoice the best witness is taken (XML > OFD attachment > OFD tags > QR); where another one
// differs, and where an invoice contradicts itself, a Problem says so. An invoice that contradicts itself, that has no usable number or that
// is a red letter (红字) is left out. Nothing proves that an invoice is genuine: no signature is checked and Checked stays unknown.
//
// It fails with CodeFileEmpty (empty, or nothing in it is an invoice), CodeFileBroken (damaged, a document type, a path that leaves the
// container), CodeFileLocked (password), CodeFileKind and CodeFileTooBig (see the limits). Faults of one file in a zip are Problems.
func ReadInvoices(name string, data []byte, at time.Time) (InvoiceBatch, error) {
	r := &invoiceReader{left: newAllowance()}
	name = baseName(name)
	var err error
	if bytes.HasPrefix(data, []byte("PK")) {
		err = r.container(name, data)
	} else {
		err = r.file(name, data)
	}
	if err != nil {
		return InvoiceBatch{}, err
	}
	if len(r.slips) == 0 {
		return InvoiceBatch{}, r.nothing()
	}
	return r.batch(at.UTC()), nil
}

// invoiceReader collects the slips of one file.
type invoiceReader struct {
	left     *allowance
	slips    []slip
	problems []InvoiceProblem
}

// file reads one file that is no container.
func (r *invoiceReader) file(name string, data []byte) error {
	switch {
	case len(data) == 0:
		return survey.Fail(survey.CodeFileEmpty, opInvoice, "文件是空的")
	case len(data) > MaxInvoiceBytes:
		return survey.Fail(survey.CodeFileTooBig, opInvoice, "文件超过 %d MB，请分开导入", MaxInvoiceBytes>>20)
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")), bytes.HasPrefix(data, []byte("\xFF\xD8\xFF")):
		return r.photo(name, data)
	case bytes.HasPrefix(data, []byte("%PDF")):
		return survey.Fail(survey.CodeFileKind, opInvoice, "不读 PDF，请导入同一张发票的 XML 或 OFD 文件")
	case looksXML(data):
		return r.xml(name, data)
	}
	return survey.Fail(survey.CodeFileKind, opInvoice, "只读 XML、OFD、PNG、JPG 发票或它们的 zip 压缩包")
}

func (r *invoiceReader) xml(name string, data []byte) error {
	root, err := r.left.tree(data)
	if err != nil {
		return invoiceFault(err)
	}
	s, err := slipOf(root)
	if err != nil {
		return err
	}
	s.file, s.from = name, trustXML
	r.slips = append(r.slips, s)
	return nil
}

// container tells an OFD from a zip of invoices and reads it.
func (r *invoiceReader) container(name string, data []byte) error {
	if len(data) > MaxInvoiceBytes {
		return survey.Fail(survey.CodeFileTooBig, opInvoice, "文件超过 %d MB，请分开导入", MaxInvoiceBytes>>20)
	}
	parts, err := r.left.open(data)
	if err != nil {
		return invoiceFault(err)
	}
	if parts.find("ofd.xml") != nil {
		return r.ofd(name, parts)
	}
	if parts.find("[content_types].xml") != nil {
		return survey.Fail(survey.CodeFileKind, opInvoice, "这是 Office 文件，不是发票")
	}
	r.archive(name, parts)
	return nil
}

// archive reads every file of a zip; one bad file does not spoil the others.
func (r *invoiceReader) archive(outer string, parts *container) {
	read := map[string]bool{}
	var unread []string
	for _, p := range parts.list {
		if strings.HasSuffix(p.name, "/") || junk(p.name) {
			continue
		}
		ext := extension(p.name)
		if !slices.Contains([]string{".xml", ".ofd", ".png", ".jpg", ".jpeg"}, ext) {
			unread = append(unread, p.name)
			continue
		}
		name := outer + " 中 " + cut(p.name, 120)
		if err := r.inner(name, ext, p.file); err != nil {
			r.left.note(r, InvoiceProblem{File: name, Code: survey.CodeOf(err), LeftOut: true, Text: survey.DetailOf(err)})
			continue
		}
		read[strings.TrimSuffix(p.name, p.name[len(p.name)-len(ext):])] = true
	}
	unread = slices.DeleteFunc(unread, func(n string) bool { return read[n[:len(n)-len(extension(n))]] }) // the PDF beside its XML
	for _, n := range unread {
		r.left.note(r, InvoiceProblem{File: outer + " 中 " + cut(n, 120), Code: survey.CodeFileKind, LeftOut: true, Text: "这种文件没有读；只读 XML、OFD、PNG、JPG"})
	}
}

func (r *invoiceReader) inner(name, ext string, f *zip.File) error {
	data, err := r.left.read(f)
	if err != nil {
		return invoiceFault(err)
	}
	if ext != ".ofd" {
		return r.file(name, data)
	}
	parts, err := r.left.open(data)
	if err != nil {
		return invoiceFault(err)
	}
	return r.ofd(name, parts)
}

// nothing says why a file gave no invoice at all: by its first problem when it has one.
func (r *invoiceReader) nothing() error {
	if len(r.problems) > 0 {
		p := r.problems[0]
		return survey.Fail(p.Code, opInvoice, "%s：%s", p.File, p.Text)
	}
	return survey.Fail(survey.CodeFileEmpty, opInvoice, "里面没有 XML、OFD、PNG 或 JPG 发票")
}

// invoiceFault gives a failure of reading its code.
func invoiceFault(err error) error {
	var known *survey.Error
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, errTooBig):
		return &survey.Error{Code: survey.CodeFileTooBig, Op: opInvoice, Detail: "展开后太大，请分开导入", Err: err}
	}
	return &survey.Error{Code: survey.CodeFileBroken, Op: opInvoice, Detail: "发票文件已损坏或被改动，请从电子税务局重新下载", Err: err}
}

func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > strings.LastIndexByte(name, '/') {
		return strings.ToLower(name[i:])
	}
	return ""
}

// junk tells what systems leave in archives.
func junk(name string) bool {
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasSuffix(name, ".DS_Store") || strings.HasSuffix(strings.ToLower(name), "thumbs.db")
}
