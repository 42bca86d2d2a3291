package server

import (
	"context"
	"crypto/ed25519"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

func (s *Server) enrol(w http.ResponseWriter, r *http.Request) {
	if !s.enrols.allow(s.Now()) {
		s.problem(w, r, portal.NewProblem(portal.TooMany, ""))
		return
	}
	e, err := readEnrol(w, r)
	if err == nil {
		err = s.Store.Enrol(r.Context(), e.Code, inbox.Device{ID: e.DeviceID, Name: e.DeviceName, PublicKey: e.PublicKey}, e.Secret, s.Now())
	}
	if err != nil {
		s.enrols.failed(s.Now())
		s.fail(w, r, err)
		return
	}
	answer := portal.Enrolled{DeviceID: e.DeviceID, Portal: s.Name}
	if e.Secret != "" {
		answer.Token = e.DeviceID + "." + e.Secret
	}
	s.json(w, answer)
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
	case e.PublicKey == nil && !submit.Hex256(e.Secret):
		return e, portal.NewProblem(portal.Validation, "secret 不是 64 位小写十六进制")
	case e.PublicKey != nil && (e.Secret != "" || len(e.PublicKey) != ed25519.PublicKeySize):
		return e, portal.NewProblem(portal.Validation, "publicKey 不是 32 字节，或与 secret 同时给出")
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

// readyTime is how long the store may take to say that it is there.
const readyTime = 5 * time.Second

func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, stop := context.WithTimeout(r.Context(), readyTime)
	defer stop()
	err := s.Store.Ready(ctx)
	if err != nil {
		s.Log.WarnContext(ctx, "not ready", "error", err.Error())
	}
	if err != nil || s.ending.Load() {
		s.problem(w, r, portal.NewProblem(portal.Maintenance, ""))
		return
	}
	s.json(w, portal.Health{Status: "ready"})
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
		Limits:    portal.Limits{Manifest: portal.MaxManifest, Blob: portal.MaxBlob, Put: portal.MaxPut, Attachments: portal.MaxAttachments},
	})
}

// refreshKeys notices a rotation while serving. A key file that does not hold
// leaves the present key in use: receipts go on under a key that devices trust.
func (s *Server) refreshKeys(r *http.Request) {
	if err := s.Keys.Refresh(); err != nil {
		s.Log.ErrorContext(r.Context(), "key file not taken over", "error", err.Error())
	}
}
