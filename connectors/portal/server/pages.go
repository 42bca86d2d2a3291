package server

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

//go:embed web
var web embed.FS

// templates holds the pages once per language.
var templates = map[string]*template.Template{"zh": pagesIn("zh"), "en": pagesIn("en")}

func pagesIn(lang string) *template.Template {
	t := func(zh string, args ...any) string {
		if len(args) == 0 {
			return say(lang, zh)
		}
		return fmt.Sprintf(say(lang, zh), args...)
	}
	return template.Must(template.New("").Funcs(template.FuncMap{
		"t": t, "lang": func() string { return lang }, "other": func() string { return map[string]string{"zh": "en", "en": "zh"}[lang] },
		"state": func(x submit.State) string { return t(stateWord(x)) }, "tone": stateTone, "mark": stateMark,
		"kind": func(x submit.Kind) string { return t(kindWord(x)) }, "yuan": yuan, "sum": sum, "grouped": grouped, "wan": wan,
		"when": when, "near": func(at, now time.Time) string { return near(at, now, t) }, "waited": waited, "size": sizeWord,
		"level": levelBars, "bars": bars, "levelWord": func(l string) string { return t(levelWord(l)) },
		"verb": func(x string) string { return t(verbWord(x)) }, "region": func(x string) string { return t(regionWord(x)) },
		"verdict": func(x string) string { return t(verdictWord(x)) }, "verdictTone": verdictTone, "role": func(x string) string { return t(roleWord(x)) },
		"reason": func(x string) string { return t(reasonWord(x)) }, "step": func(x submit.Step) string { return t(stepWord(x)) }, "stepTone": stepTone,
		"person": func(x inbox.Role) string { return t(personWord(x)) }, "style": func() string { return styleAt }, "script": func() string { return scriptAt },
		"htmx": func() string { return htmxAt }, "asset": asset, "ptr": pointer, "percent": percent,
		"short": func(s string) string { return s[:min(len(s), 12)] }, "join": func(s []string) string { return strings.Join(s, "、") }, "lines": func(s []string) string { return strings.Join(s, "\n") },
		"wide": func(s string) bool { return utf8.RuneCountInString(s) > 22 }, "cell": cellAt, "code": codeLike, "right": rightAt, "tag": func(s string) string { return s },
	}).ParseFS(web, "web/*.html"))
}

// The addresses of what pages load change with its content, so that no browser shows new pages in an old style.
var styleAt, scriptAt, htmxAt = asset("style.css"), asset("app.js"), asset("htmx.min.js")

func asset(name string) string {
	b, err := web.ReadFile("web/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return "/" + name + "?" + submit.Digest(b)[:12]
}

// pageSize is how many requests one page of the list shows.
const pageSize = 20

// page is one address of the console: who may ask for it and what it does.
type page struct {
	pattern string
	roles   []inbox.Role
	do      func(http.ResponseWriter, *http.Request, *visit) error
}

// Who may see and do what in the console. What a person may see of requests is the inbox's business (inbox.Who).
var (
	everybody = inbox.Roles
	handlers  = []inbox.Role{inbox.RoleReviewer, inbox.RoleAdmin}
	admins    = []inbox.Role{inbox.RoleAdmin}
	holders   = []inbox.Role{inbox.RoleOwner, inbox.RoleAdviser, inbox.RoleReviewer, inbox.RoleAdmin}
	losers    = []inbox.Role{inbox.RoleOwner, inbox.RoleAdviser, inbox.RoleAdmin}
)

// console lists every page that takes a log-in; a test goes through it with every role.
func (s *Server) console() []page {
	const at, rev = "/requests/{id}", "/requests/{id}/revisions/{n}"
	return []page{
		{"GET /{$}", everybody, s.queuePage},
		{"POST /assign", handlers, s.assignMany},
		{"POST /export", handlers, s.exportMany},
		{"GET " + at, everybody, s.requestPage},
		{"GET " + at + "/compare", everybody, s.comparePage},
		{"GET " + at + "/reason", handlers, s.reasonRow},
		{"POST " + at + "/decide", everybody, s.decidePage},
		{"POST " + at + "/assign", handlers, s.assignOne},
		{"POST " + at + "/check", handlers, s.checkPaper},
		{"POST " + at + "/answer", platform, s.answerPage},
		{"GET " + at + "/files/{sha256}", everybody, s.downloadAnswer},
		{"GET " + rev + "/manifest", everybody, s.downloadManifest},
		{"GET " + rev + "/receipt", everybody, s.downloadReceipt},
		{"GET " + rev + "/blobs/{position}", everybody, s.downloadBlob},
		{"GET " + rev + "/view/{position}", everybody, s.viewBlob},
		{"GET /stats", handlers, s.statsPage},
		{"GET /exports", handlers, s.exportsPage},
		{"GET /exports/{batch}/{format}", handlers, s.downloadBatch},
		{"GET /devices", holders, s.devicesPage},
		{"GET /devices/{device}", holders, s.devicePage},
		{"POST /devices/code", admins, s.addCode},
		{"POST /devices/{device}/revoke", losers, s.revokeDevice},
		{"GET /parcels", handlers, s.parcelsPage},
		{"POST /parcels", handlers, s.importParcel},
		{"POST /parcels/senders", admins, s.trustSender},
		{"GET /parcels/{device}/return", handlers, s.returnParcel},
		{"GET /accounts", admins, s.accountsPage},
		{"POST /accounts", admins, s.putAccount},
		{"POST /accounts/end", admins, s.endAccount},
		{"POST /accounts/key", admins, s.addKey},
		{"POST /accounts/key/end", admins, s.endKey},
		{"POST /settings", admins, s.putSetting},
		{"GET /me", everybody, s.mePage},
		{"POST /me", everybody, s.changePassword},
		{"GET /platforms", admins, s.platformsPage},
		{"POST /platforms", admins, s.putPlatform},
		{"POST /platforms/hook", admins, s.addHook},
		{"POST /platforms/hook/end", admins, s.endHook},
		{"POST /platforms/hook/again", admins, s.againHook},
		{"GET /audit", handlers, s.auditPage},
		{"GET /audit/export", handlers, s.downloadAudit},
		{"/", everybody, s.lost},
	}
}

// pages binds the console, with what needs no log-in.
func (s *Server) pages() map[string]http.HandlerFunc {
	all := map[string]http.HandlerFunc{
		"GET /style.css": s.asset, "GET /app.js": s.asset, "GET /htmx.min.js": s.asset,
		"GET /login": s.loginPage, "POST /login": s.login, "POST /logout": s.logout, "GET /language": s.choose,
		"GET /oidc": s.oidcStart, "GET /oidc/back": s.oidcBack,
	}
	for _, p := range s.console() {
		all[p.pattern] = s.person(p.roles, p.do)
	}
	return all
}

func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "max-age=86400")
	http.ServeFileFS(w, r, web, "web"+r.URL.Path)
}

// contentPolicy lets a page load from this portal only, and run no script that is written into it.
const contentPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, name, lang string, view any) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("Vary", "Cookie, Accept-Language")
	w.WriteHeader(status)
	if err := templates[lang].ExecuteTemplate(w, name+".html", view); err != nil {
		s.Log.ErrorContext(r.Context(), "page failed", "page", name, "error", err.Error())
	}
}

// show renders a page for a visitor.
func (s *Server) show(w http.ResponseWriter, r *http.Request, v *visit, name string, view any) error {
	s.render(w, r, http.StatusOK, name, v.lang, view)
	return nil
}

type messageView struct {
	Frame
	Text string
}

// Frame is what every page of the console shows around its content.
type Frame struct {
	Portal  string
	Version string
	Title   string
	Area    string // which entry of the menu is lit
	Here    string // address of the page, to come back to
	Now     time.Time
	Me      inbox.Who
	Open    bool   // shown without a log-in
	Form    string // token that forms carry
	Waiting int    // requests that nobody has looked at yet
	Chain   Chain
}

// Staff tells whether the visitor handles requests of others.
func (f Frame) Staff() bool { return f.Me.Role == inbox.RoleReviewer || f.Me.Role == inbox.RoleAdmin }

// Admin tells whether the visitor looks after the portal.
func (f Frame) Admin() bool { return f.Me.Role == inbox.RoleAdmin }

// Firm tells whether the visitor is an owner or adviser.
func (f Frame) Firm() bool { return f.Me.Role == inbox.RoleOwner || f.Me.Role == inbox.RoleAdviser }

// Initial is the first letter of the visitor's name.
func (f Frame) Initial() string {
	for _, r := range f.Me.Name {
		return string(r)
	}
	return ""
}

func (s *Server) frame(r *http.Request, v *visit, area, title string) Frame {
	f := Frame{Portal: s.Name, Title: title, Area: area, Here: r.URL.RequestURI(), Now: s.Now(), Me: v.Who, Open: s.OpenStaff, Form: v.csrf, Chain: s.chain.now()}
	if v.Role == "" {
		return f
	}
	n, err := s.Store.Count(r.Context(), v.Who, inbox.Query{States: []submit.State{submit.StateReceived}})
	if err != nil {
		s.Log.ErrorContext(r.Context(), "counts failed", "error", err.Error())
	}
	f.Waiting, f.Version = n, s.Version
	return f
}

func (s *Server) lost(http.ResponseWriter, *http.Request, *visit) error {
	return portal.NewProblem(portal.NotFound, "")
}

// oops shows what went wrong; to a script it is one line of text.
func (s *Server) oops(w http.ResponseWriter, r *http.Request, v *visit, err error) {
	p := problemOf(err)
	text := v.t("请返回受理队列重试。")
	switch p.Kind() {
	case portal.Internal:
		s.Log.ErrorContext(r.Context(), "page failed", "error", err.Error())
	case portal.NotFound:
		text = v.t("地址不对，或这一项不在本门户。请从受理队列重新打开。")
	case portal.Forbidden:
		text = v.t("您的角色不能做这一步，请联系管理员。")
	}
	if p.Detail != "" {
		text = v.t(p.Detail) + v.t("。") + text
	}
	s.render(w, r, p.Status, "message", v.lang, messageView{s.frame(r, v, "", v.t(p.Title)), text})
}

func (s *Server) downloadManifest(w http.ResponseWriter, r *http.Request, v *visit) error {
	sealed, _, err := s.taken(r, v)
	if err != nil {
		return err
	}
	attachment(w, sealed.Submission.ID+".json")
	_, err = w.Write(sealed.Bytes)
	return err
}

func (s *Server) downloadReceipt(w http.ResponseWriter, r *http.Request, v *visit) error {
	_, receipt, err := s.taken(r, v)
	if err != nil {
		return err
	}
	if receipt == nil {
		return inbox.ErrNotFound
	}
	attachment(w, receipt.Number+".json")
	s.json(w, receipt)
	return nil
}

func (s *Server) downloadBlob(w http.ResponseWriter, r *http.Request, v *visit) error {
	b, f, err := s.paperFile(r, v)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	attachment(w, b.Name)
	_, _ = io.Copy(w, f)
	return nil
}

// paperFile opens an attachment of a received revision by its position.
func (s *Server) paperFile(r *http.Request, v *visit) (submit.Blob, io.ReadSeekCloser, error) {
	sealed, _, err := s.taken(r, v)
	if err != nil {
		return submit.Blob{}, nil, err
	}
	sub := sealed.Submission
	i, err := strconv.Atoi(r.PathValue("position"))
	if err != nil || i < 0 || i >= len(sub.Attachments) {
		return submit.Blob{}, nil, inbox.ErrNotFound
	}
	f, err := s.Store.BlobOf(r.Context(), v.Who, sub.ID, sub.Revision, sub.Attachments[i].SHA256)
	return sub.Attachments[i], f, err
}

// viewBlob shows an attachment inside the page. Only what is a picture or a PDF by its first bytes is shown; everything else is saved.
func (s *Server) viewBlob(w http.ResponseWriter, r *http.Request, v *visit) error {
	b, f, err := s.paperFile(r, v)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	kind := http.DetectContentType(head[:n])
	if !showable[kind] {
		attachment(w, b.Name)
		_, _ = io.Copy(w, f)
		return nil
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": b.Name}))
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'")
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}

// showable are the kinds that a browser shows without running anything of theirs.
var showable = map[string]bool{"application/pdf": true, "image/png": true, "image/jpeg": true, "image/webp": true, "image/gif": true}

// taken gives the revision that a path names.
func (s *Server) taken(r *http.Request, v *visit) (submit.Sealed, *submit.Receipt, error) {
	id, n, err := place(r)
	if err != nil {
		return submit.Sealed{}, nil, err
	}
	return s.Store.Revision(r.Context(), v.Who, id, n)
}

// attachment makes a browser save the answer, whatever it holds.
func attachment(w http.ResponseWriter, name string) {
	w.Header().Set("Content-Type", portal.TypeBlob)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}
