package probe

import (
	"context"
	"encoding/hex"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// neverPort is where printers print whatever arrives.
const neverPort = 9100

// gate is the only way out: it opens sockets and writes to them. Nothing else in this package may (a test reads the sources).
type gate struct {
	log *frames
	now func() time.Time
}

// dial opens one whole connection, or a connected UDP socket.
func (g *gate) dial(ctx context.Context, p *Protocol, at netip.AddrPort, timeout time.Duration) (*guarded, error) {
	if at.Port() == neverPort {
		return nil, survey.Fail(survey.CodeScanRange, "probe.dial", "9100 端口会让打印机打印收到的内容，从不连接")
	}
	if !allowedAddress(at.Addr()) {
		return nil, survey.Fail(survey.CodeScanRange, "probe.dial", "%s 不是私有地址", at.Addr())
	}
	if p.Transport == TCP {
		g.log.add(scan.Frame{At: g.now(), Remote: at.String(), Transport: TCP, Protocol: p.Name, Template: "connect"})
	}
	d := net.Dialer{Timeout: timeout, KeepAlive: -1}
	c, err := d.DialContext(ctx, p.Transport, at.String())
	if err != nil {
		return nil, err
	}
	return &guarded{Conn: c, gate: g, proto: p, at: at}, nil
}

// guarded is a connection that lets only the protocol's requests out. In TLS only well-formed records go out here; what they carry goes
// through a guard of its own above them.
type guarded struct {
	net.Conn
	gate  *gate
	proto *Protocol
	at    netip.AddrPort
	// remote is written in the log instead of at, for what has no address.
	remote string

	mu   sync.Mutex
	tls  bool // the bytes are TLS records
	sent int
}

// loud is a socket that asks a multicast group through one interface.
type loud struct {
	*net.UDPConn
	guarded
	to netip.AddrPort
}

// shout opens a socket for a protocol's group on one interface.
func (g *gate) shout(p *Protocol, i iface) (*loud, error) {
	c, err := net.ListenUDP("udp4", &net.UDPAddr{IP: i.addr.AsSlice()})
	if err != nil {
		return nil, err
	}
	at := netip.AddrPortFrom(netip.MustParseAddr(p.Group), uint16(p.Ports[0]))
	return &loud{UDPConn: c, to: at, guarded: guarded{gate: g, proto: p, at: at}}, nil
}

// send sends one request to the group.
func (l *loud) send(frame []byte) error {
	l.guarded.Conn = groupConn{l}
	_, err := l.guarded.Write(frame)
	return err
}

// groupConn writes to the group what the guard has let through.
type groupConn struct{ *loud }

func (c groupConn) Write(b []byte) (int, error) { return c.loud.UDPConn.WriteToUDPAddrPort(b, c.to) }

func (c groupConn) Close() error                     { return nil }
func (c groupConn) LocalAddr() net.Addr              { return c.loud.UDPConn.LocalAddr() }
func (c groupConn) RemoteAddr() net.Addr             { return net.UDPAddrFromAddrPort(c.to) }
func (c groupConn) Read([]byte) (int, error)         { return 0, net.ErrClosed }
func (c groupConn) SetDeadline(time.Time) error      { return nil }
func (c groupConn) SetReadDeadline(time.Time) error  { return nil }
func (c groupConn) SetWriteDeadline(time.Time) error { return nil }

// Write implements net.Conn. A frame that fits no template is not sent.
func (c *guarded) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.tls {
		if !tlsRecords(b) {
			return 0, c.held("TLS 记录不成形")
		}
		if c.sent++; c.sent > c.proto.Frames {
			return 0, c.held("报文数超过上限")
		}
		c.note("tls-records", hex.EncodeToString(b))
		return c.Conn.Write(b)
	}
	for i := range c.proto.Templates {
		if t := &c.proto.Templates[i]; t.Fits(b) {
			if c.sent++; c.sent > c.proto.Frames {
				return 0, c.held("报文数超过上限")
			}
			c.note(t.Name, t.shown(b))
			return c.Conn.Write(b)
		}
	}
	return 0, c.held("不在允许清单里")
}

func (c *guarded) send(frame []byte) error { _, err := c.Write(frame); return err }

func (c *guarded) note(template, shown string) {
	remote := c.remote
	if remote == "" {
		remote = c.at.String()
	}
	c.gate.log.add(scan.Frame{At: c.gate.now(), Remote: remote, Transport: c.proto.Transport, Protocol: c.proto.Name, Template: template, Hex: shown})
}

func (c *guarded) held(why string) error {
	return survey.Fail(survey.CodeScanForbidden, "probe.gate", "%s：%s", c.proto.Name, why)
}

// tlsRecords tells whether b is a run of whole TLS records of the four kinds.
func tlsRecords(b []byte) bool {
	for len(b) > 0 {
		if len(b) < 5 || b[0] < 20 || b[0] > 23 || b[1] != 3 {
			return false
		}
		n := 5 + int(b[3])<<8 + int(b[4])
		if n > len(b) {
			return false
		}
		b = b[n:]
	}
	return true
}

// drainTime is how long a device may take to answer our FIN with its own.
const drainTime = 1500 * time.Millisecond

// drainBytes is the most that is read away after our FIN.
const drainBytes = 1 << 20

// finish ends a connection so that the device frees its slot: what it still says is read away, then FIN meets FIN. It tells whether the
// device closed its side too, and whether it reset.
func (c *guarded) finish(within time.Duration) (closed, reset bool) {
	defer c.Close()
	half, ok := c.Conn.(interface{ CloseWrite() error })
	if !ok {
		return true, false
	}
	if err := half.CloseWrite(); err != nil {
		return false, isReset(err)
	}
	_ = c.SetReadDeadline(time.Now().Add(within))
	buf := make([]byte, 4096)
	for total := 0; total < drainBytes; {
		n, err := c.Read(buf)
		total += n
		if err != nil {
			return isEOF(err), isReset(err)
		}
	}
	return false, false
}
