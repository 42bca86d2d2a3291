package server

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

func tag(version int) string { return `"v` + strconv.Itoa(version) + `"` }

// ifMatch reads which version of the request was looked at.
func ifMatch(r *http.Request) (int, error) {
	h := r.Header.Get("If-Match")
	if h == "" {
		return 0, portal.NewProblem(portal.NeedsMatch, "")
	}
	return versionOf(strings.TrimSuffix(strings.TrimPrefix(h, `"v`), `"`))
}

func versionOf(text string) (int, error) {
	v, err := strconv.Atoi(text)
	if err != nil || v < 0 {
		return 0, portal.NewProblem(portal.BadRequest, "If-Match 须为状态所给的标记")
	}
	return v, nil
}

func (s *Server) status(w http.ResponseWriter, r *http.Request, c caller) error {
	row, err := s.row(r, c, r.PathValue("id"))
	if err != nil {
		return err
	}
	all, err := s.Store.Decisions(r.Context(), c.Who, row.ID)
	if err != nil {
		return err
	}
	answer := portal.Status{ID: row.ID, State: row.State, Revision: row.Revision, Note: row.Note, Version: row.Version, Step: row.Step}
	if n := len(all); n > 0 {
		answer.Decision = &all[n-1].Decision
	}
	w.Header().Set("ETag", tag(row.Version))
	s.json(w, answer)
	return nil
}

func (s *Server) changes(w http.ResponseWriter, r *http.Request, c caller) error {
	q := r.URL.Query()
	var after int64
	limit := 100
	var err error
	if v := q.Get("after"); v != "" {
		after, err = strconv.ParseInt(v, 10, 64)
	}
	if v := q.Get("limit"); v != "" && err == nil {
		limit, err = strconv.Atoi(v)
	}
	if err != nil || after < 0 || limit < 1 || limit > 500 {
		return portal.NewProblem(portal.BadRequest, "after 或 limit 不对")
	}
	list, next, err := s.Store.Changes(r.Context(), c.Who, after, limit)
	if err != nil {
		return err
	}
	answer := portal.Changes{Changes: []portal.Change{}, Next: next}
	for _, x := range list {
		answer.Changes = append(answer.Changes, portal.Change{Seq: x.Seq, ID: x.RequestID, Kind: x.Kind, Revision: x.Revision, Type: x.Type, State: x.State, At: x.At})
	}
	s.json(w, answer)
	return nil
}

func (s *Server) decisions(w http.ResponseWriter, r *http.Request, c caller) error {
	if _, err := s.row(r, c, r.PathValue("id")); err != nil {
		return err
	}
	all, err := s.Store.Decisions(r.Context(), c.Who, r.PathValue("id"))
	if err != nil {
		return err
	}
	answer := portal.Decisions{Decisions: []submit.Decision{}}
	for _, d := range all {
		answer.Decisions = append(answer.Decisions, d.Decision)
	}
	s.json(w, answer)
	return nil
}

func (s *Server) withdraw(w http.ResponseWriter, r *http.Request, c caller) error {
	return s.rule(w, r, c, submit.EventWithdraw)
}

func (s *Server) decide(w http.ResponseWriter, r *http.Request, c caller) error {
	return s.rule(w, r, c, "")
}

// wish reads what a caller wants to do to a request that it may see, and the version that it looked at.
func wish[T any](s *Server, w http.ResponseWriter, r *http.Request, c caller) (version int, ask T, err error) {
	if _, err = s.row(r, c, r.PathValue("id")); err != nil {
		return 0, ask, err
	}
	if version, err = ifMatch(r); err != nil {
		return 0, ask, err
	}
	b, err := body(w, r, portal.TypeJSON, portal.MaxManifest)
	if err != nil {
		return 0, ask, err
	}
	err = decode(b, &ask)
	return version, ask, err
}

// rule takes a decision; with an event given, for that event only.
func (s *Server) rule(w http.ResponseWriter, r *http.Request, c caller, only submit.Event) error {
	id := r.PathValue("id")
	version, ask, err := wish[portal.Decide](s, w, r, c)
	if err != nil {
		return err
	}
	if only != "" {
		ask = portal.Decide{Event: only, Note: ask.Note}
	}
	out, err := s.Store.Decide(r.Context(), c.Who, id, inbox.Ruling{Event: ask.Event, Reasons: ask.Reasons, Note: ask.Note, Version: version}, s.Now(), s.signDecision(r))
	if err != nil {
		return err
	}
	w.Header().Set("ETag", tag(out.Version))
	s.json(w, portal.Decided{State: out.State, Version: out.Version, Waits: out.Waits, Decision: out.Decision})
	return nil
}

func (s *Server) signDecision(r *http.Request) inbox.SignDecision {
	s.refreshKeys(r)
	key := s.Keys.signing()
	return func(d submit.Decision) submit.Decision { return d.Sign(key) }
}

func (s *Server) signAnswer(r *http.Request) inbox.SignAnswer {
	s.refreshKeys(r)
	key := s.Keys.signing()
	return func(a submit.Answer) submit.Answer { return a.Sign(key) }
}

func (s *Server) answers(w http.ResponseWriter, r *http.Request, c caller) error {
	if _, err := s.row(r, c, r.PathValue("id")); err != nil {
		return err
	}
	all, err := s.Store.Answers(r.Context(), c.Who, r.PathValue("id"))
	if err != nil {
		return err
	}
	s.json(w, portal.Answers{Answers: append([]submit.Answer{}, all...)})
	return nil
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, c caller) error {
	id := r.PathValue("id")
	version, ask, err := wish[portal.Answer](s, w, r, c)
	if err != nil {
		return err
	}
	a := submit.Answer{Step: ask.Step, Note: ask.Note, QuoteFen: ask.QuoteFen, GoLive: ask.GoLive, Months: ask.Months, Files: ask.Files}
	said, err := s.Store.Answer(r.Context(), c.Who, id, a, version, s.Now(), s.signAnswer(r))
	if err != nil {
		return err
	}
	s.json(w, said)
	return nil
}

func (s *Server) putFile(w http.ResponseWriter, r *http.Request, c caller) error {
	digest := r.PathValue("sha256")
	if _, err := s.row(r, c, r.PathValue("id")); err != nil {
		return err
	}
	switch {
	case !submit.Hex256(digest):
		return portal.NewProblem(portal.BadRequest, "sha256 不是 64 位小写十六进制")
	case r.ContentLength < 0:
		return portal.NewProblem(portal.BadRequest, "须给出 Content-Length")
	case r.ContentLength > portal.MaxPut:
		return &http.MaxBytesError{Limit: portal.MaxPut}
	}
	if err := mediaType(r, portal.TypeBlob); err != nil {
		return err
	}
	if err := s.Store.PutFile(r.Context(), digest, r.ContentLength, http.MaxBytesReader(w, r.Body, portal.MaxPut), s.Now()); err != nil {
		return named(err, digest)
	}
	s.json(w, portal.Stored{SHA256: digest, Size: r.ContentLength})
	return nil
}

func (s *Server) getFile(w http.ResponseWriter, r *http.Request, c caller) error {
	if _, err := s.row(r, c, r.PathValue("id")); err != nil {
		return err
	}
	f, err := s.Store.AnswerFile(r.Context(), c.Who, r.PathValue("id"), r.PathValue("sha256"))
	return s.bytes(w, f, err)
}

func (s *Server) revisionBlob(w http.ResponseWriter, r *http.Request, c caller) error {
	id, n, err := place(r)
	if err != nil {
		return err
	}
	f, err := s.Store.BlobOf(r.Context(), c.Who, id, n, r.PathValue("sha256"))
	return s.bytes(w, f, err)
}
