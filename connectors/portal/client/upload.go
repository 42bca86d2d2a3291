package client

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"path"
	"strconv"
	"sync"

	"github.com/go-resty/resty/v2"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Bytes of a blob that travels whole, and of one piece of a larger one.
const (
	wholeBlob  = 2 << 20
	pieceBytes = 1 << 20
)

const tusVersion, tusType = "1.0.0", "application/offset+octet-stream"

// Memory remembers the uploads that were begun, so that after a cut, a pause or a crash the next run goes on where the portal stands.
// A lost memory costs bytes, never truth.
type Memory interface {
	// Upload gives the portal's number of the upload that was begun under a key, "" for none.
	Upload(ctx context.Context, key string) (string, error)
	// KeepUpload remembers it; "" forgets.
	KeepUpload(ctx context.Context, key, id string) error
}

// forgetful is the memory of a client that was given none.
type forgetful struct {
	mu  sync.Mutex
	ids map[string]string
}

func (f *forgetful) Upload(_ context.Context, key string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.ids[key], nil
}

func (f *forgetful) KeepUpload(_ context.Context, key, id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ids[key] = id
	return nil
}

// upload brings a large blob to the portal in pieces (tus 1.0) and goes on where an earlier attempt ended; tell is told how many of its
// bytes are safe there.
func (c *Client) upload(ctx context.Context, e submit.Enrolment, b submit.Blob, data []byte, tell func(safe int64)) error {
	key := b.SHA256 + "@" + e.Address
	id, err := c.memory.Upload(ctx, key)
	if err != nil {
		return err
	}
	id, offset, err := c.standing(ctx, e, b, id)
	if err == nil && id == "" {
		if id, err = c.begin(ctx, e, b); err == nil {
			err = c.memory.KeepUpload(context.WithoutCancel(ctx), key, id)
		}
	}
	if err != nil {
		return err
	}
	tell(offset)
	for offset < b.Size {
		next, err := c.patch(ctx, e, id, offset, data[offset:min(offset+c.piece, b.Size)])
		if lost(err) { // the bytes were others at the end, or the portal forgot it: the next attempt begins anew
			return errors.Join(err, c.memory.KeepUpload(context.WithoutCancel(ctx), key, ""))
		}
		if err != nil {
			return err
		}
		offset = next
		tell(offset)
	}
	return c.memory.KeepUpload(context.WithoutCancel(ctx), key, "")
}

// standing asks how far an upload is; no number when there is none to go on with.
func (c *Client) standing(ctx context.Context, e submit.Enrolment, b submit.Blob, id string) (string, int64, error) {
	if id == "" {
		return "", 0, nil
	}
	k := call{op: "client.upload", method: http.MethodHead, address: e.Address, as: &e, path: uploadPath(id), headers: map[string]string{"Tus-Resumable": tusVersion}}
	res, err := c.ask(ctx, k)
	if err != nil {
		return "", 0, err
	}
	offset, bad := strconv.ParseInt(res.Header().Get("Upload-Offset"), 10, 64)
	length, worse := strconv.ParseInt(res.Header().Get("Upload-Length"), 10, 64)
	switch {
	case res.StatusCode() == http.StatusOK && bad == nil && worse == nil && length == b.Size && offset >= 0 && offset <= length:
		return id, offset, nil
	case res.StatusCode() == http.StatusNotFound || res.StatusCode() == http.StatusGone || res.StatusCode() == http.StatusForbidden:
		return "", 0, nil
	case res.StatusCode() == http.StatusLocked: // a line that broke still holds it
		return "", 0, &survey.Error{Code: survey.CodePortalBusy, Op: k.op, Err: portal.NewProblem(portal.Busy, "")}
	}
	_, err = judge(k, res)
	return "", 0, err
}

// begin makes an upload.
func (c *Client) begin(ctx context.Context, e submit.Enrolment, b submit.Blob) (string, error) {
	k := call{op: "client.upload", method: http.MethodPost, address: e.Address, as: &e, path: portal.RouteUploadNew.Path, headers: map[string]string{
		"Tus-Resumable": tusVersion, "Upload-Length": strconv.FormatInt(b.Size, 10), "Upload-Metadata": "sha256 " + base64.StdEncoding.EncodeToString([]byte(b.SHA256)),
	}}
	res, err := c.tus(ctx, k, http.StatusCreated)
	if err != nil {
		return "", err
	}
	id := path.Base(res.Header().Get("Location")) // the portal's own host is kept, whatever the address says
	if !uploadID(id) {
		return "", survey.Fail(survey.CodePortalAnswer, k.op, "没有给出续传编号")
	}
	return id, nil
}

// patch sends one piece and gives where the upload stands then.
func (c *Client) patch(ctx context.Context, e submit.Enrolment, id string, offset int64, piece []byte) (int64, error) {
	k := call{op: "client.upload", method: http.MethodPatch, address: e.Address, as: &e, path: uploadPath(id), body: piece, send: tusType, headers: map[string]string{
		"Tus-Resumable": tusVersion, "Upload-Offset": strconv.FormatInt(offset, 10),
	}}
	res, err := c.tus(ctx, k, http.StatusNoContent)
	if err != nil {
		return offset, err
	}
	next, err := strconv.ParseInt(res.Header().Get("Upload-Offset"), 10, 64)
	if err != nil || next <= offset || next > offset+int64(len(piece)) {
		return offset, survey.Fail(survey.CodePortalAnswer, k.op, "续传的位置不对")
	}
	return next, nil
}

// tus makes one step whose answer is in the headers.
func (c *Client) tus(ctx context.Context, k call, want int) (*resty.Response, error) {
	res, err := c.ask(ctx, k)
	if err != nil {
		return nil, err
	}
	if res.StatusCode() == want && res.Header().Get("Tus-Resumable") == tusVersion {
		return res, nil
	}
	_, err = judge(k, res)
	return nil, err
}

func uploadPath(id string) string { return portal.RouteUploadNew.Path + "/" + id }

func uploadID(id string) bool {
	for _, r := range id {
		if (r < '0' || r > '9') && (r < 'a' || r > 'f') {
			return false
		}
	}
	return len(id) == 32
}

// lost tells whether an upload is gone for good.
func lost(err error) bool {
	var p *portal.Problem
	return errors.As(err, &p) && (p.Kind() == portal.BlobHashMismatch || p.Kind() == portal.NotFound)
}
