package document

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

// peer looks a third-party program up; these tests run only where SHANGYUN_PEERS=1 says that it may be used.
func peer(t *testing.T, names ...string) {
	t.Helper()
	if os.Getenv("SHANGYUN_PEERS") != "1" {
		t.Skipf("SHANGYUN_PEERS is not 1: %s are not run (make test-peers)", strings.Join(names, ", "))
	}
	for _, n := range names {
		if _, err := exec.LookPath(n); err != nil {
			t.Fatalf("%s is missing: run installer/deps.sh peers", n)
		}
	}
}

// tool runs a program and gives its standard output; a failure ends the test with what it said.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	var errs strings.Builder
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", name, err, out, errs.String())
	}
	return string(out)
}

// pages is the page count of a PDF.
func pages(t *testing.T, file string) int {
	t.Helper()
	for _, l := range strings.Split(tool(t, "pdfinfo", file), "\n") {
		if n, ok := strings.CutPrefix(l, "Pages:"); ok {
			count, err := strconv.Atoi(strings.TrimSpace(n))
			if err != nil {
				t.Fatal(err)
			}
			return count
		}
	}
	t.Fatalf("%s: no page count", file)
	return 0
}

// onboardingInput is the sample firm with an operator and devices to connect.
func onboardingInput() apply.Input {
	in := input(3)
	o := &in.Case.Onboarding
	o.Operator, o.Network, o.Note = "甲云", "车间已有工业以太网，办公网与控制网以防火墙隔开。", "希望先接五轴加工中心。"
	o.From, o.To = "2026-12-15", "2027-03-31"
	for _, id := range []string{"m1", "m2", "m3"} {
		in.Case.Assets = append(in.Case.Assets, survey.Asset{ID: id, Name: "五轴加工中心 " + id, Count: 2, Control: "SINUMERIK 840D", Ports: []string{"RJ45"}, Protocols: []string{"PROFINET", "OPC UA"}, Networked: survey.Yes})
		o.Assets = append(o.Assets, id)
	}
	return in
}

// papers writes the papers of the sample firm to a folder: an application with n cost lines and an onboarding request.
func papers(t *testing.T, n int) (dir string, application, onboarding apply.Application) {
	t.Helper()
	dir = t.TempDir()
	write := func(a apply.Application, in apply.Input) {
		request, err := apply.RequestJSON(in, a)
		if err != nil {
			t.Fatal(err)
		}
		files, err := Set(a, request, fonts(t), templates(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	in := input(n)
	application = apply.Fill(in)
	write(application, in)
	in = onboardingInput()
	onboarding = apply.FillOnboarding(in)
	write(onboarding, in)
	return dir, application, onboarding
}

// runningLines are what stands at the head and foot of every page, inside a paragraph that goes over the page end.
var runningLines = regexp.MustCompile(`(?m)^(— \d+ —|.*SHA-256：.*|[^（，。\n]*编号：(SB|DJ)-[\w-]+)$`)

// readsBack holds the text of a PDF against every text of the form.
func readsBack(t *testing.T, file string, a apply.Application) {
	t.Helper()
	got := bare(runningLines.ReplaceAllString(strings.ReplaceAll(tool(t, "pdftotext", "-raw", "-enc", "UTF-8", file, "-"), "\f", "\n"), ""))
	everyText(a, func(where, text string) {
		if s := bare(text); !strings.Contains(got, s) {
			t.Errorf("%s: %s %q is not in it", filepath.Base(file), where, text)
		}
	})
}

// LibreOffice opens what officials get, on the recorded number of pages and with every value. A change of layout changes
// the figures here, after the pages have been looked at.
func TestLibreOfficeOpensThePapers(t *testing.T) {
	peer(t, "soffice", "pdfinfo", "pdftotext")
	for _, sample := range []struct {
		lines, docx, onboarding, xlsx, pdf, onboardingPDF int
	}{
		{lines: 3, docx: 10, onboarding: 1, xlsx: 4, pdf: 9, onboardingPDF: 2},
		{lines: 40, docx: 14, onboarding: 1, xlsx: 5, pdf: 15, onboardingPDF: 2},
	} {
		dir, application, onboarding := papers(t, sample.lines)
		out := filepath.Join(dir, "converted")
		tool(t, "soffice", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--convert-to", "pdf", "--outdir", out,
			filepath.Join(dir, "申报书.docx"), filepath.Join(dir, "上云对接需求表.docx"), filepath.Join(dir, "汇总表.xlsx"))
		for _, one := range []struct {
			file string
			want int
		}{
			{"converted/申报书.pdf", sample.docx}, {"converted/上云对接需求表.pdf", sample.onboarding}, {"converted/汇总表.pdf", sample.xlsx},
			{"申报书.pdf", sample.pdf}, {"上云对接需求表.pdf", sample.onboardingPDF},
		} {
			if got := pages(t, filepath.Join(dir, one.file)); got != one.want {
				t.Errorf("%d cost lines: %s has %d pages, want %d", sample.lines, one.file, got, one.want)
			}
		}
		readsBack(t, filepath.Join(out, "申报书.pdf"), application)
		readsBack(t, filepath.Join(out, "上云对接需求表.pdf"), onboarding)
	}
}

// Every value is in our PDFs for a reader other than ours, the files are sound, and they carry their fonts.
func TestOurPDFsAreSoundForOthers(t *testing.T) {
	peer(t, "qpdf", "pdftotext", "pdffonts")
	dir, application, onboarding := papers(t, 40)
	for name, a := range map[string]apply.Application{"申报书.pdf": application, "上云对接需求表.pdf": onboarding} {
		file := filepath.Join(dir, name)
		if out := tool(t, "qpdf", "--check", file); strings.Contains(out, "WARNING") {
			t.Errorf("%s: %s", name, out)
		}
		readsBack(t, file, a)
		rows := strings.Split(strings.TrimSpace(tool(t, "pdffonts", file)), "\n")
		if len(rows) < 3 {
			t.Fatalf("%s: no font listed: %q", name, rows)
		}
		for _, r := range rows[2:] {
			f := strings.Fields(r) // … emb sub uni object ID
			if len(f) < 6 || f[len(f)-5] != "yes" {
				t.Errorf("%s: a font is not embedded: %s", name, r)
			}
		}
	}
}

// LibreOffice opens every document of the dossier on as many pages as our PDF has.
func TestLibreOfficeOpensTheDossierOnTheSamePages(t *testing.T) {
	peer(t, "soffice", "pdfinfo", "pdftotext")
	dir := t.TempDir()
	d, files := made(t, dossierInput(4))
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--convert-to", "pdf", "--outdir", filepath.Join(dir, "converted")}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, ".docx") {
			args = append(args, filepath.Join(dir, f.Name))
		}
	}
	tool(t, "soffice", args...)
	w := dossier{d: &d}
	for _, doc := range d.Documents {
		theirs, ours := filepath.Join(dir, "converted", w.stem(doc.Key)+".pdf"), filepath.Join(dir, w.stem(doc.Key)+".pdf")
		if a, b := pages(t, theirs), pages(t, ours); a != b {
			t.Errorf("%s has %d pages in LibreOffice and %d in our PDF", doc.Name, a, b)
		}
		readsBack(t, theirs, doc.Application)
	}
}
