package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
)

// OIDC is an office's own log-in. Whoever it knows comes in only when an account of that name (its verified e-mail address or its user name) is
// there; the first log-in binds the account to that very identity.
type OIDC struct {
	verifier *oidc.IDTokenVerifier
	config   oauth2.Config
	client   *http.Client
}

// NewOIDC asks the issuer for its addresses and keys. back is the portal's own address with /oidc/back.
func NewOIDC(ctx context.Context, client *http.Client, issuer, id, secret, back string) (*OIDC, error) {
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, client), issuer)
	if err != nil {
		return nil, fmt.Errorf("单点登录服务没有按 OIDC 回答: %w", err)
	}
	return &OIDC{
		verifier: provider.Verifier(&oidc.Config{ClientID: id}), client: client,
		config: oauth2.Config{ClientID: id, ClientSecret: secret, Endpoint: provider.Endpoint(), RedirectURL: back, Scopes: []string{oidc.ScopeOpenID, "profile", "email"}},
	}, nil
}

const (
	oidcCookie = "shangyun_oidc"
	oidcLife   = 10 * time.Minute
)

// oidcStart sends the browser to the issuer. What must come back stands in a cookie of its own, which lasts for one log-in.
func (s *Server) oidcStart(w http.ResponseWriter, r *http.Request) {
	if s.OIDC == nil {
		s.oops(w, r, &visit{lang: language(r)}, inbox.ErrNotFound)
		return
	}
	state, nonce, verifier := rand.Text(), rand.Text(), oauth2.GenerateVerifier()
	c := s.cookie(oidcCookie, strings.Join([]string{state, nonce, verifier}, "."), int(oidcLife.Seconds()))
	c.SameSite = http.SameSiteLaxMode // it must survive the way back from another site
	http.SetCookie(w, c)
	http.Redirect(w, r, s.OIDC.config.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), http.StatusSeeOther)
}

func (s *Server) oidcBack(w http.ResponseWriter, r *http.Request) {
	refuse := func(problem string) {
		v := s.loginView(r, problem)
		s.render(w, r, http.StatusUnauthorized, "login", v.Lang, v)
	}
	a, err := s.oidcAccount(r)
	gone := s.cookie(oidcCookie, "", -1)
	gone.SameSite = http.SameSiteLaxMode
	http.SetCookie(w, gone)
	switch {
	case errors.Is(err, inbox.ErrLogin):
		refuse("单点登录已认出您，但本门户没有给您开账号，请联系管理员。")
		return
	case err != nil:
		s.Log.WarnContext(r.Context(), "single sign-on refused", "error", err.Error())
		refuse("单点登录没有成功，请重试。")
		return
	}
	if err := s.begin(w, r, a, "oidc"); err != nil {
		s.oops(w, r, &visit{lang: language(r)}, err)
		return
	}
	// A redirect would still count as coming from the issuer, and the log-in's cookie would stay behind.
	s.render(w, r, http.StatusOK, "welcome", language(r), loginView{Portal: s.Name, Lang: language(r)})
}

// oidcAccount checks what came back and gives whose account it is.
func (s *Server) oidcAccount(r *http.Request) (inbox.Account, error) {
	c, err := r.Cookie(oidcCookie)
	if s.OIDC == nil || err != nil {
		return inbox.Account{}, errors.New("no log-in was begun here")
	}
	parts := strings.Split(c.Value, ".")
	if len(parts) != 3 || r.URL.Query().Get("state") != parts[0] {
		return inbox.Account{}, errors.New("state differs")
	}
	ctx := oidc.ClientContext(r.Context(), s.OIDC.client)
	token, err := s.OIDC.config.Exchange(ctx, r.URL.Query().Get("code"), oauth2.VerifierOption(parts[2]))
	if err != nil {
		return inbox.Account{}, fmt.Errorf("exchange: %w", err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return inbox.Account{}, errors.New("no id token")
	}
	id, err := s.OIDC.verifier.Verify(ctx, raw)
	if err != nil {
		return inbox.Account{}, fmt.Errorf("id token: %w", err)
	}
	if id.Nonce != parts[1] {
		return inbox.Account{}, errors.New("nonce differs")
	}
	var claims struct {
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
		User     string `json:"preferred_username"`
	}
	if err := id.Claims(&claims); err != nil {
		return inbox.Account{}, err
	}
	login := strings.ToLower(claims.User)
	if claims.Email != "" && claims.Verified {
		login = strings.ToLower(claims.Email)
	}
	return s.Store.Bind(r.Context(), login, id.Issuer+" "+id.Subject, s.Now())
}
