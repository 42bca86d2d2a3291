package document

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/xuri/excelize/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

// guide is an invented portal with two screens.
func guide() *apply.Guide {
	days := 7
	return &apply.Guide{
		ID: "x", Title: "某申报系统", Address: "http://198.51.100.7:18080/login", Status: "栏目待核实", Sources: []apply.GuideSource{{Key: "S", Title: "某通知", Secondary: true}},
		Screens: []apply.GuideScreen{
			{Title: "企业", Source: "S", Fields: []apply.GuideField{{Field: "firm.name"}, {Field: "firm.founded"}, {Field: "firm.contact.phone"}, {Label: "账号", Note: "由本人填写"}}},
			{Title: "项目", Source: "S", Fields: []apply.GuideField{{Field: "cost.gross"}, {Field: "claim.capital"}, {Field: "project.summary", Limit: 5}}},
		},
		Uploads: []apply.GuideUpload{{Label: "执照", Papers: []string{"C1"}}, {Label: "合同发票", Papers: []string{"C4", "C5"}}},
		Steps:   []apply.GuideStep{{Key: "a", Title: "备齐材料", Text: "几天之内，须事先备齐。", Who: "企业", Before: &days, Source: "S"}, {Key: "b", Title: "公示", Source: "S"}},
	}
}

// dossierInput is the sample firm with a deadline, an award and an agent.
func dossierInput(n int) apply.Input {
	in := input(n)
	in.Guide = guide()
	c := in.Case
	c.Notices = []survey.Notice{{Measure: "H5-1", Title: "某年通知", Due: "2026-12-31"}}
	c.Project.Agent = survey.Agent{Name: "王方", Org: "某咨询有限公司", Phone: "13900000001", Until: "2027-06-30"}
	c.Project.Award = survey.Award{Date: "2027-03-01", DocNo: "株财企指〔2027〕1号", SelfReview: "2028-01-15"}
	c.Arrangements = []survey.Arrangement{{Kind: survey.ArrangedNetPolicy, Have: survey.Yes, Note: "2025 年修订"}}
	c.Assets = []survey.Asset{{ID: "m1", AssetID: "CNC-01", Name: "五轴加工中心", Count: 2, Control: "SINUMERIK 840D", Protocols: []string{"OPC UA"}, Networked: survey.Yes, Via: "有线", OnCloud: survey.Yes, Platform: "甲云"}}
	if n > 0 {
		c.Invoices[0].Lines[0].Asset = "m1"
		c.Contracts[0].System = "s1"
		c.Invoices[0].Evidence = []survey.Evidence{{Source: survey.SourceInvoice, Attachment: "f3"}}
	}
	c.Attachments = append(c.Attachments,
		survey.Attachment{ID: "f3", Name: "发票一.PDF", Role: "发票", SHA256: strings.Repeat("ab", 32), Size: 1234},
		survey.Attachment{ID: "f4", Name: "发票二.xml", Role: "发票", SHA256: strings.Repeat("cd", 32), Size: 99})
	return in
}

func made(t testing.TB, in apply.Input) (apply.Dossier, []File) {
	t.Helper()
	d := apply.NewDossier(in)
	request, err := apply.RequestJSON(in, d.Form)
	if err != nil {
		t.Fatal(err)
	}
	files, err := Dossier(d, apply.Tasks(in), request, fonts(t), func(name string) []byte { return asset(t, "template/"+name+".docx") })
	if err != nil {
		t.Fatal(err)
	}
	return d, files
}

func file(t testing.TB, files []File, name string) []byte {
	t.Helper()
	i := slices.IndexFunc(files, func(f File) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("no %s", name)
	}
	return files[i].Data
}

// Every value of every document is read back from its DOCX and its PDF, with number and digest on each page.
func TestEveryDocumentIsReadBack(t *testing.T) {
	for _, n := range []int{0, 3, 30} {
		d, files := made(t, dossierInput(n))
		w := dossier{d: &d}
		for _, doc := range d.Documents {
			stem := w.stem(doc.Key)
			word, pdf := docxText(t, file(t, files, stem+".docx")), file(t, files, stem+".pdf")
			if strings.Contains(word, "{{") {
				t.Errorf("%s: a tag is left over", doc.Name)
			}
			if err := api.Validate(bytes.NewReader(pdf), nil); err != nil {
				t.Errorf("%s: pdfcpu: %v", doc.Name, err)
			}
			text := pdfText(t, pdf)
			for i, page := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
				if !strings.Contains(bare(page), d.Form.Number) || !strings.Contains(page, "SHA-256：") || !strings.Contains(page, "— "+number(i+1)+" —") {
					t.Errorf("%s: page %d lacks number, digest or page number", doc.Name, i+1)
				}
			}
			got := map[string]string{"DOCX": bare(word), "PDF": bare(text)}
			everyText(doc.Application, func(where, want string) {
				for kind, all := range got {
					if s := bare(want); !strings.Contains(all, s) {
						t.Errorf("%d lines, %s: %s %q is not in the %s", n, doc.Name, where, want, kind)
					}
				}
			})
			if !strings.Contains(got["DOCX"], bare(doc.Title)) || !strings.Contains(got["PDF"], bare(doc.Title)) {
				t.Errorf("%s has no title", doc.Name)
			}
		}
	}
}

// The tables are read back cell by cell.
func TestTheDossiersTablesAreReadBack(t *testing.T) {
	d, files := made(t, dossierInput(12))
	rows := func(name, sheet string) [][]string {
		x, err := excelize.OpenReader(bytes.NewReader(file(t, files, name)))
		if err != nil {
			t.Fatal(err)
		}
		defer x.Close()
		r, err := x.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	w := dossier{d: &d}
	for sheet, key := range map[string]string{"投入明细": "expenses", "合同": "contracts", "付款": "payments"} {
		got := rows(w.stem("costs")+".xlsx", sheet)
		if !strings.Contains(got[1][0], d.Form.Number) {
			t.Errorf("%s: %q names no form", sheet, got[1])
		}
		for _, s := range d.Form.Sections {
			for _, tab := range s.Tables {
				if tab.Key != key {
					continue
				}
				want := append(append([][]string{tab.Columns}, tab.Rows...), tab.Total)
				for i, r := range want {
					for j, c := range r {
						if g := at(got, i+2, j); !sameAmount(g, c) {
							t.Errorf("%s %d/%d is %q, want %q", sheet, i, j, g, c)
						}
					}
				}
			}
		}
	}
	chains := rows(w.stem("costs")+".xlsx", "证据链")
	for i, c := range d.Chains {
		if at(chains, i+3, 2) != c.Contract || at(chains, i+3, 3) != c.Invoice || !sameAmount(at(chains, i+3, 6), c.Gross.Display()) || at(chains, i+3, 8) != strings.Join(c.Gaps, "、") {
			t.Errorf("chain %d is %q, want %+v", i, chains[i+3], c)
		}
	}
	sheet, i := rows(w.named("字段表.xlsx"), "字段表"), 3
	for _, screen := range d.Sheet {
		for _, f := range screen.Fields {
			if at(sheet, i, 0) != f.No || at(sheet, i, 2) != f.Label || at(sheet, i, 3) != f.Copy || at(sheet, i, 4) != f.Note {
				t.Errorf("field %s is %q", f.No, sheet[i])
			}
			i++
		}
	}
}

func TestTwoDossiersAreTheSameBytesUnderTheirNames(t *testing.T) {
	_, first := made(t, dossierInput(7))
	_, second := made(t, dossierInput(7))
	if len(first) != len(second) || len(first) != 2*11+5 {
		t.Fatalf("%d and %d files", len(first), len(second))
	}
	seen := map[string]bool{}
	for i, f := range first {
		if f.Name != second[i].Name || !bytes.Equal(f.Data, second[i].Data) {
			t.Errorf("%s differs between two runs", f.Name)
		}
		if seen[f.Name] || f.Name != "request.json" && !strings.HasPrefix(f.Name, "株洲市-株洲恒硬刀具有限公司-") {
			t.Errorf("the name %q", f.Name)
		}
		seen[f.Name] = true
	}
}

// The layout is the template's: margins and sizes that somebody changes in Word are the PDF's.
func TestTheLayoutIsTheTemplates(t *testing.T) {
	data := asset(t, "template/授权委托书.docx")
	near := func(got, want float64) bool { return got > want-0.1 && got < want+0.1 }
	l, err := LayoutOf(data, proseLayout)
	if err != nil || !near(l.Top, 37) || !near(l.Left, 28) || !near(l.Right, 26) || !near(l.Bottom, 35) || l.Body != 16 || l.Title != 22 || !near(l.Pitch, 28.95) || !l.Outside {
		t.Errorf("%+v, %v", l, err)
	}
	pkg, err := openPackage(data)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range pkg {
		s := strings.NewReplacer(`w:top="2098"`, `w:top="1440"`, `w:linePitch="579"`, `w:linePitch="480"`, `<w:evenAndOddHeaders/>`, ``, `<w:sz w:val="32"/>`, `<w:sz w:val="24"/>`, `<w:spacing w:val="-5"/>`, ``, `w:left="1587"`, `w:left="99999"`)
		pkg[i].data = []byte(s.Replace(string(p.data)))
	}
	other, err := pkg.bytes()
	if err != nil {
		t.Fatal(err)
	}
	if l, err = LayoutOf(other, proseLayout); err != nil || !near(l.Top, 25.4) || l.Body != 12 || l.Pitch != 24 || l.Outside || l.Left != 28 {
		t.Errorf("changed: %+v, %v", l, err)
	}
	// 22 lines of 28 characters on a page.
	a := apply.Application{Title: "题", Number: "1", Sections: []apply.Section{{Key: "body", Text: []string{strings.Repeat("字", 28*100)}}}}
	x, err := newPress(fonts(t), &a)
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := paper{form: &a, layout: proseLayout, prose: true}.pdf(x)
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(pdfText(t, pdf), "\f")
	if n := strings.Count(bare(pages[1]), "字"); n != 22*28 {
		t.Errorf("a page holds %d characters, want 22 × 28", n)
	}
}

// TestWriteTheDossierForTheEye writes the papers to the folder named by SHANGYUN_PAPERS, to be looked at.
func TestWriteTheDossierForTheEye(t *testing.T) {
	dir := os.Getenv("SHANGYUN_PAPERS")
	if dir == "" {
		t.Skip("SHANGYUN_PAPERS names no folder: papers are not written for looking at")
	}
	_, files := made(t, dossierInput(4))
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
