package probe

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"time"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// PROFINET DCP (IEC 61158-6-10): one Identify request to the group of all PROFINET devices on the wire, where frames may be sent and after
// consent. Each device answers once, by itself, within the delay that the request names; devices without an IP address answer as well. Set,
// flash and reset (FrameID FEFD) could change a device and are never sent. Answers to others and hellos are heard while listening.
func init() {
	register(Protocol{
		Name: "dcp", Title: "PROFINET DCP", OT: true, Transport: Layer2, Frames: 1, Bytes: 60,
		Danger: "向本机直连的网段发一帧组播识别请求，同一二层网络里每台 PROFINET 设备应答一次，不分地址范围；从不发设置、闪灯、复位",
		Templates: []Template{{
			Name: "identify all", Mask: dcpAll, Rule: "源地址是单播地址", Check: func(b []byte) bool { return b[6]&1 == 0 },
		}},
		Read: readDCP,
	})
}

// dcpAll: to the group, from ??, FrameID FEFE (identify), service 5 request, a transaction number, answers spread over 128 × 10 ms, one block
// that asks for everyone, filled up to the shortest frame.
const dcpAll = "010ecf000000 ???????????? 8892 fefe 05 00 ???????? 0080 0004 ffff 0000" + "000000000000000000000000000000000000000000000000000000000000"

// dcpTime is how long answers are waited for: the spread and the 400 ms that a device may take besides.
const dcpTime = 2500 * time.Millisecond

// dcpTo gives the transaction number of an identify response.
func dcpTo(frame []byte) []byte {
	at := 14
	if len(frame) >= 18 && binary.BigEndian.Uint16(frame[12:]) == 0x8100 {
		at = 18
	}
	if len(frame) < at+8 {
		return nil
	}
	return frame[at+4 : at+8]
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
