package platform

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/intake"
	"github.com/shangyuntong/shangyun/survey/submit"
)

var noon = time.Date(2026, 11, 28, 4, 0, 0, 0, time.UTC)

func request(t *testing.T) submit.Sealed {
	t.Helper()
	s, err := submit.Seal(submit.Submission{
		ID: "01938a5e-7c00-7000-8000-000000000001", Revision: 1, Kind: submit.Onboarding, FormVersion: "2026-1", CaseID: "c", DeviceID: "01938a5e-7c00-7000-8000-00000000d001",
		DeviceTime: noon, Document: json.RawMessage(`{"contact":{"name":"张三"}}`), Consent: submit.Consent{Text: "同意", By: "法人", At: noon, Recipient: "平台"},
		Summary: submit.Summary{FirmName: "样例", CreditCode: "91430200MA4L000000", Region: "株洲市", Title: "上云对接"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func packOf(auth intake.Auth) *intake.Pack {
	return &intake.Pack{ID: "local", Title: "本机", Auth: auth,
		Send:   intake.Send{Method: "POST", Path: "/in", Headers: map[string]string{"Idempotency-Key": "{/id}-{/revision}"}, Body: map[string]any{"who": "{/summary/firmName}", "all": "{/document}"}},
		Answer: intake.Answer{Accepted: []int{201}, Refused: []int{422}, Number: "/ticket", Message: "/message"}}
}

// receiver is a platform's intake: a real HTTP server on this machine that checks who sends.
func receiver(t *testing.T, who func(r *http.Request, body []byte) bool) (*httptest.Server, *int) {
	t.Helper()
	taken := map[string]bool{}
	n := 0
	mux := http.NewServeMux()
	mux.HandleFunc("POST /oauth/token", func(w http.ResponseWriter, r *http.Request) {
		id, secret, ok := r.BasicAuth()
		if !ok || id != "me" || secret != "s" || r.FormValue("grant_type") != "client_credentials" || r.FormValue("scope") != "a.b" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = io.WriteString(w, `{"access_token":"short","token_type":"Bearer"}`)
	})
	mux.HandleFunc("POST /in", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if !who(r, body) {
			w.WriteHeader(http.StatusUnprocessableEntity)
			_, _ = io.WriteString(w, `{"message":"谁？"}`)
			return
		}
		var got struct {
			Who string
			All struct{ Contact struct{ Name string } }
		}
		if json.Unmarshal(body, &got) != nil || got.Who != "样例" || got.All.Contact.Name != "张三" {
			t.Errorf("got %s", body)
		}
		if key := r.Header.Get("Idempotency-Key"); !taken[key] {
			taken[key] = true
			n++
		}
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"ticket":"T-7"}`)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s, &n
}

func TestEachWayToShowWhoSendsAtALocalReceiver(t *testing.T) {
	secret := map[string]string{"secret": "s"}
	for name, c := range map[string]struct {
		auth    intake.Auth
		secrets map[string]string
		who     func(r *http.Request, body []byte) bool
	}{
		"key": {intake.Auth{Kind: intake.AuthKey, Header: "X-Key", Prefix: "K "}, secret, func(r *http.Request, _ []byte) bool { return r.Header.Get("X-Key") == "K s" }},
		"hmac": {intake.Auth{Kind: intake.AuthHMAC, Header: "X-Sig", Timestamp: "X-At", Prefix: "sha256="}, secret, func(r *http.Request, body []byte) bool {
			m := hmac.New(sha256.New, []byte("s"))
			_, _ = m.Write([]byte(r.Header.Get("X-At") + "." + string(body)))
			return r.Header.Get("X-At") == "1795838400" && r.Header.Get("X-Sig") == "sha256="+hex.EncodeToString(m.Sum(nil))
		}},
		"oauth2": {intake.Auth{Kind: intake.AuthOAuth2, Token: "/oauth/token", Scope: "a.b"}, map[string]string{"clientId": "me", "clientSecret": "s"}, func(r *http.Request, _ []byte) bool {
			return r.Header.Get("Authorization") == "Bearer short"
		}},
	} {
		t.Run(name, func(t *testing.T) {
			at, n := receiver(t, c.who)
			s := New(func() time.Time { return noon })
			for range 2 { // the same again is one request there
				out, err := s.Send(t.Context(), packOf(c.auth), at.URL, c.secrets, request(t))
				if err != nil || out.Number != "T-7" {
					t.Fatalf("%+v %v", out, err)
				}
			}
			if *n != 1 {
				t.Errorf("%d requests", *n)
			}
			wrong := map[string]string{}
			for k := range c.secrets {
				wrong[k] = "wrong"
			}
			if _, err := s.Send(t.Context(), packOf(c.auth), at.URL, wrong, request(t)); survey.CodeOf(err) != survey.CodeIntakeRefused {
				t.Errorf("with a wrong secret: %v", err)
			}
			if _, err := s.Send(t.Context(), packOf(c.auth), at.URL, nil, request(t)); survey.CodeOf(err) != survey.CodeNotReady {
				t.Errorf("without a secret: %v", err)
			}
		})
	}
}

func TestWhatIsNoYesIsNone(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		code   survey.Code
	}{
		"a log-in page": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }, survey.CodeIntake},
		"no number": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(201)
			_, _ = io.WriteString(w, `{}`)
		}, survey.CodeIntake},
		"a redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}, survey.CodeIntake},
		"busy": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, survey.CodeIntake},
		"endless": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(201)
			_, _ = io.WriteString(w, strings.Repeat("x", intake.MaxAnswer+1))
		}, survey.CodeIntake},
		"cut": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, survey.CodeIntake},
	} {
		s := httptest.NewServer(c.answer)
		_, err := New(time.Now).Send(t.Context(), packOf(intake.Auth{Kind: intake.AuthKey, Header: "X-Key"}), s.URL, map[string]string{"secret": "s"}, request(t))
		if survey.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
		s.Close()
	}
	if _, err := New(time.Now).Send(t.Context(), packOf(intake.Auth{Kind: intake.AuthKey, Header: "X-Key"}), "http://intake.example", map[string]string{"secret": "s"}, request(t)); survey.CodeOf(err) != survey.CodeInsecure {
		t.Error(err)
	}
}
