package probe

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// PostgreSQL: SSLRequest; the answer S or N proves the server. No version is told without a login, none is tried. A server that offers TLS
// shows its certificate.
const postgresSSL = "0000000804d2162f"

func init() {
	register(Protocol{
		Name: "postgres", Title: "PostgreSQL", Office: true, Transport: TCP, Ports: []int{5432}, Frames: 6, Bytes: 8 + 4<<10,
		Templates: []Template{{Name: "ssl-request", Mask: postgresSSL}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(postgresSSL)); err != nil {
				return err
			}
			b, err := t.Receive(func(b []byte) (int, error) {
				if strings.IndexByte("SNE", b[0]) < 0 {
					return 0, errNotOurs
				}
				return 1, nil
			})
			if err != nil || b[0] != 'S' {
				return err
			}
			return t.certificate()
		},
		Read: func(answers [][]byte, id *scan.Identity) error {
			if len(answers[0]) != 1 || strings.IndexByte("SNE", answers[0][0]) < 0 {
				return errNotOurs
			}
			id.Class = scan.ClassServer
			id.Software = append(id.Software, scan.Software{Product: "PostgreSQL"})
			keptCertificate(answers[1:], id)
			return nil
		},
	})
}
