package register

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

type bom struct {
	Format     string      `json:"bomFormat"`
	Version    string      `json:"specVersion"`
	Serial     string      `json:"serialNumber"`
	Number     int         `json:"version"`
	Metadata   bomMeta     `json:"metadata"`
	Components []component `json:"components"`
}

type bomMeta struct {
	At        string     `json:"timestamp"`
	Tools     bomTools   `json:"tools"`
	Component *component `json:"component,omitempty"`
}

type bomTools struct {
	Components []component `json:"components"`
}

type component struct {
	Type        string      `json:"type"`
	Ref         string      `json:"bom-ref,omitempty"`
	Supplier    *supplier   `json:"supplier,omitempty"`
	Name        string      `json:"name"`
	Version     string      `json:"version,omitempty"`
	Description string      `json:"description,omitempty"`
	Properties  []property  `json:"properties,omitempty"`
	Components  []component `json:"components,omitempty"`
}

type supplier struct {
	Name string `json:"name"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// CycloneDX writes the register as a bill of materials (CycloneDX 1.6): machines as devices with their firmware, systems as applications,
// for whoever looks after security. at is when it was made; program is the writer's name and version.
func CycloneDX(c *survey.Case, program string, at time.Time) ([]byte, error) {
	name, version, _ := strings.Cut(program, " ")
	b := bom{Format: "CycloneDX", Version: "1.6", Serial: "urn:uuid:" + c.ID, Number: 1, Components: []component{}, Metadata: bomMeta{
		At: at.UTC().Format(time.RFC3339), Tools: bomTools{Components: []component{{Type: "application", Name: name, Version: version}}}}}
	if c.Firm.Name != "" {
		b.Metadata.Component = &component{Type: "platform", Name: c.Firm.Name, Ref: "firm"}
	}
	for i := range c.Assets {
		b.Components = append(b.Components, deviceOf(&c.Assets[i]))
	}
	for i := range c.Systems {
		s := &c.Systems[i]
		k := component{Type: "application", Ref: s.ID, Name: first(s.Product, s.Name, string(s.Kind)), Supplier: by(s.Vendor), Description: survey.NameOf(survey.SystemKindNames, s.Kind)}
		k.Properties = properties("deployment", survey.NameOf(survey.DeploymentNames, s.Deployment), "inUse", known(s.InUse))
		b.Components = append(b.Components, k)
	}
	data, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "register.cyclonedx", err)
	}
	return append(data, '\n'), nil
}

func deviceOf(a *survey.Asset) component {
	n := a.Nameplate
	k := component{Type: "device", Ref: a.ID, Name: first(n.Model, n.ProductCode, a.Name, a.ID), Version: n.HardwareRevision, Supplier: by(n.Manufacturer), Description: a.Name}
	k.Properties = properties("assetId", a.AssetID, "serialNumber", n.SerialNumber, "productCode", n.ProductCode, "deviceClass", n.DeviceClass, "count", strconv.Itoa(max(a.Count, 1)),
		"location", place(a), "control", a.Control, "protocols", strings.Join(a.Protocols, ","), "networked", known(a.Networked), "macAddresses", strings.Join(a.Reach.MACs, ","),
		"addresses", strings.Join(a.Reach.Addresses, ","), "connectedTo", strings.TrimSpace(a.Reach.Switch+" "+a.Reach.Port))
	if n.SoftwareRevision != "" {
		k.Components = []component{{Type: "firmware", Ref: a.ID + "-firmware", Name: first(n.Model, n.ProductCode, a.Name, a.ID) + " 固件", Version: n.SoftwareRevision}}
	}
	return k
}

func by(name string) *supplier {
	if name == "" {
		return nil
	}
	return &supplier{name}
}

func known(t survey.Tri) string {
	if t == survey.Unknown {
		return ""
	}
	return t.String()
}

// properties are named under shangyun:, as the format asks of names that it does not define itself.
func properties(pairs ...string) []property {
	var out []property
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, property{"shangyun:" + pairs[i], pairs[i+1]})
		}
	}
	return out
}
