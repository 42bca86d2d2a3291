package probe

import (
	"bytes"
	"context"
	"net/netip"
	"slices"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// The types of the frames that are heard.
const (
	etherLLDP     = 0x88cc
	etherPROFINET = 0x8892
)

// touches finds the subnets of this computer that an order touches and where a frame may be sent; else it says why not and what would help.
// A frame to a group reaches every device of the wire: with an excluded address on it none is sent.
func (j *job) touches() (why, enable string) {
	j.nets = nil
	for _, i := range interfaces() {
		if !i.multi || len(i.mac) != 6 || !slices.ContainsFunc(j.hosts, i.prefix.Contains) {
			continue
		}
		if j.excludes(i) {
			return "组播帧会到达您排除的地址", "不排除这个网段里的地址，或改用监听"
		}
		j.nets = append(j.nets, i)
	}
	if len(j.nets) == 0 {
		return "目标不在本机直连的网段", "把电脑接到设备所在的网段"
	}
	l, err := openLayer2(j.nets[0], etherPROFINET)
	if err != nil {
		j.nets = nil
		return "没有收发二层帧的权限", layer2Hint
	}
	l.close()
	return "", ""
}

// excludes tells whether an excluded address other than this computer's own lies in a subnet.
func (j *job) excludes(i iface) bool {
	for _, e := range j.order.Exclude {
		s, err := parseSpan(e) // was read before without an error
		own := s.from == i.addr && s.to == i.addr
		if err == nil && !own && number(s.from) <= number(last(i.prefix)) && number(s.to) >= number(i.prefix.Addr()) {
			return true
		}
	}
	return false
}

func last(p netip.Prefix) netip.Addr { return address(number(p.Addr()) + 1<<(32-p.Bits()) - 1) }

// askWire sends a protocol's one frame on one interface and takes down who answers to it.
func (r *run) askWire(ctx context.Context, p *Protocol, i iface) {
	l, err := openLayer2(i, etherPROFINET)
	if err != nil {
		return
	}
	id := random(4)
	if r.gate.wire(p, l, i).send(fixed(dcpAll, append(slices.Clone([]byte(i.mac)), id...)...)) != nil {
		l.close()
		return
	}
	until, done := context.WithTimeout(ctx, dcpTime*r.times)
	defer done()
	l.hear(until, func(frame []byte) {
		if bytes.Equal(dcpTo(frame), id) {
			r.onWire(p, frame)
		}
	})
}

// onWire puts an answer to the host it belongs to. A device whose address is not in the plan, or that has none, is a host of its own that is
// asked nothing more.
func (r *run) onWire(p *Protocol, frame []byte) {
	id, err := read(p, [][]byte{frame}, nil)
	if err != nil {
		return
	}
	h := scan.Host{OT: true, Seen: r.gate.now().UTC(), Source: []scan.SourceKind{scan.FromAsking}}
	for _, f := range id.Facts {
		switch f.Key {
		case "MAC":
			h.MAC, h.Vendor = f.Value, vendor(parseMAC(f.Value))
		case addressKey:
			h.Address = f.Value
		}
	}
	a, err := netip.ParseAddr(h.Address)
	if err == nil && slices.Contains(r.job.hosts, a) {
		r.shouts.keep(a, p.Name, frame)
		return
	}
	if err == nil && a.IsUnspecified() {
		h.Address = ""
	}
	id.Where, id.At = "二层", h.Seen
	h.Identities = []scan.Identity{id}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.beside[h.MAC]; known || len(r.beside) >= maxHeard {
		return
	}
	r.beside[h.MAC] = h
	r.tell(scan.Event{Kind: scan.EventHost, At: h.Seen, Done: int(r.done.Load()), Total: len(r.job.hosts), Host: &h})
}
