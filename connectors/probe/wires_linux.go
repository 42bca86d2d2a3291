package probe

import (
	"net/netip"
	"os"
)

// addressTable reads the system's IPv4 address table.
func addressTable() (map[netip.Addr]neighbour, error) {
	b, err := os.ReadFile("/proc/net/arp")
	if err != nil {
		return nil, err
	}
	return parseTable(string(b)), nil
}
