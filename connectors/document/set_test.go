package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/xuri/excelize/v2"

	"github.com/shangyuntong/shangyun/survey/apply"
)

// bare drops white space, which papers are free to break at.
func bare(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "　", " ")), "")
}

// docxText reads the text of all filled parts.
func docxText(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != "[Content_Types].xml" {
		t.Errorf("first part is %s", z.File[0].Name)
	}
	var b strings.Builder
	for _, f := range z.File {
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s carries a time: %v", f.Name, f.Modified)
		}
		if !holdsText(f.Name) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if c, ok := tok.(xml.CharData); ok {
				b.Write(c)
			}
		}
	}
	return b.String()
}

func pdfText(t *testing.T, data []byte) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext (poppler-utils) is missing: the PDF's text is not read back")
	}
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-raw", "-enc", "UTF-8", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func find(t *testing.T, files []File, ext string) []byte {
	t.Helper()
	for _, f := range files {
		if strings.HasSuffix(f.Name, ext) {
			return f.Data
		}
	}
	t.Fatalf("no %s among the files", ext)
	return nil
}

// everyText calls check with each text that a reader of the form must find again.
func everyText(a apply.Application, check func(where, text string)) {
	for _, s := range a.Sections {
		if s.Key != "cover" { // 封面 is the cover itself
			check("title", s.Title)
		}
		for _, f := range s.Fields {
			check(f.Key+" label", f.Label)
			if len(f.Options) == 0 {
				check(f.Key, apply.Printed(f))
			}
		}
		for _, tab := range s.Tables {
			check(tab.Key, tab.Title)
			for _, r := range append(tab.Rows, tab.Total) {
				for i, c := range r {
					check(tab.Key+"."+tab.Keys[i], c)
				}
			}
		}
		for _, p := range s.Text {
			check(s.Key, p)
		}
	}
	for _, n := range a.Notes {
		check("notes", n)
	}
}

func TestEveryValueIsReadBackFromDOCX(t *testing.T) {
	for _, n := range []int{3, 60} {
		a, files := set(t, input(n))
		got := bare(docxText(t, find(t, files, ".docx")))
		everyText(a, func(where, text string) {
			if s := bare(text); !strings.Contains(got, s) {
				t.Errorf("%d lines: %s %q is not in the DOCX", n, where, text)
			}
		})
		if !strings.Contains(got, "☑生产管控") || !strings.Contains(got, "☐研发设计") || strings.Contains(got, "{{") {
			t.Error("boxes are wrong or tags are left over")
		}
	}
}

func TestEveryValueIsReadBackFromPDF(t *testing.T) {
	for _, n := range []int{3, 60} {
		a, files := set(t, input(n))
		data := find(t, files, ".pdf")
		if err := api.Validate(bytes.NewReader(data), nil); err != nil {
			t.Errorf("pdfcpu: %v", err)
		}
		got := pdfText(t, data)
		for i := range strings.Count(got, "\f") {
			if !strings.Contains(got, "— "+strconv.Itoa(i+1)+" —") {
				t.Errorf("page number %d is missing", i+1)
			}
		}
		// A cell's lines stand together in the raw order, but a row cut at a page end has the running head between.
		text := bare(got)
		everyText(a, func(where, want string) {
			if s := bare(want); !strings.Contains(text, s) {
				t.Errorf("%d lines: %s %q is not in the PDF", n, where, want)
			}
		})
		if heads := strings.Count(text, "含税金额已付金额"); n == 60 && heads < 2 {
			t.Errorf("the head of the long table stands %d times", heads)
		}
	}
}

func TestEveryValueIsReadBackFromXLSX(t *testing.T) {
	a, files := set(t, input(60))
	x, err := excelize.OpenReader(bytes.NewReader(find(t, files, ".xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows := func(sheet string) [][]string {
		r, err := x.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	var want [][]string
	for _, s := range a.Sections {
		for _, f := range s.Fields {
			want = append(want, []string{s.Title, f.Label, apply.Printed(f), f.Source})
		}
	}
	got := rows("字段")[1:]
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	for i := range want {
		for j := range got[i] {
			if got[i][j] != want[i][j] {
				t.Errorf("字段 row %d column %d is %q, want %q", i, j, got[i][j], want[i][j])
			}
		}
	}
	for _, s := range a.Sections {
		for _, tab := range s.Tables {
			if tab.Key != "expenses" {
				continue
			}
			for i, r := range append(tab.Rows, tab.Total) {
				for j, c := range r {
					if g := at(rows("投入明细"), i+1, j); !sameAmount(g, c) {
						t.Errorf("投入明细 %d/%d is %q, want %q", i, j, g, c)
					}
				}
			}
		}
	}
	if f, _ := x.GetCellFormula("投入明细", "B2"); f != "" {
		t.Errorf("a title became the formula %q", f)
	}
	if kind, _ := x.GetCellType("投入明细", "E2"); kind == excelize.CellTypeNumber {
		t.Error("an invoice number was written as a number")
	}
}

func at(rows [][]string, i, j int) string {
	if i < len(rows) && j < len(rows[i]) {
		return rows[i][j]
	}
	return ""
}

func sameAmount(got, want string) bool {
	w := strings.ReplaceAll(want, ",", "")
	return got == want || got == w || strings.Contains(w, ".") && got == strings.TrimSuffix(strings.TrimRight(w, "0"), ".")
}

func TestTwoRunsGiveTheSameBytes(t *testing.T) {
	_, first := set(t, input(12))
	_, second := set(t, input(12))
	for i := range first {
		if !bytes.Equal(first[i].Data, second[i].Data) {
			t.Errorf("%s differs between two runs", first[i].Name)
		}
	}
}

// A table's title and head never stand at the foot of a page without a row, wherever the table begins.
func TestHeadStaysWithItsFirstRow(t *testing.T) {
	tab := apply.Table{Key: "x", Title: "某表", Columns: []string{"表头"}, Keys: []string{"a"}, Rows: [][]string{{"首行\n首行"}, {"次行"}}}
	for above := 2.0; above < 60; above += 3 {
		p := newPrinter(&apply.Application{Title: "表", Number: "1"}, "", fonts(t))
		p.newPage(false)
		p.y = p.bottom - above
		p.table(tab)
		var out bytes.Buffer
		if err := p.pdf.Output(&out); err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(pdfText(t, out.Bytes()), "\f")
		if strings.Contains(first, "某表") != strings.Contains(first, "首行") {
			t.Errorf("%v mm above the foot: the title stands without a row", above)
		}
	}
}

func TestRequestTravelsInsideThePDF(t *testing.T) {
	_, files := set(t, input(3))
	got, err := api.ExtractAttachmentsRaw(bytes.NewReader(find(t, files, ".pdf")), "", nil, nil)
	if err != nil || len(got) != 1 {
		t.Fatalf("%d attachments, %v", len(got), err)
	}
	data, err := io.ReadAll(got[0].Reader)
	if err != nil || !bytes.Equal(data, find(t, files, ".json")) {
		t.Errorf("the attached request differs, %v", err)
	}
}

// TestWriteForTheEye writes the papers to the folder named by SHANGYUN_PAPERS, to be looked at.
func TestWriteForTheEye(t *testing.T) {
	dir := os.Getenv("SHANGYUN_PAPERS")
	if dir == "" {
		t.Skip("SHANGYUN_PAPERS names no folder: papers are not written for looking at")
	}
	_, files := set(t, input(24))
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
