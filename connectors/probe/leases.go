package probe

import (
	"io"
	"net/netip"
	"os"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// maxLeases bounds a lease file in bytes.
const maxLeases = 4 << 20

// leases reads the DHCP lease files the person named.
func (s *Scanner) leases(out *scan.Surroundings) (hosts []scan.Host) {
	for _, name := range s.Leases {
		f, err := os.Open(name)
		if err != nil {
			out.Skipped = append(out.Skipped, scan.Skip{What: "租约文件 " + name, Why: "打不开", Enable: "从路由器另存一份再选"})
			continue
		}
		b, _ := io.ReadAll(io.LimitReader(f, maxLeases))
		_ = f.Close()
		for _, h := range parseLeases(string(b)) {
			h.Seen = s.Now().UTC()
			hosts = append(hosts, h)
		}
	}
	return hosts
}

// parseLeases reads dnsmasq's lines ("1716000000 00:1b:… 192.168.1.9 name *") and dhcpd's blocks (lease 192.168.1.9 { … }).
func parseLeases(text string) (hosts []scan.Host) {
	at := map[string]int{}
	put := func(h scan.Host) {
		if i, ok := at[h.Address]; ok { // dhcpd appends: the last word counts
			hosts[i] = h
			return
		}
		if len(hosts) < maxHosts*4 {
			at[h.Address] = len(hosts)
			hosts = append(hosts, h)
		}
	}
	var block *scan.Host
	for line := range strings.Lines(text) {
		f := strings.Fields(strings.TrimRight(strings.TrimSpace(line), ";"))
		switch {
		case len(f) >= 3 && f[0] == "lease" && f[2] == "{":
			block = nil
			if a, err := netip.ParseAddr(f[1]); err == nil && a.Is4() {
				block = &scan.Host{Address: a.String(), Source: []scan.SourceKind{scan.FromLease}}
			}
		case block != nil && len(f) == 3 && f[0] == "hardware":
			setMAC(block, f[2])
		case block != nil && len(f) >= 2 && f[0] == "client-hostname":
			block.Names = []string{tidy(strings.Trim(f[1], `"`))}
		case block != nil && len(f) == 1 && f[0] == "}":
			put(*block)
			block = nil
		case block == nil && len(f) >= 4:
			if h, ok := leaseLine(f); ok {
				put(h)
			}
		}
	}
	return hosts
}

func leaseLine(f []string) (scan.Host, bool) {
	_, notTime := strconv.ParseInt(f[0], 10, 64)
	a, notAddr := netip.ParseAddr(f[2])
	if notTime != nil || notAddr != nil || !a.Is4() || parseMAC(f[1]) == nil {
		return scan.Host{}, false
	}
	h := scan.Host{Address: a.String(), Source: []scan.SourceKind{scan.FromLease}}
	setMAC(&h, f[1])
	if f[3] != "*" {
		h.Names = []string{tidy(f[3])}
	}
	return h, true
}

func setMAC(h *scan.Host, s string) {
	if m := parseMAC(s); m != nil {
		h.MAC, h.Vendor = m.String(), vendor(m)
	}
}
