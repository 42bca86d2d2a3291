package probe

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Pace towards one OT host, and how long a connection may take.
const (
	hostGap     = 500 * time.Millisecond
	connectTime = 2 * time.Second
	udpTime     = time.Second
	stopTime    = 400 * time.Millisecond // for FIN and drain when the person stops
)

// outcome is what became of one question.
type outcome int

const (
	silent outcome = iota
	closed
	open   // accepted, or answered
	broken // accepted, then reset or gone silent with our FIN unanswered
	gone   // the person stopped, or the address cannot be reached
)

// visitor is the visit to one host.
type visitor struct {
	addr  netip.Addr
	mu    sync.Mutex
	host  scan.Host
	alive bool
	next  time.Time // not before
	quick time.Duration
	// quickest is the shortest time in which it refused a connection; 0 before the first.
	quickest time.Duration
	path     string // of what is followed
}

// visit asks one host what it is: datagrams first, then the OT ports one by one until one is open, then, if none was and the profile
// allows it, the office ports.
func (r *run) visit(ctx context.Context, a netip.Addr) {
	h := &visitor{addr: a, host: scan.Host{Address: a.String()}}
	r.wires.describe(a, &h.host)
	if at, ok := r.gateway[a]; ok {
		r.ask(ctx, h, registry["dlt645"], int(at.Port()))
		r.end(h)
		return
	}
	ask := r.datagrams(ctx, h)
	r.answered(ctx, h)
	if !ask || r.enough(h) {
		r.end(h)
		return
	}
	if !r.controls(ctx, h) && ctx.Err() == nil && !r.wires.dead(h) {
		r.offices(ctx, h)
		r.follow(ctx, h)
	}
	r.end(h)
}

// enough: on a production network a device that told its model by a datagram is not connected to.
func (r *run) enough(h *visitor) bool {
	if r.order.Profile != scan.ProfileOT {
		return false
	}
	return slices.ContainsFunc(h.host.Identities, func(i scan.Identity) bool { return registry[i.Protocol].OT && i.Named() })
}

func (r *run) end(h *visitor) {
	if h.alive || len(h.host.Identities) > 0 {
		r.wires.describe(h.addr, &h.host)
		r.found(h)
	}
}

// datagrams asks over UDP, one after another. It tells whether the host may be asked on.
func (r *run) datagrams(ctx context.Context, h *visitor) bool {
	for _, p := range r.udp {
		if r.grouped(p, h.addr) {
			continue
		}
		for _, port := range r.ports(p) {
			if r.ask(ctx, h, p, port) == gone || !h.alive && r.wires.dead(h) {
				return false
			}
		}
	}
	return true
}

// controls tries the OT ports one by one and stops at the first that is open. It tells whether there was one.
func (r *run) controls(ctx context.Context, h *visitor) bool {
	for _, p := range hinted(r.control, h.host.Vendor) {
		if slices.ContainsFunc(h.host.Identities, func(i scan.Identity) bool { return i.Protocol == p.Name }) {
			continue
		}
		for _, port := range r.ports(p) {
			switch r.ask(ctx, h, p, port) {
			case open, broken:
				h.host.OT = true
				return true
			case gone:
				return true
			}
			if !h.alive && r.wires.dead(h) {
				return true
			}
		}
	}
	return h.host.OT && r.order.Profile == scan.ProfileOT
}

// offices asks the office ports: on a production network one after another up to the first open one, else some at once.
func (r *run) offices(ctx context.Context, h *visitor) {
	type question struct {
		p    *Protocol
		port int
	}
	var list []question
	for _, p := range r.office {
		for _, port := range r.ports(p) {
			list = append(list, question{p, port})
		}
	}
	if r.order.Profile == scan.ProfileOT || h.host.OT || automation(h.host.Vendor) {
		for _, q := range list {
			if o := r.ask(ctx, h, q.p, q.port); o == open || o == broken || o == gone {
				return
			}
		}
		return
	}
	slots := make(chan struct{}, r.budget.perHost)
	var wg sync.WaitGroup
	for _, q := range list {
		slots <- struct{}{}
		wg.Go(func() {
			r.ask(ctx, h, q.p, q.port)
			<-slots
		})
	}
	wg.Wait()
}

// follow fetches the description that an SSDP answer points to, from the same address only.
func (r *run) follow(ctx context.Context, h *visitor) {
	for _, id := range slices.Clone(h.host.Identities) {
		f := follower(registry[id.Protocol])
		if f == nil || h.host.OT {
			continue
		}
		if port, path, ok := location(id, h.addr); ok {
			h.path = path
			r.ask(ctx, h, f, port)
			h.path = ""
		}
	}
}

// wait holds the pace: overall, and towards this host.
func (r *run) wait(ctx context.Context, h *visitor) error {
	careful := r.careful(h)
	if r.fuse.blown(h.addr) {
		return errBlown
	}
	if careful && r.slowed(h) {
		return errSlow
	}
	if careful {
		h.mu.Lock()
		d := time.Until(h.next)
		h.mu.Unlock()
		if d > 0 {
			select {
			case <-time.After(d):
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return r.pace.Wait(ctx)
}

var (
	errBlown = errors.New("stopped by the breaker")
	errSlow  = errors.New("stopped by the breaker: slower")
)

// careful tells whether a host is treated as control equipment.
func (r *run) careful(h *visitor) bool {
	return r.order.Profile == scan.ProfileOT || h.host.OT || automation(h.host.Vendor)
}

// slowed tells whether the breaker stopped this host.
func (r *run) slowed(h *visitor) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.host.Stopped != ""
}

// ask puts one protocol's question to one port and takes the answer down.
func (r *run) ask(ctx context.Context, h *visitor, p *Protocol, port int) outcome {
	if err := r.wait(ctx, h); err != nil {
		if errors.Is(err, errBlown) {
			h.host.Stopped = "熔断：同一网段有设备失去应答"
		}
		return gone
	}
	at := netip.AddrPortFrom(h.addr, uint16(port))
	limit := connectTime * r.times
	h.mu.Lock()
	if h.quick > 0 { // a host that has answered before answers again about as fast
		limit = h.quick * r.times
	}
	h.mu.Unlock()
	began := time.Now()
	conn, err := r.gate.dial(ctx, p, at, limit)
	if err != nil {
		return r.refused(ctx, h, p, port, time.Since(began), err)
	}
	if p.Transport == TCP {
		h.answered(time.Since(began))
	}
	return r.exchange(ctx, h, p, conn)
}

func (h *visitor) answered(took time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.alive = true
	if q := max(20*took, 400*time.Millisecond); h.quick == 0 || q > h.quick {
		h.quick = min(q, connectTime)
	}
}

func (r *run) refused(ctx context.Context, h *visitor, p *Protocol, port int, took time.Duration, err error) outcome {
	h.later()
	switch {
	case ctx.Err() != nil:
		return gone
	case isRefused(err):
		h.answered(0)
		if r.careful(h) {
			r.fuse.timed(r, h, took)
		}
		h.port(p, port, "closed")
		return closed
	case isUnreachable(err):
		return gone
	}
	h.port(p, port, "silent")
	return silent
}

// exchange does the protocol's exchange on an open connection and ends it in an orderly way.
func (r *run) exchange(ctx context.Context, h *visitor, p *Protocol, conn *guarded) outcome {
	limit := answerTime * r.times
	if p.Transport == UDP {
		limit = udpTime * r.times
	}
	t := &Talk{ctx: ctx, conn: conn, end: time.Now().Add(limit), Host: h.addr, Port: int(conn.at.Port()), Path: h.path, Order: &r.order, OT: r.order.Profile == scan.ProfileOT || p.OT}
	_ = conn.SetDeadline(t.end)
	stopped := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Now()); close(stopped) })
	began := time.Now()
	askErr := p.Ask(t)
	took := time.Since(began)
	if !stop() {
		<-stopped // its deadline must not cut the drain short
	}
	within := drainTime * r.times
	if ctx.Err() != nil {
		within = stopTime
	}
	if t.secure != nil {
		_ = conn.SetDeadline(time.Now().Add(within))
		_ = t.secure.CloseWrite()
	}
	_ = conn.SetWriteDeadline(time.Now().Add(within))
	ended, reset := conn.finish(within)
	h.later()
	out := r.judge(h, p, t, askErr, ended, reset)
	if out == open && p.Transport == UDP {
		h.answered(took)
	}
	r.fuse.saw(r, h, p, out)
	return out
}

// judge tells what an exchange came to and takes down what was said.
func (r *run) judge(h *visitor, p *Protocol, t *Talk, err error, ended, reset bool) outcome {
	if p.Transport == UDP && len(t.answers) == 0 {
		if isRefused(err) {
			h.answered(0)
			h.port(p, t.Port, "closed")
			return closed
		}
		return silent
	}
	h.port(p, t.Port, "open")
	if len(t.answers) > 0 {
		id, readErr := read(p, t.answers, r.marks)
		if readErr == nil {
			id.Where, id.At = t.conn.at.String(), r.gate.now().UTC()
			h.identity(p, id)
			r.found(h)
			return open
		}
	}
	if reset && len(t.answers) == 0 || !ended && len(t.answers) == 0 && t.ctx.Err() == nil {
		return broken
	}
	return open
}

func (h *visitor) later() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next = time.Now().Add(hostGap)
}

func (h *visitor) port(p *Protocol, n int, state string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.host.Ports = append(h.host.Ports, scan.Port{Number: n, Transport: p.Transport, State: state, Protocol: p.Name})
}

func (h *visitor) identity(p *Protocol, id scan.Identity) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.host.Identities = append(h.host.Identities, id)
	h.host.OT = h.host.OT || p.OT
}
