package probe

import (
	"fmt"
	"net/netip"
	"sync"
)

// fuse is the breaker: when two control devices of one /24 accepted a connection and then reset it or fell silent, nothing more in that
// /24 is asked. One such device is asked no further itself.
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
	h.mu.Lock()
	h.host.Stopped = "熔断：接受连接后失去应答"
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
		r.note(fmt.Sprintf("熔断：%s 有 %d 台控制设备接受连接后失去应答，这个网段不再询问。请到现场看设备状态，排除它们后再扫描。", n, fuseAt))
	}
}
