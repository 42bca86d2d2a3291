package probe

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A plant is a network of namespaces: every host has its own, all hang on one bridge, and the test itself runs in one of them. Nothing of
// it touches the machine's own network.
type plant struct {
	t     testing.TB
	id    string
	dir   string
	peers string // folder with node_modules
	hosts []*plantHost
}

type plantHost struct {
	p         *plant
	ns, addr  string
	device    string // what it plays
	ot        bool
	connected int64 // accepted connections at the last count
}

const plantNet = "10.77.0."

// inPlant runs a test in a plant: the first time it makes the namespaces and calls itself inside.
func inPlant(t *testing.T, do func(p *plant)) {
	t.Helper()
	if id := os.Getenv("SHANGYUN_PLANT"); id != "" {
		p := &plant{t: t, id: id, dir: t.TempDir(), peers: os.Getenv("SHANGYUN_FIELD")}
		_ = os.Chmod(p.dir, 0o755)
		_ = os.Chmod(filepath.Dir(p.dir), 0o755)
		t.Cleanup(p.down)
		do(p)
		return
	}
	if os.Getenv("SHANGYUN_PEERS") == "" {
		t.Skip("SHANGYUN_PEERS=1 runs it against third-party programs (make test-peers)")
	}
	id := fmt.Sprintf("sy%d", os.Getpid()%100000)
	if out, err := exec.Command("ip", "netns", "add", id+"me").CombinedOutput(); err != nil {
		t.Skipf("no network namespaces here (root needed): %s", out)
	}
	defer sh(t, "ip netns del "+id+"me")
	sh(t, "ip netns add "+id+"sw")
	defer sh(t, "ip netns del "+id+"sw")
	sh(t, "ip -n "+id+"sw link add name br0 type bridge mcast_snooping 0 group_fwd_mask 0x4000") // LLDP goes through as well
	sh(t, "ip -n "+id+"sw link set br0 up")
	cable(t, id, id+"me", "me", plantNet+"1")
	field, _ := filepath.Abs("../../build/field-peers")
	cmd := exec.Command("ip", "netns", "exec", id+"me", os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v", "-test.timeout="+patience())
	cmd.Env = append(os.Environ(), "SHANGYUN_PLANT="+id, "SHANGYUN_FIELD="+field)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if os.Getenv("SHANGYUN_BENCH_SCAN") != "" { // a long run is watched as it goes
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	}
	err := cmd.Run()
	t.Log(out.String())
	if err != nil {
		t.Fatal(err)
	}
}

// patience is how long the test inside may take: other tools need much longer than ours.
func patience() string {
	if os.Getenv("SHANGYUN_BENCH_SCAN") != "" {
		return "90m"
	}
	return "20m"
}

// cable plugs a namespace into the bridge.
func cable(t testing.TB, id, ns, port, addr string) {
	sh(t, fmt.Sprintf("ip -n %ssw link add p%s type veth peer name e0 netns %s", id, port, ns))
	sh(t, fmt.Sprintf("ip -n %ssw link set p%s master br0 up", id, port))
	sh(t, fmt.Sprintf("ip -n %s addr add %s/24 dev e0", ns, addr))
	sh(t, fmt.Sprintf("ip -n %s link set e0 up", ns))
	sh(t, fmt.Sprintf("ip -n %s link set lo up", ns))
	sh(t, fmt.Sprintf("ip -n %s route add 224.0.0.0/4 dev e0", ns))
}

func sh(t testing.TB, line string) {
	t.Helper()
	f := strings.Fields(line)
	if out, err := exec.Command(f[0], f[1:]...).CombinedOutput(); err != nil {
		t.Logf("%s: %v %s", line, err, out)
	}
}

// host adds a host to the network.
func (p *plant) host(n int, device string, ot bool) *plantHost {
	h := &plantHost{p: p, ns: p.id + "h" + strconv.Itoa(n), addr: plantNet + strconv.Itoa(n), device: device, ot: ot}
	sh(p.t, "ip netns add "+h.ns)
	cable(p.t, p.id, h.ns, strconv.Itoa(n), h.addr)
	p.hosts = append(p.hosts, h)
	return h
}

func (p *plant) down() {
	for _, h := range p.hosts {
		sh(p.t, "ip netns del "+h.ns)
	}
}

// file writes a file of the plant.
func (p *plant) file(name, text string) string {
	path := filepath.Join(p.dir, name)
	_ = os.MkdirAll(filepath.Dir(path), 0o755)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// run starts a program on the host; it ends with the test. A program that is not there is named and the host plays nothing.
func (h *plantHost) run(name string, args ...string) *plantHost {
	path, err := exec.LookPath(name)
	if err != nil {
		h.p.t.Logf("SKIPPED PEER %s at %s: %s is not installed", h.device, h.addr, name)
		h.device = ""
		return h
	}
	log, err := os.Create(filepath.Join(h.p.dir, h.ns+"-"+filepath.Base(name)+".log"))
	if err != nil {
		h.p.t.Fatal(err)
	}
	cmd := exec.Command("ip", append([]string{"netns", "exec", h.ns, path}, args...)...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Dir = h.p.dir
	home := filepath.Join(h.p.dir, h.ns+"-home") // of its own: programs of one kind fight over certificates in one
	_ = os.MkdirAll(home, 0o755)
	cmd.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(h.p.peers, "node_modules"), "HOME="+home)
	if err := cmd.Start(); err != nil {
		h.p.t.Fatal(err)
	}
	h.p.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = log.Close()
		if h.p.t.Failed() {
			b, _ := os.ReadFile(log.Name())
			h.p.t.Logf("%s at %s said: %.600s", h.device, h.addr, b)
		}
	})
	return h
}

// node starts one of testdata/peers under Node.
func (h *plantHost) node(script string, args ...string) *plantHost {
	if _, err := os.Stat(filepath.Join(h.p.peers, "done")); err != nil {
		h.p.t.Logf("SKIPPED PEER %s at %s: installer/field-peers.sh was not run", h.device, h.addr)
		h.device = ""
		return h
	}
	path, _ := filepath.Abs(filepath.Join("testdata/peers", script))
	return h.run("node", append([]string{path}, args...)...)
}

// listens waits until the host listens on a port, without connecting to it.
func (h *plantHost) listens(network string, port int) *plantHost {
	if h.device == "" {
		return h
	}
	want := fmt.Sprintf(":%04X ", port)
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		for _, file := range []string{network, network + "6"} {
			b, _ := exec.Command("ip", "netns", "exec", h.ns, "cat", "/proc/net/"+file).Output()
			for line := range strings.Lines(string(b)) {
				f := strings.Fields(line)
				if len(f) > 3 && strings.HasSuffix(f[1]+" ", want) && (network == "udp" || f[3] == "0A") {
					return h
				}
			}
		}
	}
	h.p.t.Errorf("%s at %s does not listen on %s %d", h.device, h.addr, network, port)
	return h
}

// until waits for something to become true.
func (p *plant) until(what string, is func() bool) {
	p.t.Helper()
	for end := time.Now().Add(2 * time.Minute); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("not in two minutes: %s", what)
		}
	}
}

// accepted counts the connections the host's kernel has accepted since the last call.
func (h *plantHost) accepted() int64 {
	b, err := exec.Command("ip", "netns", "exec", h.ns, "cat", "/proc/net/snmp").Output()
	if err != nil {
		h.p.t.Fatal(err)
	}
	var names []string
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] != "Tcp:" {
			continue
		}
		if names == nil {
			names = f
			continue
		}
		for i, n := range names {
			if n == "PassiveOpens" {
				v, _ := strconv.ParseInt(f[i], 10, 64)
				was := h.connected
				h.connected = v
				return v - was
			}
		}
	}
	h.p.t.Fatal("no PassiveOpens")
	return 0
}

// mac gives the host's hardware address.
func (h *plantHost) mac() net.HardwareAddr {
	b, _ := exec.Command("ip", "netns", "exec", h.ns, "cat", "/sys/class/net/e0/address").Output()
	m, _ := net.ParseMAC(strings.TrimSpace(string(b)))
	return m
}
