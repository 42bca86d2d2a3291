package server

import (
	"embed"
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

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"state": stateWord, "tone": stateTone, "mark": stateMark, "kind": kindWord, "yuan": yuan, "sum": sum, "grouped": grouped, "when": when,
	"near": near, "waited": waited, "size": sizeWord, "level": levelBars, "bars": bars, "verb": verbWord, "region": regionWord,
	"verdict": verdictWord, "verdictTone": verdictTone, "role": roleWord, "style": func() string { return styleAt },
	"short": func(s string) string { return s[:min(len(s), 12)] }, "join": func(s []string) string { return strings.Join(s, "、") },
	"wide": func(s string) bool { return utf8.RuneCountInString(s) > 22 }, "cell": cellAt, "code": codeLike, "right": rightAt,
}).ParseFS(web, "web/*.html"))

// styleAt changes with the style, so that no browser shows new pages in an old one.
var styleAt = func() string {
	b, err := web.ReadFile("web/style.css")
	if err != nil {
		panic(err) // it is embedded
	}
	return "/style.css?" + submit.Digest(b)[:12]
}()

// pageSize is how many requests one page of the list shows.
const pageSize = 20

func (s *Server) pages() map[string]http.HandlerFunc {
	const at = "GET /requests/{id}/revisions/{n}"
	return map[string]http.HandlerFunc{
		"GET /style.css":         s.style,
		"GET /login":             s.loginPage,
		"POST /login":            s.login,
		"POST /logout":           s.logout,
		"GET /{$}":               s.staff(s.listPage),
		"/":                      s.staff(s.lost),
		"GET /requests/{id}":     s.staff(s.requestPage),
		at + "/manifest":         s.staff(s.downloadManifest),
		at + "/receipt":          s.staff(s.downloadReceipt),
		at + "/blobs/{position}": s.staff(s.downloadBlob),
	}
}

func (s *Server) style(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "max-age=86400")
	http.ServeFileFS(w, r, web, "web/style.css")
}

func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, name string, view any) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	w.WriteHeader(status)
	if err := templates.ExecuteTemplate(w, name+".html", view); err != nil {
		s.Log.ErrorContext(r.Context(), "page failed", "page", name, "error", err.Error())
	}
}

type loginView struct{ Portal, Error string }

type messageView struct {
	Frame
	Text string
}

// Frame is what every page of the staff shows around its content.
type Frame struct {
	Portal  string
	Open    bool // shown without a log-in
	Title   string
	Waiting int // requests that nobody has looked at yet
	Now     time.Time
}

func (s *Server) frame(r *http.Request, title string) Frame {
	counts, err := s.Store.Counts(r.Context())
	if err != nil {
		s.Log.ErrorContext(r.Context(), "counts failed", "error", err.Error())
	}
	return Frame{Portal: s.Name, Open: s.OpenStaff, Title: title, Waiting: counts[submit.StateReceived], Now: s.Now()}
}

func (s *Server) lost(w http.ResponseWriter, r *http.Request) {
	s.oops(w, r, portal.NewProblem(portal.NotFound, ""))
}

func (s *Server) oops(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	text := p.Title + "。请返回受理队列重试。"
	switch p.Kind() {
	case portal.Internal:
		s.Log.ErrorContext(r.Context(), "page failed", "error", err.Error())
	case portal.NotFound:
		text = "地址不对，或这一项不在本门户。请从受理队列重新打开。"
	}
	s.render(w, r, p.Status, "message", messageView{s.frame(r, p.Title), text})
}

func (s *Server) downloadManifest(w http.ResponseWriter, r *http.Request) {
	s.download(w, r, func(sealed submit.Sealed, _ *submit.Receipt) error {
		attachment(w, sealed.Submission.ID+".json")
		_, err := w.Write(sealed.Bytes)
		return err
	})
}

func (s *Server) downloadReceipt(w http.ResponseWriter, r *http.Request) {
	s.download(w, r, func(_ submit.Sealed, receipt *submit.Receipt) error {
		if receipt == nil {
			return inbox.ErrNotFound
		}
		attachment(w, receipt.Number+".json")
		s.json(w, receipt)
		return nil
	})
}

func (s *Server) downloadBlob(w http.ResponseWriter, r *http.Request) {
	s.download(w, r, func(sealed submit.Sealed, _ *submit.Receipt) error {
		sub := sealed.Submission
		i, err := strconv.Atoi(r.PathValue("position"))
		if err != nil || i < 0 || i >= len(sub.Attachments) {
			return inbox.ErrNotFound
		}
		f, err := s.Store.BlobOf(r.Context(), sub.ID, sub.Revision, sub.Attachments[i].SHA256)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		attachment(w, sub.Attachments[i].Name)
		_, err = io.Copy(w, f)
		return err
	})
}

func (s *Server) download(w http.ResponseWriter, r *http.Request, do func(submit.Sealed, *submit.Receipt) error) {
	id, n, err := place(r)
	if err == nil {
		var sealed submit.Sealed
		var receipt *submit.Receipt
		if sealed, receipt, err = s.Store.Revision(r.Context(), "", id, n); err == nil {
			err = do(sealed, receipt)
		}
	}
	if err != nil {
		s.oops(w, r, fmt.Errorf("download: %w", err))
	}
}

// attachment makes a browser save the answer, whatever it holds.
func attachment(w http.ResponseWriter, name string) {
	w.Header().Set("Content-Type", portal.TypeBlob)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}
