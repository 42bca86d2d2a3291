package server

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

type requestView struct {
	Frame
	Row       inbox.Row
	N         int // revision shown, 0 while none is complete
	Versions  []int
	Sealed    submit.Sealed
	Receipt   *submit.Receipt
	Verified  bool // the receipt holds under this portal's keys
	Groups    string
	Paper     paper
	Files     []file
	Checked   int // how many of Files were checked
	Audit     []inbox.AuditRow
	Decisions []inbox.DecisionRow
	Returned  []reasonRow // places that were returned in the revision before, or in this one
	Proposal  *inbox.Proposal
	Answers   []submit.Answer
	Steps     []submit.Step // that the operator may answer now
	Changes   int           // against the revision before
	Places    places
	Reasons   []reasonRow // being written
	Note      string      // being written
	Problem   string
	Done      string
	TwoPerson bool
	People    []choice
	marks     map[string]string
}

// file is an attachment with what the firm says it proves and who checked it.
type file struct {
	submit.Blob
	For, Checked string
	Shown        bool // may be looked at in the page
}

// Can tells whether the visitor may do this to the request as it stands.
func (v requestView) Can(e submit.Event) bool {
	_, err := submit.Portal.Next(v.Row.State, e)
	if err != nil || v.Row.Revision > 0 && v.N != v.Row.Revision {
		return false
	}
	switch e {
	case submit.EventWithdraw:
		return v.Firm()
	case submit.EventQuarantine, submit.EventRelease:
		return v.Admin()
	case submit.EventReturn:
		return v.Staff()
	}
	return v.Staff() && (v.Row.Kind == submit.Application || e == submit.EventReview)
}

// Mark is the class of a place of the document: changed since the revision before, or returned.
func (v requestView) Mark(pointer string) string { return v.marks[pointer] }

func (s *Server) requestPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	view, err := s.requestView(r, v)
	if err != nil {
		return err
	}
	view.Done = r.URL.Query().Get("done")
	return s.show(w, r, v, "request", view)
}

func (s *Server) requestView(r *http.Request, v *visit) (requestView, error) {
	ctx := r.Context()
	row, err := s.Store.Request(ctx, v.Who, r.PathValue("id"))
	if err != nil {
		return requestView{}, err
	}
	view := requestView{Frame: s.frame(r, v, "queue", row.FirmName), Row: row, N: row.Revision, marks: map[string]string{}}
	if n, err := strconv.Atoi(r.URL.Query().Get("n")); err == nil && n >= 1 && n <= row.Revision {
		view.N = n
	}
	for n := 1; n <= row.Revision; n++ {
		view.Versions = append(view.Versions, n)
	}
	if mode, err := s.Store.Setting(ctx, inbox.SettingTwoPersons); err != nil {
		return view, err
	} else if mode != "off" {
		view.TwoPerson = true
	}
	if view.N > 0 {
		if err := s.fill(r, v, &view); err != nil {
			return view, err
		}
	}
	if err := s.history(r, v, &view); err != nil {
		return view, err
	}
	if v.staff() {
		view.People, err = s.handlers(r)
	}
	return view, err
}

// history fills what happened to the request.
func (s *Server) history(r *http.Request, v *visit, view *requestView) (err error) {
	ctx, id := r.Context(), view.Row.ID
	if view.Audit, err = s.Store.Audit(ctx, inbox.AuditQuery{RequestID: id}); err != nil {
		return err
	}
	if view.Decisions, err = s.Store.Decisions(ctx, v.Who, id); err != nil {
		return err
	}
	if view.Answers, err = s.Store.Answers(ctx, v.Who, id); err != nil {
		return err
	}
	if v.staff() {
		if view.Proposal, err = s.Store.Proposal(ctx, id); err != nil {
			return err
		}
	}
	if v.Role == inbox.RoleOperator && (view.Row.State == submit.StateReceived || view.Row.State == submit.StateInReview || view.Row.Step == submit.StepLive) {
		view.Steps = submit.NextSteps(view.Row.Step)
	}
	view.markReturned()
	return nil
}

// markReturned marks the places that were returned: of this revision, and of the one before, which this one should have mended.
func (v *requestView) markReturned() {
	for _, d := range v.Decisions {
		if d.Event != submit.EventReturn || d.Revision != v.N && d.Revision != v.N-1 {
			continue
		}
		for _, reason := range d.Reasons {
			row := v.Places.row(reason)
			row.Revision = d.Revision
			v.Returned = append(v.Returned, row)
			if d.Revision == v.N {
				v.marks[reason.Pointer] = "returned"
			}
		}
	}
}

func (s *Server) fill(r *http.Request, v *visit, view *requestView) error {
	ctx := r.Context()
	sealed, receipt, err := s.Store.Revision(ctx, v.Who, view.Row.ID, view.N)
	if err != nil {
		return err
	}
	view.Sealed, view.Receipt = sealed, receipt
	if receipt != nil {
		ring := s.Keys.Ring()
		view.Verified = ring.Verify(*receipt, sealed) == nil
		if pub, err := ring.Key(receipt.PortalKeyID); err == nil {
			view.Groups = submit.Fingerprint(pub)
		}
	}
	if view.Paper, err = paperOf(sealed.Submission.Document); err != nil {
		return err
	}
	view.Places = placesOf(v, sealed, view.Paper)
	checked, err := s.Store.Checked(ctx, view.Row.ID, view.N)
	if err != nil {
		return err
	}
	for i, b := range sealed.Submission.Attachments {
		view.Files = append(view.Files, file{b, view.Paper.purpose(b.SHA256), checked[i], b.Type == "application/pdf" || strings.HasPrefix(b.Type, "image/")})
		if checked[i] != "" {
			view.Checked++
		}
	}
	return s.compare(r, v, view)
}

// compare marks what changed since the revision before.
func (s *Server) compare(r *http.Request, v *visit, view *requestView) error {
	if view.N < 2 {
		return nil
	}
	older, _, err := s.Store.Revision(r.Context(), v.Who, view.Row.ID, view.N-1)
	if err != nil {
		return err
	}
	all := submit.Compare(older, view.Sealed)
	view.Changes = len(all)
	for _, d := range all {
		for at := d.Pointer; at != ""; at = at[:strings.LastIndexByte(at, '/')] {
			view.marks[at] = "changed"
		}
	}
	return nil
}

type compareView struct {
	Frame
	Row      inbox.Row
	From, To int
	Versions []int
	Rows     []differenceRow
}

type differenceRow struct {
	Place, Pointer, Before, After string
	Returned                      bool
}

// comparePage shows two revisions beside each other, place by place.
func (s *Server) comparePage(w http.ResponseWriter, r *http.Request, v *visit) error {
	row, err := s.Store.Request(r.Context(), v.Who, r.PathValue("id"))
	if err != nil {
		return err
	}
	view := compareView{Frame: s.frame(r, v, "queue", v.t("版本对比")), Row: row, From: row.Revision - 1, To: row.Revision}
	for n := 1; n <= row.Revision; n++ {
		view.Versions = append(view.Versions, n)
	}
	for name, into := range map[string]*int{"from": &view.From, "to": &view.To} {
		if n, err := strconv.Atoi(r.URL.Query().Get(name)); err == nil && n >= 1 && n <= row.Revision {
			*into = n
		}
	}
	if view.From < 1 {
		return inbox.ErrNotFound
	}
	if view.Rows, err = s.differences(r, v, row, view.From, view.To); err != nil {
		return err
	}
	return s.show(w, r, v, "compare", view)
}

func (s *Server) differences(r *http.Request, v *visit, row inbox.Row, from, to int) ([]differenceRow, error) {
	older, _, err := s.Store.Revision(r.Context(), v.Who, row.ID, from)
	if err != nil {
		return nil, err
	}
	newer, _, err := s.Store.Revision(r.Context(), v.Who, row.ID, to)
	if err != nil {
		return nil, err
	}
	decisions, err := s.Store.Decisions(r.Context(), v.Who, row.ID)
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for _, d := range decisions {
		for _, reason := range d.Reasons {
			asked[reason.Pointer] = d.Event == submit.EventReturn && d.Revision == from
		}
	}
	var list []differenceRow
	for _, d := range submit.Compare(older, newer) {
		of := newer
		if d.After == nil {
			of = older
		}
		list = append(list, differenceRow{Place: placeName(v, of, d.Pointer), Pointer: d.Pointer, Before: plainValue(d.Before), After: plainValue(d.After), Returned: asked[d.Pointer] || asked[strings.TrimSuffix(d.Pointer, "/value")]})
	}
	return list, nil
}

// plainValue shows a JSON value in words, "" where there is none.
func plainValue(raw json.RawMessage) string {
	if raw == nil {
		return ""
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		if text == "" {
			return "—"
		}
		return text
	}
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		return strings.Join(list, "　")
	}
	return string(raw)
}

// PriorN is the revision before the one shown.
func (v requestView) PriorN() int { return v.N - 1 }

// Unchecked is how many papers nobody has checked yet.
func (v requestView) Unchecked() int { return len(v.Files) - v.Checked }
