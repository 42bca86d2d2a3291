package probe

import (
	"encoding/binary"
	"fmt"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// BACnet/IP, unicast only (a broadcast Who-Is floods serial networks behind routers): Who-Is, then ReadProperty of the answering device's
// own object (the wildcard instance 4194303): vendor name, model name, firmware, object name. Nothing is subscribed or written.
const (
	bacnetWhoIs = "810a0008 0100 1008"
	bacnetRead  = "810a0011 0104 0005 ?? 0c 0c023fffff 19 ??"
)

// Properties of a device object (ASHRAE 135): object-name, vendor-name, model-name, firmware-revision.
var bacnetProperties = []byte{77, 121, 70, 44}

func init() {
	register(Protocol{
		Name: "bacnet", Title: "BACnet/IP", OT: true, Transport: UDP, Ports: []int{47808}, Frames: 5, Bytes: 8 + 4*17,
		Danger:    "只单播，不广播",
		Templates: []Template{{Name: "who-is", Mask: bacnetWhoIs}, {Name: "read-property", Mask: bacnetRead, Rule: "属性 77、121、70、44", Check: bacnetAllowed}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(bacnetWhoIs)); err != nil {
				return err
			}
			if _, err := t.Receive(nil); err != nil {
				return err
			}
			for i, p := range bacnetProperties {
				t.extend(udpTime) // each answer has its own time
				if err := t.Send(fixed(bacnetRead, byte(i+1), p)); err != nil {
					return err
				}
				if _, err := t.Receive(nil); err != nil {
					return err
				}
			}
			return nil
		},
		Read: readBACnet,
	})
}

func bacnetAllowed(frame []byte) bool {
	for _, p := range bacnetProperties {
		if frame[16] == p {
			return true
		}
	}
	return false
}

// bacnetAPDU strips the virtual link and network heads.
func bacnetAPDU(b []byte) ([]byte, bool) {
	if len(b) < 8 || b[0] != 0x81 || b[1] != 0x0a && b[1] != 0x0b && b[1] != 0x04 {
		return nil, false
	}
	at := 4
	if b[1] == 0x04 { // forwarded: the original address stands before
		at = 10
	}
	if len(b) < at+2 || b[at] != 1 {
		return nil, false
	}
	control := b[at+1]
	at += 2
	if control&0x80 != 0 {
		return nil, false
	}
	for _, bit := range []byte{0x20, 0x08} { // destination, source specifier
		if control&bit != 0 {
			if len(b) < at+3 {
				return nil, false
			}
			at += 3 + int(b[at+2])
		}
	}
	if control&0x20 != 0 {
		at++
	}
	if at >= len(b) {
		return nil, false
	}
	return b[at:], true
}

func readBACnet(answers [][]byte, id *scan.Identity) error {
	ours := false
	for _, a := range answers {
		b, ok := bacnetAPDU(a)
		if !ok {
			continue
		}
		switch {
		case len(b) >= 10 && b[0] == 0x10 && b[1] == 0 && b[2] == 0xc4: // I-Am
			ours = true
			fact(id, "BACnet 设备号", fmt.Sprint(binary.BigEndian.Uint32(b[3:])&0x3fffff))
			if n, v := bacnetLast(b); n {
				fact(id, "BACnet 厂商号", fmt.Sprint(v))
			}
		case len(b) > 12 && b[0]&0xf0 == 0x30 && b[2] == 0x0c: // ReadProperty answered
			ours = bacnetValue(b, id) || ours
		case len(b) >= 3 && (b[0]&0xf0 == 0x50 || b[0]&0xf0 == 0x60): // error, reject
			ours = true
		}
	}
	if !ours {
		return errNotOurs
	}
	id.Class = scan.ClassBuild
	return nil
}

// bacnetLast reads the last unsigned of an I-Am, the vendor id.
func bacnetLast(b []byte) (bool, int) {
	switch n := len(b); {
	case b[n-2] == 0x21:
		return true, int(b[n-1])
	case b[n-3] == 0x22:
		return true, int(binary.BigEndian.Uint16(b[n-2:]))
	}
	return false, 0
}

// bacnetValue reads one character string out of an answer.
func bacnetValue(b []byte, id *scan.Identity) bool {
	// 30 id 0C, 0C + object (5), 19 property, 3E value 3F
	if len(b) < 13 || b[3] != 0x0c || b[8] != 0x19 || b[10] != 0x3e {
		return false
	}
	property, v := b[9], b[11:]
	if len(v) < 3 || v[0]>>4 != 7 {
		return true
	}
	length, at := int(v[0]&7), 1
	if length == 5 {
		length, at = int(v[1]), 2
		if length == 254 && len(v) >= 4 {
			length, at = int(binary.BigEndian.Uint16(v[2:])), 4
		}
	}
	if length < 1 || len(v) < at+length || v[at] != 0 { // character set 0 is UTF-8
		return true
	}
	s := words(v[at+1 : at+length])
	switch property {
	case 77:
		id.Name = s
	case 121:
		id.Nameplate.Manufacturer = s
	case 70:
		id.Nameplate.Model = s
	case 44:
		id.Nameplate.SoftwareRevision = s
	}
	return true
}
