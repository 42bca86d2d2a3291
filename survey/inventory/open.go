package inventory

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// GuideRule says where a sort of machine shows what it is.
type GuideRule struct {
	Words  []string `yaml:"words"`  // lower case; one of them occurs in what is known of the machine
	Plate  string   `yaml:"plate"`  // which plate to photograph
	Menu   string   `yaml:"menu"`   // which menu to open
	Source string   `yaml:"source"` // where this was read
}

// Guide is the list of rules, the first that fits counts; Default is for machines that none fits.
type Guide struct {
	Rules   []GuideRule `yaml:"rules"`
	Default GuideRule   `yaml:"default"`
}

// Unidentified is one line of the register of which it is not known what it is, with the next manual step.
type Unidentified struct {
	Asset   string    `json:"asset"` // Asset.ID
	Name    string    `json:"name"`
	Missing []string  `json:"missing"` // what is not known: 厂家, 型号, 出厂编号, 是什么设备
	Photos  int       `json:"photos"`  // pictures of its plate that are attached already
	Next    GuideRule `json:"next"`
}

// Open lists the lines that are not identified, in the register's order: without a model, or with a model that neither a maker nor a use
// goes with. A serial number is asked for only where one machine stands in the line.
func Open(c *survey.Case, g Guide) []Unidentified {
	photos := map[string]int{}
	for _, a := range c.Attachments {
		if a.Role == survey.RolePlate {
			photos[a.For]++
		}
	}
	var out []Unidentified
	for i := range c.Assets {
		a := &c.Assets[i]
		missing := missing(a)
		if len(missing) == 0 {
			continue
		}
		out = append(out, Unidentified{Asset: a.ID, Name: a.Name, Missing: missing, Photos: photos[a.ID], Next: g.next(a)})
	}
	return out
}

func missing(a *survey.Asset) (out []string) {
	n := a.Nameplate
	model := n.Model != "" || n.ProductCode != ""
	sorted := a.Use != "" || a.Class != ""
	if model && (sorted || n.Manufacturer != "") {
		return nil
	}
	if !sorted {
		out = append(out, "是什么设备")
	}
	if n.Manufacturer == "" {
		out = append(out, "厂家")
	}
	if !model {
		out = append(out, "型号")
	}
	if Machines(a) == 1 && n.SerialNumber == "" {
		out = append(out, "出厂编号")
	}
	return out
}

// next finds the rule for a machine.
func (g *Guide) next(a *survey.Asset) GuideRule {
	known := survey.NormalizeText(strings.Join(append([]string{a.Control, a.Nameplate.Manufacturer, a.Nameplate.Model, a.Name, a.Nameplate.DeviceClass}, a.Protocols...), " "))
	for _, r := range g.Rules {
		if slices.ContainsFunc(r.Words, func(w string) bool { return strings.Contains(known, w) }) {
			return r
		}
	}
	return g.Default
}
