package probe

import (
	"bytes"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Niagara Fox: one hello; the station answers with its version, host and name. No login follows.
var foxHello = "fox a 1 -1 fox hello\n{\nfox.version=s:1.0\nid=i:1\n};;\n"

func init() {
	register(Protocol{
		Name: "fox", Title: "Niagara Fox", OT: true, Transport: TCP, Ports: []int{1911}, Frames: 1, Bytes: len(foxHello),
		Templates: []Template{{Name: "hello", Mask: text(foxHello)}},
		Ask: func(t *Talk) error {
			if err := t.Send([]byte(foxHello)); err != nil {
				return err
			}
			_, err := t.Receive(func(b []byte) (int, error) {
				if !bytes.HasPrefix(b, []byte("fox a ")[:min(6, len(b))]) {
					return 0, errNotOurs
				}
				if i := bytes.Index(b, []byte(";;")); i >= 0 {
					return i + 2, nil
				}
				return 0, errMore
			})
			return err
		},
		Read: readFox,
	})
}

func readFox(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	if !bytes.HasPrefix(b, []byte("fox a ")) {
		return errNotOurs
	}
	id.Class = scan.ClassBuild
	for line := range strings.Lines(block(b)) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok {
			continue
		}
		if _, v, typed := strings.Cut(value, ":"); typed {
			value = v
		}
		switch key {
		case "app.name":
			id.Nameplate.Model = value
		case "app.version":
			id.Nameplate.SoftwareRevision = value
		case "station.name":
			id.Name = value
		case "brandId":
			id.Nameplate.Manufacturer = value
		case "hostId", "hostName", "vm.name", "vm.version", "os.name", "os.version":
			fact(id, key, value)
		}
	}
	return nil
}

// block gives bytes as text with its lines, bounded.
func block(b []byte) string {
	if len(b) > 32<<10 {
		b = b[:32<<10]
	}
	return string(b)
}
