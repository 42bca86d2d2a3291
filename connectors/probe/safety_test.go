package probe

import (
	"context"
	"encoding/hex"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"net"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// fieldbus is a device with four connection slots, as old Ethernet cards have. A slot whose connection ended by RST is lost for ever; one
// that ended by FIN is free again. It says more than was asked for, as devices with a banner do.
type fieldbus struct {
	l        net.Listener
	slots    atomic.Int32
	accepted atomic.Int32
	wg       sync.WaitGroup
}

func newFieldbus(t *testing.T) *fieldbus {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &fieldbus{l: l}
	f.slots.Store(4)
	f.wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			f.accepted.Add(1)
			f.wg.Go(func() { f.serve(c) })
		}
	})
	t.Cleanup(func() { _ = l.Close() })
	return f
}

func (f *fieldbus) serve(c net.Conn) {
	defer c.Close()
	if f.slots.Add(-1) < 0 { // full: it neither answers nor closes
		_, _ = io.Copy(io.Discard, c)
		f.slots.Add(1)
		return
	}
	_ = c.SetDeadline(time.Now().Add(2 * time.Minute))
	head := make([]byte, 11)
	_, err := io.ReadFull(c, head)
	if err == nil {
		b, _ := hex.DecodeString("00010000001d012b0e0101000003000441636d65010650" + "4d2d37313002" + "0630332e313130")
		_, _ = c.Write(b)
		_, _ = c.Write(make([]byte, 8<<10)) // more than was asked for
	}
	_, err = io.Copy(io.Discard, c)
	if !errors.Is(err, syscall.ECONNRESET) {
		f.slots.Add(1)
	}
}

func (f *fieldbus) port() int { return f.l.Addr().(*net.TCPAddr).Port }

// free waits until all connections have ended and gives the slots that are left.
func (f *fieldbus) free() int32 {
	_ = f.l.Close()
	f.wg.Wait()
	return f.slots.Load()
}

func TestAFourSlotDeviceSurvivesAHundredScans(t *testing.T) {
	f := newFieldbus(t)
	s := &Scanner{Now: time.Now, wait: 40}
	o := scan.Order{Targets: []string{"127.0.0.1"}, Protocols: []string{"modbus"}, Ports: map[string][]int{"modbus": {f.port()}}}
	p, err := s.Plan(o)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 100 {
		rep, err := s.Scan(t.Context(), o, scan.Consent{Plan: p.ID, By: "测试"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(rep.Hosts) != 1 || len(rep.Hosts[0].Identities) != 1 || rep.Hosts[0].Identities[0].Nameplate.Manufacturer != "Acme" {
			t.Fatalf("scan %d: %+v", n, rep.Hosts)
		}
	}
	if n := f.accepted.Load(); n != 100 {
		t.Errorf("%d connections for 100 scans", n)
	}
	if n := f.free(); n != 4 {
		t.Errorf("%d of 4 slots are left", n)
	}
}

// The device can fail: a client that closes without reading what is left costs it a slot each time.
func TestAFourSlotDeviceDiesOfCarelessClients(t *testing.T) {
	f := newFieldbus(t)
	for range 4 {
		c, err := net.Dial("tcp4", f.l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = c.Write(fixed(modbusIdentify))
		_, _ = io.ReadFull(c, make([]byte, 100))
		_ = c.Close()
	}
	if n := f.free(); n == 4 {
		t.Error("the device survived: it is no test of anything")
	}
}

// hostile devices: none may hold a visit beyond its deadlines or fill memory.
func TestHostileAnswersEndInTime(t *testing.T) {
	pieces := map[string]func(c net.Conn){
		"endless stream": func(c net.Conn) {
			b := make([]byte, 64<<10)
			for {
				if _, err := c.Write(b); err != nil {
					return
				}
			}
		},
		"slow drip": func(c net.Conn) {
			for {
				if _, err := c.Write([]byte{0}); err != nil {
					return
				}
				time.Sleep(100 * time.Millisecond)
			}
		},
		"huge lengths": func(c net.Conn) {
			_, _ = c.Write([]byte("\x00\x01\x00\x00\xff\xff\x01\x2b"))
			_, _ = c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"))
			_, _ = io.Copy(io.Discard, c)
		},
		"silence": func(c net.Conn) { _, _ = io.Copy(io.Discard, c); time.Sleep(3 * time.Second) },
	}
	var wg sync.WaitGroup
	for name, play := range pieces {
		for _, p := range Protocols() {
			if p.Transport != TCP {
				continue
			}
			wg.Go(func() {
				l, err := net.Listen("tcp4", "127.0.0.1:0")
				if err != nil {
					t.Error(err)
					return
				}
				defer l.Close()
				go func() {
					c, err := l.Accept()
					if err == nil {
						play(c)
						_ = c.Close()
					}
				}()
				r := (&Scanner{Now: time.Now}).newRun(&job{order: scan.Order{Profile: scan.ProfileIT}}, &frames{}, nil)
				h := &visitor{addr: netip.MustParseAddr("127.0.0.1"), path: "/x"}
				r.ask(t.Context(), h, p, l.Addr().(*net.TCPAddr).Port) // the test's own limit ends it if this does not
				for _, id := range h.host.Identities {
					size := 0
					for _, a := range id.Answers {
						size += len(a) / 2
					}
					if size > maxAnswer+8<<10 {
						t.Errorf("%s, %s: %d bytes kept", name, p.Name, size)
					}
				}
			})
		}
	}
	wg.Wait()
}

// Stopping: the visits end at once, with FIN, and what was found stays.
func TestStoppingEndsAtOnce(t *testing.T) {
	var opened, ended sync.WaitGroup
	opened.Add(1)
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var reset atomic.Bool
	ended.Go(func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		_, _ = io.ReadFull(c, make([]byte, 11))
		opened.Done() // it has the request and never answers
		_, err = io.Copy(io.Discard, c)
		reset.Store(err != nil)
	})
	s := &Scanner{Now: time.Now, wait: 40}
	o := scan.Order{Targets: []string{"127.0.0.1"}, Protocols: []string{"modbus"}, Ports: map[string][]int{"modbus": {l.Addr().(*net.TCPAddr).Port}}}
	p, _ := s.Plan(o)
	ctx, stop := context.WithCancel(t.Context())
	go func() { opened.Wait(); stop() }()
	rep, err := s.Scan(ctx, o, scan.Consent{Plan: p.ID, By: "测试"}, nil)
	if err != nil || !rep.Stopped {
		t.Errorf("%v %+v", err, rep.Stopped)
	}
	ended.Wait()
	if reset.Load() {
		t.Error("the device was reset")
	}
}

func TestOrdersThatMayNotBe(t *testing.T) {
	for _, c := range []struct {
		order scan.Order
		code  survey.Code
	}{
		{scan.Order{Targets: []string{"8.8.8.8"}}, survey.CodeScanRange},
		{scan.Order{Targets: []string{"172.32.0.1"}}, survey.CodeScanRange},
		{scan.Order{Targets: []string{"10.0.0.0/21"}}, survey.CodeScanRange},
		{scan.Order{Targets: []string{"10.0.0.0/22", "10.9.0.0/24"}}, survey.CodeScanRange},
		{scan.Order{Targets: []string{"10.0.0.0/8"}}, survey.CodeScanRange},
		{scan.Order{Targets: []string{"192.168.255.0-193.0.0.1"}}, survey.CodeScanRange},
		{scan.Order{Targets: []string{"fe80::1"}}, survey.CodeScanRange},
		{scan.Order{}, survey.CodeScanRange},
		{scan.Order{Targets: []string{"10.0.0.1"}, Exclude: []string{"10.0.0.0/24"}}, survey.CodeScanRange},
		{scan.Order{Targets: []string{"10.0.0.1"}, Protocols: []string{"metasploit"}}, survey.CodeScanProtocol},
		{scan.Order{Targets: []string{"10.0.0.1"}, Protocols: []string{"slmp"}}, survey.CodeScanProtocol},
		{scan.Order{Targets: []string{"10.0.0.1"}, Ports: map[string][]int{"http": {9100}}}, survey.CodeScanProtocol},
		{scan.Order{Gateways: []string{"8.8.8.8:8899"}}, survey.CodeScanRange},
		{scan.Order{Targets: []string{"10.0.0.1"}, Profile: "loud"}, survey.CodeUsage},
	} {
		_, err := (&Scanner{Now: time.Now, wait: 40}).Plan(c.order)
		if got := survey.CodeOf(err); err == nil || got != c.code {
			t.Errorf("%+v: %v", c.order, err)
		}
	}
}

func TestNothingIsSentWithoutConsentToThisPlan(t *testing.T) {
	f := newFieldbus(t)
	s := &Scanner{Now: time.Now, wait: 40}
	o := scan.Order{Targets: []string{"127.0.0.1"}, Protocols: []string{"modbus"}, Ports: map[string][]int{"modbus": {f.port()}}}
	p, _ := s.Plan(o)
	other := o
	other.Profile = scan.ProfileIT
	for _, c := range []struct {
		o scan.Order
		c scan.Consent
	}{{o, scan.Consent{}}, {o, scan.Consent{Plan: p.ID}}, {other, scan.Consent{Plan: p.ID, By: "某"}}} {
		if _, err := s.Scan(t.Context(), c.o, c.c, nil); survey.CodeOf(err) != survey.CodeScanConsent {
			t.Errorf("%+v: %v", c.c, err)
		}
	}
	if n := f.accepted.Load(); n != 0 {
		t.Errorf("%d connections", n)
	}
}

func TestThePrinterPortIsNeverDialled(t *testing.T) {
	g := &gate{log: &frames{}, now: time.Now}
	for _, at := range []string{"127.0.0.1:9100", "8.8.8.8:80", "100.64.0.1:80"} {
		if _, err := g.dial(t.Context(), registry["http"], netip.MustParseAddrPort(at), time.Second); survey.CodeOf(err) != survey.CodeScanRange {
			t.Errorf("%s: %v", at, err)
		}
	}
	if n := g.log.count(); n != 0 {
		t.Errorf("%d frames", n)
	}
}

func TestALogThatWasTouchedShows(t *testing.T) {
	l := &frames{}
	for range 5 {
		l.add(scan.Frame{At: time.Unix(1, 0), Protocol: "modbus", Hex: "00"})
	}
	log, _ := l.read()
	if err := Verify(log); err != nil {
		t.Fatal(err)
	}
	changed := slices.Clone(log)
	changed[2].Hex = "01"
	if Verify(changed) == nil || Verify(slices.Delete(slices.Clone(log), 1, 2)) == nil || Verify(log[1:]) == nil {
		t.Error("a change did not show")
	}
}

func TestTwoHurtDevicesStopTheirSubnet(t *testing.T) {
	r := (&Scanner{Now: time.Now, wait: 40}).newRun(&job{order: scan.Order{Profile: scan.ProfileOT}}, &frames{}, nil)
	for i, a := range []string{"10.1.1.1", "10.1.1.1", "10.1.1.9"} {
		h := &visitor{addr: netip.MustParseAddr(a)}
		r.fuse.saw(r, h, registry["s7"], broken)
		if got := r.fuse.blown(netip.MustParseAddr("10.1.1.77")); got != (i == 2) {
			t.Errorf("after %d: %v", i+1, got)
		}
	}
	if r.fuse.blown(netip.MustParseAddr("10.1.2.1")) || len(r.notes) != 1 {
		t.Errorf("%v", r.notes)
	}
	h := &visitor{addr: netip.MustParseAddr("10.1.1.50")}
	if o := r.ask(t.Context(), h, registry["s7"], 102); o != gone || r.log.count() != 0 || h.host.Stopped == "" {
		t.Errorf("%d, %d frames", o, r.log.count())
	}
}

// TestOnlyTheGateTouchesSockets reads the sources: opening and writing happens in gate.go alone; multicast groups and frames are only read.
func TestOnlyTheGateTouchesSockets(t *testing.T) {
	files, _ := filepath.Glob("*.go")
	set := token.NewFileSet()
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, f, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			name := s.Sel.Name
			outward := name == "Write" || name == "WriteTo" || name == "WriteToUDP" || name == "WriteMsgUDP" || name == "WriteToUDPAddrPort" || name == "Sendto" || name == "Sendmsg"
			opens := strings.HasPrefix(name, "Dial") || name == "Dialer" || name == "ListenPacket" || name == "ListenUDP"
			x, _ := s.X.(*ast.Ident)
			buffer := x != nil && (x.Name == "b" || x.Name == "binary" || x.Name == "w")
			throughGate := f == "talk.go" && name == "Write"
			if (outward && !buffer && !throughGate || opens) && f != "gate.go" && f != "gate_linux.go" {
				t.Errorf("%s: %s", set.Position(s.Pos()), name)
			}
			return true
		})
	}
}
