package server

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/argon2"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
)

const (
	cookieName      = "shangyun_staff"
	sessionLife     = 8 * time.Hour
	passwordSetting = "staff_password"
	minPassword     = 10
	// Argon2id, RFC 9106 section 4, second recommended option.
	argonTime, argonMemory, argonThreads = 3, 64 << 10, 4
)

// SetStaffPassword keeps the staff's password as an Argon2id hash. It must have
// at least ten characters.
func SetStaffPassword(ctx context.Context, store *inbox.Store, password string, random io.Reader) error {
	if len([]rune(password)) < minPassword {
		return fmt.Errorf("口令至少 %d 个字符", minPassword)
	}
	salt := make([]byte, 16)
	if _, err := io.ReadFull(random, salt); err != nil {
		return err
	}
	value := base64.RawStdEncoding.EncodeToString(salt) + "." + base64.RawStdEncoding.EncodeToString(hashPassword(password, salt))
	return store.SetSetting(ctx, passwordSetting, value)
}

func hashPassword(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, 32)
}

// sessions are the staff's log-ins of this run, by the hash of their cookie.
type sessions struct {
	mu    sync.Mutex
	until map[[32]byte]time.Time
	argon sync.Mutex // one password check at a time bounds the memory
}

func (s *sessions) add(cookie string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.until == nil {
		s.until = map[[32]byte]time.Time{}
	}
	s.until[sha256.Sum256([]byte(cookie))] = until
}

func (s *sessions) has(cookie string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, until := range s.until {
		if !now.Before(until) {
			delete(s.until, key)
		}
	}
	_, ok := s.until[sha256.Sum256([]byte(cookie))]
	return ok
}

func (s *sessions) drop(cookie string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.until, sha256.Sum256([]byte(cookie)))
}

// staff lets only logged-in people through; others are led to the log-in.
func (s *Server) staff(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch {
		case s.OpenStaff && !loopbackHost(r.Host):
			http.Error(w, "免登录方式只能在本机打开", http.StatusForbidden)
		case s.OpenStaff || s.loggedIn(r):
			do(w, r)
		default:
			http.Redirect(w, r, "/login", http.StatusSeeOther)
		}
	}
}

func (s *Server) loggedIn(r *http.Request) bool {
	c, err := r.Cookie(cookieName)
	return err == nil && s.sessions.has(c.Value, s.Now())
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

func (s *Server) loginPage(w http.ResponseWriter, r *http.Request) {
	v := loginView{Portal: s.Name}
	if kept, err := s.Store.Setting(r.Context(), passwordSetting); err == nil && kept == "" {
		v.Error = "还没有设置受理口令。请在门户所在的机器上运行 shangyun-portal staff-password。"
	}
	s.render(w, r, http.StatusOK, "login", v)
}

func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	if !s.logins.allow(s.Now()) {
		s.render(w, r, http.StatusTooManyRequests, "login", loginView{Portal: s.Name, Error: "试错过多，请一分钟后再登录。"})
		return
	}
	ok, err := s.passwordFits(r.Context(), r.PostFormValue("password"))
	if err != nil {
		s.Log.ErrorContext(r.Context(), "log-in failed", "error", err.Error())
	}
	if !ok {
		s.logins.failed(s.Now())
		s.render(w, r, http.StatusUnauthorized, "login", loginView{Portal: s.Name, Error: "口令不对，请重新输入。"})
		return
	}
	cookie := rand.Text()
	s.sessions.add(cookie, s.Now().Add(sessionLife))
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: cookie, Path: "/", MaxAge: int(sessionLife.Seconds()),
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(cookieName); err == nil {
		s.sessions.drop(c.Value)
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Path: "/", MaxAge: -1, HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteStrictMode})
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

func (s *Server) passwordFits(ctx context.Context, password string) (bool, error) {
	kept, err := s.Store.Setting(ctx, passwordSetting)
	if err != nil || kept == "" {
		return false, err
	}
	salt64, hash64, _ := strings.Cut(kept, ".")
	salt, err := base64.RawStdEncoding.DecodeString(salt64)
	if err != nil {
		return false, err
	}
	want, err := base64.RawStdEncoding.DecodeString(hash64)
	if err != nil {
		return false, err
	}
	s.sessions.argon.Lock()
	defer s.sessions.argon.Unlock()
	return subtle.ConstantTimeCompare(hashPassword(password, salt), want) == 1, nil
}
