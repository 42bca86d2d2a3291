package server

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
)

// Config is what a portal is made of; every field but Log and the switches is needed.
type Config struct {
	Store *inbox.Store
	Keys  *Keys
	Name  string // the portal's own name, for people
	Now   func() time.Time
	Log   *slog.Logger // nil: silent
	// OpenStaff shows the pages without a log-in, and then only to requests
	// whose Host is this machine.
	OpenStaff bool
	// Secure marks cookies for HTTPS only.
	Secure bool
}

// Server is the portal's http.Handler.
type Server struct {
	Config
	handler  http.Handler
	sessions sessions
	enrols   throttle
	logins   throttle
}

// New makes the handler.
func New(c Config) *Server {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{Config: c}
	mux := http.NewServeMux()
	for route, handle := range s.api() {
		mux.HandleFunc(route.Method+" "+route.Path, handle)
	}
	for pattern, handle := range s.pages() {
		mux.HandleFunc(pattern, handle)
	}
	mux.HandleFunc("/v1/", s.unknown)
	s.handler = http.NewCrossOriginProtection().Handler(mux)
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "same-origin")
	s.handler.ServeHTTP(w, r)
}

// api binds every operation of the contract; a test holds it against openapi.yaml.
func (s *Server) api() map[portal.Route]http.HandlerFunc {
	return map[portal.Route]http.HandlerFunc{
		portal.RouteHealth:   s.health,
		portal.RouteOpenAPI:  s.contract,
		portal.RouteKey:      s.key,
		portal.RouteEnrol:    s.enrol,
		portal.RouteStatus:   s.device(s.status),
		portal.RouteAnnounce: s.device(s.announce),
		portal.RouteCommit:   s.device(s.commit),
		portal.RouteCommit2:  s.device(s.commit),
		portal.RouteReceipt:  s.device(s.receipt),
		portal.RouteManifest: s.device(s.manifest),
		portal.RoutePutBlob:  s.device(s.putBlob),
		portal.RouteGetBlob:  s.device(s.getBlob),
	}
}

func (s *Server) unknown(w http.ResponseWriter, r *http.Request) {
	for route := range s.api() {
		if match(route.Path, r.URL.Path) {
			s.problem(w, r, portal.NewProblem(portal.Method, r.Method))
			return
		}
	}
	s.problem(w, r, portal.NewProblem(portal.NotFound, ""))
}

// match tells whether path has the form of a route's path.
func match(pattern, path string) bool {
	mux := http.NewServeMux()
	mux.HandleFunc(pattern, func(http.ResponseWriter, *http.Request) {})
	req, err := http.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		return false
	}
	_, found := mux.Handler(req)
	return found == pattern
}
