package host

import (
	"context"
	"net/netip"
	"runtime"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shirou/gopsutil/v3/cpu"
	"github.com/shirou/gopsutil/v3/disk"
	"github.com/shirou/gopsutil/v3/host"
	"github.com/shirou/gopsutil/v3/mem"
	"github.com/shirou/gopsutil/v3/net"
)

// questions are all that is asked of the system.
var questions = []question{askSystem, askProcessor, askCores, askMemory, askDisk, askNetwork, askPlate}

func askSystem(ctx context.Context) func(*facts) {
	platform, _, version, err := host.PlatformInformationWithContext(ctx)
	if err != nil {
		return nil
	}
	_, role, virtErr := host.VirtualizationWithContext(ctx)
	return func(f *facts) {
		if f.system = strings.TrimSpace(platform + " " + version); f.system == "" {
			f.system = runtime.GOOS
		}
		f.guest = virtErr == nil && role == "guest"
	}
}

func askProcessor(ctx context.Context) func(*facts) {
	list, err := cpu.InfoWithContext(ctx)
	if err != nil || len(list) == 0 {
		return nil
	}
	model := strings.Join(strings.Fields(list[0].ModelName), " ")
	return func(f *facts) { f.processor = model }
}

func askCores(ctx context.Context) func(*facts) {
	n, err := cpu.CountsWithContext(ctx, true)
	if err != nil || n < 1 {
		return nil
	}
	return func(f *facts) { f.cores = n }
}

func askMemory(ctx context.Context) func(*facts) {
	m, err := mem.VirtualMemoryWithContext(ctx)
	if err != nil || m == nil {
		return nil
	}
	return func(f *facts) { f.memory = m.Total }
}

// askDisk adds up local file systems, each device once; where none is listed (containers) the root speaks for all.
func askDisk(ctx context.Context) func(*facts) {
	total, seen := uint64(0), map[string]bool{}
	list, _ := disk.PartitionsWithContext(ctx, false) // on an error the root is asked instead
	for _, p := range list {
		if seen[p.Device] || isImage(p) {
			continue
		}
		seen[p.Device] = true
		if u, err := disk.UsageWithContext(ctx, p.Mountpoint); err == nil {
			total += u.Total
		}
	}
	if total == 0 {
		u, err := disk.UsageWithContext(ctx, root())
		if err != nil {
			return nil
		}
		total = u.Total
	}
	return func(f *facts) { f.disk = total }
}

// isImage tells packages and discs that are mounted from a file or a drive and are no room of this computer.
func isImage(p disk.PartitionStat) bool {
	switch strings.ToLower(p.Fstype) {
	case "squashfs", "iso9660", "udf", "cdfs":
		return true
	}
	return strings.HasPrefix(p.Device, "/dev/loop")
}

func root() string {
	if runtime.GOOS == "windows" {
		return `C:\`
	}
	return "/"
}

func askNetwork(ctx context.Context) func(*facts) {
	list, err := net.InterfacesWithContext(ctx)
	if err != nil {
		return nil
	}
	n, connected, macs := 0, false, []string(nil)
	for _, i := range list {
		if has(i.Flags, "loopback") || inner(i.Name) {
			continue
		}
		n++
		connected = connected || has(i.Flags, "up") && reachable(i.Addrs)
		if mac, err := survey.ParseMAC(i.HardwareAddr); err == nil && !made(mac) {
			macs = append(macs, mac)
		}
	}
	return func(f *facts) { f.interfaces, f.connected, f.macs = n, survey.TriOf(connected), macs }
}

// made tells a MAC address that a program made up (the local bit): it changes from day to day.
func made(mac string) bool { return strings.IndexByte("2367abef", mac[1]) >= 0 }

// inner tells interfaces that only join programs on this computer: containers and virtual machines.
func inner(name string) bool {
	for _, p := range []string{"docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "vethernet", "lxc", "cni", "flannel"} {
		if strings.HasPrefix(strings.ToLower(name), p) {
			return true
		}
	}
	return false
}

// reachable tells whether one address is more than what a computer gives itself when nobody answers.
func reachable(list []net.InterfaceAddr) bool {
	for _, a := range list {
		text, _, _ := strings.Cut(a.Addr, "/")
		ip, err := netip.ParseAddr(text)
		if err == nil && !ip.IsLoopback() && !ip.IsLinkLocalUnicast() && !ip.IsUnspecified() {
			return true
		}
	}
	return false
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
