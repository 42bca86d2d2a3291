package join

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/api"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/report"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// firms are the cases that a report is made of.
func firms(t testing.TB) map[string]*survey.Case {
	t.Helper()
	sample := func() *survey.Case {
		data, err := Sample()
		if err != nil {
			t.Fatal(err)
		}
		c, err := survey.DecodeCase(data)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	many := sample()
	for i := range 500 {
		a := many.Assets[i%32]
		a.ID, a.Count = fmt.Sprintf("many-%d", i), 1
		a.Name = fmt.Sprintf("第 %d 号进口五轴联动立式加工中心（含第四轴转台、刀库、冷却与排屑装置，配套在线测头与自动上下料机器人）", i)
		a.Nameplate.Manufacturer = "某某精密机械（中国）股份有限公司第三制造分公司"
		many.Assets = append(many.Assets, a)
	}
	for i := range many.Systems {
		many.Systems[i].Name += strings.Repeat("长名称的系统", 4)
	}
	hostile := sample()
	bad := "<script>&\"')(\\) Tj\x00\x07\r\n=SUM(A1)\t" + strings.Repeat("长", 300) + strings.Repeat("X", 400) + "\xff\xfe末尾"
	hostile.Firm.Name = "恶意“公司”(\\) Tj <a> & " + strings.Repeat("很长的名字", 30)
	hostile.Firm.Products, hostile.Assets[0].Name, hostile.Systems[0].Name = bad, bad, bad
	hostile.Attachments = append(hostile.Attachments, survey.Attachment{ID: "x", Name: bad, Role: "Q6", SHA256: "ab"})
	return map[string]*survey.Case{"sample": sample(), "many": many, "hostile": hostile, "empty": {Schema: survey.SchemaCase, ID: "0"}}
}

func reportOf(t testing.TB, c *survey.Case) []byte {
	t.Helper()
	d, err := Thinking()
	if err != nil {
		t.Fatal(err)
	}
	d.By = "诊断人甲"
	f, err := d.ReportOf(d.Derive(t.Context(), c))
	if err != nil {
		t.Fatal(err)
	}
	return f.Data
}

// printed reads the text of a PDF out of its pages' streams, in the order of drawing, as the library wrote it: UTF-16 strings before Tj.
func printed(t *testing.T, pdf []byte) string {
	t.Helper()
	var out strings.Builder
	for rest := pdf; ; {
		_, after, ok := bytes.Cut(rest, []byte("stream\n"))
		if !ok {
			return out.String()
		}
		rest = after
		z, err := zlib.NewReader(bytes.NewReader(after))
		if err != nil {
			continue
		}
		stream, err := io.ReadAll(io.LimitReader(z, 64<<20))
		if err == nil && bytes.Contains(stream, []byte("BT ")) {
			out.WriteString(strungs(stream))
		}
	}
}

func strungs(s []byte) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '(' {
			continue
		}
		var raw []byte
		for i++; i < len(s) && s[i] != ')'; i++ {
			if s[i] == '\\' {
				if i++; s[i] == 'r' {
					raw = append(raw, '\r')
					continue
				}
			}
			raw = append(raw, s[i])
		}
		var units []uint16
		for j := 0; j+1 < len(raw); j += 2 {
			units = append(units, uint16(raw[j])<<8|uint16(raw[j+1]))
		}
		out.WriteString(string(utf16.Decode(units)))
	}
	return out.String()
}

func solid(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "　", " ")), "")
}

// attached reads report.json back out of the PDF.
func attached(t *testing.T, pdf []byte) (report.Report, []byte) {
	t.Helper()
	files, err := api.ExtractAttachmentsRaw(bytes.NewReader(pdf), "", nil, nil)
	if err != nil || len(files) != 1 || files[0].FileName != "report.json" {
		t.Fatalf("attachments %v: %v", files, err)
	}
	data, err := io.ReadAll(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Schema string
		Report report.Report
	}
	if err := json.Unmarshal(data, &v); err != nil || v.Schema != report.Schema {
		t.Fatalf("schema %q: %v", v.Schema, err)
	}
	return v.Report, data
}

func TestTheReportPrintsAllOfItsDataAndLosesNoCharacter(t *testing.T) {
	for name, c := range firms(t) {
		t.Run(name, func(t *testing.T) {
			pdf := reportOf(t, c)
			if !bytes.Equal(pdf, reportOf(t, c)) {
				t.Error("two reports of one case differ")
			}
			if err := api.Validate(bytes.NewReader(pdf), nil); err != nil {
				t.Error(err)
			}
			if dir := os.Getenv("SHANGYUN_LOOK"); dir != "" { // to look at by eye
				if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			r, data := attached(t, pdf)
			sum := sha256.Sum256(data)
			texts := []string{printed(t, pdf)}
			if tool, err := exec.LookPath("pdftotext"); err == nil && os.Getenv("SHANGYUN_PEERS") == "1" {
				texts = append(texts, poppler(t, tool, pdf))
			}
			for _, text := range texts {
				text = solid(text)
				if !strings.Contains(text, hex.EncodeToString(sum[:])) {
					t.Error("the digest of the attached data is not printed")
				}
				have, want := map[rune]int{}, map[rune]int{}
				for _, x := range text {
					have[x]++
				}
				for _, s := range r.Texts() {
					s = solid(s)
					for _, x := range s {
						want[x]++
					}
					if !holds(text, s, 6) {
						t.Errorf("not printed: %q", s)
					}
				}
				for x, n := range want {
					if have[x] < n {
						t.Errorf("“%c” stands %d times in the data, %d times on paper", x, n, have[x])
					}
				}
			}
			n, err := api.PageCount(bytes.NewReader(pdf), nil)
			if err != nil || n < 12 && name != "empty" || n > 20 && name != "hostile" {
				t.Errorf("%d pages, want 12 to 20 (%v)", n, err)
			}
		})
	}
}

// holds tells whether s stands in text, in at most so many pieces: a cell that goes on over pages is parted by what stands between.
func holds(text, s string, pieces int) bool {
	if strings.Contains(text, s) {
		return true
	}
	if pieces == 1 {
		return false
	}
	r := []rune(s)
	lo, hi := 0, len(r)
	for lo < hi { // the longest beginning that is there
		if mid := (lo + hi + 1) / 2; strings.Contains(text, string(r[:mid])) {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo >= 4 && holds(text, string(r[lo:]), pieces-1)
}

func poppler(t *testing.T, tool string, pdf []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), tool, "-raw", "-enc", "UTF-8", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestTheReportHoldsEveryAnswerAndNoBankAccount(t *testing.T) {
	c := firms(t)["sample"]
	pdf := reportOf(t, c)
	text := solid(printed(t, pdf))
	d, err := Thinking()
	if err != nil {
		t.Fatal(err)
	}
	st := d.Derive(t.Context(), c)
	for _, it := range st.Assessment.Items {
		for _, l := range it.Counted {
			for _, o := range it.Options {
				if o.Letter == l && !strings.Contains(text, solid(l+o.Text)) {
					t.Errorf("%s: answer %s is not printed", it.Key, l)
				}
			}
		}
	}
	for _, s := range st.Assessment.Scenes {
		if !strings.Contains(text, solid(fmt.Sprint(s.No)+s.Title)) {
			t.Errorf("scene %s is not printed", s.Title)
		}
	}
	_, data := attached(t, pdf)
	for _, secret := range []string{c.Firm.Bank.Account, c.Firm.Bank.BankName, c.Firm.Contact.Phone} {
		if secret == "" || strings.Contains(text, secret) || bytes.Contains(data, []byte(secret)) {
			t.Errorf("%q is empty or stands in the report", secret)
		}
	}
	if !strings.Contains(text, report.NoPeers) {
		t.Error("no word on the peers")
	}
}

func TestACharacterThatCannotBeDrawnIsNamed(t *testing.T) {
	c := firms(t)["empty"]
	c.Firm.Name = "𠮷野"
	d, err := Thinking()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.ReportOf(d.Derive(t.Context(), c)); survey.CodeOf(err) != survey.CodeGlyph || !strings.Contains(err.Error(), "U+20BB7") {
		t.Errorf("got %v", err)
	}
}

func TestAReportLeavesOnlyAfterTheConsentIsLogged(t *testing.T) {
	d, id := sampleDesk(t)
	if files, err := d.TakeReport(t.Context(), id, wizard.Leaving{Where: "U 盘"}); survey.CodeOf(err) != survey.CodeConsent || !strings.Contains(err.Error(), "不含银行账户") {
		t.Fatalf("%d files without a consent: %v", len(files), err)
	}
	files, err := d.TakeReport(t.Context(), id, wizard.Leaving{Where: "U 盘", By: "张三"})
	if err != nil || len(files) != 1 || !bytes.HasPrefix(files[0].Data, []byte("%PDF")) {
		t.Fatal(err)
	}
	log, err := d.LogOf(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var deeds []string
	for _, l := range log {
		if l.Deed == wizard.DeedConsent || l.Deed == wizard.DeedExport {
			deeds = append(deeds, string(l.Deed)+" "+l.Where)
		}
	}
	if got := strings.Join(deeds, ","); got != "consent U 盘,export U 盘" {
		t.Errorf("log: %s", got)
	}
}
