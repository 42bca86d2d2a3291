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
	RouteHealth   = Route{http.MethodGet, "/healthz"}
	RouteOpenAPI  = Route{http.MethodGet, "/openapi.yaml"}
	RouteKey      = Route{http.MethodGet, "/v1/key"}
	RouteEnrol    = Route{http.MethodPost, "/v1/enrol"}
	RouteStatus   = Route{http.MethodGet, "/v1/requests/{id}"}
	RouteAnnounce = Route{http.MethodPut, "/v1/requests/{id}/revisions/{n}"}
	RouteCommit   = Route{http.MethodPut, "/v1/requests/{id}/revisions/{n}/commit"}
	RouteCommit2  = Route{http.MethodPost, "/v1/requests/{id}/revisions/{n}/commit"}
	RouteReceipt  = Route{http.MethodGet, "/v1/requests/{id}/revisions/{n}/receipt"}
	RouteManifest = Route{http.MethodGet, "/v1/requests/{id}/revisions/{n}/manifest"}
	RoutePutBlob  = Route{http.MethodPut, "/v1/blobs/{sha256}"}
	RouteGetBlob  = Route{http.MethodGet, "/v1/blobs/{sha256}"}
)

// Routes lists every operation that openapi.yaml describes.
func Routes() []Route {
	return []Route{
		RouteHealth, RouteOpenAPI, RouteKey, RouteEnrol, RouteStatus, RouteAnnounce, RouteCommit, RouteCommit2,
		RouteReceipt, RouteManifest, RoutePutBlob, RouteGetBlob,
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
	MaxAttachments = submit.MaxAttachments
	MaxSmall       = 64 << 10 // bodies other than manifests and blobs
)

// Times of the interface.
const (
	TimeoutDial   = 10 * time.Second
	TimeoutAnswer = 60 * time.Second // from the last byte sent to the first byte of the answer
	TimeoutStep   = 10 * time.Minute // one whole step; 64 MiB over a poor line
)
