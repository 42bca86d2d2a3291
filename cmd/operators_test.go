package cmd

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal/server"
)

// portalSpan is a command of the guide inside a sentence that names the guide's own folder and no placeholder.
var portalSpan = regexp.MustCompile("`(shangyun-portal (?:doctor|enrol-code|key show|backup) [^`]*)`")

// TestTheOperatorsCommandsRun runs every command of the portal operator's guide in its order; serve goes on beside the others.
func TestTheOperatorsCommandsRun(t *testing.T) {
	text := guide(t, "../connectors/portal/OPERATORS.md")
	bin, err := filepath.Abs(tools(t))
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	here := strings.NewReplacer("/srv/", root+"/srv/", "/backup/", root+"/backup/").Replace(text)
	for _, folder := range []string{"srv", "backup"} {
		if err := os.Mkdir(filepath.Join(root, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	command := func(line string) *exec.Cmd {
		c := exec.CommandContext(t.Context(), "bash", "-c", "exec 2>&1; "+line)
		c.Dir, c.Stdin = root, strings.NewReader("一个足够长的口令-2026\n")
		c.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "HOME="+root)
		return c
	}
	ran := 0
	run := func(line string) {
		ran++
		if out, err := command(line).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
	}
	for _, m := range shellBlock.FindAllStringSubmatch(here, -1) {
		for line := range strings.Lines(m[1]) {
			if line = strings.TrimSpace(line); !strings.HasPrefix(line, "shangyun-portal serve ") {
				run(line)
				continue
			}
			ready := filepath.Join(root, "address")
			serve := command("exec " + line + " --listen 127.0.0.1:0 --port-file " + ready)
			if err := serve.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = serve.Process.Kill(); _ = serve.Wait() })
			await(t, line, func() bool { _, err := os.Stat(ready); return err == nil })
			ran++
		}
	}
	for _, m := range portalSpan.FindAllStringSubmatch(here, -1) {
		run(m[1])
	}
	if ran < 9 {
		t.Errorf("only %d commands were found", ran)
	}
}

// await polls until is is true, for up to three minutes.
func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(3 * time.Minute); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within three minutes", what)
		}
	}
}

// TestThePartnersReceiverTakesOurEventsOnly builds the sample of the integration guide as it stands there and pushes to it.
func TestThePartnersReceiverTakesOurEventsOnly(t *testing.T) {
	_, code, found := strings.Cut(guide(t, "../connectors/portal/INTEGRATION.md"), "```go\n")
	code, _, closed := strings.Cut(code, "```")
	if !found || !closed || strings.Count(code, "\n") > 60 {
		t.Fatalf("the guide holds no receiver of at most 60 lines (%d)", strings.Count(code, "\n"))
	}
	dir := t.TempDir()
	file, program := filepath.Join(dir, "main.go"), filepath.Join(dir, "receiver")
	if err := os.WriteFile(file, []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, file).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_ = free.Close()
	_, port, _ := net.SplitHostPort(address)
	const secret = "共同的密钥"
	receiver := exec.CommandContext(t.Context(), program)
	receiver.Env = append(os.Environ(), "PORT="+port, "HOOK_SECRET="+secret)
	if err := receiver.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = receiver.Process.Kill(); _ = receiver.Wait() })
	await(t, "the receiver", func() bool {
		c, err := net.Dial("tcp", address)
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	})
	body := `{"specversion":"1.0","type":"cn.shangyuntong.request.received","subject":"r","data":{"state":"received"}}`
	push := func(key string, at time.Time, sent string) int {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address+"/hook", strings.NewReader(sent))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("webhook-id", "e1")
		r.Header.Set("webhook-timestamp", fmt.Sprint(at.Unix()))
		r.Header.Set("webhook-signature", server.SignEvent(key, "e1", at, []byte(body)))
		w, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = w.Body.Close()
		return w.StatusCode
	}
	for _, c := range []struct {
		name, key, sent string
		at              time.Time
		want            int
	}{
		{"ours", secret, body, time.Now(), http.StatusNoContent},
		{"ours again", secret, body, time.Now(), http.StatusNoContent},
		{"another secret", "别的", body, time.Now(), http.StatusUnauthorized},
		{"another body", secret, strings.Replace(body, "received", "rejected", 1), time.Now(), http.StatusUnauthorized},
		{"of yesterday", secret, body, time.Now().Add(-24 * time.Hour), http.StatusUnauthorized},
	} {
		if got := push(c.key, c.at, c.sent); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
