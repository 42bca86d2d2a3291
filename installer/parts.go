package installer

import (
	_ "embed"
	"encoding/json"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
)

// licences is made by `make licences` from the modules that the programs are built of.
//
//go:embed licences.json
var licences []byte

// Part is one thing of others that a program is made of.
type Part struct {
	Name    string `json:"name"`    // module path, or a name where it is no Go module
	Version string `json:"version"` // "" where it has none
	Licence string `json:"licence"` // SPDX identifier, "" when it was not recognised
	Text    string `json:"text"`    // the licence's whole text, with notices
	Sum     string `json:"-"`       // of go.sum, e.g. "h1:…"; "" where it is no Go module
}

// Licences is the form of licences.json.
type Licences struct {
	Texts []string            `json:"texts"` // each once
	Parts map[string]Licensed `json:"parts"` // by name
}

// Licensed says under which texts a part stands.
type Licensed struct {
	Version string `json:"version,omitempty"` // of what is no Go module; a module's comes from the program
	Licence string `json:"licence"`
	Texts   []int  `json:"texts"`
}

var decoded = sync.OnceValue(func() Licences {
	var l Licences
	if err := json.Unmarshal(licences, &l); err != nil {
		panic("installer: licences.json: " + err.Error())
	}
	return l
})

// Parts lists what a program is made of besides our own source: the modules of its build info, the Go library, and fonts and programs that
// are no modules, by name. A module that licences.json does not know has neither licence nor text; a test holds that there is none.
func Parts(info *debug.BuildInfo) []Part {
	l := decoded()
	part := func(name, version, sum string) Part {
		is := l.Parts[name]
		p := Part{Name: name, Version: version, Licence: is.Licence, Sum: sum}
		for i, n := range is.Texts {
			if i > 0 {
				p.Text += "\n\n"
			}
			p.Text += l.Texts[n]
		}
		return p
	}
	out := []Part{part("Go", strings.TrimPrefix(info.GoVersion, "go"), "")}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		out = append(out, part(m.Path, m.Version, m.Sum))
	}
	for name, is := range l.Parts {
		if is.Version != "" {
			out = append(out, part(name, is.Version, ""))
		}
	}
	slices.SortFunc(out, func(a, b Part) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return out
}

// Own lists the parts of the running program.
func Own() []Part {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil // built without modules, which none of our recipes does
	}
	return Parts(info)
}
