package page_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/probe"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// stopped is the real scanner; amid is called once, after the first find.
type stopped struct {
	*probe.Scanner
	amid func()
}

func (s *stopped) Scan(ctx context.Context, o scan.Order, c scan.Consent, tell func(scan.Event)) (scan.Report, error) {
	var once sync.Once
	return s.Scanner.Scan(ctx, o, c, func(e scan.Event) {
		tell(e)
		if e.Kind == scan.EventHost && s.amid != nil {
			once.Do(s.amid)
		}
	})
}

// alone runs the test once more in a network of its own, where only its peers live.
func alone(t *testing.T) bool {
	t.Helper()
	if os.Getenv("SHANGYUN_ALONE") != "" {
		command(t, "ip", "link", "set", "lo", "up")
		return true
	}
	if os.Getenv("SHANGYUN_PEERS") == "" {
		t.Skip("SHANGYUN_PEERS=1 runs it against third-party programs (make test-peers)")
	}
	if exec.Command("unshare", "-n", "true").Run() != nil {
		t.Skip("no network namespaces here (root needed)")
	}
	cmd := exec.Command("unshare", "-n", os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v", "-test.timeout=20m")
	cmd.Env = append(os.Environ(), "SHANGYUN_ALONE=1")
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
	return false
}

func command(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v %s", name, err, out)
	}
}

// peer starts a program of others and waits until it listens; false when it is not installed, which is said.
func peer(t *testing.T, table, listens, name string, args ...string) bool {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Logf("SKIPPED PEER %s is not installed", name)
		return false
	}
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		b, _ := os.ReadFile("/proc/net/" + table)
		if strings.Contains(string(b), listens) {
			return true
		}
		if time.Now().After(end) {
			t.Fatalf("%s does not listen", name)
		}
	}
}

// TestTheWindowDrivesTheRealScanner walks the page from the order to the register with the scanner of the product against programs of
// others, then stops a second look in its midst.
func TestTheWindowDrivesTheRealScanner(t *testing.T) {
	if !alone(t) {
		return
	}
	dir := t.TempDir()
	conf := filepath.Join(dir, "snmpd.conf")
	if err := os.WriteFile(conf, []byte("agentaddress udp:127.0.0.2:161\nrocommunity factory\nsysName SW-REAL\nsysDescr Acme Switch SW-8, firmware 2.1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	modbus, _ := filepath.Abs("../../connectors/probe/testdata/peers/modbus.py")
	agent := peer(t, "udp", "0200007F:00A1 ", "snmpd", "-C", "-c", conf, "-I", "-smux", "-f", "-Lo", "-p", filepath.Join(dir, "pid"))
	meter := peer(t, "tcp", "0300007F:01F6 ", "/usr/bin/python3", modbus, "127.0.0.3")
	store := peer(t, "tcp", "0400007F:18EB ", "redis-server", "--port", "6379", "--bind", "127.0.0.4", "--save", "", "--protected-mode", "no", "--dir", dir)
	if !agent || !meter || !store {
		t.Skip("peers are missing")
	}
	net := &stopped{Scanner: &probe.Scanner{Now: time.Now}}
	s := sampleStand(t, func(p *wizard.Parts) { p.Network = net })
	before := len(s.stored().Assets)
	s.ui.Go(wizard.StepInventory)
	s.tap("网络盘点")
	s.fill("网段或地址", "127.0.0.2-5")
	s.fill("网络类别", string(scan.ProfileIT))
	s.fill("交换机的 SNMP 团体名（可不填）", "factory")
	s.plan()
	s.sees("SW-REAL", "Acme Meters PM-710", "Redis", "127.0.0.4")
	list := s.table(0)
	for i := range rowsOf(list) {
		list.OnActivate(i)
	}
	s.tap("收下 " + string(rune('0'+rowsOf(list))) + " 项")
	c := s.stored()
	if !has(c.Assets[before:], "Acme Meters", "PM-710") {
		t.Errorf("the meter is not in the register: %+v", c.Assets[before:])
	}
	a := c.Attachments[len(c.Attachments)-1]
	data, err := s.parts.Blobs.Get(t.Context(), a.SHA256)
	var rep scan.Report
	if err != nil || json.Unmarshal(data, &rep) != nil || probe.Verify(rep.Log) != nil || len(rep.Log) == 0 || strings.Contains(string(data), "factory") {
		t.Errorf("the kept report: %v, %d frames", err, len(rep.Log))
	}
	s.tap("再来一次")
	net.amid = func() { s.tap("中止") }
	s.plan()
	s.sees("已中止")
}

// plan agrees to the plan and starts.
func (s *stand) plan() {
	s.t.Helper()
	s.tap("先看计划")
	s.tap(s.labelWith("我看过计划"))
	s.tap("同意并开始")
}

func has(list []survey.Asset, maker, product string) bool {
	for _, a := range list {
		if a.Nameplate.Manufacturer == maker && strings.Contains(a.Nameplate.ProductCode+a.Nameplate.Model, product) {
			return true
		}
	}
	return false
}
