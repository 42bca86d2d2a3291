package assess

import (
	"strconv"

	"github.com/shangyuntong/shangyun/survey"
)

// finding is what the register says of one item. Nil letters are undefined.
type finding struct {
	letters   []string
	held      []string // half items: options that the register proves, before those without their Requires go
	open      []string // half items: options of which the register knows nothing
	undefined string
	explain   string
	flip      string
	behind    []Ref
	ratio     *Ratio
	links     []string
}

// answers is the closed list of rules by which the register answers an item (Question.Answer).
var answers = map[string]func(*reader, *Question) finding{
	"network":        (*reader).network,
	"digital-rate":   (*reader).digitalRate,
	"networked-rate": (*reader).networkedRate,
	"auto-links":     (*reader).autoLinks,
	"system-links":   (*reader).systemLinks,
	"arrangements":   (*reader).arrangements,
	"spending":       (*reader).spending,
	"energy":         (*reader).energy,
	"pass-rate":      (*reader).passRate,
	"revenue-staff":  (*reader).revenuePerHead,
	"cost-revenue":   (*reader).costRatio,
}

func undefined(reason string) finding { return finding{undefined: reason} }

func systemRef(s *survey.System) Ref { return Ref{Kind: "system", ID: s.ID, Text: s.Name} }

// assetRef names a line of the register. The words are made once: three items may stand on the same machine.
func (r *reader) assetRef(i int) Ref {
	if r.refs == nil {
		r.refs = make([]Ref, len(r.c.Assets))
	}
	if r.refs[i].Kind == "" {
		r.refs[i] = assetRef(&r.c.Assets[i])
	}
	return r.refs[i]
}

func assetRef(a *survey.Asset) Ref {
	text := a.Name
	if a.AssetID != "" {
		text = a.AssetID + " " + text
	}
	if a.Count > 1 {
		text += " × " + strconv.Itoa(a.Count)
	}
	return Ref{Kind: "asset", ID: a.ID, Text: text}
}

func yearRef(y *survey.Year, text string) Ref {
	year := strconv.Itoa(y.Year)
	return Ref{Kind: "year", ID: year, Text: year + " 年：" + text}
}
