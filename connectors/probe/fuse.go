package probe

import (
	"fmt"
	"net/netip"
	"sync"
	"time"
)

// fuse is the breaker: a control device that accepted a connection and then reset it or fell silent, or that takes three times as long to
// refuse one as it did at first, is asked no further. When it is two of one /24, nothing more in that /24 is asked.
type fuse struct {
	mu    sync.Mutex
	hurt  map[netip.Prefix]map[netip.Addr]bool
	told  map[netip.Prefix]bool
	loose bool // tests only: never blows
}

func subnet(a netip.Addr) netip.Prefix { return netip.PrefixFrom(a, 24).Masked() }

const fuseAt = 2

func (f *fuse) blown(a netip.Addr) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return !f.loose && len(f.hurt[subnet(a)]) >= fuseAt
}

// saw takes note of what an exchange with a host came to.
func (f *fuse) saw(r *run, h *visitor, p *Protocol, o outcome) {
	if o != broken || !p.OT {
		return
	}
	f.hit(r, h, "熔断：接受连接后失去应答")
}

// The rule of the slower answer: slowTimes as long as the quickest answer until now, but never because of less than slowFloor, which a busy
// computer of our own makes by itself.
const (
	slowTimes = 3
	slowFloor = 300 * time.Millisecond
)

// timed takes note of how long a control device took to refuse a connection: those that it accepts are one, and take
// another time on some systems.
func (f *fuse) timed(r *run, h *visitor, took time.Duration) {
	h.mu.Lock()
	first := h.quickest
	if first == 0 || took < first {
		h.quickest = took
	}
	stopped := h.host.Stopped != ""
	h.mu.Unlock()
	if first > 0 && took > slowTimes*first && took > slowFloor*r.times && !stopped && !f.loose {
		f.hit(r, h, "熔断：应答时间升到开始时的三倍以上")
	}
}

// hit stops a device and, as the second of its subnet, the subnet.
func (f *fuse) hit(r *run, h *visitor, why string) {
	h.mu.Lock()
	h.host.Stopped = why
	h.mu.Unlock()
	f.mu.Lock()
	n := subnet(h.addr)
	if f.hurt == nil {
		f.hurt, f.told = map[netip.Prefix]map[netip.Addr]bool{}, map[netip.Prefix]bool{}
	}
	if f.hurt[n] == nil {
		f.hurt[n] = map[netip.Addr]bool{}
	}
	f.hurt[n][h.addr] = true
	tell := len(f.hurt[n]) >= fuseAt && !f.told[n] && !f.loose
	f.told[n] = f.told[n] || tell
	f.mu.Unlock()
	if tell {
		r.note(fmt.Sprintf("熔断：%s 有 %d 台控制设备失去应答或明显变慢，这个网段不再询问。请到现场看设备状态，排除它们后再扫描。", n, fuseAt))
	}
}
