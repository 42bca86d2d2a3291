package probe

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// DL/T 645-2007 behind a serial gateway that the person names: one read of the meter's address by the wildcard. With more than one meter
// on the bus the answers collide, and the reading master owns the bus: never asked by itself. Writing (14) and control (1C) never.
const dltRead = "fefefefe 68 aaaaaaaaaaaa 68 13 00 df 16"

func init() {
	register(Protocol{
		Name: "dlt645", Title: "DL/T 645 电表（经串口网关）", OT: true, Named: true, Transport: TCP, Ports: []int{8899}, Frames: 1, Bytes: 16,
		Danger:    "总线上只能有一块表，且此时没有抄表主站在用",
		Templates: []Template{{Name: "read-address", Mask: dltRead}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(dltRead)); err != nil {
				return err
			}
			_, err := t.Receive(func(b []byte) (int, error) {
				for i := 0; i < len(b); i++ {
					if b[i] == 0xfe {
						continue
					}
					if b[i] != 0x68 {
						return 0, errNotOurs
					}
					if len(b) < i+10 {
						return 0, errMore
					}
					return i + 12 + int(b[i+9]), nil
				}
				return 0, errMore
			})
			return err
		},
		Read: readDLT645,
	})
}

func readDLT645(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	for len(b) > 0 && b[0] == 0xfe {
		b = b[1:]
	}
	if len(b) < 12 || b[0] != 0x68 || b[7] != 0x68 || len(b) < 12+int(b[9]) {
		return errNotOurs
	}
	n := 12 + int(b[9])
	var sum byte
	for _, x := range b[:n-2] {
		sum += x
	}
	if b[n-1] != 0x16 || b[n-2] != sum || b[8]&0x1f != 0x13 || b[8]&0x80 == 0 {
		return errNotOurs
	}
	id.Class = scan.ClassMeter
	serial := ""
	for i := 6; i >= 1; i-- { // BCD, lowest first
		serial += fmt.Sprintf("%02x", b[i])
	}
	id.Nameplate.SerialNumber = serial
	id.Nameplate.DeviceClass = "电能表"
	fact(id, "通信地址", serial)
	return nil
}
