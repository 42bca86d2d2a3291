package page_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

func (s *stand) choose() {
	s.t.Helper()
	s.ui.Home()
	s.table(0).Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
}

// reply types into the entry of the prompt on top and taps yes.
func (s *stand) reply(text, yes string) {
	s.t.Helper()
	top := s.win.Canvas().Overlays().Top()
	done := false
	walk(top, func(o fyne.CanvasObject) {
		if e, ok := o.(*part.Entry); ok && !done {
			done = true
			e.SetText("")
			test.Type(e, text)
		}
	})
	n := 0
	s.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*part.Button); ok && b.Label() == yes {
			n++
		}
	})
	s.tap(yes, n-1)
}

// TestTheBundleOfAFirmIsWholeAndReadable goes by the page and reads the zip back.
func TestTheBundleOfAFirmIsWholeAndReadable(t *testing.T) {
	s := sampleStand(t)
	id := s.ui.Case()
	s.must(s.desk.Attach(t.Context(), id, "../../逃/逸\u202Egnp.exe", "合同", "", "image/png", []byte("合同内容")))
	s.must(s.desk.Attach(t.Context(), id, "CON.txt", "发票", "", "text/plain", []byte("发票内容")))
	s.must(s.desk.Set(t.Context(), id, "firm.address", "=HYPERLINK(1)"))
	s.choose()
	s.tap("全部资料")
	s.sees("导出前请确认", "全部附件、每次修改的历史", "写到“导出/资料包-株洲恒硬刀具有限公司.zip”")
	s.tap("同意并导出")
	if len(s.saved) != 1 || s.saved[0].Name != "资料包-株洲恒硬刀具有限公司.zip" {
		t.Fatalf("written: %v", s.saved)
	}
	z, err := zip.NewReader(bytes.NewReader(s.saved[0].Data), int64(len(s.saved[0].Data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(strings.Split(f.Name, "/"), "..") || strings.HasPrefix(f.Name, "/") || strings.ContainsAny(f.Name, "\\:\u202e") {
			t.Errorf("name %q leaves the folder or deceives", f.Name)
		}
		files[f.Name] = data
	}
	for name, want := range map[string]string{
		"附件/株洲市-株洲恒硬刀具有限公司-01-_.._逃_逸gnp.exe": "合同内容", "附件/株洲市-株洲恒硬刀具有限公司-02-_CON.txt": "发票内容",
	} {
		if string(files[name]) != want {
			t.Errorf("%s holds %q; there are %v", name, files[name], keys(files))
		}
	}
	c, err := survey.DecodeCase(files["案卷.json"])
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(s.stored(), c); d != "" {
		t.Error(d)
	}
	for _, name := range []string{"修改历史.csv", "操作记录.csv", "说明.txt"} {
		if !bytes.HasPrefix(files[name], []byte("\uFEFF")) {
			t.Errorf("%s has no byte order mark", name)
		}
	}
	if !bytes.Contains(files["操作记录.csv"], []byte("同意,测试员 同意把")) || !bytes.Contains(files["操作记录.csv"], []byte("导出,本机所存的全部资料")) {
		t.Errorf("the log does not tell consent and export:\n%s", files["操作记录.csv"])
	}
	var history []struct{ Kind, ID, By string }
	if err := json.Unmarshal(files["修改历史.json"], &history); err != nil || len(history) < len(c.Assets) || history[0].By != "测试员" {
		t.Errorf("history: %d, %v", len(history), err)
	}
	listed := 0
	for _, line := range strings.Split(strings.TrimSpace(string(files["SHA256SUMS.txt"])), "\n") {
		sum, name, _ := strings.Cut(line, "  ")
		if got := sha256.Sum256(files[name]); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s has another digest than listed", name)
		}
		listed++
	}
	if listed != len(files)-1 {
		t.Errorf("%d of %d files are listed", listed, len(files)-1)
	}
}

func keys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, fmt.Sprintf("%q", k))
	}
	return out
}

func TestNothingLeavesWithoutConsent(t *testing.T) {
	s := sampleStand(t)
	id := s.ui.Case()
	before, err := s.desk.LogOf(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	_, exchange := s.desk.Exchange(t.Context(), id, wizard.Leaving{Where: "a.json"})
	_, papers := s.desk.TakePapers(t.Context(), id, "onboarding", wizard.Leaving{Where: "文书", By: " "})
	bundle := s.desk.Bundle(t.Context(), id, wizard.Bundling{Leaving: wizard.Leaving{Where: "包.zip"}, Say: s.ui.T}, &out)
	for name, err := range map[string]error{"exchange": exchange, "bundle": bundle} {
		if d := survey.DetailOf(err); survey.CodeOf(err) != survey.CodeConsent || !strings.Contains(d, "株洲恒硬刀具有限公司") || !strings.Contains(d, "写到“") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if code := survey.CodeOf(papers); code != survey.CodeConsent && code != survey.CodeNotReady { // this desk writes no papers
		t.Errorf("papers: %v", papers)
	}
	if out.Len() > 0 {
		t.Errorf("%d bytes were written without consent", out.Len())
	}
	after, err := s.desk.LogOf(t.Context(), id)
	if err != nil || len(after) != len(before) {
		t.Errorf("the log tells of exports that were not: %v, %v", after[len(before):], err)
	}
	s.choose()
	s.tap("导出案卷")
	s.tap("取消")
	if len(s.saved) > 0 {
		t.Error("written after 取消")
	}
}

func TestRetentionIsThePersonsChoiceAndOnlyReminds(t *testing.T) {
	s := sampleStand(t)
	s.choose()
	s.misses("保存期限已到")
	s.tap("保存期限")
	s.sees("政策原文没有规定期限")
	s.reply("2026-11-23", "保存")
	s.sees("保存期限已到：株洲恒硬刀具有限公司（2026-11-23）", "请导出并删除，或延长")
	s.choose()
	s.sees("保存到 2026-11-23")
	s.tap("保存期限")
	s.reply("2030年", "保存")
	s.sees("E0104")
	s.tap("知道了")
	s.choose()
	s.tap("保存期限")
	s.reply("2030-12-31", "保存")
	s.misses("保存期限已到")
	if all, err := s.desk.List(t.Context()); err != nil || len(all) != 1 || all[0].RetainUntil != "2030-12-31" {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestADeletedFirmLeavesACertificateOnly(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepFirm)
	s.choose()
	s.tap("删除")
	s.reply("别的企业", "彻底删除")
	s.sees("E0101", "什么也没有删除")
	s.tap("知道了")
	s.choose()
	s.tap("删除")
	s.reply("株洲恒硬刀具有限公司", "彻底删除")
	if len(s.saved) != 2 || !strings.HasPrefix(s.saved[1].Name, "删除证明-株洲恒硬刀具有限公司-") {
		t.Fatalf("written: %v", s.saved)
	}
	words := string(s.saved[1].Data)
	sum := sha256.Sum256(s.saved[0].Data)
	for _, want := range []string{"株洲恒硬刀具有限公司", "914***********K28C", "经办人：　　测试员", hex.EncodeToString(sum[:])} {
		if !strings.Contains(words, want) {
			t.Errorf("the certificate lacks %q:\n%s", want, words)
		}
	}
	if strings.Contains(words, "91430211MA4HY7K28C") {
		t.Error("the certificate shows the whole code")
	}
	s.sees("还没有案卷")
	s.misses("株洲恒硬刀具有限公司", "删除证明没有保存")
	if s.ui.State() != nil {
		t.Error("the deleted case is still open")
	}
	all, err := s.desk.Deletions(t.Context())
	if err != nil || len(all) != 1 || all[0].Erased != nil || all[0].Certificate != hex.EncodeToString(sum[:]) {
		t.Errorf("%+v, %v", all, err)
	}
}
