package client

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// SetRate bounds what this client sends to bytes a second over all its lines, from now on; 0 takes the bound away.
func (c *Client) SetRate(bytes int64) { c.rate.Store(max(bytes, 0)) }

// pacedConn sends in small portions and rests after each as long as the bound says, so that an office's line stays usable beside a large upload.
type pacedConn struct {
	net.Conn
	rate  *atomic.Int64
	ended chan struct{}
	end   sync.Once
}

func paced(c net.Conn, rate *atomic.Int64) net.Conn {
	return &pacedConn{Conn: c, rate: rate, ended: make(chan struct{})}
}

// Write implements net.Conn.
func (c *pacedConn) Write(b []byte) (int, error) {
	sent := 0
	for {
		rate := c.rate.Load()
		if rate == 0 {
			n, err := c.Conn.Write(b[sent:])
			return sent + n, err
		}
		portion := min(int64(len(b)-sent), max(rate/8, 512)) // an eighth of a second
		n, err := c.Conn.Write(b[sent : sent+int(portion)])
		sent += n
		if err != nil {
			return sent, err
		}
		if err := c.rest(time.Duration(int64(n) * int64(time.Second) / rate)); err != nil || sent == len(b) {
			return sent, err
		}
	}
}

// rest waits, but not longer than the line is open.
func (c *pacedConn) rest(d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-c.ended:
		return net.ErrClosed
	}
}

// Close implements net.Conn.
func (c *pacedConn) Close() error {
	c.end.Do(func() { close(c.ended) })
	return c.Conn.Close()
}
