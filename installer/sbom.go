package installer

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"runtime/debug"
	"strings"
)

// SBOM lists a program's parts in CycloneDX 1.5 JSON. It holds no time and a serial number made of its contents, so that the same
// program gives the same bytes.
func SBOM(name string, info *debug.BuildInfo) ([]byte, error) {
	root := component{Type: "application", Ref: "pkg:generic/" + name + "@" + Version(), Name: name, Version: Version(), Licences: licenceOf("Apache-2.0")}
	b := bom{Format: "CycloneDX", Spec: "1.5", Version: 1, Metadata: metadata{Component: root}}
	needs := dependency{Ref: root.Ref}
	for _, p := range Parts(info) {
		c := p.component()
		b.Components = append(b.Components, c)
		needs.On = append(needs.On, c.Ref)
	}
	b.Dependencies = []dependency{needs}
	raw, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	b.Serial = "urn:uuid:" + uuidOf(raw)
	return json.MarshalIndent(b, "", "  ")
}

func (p Part) component() component {
	c := component{Type: "library", Name: p.Name, Version: p.Version, Licences: licenceOf(p.Licence)}
	if p.Sum == "" {
		c.Ref = "pkg:generic/" + strings.ReplaceAll(p.Name, " ", "-") + "@" + p.Version
		return c
	}
	c.Ref = "pkg:golang/" + p.Name + "@" + p.Version
	c.URL = c.Ref
	if raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(p.Sum, "h1:")); err == nil {
		// A go.sum line is the digest of the module's list of files, no digest of one file; the property names it as what it is.
		c.Properties = []property{{Name: "go:sum:h1", Value: hex.EncodeToString(raw)}}
	}
	return c
}

func licenceOf(id string) []licence {
	if id == "" {
		return nil
	}
	return []licence{{Expression: id}}
}

// uuidOf makes a version 8 UUID of bytes.
func uuidOf(b []byte) string {
	sum := sha256.Sum256(b)
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

type bom struct {
	Format       string       `json:"bomFormat"`
	Spec         string       `json:"specVersion"`
	Serial       string       `json:"serialNumber,omitempty"`
	Version      int          `json:"version"`
	Metadata     metadata     `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version,omitempty"`
	Licences   []licence  `json:"licenses,omitempty"`
	URL        string     `json:"purl,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type licence struct {
	Expression string `json:"expression"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type dependency struct {
	Ref string   `json:"ref"`
	On  []string `json:"dependsOn,omitempty"`
}
