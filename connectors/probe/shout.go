package probe

import (
	"context"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"
)

// shoutTime is how long answers to a group's question are gathered: devices may wait up to a second on purpose.
const shoutTime = 2500 * time.Millisecond

// shouts are the answers to the questions that went to multicast groups, one datagram per protocol and subnet of this computer. Devices
// that listen only to the group cannot be asked one by one.
type shouts struct {
	mu   sync.Mutex
	got  map[netip.Addr]map[string][][]byte
	done chan struct{}
}

// shout asks the groups of the plan's protocols on this computer's own subnets that the plan touches.
func (r *run) shout(ctx context.Context) {
	r.shouts = &shouts{got: map[netip.Addr]map[string][][]byte{}, done: make(chan struct{})}
	var wg sync.WaitGroup
	for _, i := range interfaces() {
		touched := slices.ContainsFunc(r.job.hosts, i.prefix.Contains)
		for _, p := range r.udp {
			if p.Group != "" && touched && i.multi && r.pace.Wait(ctx) == nil {
				wg.Go(func() { r.askGroup(ctx, p, i) })
			}
		}
	}
	for _, p := range r.frames {
		for _, i := range r.nets {
			if r.pace.Wait(ctx) == nil {
				wg.Go(func() { r.askWire(ctx, p, i) })
			}
		}
	}
	go func() { wg.Wait(); close(r.shouts.done) }()
}

func (r *run) askGroup(ctx context.Context, p *Protocol, i iface) {
	l, err := r.gate.shout(p, i)
	if err != nil {
		return
	}
	defer l.UDPConn.Close()
	for _, frame := range groupFrames[p.Name]() {
		if l.send(frame) != nil {
			return
		}
	}
	stop := context.AfterFunc(ctx, func() { _ = l.UDPConn.Close() })
	defer stop()
	_ = l.UDPConn.SetReadDeadline(time.Now().Add(shoutTime * r.times))
	buf := make([]byte, datagramMax)
	for range 4 * maxHosts {
		n, from, err := l.UDPConn.ReadFromUDPAddrPort(buf)
		if err != nil {
			return
		}
		if a := from.Addr().Unmap(); slices.Contains(r.job.hosts, a) {
			r.shouts.keep(a, p.Name, slices.Clone(buf[:n]))
		}
	}
}

// keep keeps at most four answers of one host and protocol.
func (s *shouts) keep(a netip.Addr, protocol string, b []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.got[a] == nil {
		s.got[a] = map[string][][]byte{}
	}
	if len(s.got[a][protocol]) < 4 && len(b) <= maxAnswer/4 {
		s.got[a][protocol] = append(s.got[a][protocol], b)
	}
}

// answered takes down what a host answered to the groups. It waits until the groups have had their time.
func (r *run) answered(ctx context.Context, h *visitor) {
	select {
	case <-r.shouts.done:
	case <-ctx.Done():
	}
	r.shouts.mu.Lock()
	got := r.shouts.got[h.addr]
	r.shouts.mu.Unlock()
	for _, p := range slices.Concat(r.udp, r.frames) {
		if len(got[p.Name]) == 0 {
			continue
		}
		h.answered(0)
		if p.Transport == Layer2 {
			if id, err := read(p, got[p.Name], nil); err == nil {
				id.Where, id.At = "二层", r.gate.now().UTC()
				h.identity(p, id)
				r.found(h)
			}
			continue
		}
		h.port(p, p.Ports[0], "open")
		if id, err := read(p, got[p.Name], r.marks); err == nil {
			id.Where, id.At = netip.AddrPortFrom(h.addr, uint16(p.Ports[0])).String(), r.gate.now().UTC()
			h.identity(p, id)
			r.found(h)
		}
	}
}

// grouped tells whether a protocol's question reaches a host through its group.
func (r *run) grouped(p *Protocol, a netip.Addr) bool {
	return p.Group != "" && slices.ContainsFunc(r.wires.local, func(n netip.Prefix) bool { return n.Contains(a) })
}

// groupFrames makes the questions that go to groups.
var groupFrames = map[string]func() [][]byte{
	"ssdp": func() [][]byte { return [][]byte{[]byte(ssdpSearch)} },
	"wsd":  func() [][]byte { return [][]byte{wsdFrame(newUUID(), wsdDevice), wsdFrame(newUUID(), wsdCamera)} },
}

func newUUID() string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for i, x := range random(32) {
		if i == 8 || i == 12 || i == 16 || i == 20 {
			b.WriteByte('-')
		}
		b.WriteByte(digits[x&15])
	}
	return b.String()
}
