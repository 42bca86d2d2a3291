package probe

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Omron FINS over UDP: one CONTROLLER DATA READ (0501, W342). FINS/TCP would take one of few node addresses and is not used.
const finsRead = "80000200 00??00 006300 ef 0501 00"

func init() {
	register(Protocol{
		Name: "fins", Title: "欧姆龙 FINS", OT: true, Transport: UDP, Ports: []int{9600}, Frames: 1, Bytes: 13,
		Templates: []Template{{Name: "controller-data-read", Mask: finsRead}},
		Ask: func(t *Talk) error {
			a := t.Host.As4() // the destination node is by default the last byte of the address
			if err := t.Send(fixed(finsRead, a[3])); err != nil {
				return err
			}
			_, err := t.Receive(nil)
			return err
		},
		Read: readFINS,
	})
}

func readFINS(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	if len(b) >= 16+8 && string(b[:4]) == "FINS" { // the same inside FINS/TCP, as in old recordings
		b = b[16:]
	}
	if len(b) < 14 || b[0]&0xc0 != 0xc0 || b[10] != 5 || b[11] != 1 {
		return errNotOurs
	}
	id.Class, id.Nameplate.Manufacturer = scan.ClassPLC, "Omron"
	if b[12]&0x7f != 0 || b[13]&0x3f != 0 || len(b) < 14+40 {
		fact(id, "结束码", hexByte(b[12])+hexByte(b[13]))
		return nil
	}
	id.Nameplate.Model = finsWord(b[14:34])
	id.Nameplate.SoftwareRevision = finsWord(b[34:54])
	return nil
}

// finsWord reads a name that ends at a zero byte.
func finsWord(b []byte) string {
	s, _, _ := strings.Cut(string(b), "\x00")
	return words([]byte(s))
}
