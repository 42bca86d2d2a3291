package server

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// device lets only an enrolled device through and turns its error into a problem.
func (s *Server) device(do func(http.ResponseWriter, *http.Request, inbox.Device) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		id, secret, _ := strings.Cut(token, ".")
		if !ok || !submit.UUIDv7(id) || !submit.Hex256(secret) {
			s.problem(w, r, portal.NewProblem(portal.Unauthorised, ""))
			return
		}
		d, err := s.Store.Authorise(r.Context(), id, secret)
		if err == nil {
			err = do(w, r, d)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	}
}

func (s *Server) enrol(w http.ResponseWriter, r *http.Request) {
	if !s.enrols.allow(s.Now()) {
		s.problem(w, r, portal.NewProblem(portal.TooMany, ""))
		return
	}
	e, err := readEnrol(w, r)
	if err == nil {
		err = s.Store.Enrol(r.Context(), e.Code, inbox.Device{ID: e.DeviceID, Name: e.DeviceName}, e.Secret, s.Now())
	}
	if err != nil {
		s.enrols.failed(s.Now())
		s.fail(w, r, err)
		return
	}
	s.json(w, portal.Enrolled{DeviceID: e.DeviceID, Token: e.DeviceID + "." + e.Secret, Portal: s.Name})
}

func readEnrol(w http.ResponseWriter, r *http.Request) (portal.Enrol, error) {
	var e portal.Enrol
	b, err := body(w, r, portal.TypeJSON, portal.MaxSmall)
	if err == nil {
		err = decode(b, &e)
	}
	switch {
	case err != nil:
		return e, err
	case !submit.UUIDv7(e.DeviceID):
		return e, portal.NewProblem(portal.Validation, "deviceId 不是 UUIDv7")
	case !submit.Hex256(e.Secret):
		return e, portal.NewProblem(portal.Validation, "secret 不是 64 位小写十六进制")
	case e.DeviceName == "" || utf8.RuneCountInString(e.DeviceName) > 100:
		return e, portal.NewProblem(portal.Validation, "deviceName 须为 1 到 100 字")
	}
	return e, nil
}

func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	if err := s.Store.Healthy(r.Context()); err != nil {
		s.problem(w, r, portal.NewProblem(portal.Maintenance, ""))
		return
	}
	s.json(w, portal.Health{Status: "ok"})
}

func (s *Server) contract(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/yaml")
	_, _ = w.Write(portal.OpenAPI)
}

func (s *Server) key(w http.ResponseWriter, r *http.Request) {
	s.refreshKeys(r)
	pub, rotations := s.Keys.present()
	s.json(w, portal.Key{
		Portal: s.Name, PublicKey: pub, KeyID: submit.KeyID(pub), Fingerprint: submit.Fingerprint(pub),
		Rotations: rotations,
		Limits:    portal.Limits{Manifest: portal.MaxManifest, Blob: portal.MaxBlob, Attachments: portal.MaxAttachments},
	})
}

// refreshKeys notices a rotation while serving. A key file that does not hold
// leaves the present key in use: receipts go on under a key that devices trust.
func (s *Server) refreshKeys(r *http.Request) {
	if err := s.Keys.Refresh(); err != nil {
		s.Log.ErrorContext(r.Context(), "key file not taken over", "error", err.Error())
	}
}
