package register

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/shangyuntong/shangyun/survey"
)

// plateSemantics names the submodel that the field names follow: IDTA 02006-3-0 Digital Nameplate.
const plateSemantics = "https://admin-shell.io/idta/nameplate/3/0/Nameplate"

type environment struct {
	Shells    []shell    `json:"assetAdministrationShells,omitempty"`
	Submodels []submodel `json:"submodels,omitempty"`
}

type shell struct {
	ID        string      `json:"id"`
	Name      string      `json:"idShort"`
	Display   []lang      `json:"displayName,omitempty"`
	Asset     shellAsset  `json:"assetInformation"`
	Submodels []reference `json:"submodels"`
	Model     string      `json:"modelType"`
}

type shellAsset struct {
	Kind     string       `json:"assetKind"`
	Global   string       `json:"globalAssetId"`
	Specific []specificID `json:"specificAssetIds,omitempty"`
}

type specificID struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type submodel struct {
	ID        string    `json:"id"`
	Name      string    `json:"idShort"`
	Text      []lang    `json:"description,omitempty"`
	Semantics reference `json:"semanticId"`
	Kind      string    `json:"kind"`
	Elements  []element `json:"submodelElements,omitempty"`
	Model     string    `json:"modelType"`
}

type element struct {
	Name  string `json:"idShort"`
	Type  string `json:"valueType,omitempty"` // of a Property
	Value any    `json:"value"`
	Model string `json:"modelType"`
}

type lang struct {
	Language string `json:"language"`
	Text     string `json:"text"`
}

type reference struct {
	Type string `json:"type"`
	Keys []key  `json:"keys"`
}

type key struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// AAS writes each line of the register as an asset administration shell (IEC 63278, metamodel 3.0) with a Digital Nameplate whose fields
// have the names of IDTA 02006-3-0. Fields that the template demands and that nobody has said are left out and named in the submodel's
// description: the file is valid by the metamodel, and complete by the template only where the register is.
func AAS(c *survey.Case) ([]byte, error) {
	var e environment
	for i := range c.Assets {
		a := &c.Assets[i]
		global := first(uri(a.Nameplate.ProductInstanceURI), "urn:uuid:"+a.ID)
		plate := submodel{ID: "urn:shangyun:nameplate:" + a.ID, Name: "Nameplate", Semantics: reference{"ExternalReference", []key{{"GlobalReference", plateSemantics}}}, Kind: "Instance", Model: "Submodel"}
		var missing []string
		plate.Elements, missing = nameplate(a)
		text := "上云通设备清单导出。"
		if len(missing) > 0 {
			text += "模板要求而尚未查明的栏目：" + strings.Join(missing, "、") + "。"
		}
		plate.Text = []lang{{"zh", bounded(text, 1023)}}
		s := shell{ID: "urn:shangyun:aas:" + a.ID, Name: fmt.Sprintf("Asset_%d", i+1), Model: "AssetAdministrationShell",
			Asset:     shellAsset{Kind: "Instance", Global: global},
			Submodels: []reference{{"ModelReference", []key{{"Submodel", plate.ID}}}}}
		if n := bounded(a.Name, 128); n != "" {
			s.Display = []lang{{"zh", n}}
		}
		for _, p := range [][2]string{{"assetId", a.AssetID}, {"serialNumber", a.Nameplate.SerialNumber}} {
			if v := bounded(p[1], 2000); v != "" {
				s.Asset.Specific = append(s.Asset.Specific, specificID{p[0], v})
			}
		}
		e.Shells, e.Submodels = append(e.Shells, s), append(e.Submodels, plate)
	}
	data, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "register.aas", err)
	}
	return append(data, '\n'), nil
}

// nameplate gives the known elements in the template's order and the demanded ones that are not known.
func nameplate(a *survey.Asset) (out []element, missing []string) {
	n := a.Nameplate
	must := func(e element, known bool) {
		if known {
			out = append(out, e)
			return
		}
		missing = append(missing, e.Name)
	}
	may := func(name, value string) {
		if value = bounded(value, 2000); value != "" {
			out = append(out, element{Name: name, Type: "xs:string", Value: value, Model: "Property"})
		}
	}
	words := func(name, value string) element {
		return element{Name: name, Value: []lang{{"zh", bounded(value, 1023)}}, Model: "MultiLanguageProperty"}
	}
	u := uri(n.ProductInstanceURI)
	must(element{Name: "URIOfTheProduct", Type: "xs:anyURI", Value: u, Model: "Property"}, u != "")
	must(words("ManufacturerName", n.Manufacturer), bounded(n.Manufacturer, 1023) != "")
	must(words("ManufacturerProductDesignation", first(a.Name, n.Model)), bounded(first(a.Name, n.Model), 1023) != "")
	missing = append(missing, "AddressInformation")
	may("ManufacturerProductType", n.Model)
	must(element{Name: "OrderCodeOfManufacturer", Type: "xs:string", Value: bounded(n.ProductCode, 2000), Model: "Property"}, bounded(n.ProductCode, 2000) != "")
	may("SerialNumber", n.SerialNumber)
	if n.YearOfConstruction > 0 {
		may("YearOfConstruction", fmt.Sprintf("%04d", n.YearOfConstruction))
	}
	may("HardwareVersion", n.HardwareRevision)
	may("SoftwareVersion", n.SoftwareRevision)
	return out, missing
}

// uri gives a text that can stand as a URI, "" for any other.
func uri(s string) string {
	s = bounded(s, 2000)
	if !strings.Contains(s, ":") || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return ""
	}
	return s
}

// bounded gives at most n characters that the metamodel takes.
func bounded(s string, n int) string {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
