package probe

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Remote desktop: one X.224 connection request with negotiation; where TLS is chosen the certificate names the computer. No login.
const rdpConnect = "030000130ee000000000000100080003000000"

func init() {
	register(Protocol{
		Name: "rdp", Title: "远程桌面 RDP", Office: true, Transport: TCP, Ports: []int{3389}, Frames: 6, Bytes: 19 + 4<<10,
		Templates: []Template{{Name: "x224-connect", Mask: rdpConnect}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(rdpConnect)); err != nil {
				return err
			}
			b, err := t.Receive(tpktSize)
			if err != nil {
				return err
			}
			if len(b) >= 19 && b[5] == 0xd0 && b[11] == 2 && b[15]&3 != 0 {
				return t.certificate()
			}
			return nil
		},
		Read: func(answers [][]byte, id *scan.Identity) error {
			b := answers[0]
			if len(b) == 0 {
				return errNotOurs
			}
			if n, err := tpktSize(b); err != nil || n > len(b) || b[5] != 0xd0 {
				return errNotOurs
			}
			id.Class = scan.ClassServer
			id.Software = append(id.Software, scan.Software{Product: "远程桌面"})
			if c := keptCertificate(answers[1:], id); c != nil {
				id.Name = strings.TrimSpace(c.Subject.CommonName)
			}
			return nil
		},
	})
}
