package portal

import (
	_ "embed"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// OpenAPI is the contract in OpenAPI 3.1, as the portal serves it at /openapi.yaml.
//
//go:embed openapi.yaml
var OpenAPI []byte

// Route is one operation of the interface; Path has {name} for its parts.
type Route struct {
	Method, Path string
}

// The operations. Both spellings of commit do the same.
var (
	RouteHealth    = Route{http.MethodGet, "/healthz"}
	RouteReady     = Route{http.MethodGet, "/readyz"}
	RouteOpenAPI   = Route{http.MethodGet, "/openapi.yaml"}
	RouteKey       = Route{http.MethodGet, "/v1/key"}
	RouteEnrol     = Route{http.MethodPost, "/v1/enrol"}
	RouteChallenge = Route{http.MethodPost, "/v1/challenge"}
	RouteToken     = Route{http.MethodPost, "/v1/token"}
	RouteChanges   = Route{http.MethodGet, "/v1/changes"}

	RouteStatus    = Route{http.MethodGet, "/v1/requests/{id}"}
	RouteAnnounce  = Route{http.MethodPut, "/v1/requests/{id}/revisions/{n}"}
	RouteCommit    = Route{http.MethodPut, "/v1/requests/{id}/revisions/{n}/commit"}
	RouteCommit2   = Route{http.MethodPost, "/v1/requests/{id}/revisions/{n}/commit"}
	RouteReceipt   = Route{http.MethodGet, "/v1/requests/{id}/revisions/{n}/receipt"}
	RouteManifest  = Route{http.MethodGet, "/v1/requests/{id}/revisions/{n}/manifest"}
	RouteRevBlob   = Route{http.MethodGet, "/v1/requests/{id}/revisions/{n}/blobs/{sha256}"}
	RouteWithdraw  = Route{http.MethodPost, "/v1/requests/{id}/withdraw"}
	RouteDecisions = Route{http.MethodGet, "/v1/requests/{id}/decisions"}
	RouteDecide    = Route{http.MethodPost, "/v1/requests/{id}/decisions"}
	RouteAnswers   = Route{http.MethodGet, "/v1/requests/{id}/answers"}
	RouteAnswer    = Route{http.MethodPost, "/v1/requests/{id}/answers"}
	RoutePutFile   = Route{http.MethodPut, "/v1/requests/{id}/files/{sha256}"}
	RouteGetFile   = Route{http.MethodGet, "/v1/requests/{id}/files/{sha256}"}

	RoutePutBlob       = Route{http.MethodPut, "/v1/blobs/{sha256}"}
	RouteGetBlob       = Route{http.MethodGet, "/v1/blobs/{sha256}"}
	RouteUploadOptions = Route{http.MethodOptions, "/v1/uploads"}
	RouteUploadNew     = Route{http.MethodPost, "/v1/uploads"}
	RouteUploadHead    = Route{http.MethodHead, "/v1/uploads/{upload}"}
	RouteUploadPatch   = Route{http.MethodPatch, "/v1/uploads/{upload}"}
	RouteUploadEnd     = Route{http.MethodDelete, "/v1/uploads/{upload}"}
)

// Routes lists every operation that openapi.yaml describes.
func Routes() []Route {
	return []Route{
		RouteHealth, RouteReady, RouteOpenAPI, RouteKey, RouteEnrol, RouteChallenge, RouteToken, RouteChanges,
		RouteStatus, RouteAnnounce, RouteCommit, RouteCommit2, RouteReceipt, RouteManifest, RouteRevBlob, RouteWithdraw,
		RouteDecisions, RouteDecide, RouteAnswers, RouteAnswer, RoutePutFile, RouteGetFile,
		RoutePutBlob, RouteGetBlob, RouteUploadOptions, RouteUploadNew, RouteUploadHead, RouteUploadPatch, RouteUploadEnd,
	}
}

// RequestPath is the address of a request.
func RequestPath(id string) string { return "/v1/requests/" + url.PathEscape(id) }

// RevisionPath is the address of one revision.
func RevisionPath(id string, n int) string { return RequestPath(id) + "/revisions/" + strconv.Itoa(n) }

// BlobPath is the address of a blob.
func BlobPath(sha256 string) string { return "/v1/blobs/" + url.PathEscape(sha256) }

// Limits of the interface, in bytes where not said otherwise. Those of a
// request are survey/submit's own.
const (
	MaxManifest    = submit.MaxManifest
	MaxBlob        = submit.MaxBlob
	MaxPut         = submit.MaxPut // a larger blob goes in pieces, by tus
	MaxAttachments = submit.MaxAttachments
	MaxSmall       = 64 << 10 // bodies other than manifests and blobs
)

// Times of the interface.
const (
	TokenLife     = time.Hour       // of a device's token
	ChallengeLife = 2 * time.Minute // of what a device signs to get one
	TimeoutDial   = 10 * time.Second
	TimeoutAnswer = 60 * time.Second // from the last byte sent to the first byte of the answer
	TimeoutStep   = 10 * time.Minute // one whole step; 64 MiB over a poor line
)
