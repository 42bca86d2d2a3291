package cmd

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// toxicLine leads to a portal through toxiproxy.
func toxicLine(t *testing.T, to string) *toxiproxy.Proxy {
	t.Helper()
	s := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	p := toxiproxy.NewProxy(s, "line", "127.0.0.1:0", strings.TrimPrefix(to, "http://"))
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Stop)
	return p
}

func poison(t *testing.T, p *toxiproxy.Proxy, kind, stream, attributes string) {
	t.Helper()
	text := fmt.Sprintf(`{"name":"%s-%s","type":"%s","stream":"%s","attributes":{%s}}`, kind, stream, kind, stream, attributes)
	if _, err := p.Toxics.AddToxicJson(strings.NewReader(text)); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// impatient is a line to portals that gives up early, so that a half-open one shows within the test.
type impatient struct{ *client.Client }

func (w impatient) Fingerprint(ctx context.Context, address string) (string, error) {
	key, err := w.Key(ctx, address)
	return submit.Fingerprint(key.PublicKey), err
}

func (w impatient) Enrol(context.Context, string, string, string, wizard.Device) (submit.Enrolment, error) {
	return submit.Enrolment{}, nil
}

func (w impatient) Rotations(ctx context.Context, address string) ([]submit.KeyRotation, error) {
	key, err := w.Key(ctx, address)
	return key.Rotations, err
}

// wantWhole holds the invariant: every sealed request is at the portal exactly once, byte for byte, with its receipt here, or it waits here and
// is seen to. It gives how many wait.
func wantWhole(t *testing.T, d *wizard.Desk, store *inbox.Store, all []submit.Sealed) (waiting int) {
	t.Helper()
	left, err := d.Queue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	queued := map[string]bool{}
	for _, q := range left {
		queued[q.ID] = true
	}
	admin := inbox.Who{Role: inbox.RoleAdmin}
	for _, s := range all {
		m := s.Submission
		there, receipt, err := store.Revision(t.Context(), admin, m.ID, m.Revision)
		kept, keptErr := d.Outbox.Bytes(t.Context(), m.ID, m.Revision)
		switch {
		case keptErr != nil || !bytes.Equal(kept, s.Bytes):
			t.Errorf("the laptop lost what it had sealed: %v", keptErr)
		case queued[m.ID]:
			waiting++
		case err != nil || receipt == nil || !bytes.Equal(there.Bytes, s.Bytes):
			t.Errorf("%s is neither waiting nor whole at the portal: %v", m.ID, err)
		}
		if receipt == nil || err != nil {
			continue
		}
		for _, a := range m.Attachments {
			r, err := store.BlobOf(t.Context(), admin, m.ID, m.Revision, a.SHA256)
			if err != nil {
				t.Fatalf("a receipt without %s: %v", a.Name, err)
			}
			b, err := io.ReadAll(r)
			_ = r.Close()
			if err != nil || submit.Digest(b) != a.SHA256 {
				t.Errorf("%s has other bytes at the portal: %v", a.Name, err)
			}
		}
	}
	_, total, err := store.List(t.Context(), admin, inbox.Query{})
	if err != nil || total > len(all) {
		t.Errorf("%d requests at the portal of %d sealed: %v", total, len(all), err)
	}
	return waiting
}

// The line is cut after k bytes for k over the whole exchange, reset, slow, sliced, closed late or half-open: in the end each request is there once.
func TestWhateverTheLineDoesEachRequestIsThereOnceOrWaits(t *testing.T) {
	b := openBureau(t, "株洲市受理处")
	line := toxicLine(t, b.URL)
	d := adviser(t, b, "http://"+line.Listen)
	w := impatient{client.New(client.WithPieces(16<<10, 16<<10), client.WithTimeouts(20*time.Second, 3*time.Second))}
	d.Sender, d.Registrar = w, w
	var all []submit.Sealed
	try := func(name string, ill func()) {
		t.Run(name, func(t *testing.T) {
			all = append(all, bag(t, d, b.name, 700, 60_000, 33))
			ill()
			if _, err := d.Flush(t.Context(), true, nil); err != nil {
				t.Fatal(err)
			}
			wantWhole(t, d, b.store, all)
			line.Toxics.ResetToxics(t.Context())
			for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); { // a line that broke may hold a file for a moment
				if round, err := d.Flush(t.Context(), true, nil); err == nil && round.Left == 0 {
					break
				}
			}
			if n := wantWhole(t, d, b.store, all); n != 0 {
				t.Errorf("%d wait on a good line", n)
			}
		})
	}
	const whole = 70_000 // bytes of one exchange upstream, with the headers
	n := faultRounds(12)
	for i := range n {
		k := whole * i / n
		try(fmt.Sprintf("cut after %d bytes up", k), func() { poison(t, line, "limit_data", "upstream", fmt.Sprintf(`"bytes":%d`, k)) })
	}
	n = faultRounds(5)
	for i := range n {
		k := 6_000 * i / n
		try(fmt.Sprintf("cut after %d bytes down", k), func() { poison(t, line, "limit_data", "downstream", fmt.Sprintf(`"bytes":%d`, k)) })
	}
	for i := range faultRounds(3) {
		try(fmt.Sprintf("reset after %d ms", 5*i), func() { poison(t, line, "reset_peer", "upstream", fmt.Sprintf(`"timeout":%d`, 5*i)) })
	}
	try("slow", func() {
		poison(t, line, "bandwidth", "upstream", `"rate":200`)
		poison(t, line, "latency", "downstream", `"latency":15,"jitter":10`)
	})
	try("sliced", func() { poison(t, line, "slicer", "upstream", `"average_size":700,"size_variation":300,"delay":50`) })
	try("closed late", func() { poison(t, line, "slow_close", "downstream", `"delay":200`) })
	try("half-open up", func() { poison(t, line, "timeout", "upstream", `"timeout":0`) })
	try("half-open down", func() { poison(t, line, "timeout", "downstream", `"timeout":0`) })
}
