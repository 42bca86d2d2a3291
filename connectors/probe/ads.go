package probe

import (
	"encoding/binary"
	"fmt"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Beckhoff ADS: one identification request to the UDP service. No route is added (command 6 never), TCP 48898 is not used.
const adsAsk = "03661471 00000000 01000000 000000000000 1027 00000000"

func init() {
	register(Protocol{
		Name: "ads", Title: "倍福 ADS", OT: true, Transport: UDP, Ports: []int{48899}, Frames: 1, Bytes: 24,
		Templates: []Template{{Name: "identify", Mask: adsAsk}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(adsAsk)); err != nil {
				return err
			}
			_, err := t.Receive(nil)
			return err
		},
		Read: readADS,
	})
}

func readADS(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	le := binary.LittleEndian
	if len(b) < 24 || le.Uint32(b) != 0x71146603 || le.Uint32(b[8:]) != 0x80000001 {
		return errNotOurs
	}
	id.Class, id.Nameplate.Manufacturer = scan.ClassPLC, "Beckhoff"
	fact(id, "AMS Net Id", fmt.Sprintf("%d.%d.%d.%d.%d.%d", b[12], b[13], b[14], b[15], b[16], b[17]))
	count, rest := le.Uint32(b[20:]), b[24:]
	for range min(count, 32) {
		if len(rest) < 4 {
			break
		}
		tag, n := le.Uint16(rest), int(le.Uint16(rest[2:]))
		if len(rest) < 4+n {
			break
		}
		adsTag(id, tag, rest[4:4+n])
		rest = rest[4+n:]
	}
	return nil
}

func adsTag(id *scan.Identity, tag uint16, v []byte) {
	le := binary.LittleEndian
	switch {
	case tag == 5:
		id.Name = finsWord(v)
	case tag == 3 && len(v) >= 4:
		id.Nameplate.SoftwareRevision = fmt.Sprintf("TwinCAT %d.%d.%d", v[0], v[1], le.Uint16(v[2:]))
	case tag == 4 && len(v) >= 16:
		fact(id, "操作系统", fmt.Sprintf("Windows %d.%d.%d", le.Uint32(v[4:]), le.Uint32(v[8:]), le.Uint32(v[12:])))
	}
}
