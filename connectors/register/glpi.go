package register

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// maxFiles bounds a zip of inventories: one file a machine.
const maxFiles = 20_000

// glpiDevice is one file of the GLPI inventory format (inventory_format, draft-07 schema). Empty members are left out: the schema takes no
// empty addresses.
type glpiDevice struct {
	Action   string      `json:"action"`
	DeviceID string      `json:"deviceid"`
	ItemType string      `json:"itemtype"`
	Tag      string      `json:"tag,omitempty"`
	Content  glpiContent `json:"content"`
}

type glpiContent struct {
	Version  string         `json:"versionclient"`
	Hardware map[string]any `json:"hardware,omitempty"`
	BIOS     map[string]any `json:"bios,omitempty"`
	OS       map[string]any `json:"operatingsystem,omitempty"`
	Networks []any          `json:"networks,omitempty"`
	Device   map[string]any `json:"network_device,omitempty"`
}

// GLPI writes one inventory file for each machine into a zip: the format speaks of one machine a file, so that a line of six machines gives
// six files, told apart by -1 to -6; numbers that name one machine stand in a line of one only. program is the writer's name and version.
func GLPI(c *survey.Case, program string) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	files := 0
	for i := range c.Assets {
		a := &c.Assets[i]
		count := max(inventory.Machines(a), 1)
		if files += count; files > maxFiles {
			return nil, survey.Fail(survey.CodeRegisterOut, "register.glpi", "超过 %d 台，每台一个文件太多；请先在清单里筛出要交接的设备", maxFiles)
		}
		for n := 1; n <= count; n++ {
			d := glpiOf(c, a, n, count, program)
			data, err := json.MarshalIndent(d, "", "  ")
			if err != nil {
				return nil, survey.Wrap(survey.CodeInternal, "register.glpi", err)
			}
			w, err := z.Create(fmt.Sprintf("%04d-%s.json", i+1, d.DeviceID))
			if err == nil {
				_, err = w.Write(append(data, '\n'))
			}
			if err != nil {
				return nil, survey.Wrap(survey.CodeInternal, "register.glpi", err)
			}
		}
	}
	if err := z.Close(); err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "register.glpi", err)
	}
	return out.Bytes(), nil
}

func glpiOf(c *survey.Case, a *survey.Asset, n, count int, program string) glpiDevice {
	d := glpiDevice{Action: "inventory", DeviceID: "shangyun-" + a.ID, Tag: c.Firm.Name, Content: glpiContent{Version: program}}
	if count > 1 {
		d.DeviceID += fmt.Sprintf("-%d", n)
	}
	if strings.HasPrefix(a.Nameplate.DeviceClass, "计算机") {
		d.ItemType = "Computer"
		d.computer(a)
		return d
	}
	item, kind := sort(a)
	d.ItemType = item
	if item != "Unmanaged" {
		d.Action = "netinventory"
	}
	d.Content.Device = present("type", kind, "name", a.Name, "manufacturer", a.Nameplate.Manufacturer, "model", first(a.Nameplate.Model, a.Nameplate.ProductCode),
		"serial", a.Nameplate.SerialNumber, "firmware", a.Nameplate.SoftwareRevision, "location", place(a), "assettag", a.AssetID, "description", describe(a, count))
	if len(a.Reach.MACs) > 0 {
		d.Content.Device["mac"] = a.Reach.MACs[0]
	}
	if len(a.Reach.Addresses) > 0 {
		d.Content.Device["ips"] = a.Reach.Addresses
	}
	return d
}

func (d *glpiDevice) computer(a *survey.Asset) {
	d.Content.Hardware = present("name", first(a.Reach.HostName, a.Name), "description", a.Note)
	d.Content.BIOS = present("smanufacturer", a.Nameplate.Manufacturer, "smodel", a.Nameplate.Model, "ssn", a.Nameplate.SerialNumber, "assettag", a.AssetID)
	d.Content.OS = present("full_name", a.Nameplate.SoftwareRevision)
	for i, mac := range a.Reach.MACs {
		n := present("description", fmt.Sprintf("网卡 %d", i+1), "mac", mac)
		if i < len(a.Reach.Addresses) && strings.Count(a.Reach.Addresses[i], ".") == 3 {
			n["ipaddress"] = a.Reach.Addresses[i]
		}
		d.Content.Networks = append(d.Content.Networks, n)
	}
}

// sort gives GLPI's item type and device type. It has none for PLCs and machines: they go as Unmanaged, their class in the description.
func sort(a *survey.Asset) (item, kind string) {
	switch a.Nameplate.DeviceClass {
	case "网络设备":
		return "NetworkEquipment", "Networking"
	case "打印机":
		return "Printer", "Printer"
	case "电话":
		return "Phone", "Phone"
	case "摄像机":
		return "Unmanaged", "Video"
	}
	return "Unmanaged", "Unmanaged"
}

func describe(a *survey.Asset, count int) string {
	var out []string
	for _, s := range []string{a.Nameplate.DeviceClass, survey.NameOf(survey.ClassNames, a.Class), a.Control, strings.Join(a.Protocols, "、"), a.Note} {
		if s != "" {
			out = append(out, s)
		}
	}
	if count > 1 {
		out = append(out, fmt.Sprintf("清单同一行共 %d 台", count))
	}
	return strings.Join(out, "；")
}

func place(a *survey.Asset) string {
	return strings.TrimSpace(strings.Join([]string{a.Workshop, a.Line, a.Nameplate.Location}, " "))
}

// present makes a map of the pairs whose value is known.
func present(pairs ...string) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if v := strings.TrimSpace(pairs[i+1]); v != "" {
			m[pairs[i]] = v
		}
	}
	return m
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
