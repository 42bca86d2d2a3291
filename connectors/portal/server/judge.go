package server

import (
	"net/http"
	"strconv"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// decidePage takes a decision from the request's page. What was typed comes back with the reason when it is refused.
func (s *Server) decidePage(w http.ResponseWriter, r *http.Request, v *visit) error {
	id := r.PathValue("id")
	if _, err := s.Store.Request(r.Context(), v.Who, id); err != nil {
		return err
	}
	version, err := versionOf(r.PostFormValue("version"))
	if err != nil {
		return err
	}
	ruling := inbox.Ruling{Event: submit.Event(r.PostFormValue("event")), Note: r.PostFormValue("note"), Version: version}
	if ruling.Event == submit.EventReturn || ruling.Event == submit.EventReject {
		ruling.Reasons = readReasons(r)
	}
	out, err := s.Store.Decide(r.Context(), v.Who, id, ruling, s.Now(), s.signDecision(r))
	if err != nil {
		if kind := problemOf(err).Kind(); kind == portal.Validation || kind == portal.NotReviewable || kind == portal.Stale || kind == portal.NotAllowedNow {
			return s.again(w, r, v, err, readReasons(r), ruling.Note)
		}
		return err
	}
	done := string(ruling.Event)
	if out.Waits {
		done = "proposed"
	}
	http.Redirect(w, r, "/requests/"+id+"?done="+done, http.StatusSeeOther)
	return nil
}

// readReasons reads the rows of the form; a row without a code and words is none.
func readReasons(r *http.Request) []submit.Reason {
	at, codes, texts := r.PostForm["pointer"], r.PostForm["code"], r.PostForm["text"]
	var list []submit.Reason
	for i := range min(len(at), len(codes), len(texts), submit.MaxReasons+1) {
		if codes[i] != "" || texts[i] != "" {
			list = append(list, submit.Reason{Pointer: at[i], Code: codes[i], Text: texts[i]})
		}
	}
	return list
}

// again shows the page once more with what is wrong and with everything that was typed.
func (s *Server) again(w http.ResponseWriter, r *http.Request, v *visit, wrong error, reasons []submit.Reason, note string) error {
	view, err := s.requestView(r, v)
	if err != nil {
		return err
	}
	p := problemOf(wrong)
	view.Problem = v.t(p.Title)
	if p.Detail != "" {
		view.Problem += v.t("：") + v.t(p.Detail)
	}
	view.Note = note
	view.Reasons = nil
	for _, reason := range reasons {
		view.Reasons = append(view.Reasons, view.Places.row(reason))
	}
	s.render(w, r, p.Status, "request", v.lang, view)
	return nil
}

// reasonRow is one more row of the form for returning, for a script.
func (s *Server) reasonRow(w http.ResponseWriter, r *http.Request, v *visit) error {
	view, err := s.requestView(r, v)
	if err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "reason", v.lang, view.Places.row(submit.Reason{Pointer: r.URL.Query().Get("at")}))
	return nil
}

func (s *Server) assignOne(w http.ResponseWriter, r *http.Request, v *visit) error {
	id := r.PathValue("id")
	if err := s.Store.Assign(r.Context(), v.Who, id, r.PostFormValue("assignee"), s.Now()); err != nil {
		return err
	}
	http.Redirect(w, r, "/requests/"+id, http.StatusSeeOther)
	return nil
}

// checkPaper notes that a paper was checked.
func (s *Server) checkPaper(w http.ResponseWriter, r *http.Request, v *visit) error {
	id := r.PathValue("id")
	n, bad := strconv.Atoi(r.PostFormValue("n"))
	position, worse := strconv.Atoi(r.PostFormValue("position"))
	if bad != nil || worse != nil {
		return portal.NewProblem(portal.BadRequest, "")
	}
	if err := s.Store.Check(r.Context(), v.Who, id, n, position, r.PostFormValue("done") == "yes", s.Now()); err != nil {
		return err
	}
	http.Redirect(w, r, "/requests/"+id+"#files", http.StatusSeeOther)
	return nil
}
