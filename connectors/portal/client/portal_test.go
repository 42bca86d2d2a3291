package client_test

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/server"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

const (
	requestID = "01938a5e-7c00-7000-8000-000000000001"
	deviceID  = "01938a5e-7c00-7000-8000-00000000d001"
)

// office is a real portal on loopback.
type office struct {
	*httptest.Server
	store   *inbox.Store
	keys    *server.Keys
	dir     string
	handler http.Handler
	later   atomic.Int64 // the portal's clock after noon
}

func openOffice(t *testing.T) *office {
	t.Helper()
	dir := t.TempDir()
	store, err := inbox.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	keys, err := server.LoadKeys(filepath.Join(dir, "key", "portal.key"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{store: store, keys: keys, dir: dir}
	o.handler = server.New(server.Config{Store: store, Keys: keys, Name: "测试门户", Now: func() time.Time { return noon.Add(time.Duration(o.later.Load())) }})
	o.Server = httptest.NewServer(o.handler)
	t.Cleanup(o.Close)
	return o
}

func (o *office) enrol(t *testing.T, device string) submit.Enrolment {
	t.Helper()
	code := "CODE-" + device
	if err := o.store.AddEnrolCode(t.Context(), code, noon, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	e, err := client.New().Enrol(t.Context(), o.enrolling(code, device))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func (o *office) enrolling(code, device string) client.Enrolling {
	seed := make([]byte, 32)
	_, _ = rand.Read(seed)
	return client.Enrolling{
		Address: o.URL, Code: code, Fingerprint: submit.Fingerprint(o.keys.Public()),
		DeviceID: device, DeviceName: "前台电脑", Key: hex.EncodeToString(seed),
	}
}

// papers are attachments with their bytes.
type papers map[string][]byte

func (p papers) open(sha string) ([]byte, error) {
	for _, b := range p {
		if submit.Digest(b) == sha {
			return b, nil
		}
	}
	return nil, errors.New("no such paper")
}

func samplePapers() papers {
	return papers{"申报书.pdf": []byte("%PDF 申报书"), "空白.txt": {}, "发票 01（复印件）.jpg": bytes.Repeat([]byte{0xff, 0xd8}, 40_000)}
}

func sealed(t *testing.T, p papers, change func(*submit.Submission)) submit.Sealed {
	t.Helper()
	s := submit.Submission{
		ID: requestID, Revision: 1, Kind: submit.Application, FormVersion: "2026-1", CaseID: "case-1", DeviceID: deviceID, DeviceTime: noon,
		Document: json.RawMessage(`{"form":{"name":"样例刀具有限公司"}}`),
		Consent:  submit.Consent{Text: "同意报送", By: "法定代表人", At: noon, Recipient: "受理部门"},
		Summary:  submit.Summary{FirmName: "样例刀具有限公司", CreditCode: "91430200MA4L000000", Region: "株洲市", AmountFen: "57600000", Level: "一级"},
	}
	for _, name := range []string{"申报书.pdf", "空白.txt", "发票 01（复印件）.jpg", "同一内容.pdf"} {
		if b, ok := p[name]; ok {
			s.Attachments = append(s.Attachments, submit.Blob{Name: name, Role: "paper", SHA256: submit.Digest(b), Size: int64(len(b)), Type: "application/octet-stream"})
		}
	}
	if change != nil {
		change(&s)
	}
	out, err := submit.Seal(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func wantCode(t *testing.T, err error, code survey.Code) {
	t.Helper()
	if survey.CodeOf(err) != code || err == nil {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestSendGivesAVerifiedReceiptAndThePortalHoldsEveryByte(t *testing.T) {
	o := openOffice(t)
	e := o.enrol(t, deviceID)
	p := samplePapers()
	p["同一内容.pdf"] = p["申报书.pdf"] // one content under two names
	sub := sealed(t, p, nil)
	var steps []string
	receipt, err := client.New().Send(t.Context(), e, sub, p.open, func(p submit.Progress) {
		steps = append(steps, fmt.Sprint(p.File, " ", p.Done, "/", p.Size, " ", p.All, "/", p.Total))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Keys.Verify(receipt, sub); err != nil {
		t.Error(err)
	}
	want := []string{" 0/0 0/80014", "申报书.pdf 0/14 0/80014", "申报书.pdf 14/14 14/80014", "空白.txt 0/0 14/80014", "空白.txt 0/0 14/80014",
		"发票 01（复印件）.jpg 0/80000 14/80014", "发票 01（复印件）.jpg 80000/80000 80014/80014"}
	if d := cmp.Diff(want, steps); d != "" {
		t.Error(d)
	}
	n, err := client.New().Prove(t.Context(), e, sub, p.open)
	if err != nil || n != int64(len(sub.Bytes))+80014 {
		t.Errorf("proved %d bytes, %v", n, err)
	}
	st, err := client.New().Status(t.Context(), e, requestID)
	if err != nil || st.State != submit.StateReceived || st.Revision != 1 {
		t.Errorf("status %+v, %v", st, err)
	}
}

func TestSendingAgainGivesTheSameReceipt(t *testing.T) {
	o := openOffice(t)
	e := o.enrol(t, deviceID)
	p := samplePapers()
	sub := sealed(t, p, nil)
	c := client.New()
	first, err := c.Send(t.Context(), e, sub, p.open, nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := c.Send(t.Context(), e, sub, p.open, nil)
	if err != nil {
		t.Fatal(err)
	}
	third, err := c.Receipt(t.Context(), e, sub)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []submit.Receipt{second, third} {
		if !bytes.Equal(r.SigningBytes(), first.SigningBytes()) || !bytes.Equal(r.Signature, first.Signature) {
			t.Errorf("another receipt: %+v, %+v", r, first)
		}
	}
	if _, total, err := o.store.List(t.Context(), inbox.Who{Role: inbox.RoleAdmin}, inbox.Query{}); err != nil || total != 1 {
		t.Errorf("%d requests, %v", total, err)
	}
}

func TestOtherContentUnderTheSameNumberIsAConflict(t *testing.T) {
	o := openOffice(t)
	e := o.enrol(t, deviceID)
	p := samplePapers()
	if _, err := client.New().Send(t.Context(), e, sealed(t, p, nil), p.open, nil); err != nil {
		t.Fatal(err)
	}
	_, err := client.New().Send(t.Context(), e, sealed(t, p, func(s *submit.Submission) { s.Summary.Title = "改过" }), p.open, nil)
	wantCode(t, err, survey.CodeConflict)
	if retry, _ := client.Retry(err); retry != "never" {
		t.Errorf("retry = %s", retry)
	}
}

func TestALostAnswerAfterCommitCostsNothing(t *testing.T) {
	o := openOffice(t)
	e := o.enrol(t, deviceID)
	p := samplePapers()
	sub := sealed(t, p, nil)
	cut := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		o.Config.Handler.ServeHTTP(rec, r)
		if r.URL.Path == "/v1/requests/"+requestID+"/revisions/1/commit" {
			panic(http.ErrAbortHandler) // the portal has committed; the line breaks before the answer
		}
		for k, v := range rec.Header() {
			w.Header()[k] = v
		}
		w.WriteHeader(rec.Code)
		_, _ = w.Write(rec.Body.Bytes())
	}))
	defer cut.Close()
	through := e
	through.Address = cut.URL
	_, err := client.New().Send(t.Context(), through, sub, p.open, nil)
	wantCode(t, err, survey.CodePortalCut)
	receipt, err := client.New().Send(t.Context(), e, sub, p.open, nil)
	if err != nil || receipt.Seq != 1 {
		t.Errorf("second attempt: %+v, %v", receipt, err)
	}
}

func TestAFileThatChangedSinceSealingIsNamed(t *testing.T) {
	o := openOffice(t)
	e := o.enrol(t, deviceID)
	p := samplePapers()
	sub := sealed(t, p, nil)
	_, err := client.New().Send(t.Context(), e, sub, func(string) ([]byte, error) { return []byte("other"), nil }, nil)
	wantCode(t, err, survey.CodeFileBroken)
	if survey.DetailOf(err) != "申报书.pdf 在封存之后变了" {
		t.Errorf("detail %q", survey.DetailOf(err))
	}
	if _, err := client.New().Receipt(t.Context(), e, sub); survey.CodeOf(err) != survey.CodePortalRefused {
		t.Errorf("a receipt without the blobs: %v", err)
	}
}
