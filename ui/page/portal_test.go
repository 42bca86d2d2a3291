package page_test

import (
	"context"
	"crypto/rand"
	"net"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/connectors/document"
	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/server"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// office is a real portal on loopback.
type office struct {
	*httptest.Server
	t     *testing.T
	store *inbox.Store
	keys  *server.Keys
	front *server.Server
}

func openOffice(t *testing.T) *office {
	t.Helper()
	dir := t.TempDir()
	store, err := inbox.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	keys, err := server.LoadKeys(filepath.Join(dir, "portal.key"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, store: store, keys: keys}
	o.front = server.New(server.Config{Store: store, Keys: keys, Name: "株洲市受理处", Now: func() time.Time { return noon }})
	o.Server = httptest.NewServer(o.front)
	t.Cleanup(func() { o.Close() })
	return o
}

// reopen listens again where the portal was before it was closed.
func (o *office) reopen() {
	o.t.Helper()
	l, err := net.Listen("tcp", strings.TrimPrefix(o.URL, "http://"))
	if err != nil {
		o.t.Fatal(err)
	}
	o.Server = httptest.NewUnstartedServer(o.front)
	_ = o.Listener.Close()
	o.Listener = l
	o.Start()
}

// enrol makes the stand's desk known at the office.
func (o *office) enrol(s *stand) {
	o.t.Helper()
	if err := o.store.AddEnrolCode(o.t.Context(), "CODE-1", noon, noon.Add(time.Hour)); err != nil {
		o.t.Fatal(err)
	}
	_, err := s.desk.Enrol(o.t.Context(), o.URL, "CODE-1", submit.Fingerprint(o.keys.Public()))
	s.must(err)
}

// reporting gives a desk its papers and the real line to portals.
func reporting(p *wizard.Parts) {
	w := wire{client.New()}
	p.Filler, p.Sender, p.Registrar = filler{}, w, w
}

type wire struct{ *client.Client }

func (w wire) Fingerprint(ctx context.Context, address string) (string, error) {
	key, err := w.Key(ctx, address)
	return submit.Fingerprint(key.PublicKey), err
}

func (w wire) Enrol(ctx context.Context, address, code, fingerprint string, by wizard.Device) (submit.Enrolment, error) {
	return w.Client.Enrol(ctx, client.Enrolling{Address: address, Code: code, Fingerprint: fingerprint, DeviceID: by.ID, DeviceName: by.Name, Key: by.Key, Secret: by.Secret})
}

func (w wire) Rotations(ctx context.Context, address string) ([]submit.KeyRotation, error) {
	key, err := w.Key(ctx, address)
	return key.Rotations, err
}

type filler struct{}

func (filler) Fill(a apply.Application, request []byte) ([]wizard.File, error) {
	read := func(name string) []byte {
		data, _ := assets.Template.ReadFile("template/" + name)
		return data
	}
	files, err := document.Set(a, request, document.Fonts{Regular: assets.FontSerif(), Bold: assets.FontSerifBold()},
		document.Templates{Application: read("申报书.docx"), Onboarding: read("onboarding.docx")})
	var out []wizard.File
	for _, f := range files {
		out = append(out, wizard.File{Name: f.Name, Role: f.Role, Type: f.Type, Data: f.Data})
	}
	return out, err
}
