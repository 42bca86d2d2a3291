package probe

import (
	"bytes"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// SSH: the banner is read; our own identification line is sent before closing, so that the server does not log a broken scan.
const sshLine = "SSH-2.0-shangyun\r\n"

func init() {
	register(Protocol{
		Name: "ssh", Title: "SSH", Office: true, Transport: TCP, Ports: []int{22}, Frames: 1, Bytes: len(sshLine),
		Templates: []Template{{Name: "identification", Mask: text(sshLine)}},
		Ask: func(t *Talk) error {
			if _, err := t.Receive(sshSize); err != nil {
				return err
			}
			return t.Send([]byte(sshLine))
		},
		Read: func(answers [][]byte, id *scan.Identity) error {
			b := answers[0]
			if i := bytes.Index(b, []byte("SSH-")); i >= 0 {
				b = b[i:]
			}
			line, _, _ := bytes.Cut(b, []byte("\n"))
			parts := strings.SplitN(words(line), "-", 3)
			if len(parts) < 3 || parts[0] != "SSH" {
				return errNotOurs
			}
			id.Class = scan.ClassServer
			product, rest, _ := strings.Cut(parts[2], " ")
			name, version, _ := strings.Cut(product, "_")
			id.Software = append(id.Software, scan.Software{Product: name, Version: version})
			fact(id, "SSH 注释", rest)
			return nil
		},
	})
}

// sshSize: up to 20 lines may come before the banner (RFC 4253, 4.2).
func sshSize(b []byte) (int, error) {
	rest, at := b, 0
	for range 20 {
		line, after, whole := bytes.Cut(rest, []byte("\n"))
		if !whole {
			if len(rest) > 1024 || len(rest) >= 4 && at == 0 && !bytes.HasPrefix(rest, []byte("SSH-")) && bytes.ContainsAny(rest[:4], "\x00\x01\x02\x03\xff") {
				return 0, errNotOurs
			}
			return 0, errMore
		}
		at += len(line) + 1
		if bytes.HasPrefix(line, []byte("SSH-")) {
			return at, nil
		}
		rest = after
	}
	return 0, errNotOurs
}
