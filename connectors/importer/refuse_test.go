package importer

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/xuri/excelize/v2"
)

var head = []any{"设备名称", "型号", "数量"}

func TestFilesThatCannotBeReadAreRefusedByTheirReason(t *testing.T) {
	good := book(t, head, []any{"数控车床", "CK6150", 2})
	locked := bookOf(t, map[string][][]any{"Sheet1": {head}}, nil)
	var enc bytes.Buffer
	f, err := excelize.OpenReader(bytes.NewReader(locked))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Write(&enc, excelize.Options{Password: "机密"}); err != nil {
		t.Fatal(err)
	}
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 512)
	tests := map[string]struct {
		data []byte
		code survey.Code
		says string
	}{
		"empty file":                  {nil, survey.CodeFileEmpty, "空"},
		"no header":                   {book(t, []any{"会议记录"}, []any{"一", "二"}), survey.CodeFileEmpty, "表头"},
		"header of names only":        {book(t, []any{"设备名称"}, []any{"车床"}), survey.CodeFileEmpty, "表头"},
		"no cell at all":              {book(t), survey.CodeFileEmpty, "表头"},
		"blank text":                  {[]byte("\n\n"), survey.CodeFileEmpty, ""},
		"cut in the middle":           {good[:len(good)/2], survey.CodeFileBroken, "另存"},
		"password on opening":         {enc.Bytes(), survey.CodeFileLocked, "密码"},
		"password of the zip":         {encryptedZip(good), survey.CodeFileLocked, "密码"},
		"old xls":                     {[]byte(ole + string(utf16le("Workbook"))), survey.CodeFileKind, "xlsx"},
		"other OLE":                   {[]byte(ole), survey.CodeFileKind, "xlsx"},
		"pdf":                         {[]byte("%PDF-1.7\n..."), survey.CodeFileKind, "PDF"},
		"web page called xls":         {[]byte("\xEF\xBB\xBF<html><table><tr><td>设备名称"), survey.CodeFileKind, "网页"},
		"picture":                     {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), survey.CodeFileKind, "图片"},
		"other zip":                   {zipOf(t, "readme.txt", "hello"), survey.CodeFileKind, "压缩包"},
		"word":                        {zipOf(t, "word/document.xml", "<a/>"), survey.CodeFileKind, "Word"},
		"xlsb":                        {zipOf(t, "xl/workbook.bin", "x"), survey.CodeFileKind, "xlsb"},
		"binary rubbish":              {[]byte("a\x00b\x01\x02"), survey.CodeFileKind, ""},
		"worksheet breaks off":        {rezip(t, good, cutSheet), survey.CodeFileBroken, "另存"},
		"document type":               {replace(t, good, "<sheetData>", "<!DOCTYPE x [<!ENTITY a \"b\">]><sheetData>"), survey.CodeFileBroken, ""},
		"cell in another row":         {replace(t, good, `r="A2"`, `r="A900000"`), survey.CodeFileBroken, ""},
		"cell beyond all columns":     {replace(t, good, `r="C2"`, `r="ZZZ2"`), survey.CodeFileBroken, ""},
		"more columns than the limit": {book(t, head, append(make([]any, 256), "x")), survey.CodeFileTooBig, "列"},
		"row beyond the limit":        {bookOf(t, map[string][][]any{"Sheet1": {head}}, func(f *excelize.File) { _ = f.SetCellValue("Sheet1", "A200001", "x") }), survey.CodeFileTooBig, "行"},
		"over 50 MB":                  {make([]byte, MaxBytes+1), survey.CodeFileTooBig, "50 MB"},
		"csv with an open quote":      {[]byte("设备名称,数量\n\"车床,1\n" + strings.Repeat("x", maxCell)), survey.CodeFileBroken, "引号"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := ReadLedger("台账.xlsx", tt.data, readAt)
			if got := survey.CodeOf(err); err == nil || got != tt.code {
				t.Fatalf("error = %v, want %s", err, tt.code)
			}
			if d := survey.DetailOf(err); d == "" || !strings.Contains(d, tt.says) {
				t.Errorf("detail = %q, want one with %q", d, tt.says)
			}
		})
	}
}

func cutSheet(name string, b []byte) []byte {
	if name == sheetPart {
		return b[:bytes.Index(b, []byte("</row>"))+6]
	}
	return b
}

// encryptedZip sets the flag of encryption in every central directory entry.
func encryptedZip(data []byte) []byte {
	out := bytes.Clone(data)
	for i := 0; i+10 < len(out); i++ {
		if bytes.HasPrefix(out[i:], []byte("PK\x01\x02")) {
			out[i+8] |= 1
		}
	}
	return out
}

func zipOf(t testing.TB, name, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	p, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSmallFilesThatUnfoldHugelyAreRefused(t *testing.T) {
	good := book(t, head, []any{"数控车床", "CK6150", 2})
	swell := func(part, from, to string) []byte {
		return rezip(t, good, func(name string, b []byte) []byte {
			if name == part {
				return bytes.Replace(b, []byte(from), []byte(to), 1)
			}
			return b
		})
	}
	bombs := map[string][]byte{
		"one huge part":       declare(t, good, 300<<20),
		"millions of strings": swell("xl/sharedStrings.xml", "</sst>", strings.Repeat("<si/>", maxStrings)+"</sst>"),
		"deep nesting":        swell("xl/styles.xml", "</styleSheet>", strings.Repeat("<a>", 1000)+strings.Repeat("</a>", 1000)+"</styleSheet>"),
	}
	for name, data := range bombs {
		t.Run(name, func(t *testing.T) {
			if len(data) > 1<<20 {
				t.Fatalf("the bomb is %d bytes, not small", len(data))
			}
			if _, err := ReadLedger("台账.xlsx", data, readAt); survey.CodeOf(err) != survey.CodeFileTooBig {
				t.Errorf("error = %v, want %s", err, survey.CodeFileTooBig)
			}
		})
	}
	t.Run("a part that lies about its size", func(t *testing.T) {
		if _, err := ReadLedger("台账.xlsx", declare(t, good, 10), readAt); survey.CodeOf(err) != survey.CodeFileBroken {
			t.Errorf("error = %v, want %s", err, survey.CodeFileBroken)
		}
	})
}

// declare rewrites the container with a worksheet that claims to unpack to size bytes.
func declare(t testing.TB, data []byte, size uint64) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		h := f.FileHeader
		if f.Name == sheetPart {
			h.UncompressedSize64 = size
		}
		raw, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		p, err := w.CreateRaw(&h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(p, raw); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReadingNeverTouchesTheTemporaryFolder(t *testing.T) {
	dir := t.TempDir()
	data := replace(t, book(t, head, []any{"车床", "A", 1}), "<sheetData>", "<!--"+strings.Repeat("x", 20<<20)+"--><sheetData>") // more than the library keeps in memory unless told
	for _, v := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(v, dir)
	}
	stop, seen := make(chan struct{}), make(chan int)
	go func() {
		n := 0
		for {
			select {
			case <-stop:
				seen <- n
				return
			default:
				list, _ := os.ReadDir(dir)
				n += len(list)
			}
		}
	}()
	l := read(t, data)
	close(stop)
	if n := <-seen; n > 0 {
		t.Error("temporary files while reading")
	}
	if len(l.Assets) != 1 {
		t.Errorf("%d assets", len(l.Assets))
	}
}

// bookStream writes many rows with inline strings.
func bookStream(t testing.TB, rows [][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		if err := w.SetRow(cellName(0, i+1), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
