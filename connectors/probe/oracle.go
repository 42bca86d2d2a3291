package probe

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Oracle: the listener is asked for its version by a CONNECT that names no database; it refuses and tells VSNNUM.
var oracleConnect = func() []byte {
	data := "(CONNECT_DATA=(COMMAND=version))"
	head := fixed("00000000 0100 0000 0136 012c 0000 0800 7fff 7f08 0000 0001 0000 003a 00000000 0000 00000000 00000000 00000000 00000000 00000000 0000")
	n := len(head) + len(data)
	head[0], head[1] = byte(n>>8), byte(n)
	head[24], head[25] = byte(len(data)>>8), byte(len(data))
	head[26], head[27] = byte(len(head)>>8), byte(len(head))
	return append(head, data...)
}()

func init() {
	register(Protocol{
		Name: "oracle", Title: "Oracle TNS", Office: true, Transport: TCP, Ports: []int{1521}, Frames: 1, Bytes: len(oracleConnect),
		Templates: []Template{{Name: "connect-version", Mask: text(string(oracleConnect))}},
		Ask: func(t *Talk) error {
			if err := t.Send(oracleConnect); err != nil {
				return err
			}
			_, err := t.Receive(func(b []byte) (int, error) {
				if len(b) < 8 {
					return 0, errMore
				}
				n := int(b[0])<<8 | int(b[1])
				if n < 8 || n > 8192 || b[4] == 0 || b[4] > 14 {
					return 0, errNotOurs
				}
				return n, nil
			})
			return err
		},
		Read: readOracle,
	})
}

var vsnnum = regexp.MustCompile(`VSNNUM=(\d{1,10})`)

func readOracle(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	if len(b) < 8 || int(b[0])<<8|int(b[1]) > len(b) || b[4] != 2 && b[4] != 4 && b[4] != 5 && b[4] != 6 && b[4] != 11 {
		return errNotOurs
	}
	m := vsnnum.FindSubmatch(b)
	version := ""
	if m != nil {
		n, err := strconv.ParseUint(string(m[1]), 10, 32)
		if err == nil { // 12.1.0.2.0 as nibbles and bytes
			version = fmt.Sprintf("%d.%d.%d.%d.%d", n>>24, n>>20&15, n>>12&255, n>>8&15, n&255)
		}
	}
	if m == nil && !strings.Contains(string(b), "(DESCRIPTION=") && b[4] != 2 {
		return errNotOurs
	}
	id.Class = scan.ClassServer
	id.Software = append(id.Software, scan.Software{Vendor: "Oracle", Product: "Oracle Database", Version: version})
	return nil
}
