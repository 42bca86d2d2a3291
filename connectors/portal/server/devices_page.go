package server

import (
	"crypto/rand"
	"net/http"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
)

// CodeLife is how long an enrolment code may be used.
const CodeLife = 7 * 24 * time.Hour

type devicesView struct {
	Frame
	Devices     []inbox.Device
	Firms       []choice // accounts that a device may belong to
	Code        string   // just made; shown once
	Fingerprint string
	Problem     string
}

func (s *Server) devicesPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	view, err := s.devicesView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, v, "devices", view)
}

func (s *Server) devicesView(r *http.Request, v *visit) (devicesView, error) {
	view := devicesView{Frame: s.frame(r, v, "devices", v.t("设备与顾问")), Fingerprint: s.Keys.fingerprint()}
	var err error
	if view.Devices, err = s.Store.Devices(r.Context(), v.Who); err != nil {
		return view, err
	}
	if v.Role != inbox.RoleAdmin {
		return view, nil
	}
	all, err := s.Store.Accounts(r.Context())
	for _, a := range all {
		if a.EndedAt.IsZero() && (a.Role == inbox.RoleOwner || a.Role == inbox.RoleAdviser) {
			view.Firms = append(view.Firms, choice{Value: a.Login, Word: a.Name})
		}
	}
	return view, err
}

// NewCode makes a code of 80 random bits in four groups of letters and digits (base32).
func NewCode() string {
	t := rand.Text()[:16]
	return strings.Join([]string{t[:4], t[4:8], t[8:12], t[12:]}, "-")
}

func (s *Server) addCode(w http.ResponseWriter, r *http.Request, v *visit) error {
	person := strings.TrimSpace(r.PostFormValue("person"))
	if person == "" || len([]rune(person)) > 60 {
		return portal.NewProblem(portal.BadRequest, "请写明登记码给谁（60 字以内）")
	}
	c := inbox.Code{Code: NewCode(), Expires: s.Now().Add(CodeLife), Account: r.PostFormValue("account"), Person: person}
	if err := s.Store.AddCode(r.Context(), v.Who, c, s.Now()); err != nil {
		return err
	}
	view, err := s.devicesView(r, v)
	if err != nil {
		return err
	}
	view.Code, view.Here = c.Code, "/devices"
	return s.show(w, r, v, "devices", view)
}

type deviceView struct {
	Frame
	Device inbox.Device
	On     []inbox.Row
}

// device gives one device that the visitor may see.
func (s *Server) device(r *http.Request, v *visit) (inbox.Device, error) {
	all, err := s.Store.Devices(r.Context(), v.Who)
	if err != nil {
		return inbox.Device{}, err
	}
	for _, d := range all {
		if d.ID == r.PathValue("device") {
			return d, nil
		}
	}
	return inbox.Device{}, inbox.ErrNotFound
}

// devicePage lists what was on a device: whom to tell when it is lost.
func (s *Server) devicePage(w http.ResponseWriter, r *http.Request, v *visit) error {
	d, err := s.device(r, v)
	if err != nil {
		return err
	}
	view := deviceView{Frame: s.frame(r, v, "devices", d.Name), Device: d}
	if view.On, err = s.Store.On(r.Context(), d.ID); err != nil {
		return err
	}
	return s.show(w, r, v, "device", view)
}

func (s *Server) revokeDevice(w http.ResponseWriter, r *http.Request, v *visit) error {
	d, err := s.device(r, v)
	if err != nil {
		return err
	}
	var since time.Time
	if r.PostFormValue("lost") == "yes" {
		day, err := time.ParseInLocation("2006-01-02", r.PostFormValue("since"), china)
		if err != nil || day.After(s.Now()) {
			return portal.NewProblem(portal.BadRequest, "请写明何日起可能失控（不晚于今天）")
		}
		since = day
	}
	if err := s.Store.Revoke(r.Context(), v.Who, d.ID, since, s.Now()); err != nil {
		return err
	}
	http.Redirect(w, r, "/devices/"+d.ID, http.StatusSeeOther)
	return nil
}
