package server

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

const (
	requestID = "01938a5e-7c00-7000-8000-000000000001"
	deviceA   = "01938a5e-7c00-7000-8000-00000000d00a"
	secretA   = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
)

// freshStore opens a store of its own on the engine that the tests run on now; see TestMain.
var freshStore = func(t *testing.T, dir string) (*inbox.Store, error) { return inbox.Open(t.Context(), dir) }

type desk struct {
	*Server
	t *testing.T
}

func openDesk(t *testing.T, open bool) desk {
	t.Helper()
	dir := t.TempDir()
	store, err := freshStore(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	keys, err := LoadKeys(filepath.Join(dir, "portal.key"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.AddEnrolCode(t.Context(), "CODE", noon, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	d := desk{New(Config{Store: store, Keys: keys, Name: "测试门户", Now: func() time.Time { return noon }, OpenStaff: open}), t}
	if err := store.Enrol(t.Context(), "CODE", inbox.Device{ID: deviceA, Name: "电脑"}, secretA, noon); err != nil {
		t.Fatal(err)
	}
	return d
}

// ask makes one call; header are "Name: value" lines.
func (d desk) ask(method, path, body string, header ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "127.0.0.1"
	for _, h := range header {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w
}

const (
	asDevice = "Authorization: Bearer " + deviceA + "." + secretA
	asJSON   = "Content-Type: application/json"
	asBlob   = "Content-Type: application/octet-stream"
)

func sample(t *testing.T, change func(*submit.Submission)) submit.Sealed {
	t.Helper()
	s := submit.Submission{
		ID: requestID, Revision: 1, Kind: submit.Application, FormVersion: "1", CaseID: "c", DeviceID: deviceA, DeviceTime: noon,
		Document:    json.RawMessage(`{"form":{"name":"<script>alert(1)</script>","lines":[{"name":"平台","amount":"1.00"}]},"policy":{"clause":"第三条"}}`),
		Attachments: []submit.Blob{{Name: "申报书.pdf", Role: "application", SHA256: submit.Digest([]byte("pdf")), Size: 3, Type: "application/pdf"}},
		Consent:     submit.Consent{Text: "同意报送", By: "法人", At: noon, Recipient: "受理部门"},
		Summary:     submit.Summary{FirmName: "样例<b>刀具</b>公司", CreditCode: "91430200MA4L000000", Region: "株洲市", AmountFen: "57600000", Level: "一级"},
	}
	if change != nil {
		change(&s)
	}
	sealed, err := submit.Seal(s)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func (d desk) send(sub submit.Sealed) {
	d.t.Helper()
	path := portal.RevisionPath(sub.Submission.ID, sub.Submission.Revision)
	steps := []*httptest.ResponseRecorder{d.ask("PUT", path, string(sub.Bytes), asDevice, asJSON)}
	if len(sub.Submission.Attachments) > 0 {
		steps = append(steps, d.ask("PUT", portal.BlobPath(submit.Digest([]byte("pdf"))), "pdf", asDevice, asBlob))
	}
	steps = append(steps, d.ask("PUT", path+"/commit", `{"manifestSha256":"`+sub.SHA256+`"}`, asDevice, asJSON))
	for _, w := range steps {
		if w.Code != http.StatusOK {
			d.t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
}

func TestRoutesAreThoseOfTheContract(t *testing.T) {
	d := openDesk(t, false)
	if len(d.api()) != len(portal.Routes()) {
		t.Errorf("%d handlers, %d routes", len(d.api()), len(portal.Routes()))
	}
	for _, r := range portal.Routes() {
		if d.api()[r] == nil {
			t.Errorf("%s %s has no handler", r.Method, r.Path)
		}
	}
}

func TestRefusalsAreProblemsWithTheirStatus(t *testing.T) {
	d := openDesk(t, false)
	sub := sample(t, nil)
	path, blob := portal.RevisionPath(requestID, 1), portal.BlobPath(submit.Digest([]byte("pdf")))
	other := sample(t, func(s *submit.Submission) { s.Summary.Title = "另一份" })
	if w := d.ask("PUT", path, string(sub.Bytes), asDevice, asJSON); w.Code != 200 || !strings.Contains(w.Body.String(), `"incomplete"`) {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	digest := `{"manifestSha256":"` + sub.SHA256 + `"}`
	cases := []struct {
		name, method, path, body string
		header                   []string
		kind                     portal.Kind
	}{
		{"no token", "PUT", path, string(sub.Bytes), []string{asJSON}, portal.Unauthorised},
		{"wrong secret", "PUT", path, string(sub.Bytes), []string{asJSON, "Authorization: Bearer " + deviceA + "." + strings.Repeat("b", 64)}, portal.Unauthorised},
		{"unknown device", "GET", path + "/receipt", "", []string{"Authorization: Bearer 01938a5e-7c00-7000-8000-00000000dfff." + secretA}, portal.Unauthorised},
		{"wrong media type", "PUT", path, string(sub.Bytes), []string{asDevice, "Content-Type: text/plain"}, portal.MediaType},
		{"no manifest", "PUT", path, `{}`, []string{asDevice, asJSON}, portal.Validation},
		{"manifest with white space", "PUT", path, string(sub.Bytes) + " ", []string{asDevice, asJSON}, portal.Validation},
		{"manifest of another age", "PUT", path, strings.Replace(string(sub.Bytes), `"format":1`, `"format":2`, 1), []string{asDevice, asJSON}, portal.FormVersion},
		{"manifest too large", "PUT", path, strings.Repeat(" ", portal.MaxManifest+1), []string{asDevice, asJSON}, portal.TooLarge},
		{"manifest of another place", "PUT", portal.RevisionPath(requestID, 2), string(sub.Bytes), []string{asDevice, asJSON}, portal.Validation},
		{"same number, other content", "PUT", path, string(other.Bytes), []string{asDevice, asJSON}, portal.ContentConflict},
		{"gap in the revisions", "PUT", portal.RevisionPath(requestID, 3), string(sample(t, func(s *submit.Submission) { s.Revision, s.Base = 3, 2 }).Bytes), []string{asDevice, asJSON}, portal.RevisionConflict},
		{"bad id", "PUT", "/v1/requests/abc/revisions/1", string(sub.Bytes), []string{asDevice, asJSON}, portal.NotFound},
		{"bad number", "PUT", "/v1/requests/" + requestID + "/revisions/01", string(sub.Bytes), []string{asDevice, asJSON}, portal.NotFound},
		{"commit too early", "PUT", path + "/commit", digest, []string{asDevice, asJSON}, portal.Incomplete},
		{"commit by POST too early", "POST", path + "/commit", digest, []string{asDevice, asJSON}, portal.Incomplete},
		{"commit of other content", "PUT", path + "/commit", `{"manifestSha256":"` + other.SHA256 + `"}`, []string{asDevice, asJSON}, portal.ContentConflict},
		{"commit with double member", "PUT", path + "/commit", `{"manifestSha256":"a","manifestSha256":"b"}`, []string{asDevice, asJSON}, portal.BadRequest},
		{"commit of nothing", "PUT", portal.RevisionPath(requestID, 9) + "/commit", digest, []string{asDevice, asJSON}, portal.NotFound},
		{"receipt too early", "GET", path + "/receipt", "", []string{asDevice}, portal.NotFound},
		{"unannounced blob", "PUT", portal.BlobPath(submit.Digest([]byte("x"))), "x", []string{asDevice, asBlob}, portal.UnknownBlob},
		{"wrong bytes", "PUT", blob, "odf", []string{asDevice, asBlob}, portal.BlobHashMismatch},
		{"too many bytes", "PUT", blob, "pdf and more", []string{asDevice, asBlob}, portal.BlobHashMismatch},
		{"bad digest", "PUT", "/v1/blobs/xyz", "x", []string{asDevice, asBlob}, portal.BadRequest},
		{"blob not put yet", "GET", blob, "", []string{asDevice}, portal.NotFound},
		{"wrong code", "POST", "/v1/enrol", `{"code":"NO","deviceId":"` + deviceA + `","deviceName":"x","secret":"` + secretA + `"}`, []string{asJSON}, portal.EnrolCode},
		{"unknown path", "GET", "/v1/nothing", "", nil, portal.NotFound},
		{"wrong method", "DELETE", path, "", []string{asDevice}, portal.Method},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := d.ask(c.method, c.path, c.body, c.header...)
			var p portal.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Header().Get("Content-Type") != portal.TypeProblem {
				t.Fatalf("no problem: %d %s", w.Code, w.Body)
			}
			if want := portal.Problems[c.kind]; p.Kind() != c.kind || w.Code != want.Status || p.Status != want.Status || p.Retry != want.Retry {
				t.Errorf("got %d %+v, want %s", w.Code, p, c.kind)
			}
			switch c.kind {
			case portal.Incomplete:
				if !slices.Equal(p.Missing, []string{submit.Digest([]byte("pdf"))}) {
					t.Errorf("missing %v", p.Missing)
				}
			case portal.UnknownBlob:
				if !strings.Contains(p.Detail, submit.Digest([]byte("x"))) {
					t.Errorf("the blob is not named: %q", p.Detail)
				}
			case portal.TooLarge:
				if p.Limit != portal.MaxManifest {
					t.Errorf("limit %d", p.Limit)
				}
			case portal.RevisionConflict:
				if p.Current == nil || *p.Current != 0 {
					t.Errorf("current %v", p.Current)
				}
			}
		})
	}
	d.send(sub) // none of it spoilt the request
}

func TestForbiddenSectionsNeverArrive(t *testing.T) {
	d := openDesk(t, false)
	sub := sample(t, func(s *submit.Submission) {
		s.Kind, s.Summary.AmountFen, s.Summary.Level = submit.Onboarding, "", ""
		s.Document = json.RawMessage(`{"contact":{"name":"张"}}`)
	})
	smuggled := strings.Replace(string(sub.Bytes), `{"contact":{"name":"张"}}`, `{"bank":{"account":"6"},"contact":{"name":"张"}}`, 1)
	smuggled = strings.Replace(smuggled, sub.Submission.DocumentSHA256, submit.Digest([]byte(`{"bank":{"account":"6"},"contact":{"name":"张"}}`)), 1)
	w := d.ask("PUT", portal.RevisionPath(requestID, 1), smuggled, asDevice, asJSON)
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "/document/bank") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	d.send(sample(t, func(s *submit.Submission) { *s = sub.Submission; s.Attachments = nil }))
}

func TestEnrolmentIsThrottled(t *testing.T) {
	d := openDesk(t, false)
	body := `{"code":"GUESS","deviceId":"` + deviceA + `","deviceName":"x","secret":"` + secretA + `"}`
	for range maxFailures {
		if w := d.ask("POST", "/v1/enrol", body, asJSON); w.Code != http.StatusForbidden {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	w := d.ask("POST", "/v1/enrol", body, asJSON)
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	d.Now = func() time.Time { return noon.Add(2 * time.Minute) }
	if w := d.ask("POST", "/v1/enrol", body, asJSON); w.Code != http.StatusForbidden {
		t.Errorf("after the pause: %d", w.Code)
	}
}

func TestKeysSurviveAndRotateUnderTheOldKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key", "portal.key")
	k, err := LoadKeys(path, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	first := k.Public()
	for i := range 2 {
		if err := k.Rotate(bytes.NewReader(bytes.Repeat([]byte{byte(i)}, 32)), noon); err != nil {
			t.Fatal(err)
		}
	}
	again, err := LoadKeys(path, rand.Reader)
	if err != nil || !again.Public().Equal(k.Public()) || len(again.Rotations()) != 2 {
		t.Fatalf("%v", err)
	}
	ring := submit.Keyring{Pinned: first, Rotations: again.Rotations()}
	if pub, err := ring.Key(submit.KeyID(again.Public())); err != nil || !pub.Equal(again.Public()) {
		t.Errorf("the first key does not lead to the last: %v", err)
	}
	if _, err := LoadKeys(path+".empty", io.LimitReader(rand.Reader, 3)); err == nil {
		t.Error("a key was made from too little randomness")
	}
}
