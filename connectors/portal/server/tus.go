package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/tus/tusd/v2/pkg/handler"
	"github.com/tus/tusd/v2/pkg/memorylocker"
	"golang.org/x/exp/slog"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
)

// tusStore lets tusd speak the protocol over the inbox: what tusd acknowledges is synced, and an upload is only finished when its bytes were
// held against their digest and are a durable blob. It belongs to one device.
type tusStore struct {
	s      *Server
	device string
}

// tusUpload is one upload of that device.
type tusUpload struct {
	store tusStore
	inbox.Upload
}

// locks keeps two requests from writing one upload at once in this instance. Between instances the row of a piece decides: the second to write
// at a place is told that the upload stands elsewhere, and asks where.
var locks = memorylocker.New()

// tus hands a request of a device to tusd.
func (s *Server) tus(do func(*handler.UnroutedHandler, http.ResponseWriter, *http.Request)) func(http.ResponseWriter, *http.Request, caller) error {
	return func(w http.ResponseWriter, r *http.Request, c caller) error {
		h, err := s.tusFor(c.Device)
		if err != nil {
			return err
		}
		inner := h.Middleware(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { do(h, w, r) }))
		http.StripPrefix("/v1/uploads", inner).ServeHTTP(problems{w}, r) // tusd takes what is left of the path for the upload's id
		return nil
	}
}

// uploadOptions tells what of tus is spoken here; there is no secret in it.
func (s *Server) uploadOptions(w http.ResponseWriter, r *http.Request) {
	h, err := s.tusFor("")
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h.Middleware(http.NotFoundHandler()).ServeHTTP(w, r)
}

func (s *Server) tusFor(device string) (*handler.UnroutedHandler, error) {
	store := tusStore{s, device}
	composer := handler.NewStoreComposer()
	composer.UseCore(store)
	composer.UseTerminater(store)
	composer.UseLocker(locks)
	return handler.NewUnroutedHandler(handler.Config{
		StoreComposer: composer, BasePath: "/v1/uploads/", MaxSize: portal.MaxBlob, DisableDownload: true, DisableConcatenation: true,
		Cors: &handler.CorsConfig{Disable: true}, RespectForwardedHeaders: true, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), NetworkTimeout: time.Minute,
	})
}

func (t tusStore) NewUpload(ctx context.Context, info handler.FileInfo) (handler.Upload, error) {
	b := make([]byte, 16)
	if _, err := rand.Read(b); err != nil {
		return nil, err
	}
	u := inbox.Upload{ID: hex.EncodeToString(b), Device: t.device, SHA256: info.MetaData["sha256"], Size: info.Size}
	if err := t.s.Store.AddUpload(ctx, u, t.s.Now()); err != nil {
		return nil, tusError(named(err, u.SHA256))
	}
	return &tusUpload{t, u}, nil
}

func (t tusStore) GetUpload(ctx context.Context, id string) (handler.Upload, error) {
	if len(id) != 32 || strings.Trim(id, "0123456789abcdef") != "" {
		return nil, handler.ErrNotFound
	}
	u, err := t.s.Store.Upload(ctx, t.device, id, t.s.Now())
	if errors.Is(err, inbox.ErrNotFound) {
		return nil, handler.ErrNotFound
	}
	if err != nil {
		return nil, tusError(err)
	}
	return &tusUpload{t, u}, nil
}

func (t tusStore) AsTerminatableUpload(u handler.Upload) handler.TerminatableUpload {
	return u.(*tusUpload)
}

func (u *tusUpload) GetInfo(context.Context) (handler.FileInfo, error) {
	return handler.FileInfo{ID: u.ID, Size: u.Size, Offset: u.Offset, MetaData: handler.MetaData{"sha256": u.SHA256}}, nil
}

func (u *tusUpload) WriteChunk(ctx context.Context, offset int64, src io.Reader) (int64, error) {
	n, err := u.store.s.Store.Append(ctx, u.ID, offset, src)
	u.Offset = offset + n
	return n, tusError(err)
}

func (u *tusUpload) GetReader(context.Context) (io.ReadCloser, error) {
	return nil, handler.ErrNotFound
}

func (u *tusUpload) FinishUpload(ctx context.Context) error {
	return tusError(named(u.store.s.Store.FinishUpload(context.WithoutCancel(ctx), u.Upload, u.store.s.Now()), u.SHA256))
}

func (u *tusUpload) Terminate(ctx context.Context) error {
	return tusError(u.store.s.Store.DropUpload(ctx, u.Upload))
}

// tusError makes a problem of the closed list travel through tusd.
func tusError(err error) error {
	if err == nil {
		return nil
	}
	p := problemOf(err)
	if p.Kind() == portal.Internal || p.Kind() == portal.BadRequest { // a cut line among them: tusd knows those better
		return err
	}
	return handler.NewError("SHANGYUN:"+string(p.Kind())+":", p.Detail, p.Status)
}

// problems turns what tusd answers in text into RFC 9457.
type problems struct {
	http.ResponseWriter
}

func (w problems) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader notes that a failure follows.
func (w problems) WriteHeader(status int) {
	if status >= 400 {
		w.Header().Set("Content-Type", portal.TypeProblem)
		w.Header().Del("Content-Length")
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w problems) Write(b []byte) (int, error) {
	if w.Header().Get("Content-Type") != portal.TypeProblem {
		return w.ResponseWriter.Write(b)
	}
	_, err := w.ResponseWriter.Write(asProblem(string(b)))
	return len(b), err
}

// tusKinds are tusd's own refusals.
var tusKinds = []struct {
	code string
	kind portal.Kind
}{
	{"ERR_UPLOAD_NOT_FOUND", portal.NotFound},
	{"ERR_MISMATCHED_OFFSET", portal.OffsetMismatch},
	{"ERR_MAX_SIZE_EXCEEDED", portal.TooLarge},
	{"ERR_UPLOAD_SIZE_EXCEEDED", portal.TooLarge},
	{"ERR_INVALID_CONTENT_TYPE", portal.MediaType},
	{"ERR_LOCK_TIMEOUT", portal.Busy},
	{"ERR_INTERNAL_SERVER_ERROR", portal.Internal},
}

func asProblem(text string) []byte {
	if rest, own := strings.CutPrefix(text, "SHANGYUN:"); own {
		kind, detail, _ := strings.Cut(rest, ":: ")
		return problemJSON(portal.NewProblem(portal.Kind(strings.TrimSuffix(kind, ":")), strings.TrimSpace(detail)))
	}
	for _, row := range tusKinds {
		if strings.HasPrefix(text, row.code) {
			p := portal.NewProblem(row.kind, "")
			if row.kind == portal.TooLarge {
				p.Limit = portal.MaxBlob
			}
			return problemJSON(p)
		}
	}
	return problemJSON(portal.NewProblem(portal.BadRequest, strconv.Quote(strings.TrimSpace(text))))
}
