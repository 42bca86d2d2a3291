package server

import (
	"sync"
	"time"
)

// maxFailures is how many wrong secrets a minute are answered before everybody waits.
const maxFailures = 10

// throttle counts failures of the last minute.
type throttle struct {
	mu    sync.Mutex
	since time.Time
	n     int
}

func (t *throttle) allow(now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.n < maxFailures || now.Sub(t.since) > time.Minute
}

func (t *throttle) failed(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.since) > time.Minute {
		t.since, t.n = now, 0
	}
	t.n++
}
