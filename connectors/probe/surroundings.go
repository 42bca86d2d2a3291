package probe

import (
	"context"
	"net/netip"
	"slices"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Surroundings implements wizard.NetScanner: interfaces, the address table and the lease files, nothing is sent.
func (s *Scanner) Surroundings(ctx context.Context) (scan.Surroundings, error) {
	var out scan.Surroundings
	at := s.Now().UTC()
	for _, i := range interfaces() {
		size := 1 << (32 - i.prefix.Bits())
		n := scan.Network{Interface: i.name, Address: i.addr.String(), CIDR: i.prefix.String(), Hosts: max(size-2, 1), Private: allowedAddress(i.addr)}
		n.TooBig = n.Hosts > maxHosts
		out.Networks = append(out.Networks, n)
		out.Hosts = append(out.Hosts, scan.Host{Address: i.addr.String(), MAC: i.mac.String(), Vendor: vendor(i.mac), Seen: at, Source: []scan.SourceKind{scan.FromSelf}})
	}
	table, err := addressTable()
	if err != nil {
		out.Skipped = append(out.Skipped, scan.Skip{What: "地址表", Why: "系统没有给出", Enable: "在命令行运行 arp -a 看看能否列出"})
	}
	var addrs []netip.Addr
	for a, n := range table {
		if n.live {
			addrs = append(addrs, a)
		}
	}
	slices.SortFunc(addrs, netip.Addr.Compare)
	for _, a := range addrs {
		out.Hosts = append(out.Hosts, scan.Host{Address: a.String(), MAC: table[a].mac.String(), Vendor: vendor(table[a].mac), Seen: at, Source: []scan.SourceKind{scan.FromNeighbour}})
	}
	out.Hosts = append(out.Hosts, s.leases(&out)...)
	return out, ctx.Err()
}
