package client_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// diary is a memory that outlives a client, as a case file does.
type diary struct {
	mu  sync.Mutex
	ids map[string]string
}

func (d *diary) Upload(_ context.Context, key string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ids[key], nil
}

func (d *diary) KeepUpload(_ context.Context, key, id string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ids[key] = id; id == "" {
		delete(d.ids, key)
	}
	return nil
}

// before runs do before each request reaches the portal, at a line of its own.
func (o *office) before(t *testing.T, e submit.Enrolment, do func(w http.ResponseWriter, r *http.Request) bool) submit.Enrolment {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if do(w, r) {
			o.handler.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	e.Address = s.URL
	return e
}

const piece = 64 << 10

func large() papers {
	return papers{"申报书.pdf": []byte("%PDF"), "发票 01（复印件）.jpg": bytes.Repeat([]byte("0123456789abcdef"), 10*piece/16)}
}

func TestALargeFileGoesOnWhereItStoppedInTheNextRunOfTheProgram(t *testing.T) {
	o := openOffice(t)
	e := o.enrol(t, deviceID)
	p := large()
	sub := sealed(t, p, nil)
	kept := &diary{ids: map[string]string{}}
	var patches, bytesIn atomic.Int64
	var cutAt atomic.Int64
	cutAt.Store(7)
	e = o.before(t, e, func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPatch {
			return true
		}
		if patches.Add(1) == cutAt.Load() {
			panic(http.ErrAbortHandler)
		}
		bytesIn.Add(r.ContentLength)
		return true
	})
	_, err := client.New(client.WithMemory(kept), client.WithPieces(piece, piece)).Send(t.Context(), e, sub, p.open, nil)
	wantCode(t, err, survey.CodePortalCut)
	if bytesIn.Load() != 6*piece || len(kept.ids) != 1 {
		t.Fatalf("%d bytes before the cut, remembered %v", bytesIn.Load(), kept.ids)
	}
	first := int64(-1)
	_, err = client.New(client.WithMemory(kept), client.WithPieces(piece, piece)).Send(t.Context(), e, sub, p.open, func(p submit.Progress) {
		if first < 0 && p.Size > piece {
			first = p.Done
		}
	})
	if err != nil || bytesIn.Load() != 10*piece || first != 6*piece || len(kept.ids) != 0 {
		t.Errorf("%v; %d bytes in both runs, want each once; began at %d; remembered %v", err, bytesIn.Load(), first, kept.ids)
	}
	if _, err := client.New().Prove(t.Context(), e, sub, p.open); err != nil {
		t.Error(err)
	}
}

func TestAnUploadThatThePortalForgotBeginsAnew(t *testing.T) {
	o := openOffice(t)
	e := o.enrol(t, deviceID)
	p := large()
	sub := sealed(t, p, nil)
	kept := &diary{ids: map[string]string{}}
	for _, b := range sub.Submission.Attachments {
		kept.ids[b.SHA256+"@"+e.Address] = strings.Repeat("0a", 16)
	}
	if _, err := client.New(client.WithMemory(kept), client.WithPieces(piece, piece)).Send(t.Context(), e, sub, p.open, nil); err != nil {
		t.Error(err)
	}
}

func TestATokenThatEndsInMidUploadIsGotAnew(t *testing.T) {
	o := openOffice(t)
	e := o.enrol(t, deviceID)
	if e.Token != "" || e.Key == "" {
		t.Fatalf("a device with a key got %+v", e)
	}
	p := large()
	sub := sealed(t, p, nil)
	var patches, tokens atomic.Int64
	e = o.before(t, e, func(_ http.ResponseWriter, r *http.Request) bool {
		switch {
		case r.Method == http.MethodPatch && patches.Add(1)%3 == 0:
			o.later.Add(int64(2 * portal.TokenLife))
		case r.URL.Path == portal.RouteToken.Path:
			tokens.Add(1)
		}
		return true
	})
	if _, err := client.New(client.WithPieces(piece, piece)).Send(t.Context(), e, sub, p.open, nil); err != nil || tokens.Load() < 4 {
		t.Errorf("%v after %d tokens", err, tokens.Load())
	}
}

func TestARevokedDeviceAsksOnceMoreAndNoMore(t *testing.T) {
	var asked atomic.Int64
	e := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == portal.RouteChallenge.Path {
			w.Header().Set("Content-Type", portal.TypeJSON)
			_, _ = io.WriteString(w, `{"nonce":"n"}`)
			return
		}
		asked.Add(1)
		w.Header().Set("Content-Type", portal.TypeProblem)
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"type":"urn:shangyun:problem:unauthorised","title":"这台设备没有登记","status":401,"retry":"never"}`)
	})
	e.Key = strings.Repeat("5a", 32)
	p := samplePapers()
	_, err := client.New().Send(t.Context(), e, sealed(t, p, nil), p.open, nil)
	wantCode(t, err, survey.CodePortalRefused)
	if asked.Load() != 1 {
		t.Errorf("asked %d times", asked.Load())
	}
}

func TestAPortalThatTakesLessInOnePieceGetsPieces(t *testing.T) {
	o := openOffice(t)
	e := o.enrol(t, deviceID)
	p := large()
	refused := 0
	e = o.before(t, e, func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut || r.ContentLength <= piece {
			return true
		}
		refused++
		w.Header().Set("Content-Type", portal.TypeProblem)
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		_, _ = io.WriteString(w, `{"type":"urn:shangyun:problem:too-large","title":"内容超过上限","status":413,"retry":"never","limit":65536}`)
		return false
	})
	if _, err := client.New().Send(t.Context(), e, sealed(t, p, nil), p.open, nil); err != nil || refused != 1 {
		t.Errorf("%v, refused %d times", err, refused)
	}
}

func TestBytesThatWereChangedOnTheWayComeAgain(t *testing.T) {
	o := openOffice(t)
	e := o.enrol(t, deviceID)
	p := large()
	sub := sealed(t, p, nil)
	var bad atomic.Bool
	bad.Store(true)
	e = o.before(t, e, func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPatch && bad.CompareAndSwap(true, false) {
			b, _ := io.ReadAll(r.Body)
			b[100] ^= 1
			r.Body = io.NopCloser(bytes.NewReader(b))
		}
		return true
	})
	c := client.New(client.WithPieces(piece, piece))
	_, err := c.Send(t.Context(), e, sub, p.open, nil)
	wantCode(t, err, survey.CodePortalBusy) // not a refusal: the same bytes may come again
	if _, err := c.Send(t.Context(), e, sub, p.open, nil); err != nil {
		t.Error(err)
	}
}

func TestHowLongToWaitIsReadWithoutAClock(t *testing.T) {
	for name, c := range map[string]struct {
		header map[string]string
		want   time.Duration
	}{
		"seconds":              {map[string]string{"Retry-After": "120"}, 2 * time.Minute},
		"a date of its own":    {map[string]string{"Retry-After": "Fri, 01 Jan 1999 00:01:30 GMT", "Date": "Fri, 01 Jan 1999 00:00:00 GMT"}, 90 * time.Second},
		"a date in the past":   {map[string]string{"Retry-After": "Fri, 01 Jan 1999 00:00:00 GMT", "Date": "Fri, 01 Jan 1999 00:00:10 GMT"}, 30 * time.Second},
		"a year":               {map[string]string{"Retry-After": "31536000"}, 24 * time.Hour},
		"nonsense or negative": {map[string]string{"Retry-After": "-5"}, 30 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			e := answering(t, func(w http.ResponseWriter, _ *http.Request) {
				for k, v := range c.header {
					w.Header().Set(k, v)
				}
				http.Error(w, "upstream", http.StatusServiceUnavailable)
			})
			p := samplePapers()
			_, err := client.New().Send(t.Context(), e, sealed(t, p, nil), p.open, nil)
			wantCode(t, err, survey.CodePortalBusy)
			var patient interface{ Wait() time.Duration }
			if !errors.As(err, &patient) || patient.Wait() != c.want {
				t.Errorf("%v: waits %v, want %v", err, patient, c.want)
			}
		})
	}
}

func TestAComputerThatLivesInAnotherYearIsToldSo(t *testing.T) {
	s := httptest.NewTLSServer(http.NotFoundHandler())
	defer s.Close()
	roots := s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	cert := s.Certificate()
	for name, now := range map[string]time.Time{"after": cert.NotAfter.AddDate(1, 0, 0), "before": cert.NotBefore.AddDate(-1, 0, 0)} {
		c := client.New(client.WithTLS(&tls.Config{RootCAs: roots, Time: func() time.Time { return now }, MinVersion: tls.VersionTLS12}))
		_, err := c.Key(t.Context(), s.URL)
		if survey.CodeOf(err) != survey.CodeClock {
			t.Errorf("%s: %v", name, err)
		}
	}
}
