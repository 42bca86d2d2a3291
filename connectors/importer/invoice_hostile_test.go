package importer

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

func TestInvoiceFilesThatCannotBeReadAreRefusedByTheirReason(t *testing.T) {
	good := sampleBill().xml()
	var blank bytes.Buffer
	if err := png.Encode(&blank, image.NewGray(image.Rect(0, 0, 64, 64))); err != nil {
		t.Fatal(err)
	}
	many := make([]string, 0, 2*(MaxInvoiceParts+1))
	for i := range MaxInvoiceParts + 1 {
		many = append(many, fmt.Sprintf("%d.xml", i), "")
	}
	doctype := func(dtd, use string) []byte {
		s := strings.Replace(string(good), "?>", "?>\n"+dtd, 1)
		return []byte(strings.Replace(s, "<Remark/>", "<Remark>"+use+"</Remark>", 1))
	}
	tests := map[string]struct {
		data []byte
		code survey.Code
		says string
	}{
		"empty":                   {nil, survey.CodeFileEmpty, "空"},
		"pdf":                     {[]byte("%PDF-1.7"), survey.CodeFileKind, "PDF"},
		"text":                    {[]byte("hello"), survey.CodeFileKind, "XML"},
		"web page":                {[]byte("<!DOCTYPE html><html></html>"), survey.CodeFileKind, "XML"},
		"other xml":               {[]byte("<project/>"), survey.CodeFileKind, "EInvoice"},
		"cut in the middle":       {good[:len(good)/2], survey.CodeFileBroken, "重新下载"},
		"two roots":               {append(bytes.Clone(good), "<a/>"...), survey.CodeFileBroken, ""},
		"encoding unknown":        {bytes.Replace(good, []byte("UTF-8"), []byte("KOI8-R"), 1), survey.CodeFileBroken, ""},
		"external entity":         {doctype(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`, "&e;"), survey.CodeFileBroken, ""},
		"external type":           {doctype(`<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">`, ""), survey.CodeFileBroken, ""},
		"billion laughs":          {doctype(`<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`, "&b;"), survey.CodeFileBroken, ""},
		"undeclared entity":       {doctype("", "&e;"), survey.CodeFileBroken, ""},
		"nested too deeply":       {[]byte(strings.Repeat("<a>", 100) + strings.Repeat("</a>", 100)), survey.CodeFileTooBig, ""},
		"millions of elements":    {[]byte("<a>" + strings.Repeat("<b/>", maxPartElements) + "</a>"), survey.CodeFileTooBig, ""},
		"picture without a code":  {blank.Bytes(), survey.CodeFileEmpty, "二维码"},
		"picture of another code": {drawPNG(t, "https://example.invalid/"), survey.CodeFileKind, "不是发票"},
		"picture breaks off":      {blank.Bytes()[:40], survey.CodeFileBroken, ""},
		"picture bomb":            {pngBomb(t, 60_000, 60_000), survey.CodeFileTooBig, "像素"},
		"over 20 MB":              {append([]byte("<a>"), make([]byte, MaxInvoiceBytes)...), survey.CodeFileTooBig, "20 MB"},
		"zip over 20 MB":          {append([]byte("PK"), make([]byte, MaxInvoiceBytes)...), survey.CodeFileTooBig, "20 MB"},
		"zip cut":                 {pack(t, "a.xml", "<a/>")[:30], survey.CodeFileBroken, ""},
		"zip with a password":     {encryptedZip(pack(t, "a.xml", string(good))), survey.CodeFileLocked, "密码"},
		"zip of nothing":          {pack(t, "readme.txt", "x"), survey.CodeFileKind, "readme.txt"},
		"zip without files":       {pack(t), survey.CodeFileEmpty, "没有"},
		"zip in a zip":            {pack(t, "b.zip", string(pack(t, "a.xml", string(good)))), survey.CodeFileKind, "b.zip"},
		"zip of too many":         {pack(t, many...), survey.CodeFileTooBig, "个"},
		"workbook":                {pack(t, "[Content_Types].xml", "<a/>"), survey.CodeFileKind, "Office"},
		"ofd without data":        {pack(t, "OFD.xml", ofdRoot), survey.CodeFileEmpty, "OFD"},
		"ofd with broken data":    {pack(t, "OFD.xml", ofdRoot, "Doc_0/Attachs/original_invoice.xml", "<a"), survey.CodeFileBroken, ""},
		"ofd with an entity": {pack(t, "OFD.xml", ofdRoot, "Doc_0/Attachs/original_invoice.xml",
			`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><eInvoice><InvoiceNo>&e;</InvoiceNo></eInvoice>`), survey.CodeFileBroken, ""},
	}
	for _, p := range []string{"../a.xml", "x/../../a.xml", "/etc/a.xml", `..\a.xml`, `C:\a.xml`} {
		tests["path "+p] = struct {
			data []byte
			code survey.Code
			says string
		}{pack(t, "good.xml", string(good), p, string(good)), survey.CodeFileBroken, "路径"}
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := ReadInvoices("a", tt.data, readAt)
			if err == nil || survey.CodeOf(err) != tt.code {
				t.Fatalf("error = %v, want %s; read %+v", err, tt.code, got)
			}
			if d := survey.DetailOf(err); d == "" || !strings.Contains(d, tt.says) {
				t.Errorf("detail = %q, want one with %q", d, tt.says)
			}
		})
	}
}

// pngBomb is a picture that declares itself huge.
func pngBomb(t *testing.T, w, h uint32) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	out := b.Bytes()
	for i, v := range []uint32{w, h} {
		for k := range 4 {
			out[16+4*i+k] = byte(v >> (24 - 8*k))
		}
	}
	sum := crc32.ChecksumIEEE(out[12:29])
	for k := range 4 {
		out[29+k] = byte(sum >> (24 - 8*k))
	}
	return out
}

// zeros is a zip of n files of size bytes each, which declare the size declared.
func zeros(t *testing.T, n int, size int64, declared uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	block := bytes.Repeat([]byte(" "), 1<<20)
	for i := range n {
		p, err := w.Create(fmt.Sprintf("%d.xml", i))
		if err != nil {
			t.Fatal(err)
		}
		for left := size; left > 0; left -= int64(len(block)) {
			if _, err := p.Write(block); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	out := b.Bytes()
	if declared > 0 {
		for i := 0; i+28 < len(out); i++ {
			if bytes.HasPrefix(out[i:], []byte("PK\x01\x02")) {
				for k := range 4 {
					out[i+24+k] = byte(declared >> (8 * k))
				}
			}
		}
	}
	return out
}

func TestZipBombsEndEarly(t *testing.T) {
	for name, data := range map[string][]byte{
		"one part of 64 MB":            zeros(t, 1, 64<<20, 0),
		"one that lies about its size": zeros(t, 1, 64<<20, 10),
	} {
		start := time.Now()
		if _, err := ReadInvoices("b.zip", data, readAt); err == nil {
			t.Errorf("%s is read", name)
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s takes %v", name, d)
		}
	}
	left := newAllowance()
	left.unpacked = 3 << 20
	c, err := left.open(zeros(t, 4, 1<<20, 0))
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range c.list {
		if _, err := left.read(p.file); (err == nil) != (i < 3) {
			t.Errorf("part %d: %v; the parts together are not bounded", i, err)
		}
	}
}

func TestMarkupWithoutContentIsBoundedToo(t *testing.T) {
	for name, x := range map[string]string{"comments": strings.Repeat("<!---->", 50), "instructions": strings.Repeat("<?x y?>", 50), "attributes": "<b " + strings.Repeat(`c="" `, 50) + "/>"} {
		left := newAllowance()
		left.elements = 40
		for range 2 { // an element's attributes are known only after it was read: the next one pays
			if _, err := left.tree([]byte("<a>" + x + "</a>")); errors.Is(err, errTooBig) {
				break
			}
		}
		if left.elements >= 0 {
			t.Errorf("%s cost nothing", name)
		}
	}
}

func TestAPictureFullOfCornersEndsEarly(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 2_400, 2_400))
	for y := range 2_400 {
		for x := range 2_400 {
			cx, cy := x%32/3-5, y%32/3-5 // a finder pattern of 7 modules of 3 pixels in each tile
			ring := max(cx, -cx, cy, -cy)
			if ring != 3 && ring <= 1 || ring == 3 {
				continue
			}
			img.Pix[y*img.Stride+x] = 255
		}
	}
	done := make(chan error, 1)
	go func() { _, err := scan(img); done <- err }()
	select {
	case err := <-done:
		if err == nil {
			t.Error("a code was found")
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the search does not end")
	}
}

func TestNothingIsFetched(t *testing.T) {
	asked := make(chan string, 10)
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked <- r.URL.Path }))
	defer s.Close()
	x := strings.Replace(string(sampleBill().xml()), "<EInvoice>", `<EInvoice xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x `+s.URL+`/x.xsd">`, 1)
	x = strings.Replace(x, "?>", `?><?xml-stylesheet href="`+s.URL+`/x.xsl"?>`, 1)
	bills(t, "a.xml", []byte(x))
	_, _ = ReadInvoices("a.xml", []byte(strings.Replace(x, "<EInvoice ", `<!DOCTYPE EInvoice SYSTEM "`+s.URL+`/x.dtd"><EInvoice `, 1)), readAt)
	select {
	case p := <-asked:
		t.Errorf("%s was fetched", p)
	default:
	}
}

func TestOneBadFileDoesNotSpoilTheZip(t *testing.T) {
	good := string(sampleBill().xml())
	got := bills(t, "z.zip", pack(t, "a.xml", good[:100], "b.xml", good, "c.pdf", "%PDF", "b.pdf", "%PDF", "d.ofd", "no zip", "__MACOSX/._b.xml", "x"))
	if len(got.Invoices) != 1 || len(got.Problems) != 3 {
		t.Fatalf("%d invoices\n%s", len(got.Invoices), told(got))
	}
	for _, p := range got.Problems {
		if !p.LeftOut || p.Text == "" || p.Code == "" || !strings.HasPrefix(p.File, "z.zip 中 ") {
			t.Errorf("%+v", p)
		}
	}
}
