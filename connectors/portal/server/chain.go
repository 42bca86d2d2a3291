package server

import (
	"context"
	"sync"
	"time"
)

// Chain is what is known of the audit chain: when it was last checked and whether it held.
type Chain struct {
	At   time.Time // zero: not checked yet
	Good bool
}

// chain remembers the last check.
type chain struct {
	mu   sync.Mutex
	last Chain
}

func (c *chain) now() Chain {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last
}

// checkChain walks the audit once and remembers how it was.
func (s *Server) checkChain(ctx context.Context) {
	err := s.Store.CheckAudit(ctx)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		s.Log.ErrorContext(ctx, "audit chain does not hold", "error", err.Error())
	}
	s.chain.mu.Lock()
	defer s.chain.mu.Unlock()
	s.chain.last = Chain{At: s.Now(), Good: err == nil}
}

// Work does what the portal does by itself, until ctx ends: it tells hooks of changes (any instance takes what no other is taking), checks the
// audit chain every hour, and, where it is the one instance that leads, removes what broken uploads left.
func (s *Server) Work(ctx context.Context) {
	tell, hour := time.NewTicker(2*time.Second), time.NewTicker(time.Hour)
	defer tell.Stop()
	defer hour.Stop()
	s.hourly(ctx)
	for {
		s.TellDue(ctx)
		select {
		case <-ctx.Done():
			return
		case <-hour.C:
			s.hourly(ctx)
		case <-tell.C:
		}
	}
}

// remains is how long the pieces of an upload that nobody goes on with are kept.
const remains = 7 * 24 * time.Hour

func (s *Server) hourly(ctx context.Context) {
	s.checkChain(ctx)
	_, err := s.Store.Lead(ctx, func(ctx context.Context) error { return s.Store.Sweep(ctx, s.Now().Add(-remains)) })
	if err != nil && ctx.Err() == nil {
		s.Log.ErrorContext(ctx, "remains of uploads not removed", "error", err.Error())
	}
}
