package probe

import (
	"bytes"
	"encoding/xml"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// MTConnect: GET /probe of an agent. The adapter's stream (7878) is never touched.
func init() {
	register(Protocol{
		Name: "mtconnect", Title: "MTConnect", OT: true, Transport: TCP, Ports: []int{5000}, Frames: 1, Bytes: 140,
		Templates: []Template{httpTemplate("get-probe", onePath("/probe"))},
		Ask: func(t *Talk) error {
			_, _, err := t.get("/probe", true)
			return err
		},
		Read: readMTConnect,
	})
}

func readMTConnect(answers [][]byte, id *scan.Identity) error {
	p, err := parsePage(answers[0])
	if err != nil || !bytes.Contains(p.body, []byte("MTConnectDevices")) {
		return errNotOurs
	}
	id.Class = scan.ClassMachine
	d := xml.NewDecoder(bytes.NewReader(p.body))
	for range 2000 {
		tok, err := d.Token()
		if err != nil {
			break
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "Device":
			if id.Name == "" {
				id.Name, id.Nameplate.ProductInstanceURI = attr(e, "name"), attr(e, "uuid")
			}
		case "Description":
			if n := &id.Nameplate; n.Manufacturer+n.Model+n.SerialNumber == "" {
				n.Manufacturer, n.Model, n.SerialNumber = attr(e, "manufacturer"), attr(e, "model"), attr(e, "serialNumber")
			}
		case "Header":
			id.Software = append(id.Software, scan.Software{Product: "MTConnect Agent", Version: attr(e, "version")})
		}
	}
	return nil
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}
