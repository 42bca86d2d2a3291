package importer

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/xuri/excelize/v2"
)

// book makes a workbook of one sheet; a nil cell stays empty.
func book(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	return bookOf(t, map[string][][]any{"Sheet1": rows}, nil)
}

// bookOf makes a workbook of several sheets and lets edit change it before it is written.
func bookOf(t testing.TB, sheets map[string][][]any, edit func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for name, rows := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, v := range row {
				if v == nil {
					continue
				}
				if err := f.SetCellValue(name, cellName(c, r+1), v); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if edit != nil {
		edit(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rezip rewrites a container; edit gives the new content of a part, or nil to drop it.
func rezip(t testing.TB, data []byte, edit func(name string, content []byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if b = edit(f.Name, b); b == nil {
			continue
		}
		p, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const sheetPart = "xl/worksheets/sheet1.xml"

// replace swaps text in the first worksheet and fails when it is not there.
func replace(t testing.TB, data []byte, from, to string) []byte {
	t.Helper()
	done := false
	out := rezip(t, data, func(name string, b []byte) []byte {
		if name != sheetPart || !bytes.Contains(b, []byte(from)) {
			return b
		}
		done = true
		return bytes.ReplaceAll(b, []byte(from), []byte(to))
	})
	if !done {
		t.Fatalf("the sheet holds no %q", from)
	}
	return out
}

func read(t testing.TB, data []byte) Ledger {
	t.Helper()
	l, err := ReadLedger("台账.xlsx", data, readAt)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// one reads a ledger that must hold a single asset.
func one(t testing.TB, data []byte) (survey.Asset, Ledger) {
	t.Helper()
	l := read(t, data)
	if len(l.Assets) != 1 {
		t.Fatalf("%d assets, want 1: %+v", len(l.Assets), l)
	}
	return l.Assets[0], l
}
