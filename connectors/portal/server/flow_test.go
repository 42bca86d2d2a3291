package server

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// status asks where a request stands.
func (d desk) status(id, as string) (portal.Status, string) {
	d.t.Helper()
	w := d.ask("GET", portal.RequestPath(id), "", as)
	var s portal.Status
	if err := json.Unmarshal(w.Body.Bytes(), &s); err != nil || w.Code != 200 {
		d.t.Fatalf("%d %s", w.Code, w.Body)
	}
	return s, w.Header().Get("ETag")
}

// decide asks for a decision and gives the status and the body.
func (d desk) decide(id, as, match string, ask portal.Decide) (int, portal.Decided, portal.Problem) {
	d.t.Helper()
	b, err := json.Marshal(ask)
	if err != nil {
		d.t.Fatal(err)
	}
	w := d.ask("POST", portal.RequestPath(id)+"/decisions", string(b), as, asJSON, "If-Match: "+match)
	var done portal.Decided
	var p portal.Problem
	_, _ = json.Unmarshal(w.Body.Bytes(), &done), json.Unmarshal(w.Body.Bytes(), &p)
	return w.Code, done, p
}

func TestAcceptingTakesTwoPeopleWhoLookedAtTheSame(t *testing.T) {
	d := openTown(t)
	_, tag := d.status(requestID, d.keys["clerk"])
	if code, _, p := d.decide(requestID, d.keys["clerk"], `"v999"`, portal.Decide{Event: submit.EventReview}); code != 412 || p.Kind() != portal.Stale {
		t.Errorf("a stale look: %d %+v", code, p)
	}
	if w := d.ask("POST", portal.RequestPath(requestID)+"/decisions", `{"event":"review"}`, d.keys["clerk"], asJSON); w.Code != 428 {
		t.Errorf("no If-Match: %d", w.Code)
	}
	if code, _, p := d.decide(requestID, d.keys["clerk"], tag, portal.Decide{Event: submit.EventAccept}); code != 409 || p.Kind() != portal.NotAllowedNow {
		t.Errorf("accepted before the review: %d %+v", code, p)
	}
	if code, done, _ := d.decide(requestID, d.keys["clerk"], tag, portal.Decide{Event: submit.EventReview}); code != 200 || done.State != submit.StateInReview {
		t.Fatalf("review: %d %+v", code, done)
	}
	_, tag = d.status(requestID, d.keys["clerk"])
	if code, _, p := d.decide(requestID, d.keys["clerk"], tag, portal.Decide{Event: submit.EventAccept}); code != 409 || p.Kind() != portal.NotReviewable {
		t.Errorf("accepted with an unchecked paper: %d %+v", code, p)
	}
	if w := d.do(d.cookies["clerk"], "/requests/"+requestID+"/check", url.Values{"n": {"1"}, "position": {"0"}, "done": {"yes"}}); w.Code != 303 {
		t.Fatalf("check: %d", w.Code)
	}
	for range 2 { // the same person twice is still one person
		_, tag = d.status(requestID, d.keys["clerk"])
		if code, done, _ := d.decide(requestID, d.keys["clerk"], tag, portal.Decide{Event: submit.EventAccept}); code != 200 || !done.Waits || done.State != submit.StateInReview {
			t.Fatalf("first word: %d %+v", code, done)
		}
	}
	_, tag = d.status(requestID, d.keys["chief"])
	code, done, _ := d.decide(requestID, d.keys["chief"], tag, portal.Decide{Event: submit.EventAccept})
	if code != 200 || done.Waits || done.State != submit.StateAccepted {
		t.Fatalf("second word: %d %+v", code, done)
	}
	ring := submit.Keyring{Pinned: d.Keys.Public()}
	if err := ring.VerifyDecision(*done.Decision, sample(t, nil)); err != nil {
		t.Errorf("the decision's signature: %v", err)
	}
	if err := d.Store.CheckAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAReturnNamesFieldsAndRevisionTwoGoesIn(t *testing.T) {
	d := openTown(t)
	clerk := d.cookies["clerk"]
	version := func() string { s, _ := d.status(requestID, d.keys["clerk"]); return strconv.Itoa(s.Version) }
	at := "/requests/" + requestID
	d.do(clerk, at+"/decide", url.Values{"event": {"review"}, "version": {version()}})
	w := d.do(clerk, at+"/decide", url.Values{"event": {"return"}, "version": {version()}, "pointer": {"/document/form/nowhere"}, "code": {"T01"}, "text": {"仍在输入的话"}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "仍在输入的话") || !strings.Contains(w.Body.String(), "所指的字段不在这一版里") {
		t.Errorf("a field of nowhere: %d", w.Code)
	}
	w = d.do(clerk, at+"/decide", url.Values{"event": {"return"}, "version": {version()}, "pointer": {"/document/policy/clause", "/attachments/0", ""}, "code": {"T01", "D03", ""}, "text": {"日期不合", "看不清", ""}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("return: %d %s", w.Code, w.Body)
	}
	s, _ := d.status(requestID, asDevice)
	if s.State != submit.StateReturned || s.Decision == nil || len(s.Decision.Reasons) != 2 || s.Decision.Reasons[1].Pointer != "/attachments/0" {
		t.Fatalf("status %+v", s)
	}
	next := sample(t, func(s *submit.Submission) {
		s.Revision, s.Base = 2, 1
		s.Document = json.RawMessage(strings.Replace(string(s.Document), "第三条", "第五条", 1))
	})
	d.send(next)
	page := d.ask("GET", at, "", clerk).Body.String()
	for _, want := range []string{"待受理", "看不清", "/compare?from=1"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	compared := d.ask("GET", at+"/compare", "", clerk).Body.String()
	for _, want := range []string{"<del>第三条</del>", "<ins>第五条</ins>", "退回处"} {
		if !strings.Contains(compared, want) {
			t.Errorf("the comparison lacks %q", want)
		}
	}
	var feed portal.Changes
	if err := json.Unmarshal(d.ask("GET", "/v1/changes?after=0", "", asDevice).Body.Bytes(), &feed); err != nil {
		t.Fatal(err)
	}
	var types []string
	for i, c := range feed.Changes {
		if c.ID == requestID {
			types = append(types, c.Type)
		}
		if i > 0 && c.Seq <= feed.Changes[i-1].Seq {
			t.Errorf("out of order: %+v", feed.Changes)
		}
	}
	if strings.Join(types, " ") != "commit review return commit" {
		t.Errorf("feed %v", types)
	}
	if w := d.ask("GET", "/v1/changes?after="+strconv.FormatInt(feed.Next, 10), "", asDevice); !strings.Contains(w.Body.String(), `"changes":[]`) {
		t.Errorf("nothing new, but %s", w.Body)
	}
}

func TestADeviceWithAKeyGetsShortTokens(t *testing.T) {
	d := openDesk(t, false)
	if err := d.Store.AddCode(t.Context(), inbox.Who{}, inbox.Code{Code: "KEY", Expires: noon.Add(time.Hour)}, noon); err != nil {
		t.Fatal(err)
	}
	private := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{3}, 32))
	enrol := fmt.Sprintf(`{"code":"KEY","deviceId":%q,"deviceName":"x","publicKey":%q}`, deviceB, base64.StdEncoding.EncodeToString(private.Public().(ed25519.PublicKey)))
	for range 2 { // a lost answer: once more
		if w := d.ask("POST", "/v1/enrol", enrol, asJSON); w.Code != 200 || strings.Contains(w.Body.String(), `"token":"0`) {
			t.Fatalf("enrol: %d %s", w.Code, w.Body)
		}
	}
	token := func(key ed25519.PrivateKey) (int, string) {
		var c portal.Challenge
		if err := json.Unmarshal(d.ask("POST", "/v1/challenge", "").Body.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(portal.AskToken{DeviceID: deviceB, Nonce: c.Nonce, Signature: ed25519.Sign(key, portal.ChallengeBytes(deviceB, c.Nonce))})
		if err != nil {
			t.Fatal(err)
		}
		w := d.ask("POST", "/v1/token", string(b), asJSON)
		var got portal.Token
		_ = json.Unmarshal(w.Body.Bytes(), &got)
		return w.Code, "Authorization: Bearer " + got.Token
	}
	code, as := token(private)
	if code != 200 || d.ask("GET", "/v1/changes", "", as).Code != 200 {
		t.Fatalf("token: %d %s", code, as)
	}
	if code, _ := token(ed25519.NewKeyFromSeed(bytes.Repeat([]byte{4}, 32))); code != 401 {
		t.Errorf("another key got a token: %d", code)
	}
	if w := d.ask("GET", "/v1/changes", "", strings.Replace(as, deviceB, deviceA, 1)); w.Code != 401 {
		t.Errorf("another device's name under it: %d", w.Code)
	}
	d.Now = func() time.Time { return noon.Add(portal.TokenLife) }
	w := d.ask("GET", "/v1/changes", "", as)
	if w.Code != 401 || !strings.Contains(w.Body.String(), "token-expired") || !strings.Contains(w.Body.String(), `"retry":"same"`) {
		t.Errorf("an old token: %d %s", w.Code, w.Body)
	}
	if code, as = token(private); code != 200 || d.ask("GET", "/v1/changes", "", as).Code != 200 {
		t.Errorf("a new token: %d", code)
	}
	if err := d.Store.Revoke(t.Context(), inbox.Who{Role: inbox.RoleAdmin, Login: "chief"}, deviceB, noon, noon); err != nil {
		t.Fatal(err)
	}
	if w := d.ask("GET", "/v1/changes", "", as); w.Code != 401 {
		t.Errorf("a lost device's token: %d", w.Code)
	}
	if code, _ := token(private); code != 401 {
		t.Errorf("a lost device got a token: %d", code)
	}
}

func TestALargeBlobGoesInPieces(t *testing.T) {
	d := openDesk(t, false)
	big := bytes.Repeat([]byte("0123456789abcdef"), 4096)
	sub := sample(t, func(s *submit.Submission) {
		s.Attachments = []submit.Blob{{Name: "大.pdf", Role: "paper", SHA256: submit.Digest(big), Size: int64(len(big)), Type: "application/pdf"}}
	})
	path := portal.RevisionPath(requestID, 1)
	d.ask("PUT", path, string(sub.Bytes), asDevice, asJSON)
	const v1 = "Tus-Resumable: 1.0.0"
	create := func(digest string, size int) *httptest.ResponseRecorder {
		return d.ask("POST", "/v1/uploads", "", asDevice, v1, "Upload-Length: "+strconv.Itoa(size), "Upload-Metadata: sha256 "+base64.StdEncoding.EncodeToString([]byte(digest)))
	}
	if w := create(submit.Digest([]byte("other")), 5); w.Code != 422 || !strings.Contains(w.Body.String(), "unknown-blob") || w.Header().Get("Content-Type") != portal.TypeProblem {
		t.Errorf("a blob of no request: %d %s", w.Code, w.Body)
	}
	piece := func(at string, offset int, b []byte) *httptest.ResponseRecorder {
		return d.ask("PATCH", at, string(b), asDevice, v1, "Upload-Offset: "+strconv.Itoa(offset), "Content-Type: application/offset+octet-stream")
	}
	begin := func() string {
		w := create(submit.Digest(big), len(big))
		u, err := url.Parse(w.Header().Get("Location"))
		if w.Code != 201 || err != nil {
			t.Fatalf("create: %d %s", w.Code, w.Body)
		}
		return u.Path
	}
	// Other bytes than announced: refused at the end, and gone.
	at := begin()
	wrong := bytes.Clone(big)
	wrong[7]++
	if w := piece(at, 0, wrong); w.Code != 422 || !strings.Contains(w.Body.String(), "blob-hash-mismatch") {
		t.Errorf("other bytes: %d %s", w.Code, w.Body)
	}
	if w := d.ask("PUT", path+"/commit", `{"manifestSha256":"`+sub.SHA256+`"}`, asDevice, asJSON); w.Code != 409 {
		t.Errorf("commit without the blob: %d", w.Code)
	}
	// In pieces, with a gap that is refused and an offset that can be asked for.
	at = begin()
	if w := piece(at, 0, big[:10000]); w.Code != 204 {
		t.Fatalf("first piece: %d %s", w.Code, w.Body)
	}
	if w := piece(at, 20000, big[20000:]); w.Code != 409 || !strings.Contains(w.Body.String(), "offset-mismatch") {
		t.Errorf("a gap: %d %s", w.Code, w.Body)
	}
	if w := d.ask("HEAD", at, "", asDevice, v1); w.Code != 200 || w.Header().Get("Upload-Offset") != "10000" {
		t.Errorf("offset %q (%d)", w.Header().Get("Upload-Offset"), w.Code)
	}
	if w := d.ask("HEAD", at, "", "Authorization: Bearer "+deviceA+"."+strings.Repeat("c", 64), v1); w.Code != 401 {
		t.Errorf("another secret: %d", w.Code)
	}
	if w := piece(at, 10000, big[10000:]); w.Code != 204 {
		t.Fatalf("last piece: %d %s", w.Code, w.Body)
	}
	if w := d.ask("HEAD", at, "", asDevice, v1); w.Header().Get("Upload-Offset") != strconv.Itoa(len(big)) {
		t.Errorf("a finished upload stands at %q", w.Header().Get("Upload-Offset"))
	}
	if w := d.ask("PUT", path+"/commit", `{"manifestSha256":"`+sub.SHA256+`"}`, asDevice, asJSON); w.Code != 200 {
		t.Errorf("commit: %d %s", w.Code, w.Body)
	}
	if w := d.ask("GET", portal.BlobPath(submit.Digest(big)), "", asDevice); !bytes.Equal(w.Body.Bytes(), big) {
		t.Error("the blob differs")
	}
}

func TestAnOperatorAnswersAndTheFirmGetsTheProof(t *testing.T) {
	d := openTown(t)
	at := portal.RequestPath(onboardingID)
	say := func(as, body string) *httptest.ResponseRecorder {
		_, tag := d.status(onboardingID, d.keys["near"])
		return d.ask("POST", at+"/answers", body, as, asJSON, "If-Match: "+tag)
	}
	if w := say(d.keys["near"], `{"step":"quoted","quoteFen":"100"}`); w.Code != 409 {
		t.Errorf("a quote before taking: %d %s", w.Code, w.Body)
	}
	for _, body := range []string{`{"step":"taken"}`, `{"step":"quoted","quoteFen":"1200000","note":"含安装"}`, `{"step":"signed","quoteFen":"1200000"}`} {
		if w := say(d.keys["near"], body); w.Code != 200 {
			t.Fatalf("%s: %d %s", body, w.Code, w.Body)
		}
	}
	paper := "上云证明"
	digest := submit.Digest([]byte(paper))
	live := fmt.Sprintf(`{"step":"live","goLive":"2026-11-20","months":3,"files":[{"name":"上云证明.pdf","role":"proof","sha256":%q,"size":%d,"type":"application/pdf"}]}`, digest, len(paper))
	if w := say(d.keys["near"], live); w.Code != 409 || !strings.Contains(w.Body.String(), digest) {
		t.Errorf("a paper that nobody put: %d %s", w.Code, w.Body)
	}
	if w := d.ask("PUT", at+"/files/"+digest, paper, d.keys["near"], asBlob); w.Code != 200 {
		t.Fatalf("put: %d %s", w.Code, w.Body)
	}
	if w := say(d.keys["near"], live); w.Code != 200 {
		t.Fatalf("live: %d %s", w.Code, w.Body)
	}
	var all portal.Answers
	if err := json.Unmarshal(d.ask("GET", at+"/answers", "", asDevice).Body.Bytes(), &all); err != nil || len(all.Answers) != 4 {
		t.Fatalf("%+v %v", all, err)
	}
	last := all.Answers[3]
	if err := (submit.Keyring{Pinned: d.Keys.Public()}).VerifyAnswer(last, onboarding(t)); err != nil || last.Operator != "近平台" || last.Months != 3 {
		t.Errorf("%+v %v", last, err)
	}
	if w := d.ask("GET", at+"/files/"+digest, "", asDevice); w.Body.String() != paper {
		t.Errorf("the firm's device gets %d %s", w.Code, w.Body)
	}
	if s, _ := d.status(onboardingID, asDevice); s.State != submit.StateAccepted || s.Step != submit.StepLive {
		t.Errorf("status %+v", s)
	}
}
