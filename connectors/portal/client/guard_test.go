package client_test

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// answering stands where the portal should be.
func answering(t *testing.T, h http.HandlerFunc) submit.Enrolment {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return submit.Enrolment{Address: s.URL, Token: "t", Keys: submit.Keyring{Pinned: make(ed25519.PublicKey, 32)}}
}

func TestWhatIsNoPortalIsNamed(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", portal.TypeJSON)
		_, _ = io.WriteString(w, `{"state":"received","missing":[]}`)
	}))
	defer other.Close()
	cases := map[string]struct {
		answer http.HandlerFunc
		code   survey.Code
		detail string
	}{
		"captive portal, 200 HTML": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, "<html>请登录网络</html>")
		}, survey.CodePortalAnswer, "text/html"},
		"HTML called JSON": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", portal.TypeJSON)
			_, _ = io.WriteString(w, "<html>")
		}, survey.CodePortalAnswer, "读不懂"},
		"redirect to another host": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+r.URL.Path, http.StatusTemporaryRedirect)
		}, survey.CodePortalAnswer, "被转到 127.0.0.1"},
		"redirect to a log-in page": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/login", http.StatusFound)
		}, survey.CodePortalAnswer, "被转到"},
		"204": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }, survey.CodePortalAnswer, "204"},
		"201 JSON": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", portal.TypeJSON)
			w.WriteHeader(http.StatusCreated)
			_, _ = io.WriteString(w, `{}`)
		}, survey.CodePortalAnswer, "201"},
		"foreign 404": {func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, survey.CodePortalAnswer, "404"},
		"a proxy without its portal": {func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "bad gateway", http.StatusBadGateway)
		}, survey.CodePortalBusy, ""},
		"endless answer": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", portal.TypeJSON)
			chunk := make([]byte, 64<<10)
			for range 64 {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		}, survey.CodePortalAnswer, "过大"},
		"line cut in the answer": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", portal.TypeJSON)
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, `{"state":`)
			panic(http.ErrAbortHandler)
		}, survey.CodePortalCut, ""},
		"line cut before the answer": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, survey.CodePortalCut, ""},
		"asks for foreign files": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", portal.TypeJSON)
			_, _ = io.WriteString(w, `{"state":"incomplete","missing":["`+submit.Digest([]byte("secret"))+`"]}`)
		}, survey.CodePortalAnswer, "清单以外"},
		"asks to come later": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", portal.TypeProblem)
			w.WriteHeader(http.StatusInsufficientStorage)
			_ = json.NewEncoder(w).Encode(portal.NewProblem(portal.StorageFull, ""))
		}, survey.CodePortalBusy, "磁盘已满"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := samplePapers()
			_, err := client.New().Send(t.Context(), answering(t, c.answer), sealed(t, p, nil), p.open, nil)
			wantCode(t, err, c.code)
			if !strings.Contains(survey.DetailOf(err), c.detail) {
				t.Errorf("detail %q does not name %q", survey.DetailOf(err), c.detail)
			}
		})
	}
}

func TestPortalDownCancelledAndSlow(t *testing.T) {
	p := samplePapers()
	sub := sealed(t, p, nil)
	down := answering(t, nil)
	down.Address = "http://127.0.0.1:1"
	_, err := client.New().Send(t.Context(), down, sub, p.open, nil)
	wantCode(t, err, survey.CodePortalDown)
	if retry, after := client.Retry(err); retry != portal.RetryAfter || after <= 0 {
		t.Errorf("retry %s %s", retry, after)
	}
	ended := make(chan struct{})
	silent := answering(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-ended:
		}
	})
	t.Cleanup(func() { close(ended) })
	_, err = client.New(client.WithTimeouts(time.Minute, 50*time.Millisecond)).Send(t.Context(), silent, sub, p.open, nil)
	wantCode(t, err, survey.CodePortalDown)
	ctx, cancel := context.WithCancel(t.Context())
	go cancel()
	_, err = client.New().Send(ctx, silent, sub, p.open, nil)
	wantCode(t, err, survey.CodeCancelled)
}

func TestLineCutInTheMiddleOfABlobIsMendedByTheNextAttempt(t *testing.T) {
	o := openOffice(t)
	e := o.enrol(t, deviceID)
	p := samplePapers()
	sub := sealed(t, p, nil)
	through := e
	through.Address = "http://" + cutAfter(t, strings.TrimPrefix(o.URL, "http://"), 20_000)
	_, err := client.New().Send(t.Context(), through, sub, p.open, nil)
	wantCode(t, err, survey.CodePortalCut)
	if _, err := client.New().Send(t.Context(), e, sub, p.open, nil); err != nil {
		t.Error(err)
	}
}

// cutAfter forwards to address and drops each line after n bytes from the sender.
func cutAfter(t *testing.T, address string, n int64) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", address)
			if err != nil {
				_ = in.Close()
				continue
			}
			go func() { _, _ = io.Copy(in, out) }()
			go func() {
				_, _ = io.Copy(out, io.LimitReader(in, n))
				_, _ = in.Close(), out.Close()
			}()
		}
	}()
	return l.Addr().String()
}

func TestOnlyThePinnedKeyCounts(t *testing.T) {
	o, stranger := openOffice(t), openOffice(t)
	e := o.enrol(t, deviceID)
	p := samplePapers()
	sub := sealed(t, p, nil)
	moved := stranger.enrol(t, deviceID)
	moved.Keys = e.Keys // another portal under the enrolled name
	_, err := client.New().Send(t.Context(), moved, sub, p.open, nil)
	wantCode(t, err, survey.CodePortalKey)
	if _, err := client.New().Receipt(t.Context(), moved, sub); survey.CodeOf(err) != survey.CodePortalKey {
		t.Errorf("receipt of a stranger: %v", err)
	}

	if _, err := client.New().Send(t.Context(), e, sub, p.open, nil); err != nil {
		t.Fatal(err)
	}
	if err := o.keys.Rotate(strings.NewReader(strings.Repeat("k", 32)), noon); err != nil {
		t.Fatal(err)
	}
	next := sealed(t, p, func(s *submit.Submission) { s.Revision, s.Base = 2, 1 })
	second, err := client.New().Send(t.Context(), e, next, p.open, nil)
	if err != nil || second.PortalKeyID != submit.KeyID(o.keys.Public()) || second.PortalKeyID == submit.KeyID(e.Keys.Pinned) {
		t.Errorf("after a rotation: %+v, %v", second, err)
	}
	if _, err := client.New().Receipt(t.Context(), e, sub); err != nil {
		t.Errorf("the receipt under the old key: %v", err)
	}
}

func TestATamperedReceiptOnTheLineIsRefused(t *testing.T) {
	o := openOffice(t)
	e := o.enrol(t, deviceID)
	p := samplePapers()
	sub := sealed(t, p, nil)
	for name, change := range map[string]func(*submit.Receipt){
		"other digest":   func(r *submit.Receipt) { r.ManifestSHA256 = submit.Digest([]byte("x")) },
		"other revision": func(r *submit.Receipt) { r.Revision = 7 },
		"other number":   func(r *submit.Receipt) { r.Number = "SY-2026-000999-1" },
		"no signature":   func(r *submit.Receipt) { r.Signature = nil },
	} {
		t.Run(name, func(t *testing.T) {
			line := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				rec := httptest.NewRecorder()
				o.Config.Handler.ServeHTTP(rec, r)
				body := rec.Body.Bytes()
				if strings.HasSuffix(r.URL.Path, "/commit") {
					var receipt submit.Receipt
					_ = json.Unmarshal(body, &receipt)
					change(&receipt)
					body, _ = json.Marshal(receipt)
				}
				w.Header().Set("Content-Type", rec.Header().Get("Content-Type"))
				w.WriteHeader(rec.Code)
				_, _ = w.Write(body)
			}))
			defer line.Close()
			through := e
			through.Address = line.URL
			_, err := client.New().Send(t.Context(), through, sub, p.open, nil)
			wantCode(t, err, survey.CodeReceipt)
		})
	}
}

func TestEnrolmentIsRepeatableAndItsCodeIsUsedOnce(t *testing.T) {
	o := openOffice(t)
	if err := o.store.AddEnrolCode(t.Context(), "ABCD-EFGH", noon, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	en := o.enrolling("abcdefgh", deviceID)
	c := client.New()

	wrong := en
	wrong.Fingerprint = "0000 0000 0000 0000 0000 0000 0000 0000"
	_, err := c.Enrol(t.Context(), wrong)
	wantCode(t, err, survey.CodePortalKey)

	first, err := c.Enrol(t.Context(), en)
	if err != nil {
		t.Fatal(err)
	}
	again, err := c.Enrol(t.Context(), en)
	if err != nil || again.Token != first.Token {
		t.Errorf("the same enrolment again: %v", err)
	}
	_, err = c.Enrol(t.Context(), o.enrolling("ABCD-EFGH", "01938a5e-7c00-7000-8000-00000000d002"))
	wantCode(t, err, survey.CodeEnrol)
	_, err = c.Enrol(t.Context(), o.enrolling("ZZZZ-ZZZZ", deviceID))
	wantCode(t, err, survey.CodeEnrol)

	if err := o.store.Revoke(t.Context(), inbox.Who{Role: inbox.RoleAdmin, Login: "chief"}, deviceID, time.Time{}, noon); err != nil {
		t.Fatal(err)
	}
	p := samplePapers()
	_, err = c.Send(t.Context(), first, sealed(t, p, nil), p.open, nil)
	wantCode(t, err, survey.CodePortalRefused)
}

func TestAnExpiredCodeIsRefused(t *testing.T) {
	o := openOffice(t)
	if err := o.store.AddEnrolCode(t.Context(), "OLD", noon.Add(-2*time.Hour), noon.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	_, err := client.New().Enrol(t.Context(), o.enrolling("OLD", deviceID))
	wantCode(t, err, survey.CodeEnrol)
}

func TestAddresses(t *testing.T) {
	for address, want := range map[string]survey.Code{
		"https://portal.example": "", "https://portal.example:8443/": "", "http://127.0.0.1:8070": "", "http://localhost": "", "http://[::1]:1": "",
		"http://portal.example": survey.CodeInsecure, "ftp://127.0.0.1": survey.CodeInsecure, "http://127.0.0.1.evil.example": survey.CodeInsecure,
		"portal.example": survey.CodeField, "https://u:p@portal.example": survey.CodeField, "https://portal.example/x": survey.CodeField, "https://portal.example?x=1": survey.CodeField, "": survey.CodeField,
	} {
		err := client.CheckAddress(address)
		if want == "" && err != nil || want != "" && (err == nil || survey.CodeOf(err) != want) {
			t.Errorf("%q: got %v, want %q", address, err, want)
		}
	}
}

func TestUntrustedCertificateIsNamed(t *testing.T) {
	s := httptest.NewTLSServer(http.NotFoundHandler())
	defer s.Close()
	s.Config.ErrorLog = nil
	_, err := client.New().Key(t.Context(), s.URL)
	wantCode(t, err, survey.CodePortalAnswer)
	if survey.DetailOf(err) != "证书不可信" {
		t.Errorf("detail %q", survey.DetailOf(err))
	}
}

func TestFullPortalDiskAsksToComeLater(t *testing.T) {
	err := &survey.Error{Code: survey.CodePortalBusy, Err: portal.NewProblem(portal.StorageFull, "")}
	if retry, after := client.Retry(err); retry != portal.RetryAfter || after != 30*time.Second {
		t.Errorf("retry %s %s", retry, after)
	}
	if retry, _ := client.Retry(errors.Join(inbox.ErrNotFound)); retry != portal.RetryNever {
		t.Errorf("retry %s", retry)
	}
}
