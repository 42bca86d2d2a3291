package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey"
)

func (s *Server) json(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", portal.TypeJSON)
	_ = json.NewEncoder(w).Encode(body) // the line may be cut; the sender asks again
}

func (s *Server) problem(w http.ResponseWriter, r *http.Request, p *portal.Problem) {
	if p.Status >= http.StatusInternalServerError {
		s.Log.ErrorContext(r.Context(), "request failed", "kind", string(p.Kind()), "method", r.Method)
	}
	w.Header().Set("Content-Type", portal.TypeProblem)
	if p.Retry == portal.RetryAfter {
		w.Header().Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(problemJSON(p))
}

func problemJSON(p *portal.Problem) []byte {
	b, err := json.Marshal(p)
	if err != nil {
		return nil
	}
	return append(b, '\n')
}

// fail turns an error of the inbox or of survey/submit into its problem.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	if p.Kind() == portal.Internal {
		s.Log.ErrorContext(r.Context(), "unexpected failure", "error", err.Error())
	}
	s.problem(w, r, p)
}

// kinds is the table from the inbox's refusals to problems, first match wins.
var kinds = []struct {
	err  error
	kind portal.Kind
}{
	{inbox.ErrNotFound, portal.NotFound},
	{inbox.ErrForbidden, portal.Forbidden},
	{inbox.ErrContentConflict, portal.ContentConflict},
	{inbox.ErrNotAllowed, portal.NotAllowedNow},
	{inbox.ErrUnknownBlob, portal.UnknownBlob},
	{inbox.ErrBlobMismatch, portal.BlobHashMismatch},
	{inbox.ErrEnrolCode, portal.EnrolCode},
	{inbox.ErrUnknownDevice, portal.Unauthorised},
	{inbox.ErrFull, portal.StorageFull},
	{inbox.ErrElsewhere, portal.OffsetMismatch},
	{inbox.ErrAway, portal.Maintenance},
	{inbox.ErrBody, portal.BadRequest},
	{inbox.ErrUnchecked, portal.NotReviewable},
}

func problemOf(err error) *portal.Problem {
	var own *portal.Problem
	var revision *inbox.RevisionConflict
	var incomplete *inbox.IncompleteError
	var tooLong *http.MaxBytesError
	var stale *inbox.StaleError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &tooLong):
		p := portal.NewProblem(portal.TooLarge, "")
		p.Limit = tooLong.Limit
		return p
	case errors.As(err, &revision):
		p := portal.NewProblem(portal.RevisionConflict, "")
		p.Current = &revision.Current
		return p
	case errors.As(err, &stale):
		p := portal.NewProblem(portal.Stale, "")
		p.Current = &stale.Current
		return p
	case errors.As(err, &incomplete):
		p := portal.NewProblem(portal.Incomplete, strconv.Itoa(len(incomplete.Missing))+" 个附件")
		p.Missing = incomplete.Missing
		return p
	}
	for _, row := range kinds {
		if errors.Is(err, row.err) {
			return portal.NewProblem(row.kind, "")
		}
	}
	switch survey.CodeOf(err) {
	case survey.CodeFileTooBig:
		return portal.NewProblem(portal.TooLarge, survey.DetailOf(err))
	case survey.CodeField, survey.CodeFileBroken, survey.CodeParcel:
		return portal.NewProblem(portal.Validation, survey.DetailOf(err))
	case survey.CodeConflict:
		return portal.NewProblem(portal.NotAllowedNow, survey.DetailOf(err))
	}
	return portal.NewProblem(portal.Internal, "")
}
