package probe

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"net/http"
	"net/netip"
	"net/textproto"
	"net/url"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// SSDP: one M-SEARCH to the group on subnets of this computer, to the device itself elsewhere. The description that an answer points to is fetched only from the same address
// and only over plain paths, by the protocol upnp.
const ssdpSearch = "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: upnp:rootdevice\r\n\r\n"

func init() {
	register(Protocol{
		Name: "ssdp", Title: "SSDP/UPnP", Office: true, Group: "239.255.255.250", Transport: UDP, Ports: []int{1900}, Frames: 1, Bytes: len(ssdpSearch),
		Templates: []Template{{Name: "m-search", Mask: text(ssdpSearch)}},
		Ask: func(t *Talk) error {
			t.end = t.end.Add(1500 * time.Millisecond) // MX lets a device wait a second
			if err := t.Send([]byte(ssdpSearch)); err != nil {
				return err
			}
			_, err := t.Datagrams(4, 100*time.Millisecond)
			return err
		},
		Read: readSSDP,
	})
	register(Protocol{
		Name: "upnp", Title: "UPnP 设备描述", Office: true, Follows: true, Transport: TCP, Frames: 1, Bytes: 360,
		Templates: []Template{httpTemplate("get-description", func(string) bool { return true })},
		Ask: func(t *Talk) error {
			_, _, err := t.get(t.Path, true)
			return err
		},
		Read: readUPnP,
	})
}

func ssdpHead(b []byte) http.Header {
	first, rest, ok := bytes.Cut(b, []byte("\r\n"))
	if !ok || !bytes.HasPrefix(first, []byte("HTTP/1.1 200")) && !bytes.HasPrefix(first, []byte("NOTIFY * HTTP/1.1")) {
		return nil
	}
	h, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(append(bytes.Clone(rest[:min(len(rest), 8<<10)]), "\r\n\r\n"...)))).ReadMIMEHeader()
	if err != nil {
		return nil
	}
	return http.Header(h)
}

func readSSDP(answers [][]byte, id *scan.Identity) error {
	h := ssdpHead(answers[0])
	if h == nil || h.Get("Usn")+h.Get("St")+h.Get("Nt") == "" {
		return errNotOurs
	}
	if s := tidy(h.Get("Server")); s != "" {
		fact(id, "SERVER", s)
		f := strings.Fields(s)
		product, version, _ := strings.Cut(f[len(f)-1], "/")
		id.Software = append(id.Software, scan.Software{Product: product, Version: version})
	}
	fact(id, "USN", tidy(h.Get("Usn")))
	fact(id, locationKey, tidy(h.Get("Location")))
	return nil
}

const locationKey = "LOCATION"

// location gives where an identity's description can be fetched: on the device's own address only, from a plain path.
func location(id scan.Identity, from netip.Addr) (port int, path string, ok bool) {
	for _, f := range id.Facts {
		if f.Key != locationKey {
			continue
		}
		u, err := url.Parse(f.Value)
		if err != nil || u.Scheme != "http" || u.RawQuery != "" {
			return 0, "", false
		}
		at, err := netip.ParseAddrPort(u.Host)
		if err != nil || at.Addr() != from || at.Port() == neverPort || !plainPath.MatchString(u.Path) || strings.Contains(u.Path, "..") {
			return 0, "", false
		}
		return int(at.Port()), u.Path, true
	}
	return 0, "", false
}

func readUPnP(answers [][]byte, id *scan.Identity) error {
	p, err := parsePage(answers[0])
	if err != nil || !bytes.Contains(p.body, []byte("urn:schemas-upnp-org:device")) {
		return errNotOurs
	}
	d := xml.NewDecoder(bytes.NewReader(p.body))
	n := &id.Nameplate
	into := map[string]*string{"friendlyName": &id.Name, "manufacturer": &n.Manufacturer, "modelName": &n.Model, "modelNumber": &n.SoftwareRevision, "serialNumber": &n.SerialNumber, "manufacturerURL": &n.ManufacturerURI, "UDN": &n.ProductInstanceURI}
	var at *string
	kind := false
	for range 4000 {
		tok, err := d.Token()
		if err != nil {
			break
		}
		switch e := tok.(type) {
		case xml.StartElement:
			at, kind = into[e.Name.Local], e.Name.Local == "deviceType"
		case xml.EndElement:
			at, kind = nil, false
		case xml.CharData:
			if at != nil && *at == "" {
				*at = words(e)
			}
			if kind && id.Class == "" {
				id.Class = upnpClass(string(e))
			}
		}
	}
	return nil
}

func upnpClass(deviceType string) string {
	for _, m := range []struct{ mark, class string }{{"MediaServer", scan.ClassMedia}, {"MediaRenderer", scan.ClassMedia}, {"InternetGateway", scan.ClassSwitch}, {"WLANAccessPoint", scan.ClassSwitch}, {"Printer", scan.ClassPrinter}, {"DigitalSecurityCamera", scan.ClassCamera}} {
		if strings.Contains(deviceType, m.mark) {
			return m.class
		}
	}
	return ""
}
