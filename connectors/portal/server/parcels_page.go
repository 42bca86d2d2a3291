package server

import (
	"crypto/rand"
	"errors"
	"io"
	"net/http"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/handover"
)

type parcelsView struct {
	Frame
	Card     handover.Card
	Senders  []Sender
	Devices  []inbox.Device // that may be entered as senders
	Names    map[string]string
	Imported *Imported // just taken
	Problem  string
}

func (s *Server) parcelsPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	view, err := s.parcelsView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, v, "parcels", view)
}

func (s *Server) parcelsView(r *http.Request, v *visit) (parcelsView, error) {
	view := parcelsView{Frame: s.frame(r, v, "parcels", v.t("U盘收件")), Names: map[string]string{}}
	view.Here = "/parcels"
	var err error
	if view.Card, err = (Parcels{s}).Card(r.Context()); err != nil {
		return view, err
	}
	if view.Senders, err = (Parcels{s}).Senders(r.Context()); err != nil {
		return view, err
	}
	all, err := s.Store.Devices(r.Context(), v.Who)
	for _, d := range all {
		if view.Names[d.ID] = d.Name; d.RevokedAt.IsZero() {
			view.Devices = append(view.Devices, d)
		}
	}
	return view, err
}

// importParcel takes a parcel that was brought on a stick; what is refused is named on the page.
func (s *Server) importParcel(w http.ResponseWriter, r *http.Request, v *visit) error {
	file, _, err := r.FormFile("parcel")
	if err != nil {
		return portal.NewProblem(portal.BadRequest, "请选择报送包文件（64 MB 以内；更大的用 shangyun-portal parcel import）")
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(file)
	if err != nil {
		return errors.Join(inbox.ErrBody, err)
	}
	done, err := (Parcels{s}).Import(r.Context(), data)
	if err == nil {
		s.refused.Store(done.Device, done.Refused)
	}
	return s.parcelsAgain(w, r, v, &done, err)
}

// trustSender enters a device's card.
func (s *Server) trustSender(w http.ResponseWriter, r *http.Request, v *visit) error {
	_, err := (Parcels{s}).Trust(r.Context(), v.Who, r.PostFormValue("device"), r.PostFormValue("card"), r.PostFormValue("check"))
	if err == nil {
		http.Redirect(w, r, "/parcels", http.StatusSeeOther)
		return nil
	}
	return s.parcelsAgain(w, r, v, nil, err)
}

// parcelsAgain shows the page with what a form did.
func (s *Server) parcelsAgain(w http.ResponseWriter, r *http.Request, v *visit, done *Imported, wrong error) error {
	status := http.StatusOK
	view, err := s.parcelsView(r, v)
	if err != nil {
		return err
	}
	if view.Imported = done; wrong != nil {
		view.Imported = nil
		p := problemOf(wrong)
		if p.Kind() == portal.Internal {
			return wrong
		}
		if status, view.Problem = p.Status, v.t(p.Title); p.Detail != "" {
			view.Problem += v.t("：") + v.t(p.Detail)
		}
	}
	s.render(w, r, status, "parcels", v.lang, view)
	return nil
}

// returnParcel makes the parcel that goes back to a device.
func (s *Server) returnParcel(w http.ResponseWriter, r *http.Request, _ *visit) error {
	device := r.PathValue("device")
	var refused []handover.Refusal
	if kept, ok := s.refused.Load(device); ok {
		refused, _ = kept.([]handover.Refusal)
	}
	data, err := (Parcels{s}).Return(r.Context(), device, refused, rand.Text())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/x-tar")
	w.Header().Set("Content-Disposition", `attachment; filename="return.syparcel"`)
	_, err = w.Write(data)
	return err
}
