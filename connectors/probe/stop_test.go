package probe

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// crowd is many devices on loopback addresses, one port: some answer, some never, some drip, some talk without end. It knows how many connections
// are open and when the last one ended.
type crowd struct {
	port int
	mu   sync.Mutex
	idle *sync.Cond
	open int
	last time.Time
}

func newCrowd(t testing.TB, n int) *crowd {
	c := &crowd{}
	c.idle = sync.NewCond(&c.mu)
	for i := range n {
		l, err := net.Listen("tcp4", fmt.Sprintf("127.7.0.%d:%d", i+1, c.port))
		if err != nil {
			t.Skip("no other loopback addresses here: ", err)
		}
		t.Cleanup(func() { _ = l.Close() })
		c.port = l.Addr().(*net.TCPAddr).Port
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				c.count(1)
				go func() {
					c.play(conn, i%4)
					_ = conn.Close()
					c.count(-1)
				}()
			}
		}()
	}
	return c
}

func (c *crowd) count(by int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open += by
	if c.open == 0 {
		c.last = time.Now()
		c.idle.Broadcast()
	}
}

// play goes on until the other side has ended.
func (c *crowd) play(conn net.Conn, kind int) {
	ended := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, conn)
		close(ended)
	}()
	piece, gap := []byte(nil), time.Hour
	switch kind {
	case 0:
		b := fixed("0001 0000 001d 01 2b 0e 01 01 00 00 03 00 04 41636d65 01 06 504d2d373130 02 06 30332e313130")
		_, _ = conn.Write(b)
	case 1: // says nothing
	case 2:
		piece, gap = []byte{0}, 50*time.Millisecond
	case 3:
		piece, gap = make([]byte, 64<<10), time.Millisecond
	}
	for {
		select {
		case <-ended:
			return
		case <-time.After(gap):
			_ = conn.SetWriteDeadline(time.Now().Add(time.Second))
			if _, err := conn.Write(piece); err != nil {
				<-ended
				return
			}
		}
	}
}

// quiet waits until nothing is open and gives the time of the last end.
func (c *crowd) quiet() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.open > 0 {
		c.idle.Wait()
	}
	return c.last
}

// TestStoppingAtAnyMomentClosesEverything stops scans at random moments (SHANGYUN_STOPS of them, 12 unless told) and holds that all
// connections end and the report says so. How long it took from the stop to the last end at the devices is told, never demanded.
func TestStoppingAtAnyMomentClosesEverything(t *testing.T) {
	c := newCrowd(t, 24)
	s := &Scanner{Now: time.Now}
	o := scan.Order{Targets: []string{"127.7.0.1-24"}, Profile: scan.ProfileIT, Protocols: []string{"modbus", "http", "redis"},
		Ports: map[string][]int{"modbus": {c.port}, "http": {c.port}, "redis": {c.port}}}
	p, err := s.Plan(o)
	if err != nil {
		t.Fatal(err)
	}
	stops := 12
	if n, err := strconv.Atoi(os.Getenv("SHANGYUN_STOPS")); err == nil {
		stops = n
	}
	var back, gone []time.Duration
	for range stops {
		ctx, cancel := context.WithCancel(t.Context())
		at := make(chan time.Time, 1)
		time.AfterFunc(time.Duration(rand.IntN(2500))*time.Millisecond, func() { at <- time.Now(); cancel() })
		rep, err := s.Scan(ctx, o, scan.Consent{Plan: p.ID, By: "测试"}, nil)
		returned := time.Now()
		if err != nil || !rep.Stopped && ctx.Err() != nil {
			t.Fatalf("%v, stopped %v", err, rep.Stopped)
		}
		last := c.quiet() // hangs when a connection is left open
		cancel()
		if !rep.Stopped {
			continue // it was over before
		}
		stopped := <-at
		back, gone = append(back, returned.Sub(stopped)), append(gone, max(last.Sub(stopped), 0))
	}
	slices.Sort(back)
	slices.Sort(gone)
	if n := len(back); n > 0 {
		t.Logf("%d stops: the scan ends after %v (median), %v (most); the last connection at the devices after %v, %v", n, back[n/2], back[n-1], gone[n/2], gone[n-1])
	}
}
