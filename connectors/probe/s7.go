package probe

import (
	"encoding/binary"
	"fmt"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Siemens S7 over ISO-on-TCP: one connection request (TSAP of rack 0 slot 2), one setup, one read of the system status list 0x0011
// (module identification). Three frames; no second TSAP is tried, nothing else of the S7 services is ever sent.
const (
	s7Connect  = "0300001611e00000001400c1020100c2020102c0010a"
	s7Setup    = "0300001902f08032010000000000080000f0000001000101e0"
	s7Identify = "0300002102f080320700000100000800080001120411440100ff09000400110000"
)

func init() {
	register(Protocol{
		Name: "s7", Title: "西门子 S7", OT: true, Transport: TCP, Ports: []int{102}, Frames: 3, Bytes: 80,
		Danger:    "占用 PLC 的一个连接资源，问完立即归还",
		Templates: []Template{{Name: "cotp-connect", Mask: s7Connect}, {Name: "s7-setup", Mask: s7Setup}, {Name: "szl-0011", Mask: s7Identify}},
		Ask:       askS7,
		Read:      readS7,
	})
}

func askS7(t *Talk) error {
	for i, frame := range []string{s7Connect, s7Setup, s7Identify} {
		if err := t.Send(fixed(frame)); err != nil {
			return err
		}
		b, err := t.Receive(tpktSize)
		if err != nil {
			return err
		}
		if i == 0 && (len(b) < 6 || b[5]&0xf0 != 0xd0) || i == 1 && (len(b) < 9 || b[7] != 0x32) {
			return errNotOurs
		}
	}
	return nil
}

// tpktSize tells the length of a TPKT packet (RFC 1006).
func tpktSize(b []byte) (int, error) {
	if b[0] != 3 {
		return 0, errNotOurs
	}
	if len(b) < 4 {
		return 0, errMore
	}
	n := int(binary.BigEndian.Uint16(b[2:]))
	if n < 7 || n > 8192 {
		return 0, errNotOurs
	}
	return n, nil
}

// readS7 reads the answers: the connection confirm alone only proves ISO-on-TCP, the setup's answer proves S7.
func readS7(answers [][]byte, id *scan.Identity) error {
	for _, a := range answers {
		if len(a) == 0 {
			return errNotOurs
		}
		if n, err := tpktSize(a); err != nil || n > len(a) {
			return errNotOurs
		}
	}
	if a := answers[0]; len(a) < 6 || a[5]&0xf0 != 0xd0 {
		return errNotOurs
	}
	if len(answers) < 2 || len(answers[1]) < 9 || answers[1][7] != 0x32 {
		fact(id, "ISO-on-TCP", "有应答，不是 S7 或不肯建立 S7 会话")
		return nil
	}
	id.Class, id.Nameplate.Manufacturer = scan.ClassPLC, "Siemens"
	if len(answers) > 2 {
		s7Modules(answers[2], id)
	}
	return nil
}

// s7Modules reads the 28-byte records of the list: index 1 the module, 6 the basic hardware, 7 the firmware.
func s7Modules(b []byte, id *scan.Identity) {
	const head = 41 // TPKT, COTP, S7 head, parameters, data head, list head
	if len(b) < 30 || b[7] != 0x32 || b[8] != 7 {
		return
	}
	if code := binary.BigEndian.Uint16(b[27:29]); code != 0 || b[29] != 0xff {
		fact(id, "读模块标识", fmt.Sprintf("设备拒绝（%04X）", code))
		return
	}
	if len(b) < head {
		return
	}
	size, count := int(binary.BigEndian.Uint16(b[37:])), int(binary.BigEndian.Uint16(b[39:]))
	if size < 28 || size > 256 {
		return
	}
	rest := b[head:]
	for range count {
		if len(rest) < size {
			return
		}
		r := rest[:size]
		rest = rest[size:]
		order := words(r[2:22])
		switch binary.BigEndian.Uint16(r) {
		case 1:
			id.Nameplate.ProductCode = order
		case 6:
			fact(id, "基本硬件", order)
			if v := binary.BigEndian.Uint16(r[24:]); v > 0 {
				id.Nameplate.HardwareRevision = fmt.Sprint(v)
			}
		case 7:
			if r[24] == 'V' {
				id.Nameplate.SoftwareRevision = fmt.Sprintf("V%d.%d.%d", r[25], r[26], r[27])
			}
		}
	}
}
