package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// sender is a client of the interface that shares nothing with the desktop's: plain net/http after openapi.yaml. It sends until it has a receipt.
type sender struct {
	http    *http.Client
	base    atomic.Value // string
	token   string
	answers atomic.Int64 // answered calls, to pace the faults by
	refused atomic.Int64 // calls answered with 5xx
}

// bundle is one request with its papers; large ones go by tus in steps of step bytes.
type bundle struct {
	sealed submit.Sealed
	papers map[string][]byte
	at     map[string]string // where a large paper's upload goes on
}

const (
	largePaper = 64 << 10
	tusStep    = 48 << 10
)

// newBundle makes the n-th request: a paper of its own, a tiny one of its own and a large one of its own.
func newBundle(t testing.TB, n int) *bundle {
	t.Helper()
	sub := submit.Submission{
		ID: fmt.Sprintf("01938a5e-7c00-7000-8000-%012x", n), Revision: 1, Kind: submit.Application, FormVersion: "1", CaseID: "c", DeviceID: "d", DeviceTime: noon,
		Document: json.RawMessage(`{"form":{}}`), Consent: submit.Consent{Text: "同意", By: "法人", At: noon, Recipient: "部门"},
		Summary: submit.Summary{FirmName: "甲公司", CreditCode: "91430200MA4L000000"},
	}
	p := &bundle{papers: map[string][]byte{}, at: map[string]string{}}
	for i, b := range [][]byte{noise(n, 20_000), fmt.Appendf(nil, "tiny %d", n), noise(-n, 150_000)} {
		p.papers[submit.Digest(b)] = b
		sub.Attachments = append(sub.Attachments, submit.Blob{Name: fmt.Sprintf("材料%d.pdf", i), Role: "paper", SHA256: submit.Digest(b), Size: int64(len(b)), Type: "application/pdf"})
	}
	var err error
	if p.sealed, err = submit.Seal(sub); err != nil {
		t.Fatal(err)
	}
	return p
}

// noise is size bytes that look like nothing else.
func noise(n, size int) []byte {
	out := make([]byte, 0, size+32)
	sum := sha256.Sum256(fmt.Append(nil, n))
	for len(out) < size {
		out = append(out, sum[:]...)
		sum = sha256.Sum256(sum[:])
	}
	return out[:size]
}

// errAgain: the same may be sent again.
var errAgain = errors.New("again")

// call makes one call; what may be repeated comes back as errAgain, a refusal as another error.
func (s *sender) call(ctx context.Context, method, path string, header map[string]string, body []byte) (*http.Response, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, s.base.Load().(string)+path, bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	for k, v := range header {
		req.Header.Set(k, v)
	}
	res, err := s.http.Do(req)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", errAgain, err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	s.answers.Add(1)
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("%w: %w", errAgain, err)
	case res.StatusCode >= 500:
		s.refused.Add(1)
		return nil, nil, fmt.Errorf("%w: %d %s", errAgain, res.StatusCode, b)
	case res.StatusCode == http.StatusConflict || res.StatusCode == http.StatusLocked:
		return res, b, fmt.Errorf("%w: %d %s", errAgain, res.StatusCode, b)
	case res.StatusCode >= 400 && bytes.Contains(b, []byte(`"retry":"same"`)): // the problem itself says so: the same bytes, from the beginning
		return res, b, fmt.Errorf("%w: %d %s", errAgain, res.StatusCode, b)
	case res.StatusCode >= 400:
		return res, b, fmt.Errorf("%s %s: %d %s", method, path, res.StatusCode, b)
	}
	return res, b, nil
}

// deliver sends until the receipt is there or something is refused for good.
func (s *sender) deliver(ctx context.Context, p *bundle) (r submit.Receipt, err error) {
	for ctx.Err() == nil {
		if r, err = s.once(ctx, p); err == nil || !errors.Is(err, errAgain) {
			return r, err
		}
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Millisecond):
		}
	}
	return r, errors.Join(ctx.Err(), err)
}

func (s *sender) once(ctx context.Context, p *bundle) (r submit.Receipt, err error) {
	path := portal.RevisionPath(p.sealed.Submission.ID, 1)
	_, b, err := s.call(ctx, "PUT", path, map[string]string{"Content-Type": portal.TypeJSON}, p.sealed.Bytes)
	if err != nil {
		return r, err
	}
	var a portal.Announced
	if err := json.Unmarshal(b, &a); err != nil {
		return r, err
	}
	for _, digest := range a.Missing {
		paper := p.papers[digest]
		if len(paper) > largePaper {
			err = s.pieces(ctx, p, digest, paper)
		} else {
			_, _, err = s.call(ctx, "PUT", portal.BlobPath(digest), map[string]string{"Content-Type": portal.TypeBlob}, paper)
		}
		if err != nil {
			return r, err
		}
	}
	if _, b, err = s.call(ctx, "PUT", path+"/commit", map[string]string{"Content-Type": portal.TypeJSON}, fmt.Appendf(nil, `{"manifestSha256":%q}`, p.sealed.SHA256)); err != nil {
		return r, err
	}
	return r, json.Unmarshal(b, &r)
}

// pieces sends a paper by tus and goes on where the portal says that it stands.
func (s *sender) pieces(ctx context.Context, p *bundle, digest string, paper []byte) error {
	tus := map[string]string{"Tus-Resumable": "1.0.0"}
	if p.at[digest] == "" {
		res, _, err := s.call(ctx, "POST", "/v1/uploads", map[string]string{"Tus-Resumable": "1.0.0", "Upload-Length": fmt.Sprint(len(paper)), "Upload-Metadata": "sha256 " + base64.StdEncoding.EncodeToString([]byte(digest))}, nil)
		if err != nil {
			return err
		}
		at, err := res.Location()
		if err != nil {
			return err
		}
		p.at[digest] = at.Path
	}
	res, _, err := s.call(ctx, "HEAD", p.at[digest], tus, nil)
	if res != nil && res.StatusCode == http.StatusNotFound { // nothing of it was acknowledged
		p.at[digest] = ""
		return errAgain
	}
	if err != nil {
		return err
	}
	var offset int
	if _, err := fmt.Sscan(res.Header.Get("Upload-Offset"), &offset); err != nil {
		return err
	}
	for offset < len(paper) {
		end := min(offset+tusStep, len(paper))
		res, _, err := s.call(ctx, "PATCH", p.at[digest], map[string]string{"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream", "Upload-Offset": fmt.Sprint(offset)}, paper[offset:end])
		if res != nil && res.StatusCode == http.StatusUnprocessableEntity { // a power cut left other bytes there: the portal noticed and forgot them
			p.at[digest] = ""
		}
		if err != nil {
			return err
		}
		offset = end
	}
	p.at[digest] = "" // whole; should the portal ask for it again, it begins anew
	return nil
}

// enrolSender makes the sender a known device.
func (s *sender) enrol(t testing.TB, code string) {
	t.Helper()
	sum := sha256.Sum256([]byte(t.Name()))
	id, secret := "01938a5e-7c00-7000-8000-00000000d002", hex.EncodeToString(sum[:])
	body, _ := json.Marshal(portal.Enrol{Code: code, DeviceID: id, DeviceName: "独立客户端", Secret: secret})
	if _, b, err := s.call(t.Context(), "POST", "/v1/enrol", map[string]string{"Content-Type": portal.TypeJSON}, body); err != nil {
		t.Fatalf("%v %s", err, b)
	}
	s.token = id + "." + secret
}
