package probe

import (
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// doors is one address with many ports, of which some accept; it counts what it accepted.
type doors struct {
	ports    []int
	accepted atomic.Int32
}

// open opens ports on an address; a device that is mute accepts and says nothing, else it ends as soon as the other side does.
func openDoors(t *testing.T, address string, n int, mute bool) *doors {
	d := &doors{}
	for range n {
		l, err := net.Listen("tcp4", address+":0")
		if err != nil {
			t.Skip("no other loopback addresses here: ", err)
		}
		t.Cleanup(func() { _ = l.Close() })
		d.ports = append(d.ports, l.Addr().(*net.TCPAddr).Port)
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				d.accepted.Add(1)
				t.Cleanup(func() { _ = c.Close() })
				if !mute {
					go func() { _, _ = c.Read(make([]byte, 64)); _ = c.Close() }()
				}
			}
		}()
	}
	return d
}

func lookAt(t *testing.T, o scan.Order) scan.Report {
	t.Helper()
	s := &Scanner{Now: time.Now}
	p, err := s.Plan(o)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := s.Scan(t.Context(), o, scan.Consent{Plan: p.ID, By: "测试"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// A device with every control port open gets one connection, in both profiles, whether it answers or not: no second port, no retry, and no
// office question after it.
func TestAControlDeviceGetsOneConnection(t *testing.T) {
	for _, profile := range []scan.Profile{scan.ProfileOT, scan.ProfileIT} {
		for name, mute := range map[string]bool{"closes": false, "mute": true} {
			d := openDoors(t, "127.8.0.1", 5, mute)
			o := scan.Order{Targets: []string{"127.8.0.1"}, Profile: profile, Protocols: []string{"s7", "modbus", "opcua", "iec104", "http"}, Ports: map[string][]int{}}
			for i, p := range o.Protocols {
				o.Ports[p] = []int{d.ports[i]}
			}
			rep := lookAt(t, o)
			if n := d.accepted.Load(); n != 1 {
				t.Errorf("%s, %s: %d connections", profile, name, n)
			}
			if len(rep.Hosts) != 1 || !rep.Hosts[0].OT {
				t.Errorf("%s, %s: %+v", profile, name, rep.Hosts)
			}
		}
	}
}

// The pace is held: towards one host half a second between two connections, overall no more than the profile's rate. Only the shortest times
// are demanded; a busy machine makes them longer.
func TestThePaceIsHeld(t *testing.T) {
	d := openDoors(t, "127.8.0.9", 3, false)
	o := scan.Order{Targets: []string{"127.8.0.1"}, Protocols: []string{"s7", "modbus", "opcua"}, Ports: map[string][]int{"s7": d.ports[:1], "modbus": d.ports[1:2], "opcua": d.ports[2:]}}
	var last time.Time
	for _, f := range lookAt(t, o).Log {
		if f.Template != "connect" {
			continue
		}
		if gap := f.At.Sub(last); !last.IsZero() && gap < hostGap {
			t.Errorf("%s came %v after the one before", f.Remote, gap)
		}
		last = f.At
	}
	o = scan.Order{Targets: []string{"127.8.1.1-60"}, Protocols: []string{"modbus"}, Ports: map[string][]int{"modbus": d.ports[:1]}}
	rep := lookAt(t, o)
	connects := 0
	for _, f := range rep.Log {
		if f.Template == "connect" && strings.HasPrefix(f.Remote, "127.8.1.") {
			connects++
			last = f.At
		}
	}
	rate := budgets[scan.ProfileOT].perSecond
	if least := time.Duration(connects-rate/10) * time.Second / time.Duration(rate); connects != 60 || last.Sub(rep.Started) < least-time.Second/time.Duration(rate) {
		t.Errorf("%d connections in %v", connects, last.Sub(rep.Started))
	}
	if p := rep.Plan; p.PerSecond != 20 {
		t.Errorf("the plan says %d a second", p.PerSecond)
	}
}
