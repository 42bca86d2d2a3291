package server

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// body reads at most limit bytes of the media type want.
func body(w http.ResponseWriter, r *http.Request, want string, limit int64) ([]byte, error) {
	if err := mediaType(r, want); err != nil {
		return nil, err
	}
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var tooLong *http.MaxBytesError
	if err != nil && !errors.As(err, &tooLong) {
		return nil, errors.Join(inbox.ErrBody, err)
	}
	return b, err
}

func mediaType(r *http.Request, want string) error {
	got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || got != want {
		return portal.NewProblem(portal.MediaType, "须为 "+want)
	}
	return nil
}

func decode(b []byte, into any) error {
	if _, err := submit.Canonical(b); err != nil { // refuses double members and broken text
		return portal.NewProblem(portal.BadRequest, "不是规范的 JSON")
	}
	if err := json.Unmarshal(b, into); err != nil {
		return portal.NewProblem(portal.BadRequest, "JSON 字段不符")
	}
	return nil
}

// place reads {id} and {n}.
func place(r *http.Request) (string, int, error) {
	id := r.PathValue("id")
	n, err := strconv.Atoi(r.PathValue("n"))
	if !submit.UUIDv7(id) || err != nil || n < 1 || strconv.Itoa(n) != r.PathValue("n") {
		return "", 0, portal.NewProblem(portal.NotFound, "申请编号或版本不对")
	}
	return id, n, nil
}

func (s *Server) announce(w http.ResponseWriter, r *http.Request, d caller) error {
	id, n, err := place(r)
	if err != nil {
		return err
	}
	b, err := body(w, r, portal.TypeJSON, portal.MaxManifest)
	if err != nil {
		return err
	}
	var layout struct {
		Format int `json:"format"`
	}
	if json.Unmarshal(b, &layout) == nil && layout.Format > 0 && layout.Format != submit.Format { // a client of another age
		p := portal.NewProblem(portal.FormVersion, "")
		p.Supported = []int{submit.Format}
		return p
	}
	sealed, err := submit.Parse(b)
	if err != nil {
		return err
	}
	if sealed.Submission.ID != id || sealed.Submission.Revision != n {
		return portal.NewProblem(portal.Validation, "清单的编号或版本与地址不符")
	}
	state, missing, err := s.Store.Announce(r.Context(), d.Device, sealed, s.Now())
	if err != nil {
		return err
	}
	s.json(w, portal.Announced{State: state, Missing: missing})
	return nil
}

func (s *Server) commit(w http.ResponseWriter, r *http.Request, d caller) error {
	id, n, err := place(r)
	if err != nil {
		return err
	}
	b, err := body(w, r, portal.TypeJSON, portal.MaxSmall)
	if err != nil {
		return err
	}
	var c portal.Commit
	if err := decode(b, &c); err != nil {
		return err
	}
	s.refreshKeys(r)
	at, key := s.Now(), s.Keys.signing()
	receipt, err := s.Store.Commit(r.Context(), d.Device, id, n, c.ManifestSHA256, at, func(sealed submit.Sealed, seq int64) submit.Receipt {
		return submit.Issue(sealed, seq, at, key)
	})
	if err != nil {
		return err
	}
	s.json(w, receipt)
	return nil
}

func (s *Server) receipt(w http.ResponseWriter, r *http.Request, d caller) error {
	id, n, err := place(r)
	if err != nil {
		return err
	}
	_, receipt, err := s.Store.Revision(r.Context(), d.Who, id, n)
	if err != nil {
		return err
	}
	if receipt == nil {
		return portal.NewProblem(portal.NotFound, "这一版还没有回执")
	}
	s.json(w, receipt)
	return nil
}

func (s *Server) manifest(w http.ResponseWriter, r *http.Request, d caller) error {
	id, n, err := place(r)
	if err != nil {
		return err
	}
	sealed, _, err := s.Store.Revision(r.Context(), d.Who, id, n)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", portal.TypeJSON)
	_, _ = w.Write(sealed.Bytes)
	return nil
}

func (s *Server) putBlob(w http.ResponseWriter, r *http.Request, d caller) error {
	digest := r.PathValue("sha256")
	if !submit.Hex256(digest) {
		return portal.NewProblem(portal.BadRequest, "sha256 不是 64 位小写十六进制")
	}
	if err := mediaType(r, portal.TypeBlob); err != nil {
		return err
	}
	if r.ContentLength > portal.MaxPut {
		return &http.MaxBytesError{Limit: portal.MaxPut}
	}
	size, err := s.Store.PutBlob(r.Context(), d.Device, digest, http.MaxBytesReader(w, r.Body, portal.MaxPut), s.Now())
	if err != nil {
		return named(err, digest)
	}
	s.json(w, portal.Stored{SHA256: digest, Size: size})
	return nil
}

func (s *Server) getBlob(w http.ResponseWriter, r *http.Request, d caller) error {
	digest := r.PathValue("sha256")
	if !submit.Hex256(digest) {
		return portal.NewProblem(portal.NotFound, "")
	}
	f, err := s.Store.Blob(r.Context(), d.Device, digest)
	return s.bytes(w, f, named(err, digest))
}

// bytes answers with what was opened.
func (s *Server) bytes(w http.ResponseWriter, f io.ReadCloser, err error) error {
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	w.Header().Set("Content-Type", portal.TypeBlob)
	_, _ = io.Copy(w, f)
	return nil
}

// named adds the blob's digest to a problem.
func named(err error, digest string) error {
	if err == nil {
		return nil
	}
	p := problemOf(err)
	if p.Detail == "" && p.Kind() != portal.Internal {
		p.Detail = "附件 " + digest
		return p
	}
	return err
}
