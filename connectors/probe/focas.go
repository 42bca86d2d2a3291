package probe

import (
	"encoding/binary"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// FANUC FOCAS2: open, system information (cnc_sysinfo), close. The layout is known from public reverse engineering only and was never tried
// against a control: opt-in.
const (
	focasOpen  = "a0a0a0a0 0001 0101 0002 0002"
	focasInfo  = "a0a0a0a0 0001 2101 001e 0001 001c 0001 0001 0018 0000000000000000000000000000000000000000"
	focasClose = "a0a0a0a0 0001 0201 0000"
)

func init() {
	register(Protocol{
		Name: "focas", Title: "发那科 FOCAS", OT: true, OptIn: true, Transport: TCP, Ports: []int{8193}, Frames: 3, Bytes: 12 + 40 + 10,
		Danger:    "连接数少，采集和 DNC 正在用",
		Templates: []Template{{Name: "open", Mask: focasOpen}, {Name: "sysinfo", Mask: focasInfo}, {Name: "close", Mask: focasClose}},
		Ask: func(t *Talk) error {
			for _, f := range []string{focasOpen, focasInfo} {
				if err := t.Send(fixed(f)); err != nil {
					return err
				}
				if _, err := t.Receive(focasSize); err != nil {
					return err
				}
			}
			if err := t.Send(fixed(focasClose)); err != nil {
				return err
			}
			_, err := t.Receive(focasSize)
			return err
		},
		Read: readFOCAS,
	})
}

func focasSize(b []byte) (int, error) {
	for i := range min(4, len(b)) {
		if b[i] != 0xa0 {
			return 0, errNotOurs
		}
	}
	if len(b) < 10 {
		return 0, errMore
	}
	return 10 + int(binary.BigEndian.Uint16(b[8:])), nil
}

func readFOCAS(answers [][]byte, id *scan.Identity) error {
	if a := answers[0]; len(a) < 10 || binary.BigEndian.Uint32(a) != 0xa0a0a0a0 || a[6] != 1 || a[7] != 2 {
		return errNotOurs
	}
	id.Class, id.Nameplate.Manufacturer = scan.ClassCNC, "FANUC"
	if len(answers) < 2 {
		return nil
	}
	// Head 10, count 2, length 2, echo of the function 6, error 6 bytes, length of the data 2, then the record of 18 bytes.
	b := answers[1]
	if len(b) < 28+18 || binary.BigEndian.Uint32(b) != 0xa0a0a0a0 || b[6] != 0x21 || b[7] != 2 {
		return nil
	}
	d := b[28:]
	kind, series := strings.TrimSpace(words(d[4:6])), strings.TrimSpace(words(d[8:12]))
	id.Nameplate.Model = strings.TrimSpace("Series " + kind + "i " + series)
	if kind == "" {
		id.Nameplate.Model = ""
	}
	id.Nameplate.SoftwareRevision = words(d[12:16])
	fact(id, "机床类型", words(d[6:8]))
	fact(id, "轴数", words(d[16:18]))
	return nil
}
