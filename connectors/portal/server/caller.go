package server

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Who may use an operation of the interface.
var (
	devices  = []inbox.Role{inbox.RoleDevice}
	readers  = []inbox.Role{inbox.RoleDevice, inbox.RoleOwner, inbox.RoleAdviser, inbox.RoleOperator, inbox.RoleReviewer, inbox.RoleAdmin}
	programs = []inbox.Role{inbox.RoleOwner, inbox.RoleAdviser, inbox.RoleOperator, inbox.RoleReviewer, inbox.RoleAdmin}
	judges   = []inbox.Role{inbox.RoleOperator, inbox.RoleReviewer, inbox.RoleAdmin}
	firms    = []inbox.Role{inbox.RoleDevice, inbox.RoleOwner, inbox.RoleAdviser}
	platform = []inbox.Role{inbox.RoleOperator}
)

// caller is who calls the interface.
type caller struct {
	inbox.Who
	device inbox.Device // of a device
}

// called lets only callers of certain roles through and turns their errors into problems.
func (s *Server) called(roles []inbox.Role, do func(http.ResponseWriter, *http.Request, caller) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c, err := s.whoCalls(r)
		if err == nil && !slices.Contains(roles, c.Role) {
			err = portal.NewProblem(portal.Forbidden, "")
		}
		if err == nil {
			err = do(w, r, c)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	}
}

// whoCalls reads the bearer token: a device's secret, a device's short token or a program's access key.
func (s *Server) whoCalls(r *http.Request) (c caller, err error) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	id, secret, _ := strings.Cut(token, ".")
	ctx := r.Context()
	switch {
	case ok && strings.HasPrefix(id, keyPrefix):
		a, err := s.Store.KeyHolder(ctx, id, secret)
		return caller{Who: a.Who()}, err
	case ok && submit.UUIDv7(id) && submit.Hex256(secret):
		c.device, err = s.Store.Authorise(ctx, id, secret)
	case ok && submit.UUIDv7(id):
		if err := s.checkToken(id, secret); err != nil {
			return c, err
		}
		c.device, err = s.Store.Device(ctx, id)
	default:
		return c, portal.NewProblem(portal.Unauthorised, "")
	}
	if err != nil {
		return c, err
	}
	c.Who = c.device.Who()
	if err := s.Store.Seen(ctx, c.device, s.Now()); err != nil && !errors.Is(err, inbox.ErrFull) {
		return c, err
	}
	return c, nil
}

// row gives a request to a caller that may see it; a device learns that it is another's, everybody else that there is none.
func (s *Server) row(r *http.Request, c caller, id string) (inbox.Row, error) {
	if c.Device != "" {
		return s.Store.RequestFor(r.Context(), c.Device, id)
	}
	return s.Store.Request(r.Context(), c.Who, id)
}
