package probe

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// benchPlant: 62 live hosts in a /24; the rest of its addresses are dead.
func (p *plant) many() {
	n := 10
	add := func(count int, make func(n int) *plantHost) {
		for range count {
			make(n)
			n++
		}
	}
	add(2, func(n int) *plantHost { return p.opcua(n, n%2 == 1) })
	add(5, p.snap7)
	add(5, p.pymodbus)
	add(5, p.modbusSerial)
	add(4, p.bacnet)
	add(8, p.snmpd)
	add(8, func(n int) *plantHost {
		return p.nginx(n, "<title>登录</title><script src='/seeyon/common/x.js'></script>")
	})
	add(8, p.sshd)
	add(6, p.redis)
	add(5, p.mosquitto)
	add(1, p.mariadb)
	add(1, p.postgres)
	add(1, p.samba)
	add(1, p.avahi)
	add(1, p.minidlna)
	add(1, p.wsdd)
	add(1, p.ippeve)
	for _, h := range p.hosts {
		switch h.device {
		case "opcua", "opcua-machinery":
			h.listens("tcp", 4840)
		case "snap7":
			h.listens("tcp", 102)
		case "pymodbus", "modbus-serial":
			h.listens("tcp", 502)
		case "bacnet":
			h.listens("udp", 47808)
		}
	}
}

// contest is one tool's result on the plant.
type contest struct {
	name       string
	took       time.Duration
	hosts      int // peers seen alive
	identified int // the device or its service is named
	detailed   int // with model or version
	most, sum  int64
}

func (c contest) String() string {
	return fmt.Sprintf("%-14s %8.1f %6d %10d %8d | %12d %9d  load %s", c.name, c.took.Seconds(), c.hosts, c.identified, c.detailed, c.most, c.sum, load())
}

// TestBenchScan puts the office plan, nmap -sV with its ICS scripts and, where it was built, fingerprintx on the same hosts one after the
// other and prints their figures and ratios. make bench-scan runs it; it holds the connections, never the speed.
func TestBenchScan(t *testing.T) {
	if os.Getenv("SHANGYUN_BENCH_SCAN") == "" {
		t.Skip("make bench-scan runs it")
	}
	inPlant(t, func(p *plant) {
		p.many()
		live := 0
		for _, h := range p.hosts {
			if h.device != "" {
				live++
			}
		}
		t.Logf("%d live hosts, %d of them control devices, load %s", live, p.controls(), load())
		ours := p.ours()
		contests := []contest{ours, p.nmap("nmap -sV"), p.nmap("nmap -sV fast", "--defeat-icmp-ratelimit"), p.fingerprintx()}
		t.Logf("%-14s %8s %6s %10s %8s | OT: %9s %9s", "", "seconds", "hosts", "identified", "detailed", "most conn", "all conn")
		for _, c := range contests {
			if c.name != "" {
				t.Log(c)
			}
		}
		for _, c := range contests[1:3] {
			t.Logf("against %s: time %.3f; identified %d : %d; model or version %d : %d", c.name, ours.took.Seconds()/c.took.Seconds(), ours.identified, c.identified, ours.detailed, c.detailed)
		}
		if ours.most > 1 {
			t.Errorf("a control device accepted %d connections", ours.most)
		}
	})
}

func load() string { b, _ := os.ReadFile("/proc/loadavg"); return strings.TrimSpace(string(b)) }

func (p *plant) controls() (n int) {
	for _, h := range p.hosts {
		if h.ot && h.device != "" {
			n++
		}
	}
	return n
}

// counted runs a tool and takes down what the control devices' kernels accepted.
func (p *plant) counted(c *contest, do func()) {
	for _, h := range p.hosts {
		h.accepted()
	}
	began := time.Now()
	do()
	c.took = time.Since(began)
	for _, h := range p.hosts {
		if n := h.accepted(); h.ot {
			c.most, c.sum = max(c.most, n), c.sum+n
		}
	}
}

func (p *plant) ours() (c contest) {
	c.name = "shangyun"
	var rep scan.Report
	p.counted(&c, func() {
		rep = scanNow(p.t, scan.Order{Targets: []string{plantNet + "0/24"}, Exclude: []string{plantNet + "1"}, Profile: scan.ProfileIT, SNMP: scan.SNMP{Version: "2c", Community: "factory"}})
	})
	hosts := byAddress(rep)
	for _, h := range p.hosts {
		x, ok := hosts[h.addr]
		if !ok || h.device == "" {
			continue
		}
		c.hosts++
		if x.Identified() {
			c.identified++
		} else {
			p.t.Logf("not identified: %s %s", h.device, h.addr)
		}
		if x.Detailed() {
			c.detailed++
		} else {
			p.t.Logf("without model or version: %s %s", h.device, h.addr)
		}
	}
	p.t.Logf("shangyun: %d frames, %d bytes", len(rep.Log), rep.Bytes)
	return c
}

// ports gives the ports of the office plan, as nmap writes them.
func ports() string {
	j, _ := prepare(scan.Order{Targets: []string{plantNet + "2"}, Profile: scan.ProfileIT})
	var tcp, udp []string
	for _, s := range j.plan.Steps {
		for _, n := range s.Ports {
			if s.Transport == TCP {
				tcp = append(tcp, strconv.Itoa(n))
			} else {
				udp = append(udp, strconv.Itoa(n))
			}
		}
	}
	return "T:" + strings.Join(tcp, ",") + ",U:" + strings.Join(udp, ",")
}

const nmapScripts = "s7-info,enip-info,bacnet-info,omron-info,modbus-discover,fox-info,snmp-info,snmp-sysdescr,http-title"

// nmap is run with T4 and one retry; the second time it is told not to wait for rate-limited ICMP, which is faster and sees fewer UDP ports.
func (p *plant) nmap(name string, more ...string) (c contest) {
	if _, err := exec.LookPath("nmap"); err != nil {
		p.t.Log("SKIPPED PEER nmap: not installed")
		return c
	}
	c.name = name
	out := filepath.Join(p.dir, "nmap.xml")
	p.counted(&c, func() {
		ctx, cancel := context.WithTimeout(p.t.Context(), 40*time.Minute)
		defer cancel()
		args := append(more, "-n", "-T4", "--max-retries", "1", "-sT", "-sU", "-sV", "--script", nmapScripts, "--script-args", "snmpcommunity=factory,creds.snmp=factory",
			"-p", ports(), "--exclude", plantNet+"1", "-oX", out, plantNet+"0/24")
		msg, err := exec.CommandContext(ctx, "nmap", args...).CombinedOutput()
		if err != nil {
			p.t.Logf("nmap: %v %.300s", err, msg)
		}
	})
	b, _ := os.ReadFile(out)
	var x nmapRun
	if err := xml.Unmarshal(b, &x); err != nil {
		p.t.Log("nmap's XML: ", err)
	}
	p.t.Log(x.Finished.Summary)
	seen := map[string]nmapHost{}
	for _, h := range x.Hosts {
		if len(h.Address) > 0 {
			seen[h.Address[0].Addr] = h
		}
	}
	for _, h := range p.hosts {
		n, ok := seen[h.addr]
		if !ok || h.device == "" {
			continue
		}
		c.hosts++
		identified, detailed := n.knows()
		if identified {
			c.identified++
		} else {
			p.t.Logf("%s does not identify %s %s", name, h.device, h.addr)
		}
		if detailed {
			c.detailed++
		} else {
			p.t.Logf("%s gives no model or version of %s %s", name, h.device, h.addr)
		}
	}
	p.t.Log(c)
	return c
}

type nmapRun struct {
	Hosts    []nmapHost `xml:"host"`
	Finished struct {
		Summary string `xml:"summary,attr"`
	} `xml:"runstats>finished"`
}

type nmapHost struct {
	Address []struct {
		Addr string `xml:"addr,attr"`
	} `xml:"address"`
	Ports []struct {
		State struct {
			State string `xml:"state,attr"`
		} `xml:"state"`
		Service struct {
			Product string `xml:"product,attr"`
			Version string `xml:"version,attr"`
			Method  string `xml:"method,attr"`
		} `xml:"service"`
		Scripts []struct {
			ID     string `xml:"id,attr"`
			Output string `xml:"output,attr"`
		} `xml:"script"`
	} `xml:"ports>port"`
}

// knows is generous: any product or any answered script names the device; a version, or a script that tells one, is detail.
func (h nmapHost) knows() (identified, detailed bool) {
	for _, p := range h.Ports {
		if p.State.State != "open" {
			continue
		}
		identified = identified || p.Service.Product != "" || p.Service.Method == "probed" && len(p.Scripts) > 0
		detailed = detailed || p.Service.Version != ""
		for _, s := range p.Scripts {
			switch s.ID {
			case "s7-info", "enip-info", "bacnet-info", "modbus-discover", "snmp-sysdescr", "omron-info", "fox-info":
				identified = true
				low := strings.ToLower(s.Output)
				for _, word := range []string{"version", "model", "module", "device identification", "firmware"} {
					detailed = detailed || strings.Contains(low, word)
				}
			}
		}
	}
	return identified, detailed
}

// fingerprintx is run on the control devices' ports as it comes, for its connections.
func (p *plant) fingerprintx() (c contest) {
	path, err := filepath.Abs("../../build/field-peers/fingerprintx")
	if err != nil {
		return c
	}
	if _, err := os.Stat(path); err != nil {
		p.t.Log("SKIPPED PEER fingerprintx: not built (make bench-scan builds it)")
		return c
	}
	c.name = "fingerprintx"
	var targets []string
	for _, h := range p.hosts {
		if h.ot && h.device != "" && h.device != "bacnet" {
			for _, port := range []int{102, 502, 4840} {
				targets = append(targets, netip.AddrPortFrom(netip.MustParseAddr(h.addr), uint16(port)).String())
			}
		}
	}
	var out []byte
	p.counted(&c, func() {
		ctx, cancel := context.WithTimeout(p.t.Context(), 30*time.Minute)
		defer cancel()
		out, _ = exec.CommandContext(ctx, path, "--json", "-t", strings.Join(targets, ",")).Output()
	})
	for _, h := range p.hosts {
		if h.ot && strings.Contains(string(out), fmt.Sprintf("%q", h.addr)) {
			c.identified++
			c.hosts++
		}
	}
	return c
}
