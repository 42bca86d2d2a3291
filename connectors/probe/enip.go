package probe

import (
	"encoding/binary"
	"fmt"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// EtherNet/IP: one ListIdentity over UDP, unicast (CIP volume 2, 2-4.2). No session is registered, no connection opened. The sender
// context is random; its first two bytes stay zero, so that the device answers at once.
const enipList = "6300 0000 00000000 00000000 0000???????????? 00000000"

func init() {
	register(Protocol{
		Name: "enip", Title: "EtherNet/IP", OT: true, Transport: UDP, Ports: []int{44818}, Frames: 1, Bytes: 24,
		Templates: []Template{{Name: "list-identity", Mask: enipList}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(enipList, random(6)...)); err != nil {
				return err
			}
			_, err := t.Receive(nil)
			return err
		},
		Read: readENIP,
	})
}

var cipVendors = map[uint16]string{1: "Rockwell Automation/Allen-Bradley", 2: "Namco Controls", 5: "Rockwell Automation/Reliance", 26: "Festo", 40: "WAGO", 46: "ABB", 47: "Omron", 49: "Turck", 50: "Turck", 90: "HMS Industrial Networks",
	108: "Beckhoff", 161: "Mitsubishi Electric", 243: "Schneider Electric", 283: "Hilscher", 356: "Fanuc Robotics", 367: "Keyence", 562: "Phoenix Contact", 674: "Fanuc", 1251: "Siemens"}

var cipTypes = map[uint16]string{0x02: "变频器", 0x07: "通用离散 I/O", 0x0c: "通讯适配器", 0x0e: "PLC", 0x18: "人机界面", 0x22: "编码器", 0x25: "伺服驱动", 0x2b: "通用设备"}

func readENIP(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	// 24 bytes head, item count, type, length, then the identity item: version, 16 bytes socket address, 14 bytes, name, state.
	if len(b) < 24+2+4+33 || binary.LittleEndian.Uint16(b) != 0x63 || binary.LittleEndian.Uint16(b[26:]) != 0x0c {
		return errNotOurs
	}
	item := b[30:]
	le := binary.LittleEndian
	n := &id.Nameplate
	maker, kind := le.Uint16(item[18:]), le.Uint16(item[20:])
	n.Manufacturer = cipVendors[maker]
	if n.Manufacturer == "" {
		n.Manufacturer = fmt.Sprintf("CIP 厂商号 %d", maker)
	}
	n.ProductCode = fmt.Sprint(le.Uint16(item[22:]))
	n.SoftwareRevision = fmt.Sprintf("%d.%d", item[24], item[25])
	n.SerialNumber = fmt.Sprintf("%08X", le.Uint32(item[28:]))
	length := int(item[32])
	if len(item) < 33+length {
		return errNotOurs
	}
	n.Model = words(item[33 : 33+length])
	n.DeviceClass = cipTypes[kind]
	id.Class = scan.ClassPLC
	if kind == 0x18 {
		id.Class = scan.ClassHMI
	}
	fact(id, "CIP 设备类型", fmt.Sprintf("0x%02X %s", kind, cipTypes[kind]))
	fact(id, "状态字", fmt.Sprintf("%04X", le.Uint16(item[26:])))
	return nil
}
