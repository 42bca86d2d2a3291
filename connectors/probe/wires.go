package probe

import (
	"errors"
	"net"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// wires is what this computer knows of the wire without sending: its own subnets and the address table.
type wires struct {
	mu    sync.Mutex
	local []netip.Prefix // directly attached
	own   map[netip.Addr]bool
	table map[netip.Addr]neighbour
	read  time.Time
	ok    bool
}

// neighbour is one line of the address table.
type neighbour struct {
	mac  net.HardwareAddr
	name string // interface
	live bool   // the address was resolved
}

// tableAge is how long the table is taken as it was read.
const tableAge = 150 * time.Millisecond

func newWires() *wires {
	w := &wires{own: map[netip.Addr]bool{}}
	for _, n := range interfaces() {
		w.local = append(w.local, n.prefix)
		w.own[n.addr] = true
	}
	return w
}

// lookup gives the line of an address, reading the table anew when it is old.
func (w *wires) lookup(a netip.Addr) (n neighbour, listed, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if time.Since(w.read) > tableAge {
		table, err := addressTable()
		w.table, w.ok, w.read = table, err == nil, time.Now()
	}
	n, listed = w.table[a]
	return n, listed, w.ok
}

// dead tells whether an address of a directly attached subnet does not even answer for its MAC. It is asked after a first datagram or
// connection has made the system look for it; what cannot be told is not dead.
func (w *wires) dead(h *visitor) bool {
	h.mu.Lock()
	alive := h.alive
	h.mu.Unlock()
	a := h.addr
	if alive || w.own[a] || a.IsLoopback() {
		return false
	}
	attached := false
	for _, p := range w.local {
		attached = attached || p.Contains(a)
	}
	if !attached {
		return false
	}
	n, listed, ok := w.lookup(a)
	return ok && (!listed || !n.live)
}

// describe fills in MAC and vendor.
func (w *wires) describe(a netip.Addr, h *scan.Host) {
	if n, listed, _ := w.lookup(a); listed && n.live {
		h.MAC, h.Vendor = n.mac.String(), vendor(n.mac)
	}
}

// iface is one IPv4 address of an interface that is up.
type iface struct {
	name   string
	index  int
	addr   netip.Addr
	prefix netip.Prefix
	mac    net.HardwareAddr
	multi  bool // can do multicast
}

func interfaces() (out []iface) {
	list, err := net.Interfaces()
	if err != nil {
		return nil
	}
	for _, i := range list {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue
		}
		for _, a := range addrs {
			p, err := netip.ParsePrefix(a.String())
			if err != nil || !p.Addr().Is4() {
				continue
			}
			out = append(out, iface{i.Name, i.Index, p.Addr(), p.Masked(), i.HardwareAddr, i.Flags&net.FlagMulticast != 0})
		}
	}
	return out
}

// parseTable reads the address table in the forms of /proc/net/arp (Linux) and `arp -a` (Windows, macOS).
func parseTable(text string) map[netip.Addr]neighbour {
	out := map[netip.Addr]neighbour{}
	for line := range strings.Lines(text) {
		var n neighbour
		var addr netip.Addr
		f := strings.Fields(line)
		for i, word := range f {
			word = strings.Trim(word, "()")
			if a, err := netip.ParseAddr(word); err == nil && a.Is4() && !addr.IsValid() {
				addr = a
			}
			if m := parseMAC(word); m != nil && n.mac == nil {
				n.mac = m
			}
			if word == "on" && i+1 < len(f) {
				n.name = f[i+1]
			}
		}
		if len(f) == 6 && strings.HasPrefix(f[2], "0x") {
			n.name = f[5]
		}
		if addr.IsValid() && len(f) >= 3 && len(out) < 1<<16 {
			n.live = n.mac != nil && strings.Trim(n.mac.String(), "0:") != "" && n.mac[0]&1 == 0
			out[addr] = n
		}
	}
	return out
}

// parseMAC reads 00:1b:1b:0a:0b:0c, 00-1B-1B-0A-0B-0C and macOS's short 0:1b:1b:a:b:c.
func parseMAC(s string) net.HardwareAddr {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ':' || r == '-' })
	if len(parts) != 6 {
		return nil
	}
	for i, p := range parts {
		if len(p) == 1 {
			parts[i] = "0" + p
		}
	}
	m, err := net.ParseMAC(strings.Join(parts, ":"))
	if err != nil || len(m) != 6 {
		return nil
	}
	return m
}

func isUnreachable(err error) bool {
	return errors.Is(err, syscall.EHOSTUNREACH) || errors.Is(err, syscall.ENETUNREACH) || err != nil && strings.Contains(err.Error(), "unreachable host")
}
