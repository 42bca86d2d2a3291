package probe

import "github.com/shangyuntong/shangyun/survey/scan"

// IEC 60870-5-104: one TESTFR act. It tells only that the station speaks 104. STARTDT and interrogations could displace the active master
// and are never sent.
const iec104Test = "680443000000"

func init() {
	register(Protocol{
		Name: "iec104", Title: "IEC 60870-5-104", OT: true, Transport: TCP, Ports: []int{2404}, Frames: 1, Bytes: 6,
		Danger:    "只测链路，不启动传输",
		Templates: []Template{{Name: "testfr-act", Mask: iec104Test}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(iec104Test)); err != nil {
				return err
			}
			_, err := t.Receive(iec104Size)
			return err
		},
		Read: func(answers [][]byte, id *scan.Identity) error {
			b := answers[0]
			if len(b) < 6 || b[0] != 0x68 || b[1] < 4 || int(b[1])+2 > len(b) || b[2] != 0x83 && b[2] != 0x43 {
				return errNotOurs
			}
			id.Class = scan.ClassRTU
			return nil
		},
	})
}

func iec104Size(b []byte) (int, error) {
	if b[0] != 0x68 {
		return 0, errNotOurs
	}
	if len(b) < 2 {
		return 0, errMore
	}
	if b[1] < 4 || b[1] > 253 {
		return 0, errNotOurs
	}
	return 2 + int(b[1]), nil
}
