package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// glpi is what is read of one device of the GLPI inventory format; everything else of it is passed over.
type glpi struct {
	DeviceID string      `json:"deviceid"`
	ItemType string      `json:"itemtype"`
	Tag      string      `json:"tag"`
	Content  glpiContent `json:"content"`
}

type glpiContent struct {
	Hardware struct {
		Name        string `json:"name"`
		Description string `json:"description"`
	} `json:"hardware"`
	BIOS struct {
		Maker    string `json:"smanufacturer"`
		Model    string `json:"smodel"`
		Serial   string `json:"ssn"`
		AssetTag string `json:"assettag"`
	} `json:"bios"`
	OS struct {
		Name     string `json:"name"`
		FullName string `json:"full_name"`
		Version  string `json:"version"`
	} `json:"operatingsystem"`
	Networks []struct {
		MAC     string `json:"mac"`
		Address string `json:"ipaddress"`
		Virtual bool   `json:"virtualdev"`
		Type    string `json:"type"`
	} `json:"networks"`
	Device struct {
		Type     string   `json:"type"`
		Name     string   `json:"name"`
		Maker    string   `json:"manufacturer"`
		Model    string   `json:"model"`
		Serial   string   `json:"serial"`
		Firmware string   `json:"firmware"`
		MAC      string   `json:"mac"`
		IPs      []string `json:"ips"`
		Location string   `json:"location"`
		AssetTag string   `json:"assettag"`
		Text     string   `json:"description"`
	} `json:"network_device"`
	Software []struct {
		Name      string `json:"name"`
		Version   string `json:"version"`
		Publisher string `json:"publisher"`
	} `json:"softwares"`
}

// readGLPI reads one inventory, or a list of them. A device without deviceid or content is named and left out.
func readGLPI(name string, data []byte, at time.Time) (Ledger, error) {
	l := Ledger{Format: FormatGLPI}
	if err := shallow(data); err != nil {
		return l, broken(err)
	}
	all, err := glpiList(data)
	if err != nil {
		return l, &survey.Error{Code: survey.CodeFileKind, Op: op, Detail: "这个 JSON 不是 GLPI 设备清单", Err: err}
	}
	for i, raw := range all {
		var g glpi
		var mistyped *json.UnmarshalTypeError
		if err := json.Unmarshal(raw, &g); err != nil && !errors.As(err, &mistyped) {
			return l, broken(err)
		}
		if mistyped != nil {
			l.Problems = append(l.Problems, RowProblem{Row: i + 1, Column: mistyped.Field, Text: "这一项不是应有的写法，没有读入"})
		}
		a, ok := g.asset(name, at)
		if !ok {
			l.Problems = append(l.Problems, RowProblem{Row: i + 1, Text: "缺少 deviceid，或没有任何名称、型号、编号和网卡，没有读入"})
			continue
		}
		l.Assets = append(l.Assets, a)
	}
	if len(l.Assets) == 0 {
		return l, survey.Fail(survey.CodeFileEmpty, op, "GLPI 清单里没有能读的设备")
	}
	return l, nil
}

func glpiList(data []byte) ([]json.RawMessage, error) {
	data = bytes.TrimLeft(data, "\xEF\xBB\xBF \t\r\n")
	if bytes.HasPrefix(data, []byte("{")) {
		var probe map[string]json.RawMessage
		if err := json.Unmarshal(data, &probe); err != nil {
			return nil, err
		}
		if probe["deviceid"] == nil || probe["content"] == nil {
			return nil, errors.New("no deviceid or content")
		}
		return []json.RawMessage{data}, nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, err
	}
	if len(list) > maxInventories {
		return nil, errTooBig
	}
	return list, nil
}

// shallow refuses nesting that no inventory has, before anything is built.
func shallow(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimLeft(data, "\xEF\xBB\xBF")))
	depth := 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > maxDepth {
				return errTooBig
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
}

func (g *glpi) asset(file string, at time.Time) (survey.Asset, bool) {
	c := &g.Content
	a := survey.Asset{
		Name:      firstOf(short(c.Hardware.Name), short(c.Device.Name)),
		AssetID:   firstOf(short(c.BIOS.AssetTag), short(c.Device.AssetTag)),
		Networked: survey.Unknown,
		Nameplate: survey.Nameplate{
			Manufacturer: firstOf(short(c.BIOS.Maker), short(c.Device.Maker)), Model: firstOf(short(c.BIOS.Model), short(c.Device.Model)),
			SerialNumber: firstOf(short(c.BIOS.Serial), short(c.Device.Serial)), Location: short(c.Device.Location),
			SoftwareRevision: firstOf(short(c.OS.FullName), short(c.OS.Name+" "+c.OS.Version), short(c.Device.Firmware)),
		},
		Note: short(firstOf(c.Hardware.Description, c.Device.Text)),
	}
	g.class(&a)
	g.reach(&a)
	if g.DeviceID == "" || a.Name == "" && a.Nameplate == (survey.Nameplate{DeviceClass: a.Nameplate.DeviceClass}) && a.AssetID == "" && len(a.Reach.MACs) == 0 {
		return a, false
	}
	a.Name = firstOf(a.Name, strings.TrimSpace(a.Nameplate.Manufacturer+" "+a.Nameplate.Model), short(g.DeviceID))
	if n := len(c.Software); n > 0 {
		a.Note = joinNote(a.Note, "清单里有 "+strconv.Itoa(n)+" 个已安装程序")
	}
	a.Evidence = []survey.Evidence{{Source: survey.SourceProbe, By: "GLPI", At: at.UTC(), Ref: short(g.DeviceID), Note: "文件 " + file}}
	return a, true
}

// class names the sort of device; computers, switches and printers are IT equipment outside the denominator.
func (g *glpi) class(a *survey.Asset) {
	kind := g.ItemType
	if kind == "" && g.Content.Device.Type == "" {
		kind = "Computer"
	}
	switch kind + g.Content.Device.Type {
	case "Computer", "ComputerComputer":
		a.Nameplate.DeviceClass = "计算机"
	case "NetworkEquipment", "NetworkEquipmentNetworking", "Networking":
		a.Nameplate.DeviceClass = "网络设备"
	case "Printer", "PrinterPrinter":
		a.Nameplate.DeviceClass = "打印机"
	case "Phone", "PhonePhone":
		a.Nameplate.DeviceClass = "电话"
	default:
		return
	}
	a.Use, a.Class, a.Counted, a.Digital = survey.UseOffice, survey.ClassNone, survey.No, survey.Yes
}

func (g *glpi) reach(a *survey.Asset) {
	add := func(mac, address string) {
		if m, err := survey.ParseMAC(mac); err == nil && len(a.Reach.MACs) < 64 {
			a.Reach.MACs = addOnce(a.Reach.MACs, m)
		}
		if address = short(address); address != "" && !strings.HasPrefix(address, "127.") && address != "::1" && len(a.Reach.Addresses) < 64 {
			a.Reach.Addresses = addOnce(a.Reach.Addresses, address)
		}
	}
	for _, n := range g.Content.Networks {
		if !n.Virtual && n.Type != "loopback" {
			add(n.MAC, n.Address)
		}
	}
	add(g.Content.Device.MAC, "")
	for _, ip := range g.Content.Device.IPs {
		add("", ip)
	}
	a.Reach.HostName = short(g.Content.Hardware.Name)
	if len(a.Reach.Addresses) > 0 {
		a.Networked = survey.Yes
	}
}
