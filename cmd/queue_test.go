package cmd

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// adviser is a desk with an empty case folder, enrolled at a portal through an address that a test may stand at.
func adviser(t *testing.T, b *bureau, address string) *wizard.Desk {
	t.Helper()
	d, closer, err := join.Desk(t.Context(), t.TempDir(), "顾问")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = closer.Close() })
	if _, err := d.Enrol(t.Context(), address, b.code(t), submit.Fingerprint(b.keys.Public())); err != nil {
		t.Fatal(err)
	}
	return d
}

// filled gives bytes that no other attachment has.
func filled(size int) []byte {
	id := uuid.New()
	return append(id[:], bytes.Repeat(id[:], size/16)...)[:size]
}

// bag seals a small request of a new case and puts it into the outbox.
func bag(t *testing.T, d *wizard.Desk, to string, sizes ...int) submit.Sealed {
	t.Helper()
	st, err := d.New(t.Context(), "企业 "+uuid.NewString()[:8])
	if err != nil {
		t.Fatal(err)
	}
	s, err := bagOf(t.Context(), d, st.Case.ID, to, sizes...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func bagOf(ctx context.Context, d *wizard.Desk, caseID, to string, sizes ...int) (submit.Sealed, error) {
	e, err := d.Enrolment(ctx)
	if err != nil {
		return submit.Sealed{}, err
	}
	s := submit.Submission{
		ID: uuid.Must(uuid.NewV7()).String(), Revision: 1, Kind: submit.Application, FormVersion: "2026-1", CaseID: caseID, DeviceID: e.DeviceID,
		DeviceTime: time.Now(), Document: json.RawMessage(`{"form":{}}`), Consent: submit.Consent{Text: "同意", By: "法人", At: time.Now(), Recipient: to},
		Summary: submit.Summary{FirmName: "样例", CreditCode: "91430200MA4L000000", Region: "株洲市", Title: "申报"},
	}
	for i, n := range sizes {
		data := filled(n)
		sha, err := d.Blobs.Put(ctx, data)
		if err != nil {
			return submit.Sealed{}, err
		}
		s.Attachments = append(s.Attachments, submit.Blob{Name: fmt.Sprintf("附件 %d.pdf", i+1), Role: "paper", SHA256: sha, Size: int64(n), Type: "application/pdf"})
	}
	sealed, err := submit.Seal(s)
	if err != nil {
		return sealed, err
	}
	return sealed, d.Outbox.Put(ctx, sealed, time.Now())
}

// front stands before a portal and may answer in its place.
func front(t *testing.T, b *bureau, answer func(w http.ResponseWriter, r *http.Request) bool) string {
	t.Helper()
	target, err := url.Parse(b.URL)
	if err != nil {
		t.Fatal(err)
	}
	pass := httputil.NewSingleHostReverseProxy(target)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !answer(w, r) {
			pass.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestOneBadRequestKeepsNoOtherBack(t *testing.T) {
	b := openBureau(t, "株洲市受理处")
	var refused atomic.Value
	refused.Store("-")
	d := adviser(t, b, front(t, b, func(w http.ResponseWriter, r *http.Request) bool {
		switch {
		case r.Method == http.MethodPut && r.ContentLength == 77_777: // a proxy on the way does not like this file
			http.Error(w, "blocked by policy", http.StatusForbidden)
			return true
		case r.Method == http.MethodPut && strings.HasPrefix(r.URL.Path, portal.RequestPath(refused.Load().(string))):
			p := portal.NewProblem(portal.Validation, "")
			w.Header().Set("Content-Type", portal.TypeProblem)
			w.WriteHeader(p.Status)
			_ = json.NewEncoder(w).Encode(p)
			return true
		}
		return false
	}))
	bag(t, d, b.name, 500)
	bad := bag(t, d, b.name, 500, 77_777)
	held := bag(t, d, b.name, 10)
	refused.Store(held.Submission.ID)
	bag(t, d, b.name, 20_000)
	round, err := d.Flush(t.Context(), false, nil)
	if err != nil || round.Sent != 2 || round.Failed != 2 || round.Held != 1 || round.Left != 1 || round.Next <= 0 {
		t.Fatalf("%+v, %v", round, err)
	}
	waiting, err := d.Queue(t.Context())
	if err != nil || len(waiting) != 2 || waiting[0].ID != bad.Submission.ID || waiting[0].Problem != "E0502" || waiting[0].Rest <= 0 || !waiting[1].Held {
		t.Errorf("%+v, %v", waiting, err)
	}
	if round, err = d.Flush(t.Context(), false, nil); err != nil || round.Sent+round.Failed != 0 {
		t.Errorf("before its time: %+v, %v", round, err)
	}
	refused.Store("-")
	if round, err = d.Flush(t.Context(), true, nil); err != nil || round.Sent != 1 || round.Failed != 1 || round.Left != 1 {
		t.Errorf("a person sends now: %+v, %v", round, err)
	}
}

func TestAPortalThatIsNotThereIsAskedOnceARound(t *testing.T) {
	b := openBureau(t, "株洲市受理处")
	var down atomic.Bool
	var asked atomic.Int64
	d := adviser(t, b, front(t, b, func(w http.ResponseWriter, _ *http.Request) bool {
		if down.Load() {
			asked.Add(1)
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<html>请登录酒店网络</html>")
		}
		return down.Load()
	}))
	for range 5 {
		bag(t, d, b.name, 100)
	}
	down.Store(true)
	round, err := d.Flush(t.Context(), false, nil)
	if err != nil || round.Sent != 0 || round.Failed != 1 || round.Left != 5 || survey.CodeOf(round.Last) != survey.CodePortalAnswer {
		t.Errorf("%+v %v, %v", round, round.Last, err)
	}
	if asked.Load() > 2 {
		t.Errorf("the network's page was asked %d times", asked.Load())
	}
	down.Store(false)
	if round, err := d.Flush(t.Context(), true, nil); err != nil || round.Sent != 5 || round.Left != 0 {
		t.Errorf("%+v, %v", round, err)
	}
}

func TestTheQueueGoesOnByItselfAndWaitsAsLongAsIsAsked(t *testing.T) {
	b := openBureau(t, "株洲市受理处")
	var busy atomic.Int64
	d := adviser(t, b, front(t, b, func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/commit") || busy.Add(-1) < 0 {
			return false
		}
		w.Header().Set("Retry-After", "600")
		http.Error(w, "restarting", http.StatusServiceUnavailable)
		return true
	}))
	bag(t, d, b.name, 3000)
	busy.Store(3)
	now := time.Now()
	d.Now = func() time.Time { return now }
	var waits []time.Duration
	rounds := 0
	err := d.Keep(t.Context(), true, func(_ context.Context, w time.Duration) error {
		waits = append(waits, w)
		now = now.Add(w)
		return nil
	}, nil, func(wizard.Round, error) { rounds++ })
	var whole time.Duration
	for _, w := range waits {
		whole += w
	}
	if err != nil || rounds < 4 || whole < 30*time.Minute {
		t.Errorf("%v after %d rounds, waited %v", err, rounds, waits)
	}
	if left, err := d.Queue(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("%+v %v", left, err)
	}
	stop := errors.New("the program ends")
	bag(t, d, b.name, 10)
	busy.Store(100)
	if err := d.Keep(t.Context(), true, func(context.Context, time.Duration) error { return stop }, nil, func(wizard.Round, error) {}); !errors.Is(err, stop) {
		t.Error(err)
	}
}

func TestAClockThatJumpsAYearHoldsNothingBack(t *testing.T) {
	b := openBureau(t, "株洲市受理处")
	var down atomic.Bool
	d := adviser(t, b, front(t, b, func(w http.ResponseWriter, _ *http.Request) bool {
		if down.Load() {
			http.Error(w, "", http.StatusBadGateway)
		}
		return down.Load()
	}))
	year := time.Now().AddDate(1, 0, 0)
	d.Now = func() time.Time { return year }
	bag(t, d, b.name, 100)
	down.Store(true)
	if round, err := d.Flush(t.Context(), false, nil); err != nil || round.Failed != 1 {
		t.Fatalf("%+v %v", round, err)
	}
	down.Store(false)
	d.Now = time.Now // the clock was set right: the next try lies a year ahead
	if round, err := d.Flush(t.Context(), false, nil); err != nil || round.Sent != 1 {
		t.Errorf("%+v %v", round, err)
	}
}

func TestWhatIsPausedStaysUntilItGoesOn(t *testing.T) {
	b := openBureau(t, "株洲市受理处")
	d := adviser(t, b, b.URL)
	s := bag(t, d, b.name, 100)
	if err := d.Pause(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := d.Flush(t.Context(), true, nil)
	wantCode(t, err, survey.CodePaused, "")
	_, err = d.Send(t.Context(), s.Submission.CaseID, submit.Application, nil)
	wantCode(t, err, survey.CodePaused, "")
	if held := heldIn(t, b.store); len(held) != 0 {
		t.Errorf("the portal holds %+v", held)
	}
	if err := d.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if round, err := d.Flush(t.Context(), false, nil); err != nil || round.Sent != 1 {
		t.Errorf("%+v %v", round, err)
	}
	for rate, code := range map[int64]survey.Code{1: survey.CodeField, -1: survey.CodeField, 2e9: survey.CodeField} {
		wantCode(t, d.SetRate(t.Context(), rate), code, "")
	}
	if err := d.SetRate(t.Context(), 5_000_000); err != nil {
		t.Error(err)
	}
	bag(t, d, b.name, 300_000)
	if round, err := d.Flush(t.Context(), false, nil); err != nil || round.Sent != 1 {
		t.Errorf("on a bounded line: %+v %v", round, err)
	}
}

// What happened at the portal is learnt by the number of its feed: only requests that something happened to are asked about, each once.
func TestNewsComeByTheFeedAndOnce(t *testing.T) {
	b := openBureau(t, "株洲市受理处")
	var asked atomic.Int64
	d := adviser(t, b, front(t, b, func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/decisions") {
			asked.Add(1)
		}
		return false
	}))
	var all []submit.Sealed
	for range 4 {
		all = append(all, bag(t, d, b.name, 100))
	}
	if round, err := d.Flush(t.Context(), false, nil); err != nil || round.Sent != 4 {
		t.Fatalf("%+v %v", round, err)
	}
	if _, err := d.News(t.Context()); err != nil {
		t.Fatal(err)
	}
	asked.Store(0)
	if changed, err := d.News(t.Context()); err != nil || len(changed) != 0 || asked.Load() != 0 {
		t.Errorf("nothing happened: %v %v, asked %d times", changed, err, asked.Load())
	}
	clerk := b.program(t, inbox.Account{Login: "clerk", Name: "受理员", Role: inbox.RoleReviewer})
	b.ask(t, clerk, all[2].Submission.ID, "decisions", portal.Decide{Event: submit.EventReview})
	b.ask(t, clerk, all[2].Submission.ID, "decisions", portal.Decide{Event: submit.EventReturn, Reasons: []submit.Reason{{Pointer: "/attachments/0", Code: "D03", Text: "看不清"}}})
	changed, err := d.News(t.Context())
	if err != nil || len(changed) != 1 || changed[0] != all[2].Submission.CaseID || asked.Load() != 1 {
		t.Errorf("%v %v, asked %d times", changed, err, asked.Load())
	}
	if st, err := d.Open(t.Context(), all[2].Submission.CaseID); err != nil || st.Requests[0].State != submit.StateReturned {
		t.Errorf("%+v %v", st.Requests, err)
	}
}

func TestTheQueueOnTheCommandLine(t *testing.T) {
	o := openOffice(t)
	data, _ := firm(t)
	o.enrol(t, data, o.address)
	o.kill()
	runCtl(t, o.bin, data, "send", "--agree").want(t, 5, "E0501")
	runCtl(t, o.bin, data, "outbox", "list").want(t, 0, "后再试")
	runCtl(t, o.bin, data, "outbox", "pause").want(t, 0, "报送已暂停")
	o.start(t)
	runCtl(t, o.bin, data, "outbox", "run", "--now").want(t, 5, "E0507")
	runCtl(t, o.bin, data, "outbox", "resume").want(t, 0, "可以继续")
	runCtl(t, o.bin, data, "outbox", "limit", "20000000").want(t, 0, "20000000")
	runCtl(t, o.bin, data, "outbox", "run", "--now").want(t, 0, "送达 1 份")
	runCtl(t, o.bin, data, "outbox", "list").want(t, 0, "没有等待报送的申请")
	o.wantOne(t, 1)
	runCtl(t, o.bin, data, "receipt", "--pdf", t.TempDir()).want(t, 0, "已写好")
}
