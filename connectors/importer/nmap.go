package importer

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// maxHosts bounds the hosts of one file, maxPorts the ports of one host.
const (
	maxHosts = 20_000
	maxPorts = 2_000
)

type nmapHost struct {
	Status struct {
		State string `xml:"state,attr"`
	} `xml:"status"`
	Addresses []struct {
		Addr   string `xml:"addr,attr"`
		Type   string `xml:"addrtype,attr"`
		Vendor string `xml:"vendor,attr"`
	} `xml:"address"`
	Names []struct {
		Name string `xml:"name,attr"`
	} `xml:"hostnames>hostname"`
	Ports   []nmapPort   `xml:"ports>port"`
	OS      []nmapOS     `xml:"os>osmatch"`
	Scripts []nmapScript `xml:"hostscript>script"`
}

type nmapPort struct {
	Number string `xml:"portid,attr"`
	State  struct {
		State string `xml:"state,attr"`
	} `xml:"state"`
	Service struct {
		Name    string `xml:"name,attr"`
		Product string `xml:"product,attr"`
		Version string `xml:"version,attr"`
		Host    string `xml:"hostname,attr"`
		Method  string `xml:"method,attr"`
	} `xml:"service"`
	Scripts []nmapScript `xml:"script"`
}

type nmapOS struct {
	Name     string `xml:"name,attr"`
	Accuracy string `xml:"accuracy,attr"`
}

type nmapScript struct {
	ID    string     `xml:"id,attr"`
	Elems []nmapElem `xml:"elem"`
	Rows  []struct {
		Elems []nmapElem `xml:"elem"`
	} `xml:"table"`
}

type nmapElem struct {
	Key   string `xml:"key,attr"`
	Value string `xml:",chardata"`
}

// readNmap reads nmap's XML host by host. A file that breaks off keeps its whole hosts and says so. Hosts that are down, or of which
// neither a MAC address nor an open port is known, are left out and counted.
func readNmap(name string, data []byte, at time.Time) (Ledger, error) {
	l := Ledger{Format: FormatNmap, Sheet: ""}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("charset") }
	down, depth := 0, 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			l.Problems = append(l.Problems, RowProblem{Text: "文件在中途断开，已读入前面完整的部分"})
			break
		}
		s, ok := t.(xml.StartElement)
		if _, end := t.(xml.EndElement); end {
			depth--
		}
		if !ok {
			continue
		}
		if s.Name.Local != "host" {
			if depth++; depth > maxDepth {
				return l, broken(errTooBig)
			}
			continue
		}
		var h nmapHost
		if err := d.DecodeElement(&h, &s); err != nil {
			l.Problems = append(l.Problems, RowProblem{Text: "文件在中途断开，已读入前面完整的部分"})
			break
		}
		if len(l.Assets) >= maxHosts {
			return l, survey.Fail(survey.CodeFileTooBig, op, "主机超过 %d 台，请分成几个文件", maxHosts)
		}
		if a, ok := h.asset(name, at); ok {
			l.Assets = append(l.Assets, a)
		} else {
			down++
		}
	}
	if len(l.Assets) == 0 {
		return l, survey.Fail(survey.CodeFileEmpty, op, "nmap 结果里没有在线的设备")
	}
	if down > 0 {
		l.Skipped = append(l.Skipped, RowNote{Reason: "没有回应", Text: strconv.Itoa(down) + " 个地址"})
	}
	return l, nil
}

// asset writes a host down; ok is false when nothing is known of it.
func (h *nmapHost) asset(file string, at time.Time) (survey.Asset, bool) {
	a := survey.Asset{Networked: survey.Yes}
	vendor := ""
	for _, x := range h.Addresses {
		switch mac, err := survey.ParseMAC(x.Addr); {
		case x.Type == "mac" && err == nil:
			a.Reach.MACs, vendor = addOnce(a.Reach.MACs, mac), x.Vendor
		case x.Type != "mac":
			if ip, err := netip.ParseAddr(x.Addr); err == nil { // what is no address names no device
				a.Reach.Addresses = addOnce(a.Reach.Addresses, short(ip.String()))
			}
		}
	}
	open := h.ports(&a)
	if h.Status.State == "down" || len(a.Reach.Addresses) == 0 || len(a.Reach.MACs) == 0 && open == 0 {
		return a, false
	}
	for _, n := range h.Names {
		if a.Reach.HostName == "" {
			a.Reach.HostName = short(n.Name)
		}
	}
	for _, s := range h.Scripts {
		s.read(&a)
	}
	if a.Name == "" {
		a.Name = firstOf(a.Reach.HostName, strings.TrimSpace(a.Nameplate.Manufacturer+" "+a.Nameplate.Model), strings.TrimSpace(vendor+" "+a.Reach.Addresses[0]))
	}
	if len(h.OS) > 0 {
		a.Note = joinNote(a.Note, "nmap 猜测系统 "+short(h.OS[0].Name)+"（"+short(h.OS[0].Accuracy)+"%，未核实）")
	}
	if vendor != "" {
		a.Note = joinNote(a.Note, "网卡厂家 "+short(vendor))
	}
	a.Evidence = []survey.Evidence{{Source: survey.SourceProbe, By: "nmap", At: at.UTC(), Ref: a.Reach.Addresses[0], Note: "文件 " + file}}
	return a, true
}

// ports notes the services that answered and counts open ports.
func (h *nmapHost) ports(a *survey.Asset) (open int) {
	var seen []string
	for i, p := range h.Ports {
		if p.State.State != "open" || i > maxPorts {
			continue
		}
		open++
		s := short(strings.TrimSpace(p.Number + " " + p.Service.Name + " " + p.Service.Product + " " + p.Service.Version))
		if seen = addOnce(seen, s); len(seen) > 20 {
			seen = seen[:20]
		}
		if p.Service.Name != "" && p.Service.Method != "table" && len(a.Protocols) < 20 { // "table" is a guess from the number
			a.Protocols = addOnce(a.Protocols, short(p.Service.Name))
		}
		if a.Reach.HostName == "" {
			a.Reach.HostName = short(p.Service.Host)
		}
		for _, s := range p.Scripts {
			s.read(a)
		}
	}
	if len(seen) > 0 {
		a.Note = "开放端口 " + strings.Join(seen, "、")
	}
	return open
}

// tells lists the keys of nmap's ICS scripts (s7-info, enip-info, bacnet-info, omron-info, modbus-discover) that state a name plate.
var tells = map[string]func(*survey.Nameplate) *string{
	"module": modelOf, "productname": modelOf, "product name": modelOf, "model name": modelOf, "controller model": modelOf,
	"basic hardware": func(n *survey.Nameplate) *string { return &n.ProductCode },
	"serial number":  serialOf, "serialnumber": serialOf,
	"vendor": makerOf, "vendor name": makerOf,
	"version": revisionOf, "revision": revisionOf, "firmware": revisionOf, "controller version": revisionOf,
	"location": func(n *survey.Nameplate) *string { return &n.Location },
}

func modelOf(n *survey.Nameplate) *string    { return &n.Model }
func serialOf(n *survey.Nameplate) *string   { return &n.SerialNumber }
func makerOf(n *survey.Nameplate) *string    { return &n.Manufacturer }
func revisionOf(n *survey.Nameplate) *string { return &n.SoftwareRevision }

// identifying are the scripts that ask a device what it is.
var identifying = []string{"s7-info", "enip-info", "bacnet-info", "omron-info", "omrontcp-info", "omronudp-info", "modbus-discover", "fox-info", "pcworx-info", "snmp-info"}

func (s nmapScript) read(a *survey.Asset) {
	if !slices.Contains(identifying, s.ID) {
		return
	}
	list := s.Elems
	for _, r := range s.Rows {
		list = append(list, r.Elems...)
	}
	for _, e := range list {
		value := short(e.Value)
		key := strings.ToLower(strings.TrimSpace(e.Key))
		if at := tells[key]; at != nil && value != "" && *at(&a.Nameplate) == "" {
			*at(&a.Nameplate) = value
		}
		if (key == "system name" || key == "object-name") && a.Name == "" {
			a.Name = value
		}
	}
}

// short tidies a foreign text for a field.
func short(s string) string { return cut(clean(s), 100) }

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
