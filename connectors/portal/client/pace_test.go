package client

import (
	"bytes"
	"errors"
	"net"
	"sync/atomic"
	"testing"
)

// recorder notes how large each write is.
type recorder struct {
	net.Conn
	sizes []int
	got   bytes.Buffer
}

func (r *recorder) Write(b []byte) (int, error) {
	r.sizes = append(r.sizes, len(b))
	return r.got.Write(b)
}

func (r *recorder) Close() error { return nil }

func TestABoundedLineSendsInPortionsAndEveryByte(t *testing.T) {
	rate, to := new(atomic.Int64), &recorder{}
	c := paced(to, rate)
	data := bytes.Repeat([]byte("上云通"), 5_000)
	rate.Store(1_000_000)
	if n, err := c.Write(data); n != len(data) || err != nil || !bytes.Equal(to.got.Bytes(), data) {
		t.Fatalf("%d of %d bytes, %v", n, len(data), err)
	}
	rate.Store(80_000)
	to.sizes = nil
	_, _ = c.Write(data[:20_000])
	if len(to.sizes) != 2 || to.sizes[0] != 10_000 {
		t.Errorf("portions of %v, want an eighth of a second each", to.sizes)
	}
	rate.Store(0)
	to.sizes = nil
	_, _ = c.Write(data)
	if len(to.sizes) != 1 {
		t.Errorf("without a bound: %v", to.sizes)
	}
}

func TestABoundedLineThatIsClosedStopsWaiting(t *testing.T) {
	rate, to := new(atomic.Int64), &recorder{}
	rate.Store(1)
	c := paced(to, rate)
	ended := make(chan error)
	go func() {
		_, err := c.Write(make([]byte, 10_000)) // 512 bytes at one byte a second
		ended <- err
	}()
	_ = c.Close()
	if err := <-ended; !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
}
