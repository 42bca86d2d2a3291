package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox/enginetest"
)

// startCluster starts PostgreSQL and an S3 server and writes the engine file for a fresh database and bucket.
func startCluster(t *testing.T) (inbox.Engine, string) {
	t.Helper()
	if !enginetest.Wanted() {
		t.Skip("with third-party servers only: make test-peers")
	}
	c, err := enginetest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
	p := c.Fresh(t)
	e := inbox.Engine{Database: p.Database, S3: inbox.Bucket{Endpoint: p.Endpoint, Bucket: p.Bucket, AccessKey: enginetest.AccessKey, SecretKey: enginetest.SecretKey}}
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "engine.json")
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return e, file
}

// balancer is a real nginx before the instances; it listens on a socket file.
type balancer struct {
	dir string
	cmd *exec.Cmd
}

func startBalancer(t *testing.T, addresses ...string) *balancer {
	t.Helper()
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		if nginx = "/usr/sbin/nginx"; exec.Command(nginx, "-v").Run() != nil {
			t.Fatal("nginx is not installed (installer/deps.sh peers)")
		}
	}
	dir, err := os.MkdirTemp("", "sy-ngx-") // short: a socket's path is limited
	if err != nil {
		t.Fatal(err)
	}
	b := &balancer{dir: dir}
	b.write(t, addresses)
	var said bytes.Buffer
	b.cmd = exec.Command(nginx, "-p", dir, "-c", filepath.Join(dir, "nginx.conf"), "-e", "stderr")
	b.cmd.Stderr = &said
	if err := b.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = b.cmd.Process.Signal(syscall.SIGTERM)
		_ = b.cmd.Wait()
		_ = os.RemoveAll(dir)
		if t.Failed() {
			t.Logf("nginx: %s", said.String())
		}
	})
	return b
}

func (b *balancer) write(t *testing.T, addresses []string) {
	t.Helper()
	servers := ""
	for _, a := range addresses {
		servers += "server " + strings.TrimPrefix(a, "http://") + " max_fails=1 fail_timeout=1s;"
	}
	user := ""
	if os.Getuid() == 0 {
		user = "user root;"
	}
	conf := fmt.Sprintf(`daemon off; worker_processes 1; pid nginx.pid; %s error_log stderr; events {}
http {
  access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  upstream portal { %s }
  server {
    listen unix:%s/s;
    client_max_body_size 0;
    location / { proxy_pass http://portal; proxy_http_version 1.1; proxy_request_buffering off; proxy_set_header Host $host; proxy_next_upstream error timeout; }
  }
}
`, user, servers, b.dir)
	if err := os.WriteFile(filepath.Join(b.dir, "nginx.conf"), []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
}

// point makes nginx serve from other addresses.
func (b *balancer) point(t *testing.T, addresses ...string) {
	t.Helper()
	b.write(t, addresses)
	if err := b.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
}

func (b *balancer) sender() *sender {
	s := newSender("http://portal")
	s.http.Transport = &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", filepath.Join(b.dir, "s"))
	}}
	return s
}

// Two instances on PostgreSQL and S3 behind nginx; one of them is killed again and again under load. Uploads begin on one and end on the other.
func TestTwoInstancesOneKilledAgainAndAgain(t *testing.T) {
	engine, file := startCluster(t)
	folders := []string{t.TempDir(), t.TempDir()}
	start := func(i int) *running {
		return serveWith(t, folders[i], "--engine", file, "--plain-http-behind-proxy")
	}
	live := []*running{start(0), nil}
	key, err := os.ReadFile(filepath.Join(folders[0], "key", "portal.key"))
	if err != nil {
		t.Fatal(err)
	}
	refused := program(t, "serve", "--data", folders[1], "--listen", "127.0.0.1:0", "--engine", file)
	if out, err := refused.CombinedOutput(); err == nil || !strings.Contains(string(out), "签名密钥") {
		t.Fatalf("an instance with a key of its own: %v %s", err, out)
	}
	if err := os.WriteFile(filepath.Join(folders[1], "key", "portal.key"), key, 0o600); err != nil {
		t.Fatal(err)
	}
	live[1] = start(1)
	b := startBalancer(t, live[0].address, live[1].address)
	s := b.sender()
	code := printed.FindStringSubmatch(live[0].out.String())[2]
	for s.token == "" { // until nginx is up
		if _, _, err := s.call(t.Context(), "GET", "/readyz", nil, nil); err == nil {
			s.enrol(t, code)
		}
	}
	all := storm(t, s, faultRounds(8), func(ctx context.Context, round int) {
		i := round % 2
		live[i].kill()
		s.wait(ctx, t, &s.answers, 5) // the other one goes on alone
		live[i] = start(i)
		b.point(t, live[0].address, live[1].address)
	})
	for _, r := range live {
		r.kill()
		if strings.Contains(r.out.String(), enginetest.SecretKey) {
			t.Error("a credential stands in the log")
		}
	}
	t.Logf("%d kills, %d requests", faultRounds(8), len(all))
	store, err := inbox.OpenEngine(t.Context(), engine, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	judge(t, store, all)
}
