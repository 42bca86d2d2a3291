package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// The test binary is the real program when this variable is set.
const asProgram = "SHANGYUN_PORTAL_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], args...)
	c.Env = append(os.Environ(), asProgram+"=1")
	return c
}

// running is one life of the real program.
type running struct {
	cmd     *exec.Cmd
	out     *said
	address string
}

// said is what a program prints; it may be read while more comes.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func serve(t *testing.T, data string) *running {
	t.Helper()
	return serveWith(t, data, "--open-loopback")
}

func serveWith(t *testing.T, data string, flags ...string) *running {
	t.Helper()
	port := filepath.Join(t.TempDir(), "port")
	r := &running{cmd: program(t, append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0", "--port-file", port}, flags...)...), out: &said{}}
	r.cmd.Stdout, r.cmd.Stderr = r.out, r.out
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.kill() })
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if b, err := os.ReadFile(port); err == nil && printed.MatchString(r.out.String()) { // what it printed arrives beside
			r.address = strings.TrimSpace(string(b))
			return r
		}
	}
	t.Fatal("the portal did not start")
	return nil
}

// kill is kill -9; a second one finds nothing to do.
func (r *running) kill() {
	_ = r.cmd.Process.Kill()
	_ = r.cmd.Wait()
}

var printed = regexp.MustCompile(`密钥指纹 ([0-9a-f ]+)\n登记码 ([A-Z0-9-]+)`)

func enrol(t *testing.T, r *running) submit.Enrolment {
	t.Helper()
	m := printed.FindStringSubmatch(r.out.String())
	if m == nil {
		t.Fatalf("nothing to enrol with: %s", r.out)
	}
	secret := make([]byte, 32)
	_, _ = rand.Read(secret)
	e, err := client.New().Enrol(t.Context(), client.Enrolling{
		Address: r.address, Fingerprint: m[1], Code: m[2], DeviceID: "01938a5e-7c00-7000-8000-00000000d001", DeviceName: "电脑", Secret: hex.EncodeToString(secret),
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

// request is the n-th sample with three attachments of its own.
func request(t *testing.T, n int) (submit.Sealed, func(string) ([]byte, error)) {
	t.Helper()
	papers := map[string][]byte{}
	s := submit.Submission{
		ID: fmt.Sprintf("01938a5e-7c00-7000-8000-%012x", n), Revision: 1, Kind: submit.Application, FormVersion: "1", CaseID: "c", DeviceID: "d", DeviceTime: noon,
		Document: json.RawMessage(`{"form":{}}`), Consent: submit.Consent{Text: "同意", By: "法人", At: noon, Recipient: "部门"},
		Summary: submit.Summary{FirmName: "甲公司", CreditCode: "91430200MA4L000000"},
	}
	for i, b := range [][]byte{bytes.Repeat([]byte{byte(n)}, 100_000), fmt.Appendf(nil, "second %d", n), fmt.Appendf(nil, "third %d", n)} {
		papers[submit.Digest(b)] = b
		s.Attachments = append(s.Attachments, submit.Blob{Name: fmt.Sprintf("材料%d.pdf", i), Role: "paper", SHA256: submit.Digest(b), Size: int64(len(b)), Type: "application/pdf"})
	}
	sealed, err := submit.Seal(s)
	if err != nil {
		t.Fatal(err)
	}
	return sealed, func(sha string) ([]byte, error) {
		if b, ok := papers[sha]; ok {
			return b, nil
		}
		return nil, errors.New("no such paper")
	}
}

// The portal is killed with SIGKILL around every single step of a sending, before the step reaches it and after
// it has been done but not answered. Each request must end there exactly once, byte for byte.
func TestKilledAroundEveryStepNothingIsLostAndNothingIsDouble(t *testing.T) {
	data := t.TempDir()
	portal := serve(t, data)
	e := enrol(t, portal)
	const steps = 5 // announce, three blobs, commit
	round := 0
	for step := range steps {
		for _, done := range []bool{false, true} {
			round++
			sub, open := request(t, round)
			through := e
			through.Address = killing(t, portal, step, done)
			if _, err := client.New().Send(t.Context(), through, sub, open, nil); survey.CodeOf(err).Class() != survey.ClassNetwork {
				t.Fatalf("step %d done %v: %v", step, done, err)
			}
			portal.kill()
			portal = serve(t, data)
			e.Address = portal.address
			receipt, err := client.New().Send(t.Context(), e, sub, open, nil)
			if err != nil || receipt.Seq != int64(round) {
				t.Fatalf("step %d done %v: %+v, %v", step, done, receipt, err)
			}
			if _, err := client.New().Prove(t.Context(), e, sub, open); err != nil {
				t.Errorf("step %d done %v: %v", step, done, err)
			}
		}
	}
	portal.kill()
	s, err := inbox.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if _, total, err := s.List(t.Context(), inbox.Who{Role: inbox.RoleAdmin}, inbox.Query{}); err != nil || total != round {
		t.Errorf("%d requests, want %d (%v)", total, round, err)
	}
	if err := s.CheckAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

// killing stands before the portal and kills it around the step with that index.
func killing(t *testing.T, r *running, step int, done bool) string {
	t.Helper()
	var n atomic.Int64
	base := r.address
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, in *http.Request) {
		last := n.Add(1) == int64(step)+1
		if last && !done {
			_ = r.cmd.Process.Kill()
			panic(http.ErrAbortHandler)
		}
		out, err := http.NewRequestWithContext(in.Context(), in.Method, base+in.URL.Path, in.Body)
		if err != nil {
			panic(err)
		}
		out.Header, out.ContentLength = in.Header, in.ContentLength
		if in.ContentLength == 0 {
			out.Body = http.NoBody
		}
		res, err := http.DefaultTransport.RoundTrip(out)
		if last {
			_ = r.cmd.Process.Kill()
		}
		if last || err != nil {
			panic(http.ErrAbortHandler)
		}
		defer func() { _ = res.Body.Close() }()
		w.Header().Set("Content-Type", res.Header.Get("Content-Type"))
		w.WriteHeader(res.StatusCode)
		var b bytes.Buffer
		_, _ = b.ReadFrom(res.Body)
		_, _ = w.Write(b.Bytes())
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestItEndsGracefullyAndKeepsItsKeyPrivate(t *testing.T) {
	data := t.TempDir()
	r := serve(t, data)
	first := printed.FindStringSubmatch(r.out.String())[1]
	if err := r.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Wait(); err != nil {
		t.Errorf("ended with %v\n%s", err, r.out)
	}
	st, err := os.Stat(filepath.Join(data, "key", "portal.key"))
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("key file: %v %v", st, err)
	}
	if _, err := os.Stat(filepath.Join(data, "portal.db-wal")); err == nil {
		t.Error("the database was not closed")
	}
	out, err := program(t, "key", "rotate", "--data", data).CombinedOutput()
	if err != nil || strings.Contains(string(out), first) {
		t.Errorf("rotate: %v\n%s", err, out)
	}
	out, err = program(t, "key", "show", "--data", data).CombinedOutput()
	if err != nil || strings.Contains(string(out), first) {
		t.Errorf("show: %v\n%s", err, out)
	}
}

func TestWhatItRefusesToListenOn(t *testing.T) {
	for name, c := range map[string]struct {
		cmd serveCmd
		ok  bool
	}{
		"this machine":              {serveCmd{Listen: "127.0.0.1:0"}, true},
		"this machine, open":        {serveCmd{Listen: "[::1]:0", OpenLoopback: true}, true},
		"everywhere":                {serveCmd{Listen: "0.0.0.0:0"}, false},
		"everywhere by empty host":  {serveCmd{Listen: ":8070"}, false},
		"everywhere with TLS":       {serveCmd{Listen: ":8070", TLSCert: "c", TLSKey: "k"}, true},
		"half a TLS":                {serveCmd{Listen: "127.0.0.1:0", TLSCert: "c"}, false},
		"behind a proxy":            {serveCmd{Listen: ":8070", PlainHTTPBehindProxy: true}, true},
		"open everywhere":           {serveCmd{Listen: ":8070", OpenLoopback: true, TLSCert: "c", TLSKey: "k"}, false},
		"open behind a local proxy": {serveCmd{Listen: "127.0.0.1:0", OpenLoopback: true, PlainHTTPBehindProxy: true}, false},
	} {
		if err := c.cmd.Validate(); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDamagedDataIsNamedWithANextStep(t *testing.T) {
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "portal.db"), bytes.Repeat([]byte("x"), 9000), 0o600); err != nil {
		t.Fatal(err)
	}
	c := program(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	out, err := c.CombinedOutput()
	if err == nil || c.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "请用备份恢复") || strings.Contains(string(out), "goroutine") {
		t.Errorf("%v\n%s", err, out)
	}
	c = program(t, "serve")
	if out, err := c.CombinedOutput(); err == nil || c.ProcessState.ExitCode() != 2 {
		t.Errorf("usage: %v %d\n%s", err, c.ProcessState.ExitCode(), out)
	}
}
