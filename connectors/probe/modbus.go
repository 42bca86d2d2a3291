package probe

import (
	"encoding/binary"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Modbus/TCP, function 43/14 (Modbus Application Protocol V1.1b3, 6.21): basic identification of unit 1, in one request. Other units are
// never tried: behind a gateway each unknown one may block the serial bus for a second. Functions that read or write process data, 08 and
// 90 are never sent.
const modbusIdentify = "0001 0000 0005 01 2b 0e 01 00"

func init() {
	register(Protocol{
		Name: "modbus", Title: "Modbus/TCP", OT: true, Transport: TCP, Ports: []int{502}, Frames: 1, Bytes: 11,
		Danger:    "网关后面的串口总线慢，只问一个单元号",
		Templates: []Template{{Name: "read-device-identification", Mask: modbusIdentify}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(modbusIdentify)); err != nil {
				return err
			}
			_, err := t.Receive(modbusSize)
			return err
		},
		Read: readModbus,
	})
}

// modbusSize tells the length of a Modbus/TCP answer from its head.
func modbusSize(b []byte) (int, error) {
	if len(b) < 7 {
		return 0, errMore
	}
	n := int(binary.BigEndian.Uint16(b[4:]))
	if binary.BigEndian.Uint16(b[2:]) != 0 || n < 3 || n > 254 {
		return 0, errNotOurs
	}
	return 6 + n, nil
}

func readModbus(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	if n, err := modbusSize(b); err != nil || n > len(b) || b[0] != 0 || b[1] != 1 {
		return errNotOurs
	}
	id.Class = scan.ClassPLC
	switch {
	case b[7] == 0xab: // it speaks Modbus but does not say who it is
		if len(b) > 8 {
			fact(id, "例外码", hexByte(b[8]))
		}
		return nil
	case b[7] != 0x2b || len(b) < 14 || b[8] != 0x0e:
		return errNotOurs
	}
	rest, count := b[14:], int(b[13])
	for range count {
		if len(rest) < 2 || len(rest) < 2+int(rest[1]) {
			break
		}
		modbusObject(id, rest[0], words(rest[2:2+int(rest[1])]))
		rest = rest[2+int(rest[1]):]
	}
	return nil
}

func modbusObject(id *scan.Identity, object byte, value string) {
	switch n := &id.Nameplate; object {
	case 0:
		n.Manufacturer = value
	case 1:
		n.ProductCode = value
	case 2:
		n.SoftwareRevision = value
	case 3:
		n.ManufacturerURI = value
	case 4:
		id.Name = value
	case 5:
		n.Model = value
	default:
		fact(id, "对象 "+hexByte(object), value)
	}
}

func hexByte(b byte) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[b>>4], digits[b&15]})
}
