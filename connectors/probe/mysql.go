package probe

import (
	"bytes"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// MySQL and MariaDB: the greeting is read, nothing is sent. Once per scan only: servers count aborted handshakes.
func init() {
	register(Protocol{
		Name: "mysql", Title: "MySQL/MariaDB", Office: true, Transport: TCP, Ports: []int{3306}, Frames: 0, Bytes: 0,
		Ask: func(t *Talk) error {
			_, err := t.Receive(mysqlSize)
			return err
		},
		Read: readMySQL,
	})
}

func mysqlSize(b []byte) (int, error) {
	if len(b) < 5 {
		return 0, errMore
	}
	n := int(b[0]) | int(b[1])<<8 | int(b[2])<<16
	if n < 8 || n > 4096 || b[4] != 10 && b[4] != 0xff {
		return 0, errNotOurs
	}
	return 4 + n, nil
}

func readMySQL(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	if n, err := mysqlSize(b); err != nil || n > len(b) {
		return errNotOurs
	}
	id.Class = scan.ClassServer
	if b[4] == 0xff { // this computer may not connect
		id.Software = append(id.Software, scan.Software{Product: "MySQL"})
		fact(id, "拒绝", words(b[7:]))
		return nil
	}
	version, _, _ := bytes.Cut(b[5:], []byte{0})
	s := scan.Software{Product: "MySQL", Version: strings.TrimPrefix(words(version), "5.5.5-")}
	if strings.Contains(s.Version, "MariaDB") {
		s.Product = "MariaDB"
	}
	id.Software = append(id.Software, s)
	return nil
}
