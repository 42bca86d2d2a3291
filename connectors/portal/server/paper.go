package server

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// paper is a document as the page shows it: the parts that have a form of their
// own in that form, every other member name by name. Nothing is left out.
type paper struct {
	Form       *apply.Application
	Claims     *claims
	Assessment *assessment
	Bundle     *bundle
	Policy     *policy
	Evidence   []evidence // shown beside the attachments
	Rest       []Node     // members without a form of their own
	Raw        []Node     // members shown in a form, whole, for whoever wants every field
}

type claims struct {
	VATBase      string       `json:"vatBase"`
	Measures     []measure    `json:"measures"`
	Lines        []lineClaim  `json:"lines"`
	Conservative *sumOfClaims `json:"conservative"`
	Disjoint     *sumOfClaims `json:"disjoint"`
	IfSelected   *sumOfClaims `json:"ifSelected"`
	Warnings     []string     `json:"warnings"`
}

type measure struct {
	ID         string  `json:"id"`
	Name       string  `json:"name"`
	Clause     string  `json:"clause"`
	Paragraph  string  `json:"paragraph"`
	Verdict    string  `json:"verdict"`
	Amount     *string `json:"amount"`
	AmountText string  `json:"amountText"`
	IfTitled   bool    `json:"ifTitled"`
	Explain    string  `json:"explain"`
	Filed      bool    `json:"filed"`
	Conditions []trace `json:"conditions"`
	Titles     []trace `json:"titles"`
}

type trace struct {
	Text    string `json:"text"`
	Found   string `json:"found"`
	Clause  string `json:"clause"`
	Verdict string `json:"verdict"`
}

type sumOfClaims struct {
	Name    string  `json:"name"`
	Amount  *string `json:"amount"`
	Capital string  `json:"capital"`
	Note    string  `json:"note"`
}

type lineClaim struct {
	Expense struct {
		Title    string `json:"title"`
		Supplier string `json:"supplier"`
		Contract string `json:"contract"`
		Invoice  string `json:"invoice"`
		Base     string `json:"base"`
	} `json:"expense"`
	Measure string  `json:"measure"`
	Amount  *string `json:"amount"`
	Reason  string  `json:"reason"`
	State   string  `json:"state"`
}

type assessment struct {
	Title      string  `json:"title"`
	RuleStatus string  `json:"ruleStatus"`
	Score      string  `json:"score"`
	Level      int     `json:"level"`
	LevelName  string  `json:"levelName"`
	Computed   string  `json:"computed"`
	Declared   string  `json:"declared"`
	Items      []item  `json:"items"`
	Scenes     []scene `json:"scenes"`
	Ladder     []rung  `json:"ladder"`
	Rates      []struct {
		Name, Percent, Text, Rule, Status string
	} `json:"rates"`
	Differences []struct {
		Item      string   `json:"item"`
		Computed  []string `json:"computed"`
		Declared  []string `json:"declared"`
		Explained string   `json:"explained"`
	} `json:"differences"`
}

type item struct {
	Key      string   `json:"key"`
	Computed []string `json:"computed"`
	Declared []string `json:"declared"`
	Counted  []string `json:"counted"`
	Points   string   `json:"points"`
	Max      string   `json:"max"`
}

type scene struct {
	Title    string `json:"title"`
	Star     bool   `json:"star"`
	Level    int    `json:"level"`
	Proposed int    `json:"proposed"`
}

type rung struct {
	Level      int    `json:"level"`
	Name       string `json:"name"`
	Met        bool   `json:"met"`
	NeedScore  string `json:"needScore"`
	HaveScore  string `json:"haveScore"`
	NeedScenes int    `json:"needScenes"`
	HaveScenes int    `json:"haveScenes"`
	NeedStars  int    `json:"needStars"`
	HaveStars  int    `json:"haveStars"`
}

type bundle struct {
	Note  string `json:"note"`
	Lines []struct {
		Vendor   string `json:"vendor"`
		Title    string `json:"title"`
		Quantity int    `json:"quantity"`
	} `json:"lines"`
}

type policy struct {
	Title    string            `json:"title"`
	Validity string            `json:"validity"`
	AsOf     string            `json:"asOf"`
	Readings []subsidy.Reading `json:"readings"`
}

type evidence struct {
	SHA256 string `json:"sha256"`
	For    string `json:"for"`
}

// paperOf reads a document. A member that does not have the expected form is shown name by name instead.
func paperOf(doc json.RawMessage) (paper, error) {
	var p paper
	var top map[string]json.RawMessage
	if err := json.Unmarshal(doc, &top); err != nil {
		return p, err
	}
	known := map[string]func(json.RawMessage) bool{
		"form":           func(b json.RawMessage) bool { return whole(b, &p.Form) && len(p.Form.Sections) > 0 },
		"claims":         func(b json.RawMessage) bool { return part(b, &p.Claims) && len(p.Claims.Measures) > 0 },
		"assessment":     func(b json.RawMessage) bool { return part(b, &p.Assessment) && len(p.Assessment.Ladder) > 0 },
		"recommendation": func(b json.RawMessage) bool { return part(b, &p.Bundle) && len(p.Bundle.Lines) > 0 },
		"policy":         func(b json.RawMessage) bool { return part(b, &p.Policy) && p.Policy.Validity != "" },
		"evidenceIndex":  func(b json.RawMessage) bool { return part(b, &p.Evidence) },
		"caseSummary":    func(json.RawMessage) bool { _, ok := top["form"]; return ok }, // the form says the same, in order
	}
	for _, name := range slices.Sorted(maps.Keys(top)) {
		n, err := nodeOf(top[name])
		if err != nil {
			return p, err
		}
		n.Label = label(name)
		switch read := known[name]; {
		case read == nil || !read(top[name]):
			p.forget(name)
			p.Rest = append(p.Rest, n)
		case name != "form":
			p.Raw = append(p.Raw, n)
		}
	}
	return p, nil
}

// forget drops what was read of a member before it turned out to have another form.
func (p *paper) forget(name string) {
	switch name {
	case "form":
		p.Form = nil
	case "claims":
		p.Claims = nil
	case "assessment":
		p.Assessment = nil
	case "recommendation":
		p.Bundle = nil
	case "policy":
		p.Policy = nil
	case "evidenceIndex":
		p.Evidence = nil
	}
}

// part reads the members it knows; the others stand among paper.Raw.
func part(b json.RawMessage, into any) bool {
	return json.Unmarshal(b, into) == nil && string(b) != "null"
}

// whole reads only what it knows to the last member, so that nothing of a form can stay unseen.
func whole(b json.RawMessage, into any) bool {
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	return d.Decode(into) == nil && string(b) != "null"
}

// purpose tells what the firm says an attachment proves.
func (p paper) purpose(sha string) string {
	for _, e := range p.Evidence {
		if e.SHA256 == sha {
			return e.For
		}
	}
	return ""
}

// Reached is the highest rung that is met, nil for none.
func (a *assessment) Reached() *rung {
	var best *rung
	for i := range a.Ladder {
		if a.Ladder[i].Met && (best == nil || a.Ladder[i].Level > best.Level) {
			best = &a.Ladder[i]
		}
	}
	return best
}

// Filed is the measure the form is filed under, nil when the claims name none.
func (c *claims) Filed() *measure {
	for i := range c.Measures {
		if c.Measures[i].Filed {
			return &c.Measures[i]
		}
	}
	return nil
}
