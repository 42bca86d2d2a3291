package probe

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// LLDP is only listened to (IEEE 802.1AB): devices tell name, port and, Siemens ones, order number, firmware and serial number by themselves.
func init() {
	register(Protocol{Name: "lldp", Title: "LLDP（只听）", Transport: Heard, Read: readLLDP})
}

// readLLDP reads one Ethernet frame.
func readLLDP(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	if len(b) < 14 || binary.BigEndian.Uint16(b[12:]) != 0x88cc {
		return errNotOurs
	}
	fact(id, "MAC", net.HardwareAddr(b[6:12]).String())
	id.Nameplate.Manufacturer = vendor(net.HardwareAddr(b[6:12]))
	rest, chassis := b[14:], false
	for range 64 {
		if len(rest) < 2 {
			break
		}
		head := binary.BigEndian.Uint16(rest)
		kind, n := head>>9, int(head&0x1ff)
		if kind == 0 || len(rest) < 2+n {
			break
		}
		chassis = lldpField(id, kind, rest[2:2+n]) || chassis
		rest = rest[2+n:]
	}
	if !chassis {
		return errNotOurs
	}
	return nil
}

func lldpField(id *scan.Identity, kind uint16, v []byte) (chassis bool) {
	switch kind {
	case 1:
		if len(v) > 1 && v[0] == 7 {
			fact(id, "机箱", words(v[1:]))
		}
		return len(v) > 1
	case 2:
		if len(v) > 1 && v[0] != 3 {
			fact(id, "端口", words(v[1:]))
		}
	case 4:
		fact(id, "端口说明", words(v))
	case 5:
		id.Name = words(v)
	case 6:
		s := words(v)
		fact(id, "系统说明", s)
		if strings.Contains(strings.ToLower(s), "siemens") || strings.Contains(strings.ToLower(s), "simatic") {
			id.Nameplate.Manufacturer, id.Class = "Siemens", scan.ClassPLC
			siemensDescr(id, s)
		}
	case 7:
		if len(v) == 4 && id.Class == "" && binary.BigEndian.Uint16(v[2:])&0x14 != 0 {
			id.Class = scan.ClassSwitch
		}
	case 8:
		if len(v) >= 6 && v[1] == 1 {
			fact(id, addressKey, netip.AddrFrom4([4]byte(v[2:6])).String())
		}
	case 127:
		if len(v) == 10 && v[0] == 0 && v[1] == 0x0e && v[2] == 0xcf && v[3] == 5 {
			fact(id, "PROFINET 机箱 MAC", fmt.Sprint(net.HardwareAddr(v[4:])))
		}
	}
	return false
}

// addressKey is the fact that names the IPv4 address of a device heard on layer 2.
const addressKey = "地址"
