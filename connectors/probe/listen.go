package probe

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// group is a multicast group that devices tell themselves to.
type group struct {
	protocol, address string
	port              int
}

var groups = []group{{"mdns", "224.0.0.251", 5353}, {"ssdp", "239.255.255.250", 1900}, {"wsd", "239.255.255.250", 3702}}

// maxHeard bounds what is kept of one listening.
const maxHeard = 4096

// ear gathers what is heard.
type ear struct {
	mu    sync.Mutex
	now   func() time.Time
	tell  func(scan.Event)
	hosts map[string]*scan.Host
	order []string
	wires *wires
}

// Listen implements wizard.NetScanner. It joins the groups and, where the right exists, hears LLDP and PROFINET frames; it sends nothing
// itself (joining lets the system announce the membership).
func (s *Scanner) Listen(ctx context.Context, seconds int, tell func(scan.Event)) (scan.Report, error) {
	if tell == nil {
		tell = func(scan.Event) {}
	}
	rep := scan.Report{Started: s.Now().UTC()}
	until, cancel := context.WithTimeout(ctx, time.Duration(seconds)*time.Second)
	defer cancel()
	e := &ear{now: s.Now, tell: tell, hosts: map[string]*scan.Host{}, wires: newWires()}
	var wg sync.WaitGroup
	heard := 0
	for _, i := range interfaces() {
		if !i.multi {
			continue
		}
		for _, g := range groups {
			c, err := join(i, g)
			if err != nil {
				rep.Skipped = append(rep.Skipped, scan.Skip{What: fmt.Sprintf("%s（%s）", registry[g.protocol].Title, i.name), Why: "端口被别的程序独占或网卡不允许", Enable: "关闭占用 UDP " + fmt.Sprint(g.port) + " 的程序后再听"})
				continue
			}
			heard++
			wg.Go(func() { e.group(until, c, registry[g.protocol]) })
		}
		raw, err := openLayer2(i, etherLLDP, etherPROFINET)
		if err != nil {
			rep.Skipped = append(rep.Skipped, scan.Skip{What: fmt.Sprintf("LLDP 和 PROFINET（%s）", i.name), Why: "没有收二层帧的权限", Enable: layer2Hint})
			continue
		}
		heard++
		wg.Go(func() {
			raw.hear(until, func(frame []byte) {
				for _, proto := range []string{"lldp", "dcp"} {
					e.heard(netip.Addr{}, registry[proto], frame, i.name)
				}
			})
		})
	}
	if heard == 0 {
		return rep, survey.Fail(survey.CodeScanNetwork, "probe.listen", "没有可以监听的网卡")
	}
	e.count(until, seconds)
	wg.Wait()
	rep.Ended, rep.Stopped = s.Now().UTC(), ctx.Err() != nil
	for _, key := range e.order {
		rep.Hosts = append(rep.Hosts, *e.hosts[key])
	}
	slices.SortStableFunc(rep.Hosts, func(a, b scan.Host) int { return strings.Compare(a.Address, b.Address) })
	return rep, nil
}

// count tells the time until it is over.
func (e *ear) count(ctx context.Context, seconds int) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for n := 0; ; n++ {
		e.mu.Lock()
		e.tell(scan.Event{Kind: scan.EventProgress, At: e.now().UTC(), Done: min(n, seconds), Total: seconds, Left: max(seconds-n, 0)})
		e.mu.Unlock()
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

func join(i iface, g group) (*net.UDPConn, error) {
	nic, err := net.InterfaceByIndex(i.index)
	if err != nil {
		return nil, err
	}
	return net.ListenMulticastUDP("udp4", nic, &net.UDPAddr{IP: net.ParseIP(g.address), Port: g.port})
}

// group hears one group on one interface until ctx ends.
func (e *ear) group(ctx context.Context, c *net.UDPConn, p *Protocol) {
	stop := context.AfterFunc(ctx, func() { _ = c.Close() })
	defer stop()
	buf := make([]byte, datagramMax)
	for {
		n, from, err := c.ReadFromUDPAddrPort(buf)
		if err != nil {
			return
		}
		if a := from.Addr().Unmap(); allowedAddress(a) {
			e.heard(a, p, slices.Clone(buf[:n]), from.String())
		}
	}
}

// heard reads what one device told and puts it to its host. The same again is not told anew.
func (e *ear) heard(a netip.Addr, p *Protocol, b []byte, where string) {
	id, err := read(p, [][]byte{b}, nil)
	if err != nil {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	key, mac := a.String(), ""
	if !a.IsValid() {
		key = ""
	}
	for _, f := range id.Facts {
		switch {
		case f.Key == "MAC" && p.Transport != UDP:
			mac = f.Value
		case f.Key == addressKey && p.Transport != UDP && key == "":
			key = f.Value
		}
	}
	at := key
	if at == "" {
		at = mac
	}
	h := e.hosts[at]
	if h == nil {
		if len(e.hosts) >= maxHeard {
			return
		}
		h = &scan.Host{Address: key, MAC: mac, Source: []scan.SourceKind{scan.FromListening}}
		e.hosts[at], e.order = h, append(e.order, at)
	}
	if m := parseMAC(mac); m != nil {
		h.MAC, h.Vendor = mac, vendor(m)
	} else if a.IsValid() {
		e.wires.describe(a, h)
	}
	id.Where, id.At, h.Seen = where, e.now().UTC(), e.now().UTC()
	h.OT = h.OT || p.OT
	for i, known := range h.Identities {
		if known.Protocol == p.Name {
			if len(known.Facts) >= len(id.Facts) {
				return
			}
			h.Identities[i] = id
			e.say(h)
			return
		}
	}
	h.Identities = append(h.Identities, id)
	e.say(h)
}

func (e *ear) say(h *scan.Host) {
	copied := *h
	copied.Identities = slices.Clone(h.Identities)
	e.tell(scan.Event{Kind: scan.EventHost, At: e.now().UTC(), Host: &copied})
}
