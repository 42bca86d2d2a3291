package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

type platformsView struct {
	Frame
	Operators []inbox.Operator
	Hooks     []inbox.Hook
	Dead      []inbox.Delivery
	Secret    string // of the hook just made; shown once
	Problem   string
}

func (s *Server) platformsPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	view, err := s.platformsView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, v, "platforms", view)
}

func (s *Server) platformsView(r *http.Request, v *visit) (platformsView, error) {
	view := platformsView{Frame: s.frame(r, v, "platforms", v.t("平台与推送"))}
	view.Here = "/platforms"
	var err error
	if view.Operators, err = s.Store.Operators(r.Context()); err == nil {
		view.Hooks, err = s.Store.Hooks(r.Context())
	}
	if err == nil {
		view.Dead, err = s.Store.Dead(r.Context(), 50)
	}
	return view, err
}

func (s *Server) refusePlatform(w http.ResponseWriter, r *http.Request, v *visit, wrong error) error {
	view, err := s.platformsView(r, v)
	if err != nil {
		return err
	}
	view.Problem = v.t(wrong.Error())
	s.render(w, r, http.StatusUnprocessableEntity, "platforms", v.lang, view)
	return nil
}

func (s *Server) putPlatform(w http.ResponseWriter, r *http.Request, v *visit) error {
	o := inbox.Operator{ID: strings.TrimSpace(r.PostFormValue("id")), Name: strings.TrimSpace(r.PostFormValue("name"))}
	for line := range strings.Lines(r.PostFormValue("vendors")) {
		if vendor := strings.TrimSpace(line); vendor != "" {
			o.Vendors = append(o.Vendors, vendor)
		}
	}
	if r.PostFormValue("ended") == "yes" {
		o.EndedAt = s.Now()
	}
	switch {
	case o.ID == "" || len(o.ID) > 40 || strings.Trim(o.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
		return s.refusePlatform(w, r, v, errors.New("平台编号只能用小写字母、数字和 -"))
	case o.Name == "" || len([]rune(o.Name)) > 60:
		return s.refusePlatform(w, r, v, errors.New("平台名称须为 1 到 60 字"))
	case len(o.Vendors) == 0 || len(o.Vendors) > 20:
		return s.refusePlatform(w, r, v, errors.New("请写明 1 到 20 个服务商名称，一行一个"))
	}
	if err := s.Store.PutOperator(r.Context(), v.Who, o, s.Now()); err != nil {
		return err
	}
	http.Redirect(w, r, "/platforms", http.StatusSeeOther)
	return nil
}

func (s *Server) addHook(w http.ResponseWriter, r *http.Request, v *visit) error {
	h, err := newHook(r.PostFormValue("operator"), r.PostFormValue("url"))
	if err != nil {
		return s.refusePlatform(w, r, v, err)
	}
	if err := s.Store.AddHook(r.Context(), v.Who, h, s.Now()); err != nil {
		return err
	}
	view, err := s.platformsView(r, v)
	if err != nil {
		return err
	}
	view.Secret = h.Secret
	return s.show(w, r, v, "platforms", view)
}

func (s *Server) endHook(w http.ResponseWriter, r *http.Request, v *visit) error {
	if err := s.Store.EndHook(r.Context(), v.Who, r.PostFormValue("id"), s.Now()); err != nil {
		return err
	}
	http.Redirect(w, r, "/platforms", http.StatusSeeOther)
	return nil
}

func (s *Server) againHook(w http.ResponseWriter, r *http.Request, v *visit) error {
	if err := s.Store.Again(r.Context(), v.Who, r.PostFormValue("id"), s.Now()); err != nil {
		return err
	}
	http.Redirect(w, r, "/platforms", http.StatusSeeOther)
	return nil
}

// answerPage takes a platform operator's answer from the request's page, with its files.
func (s *Server) answerPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	id := r.PathValue("id")
	if _, err := s.Store.Request(r.Context(), v.Who, id); err != nil {
		return err
	}
	version, err := versionOf(r.PostFormValue("version"))
	if err != nil {
		return err
	}
	a := submit.Answer{Step: submit.Step(r.PostFormValue("step")), Note: r.PostFormValue("note"), GoLive: r.PostFormValue("goLive")}
	if months := r.PostFormValue("months"); months != "" && a.Step == submit.StepLive {
		a.Months, err = strconv.Atoi(months)
	}
	if err == nil && a.Step != submit.StepLive {
		a.GoLive = ""
	}
	if yuan := strings.TrimSpace(r.PostFormValue("quote")); err == nil && yuan != "" && (a.Step == submit.StepQuoted || a.Step == submit.StepSigned) {
		a.QuoteFen, err = fenOf(yuan)
	}
	if err == nil {
		a.Files, err = s.takeFiles(r)
	}
	if err == nil {
		_, err = s.Store.Answer(r.Context(), v.Who, id, a, version, s.Now(), s.signAnswer(r))
	}
	if err != nil {
		if problemOf(err).Kind() == portal.Internal {
			return err
		}
		return s.again(w, r, v, err, nil, a.Note)
	}
	http.Redirect(w, r, "/requests/"+id+"?done=answer", http.StatusSeeOther)
	return nil
}

// fenOf reads a sum in yuan: "12000", "12,000.50".
func fenOf(yuan string) (string, error) {
	whole, cents, _ := strings.Cut(strings.ReplaceAll(yuan, ",", ""), ".")
	n, err := strconv.ParseInt(whole+(cents + "00")[:2], 10, 64)
	if err != nil || n < 0 || len(cents) > 2 || strings.HasPrefix(whole, "-") || strings.HasPrefix(whole, "+") {
		return "", portal.NewProblem(portal.Validation, "报价金额不对，请写成 12000 或 12,000.50")
	}
	return strconv.FormatInt(n, 10), nil
}

// maxAnswerFiles is how many files one answer may bring.
const maxAnswerFiles = 10

func (s *Server) takeFiles(r *http.Request) ([]submit.Blob, error) {
	if r.MultipartForm == nil {
		return nil, nil
	}
	files := r.MultipartForm.File["file"]
	if len(files) > maxAnswerFiles {
		return nil, portal.NewProblem(portal.Validation, fmt.Sprintf("附件超过 %d 个", maxAnswerFiles))
	}
	var list []submit.Blob
	for _, f := range files {
		if f.Size == 0 && f.Filename == "" {
			continue
		}
		b, err := s.takeFile(r, f)
		if err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, nil
}

func (s *Server) takeFile(r *http.Request, h *multipart.FileHeader) (submit.Blob, error) {
	f, err := h.Open()
	if err != nil {
		return submit.Blob{}, err
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(f)
	if err != nil {
		return submit.Blob{}, err
	}
	b := submit.Blob{Name: h.Filename, Role: "operator-file", SHA256: submit.Digest(raw), Size: int64(len(raw)), Type: http.DetectContentType(raw)}
	b.Type, _, _ = strings.Cut(b.Type, ";")
	return b, s.Store.PutFile(r.Context(), b.SHA256, b.Size, strings.NewReader(string(raw)), s.Now())
}

// downloadAnswer gives a file of an answer.
func (s *Server) downloadAnswer(w http.ResponseWriter, r *http.Request, v *visit) error {
	id, digest := r.PathValue("id"), r.PathValue("sha256")
	all, err := s.Store.Answers(r.Context(), v.Who, id)
	if err != nil {
		return err
	}
	f, err := s.Store.AnswerFile(r.Context(), v.Who, id, digest)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	name := digest
	for _, a := range all {
		for _, b := range a.Files {
			if b.SHA256 == digest {
				name = b.Name
			}
		}
	}
	attachment(w, name)
	_, _ = io.Copy(w, f)
	return nil
}

type auditView struct {
	Frame
	Rows        []inbox.AuditRow
	Actor, Verb string
	Verbs       []choice
	Next        int64 // rows before this number go on, 0 for none
}

const auditPageSize = 100

func (s *Server) auditPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	q := r.URL.Query()
	view := auditView{Frame: s.frame(r, v, "audit", v.t("审计")), Actor: q.Get("actor"), Verb: q.Get("verb")}
	before, err := strconv.ParseInt(q.Get("before"), 10, 64)
	if err != nil || before < 1 {
		before = 1 << 60
	}
	if view.Rows, err = s.Store.Audit(r.Context(), inbox.AuditQuery{Actor: view.Actor, Verb: view.Verb, Before: before, Limit: auditPageSize}); err != nil {
		return err
	}
	if n := len(view.Rows); n == auditPageSize {
		view.Next = view.Rows[n-1].Seq
	}
	view.Verbs = verbChoices(v, view.Verb)
	return s.show(w, r, v, "audit", view)
}

// downloadAudit gives the whole audit, one JSON object a line, oldest first.
func (s *Server) downloadAudit(w http.ResponseWriter, r *http.Request, _ *visit) error {
	rows, err := s.Store.Audit(r.Context(), inbox.AuditQuery{})
	if err != nil {
		return err
	}
	attachment(w, "audit.jsonl")
	e := json.NewEncoder(w)
	for _, row := range rows {
		if err := e.Encode(row); err != nil {
			return nil // the line was cut
		}
	}
	return nil
}
