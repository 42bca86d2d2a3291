package probe

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// IPP: Get-Printer-Attributes (RFC 8011, 4.2.5) of /ipp/print. Nothing is printed; port 9100 is never used.
func ippRequest(host string, port int) []byte {
	var b bytes.Buffer
	b.Write([]byte{1, 1, 0, 0x0b, 0, 0, 0, 1, 1})
	attr := func(tag byte, name, value string) {
		b.WriteByte(tag)
		_ = binary.Write(&b, binary.BigEndian, uint16(len(name)))
		b.WriteString(name)
		_ = binary.Write(&b, binary.BigEndian, uint16(len(value)))
		b.WriteString(value)
	}
	attr(0x47, "attributes-charset", "utf-8")
	attr(0x48, "attributes-natural-language", "en")
	attr(0x45, "printer-uri", fmt.Sprintf("ipp://%s:%d/ipp/print", host, port))
	for i, name := range []string{"printer-make-and-model", "printer-device-id", "printer-uuid", "printer-firmware-string-version", "printer-name", "printer-location", "printer-serial-number"} {
		attr(0x44, map[bool]string{true: "requested-attributes"}[i == 0], name)
	}
	b.WriteByte(3)
	head := fmt.Sprintf("POST /ipp/print HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: shangyun\r\nContent-Type: application/ipp\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", host, port, b.Len())
	return append([]byte(head), b.Bytes()...)
}

func init() {
	register(Protocol{
		Name: "ipp", Title: "打印机 IPP", Office: true, Transport: TCP, Ports: []int{631}, Frames: 1, Bytes: 600,
		Templates: []Template{{Name: "get-printer-attributes", Mask: text("POST /ipp/print HTTP/1.1") + "*", Rule: "只有 Get-Printer-Attributes；地址可变", Check: func(f []byte) bool {
			var host string
			var port int
			line := f[len("POST /ipp/print HTTP/1.1\r\n"):]
			line, _, _ = bytes.Cut(line, []byte("\r\n"))
			h, p, ok := strings.Cut(strings.TrimPrefix(string(line), "Host: "), ":")
			if _, err := fmt.Sscanf(p, "%d", &port); err != nil || !ok {
				return false
			}
			host = h
			return bytes.Equal(f, ippRequest(host, port))
		}}},
		Ask: func(t *Talk) error {
			if err := t.Send(ippRequest(t.Host.String(), t.Port)); err != nil {
				return err
			}
			_, err := t.Receive(httpSize)
			return err
		},
		Read: readIPP,
	})
}

func readIPP(answers [][]byte, id *scan.Identity) error {
	p, err := parsePage(answers[0])
	if err != nil || !strings.HasPrefix(p.header.Get("Content-Type"), "application/ipp") || len(p.body) < 9 {
		return errNotOurs
	}
	id.Class = scan.ClassPrinter
	b := p.body[8:]
	for range 200 {
		if len(b) < 1 || b[0] == 3 {
			break
		}
		if b[0] < 0x10 { // a group begins
			b = b[1:]
			continue
		}
		name, rest, ok := ippField(b[1:])
		if !ok {
			break
		}
		value, rest, ok := ippField(rest)
		if !ok {
			break
		}
		b = rest
		ippSet(id, string(name), words(value))
	}
	return nil
}

func ippField(b []byte) (v, rest []byte, ok bool) {
	if len(b) < 2 || len(b) < 2+int(binary.BigEndian.Uint16(b)) {
		return nil, nil, false
	}
	n := 2 + int(binary.BigEndian.Uint16(b))
	return b[2:n], b[n:], true
}

func ippSet(id *scan.Identity, name, value string) {
	n := &id.Nameplate
	switch name {
	case "printer-make-and-model":
		n.Model = value
	case "printer-firmware-string-version":
		n.SoftwareRevision = value
	case "printer-name":
		id.Name = value
	case "printer-location":
		n.Location = value
	case "printer-serial-number":
		n.SerialNumber = value
	case "printer-uuid":
		n.ProductInstanceURI = value
	case "printer-device-id":
		fact(id, "device-id", value)
		for part := range strings.SplitSeq(value, ";") {
			switch k, v, _ := strings.Cut(part, ":"); strings.TrimSpace(k) {
			case "MFG", "MANUFACTURER":
				n.Manufacturer = v
			case "SN", "SERN":
				n.SerialNumber = v
			}
		}
	}
}
