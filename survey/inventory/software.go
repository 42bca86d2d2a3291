package inventory

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Program is one program that is installed on a computer.
type Program struct {
	Name      string `json:"name"`
	Version   string `json:"version,omitempty"`
	Publisher string `json:"publisher,omitempty"`
}

// Service is one program of a computer that waits for connections.
type Service struct {
	Port    int    `json:"port"` // TCP
	Process string `json:"process"`
}

// Installed is what a computer says of the software on it.
type Installed struct {
	Programs []Program `json:"programs"`
	Services []Service `json:"services"`
	Problems []string  `json:"problems"` // what could not be read, for people
}

// SoftwareRule recognises one product of factory software by the names under which it is installed.
type SoftwareRule struct {
	Product   string            `yaml:"product"`
	Vendor    string            `yaml:"vendor"`
	Kind      survey.SystemKind `yaml:"kind"`
	Match     []string          `yaml:"match"`     // parts of a program's name, lower case; one of them has to occur
	Not       []string          `yaml:"not"`       // none of them may occur
	Publisher string            `yaml:"publisher"` // part of the publisher's name, when the name alone is too common
	Process   []string          `yaml:"process"`   // a waiting program's name, without .exe
	Machines  bool              `yaml:"machines"`  // it programs or reads machines: there are some to look for
	Source    string            `yaml:"source"`    // where the names were read
}

// fits tells whether a program is the product.
func (r *SoftwareRule) fits(name, publisher string) bool {
	name, publisher = survey.NormalizeText(name), survey.NormalizeText(publisher)
	in := func(list []string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(name, w) })
	}
	return in(r.Match) && !in(r.Not) && (r.Publisher == "" || publisher == "" || strings.Contains(publisher, r.Publisher))
}

// Recognise names the factory software among what is installed, one system for each product and each once; Evidence is base with the
// program as its reference. Installed is not used: InUse stays unknown until a person says so.
func Recognise(rules []SoftwareRule, in Installed, base survey.Evidence) []survey.System {
	var out []survey.System
	add := func(r *SoftwareRule, ref string) {
		e := base
		e.Ref = strings.TrimSpace(base.Ref + " " + ref)
		i := slices.IndexFunc(out, func(s survey.System) bool { return s.Product == r.Product && s.Vendor == r.Vendor })
		if i < 0 {
			out = append(out, survey.System{Name: r.Product, Kind: r.Kind, Vendor: r.Vendor, Product: r.Product, Deployment: survey.DeployLocal})
			i = len(out) - 1
		}
		if !slices.ContainsFunc(out[i].Evidence, func(k survey.Evidence) bool { return k.Ref == e.Ref }) {
			out[i].Evidence = append(out[i].Evidence, e)
		}
	}
	for _, p := range in.Programs {
		for i := range rules {
			if rules[i].fits(p.Name, p.Publisher) {
				add(&rules[i], "已安装 "+strings.TrimSpace(p.Name+" "+p.Version))
				break
			}
		}
	}
	for _, s := range in.Services {
		process := strings.TrimSuffix(survey.NormalizeText(s.Process), ".exe")
		for i := range rules {
			if slices.Contains(rules[i].Process, process) {
				add(&rules[i], "正在运行 "+s.Process)
			}
		}
	}
	return out
}

// MergeSystems brings systems into the register's list: one of the same vendor and product, or of the same kind and name, is the same
// one and gains the evidence and what it does not say yet. Nothing that stands there is overwritten.
func MergeSystems(have, got []survey.System, newID func() string) (all []survey.System, added int) {
	all = slices.Clone(have)
	for _, g := range got {
		i := slices.IndexFunc(all, func(s survey.System) bool { return sameSystem(&s, &g) })
		if i < 0 {
			g.ID = newID()
			all = append(all, g)
			added++
			continue
		}
		s := &all[i]
		for _, p := range [][2]*string{{&s.Vendor, &g.Vendor}, {&s.Product, &g.Product}} {
			if *p[0] == "" {
				*p[0] = *p[1]
			}
		}
		if s.Deployment == "" {
			s.Deployment = g.Deployment
		}
		for _, e := range g.Evidence {
			if !slices.ContainsFunc(s.Evidence, func(k survey.Evidence) bool { return sameWitness(k, e) }) {
				s.Evidence = append(slices.Clone(s.Evidence), e)
			}
		}
	}
	return all, added
}

func sameSystem(a, b *survey.System) bool {
	eq := func(x, y string) bool {
		return survey.NormalizeText(x) != "" && survey.NormalizeText(x) == survey.NormalizeText(y)
	}
	switch {
	case eq(a.Product, b.Product):
		return true
	case a.Kind != b.Kind:
		return false
	}
	return eq(a.Name, b.Name) || eq(a.Name, b.Product) || eq(a.Product, b.Name)
}
