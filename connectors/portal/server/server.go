package server

import (
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tus/tusd/v2/pkg/handler"

	"github.com/shangyuntong/shangyun/connectors/portal"
)

// Config is what a portal is made of; every field but Log, Version and the switches is needed.
type Config struct {
	Store Store
	Keys  *Keys
	Name  string // the portal's own name, for people
	// Version of the program, shown at the foot of the pages; "" shows none.
	Version string
	Now     func() time.Time
	Log     *slog.Logger // nil: silent
	// OpenStaff shows the pages without a log-in, and then only to requests
	// whose Host is this machine.
	OpenStaff bool
	// Secure marks cookies for HTTPS only.
	Secure bool
	OIDC   *OIDC // nil: local accounts only
}

// Server is the portal's http.Handler.
type Server struct {
	Config
	handler http.Handler
	metrics metrics
	ending  atomic.Bool
	opening sync.Mutex
	secret  []byte // see loadSecret
	enrols  throttle
	logins  throttle
	chain   chain
	refused sync.Map // by device: what its last parcel brought in vain, for the one that goes back
}

// New makes the handler.
func New(c Config) *Server {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{Config: c}
	s.metrics = newMetrics(s)
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
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	if s.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	w, done := s.metrics.begin(w)
	defer func() { done(r) }()
	if r.URL.Path != portal.RouteHealth.Path && r.URL.Path != portal.RouteReady.Path { // these two answer whatever the store does
		if err := s.loadSecret(r.Context()); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	s.handler.ServeHTTP(w, r)
}

// Drain makes the portal say that it is not ready, so that a balancer sends nothing new; what is asked nevertheless is still answered.
func (s *Server) Drain() { s.ending.Store(true) }

// api binds every operation of the contract; tests hold it against openapi.yaml and against the table of rights.
func (s *Server) api() map[portal.Route]http.HandlerFunc {
	return map[portal.Route]http.HandlerFunc{
		portal.RouteHealth:    s.health,
		portal.RouteReady:     s.ready,
		portal.RouteOpenAPI:   s.contract,
		portal.RouteKey:       s.key,
		portal.RouteEnrol:     s.enrol,
		portal.RouteChallenge: s.challenge,
		portal.RouteToken:     s.token,
		portal.RouteChanges:   s.called(readers, s.changes),

		portal.RouteStatus:    s.called(readers, s.status),
		portal.RouteAnnounce:  s.called(devices, s.announce),
		portal.RouteCommit:    s.called(devices, s.commit),
		portal.RouteCommit2:   s.called(devices, s.commit),
		portal.RouteReceipt:   s.called(readers, s.receipt),
		portal.RouteManifest:  s.called(readers, s.manifest),
		portal.RouteRevBlob:   s.called(programs, s.revisionBlob),
		portal.RouteWithdraw:  s.called(firms, s.withdraw),
		portal.RouteDecisions: s.called(readers, s.decisions),
		portal.RouteDecide:    s.called(judges, s.decide),
		portal.RouteAnswers:   s.called(readers, s.answers),
		portal.RouteAnswer:    s.called(platform, s.answer),
		portal.RoutePutFile:   s.called(platform, s.putFile),
		portal.RouteGetFile:   s.called(readers, s.getFile),

		portal.RoutePutBlob:       s.called(devices, s.putBlob),
		portal.RouteGetBlob:       s.called(devices, s.getBlob),
		portal.RouteUploadOptions: s.uploadOptions,
		portal.RouteUploadNew:     s.called(devices, s.tus((*handler.UnroutedHandler).PostFile)),
		portal.RouteUploadHead:    s.called(devices, s.tus((*handler.UnroutedHandler).HeadFile)),
		portal.RouteUploadPatch:   s.called(devices, s.tus((*handler.UnroutedHandler).PatchFile)),
		portal.RouteUploadEnd:     s.called(devices, s.tus((*handler.UnroutedHandler).DelFile)),
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
