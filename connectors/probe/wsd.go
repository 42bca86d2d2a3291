package probe

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// WS-Discovery: one Probe to the device itself, for computers and printers (wsdp:Device) and cameras (ONVIF) in one. A Probe without types
// is ignored by some.
const wsdProbe = `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsd="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof" xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><soap:Header><wsa:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</wsa:To><wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</wsa:Action><wsa:MessageID>urn:uuid:%s</wsa:MessageID></soap:Header><soap:Body><wsd:Probe><wsd:Types>%s</wsd:Types></wsd:Probe></soap:Body></soap:Envelope>`

const (
	wsdDevice = "wsdp:Device"
	wsdCamera = "dn:NetworkVideoTransmitter"
)

var wsdID = regexp.MustCompile(`urn:uuid:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})<`)

func wsdFrame(id, types string) []byte { return fmt.Appendf(nil, wsdProbe, id, types) }

func init() {
	register(Protocol{
		Name: "wsd", Title: "WS-Discovery/ONVIF", Office: true, Group: "239.255.255.250", Transport: UDP, Ports: []int{3702}, Frames: 2, Bytes: 2 * 800,
		Templates: []Template{{Name: "probe", Mask: text("<?xml") + "*", Rule: "只有 Probe；消息号随机", Check: func(f []byte) bool {
			m := wsdID.FindSubmatch(f)
			return m != nil && (bytes.Equal(f, wsdFrame(string(m[1]), wsdDevice)) || bytes.Equal(f, wsdFrame(string(m[1]), wsdCamera)))
		}}},
		Ask: func(t *Talk) error {
			for _, types := range []string{wsdDevice, wsdCamera} {
				if err := t.Send(wsdFrame(newUUID(), types)); err != nil {
					return err
				}
			}
			_, err := t.Receive(nil)
			return err
		},
		Read: readWSD,
	})
}

func readWSD(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	if !bytes.Contains(b, []byte("ProbeMatches")) && !bytes.Contains(b, []byte("Hello")) {
		return errNotOurs
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	var in string
	found := false
	for range 2000 {
		tok, err := d.Token()
		if err != nil {
			break
		}
		switch e := tok.(type) {
		case xml.StartElement:
			in = e.Name.Local
		case xml.EndElement:
			in = ""
		case xml.CharData:
			found = wsdField(id, in, string(e)) || found
		}
	}
	if !found {
		return errNotOurs
	}
	return nil
}

func wsdField(id *scan.Identity, name, value string) bool {
	value = strings.TrimSpace(value)
	if value == "" {
		return false
	}
	switch name {
	case "Types":
		id.Class = scan.ClassServer
		switch {
		case strings.Contains(value, "NetworkVideoTransmitter"):
			id.Class = scan.ClassCamera
		case strings.Contains(value, "PrintDeviceType"):
			id.Class = scan.ClassPrinter
		}
		fact(id, "类型", value)
	case "Address":
		if strings.HasPrefix(value, "urn:uuid:") {
			id.Nameplate.ProductInstanceURI = value
		}
	case "XAddrs":
		fact(id, "服务地址", value)
	case "Scopes":
		for s := range strings.FieldsSeq(value) {
			onvifScope(id, s)
		}
	default:
		return false
	}
	return true
}

// onvifScope reads onvif://www.onvif.org/name/HIKVISION%20DS-2CD2T45 and …/hardware/….
func onvifScope(id *scan.Identity, s string) {
	rest, ok := strings.CutPrefix(s, "onvif://www.onvif.org/")
	if !ok {
		return
	}
	key, value, _ := strings.Cut(rest, "/")
	if v, err := url.PathUnescape(value); err == nil {
		value = v
	}
	switch strings.ToLower(key) {
	case "name":
		id.Name = value
	case "hardware":
		id.Nameplate.Model = value
	case "location":
		fact(id, "位置", value)
	}
}
