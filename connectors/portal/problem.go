package portal

import (
	"fmt"
	"net/http"
	"time"
)

// Media types of the answers.
const (
	TypeJSON    = "application/json"
	TypeProblem = "application/problem+json" // RFC 9457
	TypeBlob    = "application/octet-stream"
)

// Retry tells the sender what to do with the same bytes.
type Retry string

// The three ways: never in this form, the same at any time, the same after a while.
const (
	RetryNever Retry = "never"
	RetrySame  Retry = "same"
	RetryAfter Retry = "after"
)

// Kind is one problem of the closed list; its URI is "urn:shangyun:problem:" + Kind.
type Kind string

// The problems.
const (
	BadRequest       Kind = "bad-request"
	Validation       Kind = "validation"
	UnknownBlob      Kind = "unknown-blob"
	BlobHashMismatch Kind = "blob-hash-mismatch"
	ContentConflict  Kind = "content-conflict"
	RevisionConflict Kind = "revision-conflict"
	Incomplete       Kind = "incomplete"
	NotAllowedNow    Kind = "not-allowed-now"
	TooLarge         Kind = "too-large"
	OffsetMismatch   Kind = "offset-mismatch"
	Busy             Kind = "busy"
	Stale            Kind = "stale"
	NeedsMatch       Kind = "needs-match"
	NotReviewable    Kind = "not-reviewable"
	FormVersion      Kind = "unsupported-form-version"
	TokenExpired     Kind = "token-expired"
	Unauthorised     Kind = "unauthorised"
	Forbidden        Kind = "forbidden"
	EnrolCode        Kind = "enrol-code"
	NotFound         Kind = "not-found"
	Method           Kind = "method"
	MediaType        Kind = "media-type"
	TooMany          Kind = "too-many"
	StorageFull      Kind = "storage-full"
	Maintenance      Kind = "maintenance"
	Internal         Kind = "internal"
)

// Row is what a kind of problem means on the wire.
type Row struct {
	Status int
	Retry  Retry
	Title  string // one Chinese clause
}

// Problems is the table of kinds.
var Problems = map[Kind]Row{
	BadRequest:       {http.StatusBadRequest, RetryNever, "请求的格式不对"},
	Validation:       {http.StatusUnprocessableEntity, RetryNever, "申请内容不符合要求"},
	UnknownBlob:      {http.StatusUnprocessableEntity, RetryNever, "附件不在任何一份申请的清单内"},
	BlobHashMismatch: {http.StatusUnprocessableEntity, RetrySame, "附件内容与摘要不符"},
	ContentConflict:  {http.StatusConflict, RetryNever, "同一版本已有另一份内容"},
	RevisionConflict: {http.StatusConflict, RetryNever, "版本的先后不符"},
	Incomplete:       {http.StatusConflict, RetrySame, "附件尚未齐全"},
	NotAllowedNow:    {http.StatusConflict, RetryNever, "申请的当前状态不允许这样做"},
	TooLarge:         {http.StatusRequestEntityTooLarge, RetryNever, "内容超过上限"},
	OffsetMismatch:   {http.StatusConflict, RetrySame, "续传的位置不对，请先查询已收到多少"},
	Busy:             {http.StatusLocked, RetryAfter, "另一处正在写这个附件"},
	Stale:            {http.StatusPreconditionFailed, RetryNever, "申请在这之后已有变动，请重新打开再办"},
	NeedsMatch:       {http.StatusPreconditionRequired, RetryNever, "须以 If-Match 说明所看的是哪一次状态"},
	NotReviewable:    {http.StatusConflict, RetryNever, "还有材料没有核对，不能受理"},
	FormVersion:      {http.StatusConflict, RetryNever, "本门户不认这个版本的清单，请升级程序"},
	TokenExpired:     {http.StatusUnauthorized, RetrySame, "令牌已过期，请重新取得"},
	Unauthorised:     {http.StatusUnauthorized, RetryNever, "这台设备没有登记"},
	Forbidden:        {http.StatusForbidden, RetryNever, "这台设备无权查看或改动这份申请"},
	EnrolCode:        {http.StatusForbidden, RetryNever, "登记码不对、已用过或已过期"},
	NotFound:         {http.StatusNotFound, RetryNever, "没有这一项"},
	Method:           {http.StatusMethodNotAllowed, RetryNever, "不支持这种操作"},
	MediaType:        {http.StatusUnsupportedMediaType, RetryNever, "内容类型不对"},
	TooMany:          {http.StatusTooManyRequests, RetryAfter, "请求过于频繁"},
	StorageFull:      {http.StatusInsufficientStorage, RetryAfter, "报送门户的磁盘已满"},
	Maintenance:      {http.StatusServiceUnavailable, RetryAfter, "报送门户正在维护"},
	Internal:         {http.StatusInternalServerError, RetryAfter, "报送门户内部出错"},
}

// TypePrefix begins the type URI of every problem.
const TypePrefix = "urn:shangyun:problem:"

// Problem is an RFC 9457 body. It is an error too.
type Problem struct {
	Type       string   `json:"type"`
	Title      string   `json:"title"`
	Status     int      `json:"status"`
	Detail     string   `json:"detail,omitempty"` // one Chinese clause that names the thing
	Retry      Retry    `json:"retry"`
	RetryAfter int      `json:"retryAfter,omitempty"` // seconds; also in the Retry-After header
	Missing    []string `json:"missing,omitempty"`    // with incomplete
	Limit      int64    `json:"limit,omitempty"`      // with too-large: bytes
	Current    *int     `json:"current,omitempty"`    // with revision-conflict; with stale the version now
	Supported  []int    `json:"supported,omitempty"`  // with unsupported-form-version
	Pointer    string   `json:"pointer,omitempty"`    // RFC 6901, with validation: the member that is wrong
}

// NewProblem makes the problem of a kind.
func NewProblem(k Kind, detail string) *Problem {
	row, ok := Problems[k]
	if !ok {
		k, row = Internal, Problems[Internal]
	}
	p := &Problem{Type: TypePrefix + string(k), Title: row.Title, Status: row.Status, Retry: row.Retry, Detail: detail}
	switch {
	case k == Busy:
		p.RetryAfter = 5
	case row.Retry == RetryAfter:
		p.RetryAfter = 30
	}
	return p
}

// Kind is the part of the type after TypePrefix.
func (p *Problem) Kind() Kind {
	if len(p.Type) <= len(TypePrefix) {
		return ""
	}
	return Kind(p.Type[len(TypePrefix):])
}

// Wait is how long the portal asks to wait before the same comes again.
func (p *Problem) Wait() time.Duration { return time.Duration(max(p.RetryAfter, 0)) * time.Second }

// Error gives the technical text.
func (p *Problem) Error() string {
	return fmt.Sprintf("portal: %d %s: %s", p.Status, p.Kind(), p.Detail)
}
