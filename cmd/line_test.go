package cmd

import (
	"net"
	"strings"
	"sync"
	"testing"
)

// line is a network line between the programs and a portal that a test can lead elsewhere and cut.
type line struct {
	address string // http://127.0.0.1:port, as it is enrolled

	mu     sync.Mutex
	to     string // where the line leads now
	left   int64  // bytes in both directions until the cut, -1 for no cut
	passed int64
}

func openLine(t *testing.T, to string) *line {
	t.Helper()
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &line{address: "http://" + at.Addr().String(), left: -1}
	l.lead(to)
	var open sync.WaitGroup
	t.Cleanup(func() { _ = at.Close(); open.Wait() })
	open.Go(func() {
		for {
			in, err := at.Accept()
			if err != nil {
				return
			}
			open.Go(func() { l.carry(in) })
		}
	})
	return l
}

// lead makes new connections go to an http:// address.
func (l *line) lead(to string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.to = strings.TrimPrefix(to, "http://")
}

// cut lets n more bytes pass and then drops every connection; -1 mends the line. It gives how many passed since the last call.
func (l *line) cut(n int64) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	passed := l.passed
	l.left, l.passed = n, 0
	return passed
}

// take allows up to n bytes.
func (l *line) take(n int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.left >= 0 {
		n = int(min(int64(n), l.left))
		l.left -= int64(n)
	}
	l.passed += int64(n)
	return n
}

func (l *line) carry(in net.Conn) {
	l.mu.Lock()
	to := l.to
	l.mu.Unlock()
	out, err := net.Dial("tcp", to)
	if err != nil {
		_ = in.Close()
		return
	}
	drop := func() { _, _ = in.Close(), out.Close() }
	var both sync.WaitGroup
	for _, way := range [][2]net.Conn{{in, out}, {out, in}} {
		both.Go(func() {
			defer drop()
			buf := make([]byte, 4096)
			for {
				n, err := way[0].Read(buf)
				may := l.take(n)
				if _, werr := way[1].Write(buf[:may]); err != nil || werr != nil || may < n {
					return
				}
			}
		})
	}
	both.Wait()
}
