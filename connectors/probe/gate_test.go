package probe

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// A transcript is what a device and we say to each other, line by line, and what is read out of it:
//
//	# where it comes from
//	! read-only        the exchange is not replayed (nothing is sent, or it runs inside TLS)
//	> 0001??…          what leaves this computer, hex, ?? is any byte
//	< 0001…            what the device answers
//	= model SW-8       what has to be read
//
// The masks here are written apart from the templates in the code: bytes that the code may send and the transcript does not name fail.
type transcript struct {
	name     string
	readOnly bool
	steps    []line
	want     []string
}

type line struct {
	out  bool
	mask string
}

func transcripts(t testing.TB) []transcript {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []transcript
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		x := transcript{name: strings.TrimSuffix(filepath.Base(f), ".txt")}
		for s := bufio.NewScanner(bytes.NewReader(b)); s.Scan(); {
			kind, rest, _ := strings.Cut(s.Text(), " ")
			switch kind {
			case ">", "<":
				x.steps = append(x.steps, line{kind == ">", strings.ReplaceAll(rest, " ", "")})
			case "!":
				x.readOnly = true
			case "=":
				x.want = append(x.want, rest)
			}
		}
		all = append(all, x)
	}
	return all
}

// protocol: the name up to the first dot, so that one protocol can have many transcripts.
func (x transcript) protocol() *Protocol { n, _, _ := strings.Cut(x.name, "."); return registry[n] }

func (x transcript) answers(t testing.TB) (out [][]byte) {
	for _, l := range x.steps {
		if !l.out {
			b, err := hex.DecodeString(l.mask)
			if err != nil {
				t.Fatalf("%s: %v", x.name, err)
			}
			out = append(out, b)
		}
	}
	return out
}

func TestEveryProtocolHasATranscript(t *testing.T) {
	have := map[string]bool{}
	for _, x := range transcripts(t) {
		if x.protocol() == nil {
			t.Errorf("%s belongs to no protocol", x.name)
			continue
		}
		have[x.protocol().Name] = true
	}
	for _, p := range Protocols() {
		if !have[p.Name] {
			t.Errorf("%s has no testdata/%s.txt", p.Name, p.Name)
		}
	}
}

func TestTranscriptsAreRead(t *testing.T) {
	for _, x := range transcripts(t) {
		id, err := read(x.protocol(), x.answers(t), nil)
		if err != nil {
			t.Errorf("%s: %v", x.name, err)
			continue
		}
		x.compare(t, id)
		again, err := Again(id, nil)
		if err != nil || fmt.Sprint(again) != fmt.Sprint(id) {
			t.Errorf("%s read again from what was kept: %v\n%v\n%v", x.name, err, id, again)
		}
	}
}

func (x transcript) compare(t *testing.T, id scan.Identity) {
	t.Helper()
	n := id.Nameplate
	have := map[string]string{"manufacturer": n.Manufacturer, "model": n.Model, "product": n.ProductCode, "serial": n.SerialNumber, "software": n.SoftwareRevision, "hardware": n.HardwareRevision,
		"location": n.Location, "uri": n.ProductInstanceURI, "name": id.Name, "class": id.Class}
	for _, w := range x.want {
		key, value, _ := strings.Cut(w, " ")
		got := have[key]
		switch key {
		case "fact":
			k, v, _ := strings.Cut(value, "=")
			value, got = v, ""
			for _, f := range id.Facts {
				if f.Key == k {
					got = f.Value
				}
			}
		case "runs":
			got = ""
			for _, s := range id.Software {
				got += strings.TrimSpace(s.Vendor+" "+s.Product+" "+s.Version) + ";"
			}
			value += ";"
		}
		if got != value {
			t.Errorf("%s: %s is %q, want %q", x.name, key, got, value)
		}
	}
	if len(x.want) == 0 {
		t.Errorf("%s expects nothing", x.name)
	}
}

// TestNoOtherByteLeaves plays every transcript over real sockets and holds every byte that arrives at the device against the transcript.
func TestNoOtherByteLeaves(t *testing.T) {
	for _, x := range transcripts(t) {
		if x.readOnly {
			continue
		}
		t.Run(x.name, func(t *testing.T) {
			p := x.protocol()
			d := play(t, p, x)
			log := &frames{}
			r := (&Scanner{Now: time.Now, wait: 40}).newRun(&job{order: scan.Order{Profile: scan.ProfileIT, SNMP: x.snmp()}}, log, nil)
			h := &visitor{addr: d.at.Addr(), path: "/rootDesc.xml"}
			if o := r.ask(t.Context(), h, p, int(d.at.Port())); o != open {
				t.Errorf("outcome %d", o)
			}
			d.wait(t)
			if len(h.host.Identities) != 1 {
				t.Fatal("not identified")
			}
			x.compare(t, h.host.Identities[0])
			if out, _ := log.read(); len(out) > p.Frames+1 {
				t.Errorf("%d lines in the log for at most %d frames", len(out), p.Frames)
			}
		})
	}
}

func (x transcript) snmp() scan.SNMP {
	if strings.Contains(x.name, "v2c") {
		return scan.SNMP{Version: "2c", Community: "factory"}
	}
	return scan.SNMP{}
}

// device plays a transcript.
type device struct {
	at   netip.AddrPort
	wg   sync.WaitGroup
	mu   sync.Mutex
	errs []string
}

func (d *device) wait(t *testing.T) {
	d.wg.Wait()
	for _, e := range d.errs {
		t.Error(e)
	}
}

func (d *device) wrong(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.errs = append(d.errs, fmt.Sprintf(format, args...))
}

func play(t *testing.T, p *Protocol, x transcript) *device {
	d := &device{}
	if p.Transport == UDP {
		c, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
		if err != nil {
			t.Fatal(err)
		}
		d.at = c.LocalAddr().(*net.UDPAddr).AddrPort()
		_ = c.SetDeadline(time.Now().Add(2 * time.Minute))
		d.wg.Go(func() { d.datagrams(c, x) })
		return d
	}
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d.at = l.Addr().(*net.TCPAddr).AddrPort()
	d.wg.Go(func() {
		defer l.Close()
		c, err := l.Accept()
		if err != nil {
			d.wrong("accept: %v", err)
			return
		}
		defer c.Close()
		_ = c.SetDeadline(time.Now().Add(2 * time.Minute))
		d.stream(c, x)
	})
	return d
}

// stream: after the last answer nothing but the end of the stream may come, and never a reset.
func (d *device) stream(c net.Conn, x transcript) {
	for _, l := range x.steps {
		if !l.out {
			b, _ := hex.DecodeString(l.mask)
			_, _ = c.Write(b)
			continue
		}
		buf := make([]byte, len(l.mask)/2)
		if n, err := io.ReadFull(c, buf); err != nil {
			d.wrong("read %d of %d bytes: %v", n, len(buf), err)
			return
		}
		if !(&Template{Mask: l.mask}).Fits(buf) {
			d.wrong("got %x, the transcript says %s", buf, l.mask)
		}
	}
	rest, err := io.ReadAll(c)
	if len(rest) > 0 {
		d.wrong("more bytes came: %x", rest)
	}
	if err != nil {
		d.wrong("the connection did not end with FIN: %v", err)
	}
}

func (d *device) datagrams(c *net.UDPConn, x transcript) {
	defer c.Close()
	buf := make([]byte, 64<<10)
	var from netip.AddrPort
	for _, l := range x.steps {
		if !l.out {
			b, _ := hex.DecodeString(l.mask)
			_, _ = c.WriteToUDPAddrPort(b, from)
			continue
		}
		n, a, err := c.ReadFromUDPAddrPort(buf)
		if err != nil {
			d.wrong("datagram: %v", err)
			return
		}
		from = a
		if !(&Template{Mask: l.mask}).Fits(buf[:n]) {
			d.wrong("got %x, the transcript says %s", buf[:n], l.mask)
		}
	}
	_ = c.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if n, _, err := c.ReadFromUDPAddrPort(buf); err == nil {
		d.wrong("one more datagram: %x", buf[:n])
	}
}

// TestTheGateHoldsBack sends every template with each single byte changed: what is not free must not pass, and nothing of it arrives.
func TestTheGateHoldsBack(t *testing.T) {
	for _, x := range transcripts(t) {
		p := x.protocol()
		if x.readOnly || strings.Contains(x.name, ".") {
			continue
		}
		for _, l := range x.steps {
			if !l.out || strings.Contains(l.mask, "*") {
				continue
			}
			frame := fixed(l.mask, bytes.Repeat([]byte{'1'}, 64)...)
			for i := range frame {
				if strings.ReplaceAll(l.mask, " ", "")[2*i] == '?' {
					continue
				}
				changed := bytes.Clone(frame)
				changed[i] ^= 0x80
				if fits(p, changed) {
					t.Errorf("%s: byte %d of %s may be anything", x.name, i, l.mask)
					break
				}
			}
			for _, other := range [][]byte{append(bytes.Clone(frame), 0), frame[:len(frame)-1], nil, bytes.Repeat([]byte{0}, len(frame))} {
				if fits(p, other) {
					t.Errorf("%s: %x passes", x.name, other)
				}
			}
		}
	}
}

func fits(p *Protocol, frame []byte) bool {
	for i := range p.Templates {
		if p.Templates[i].Fits(frame) {
			return true
		}
	}
	return false
}

func TestARogueProtocolIsHeldBack(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	got := make(chan []byte, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		b, _ := io.ReadAll(c)
		_ = c.Close()
		got <- b
	}()
	p := *registry["modbus"]
	var sent error
	p.Ask = func(t *Talk) error {
		sent = t.Send(fixed("0001 0000 0006 01 05 0000 ff00")) // write single coil
		return sent
	}
	r := (&Scanner{Now: time.Now, wait: 40}).newRun(&job{order: scan.Order{Profile: scan.ProfileOT}}, &frames{}, nil)
	r.ask(t.Context(), &visitor{addr: netip.MustParseAddr("127.0.0.1")}, &p, l.Addr().(*net.TCPAddr).Port)
	var e *survey.Error
	if !errors.As(sent, &e) || e.Code != survey.CodeScanForbidden {
		t.Errorf("a write was not held back: %v", sent)
	}
	if b := <-got; len(b) > 0 {
		t.Errorf("%x arrived", b)
	}
}
