package server

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

func TestListAndRequestShowWhatWasSent(t *testing.T) {
	d := openDesk(t, true)
	d.send(sample(t, nil))
	list := d.ask("GET", "/", "")
	page := d.ask("GET", "/requests/"+requestID, "")
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"list": {list.Body.String(), []string{"样例&lt;b&gt;刀具&lt;/b&gt;公司", "SY-2026-000001-1", "576,000.00", "待受理", "一级", "株洲市", "政策文本无文号、无日期，是否仍有效须核实", "等级规则来自二手资料"}},
		"page": {page.Body.String(), []string{"SY-2026-000001-1", submit.Digest([]byte("pdf")), "申报书.pdf", "摘要与签名已验", "&lt;script&gt;", "576,000.00",
			"政策依据", "第三条", "平台", submit.Fingerprint(d.Keys.Public()), "同意报送", "2026-11-22 12:00", "政策文本无文号、无日期，是否仍有效须核实", "等级规则来自二手资料"}},
	} {
		for _, w := range c.want {
			if !strings.Contains(c.body, w) {
				t.Errorf("%s lacks %q", name, w)
			}
		}
		for _, w := range []string{"<script>", "<b>刀具", "http://", "https://", "ZgotmplZ"} {
			if strings.Contains(c.body, w) {
				t.Errorf("%s contains %q", name, w)
			}
		}
	}
	if csp := page.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("policy %q", csp)
	}
}

func TestNoSumWhereTheDocumentHasNone(t *testing.T) {
	d := openDesk(t, true)
	d.send(sample(t, func(s *submit.Submission) {
		s.Kind, s.Summary.AmountFen, s.Summary.Level = submit.Onboarding, "", ""
		s.Document = json.RawMessage(`{"contact":{"name":"张"}}`)
	}))
	for _, path := range []string{"/", "/requests/" + requestID} {
		if body := d.ask("GET", path, "").Body.String(); strings.Contains(body, "0.00") || strings.Contains(body, "申请金额</dt>") {
			t.Errorf("%s shows a sum", path)
		}
	}
}

func TestDownloadsAreByteForByteAndNeverShownInThePage(t *testing.T) {
	d := openDesk(t, true)
	sub := sample(t, nil)
	d.send(sub)
	at := "/requests/" + requestID + "/revisions/1"
	for path, want := range map[string]string{at + "/manifest": string(sub.Bytes), at + "/blobs/0": "pdf"} {
		w := d.ask("GET", path, "")
		if w.Body.String() != want || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
	var r submit.Receipt
	if err := json.Unmarshal(d.ask("GET", at+"/receipt", "").Body.Bytes(), &r); err != nil || r.Verify(d.Keys.Public(), sub) != nil {
		t.Errorf("receipt: %v", err)
	}
	for _, path := range []string{at + "/blobs/1", at + "/blobs/x", "/requests/" + requestID + "/revisions/2/manifest", "/requests/none"} {
		if w := d.ask("GET", path, ""); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

const (
	asForm   = "Content-Type: application/x-www-form-urlencoded"
	password = "受理人员的长口令一号"
)

// enter makes an account and logs it in; it gives the cookie as a header.
func (d desk) enter(login string, role inbox.Role, operator string) string {
	d.t.Helper()
	by := inbox.Who{Login: "console"}
	if err := AddAccount(d.t.Context(), d.Store, by, inbox.Account{Login: login, Name: login, Role: role, Operator: operator}, password, rand.Reader, noon); err != nil {
		d.t.Fatal(err)
	}
	w := d.ask("POST", "/login", url.Values{"login": {login}, "password": {password}}.Encode(), asForm)
	if w.Code != http.StatusSeeOther {
		d.t.Fatalf("log-in of %s: %d", login, w.Code)
	}
	pair, _, _ := strings.Cut(w.Header().Get("Set-Cookie"), ";")
	return "Cookie: " + pair
}

// do sends a form of a log-in, with its token.
func (d desk) do(cookie, path string, v url.Values) *httptest.ResponseRecorder {
	d.t.Helper()
	_, value, _ := strings.Cut(cookie, "=")
	v.Set("form_token", d.formToken(cookieHash(value)))
	return d.ask("POST", path, v.Encode(), asForm, cookie)
}

func TestStaffPagesNeedALogIn(t *testing.T) {
	d := openDesk(t, false)
	d.send(sample(t, nil))
	at := "/requests/" + requestID + "/revisions/1"
	closed := []string{"/", "/requests/" + requestID, at + "/manifest", at + "/receipt", at + "/blobs/0", "/stats", "/exports", "/devices", "/accounts", "/platforms", "/audit", "/me"}
	for _, path := range closed {
		if w := d.ask("GET", path, "", asDevice); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/login" {
			t.Errorf("%s without log-in: %d", path, w.Code)
		}
	}
	if w := d.ask("POST", "/login", "login=chief&password=", asForm); w.Code != http.StatusUnauthorized {
		t.Errorf("no account, empty password: %d", w.Code)
	}
	chief := inbox.Account{Login: "chief", Name: "科长", Role: inbox.RoleAdmin}
	if err := AddAccount(t.Context(), d.Store, inbox.Who{}, chief, "短", rand.Reader, noon); err == nil {
		t.Error("a short password was taken")
	}
	cookie := d.enter("chief", inbox.RoleAdmin, "")
	good := url.Values{"login": {"Chief "}, "password": {password}}.Encode()
	if w := d.ask("POST", "/login", "login=chief&password=wrong", asForm); w.Code != http.StatusUnauthorized || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("wrong password: %d", w.Code)
	}
	if w := d.ask("POST", "/login", good, asForm, "Origin: https://evil.example", "Sec-Fetch-Site: cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("log-in from another site: %d", w.Code)
	}
	w := d.ask("POST", "/login", good, asForm)
	if set := w.Header().Get("Set-Cookie"); w.Code != http.StatusSeeOther || !strings.Contains(set, "HttpOnly") || !strings.Contains(set, "SameSite=Strict") {
		t.Fatalf("log-in: %d %q", w.Code, set)
	}
	for _, path := range closed {
		if w := d.ask("GET", path, "", cookie); w.Code != http.StatusOK {
			t.Errorf("%s with log-in: %d", path, w.Code)
		}
	}
	d.Now = func() time.Time { return noon.Add(sessionLife) }
	if w := d.ask("GET", "/", "", cookie); w.Code != http.StatusSeeOther {
		t.Errorf("an old log-in still holds: %d", w.Code)
	}
	d.Now = func() time.Time { return noon }
	d.ask("POST", "/logout", "", asForm, cookie)
	if w := d.ask("GET", "/", "", cookie); w.Code != http.StatusSeeOther {
		t.Errorf("after log-out: %d", w.Code)
	}
}

func TestAnAccountRestsAfterWrongPasswords(t *testing.T) {
	d := openDesk(t, false)
	d.enter("chief", inbox.RoleAdmin, "")
	good := url.Values{"login": {"chief"}, "password": {password}}.Encode()
	for range inbox.MaxFailures {
		if w := d.ask("POST", "/login", "login=chief&password=wrong", asForm); w.Code != http.StatusUnauthorized {
			t.Fatalf("wrong password: %d", w.Code)
		}
	}
	if w := d.ask("POST", "/login", good, asForm); w.Code != http.StatusTooManyRequests {
		t.Errorf("the account does not rest: %d", w.Code)
	}
	d.Now = func() time.Time { return noon.Add(inbox.LockTime + time.Second) }
	if w := d.ask("POST", "/login", good, asForm); w.Code != http.StatusSeeOther {
		t.Errorf("after the rest: %d", w.Code)
	}
}

func TestAFormWithoutItsTokenChangesNothing(t *testing.T) {
	d := openDesk(t, false)
	d.send(sample(t, nil))
	cookie := d.enter("chief", inbox.RoleAdmin, "")
	form := url.Values{"event": {"review"}, "version": {"1"}}
	for _, token := range []string{"", "0000", d.formToken("another log-in")} {
		form.Set("form_token", token)
		if w := d.ask("POST", "/requests/"+requestID+"/decide", form.Encode(), asForm, cookie); w.Code != http.StatusForbidden {
			t.Errorf("token %q: %d", token, w.Code)
		}
	}
	if w := d.do(cookie, "/requests/"+requestID+"/decide", form); w.Code != http.StatusSeeOther {
		t.Errorf("with the token: %d %s", w.Code, w.Body)
	}
}

func TestOpenPagesAreOnlyForThisMachine(t *testing.T) {
	d := openDesk(t, true)
	for host, want := range map[string]int{"127.0.0.1:8070": 200, "localhost": 200, "[::1]:1": 200, "portal.example": 403, "127.0.0.1.evil.example:80": 403} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		d.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%q: %d, want %d", host, w.Code, want)
		}
	}
}

func TestFiguresInWords(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	for want, fen := range map[string]*int64{"—": nil, "0.00": n(0), "0.05": n(5), "999.99": n(99999), "1,000.00": n(100000), "1,234,567.89": n(123456789)} {
		if got := yuan(fen); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for want, size := range map[string]int64{"0 字节": 0, "1023 字节": 1023, "1 KB": 1024, "64.0 MB": 64 << 20, "1.5 MB": 3 << 19} {
		if got := sizeWord(size); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
