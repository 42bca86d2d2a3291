package probe

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// one of each peer.
func (p *plant) one() map[string]*plantHost {
	out := map[string]*plantHost{}
	for _, h := range []*plantHost{
		p.opcua(10, false), p.opcua(11, true), p.snap7(12), p.pymodbus(13), p.modbusSerial(14), p.bacnet(15), p.mariadb(16), p.postgres(17),
		p.snmpd(20), p.nginx(21, "<title>登录</title><script src='/seeyon/common/x.js'></script>"), p.sshd(22), p.redis(23), p.mosquitto(24), p.samba(25), p.avahi(26), p.minidlna(27), p.wsdd(28), p.ippeve(29),
	} {
		if h.device != "" {
			out[h.device] = h
		}
	}
	for device, port := range map[string]int{"opcua": 4840, "opcua-machinery": 4840, "snap7": 102, "pymodbus": 502, "modbus-serial": 502} {
		if h := out[device]; h != nil {
			h.listens("tcp", port)
		}
	}
	if h := out["bacnet"]; h != nil {
		h.listens("udp", 47808)
	}
	return out
}

func scanNow(t testing.TB, o scan.Order) scan.Report {
	t.Helper()
	s := &Scanner{Now: time.Now, wait: 4}
	p, err := s.Plan(o)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := s.Scan(t.Context(), o, scan.Consent{Plan: p.ID, By: "测试"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(rep.Log); err != nil {
		t.Error(err)
	}
	return rep
}

func byAddress(rep scan.Report) map[string]scan.Host {
	out := map[string]scan.Host{}
	for _, h := range rep.Hosts {
		out[h.Address] = h
	}
	return out
}

// wanted is what each peer has to be known by.
var wanted = map[string]struct {
	protocol string
	says     func(i scan.Identity) string
	want     string
}{
	"opcua":           {"opcua", func(i scan.Identity) string { return i.Nameplate.ProductInstanceURI }, "urn:factory:10.77.0.10"},
	"opcua-machinery": {"opcua", func(i scan.Identity) string { return i.Name }, "Press controller 10.77.0.11"},
	"snap7":           {"s7", func(i scan.Identity) string { return i.Nameplate.ProductCode + " " + i.Nameplate.SoftwareRevision }, "6ES7 315-2EH14-0AB0 V3.2.6"},
	"pymodbus": {"modbus", func(i scan.Identity) string {
		return i.Nameplate.Manufacturer + " " + i.Nameplate.ProductCode + " " + i.Nameplate.SoftwareRevision
	}, "Acme Meters PM-710 03.110"},
	"modbus-serial": {"modbus", func(i scan.Identity) string { return i.Nameplate.Manufacturer + " " + i.Nameplate.ProductCode }, "Zeta Drives ZD-40"},
	"bacnet": {"bacnet", func(i scan.Identity) string {
		return i.Nameplate.Manufacturer + " " + i.Nameplate.Model + " " + i.Nameplate.SoftwareRevision
	}, "Acme Controls AHC-20 2.4.1"},
	"mariadb":       {"mysql", product, "MariaDB"},
	"postgres":      {"postgres", product, "PostgreSQL"},
	"snmpd":         {"snmp", func(i scan.Identity) string { return i.Name + " " + i.Nameplate.Location }, "switch-10.77.0.20 Workshop 1"},
	"nginx":         {"http", func(i scan.Identity) string { return i.Name + " " + product(i) }, "登录 nginx"},
	"sshd":          {"ssh", product, "OpenSSH"},
	"redis":         {"redis", product, "Redis"},
	"mosquitto":     {"mqtt", func(i scan.Identity) string { return i.Facts[0].Value }, "接受匿名连接"},
	"samba":         {"smb", func(i scan.Identity) string { return i.Name }, "FACTORYSRV"},
	"avahi":         {"mdns", func(i scan.Identity) string { return i.Name }, "label-printer.local"},
	"minidlna":      {"upnp", func(i scan.Identity) string { return i.Name + " " + i.Nameplate.SerialNumber }, "Training videos MV-778"},
	"wsdd":          {"wsd", func(i scan.Identity) string { return i.Class }, scan.ClassServer},
	"ippeveprinter": {"mdns", func(i scan.Identity) string { return i.Nameplate.Model }, "Acme Laser 9000"}, // its IPP answers only under a host name of its own
}

func product(i scan.Identity) string {
	if len(i.Software) == 0 {
		return ""
	}
	return i.Software[0].Product
}

func TestRealPeersAreIdentified(t *testing.T) {
	inPlant(t, func(p *plant) {
		peers := p.one()
		for _, h := range peers {
			h.accepted()
		}
		rep := scanNow(t, scan.Order{Targets: []string{plantNet + "2-40"}, Profile: scan.ProfileIT, SNMP: scan.SNMP{Version: "2c", Community: "factory"}})
		t.Logf("office profile: %.1f s, %d frames, %d hosts", rep.Ended.Sub(rep.Started).Seconds(), len(rep.Log), len(rep.Hosts))
		p.check(peers, rep, true)
		if os.Getenv("SHANGYUN_SHOW") != "" {
			show(t, rep)
		}
		// The same again as on a production network: the control devices are known, each from one connection.
		rep = scanNow(t, scan.Order{Targets: []string{plantNet + "10-15"}, SNMP: scan.SNMP{Version: "2c", Community: "factory"}})
		t.Logf("production profile: %.1f s, %d frames, %d hosts", rep.Ended.Sub(rep.Started).Seconds(), len(rep.Log), len(rep.Hosts))
		p.check(peers, rep, false)
		p.snmpVersions(peers["snmpd"])
		p.session(peers["opcua-machinery"])
		p.tables(peers["snmpd"])
	})
}

// check holds a report against the peers: each is known by its own words, and no control device accepted more than one connection.
func (p *plant) check(peers map[string]*plantHost, rep scan.Report, all bool) {
	hosts := byAddress(rep)
	for name, h := range peers {
		if !all && !h.ot {
			continue
		}
		w, got := wanted[name], ""
		for _, i := range hosts[h.addr].Identities {
			if i.Protocol == w.protocol {
				got = w.says(i)
			}
		}
		if got != w.want {
			p.t.Errorf("%s at %s: %q, want %q; ports %+v", name, h.addr, got, w.want, hosts[h.addr].Ports)
		}
		n := h.accepted()
		if h.ot && (n > 1 || !hosts[h.addr].OT) {
			p.t.Errorf("%s at %s accepted %d connections, OT %v", name, h.addr, n, hosts[h.addr].OT)
		}
		if frames := count(rep.Log, h.addr); h.ot && frames > 5 {
			p.t.Errorf("%s at %s got %d frames over TCP", name, h.addr, frames)
		}
	}
}

// count counts what was sent to a host over TCP.
func count(log []scan.Frame, addr string) (n int) {
	for _, f := range log {
		if f.Transport == TCP && f.Hex != "" && strings.HasPrefix(f.Remote, addr+":") {
			n++
		}
	}
	return n
}

// snmpVersions asks the same agent in every version; a wrong key gives the engine only.
func (p *plant) snmpVersions(h *plantHost) {
	if h == nil {
		return
	}
	for name, c := range map[string]struct {
		snmp scan.SNMP
		want string
	}{
		"v1":            {scan.SNMP{Version: "1", Community: "factory"}, "switch-" + h.addr},
		"v2c":           {scan.SNMP{Version: "2c", Community: "factory"}, "switch-" + h.addr},
		"v3":            {scan.SNMP{Version: "3", User: "reader", Auth: "SHA", AuthPass: "authpass123", Priv: "AES", PrivPass: "privpass123"}, "switch-" + h.addr},
		"v3, wrong key": {scan.SNMP{Version: "3", User: "reader", Auth: "SHA", AuthPass: "authpass124", Priv: "AES", PrivPass: "privpass123"}, ""},
		"no credential": {scan.SNMP{}, ""},
	} {
		rep := scanNow(p.t, scan.Order{Targets: []string{h.addr}, Protocols: []string{"snmp"}, SNMP: c.snmp})
		if len(rep.Hosts) != 1 || len(rep.Hosts[0].Identities) != 1 || rep.Hosts[0].Identities[0].Name != c.want {
			p.t.Errorf("SNMP %s: %+v", name, rep.Hosts)
		}
		for _, f := range rep.Log {
			if c.snmp.Community != "" && strings.Contains(f.Hex, text(c.snmp.Community)) {
				p.t.Errorf("SNMP %s: the community stands in the log", name)
			}
		}
	}
}

// session reads a machine's name plate out of a server with the Machinery model, after opting in.
func (p *plant) session(h *plantHost) {
	if h == nil {
		return
	}
	rep := scanNow(p.t, scan.Order{Targets: []string{h.addr}, Protocols: []string{"opcua-session"}, OptIn: []string{"opcua-session"}})
	if os.Getenv("SHANGYUN_SHOW") != "" {
		show(p.t, rep)
	}
	if len(rep.Hosts) != 1 || len(rep.Hosts[0].Identities) != 1 {
		p.t.Errorf("no session: %+v", rep.Hosts)
		return
	}
	n := rep.Hosts[0].Identities[0].Nameplate
	if got := n.Manufacturer + "|" + n.Model + "|" + n.SerialNumber + "|" + n.ProductCode; got != "Acme Machines|Press 9000|P9-000123|P9000-A" || n.YearOfConstruction != 2021 {
		p.t.Errorf("name plate %q %d", got, n.YearOfConstruction)
	}
	if got := h.accepted(); got != 1 {
		p.t.Errorf("%d connections", got)
	}
}

// tables reads the agent's own address table: it has seen us.
func (p *plant) tables(h *plantHost) {
	if h == nil {
		return
	}
	rep := scanNow(p.t, scan.Order{Targets: []string{h.addr}, Protocols: []string{"snmp-tables"}, SNMP: scan.SNMP{Version: "2c", Community: "factory", Switches: true}})
	for _, x := range rep.Hosts {
		for _, i := range x.Identities {
			for _, n := range i.Neighbours {
				if n.How == "arp" && n.Address == plantNet+"1" && n.MAC != "" {
					return
				}
			}
		}
	}
	p.t.Errorf("the tables do not show this computer: %+v", rep.Hosts)
}

func show(t testing.TB, rep scan.Report) {
	for _, h := range rep.Hosts {
		for _, i := range h.Identities {
			t.Logf("%s %s %+v %+v %+v %q", h.Address, i.Protocol, i.Nameplate, i.Software, i.Facts, i.Name)
			for _, a := range i.Answers {
				t.Logf("    < %s", a)
			}
		}
	}
}

// TestPROFINETDevicesAnswerOneFrame: two devices on the wire, one of them without an IP address and one outside of the plan; they are asked by
// one frame, after the consent to a plan that names it, and answer with recorded bytes.
func TestPROFINETDevicesAnswerOneFrame(t *testing.T) {
	inPlant(t, func(p *plant) {
		var answer string
		for _, x := range transcripts(t) {
			if x.name == "dcp" {
				answer = x.steps[0].mask
			}
		}
		ip := func(hex string) string { return strings.Replace(answer, "c0a80005", hex, 1) }
		mac := func(s, end string) string { return s[:22] + end + s[24:] }
		h := p.host(30, "profinet", true)
		peer, _ := filepath.Abs("testdata/peers/dcp.py")
		h.run("/usr/bin/python3", peer, "e0", ip("0a4d001e"), mac(ip("00000000"), "0d"), mac(ip("0a4d0063"), "0e"))
		log := filepath.Join(p.dir, h.ns+"-python3.log")
		p.until("the peer listens", func() bool { b, _ := os.ReadFile(log); return strings.Contains(string(b), "listening") })
		o := scan.Order{Targets: []string{plantNet + "30"}}
		plan, err := (&Scanner{Now: time.Now}).Plan(o)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(plan.Steps, func(s scan.Step) bool { return s.Transport == Layer2 && s.Danger != "" }) {
			t.Fatalf("the plan does not name the frame: %+v", plan.Skipped)
		}
		rep := scanNow(t, o)
		for address, end := range map[string]string{plantNet + "30": "0c", "": "0d", plantNet + "99": "0e"} {
			i := slices.IndexFunc(rep.Hosts, func(h scan.Host) bool {
				return h.Address == address && slices.ContainsFunc(h.Identities, func(i scan.Identity) bool {
					return i.Protocol == "dcp" && i.Name == "plc_1" && i.Nameplate.Model == "S7-1200" && strings.HasSuffix(i.Facts[0].Value, end)
				})
			})
			if i < 0 || !rep.Hosts[i].OT {
				t.Errorf("no device %q …:%s: %+v", address, end, rep.Hosts)
			}
		}
		sent := 0
		for _, f := range rep.Log {
			if f.Transport == Layer2 {
				sent++
			}
			if f.Transport == TCP && f.Remote != "" {
				t.Errorf("%s was connected to, though its model was known", f.Remote)
			}
		}
		b, _ := os.ReadFile(log)
		if asked := strings.Count(string(b), "asked"); sent != 1 || asked != 1 || strings.Contains(string(b), "not an identify") {
			t.Errorf("%d frames in the log, %d at the peer: %s", sent, asked, b)
		}
		rep = scanNow(t, scan.Order{Targets: o.Targets, Exclude: []string{plantNet + "77"}})
		if b, _ := os.ReadFile(log); strings.Count(string(b), "asked") != 1 || len(rep.Plan.Skipped) == 0 {
			t.Errorf("a frame was sent where it reaches an excluded address: %s", b)
		}
	})
}

// TestListeningHearsWhatDevicesTell: nothing is sent, and a device's LLDP gives order number, firmware and serial number.
func TestListeningHearsWhatDevicesTell(t *testing.T) {
	inPlant(t, func(p *plant) {
		heard := map[string]string{}
		l := p.lldpd(30)
		p.avahi(31)
		ctx, stop := context.WithTimeout(t.Context(), 100*time.Second)
		defer stop()
		rep, err := (&Scanner{Now: time.Now, wait: 4}).Listen(ctx, 90, func(e scan.Event) {
			if e.Host == nil {
				return
			}
			for _, i := range e.Host.Identities {
				heard[i.Protocol] = i.Nameplate.ProductCode + " " + i.Nameplate.SerialNumber
			}
			if heard["lldp"] != "" {
				stop()
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%v, skipped %v", heard, rep.Skipped)
		if l.device != "" && heard["lldp"] != "6ES7 214-1AG40-0XB0 V-K2C13707" {
			t.Errorf("LLDP: %q", heard["lldp"])
		}
		if len(rep.Log) != 0 {
			t.Errorf("%d frames were sent", len(rep.Log))
		}
	})
}
