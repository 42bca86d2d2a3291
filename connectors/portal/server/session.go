package server

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
)

const (
	cookieName  = "shangyun_staff"
	langCookie  = "shangyun_lang"
	sessionLife = 8 * time.Hour
	keyPrefix   = "syk-" // begins the id of a program's access key
)

// visit is one request of a person for a page.
type visit struct {
	inbox.Who
	lang   string // zh or en
	csrf   string // what the forms of this log-in carry
	cookie string // hash of the log-in, "" for the open pages
}

// t gives a Chinese text in the visitor's language.
func (v *visit) t(zh string) string { return say(v.lang, zh) }

// staff tells whether the visitor handles requests of others.
func (v *visit) staff() bool { return v.Role == inbox.RoleReviewer || v.Role == inbox.RoleAdmin }

// person lets only people of certain roles through; those who are not logged in are led to the log-in. What changes something must carry
// the log-in's own token besides what the browser says of the origin.
func (s *Server) person(roles []inbox.Role, do func(http.ResponseWriter, *http.Request, *visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := s.visitor(r)
		if errors.Is(err, inbox.ErrLogin) {
			s.toLogin(w, r)
			return
		}
		if v == nil {
			v = &visit{lang: language(r)}
		}
		if err == nil && r.Method == http.MethodPost {
			err = s.checkForm(w, r, v)
		}
		if err == nil && !slices.Contains(roles, v.Role) {
			err = portal.NewProblem(portal.Forbidden, "")
		}
		if err == nil {
			err = do(w, r, v)
		}
		if err != nil {
			s.oops(w, r, v, err)
		}
	}
}

// toLogin leads to the log-in; a part of a page that asks by script is told to load the whole.
func (s *Server) toLogin(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("HX-Request") != "" {
		w.Header().Set("HX-Redirect", "/login")
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// visitor tells who looks at a page; inbox.ErrLogin for nobody.
func (s *Server) visitor(r *http.Request) (*visit, error) {
	if s.OpenStaff {
		if !loopbackHost(r.Host) {
			return nil, portal.NewProblem(portal.Forbidden, "免登录方式只能在本机打开")
		}
		return &visit{Who: inbox.Who{Role: inbox.RoleAdmin, Login: "local", Name: "本机免登录"}, lang: language(r), csrf: s.formToken("open")}, nil
	}
	c, err := r.Cookie(cookieName)
	if err != nil {
		return nil, inbox.ErrLogin
	}
	hash := cookieHash(c.Value)
	a, err := s.Store.Session(r.Context(), hash, s.Now())
	if err != nil {
		return nil, err
	}
	return &visit{Who: a.Who(), lang: language(r), csrf: s.formToken(hash), cookie: hash}, nil
}

// formToken is what forms of a log-in carry: a foreign page does not know it.
func (s *Server) formToken(session string) string {
	return hex.EncodeToString(s.mac("form", session, nil))
}

func (s *Server) checkForm(w http.ResponseWriter, r *http.Request, v *visit) error {
	r.Body = http.MaxBytesReader(w, r.Body, portal.MaxPut)
	token := r.Header.Get("X-Form-Token")
	if token == "" {
		token = r.PostFormValue("form_token")
	}
	if token == "" && strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		token = r.FormValue("form_token")
	}
	if token != v.csrf {
		return portal.NewProblem(portal.Forbidden, "表单已过期，请返回重新打开这一页")
	}
	return nil
}

func cookieHash(cookie string) string {
	sum := sha256.Sum256([]byte(cookie))
	return hex.EncodeToString(sum[:])
}

// loopbackHost stops a foreign page from reaching the open pages by a name that resolves to this machine.
func loopbackHost(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	ip := net.ParseIP(strings.Trim(name, "[]"))
	return name == "localhost" || ip != nil && ip.IsLoopback()
}

type loginView struct {
	Portal, Error, Login, Lang string
	OIDC                       bool
}

func (s *Server) loginPage(w http.ResponseWriter, r *http.Request) {
	v := s.loginView(r, "")
	if all, err := s.Store.Accounts(r.Context()); err == nil && len(all) == 0 {
		v.Error = say(v.Lang, "还没有账号。请在门户所在的机器上运行 shangyun-portal account add。")
	}
	s.render(w, r, http.StatusOK, "login", v.Lang, v)
}

func (s *Server) loginView(r *http.Request, problem string) loginView {
	lang := language(r)
	return loginView{Portal: s.Name, Lang: lang, Error: say(lang, problem), OIDC: s.OIDC != nil, Login: r.PostFormValue("login")}
}

func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	refuse := func(status int, problem string) {
		v := s.loginView(r, problem)
		s.render(w, r, status, "login", v.Lang, v)
	}
	if !s.logins.allow(s.Now()) {
		refuse(http.StatusTooManyRequests, "试错过多，请一分钟后再登录。")
		return
	}
	a, err := s.admit(r.Context(), strings.ToLower(strings.TrimSpace(r.PostFormValue("login"))), r.PostFormValue("password"))
	switch {
	case errors.Is(err, inbox.ErrLocked):
		refuse(http.StatusTooManyRequests, "账号因连续输错暂停使用，请一刻钟后再试或请管理员重设口令。")
	case errors.Is(err, inbox.ErrLogin):
		s.logins.failed(s.Now())
		refuse(http.StatusUnauthorized, "账号或口令不对，请重新输入。")
	case err != nil:
		s.oops(w, r, &visit{lang: language(r)}, err)
	default:
		if err := s.begin(w, r, a, "password"); err != nil {
			s.oops(w, r, &visit{lang: language(r)}, err)
			return
		}
		http.Redirect(w, r, "/", http.StatusSeeOther)
	}
}

// admit checks a password; a wrong one counts against the account.
func (s *Server) admit(ctx context.Context, login, password string) (inbox.Account, error) {
	a, hash, err := s.Store.Account(ctx, login, s.Now())
	if err != nil && !errors.Is(err, inbox.ErrLogin) {
		return a, err
	}
	if !fits(password, hash) || err != nil {
		if err == nil {
			if err := s.Store.Failed(ctx, login, s.Now()); err != nil {
				return a, err
			}
		}
		return a, inbox.ErrLogin
	}
	return a, nil
}

func (s *Server) begin(w http.ResponseWriter, r *http.Request, a inbox.Account, how string) error {
	cookie := rand.Text() + rand.Text()
	if err := s.Store.Begin(r.Context(), a.Login, cookieHash(cookie), how, s.Now(), s.Now().Add(sessionLife)); err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(cookieName, cookie, int(sessionLife.Seconds())))
	return nil
}

func (s *Server) cookie(name, value string, age int) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteStrictMode}
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(cookieName); err == nil {
		if err := s.Store.End(r.Context(), cookieHash(c.Value)); err != nil {
			s.oops(w, r, &visit{lang: language(r)}, err)
			return
		}
	}
	http.SetCookie(w, s.cookie(cookieName, "", -1))
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// language is what the visitor chose, else what the browser prefers; Chinese in doubt.
func language(r *http.Request) string {
	if c, err := r.Cookie(langCookie); err == nil && (c.Value == "en" || c.Value == "zh") {
		return c.Value
	}
	first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ",")
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(first)), "en") {
		return "en"
	}
	return "zh"
}

// choose keeps the visitor's language and goes back to where he was.
func (s *Server) choose(w http.ResponseWriter, r *http.Request) {
	lang := r.URL.Query().Get("to")
	if lang != "en" {
		lang = "zh"
	}
	http.SetCookie(w, s.cookie(langCookie, lang, 365*24*3600))
	back := r.URL.Query().Get("back")
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.Contains(back, "\\") {
		back = "/"
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
}
