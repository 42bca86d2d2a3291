package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Limits of one exchange.
const (
	maxAnswer   = 256 << 10 // bytes kept of one device and protocol
	answerTime  = 3 * time.Second
	datagramMax = 64 << 10
)

var (
	errTooLong = errors.New("answer over the limit")
	errNotOurs = errors.New("not this protocol")
	errMore    = errors.New("more bytes are needed")
)

// Talk is one exchange with one device.
type Talk struct {
	ctx     context.Context
	conn    *guarded
	secure  *tls.Conn
	inner   *guarded // the guard above TLS
	end     time.Time
	total   int
	rest    []byte // read beyond the last answer
	answers [][]byte

	Host  netip.Addr
	Port  int
	Path  string // of what is followed
	Order *scan.Order
	OT    bool // the OT profile: the least that is of use
}

// Send writes one request through the gate.
func (t *Talk) Send(frame []byte) error {
	if err := t.ctx.Err(); err != nil {
		return err
	}
	_, err := t.out().Write(frame)
	return err
}

func (t *Talk) out() net.Conn {
	if t.inner != nil {
		return t.inner
	}
	return t.conn
}

// Keep keeps a raw answer.
func (t *Talk) Keep(answer []byte) { t.answers = append(t.answers, answer) }

// Receive reads one answer. For TCP size tells from what has come how long the whole is; it gives errMore while it cannot tell, and
// any other error when the bytes are not the protocol's. A datagram is whole by itself and size is not asked.
func (t *Talk) Receive(size func(b []byte) (int, error)) ([]byte, error) {
	if t.conn.proto.Transport == UDP {
		return t.datagram(t.end)
	}
	buf := t.rest
	t.rest = nil
	chunk := make([]byte, 4096)
	for {
		if len(buf) > 0 {
			n, err := size(buf)
			switch {
			case err == nil && n <= len(buf):
				t.rest = buf[n:]
				t.Keep(buf[:n:n])
				return buf[:n], nil
			case err == nil && n > maxAnswer:
				return nil, errTooLong
			case err != nil && !errors.Is(err, errMore):
				t.Keep(buf)
				return nil, err
			}
		}
		n, err := t.read(chunk)
		buf = append(buf, chunk[:n]...)
		if err != nil && n == 0 {
			if len(buf) > 0 {
				t.Keep(buf)
			}
			return buf, err
		}
	}
}

// All reads until the device closes, the limit or the deadline; it fails only when nothing came.
func (t *Talk) All(limit int) ([]byte, error) {
	b, err := t.Receive(func(b []byte) (int, error) {
		if len(b) >= limit {
			return limit, nil
		}
		return 0, errMore
	})
	if len(b) > 0 {
		return b, nil
	}
	return nil, err
}

func (t *Talk) read(b []byte) (int, error) {
	if t.total >= maxAnswer {
		return 0, errTooLong
	}
	if err := t.ctx.Err(); err != nil {
		return 0, err
	}
	var n int
	var err error
	if t.secure != nil {
		n, err = t.secure.Read(b)
	} else {
		n, err = t.conn.Read(b)
	}
	t.total += n
	return n, err
}

// datagram reads one datagram and keeps it.
func (t *Talk) datagram(until time.Time) ([]byte, error) {
	b, err := t.bare(until)
	if err == nil {
		t.Keep(b)
	}
	return b, err
}

// datagramOnly reads one datagram without keeping it.
func (t *Talk) datagramOnly() ([]byte, error) { return t.bare(t.end) }

func (t *Talk) bare(until time.Time) ([]byte, error) {
	_ = t.conn.SetReadDeadline(until)
	if t.ctx.Err() != nil { // stopped meanwhile: its deadline stands
		_ = t.conn.SetReadDeadline(time.Now())
	}
	buf := make([]byte, datagramMax)
	n, err := t.read(buf)
	if err != nil {
		return nil, err
	}
	return slices.Clone(buf[:n]), nil
}

// Datagrams reads up to most datagrams that come within a time; the first may take as long as any answer.
func (t *Talk) Datagrams(most int, within time.Duration) ([][]byte, error) {
	first, err := t.datagram(t.end)
	if err != nil {
		return nil, err
	}
	out := [][]byte{first}
	until := time.Now().Add(within)
	if until.After(t.end) {
		until = t.end
	}
	for len(out) < most {
		d, err := t.datagram(until)
		if err != nil {
			break
		}
		out = append(out, d)
	}
	return out, nil
}

// extend gives a long exchange more time.
func (t *Talk) extend(d time.Duration) {
	if end := time.Now().Add(d); end.After(t.end) {
		t.end = end
	}
	if t.ctx.Err() == nil {
		_ = t.conn.SetDeadline(t.end)
	}
	if t.ctx.Err() != nil {
		_ = t.conn.SetDeadline(time.Now())
	}
}

// StartTLS goes on inside TLS. Certificates are not verified: nothing secret is sent and they are what is asked for.
func (t *Talk) StartTLS(serverName string) (*tls.ConnectionState, error) {
	t.conn.mu.Lock()
	t.conn.tls = true
	t.conn.mu.Unlock()
	//nolint:gosec // identification only
	c := tls.Client(t.conn, &tls.Config{InsecureSkipVerify: true, ServerName: serverName, MinVersion: tls.VersionTLS10})
	if err := c.HandshakeContext(t.ctx); err != nil {
		return nil, err
	}
	t.secure = c
	t.inner = &guarded{Conn: c, gate: t.conn.gate, proto: t.conn.proto, at: t.conn.at, sent: t.conn.sent}
	state := c.ConnectionState()
	return &state, nil
}

func isEOF(err error) bool { return errors.Is(err, io.EOF) }
func isReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}
func isTimeout(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }

// isRefused tells whether the device said no: it lives, the port is closed. Windows says so in its own words.
func isRefused(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || err != nil && strings.Contains(err.Error(), "actively refused")
}
