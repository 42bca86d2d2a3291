package cmd

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"io"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/server"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// bureau is a real portal in this process.
type bureau struct {
	*httptest.Server
	store *inbox.Store
	keys  *server.Keys
	dir   string
	name  string
}

func openBureau(t *testing.T, name string) *bureau {
	t.Helper()
	b := &bureau{dir: t.TempDir(), name: name}
	b.Server = httptest.NewServer(b.handler(t))
	t.Cleanup(b.Close)
	return b
}

func (b *bureau) handler(t *testing.T) *server.Server {
	t.Helper()
	var err error
	if b.store, err = inbox.Open(t.Context(), b.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.store.Close() })
	if b.keys, err = server.LoadKeys(filepath.Join(b.dir, "key", "portal.key"), rand.Reader); err != nil {
		t.Fatal(err)
	}
	return server.New(server.Config{Store: b.store, Keys: b.keys, Name: b.name, Now: time.Now})
}

func (b *bureau) code(t *testing.T) string {
	t.Helper()
	code := rand.Text()
	if err := b.store.AddEnrolCode(t.Context(), code, time.Now(), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	return code
}

func (b *bureau) enrol(t *testing.T, d *wizard.Desk) {
	t.Helper()
	if _, err := d.Enrol(t.Context(), b.URL, b.code(t), submit.Fingerprint(b.keys.Public())); err != nil {
		t.Fatal(err)
	}
}

// table is a whole desk over a case folder.
type table struct {
	*wizard.Desk
	id, data, files string
}

// openTable is the sample firm's desk, ready to send; nothing is enrolled or agreed to.
func openTable(t *testing.T) *table {
	t.Helper()
	data, files := firm(t)
	d, closer, err := join.Desk(t.Context(), data, "测试")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = closer.Close() })
	all, err := d.List(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%d cases, %v", len(all), err)
	}
	return &table{d, all[0].ID, data, files}
}

func (d *table) set(t *testing.T, path, value string) {
	t.Helper()
	if _, err := d.Set(t.Context(), d.id, path, value); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func (d *table) agree(t *testing.T, kind submit.Kind) {
	t.Helper()
	if _, err := d.Agree(t.Context(), d.id, kind); err != nil {
		t.Fatal(err)
	}
}

func (d *table) seal(t *testing.T, kind submit.Kind) wizard.Request {
	t.Helper()
	_, r, err := d.Seal(t.Context(), d.id, kind)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// send sends and gives the newest request of the kind as it stands then.
func (d *table) send(t *testing.T, kind submit.Kind) (wizard.Request, error) {
	t.Helper()
	st, err := d.Send(t.Context(), d.id, kind, nil)
	for _, r := range st.Requests {
		if r.Kind == kind {
			return r, err
		}
	}
	return wizard.Request{}, err
}

// delivers agrees to, seals and sends a request of the kind, which must arrive.
func (d *table) delivers(t *testing.T, kind submit.Kind) wizard.Request {
	t.Helper()
	d.agree(t, kind)
	d.seal(t, kind)
	r, err := d.send(t, kind)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (d *table) manifest(t *testing.T, r wizard.Request) submit.Sealed {
	t.Helper()
	raw, err := d.Outbox.Bytes(t.Context(), r.ID, r.Revision)
	if err != nil {
		t.Fatal(err)
	}
	s, err := submit.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func wantCode(t *testing.T, err error, code survey.Code, words string) {
	t.Helper()
	if err == nil || survey.CodeOf(err) != code || !strings.Contains(survey.DetailOf(err), words) {
		t.Errorf("got %v, want %s with %q", err, code, words)
	}
}

func TestSealingAgainIsTheSameRequestAndAChangeIsTheNextRevision(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	b.enrol(t, d.Desk)
	d.agree(t, submit.Application)
	first := d.seal(t, submit.Application)
	if again := d.seal(t, submit.Application); again.ID != first.ID || again.SHA256 != first.SHA256 || again.Revision != 1 {
		t.Errorf("sealed again: %+v, want %+v", again, first)
	}
	one, err := d.send(t, submit.Application)
	if err != nil || one.Receipt == nil || one.Receipt.ManifestSHA256 != first.SHA256 {
		t.Fatalf("sent %+v, %v", one, err)
	}
	if again := d.seal(t, submit.Application); again.ID != first.ID || again.SHA256 != first.SHA256 || again.Receipt == nil {
		t.Errorf("sealed after the receipt: %+v", again)
	}
	d.set(t, "project.goals", "2027 年底前联网设备达到 35 台。")
	next := d.seal(t, submit.Application)
	if base := d.manifest(t, next).Submission.Base; next.ID != first.ID || next.Revision != 2 || base != 1 {
		t.Errorf("after a change: revision %d on base %d of %s, want 2 on 1 of %s", next.Revision, base, next.ID, first.ID)
	}
	for range 2 { // sending twice gives one receipt
		two, err := d.send(t, submit.Application)
		if err != nil || two.Receipt == nil || two.Receipt.Revision != 2 {
			t.Errorf("revision 2: %+v, %v", two, err)
		}
	}
	if n, err := d.Prove(t.Context(), next); err != nil || n == 0 {
		t.Errorf("the portal's copy: %d bytes, %v", n, err)
	}
	if all := heldIn(t, b.store); len(all) != 1 || all[0].receipts != 2 {
		t.Errorf("the portal holds %+v", all)
	}
}

// private are words of the sample that only an office may see: bank, finances, identity, contracts, invoices, payments, proofs.
var private = []string{
	"4300000000000000001", "（样例）银行", "46800000", "样例甲", "26432000000000000011", "HY-2026-001", "1971600", "985,800.00", "附件-营业执照",
	"附件-付款凭证", "46,800,000.00",
}

func TestOnboardingIsARequestOfItsOwnAndHoldsNothingPrivate(t *testing.T) {
	b, d := openBureau(t, "平台商"), openTable(t)
	b.enrol(t, d.Desk)
	d.set(t, "plan.budget", "") // the sample's own budget pays for one vendor only
	st, err := d.Accept(t.Context(), d.id)
	if err != nil {
		t.Fatal(err)
	}
	operator, private := st.Bundle.Lines[0], slices.Clone(private)
	for _, l := range st.Bundle.Lines {
		if l.Vendor != operator.Vendor {
			private = append(private, l.Title)
		}
	}
	if len(st.Bundle.Lines) < 2 || len(private) == 11 {
		t.Fatalf("the bundle has one vendor only: %+v", st.Bundle.Lines)
	}
	d.set(t, "onboarding.operator", operator.Vendor)
	d.set(t, "onboarding.assets", st.Case.Assets[0].ID+"、"+st.Case.Assets[1].ID)
	d.agree(t, submit.Application)
	_, _, err = d.Seal(t.Context(), d.id, submit.Onboarding)
	wantCode(t, err, survey.CodeConsent, "平台商") // the consent to one kind is none to the other
	d.agree(t, submit.Onboarding)
	got := map[submit.Kind]wizard.Request{}
	for _, kind := range []submit.Kind{submit.Application, submit.Onboarding} {
		d.seal(t, kind)
		if got[kind], err = d.send(t, kind); err != nil || got[kind].Receipt == nil || got[kind].Receipt.Kind != kind {
			t.Fatalf("%s: %+v, %v", kind, got[kind], err)
		}
	}
	if got[submit.Application].Receipt.Number == got[submit.Onboarding].Receipt.Number {
		t.Error("both kinds have one receipt")
	}
	shown := d.everything(t, got[submit.Onboarding])
	whole := d.everything(t, got[submit.Application])
	for _, word := range private {
		if strings.Contains(shown, word) {
			t.Errorf("the onboarding request shows %q", word)
		}
		if !strings.Contains(whole, word) { // the search does find what is there
			t.Errorf("the application does not hold %q", word)
		}
	}
	for _, word := range []string{operator.Title, "样例乙", "13800000000", st.Case.Assets[0].Name, "2026-12-15", "100M 企业宽带"} {
		if !strings.Contains(shown, word) {
			t.Errorf("the onboarding request does not hold %q", word)
		}
	}
	if all := heldIn(t, b.store); len(all) != 2 {
		t.Errorf("the portal holds %+v", all)
	}
}

// everything is the manifest with the words of all attached papers: the parts of DOCX and XLSX unpacked, the rest as it is.
func (d *table) everything(t *testing.T, r wizard.Request) string {
	t.Helper()
	s := d.manifest(t, r)
	out := bytes.NewBuffer(s.Bytes)
	for _, a := range s.Submission.Attachments {
		data, err := d.Blobs.Get(t.Context(), a.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			out.Write(data)
			continue
		}
		for _, f := range z.File {
			part, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(out, part); err != nil {
				t.Fatal(err)
			}
			_ = part.Close()
		}
	}
	return out.String()
}

func TestNothingIsSealedBeforeItIsReady(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	seal := func() error {
		_, _, err := d.Seal(t.Context(), d.id, submit.Application)
		return err
	}
	wantCode(t, seal(), survey.CodeNotEnrolled, "")
	b.enrol(t, d.Desk)
	wantCode(t, seal(), survey.CodeConsent, "株洲市工信局")
	d.agree(t, submit.Application)
	if _, err := d.Answer(t.Context(), d.id, "Q2", []string{"A"}, ""); err != nil {
		t.Fatal(err)
	}
	wantCode(t, seal(), survey.CodeNotReady, "Q2 自报为 A")
	if _, err := d.Answer(t.Context(), d.id, "Q2", []string{"A"}, "台账中的老设备即将淘汰"); err != nil {
		t.Fatal(err)
	}
	if err := seal(); err != nil {
		t.Errorf("an explained difference: %v", err)
	}
	if r, err := d.send(t, submit.Application); err != nil || r.Receipt == nil {
		t.Errorf("sent %+v, %v", r, err)
	}
	if !strings.Contains(string(d.manifest(t, d.seal(t, submit.Application)).Submission.Document), "台账中的老设备即将淘汰") {
		t.Error("the request does not carry the explanation")
	}
}
