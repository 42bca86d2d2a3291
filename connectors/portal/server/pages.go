package server

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

//go:embed web
var web embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"state": stateWord, "tone": stateTone, "kind": kindWord, "yuan": yuan, "sum": sum, "when": when, "size": sizeWord,
	"short": func(s string) string { return s[:min(len(s), 12)] }, "level": levelBars, "verb": verbWord,
}).ParseFS(web, "web/*.html"))

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
		"GET /requests/{id}":     s.staff(s.requestPage),
		at + "/manifest":         s.staff(s.downloadManifest),
		at + "/receipt":          s.staff(s.downloadReceipt),
		at + "/blobs/{position}": s.staff(s.downloadBlob),
	}
}

func (s *Server) style(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "max-age=300")
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
	Portal string
	Open   bool // shown without a log-in
	Title  string
}

func (s *Server) frame(title string) Frame {
	return Frame{Portal: s.Name, Open: s.OpenStaff, Title: title}
}

func (s *Server) oops(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	text := p.Title + "。请返回受理队列重试。"
	if p.Kind() == portal.Internal {
		s.Log.ErrorContext(r.Context(), "page failed", "error", err.Error())
	}
	s.render(w, r, p.Status, "message", messageView{s.frame(p.Title), text})
}

// chip is one filter of the list.
type chip struct {
	Word, Link string
	N          int
	On         bool
}

type listView struct {
	Frame
	Text, State, Kind string
	States            []chip
	Rows              []inbox.Row
	From, To, Total   int
	Before, After     string // links, "" for none
}

func (s *Server) listPage(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	offset, err := strconv.Atoi(q.Get("from"))
	if err != nil || offset < 0 {
		offset = 0
	}
	query := inbox.Query{Text: q.Get("q"), State: submit.State(q.Get("state")), Kind: submit.Kind(q.Get("kind")), Offset: offset, Limit: pageSize}
	rows, total, err := s.Store.List(r.Context(), query)
	if err != nil {
		s.oops(w, r, err)
		return
	}
	counts, err := s.Store.Counts(r.Context())
	if err != nil {
		s.oops(w, r, err)
		return
	}
	v := listView{
		Frame: s.frame("受理队列"), Text: query.Text, State: string(query.State), Kind: string(query.Kind),
		States: chips(counts, query), Rows: rows, From: min(offset+1, total), To: offset + len(rows), Total: total,
	}
	if offset > 0 {
		v.Before = link(query, max(0, offset-pageSize))
	}
	if offset+len(rows) < total && len(rows) > 0 {
		v.After = link(query, offset+pageSize)
	}
	s.render(w, r, http.StatusOK, "list", v)
}

func chips(counts map[submit.State]int, q inbox.Query) []chip {
	all := 0
	for _, n := range counts {
		all += n
	}
	choice := q.State
	q.State = ""
	list := []chip{{Word: "全部", Link: link(q, 0), N: all, On: choice == ""}}
	for _, state := range states {
		if q.State = state.state; counts[state.state] > 0 || choice == state.state {
			list = append(list, chip{Word: state.word, Link: link(q, 0), N: counts[state.state], On: choice == state.state})
		}
	}
	return list
}

func link(q inbox.Query, from int) string {
	v := url.Values{}
	for name, value := range map[string]string{"q": q.Text, "state": string(q.State), "kind": string(q.Kind)} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if from > 0 {
		v.Set("from", strconv.Itoa(from))
	}
	return "/?" + v.Encode()
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
