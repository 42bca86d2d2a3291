//go:build !linux

package probe

import (
	"context"
	"net/netip"
	"os/exec"
	"time"
)

// addressTable reads the system's IPv4 address table. `arp -a` (Windows) and `arp -an` (macOS) only print it.
func addressTable() (map[netip.Addr]neighbour, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "arp", "-a", "-n").Output()
	if err != nil {
		if out, err = exec.CommandContext(ctx, "arp", "-a").Output(); err != nil {
			return nil, err
		}
	}
	return parseTable(string(out)), nil
}
