package server

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
)

// issuer is a small OIDC provider of this test: discovery, keys, and a token for whatever code it gave. It signs what says tells it to.
type issuer struct {
	*httptest.Server
	key   *rsa.PrivateKey
	nonce string
	says  func(claims map[string]any)
	asked url.Values // of the token request
}

func openIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	o := &issuer{key: key, says: func(map[string]any) {}}
	o.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		var answer any
		switch r.URL.Path {
		case "/.well-known/openid-configuration":
			answer = map[string]any{"issuer": o.URL, "authorization_endpoint": o.URL + "/auth", "token_endpoint": o.URL + "/token", "jwks_uri": o.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}}
		case "/keys":
			answer = map[string]any{"keys": []any{map[string]any{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "k", "n": b64(key.N.Bytes()), "e": b64(big.NewInt(int64(key.E)).Bytes())}}}
		case "/token":
			_ = r.ParseForm()
			o.asked = r.PostForm
			answer = map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": o.token()}
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(o.Close)
	return o
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (o *issuer) token() string {
	claims := map[string]any{"iss": o.URL, "sub": "1001", "aud": "portal", "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(), "nonce": o.nonce, "email": "Clerk@example.com", "email_verified": true}
	o.says(claims)
	head, _ := json.Marshal(map[string]any{"alg": "RS256", "kid": "k"})
	body, _ := json.Marshal(claims)
	signed := b64(head) + "." + b64(body)
	sum := sha256.Sum256([]byte(signed))
	signature, _ := rsa.SignPKCS1v15(rand.Reader, o.key, crypto.SHA256, sum[:])
	return signed + "." + b64(signature)
}

// signOn goes through one log-in and gives the answer to the way back.
func (d desk) signOn(o *issuer, state func(string) string) *httptest.ResponseRecorder {
	d.t.Helper()
	w := d.ask("GET", "/oidc", "")
	to, err := url.Parse(w.Header().Get("Location"))
	if err != nil || w.Code != http.StatusSeeOther || to.Query().Get("code_challenge_method") != "S256" {
		d.t.Fatalf("%d %s %v", w.Code, to, err)
	}
	o.nonce = to.Query().Get("nonce")
	pair, _, _ := strings.Cut(w.Header().Get("Set-Cookie"), ";")
	return d.ask("GET", "/oidc/back?code=c&state="+state(to.Query().Get("state")), "", "Cookie: "+pair)
}

func same(s string) string { return s }

func TestSingleSignOnOpensOnlyTheAccountItIsBoundTo(t *testing.T) {
	o := openIssuer(t)
	d := openDesk(t, false)
	var err error
	if d.OIDC, err = NewOIDC(t.Context(), o.Client(), o.URL, "portal", "secret", "https://portal.example/oidc/back"); err != nil {
		t.Fatal(err)
	}
	if w := d.signOn(o, same); w.Code != http.StatusUnauthorized || !strings.Contains(w.Body.String(), "没有给您开账号") {
		t.Errorf("without an account: %d", w.Code)
	}
	if err := d.Store.PutAccount(t.Context(), inbox.Who{}, inbox.Account{Login: "clerk@example.com", Name: "受理员", Role: inbox.RoleReviewer}, noon); err != nil {
		t.Fatal(err)
	}
	w := d.signOn(o, same)
	cookie := ""
	for _, c := range w.Result().Cookies() {
		if c.Name == cookieName {
			cookie = "Cookie: " + c.Name + "=" + c.Value
		}
	}
	if w.Code != http.StatusOK || d.ask("GET", "/stats", "", cookie).Code != http.StatusOK || o.asked.Get("code_verifier") == "" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	for name, c := range map[string]struct {
		says  func(map[string]any)
		state func(string) string
	}{
		"another person of that name": {func(m map[string]any) { m["sub"] = "2002" }, same},
		"an unverified address":       {func(m map[string]any) { m["sub"], m["email_verified"] = "3003", false }, same},
		"another nonce":               {func(m map[string]any) { m["nonce"] = "other" }, same},
		"for another client":          {func(m map[string]any) { m["aud"] = "other" }, same},
		"an old token":                {func(m map[string]any) { m["exp"] = time.Now().Add(-time.Hour).Unix() }, same},
		"another issuer":              {func(m map[string]any) { m["iss"] = "https://evil.example" }, same},
		"another state":               {func(map[string]any) {}, func(s string) string { return s + "x" }},
	} {
		o.says = c.says
		if w := d.signOn(o, c.state); w.Code != http.StatusUnauthorized {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
}
