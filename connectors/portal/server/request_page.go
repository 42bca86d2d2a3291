package server

import (
	"net/http"
	"strconv"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

type requestView struct {
	Frame
	Row      inbox.Row
	N        int // revision shown, 0 while none is complete
	Versions []int
	Sealed   submit.Sealed
	Receipt  *submit.Receipt
	Verified bool // the receipt holds under this portal's keys
	Groups   string
	Paper    paper
	Files    []file
	Audit    []inbox.AuditRow
}

// file is an attachment with what the firm says it proves.
type file struct {
	submit.Blob
	For string
}

func (s *Server) requestPage(w http.ResponseWriter, r *http.Request) {
	row, err := s.Store.Request(r.Context(), r.PathValue("id"))
	if err != nil {
		s.oops(w, r, err)
		return
	}
	v := requestView{Frame: s.frame(r, row.FirmName), Row: row, N: row.Revision}
	if n, err := strconv.Atoi(r.URL.Query().Get("n")); err == nil && n >= 1 && n <= row.Revision {
		v.N = n
	}
	if v.N > 0 {
		if err := s.fill(r, &v); err != nil {
			s.oops(w, r, err)
			return
		}
	}
	if v.Audit, err = s.Store.Audit(r.Context(), row.ID); err != nil {
		s.oops(w, r, err)
		return
	}
	for _, a := range v.Audit {
		if a.Verb == "commit" {
			v.Versions = append(v.Versions, a.Revision)
		}
	}
	s.render(w, r, http.StatusOK, "request", v)
}

func (s *Server) fill(r *http.Request, v *requestView) error {
	sealed, receipt, err := s.Store.Revision(r.Context(), "", v.Row.ID, v.N)
	if err != nil {
		return err
	}
	v.Sealed, v.Receipt = sealed, receipt
	if receipt != nil {
		ring := s.Keys.Ring()
		v.Verified = ring.Verify(*receipt, sealed) == nil
		if pub, err := ring.Key(receipt.PortalKeyID); err == nil {
			v.Groups = submit.Fingerprint(pub)
		}
	}
	if v.Paper, err = paperOf(sealed.Submission.Document); err != nil {
		return err
	}
	for _, b := range sealed.Submission.Attachments {
		v.Files = append(v.Files, file{b, v.Paper.purpose(b.SHA256)})
	}
	return nil
}
