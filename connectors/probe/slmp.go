package probe

import (
	"encoding/binary"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Mitsubishi SLMP / MC protocol, 3E frame, binary: READ TYPE NAME (0101). A port is open only where the program opened it, and often serves
// one partner: opt-in.
const slmpRead = "5000 00 ff ff03 00 0600 1000 0101 0000"

func init() {
	register(Protocol{
		Name: "slmp", Title: "三菱 SLMP（MC 协议）", OT: true, OptIn: true, Transport: TCP, Ports: []int{5007}, Frames: 1, Bytes: 15,
		Danger:    "一个端口往往只留给一个伙伴，连接可能挤掉人机界面",
		Templates: []Template{{Name: "read-type-name", Mask: slmpRead}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(slmpRead)); err != nil {
				return err
			}
			_, err := t.Receive(slmpSize)
			return err
		},
		Read: readSLMP,
	})
}

func slmpSize(b []byte) (int, error) {
	if b[0] != 0xd0 {
		return 0, errNotOurs
	}
	if len(b) < 9 {
		return 0, errMore
	}
	n := int(binary.LittleEndian.Uint16(b[7:]))
	if b[1] != 0 || n < 2 || n > 2048 {
		return 0, errNotOurs
	}
	return 9 + n, nil
}

func readSLMP(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	if len(b) == 0 {
		return errNotOurs
	}
	if n, err := slmpSize(b); err != nil || n > len(b) || len(b) < 11 {
		return errNotOurs
	}
	id.Class, id.Nameplate.Manufacturer = scan.ClassPLC, "Mitsubishi Electric"
	if code := binary.LittleEndian.Uint16(b[9:]); code != 0 || len(b) < 11+16 {
		fact(id, "结束码", hexByte(b[10])+hexByte(b[9]))
		return nil
	}
	id.Nameplate.Model = words(b[11:27])
	if len(b) >= 29 {
		fact(id, "型号代码", hexByte(b[28])+hexByte(b[27]))
	}
	return nil
}
