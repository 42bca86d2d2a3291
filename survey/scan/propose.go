package scan

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Propose turns a host into what the register can take: at most one asset and the information systems it runs, without ids. A host that
// did not say what it is proposes an asset with what is known of its address; ok is false for a host of which nothing but silence is known.
func Propose(h Host) (asset survey.Asset, systems []survey.System, ok bool) {
	if len(h.Identities) == 0 && h.MAC == "" && !slices.ContainsFunc(h.Ports, func(p Port) bool { return p.State == "open" }) {
		return asset, nil, false
	}
	asset = survey.Asset{Count: 1, Networked: survey.Yes, Protocols: protocols(h)}
	class := ""
	for _, i := range h.Identities {
		fill(&asset.Nameplate, i.Nameplate)
		if class == "" {
			class = i.Class
		}
		if asset.Name == "" && i.Named() {
			asset.Name = strings.TrimSpace(i.Nameplate.Manufacturer + " " + cmpOr(i.Nameplate.Model, i.Nameplate.ProductCode))
		}
		for _, s := range i.Software {
			if s.Kind != "" {
				systems = append(systems, system(s, i))
			}
		}
		asset.Evidence = append(asset.Evidence, survey.Evidence{Source: survey.SourceProbe, By: i.Protocol, At: i.At, Ref: i.Where, Note: i.summary()})
	}
	asset.Nameplate.DeviceClass = cmpOr(asset.Nameplate.DeviceClass, class)
	if h.MAC != "" || len(h.Identities) == 0 {
		asset.Evidence = append(asset.Evidence, survey.Evidence{Source: survey.SourceProbe, By: "neighbour", At: h.Seen, Ref: h.Key(), Note: strings.TrimSpace("MAC " + h.MAC + " " + h.Vendor)})
	}
	asset.Name = cmpOr(asset.Name, name(h), class, h.Vendor+" "+h.Key())
	asset.Name = strings.TrimSpace(asset.Name)
	switch class {
	case ClassPrinter, ClassSwitch, ClassCamera, ClassServer, ClassMedia:
		asset.Use, asset.Class, asset.Counted, asset.Digital, asset.Network = survey.UseOffice, survey.ClassNone, survey.No, survey.Yes, survey.NetApp
	case ClassCNC:
		asset.Numeric, asset.Digital, asset.Network = survey.Yes, survey.Yes, survey.NetControl
	case ClassPLC, ClassHMI, ClassMeter, ClassGateway, ClassBuild, ClassRTU, ClassMachine:
		asset.Digital, asset.Network = survey.Yes, survey.NetControl
	}
	return asset, systems, true
}

func name(h Host) string {
	for _, i := range h.Identities {
		if i.Name != "" {
			return i.Name
		}
	}
	if len(h.Names) > 0 {
		return h.Names[0]
	}
	return ""
}

func system(s Software, i Identity) survey.System {
	return survey.System{
		Name: strings.TrimSpace(s.Vendor + " " + s.Product), Kind: s.Kind, Vendor: s.Vendor, Product: s.Product, Deployment: survey.DeployLocal, InUse: survey.Yes,
		Evidence: []survey.Evidence{{Source: survey.SourceProbe, By: i.Protocol, At: i.At, Ref: i.Where, Note: s.Version}},
	}
}

// protocols lists the protocols that answered, in the order they did.
func protocols(h Host) (out []string) {
	for _, i := range h.Identities {
		if !slices.Contains(out, i.Protocol) {
			out = append(out, i.Protocol)
		}
	}
	return out
}

// fill takes from a name plate what is not known yet.
func fill(to *survey.Nameplate, from survey.Nameplate) {
	for _, p := range [][2]*string{
		{&to.Manufacturer, &from.Manufacturer}, {&to.Model, &from.Model}, {&to.ProductCode, &from.ProductCode}, {&to.SerialNumber, &from.SerialNumber},
		{&to.DeviceClass, &from.DeviceClass}, {&to.HardwareRevision, &from.HardwareRevision}, {&to.SoftwareRevision, &from.SoftwareRevision},
		{&to.ProductInstanceURI, &from.ProductInstanceURI}, {&to.ManufacturerURI, &from.ManufacturerURI}, {&to.Location, &from.Location},
	} {
		*p[0] = cmpOr(*p[0], *p[1])
	}
	if to.YearOfConstruction == 0 {
		to.YearOfConstruction, to.MonthOfConstruction = from.YearOfConstruction, from.MonthOfConstruction
	}
}

// summary is one readable line of an identity.
func (i Identity) summary() string {
	n := i.Nameplate
	var parts []string
	for _, s := range []string{i.Name, n.Manufacturer, n.Model, n.ProductCode, n.HardwareRevision, n.SoftwareRevision, n.SerialNumber} {
		if s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	for _, s := range i.Software {
		parts = append(parts, strings.TrimSpace(s.Vendor+" "+s.Product+" "+s.Version))
	}
	return strings.Join(parts, "；")
}

func cmpOr(list ...string) string {
	for _, s := range list {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}
