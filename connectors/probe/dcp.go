package probe

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// PROFINET DCP is only listened to: what devices answer to an engineering station or say when they start. Set, flash and reset (FrameID
// FEFD) could change a device; no DCP frame is sent at all.
func init() {
	register(Protocol{Name: "dcp", Title: "PROFINET DCP（只听）", OT: true, Transport: Heard, Read: readDCP})
}

var profinetVendors = map[uint16]string{0x002a: "Siemens", 0x011e: "Hilscher", 0x00b0: "Phoenix Contact", 0x011d: "WAGO", 0x0120: "Beckhoff", 0x0019: "Bosch Rexroth", 0x001a: "ABB", 0x014e: "Festo", 0x010c: "HMS Industrial Networks", 0x0134: "Turck", 0x0101: "SICK"}

// readDCP reads one Ethernet frame: an identify response or a hello.
func readDCP(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	if len(b) < 14 {
		return errNotOurs
	}
	mac, at := net.HardwareAddr(b[6:12]), 14
	if binary.BigEndian.Uint16(b[12:]) == 0x8100 && len(b) >= 18 {
		at = 18
	}
	if binary.BigEndian.Uint16(b[at-2:]) != 0x8892 || len(b) < at+12 {
		return errNotOurs
	}
	frame := binary.BigEndian.Uint16(b[at:])
	hello := frame == 0xfefc && b[at+2] == 6
	if !hello && (frame != 0xfeff || b[at+2] != 5 || b[at+3] != 1) {
		return errNotOurs
	}
	fact(id, "MAC", mac.String())
	id.Nameplate.Manufacturer = vendor(mac)
	rest := b[at+12:]
	if n := int(binary.BigEndian.Uint16(b[at+10:])); n < len(rest) {
		rest = rest[:n]
	}
	for range 64 {
		if len(rest) < 4 {
			break
		}
		option, n := binary.BigEndian.Uint16(rest), int(binary.BigEndian.Uint16(rest[2:]))
		if len(rest) < 4+n {
			break
		}
		if n >= 2 {
			dcpBlock(id, option, rest[6:4+n])
		}
		rest = rest[min(len(rest), 4+n+n%2):]
	}
	return nil
}

// dcpBlock reads one block behind its two bytes of information.
func dcpBlock(id *scan.Identity, option uint16, v []byte) {
	be := binary.BigEndian
	switch {
	case option == 0x0201:
		id.Nameplate.Model = words(v)
	case option == 0x0202:
		id.Name = words(v)
	case option == 0x0203 && len(v) >= 4:
		if m := profinetVendors[be.Uint16(v)]; m != "" {
			id.Nameplate.Manufacturer = m
		}
		fact(id, "PROFINET 厂商/设备号", fmt.Sprintf("%04X/%04X", be.Uint16(v), be.Uint16(v[2:])))
	case option == 0x0204 && len(v) >= 1:
		id.Class = scan.ClassGateway
		if v[0]&2 != 0 {
			id.Class = scan.ClassPLC
		}
	case option == 0x0102 && len(v) >= 12:
		fact(id, addressKey, netip.AddrFrom4([4]byte(v[:4])).String())
	}
}
