package assess

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// Standard is another standard that the same inventory answers in part, as pure data. Each of its figures is one of: a ratio of the
// register, points by the maturity level, or a clause that proofs of the register show.
type Standard struct {
	Key     string         `yaml:"key"`
	Title   string         `yaml:"title"`
	Edition string         `yaml:"edition"`
	Source  string         `yaml:"source"` // where it was read
	Kind    string         `yaml:"kind"`   // official, secondary or ours
	Note    string         `yaml:"note"`   // what the figures are not
	Figures []StandardRule `yaml:"figures"`
}

// StandardRule is one figure of a standard. Exactly one of Ratio, Points and Proofs is set.
type StandardRule struct {
	Key    string   `yaml:"key"`
	Name   string   `yaml:"name"`
	Rule   string   `yaml:"rule"`   // numerator ÷ denominator, or the condition in words
	Ratio  string   `yaml:"ratio"`  // key of inventory.Rates
	Points []int    `yaml:"points"` // by maturity level 0–4
	Proofs []string `yaml:"proofs"` // all have to hold; keys of the closed list in standardproof.go
	Open   string   `yaml:"open"`   // a demand the inventory cannot show: the clause is at most 待核实
}

// StandardFigure is one figure of one standard for one case, with the facts behind it.
type StandardFigure struct {
	Standard string     `json:"standard"`
	Edition  string     `json:"edition"`
	Source   string     `json:"source"`
	Kind     string     `json:"kind"`
	Key      string     `json:"key"`
	Name     string     `json:"name"`
	Rule     string     `json:"rule"`
	Value    string     `json:"value"` // "63.6%", "3", 满足, 不满足 or 待核实
	Holds    survey.Tri `json:"holds"` // of a clause
	Text     string     `json:"text"`  // "21 / 33 台", or what is there and what is missing
	Note     string     `json:"note,omitempty"`
	Behind   []Ref      `json:"behind,omitempty"`
}

// CheckStandard tells whether a standard is sound: named, sourced, with figures of one known form each.
func CheckStandard(s *Standard) error {
	if s.Key == "" || s.Title == "" || s.Edition == "" || s.Source == "" || !slices.Contains([]string{"official", "secondary", "ours"}, s.Kind) {
		return fmt.Errorf("standard %q needs key, title, edition, source and kind official, secondary or ours", s.Key)
	}
	seen := map[string]bool{}
	rates := inventory.Rates(inventory.Counts{})
	for _, r := range s.Figures {
		forms := 0
		for _, set := range []bool{r.Ratio != "", r.Points != nil, r.Proofs != nil} {
			if set {
				forms++
			}
		}
		switch {
		case r.Key == "" || r.Name == "" || r.Rule == "" || seen[r.Key]:
			return fmt.Errorf("standard %s: figure %q is unnamed, without a rule or doubled", s.Key, r.Key)
		case forms != 1:
			return fmt.Errorf("standard %s, %s: exactly one of ratio, points and proofs", s.Key, r.Key)
		case r.Points != nil && len(r.Points) != 5:
			return fmt.Errorf("standard %s, %s: points of level 0 to 4 are five numbers", s.Key, r.Key)
		case r.Ratio != "" && !slices.ContainsFunc(rates, func(x inventory.Rate) bool { return x.Key == r.Ratio }):
			return fmt.Errorf("standard %s, %s: unknown ratio %s", s.Key, r.Key, r.Ratio)
		}
		for _, p := range r.Proofs {
			if proofs[p] == nil {
				return fmt.Errorf("standard %s, %s: unknown proof %s", s.Key, r.Key, p)
			}
		}
		seen[r.Key] = true
	}
	if len(s.Figures) == 0 {
		return fmt.Errorf("standard %s has no figures", s.Key)
	}
	return nil
}

// Standards evaluates the figures of some standards for a case and the maturity level it reached. What the register does not say is
// 待核实, never no. The standards must be sound.
func Standards(list []Standard, c *survey.Case, level int) []StandardFigure {
	var out []StandardFigure
	rates := inventory.Rates(inventory.Count(c.Assets))
	for i := range list {
		s := &list[i]
		for k := range s.Figures {
			r := &s.Figures[k]
			f := StandardFigure{Standard: s.Title, Edition: s.Edition, Source: s.Source, Kind: s.Kind, Key: s.Key + "." + r.Key, Name: r.Name, Rule: r.Rule, Note: s.Note}
			switch {
			case r.Ratio != "":
				f.ratio(rates, r.Ratio, c)
			case r.Points != nil:
				at := min(max(level, 0), 4)
				f.Value, f.Text = fmt.Sprint(r.Points[at]), fmt.Sprintf("评测等级 %d 级 → %d 分", at, r.Points[at])
			default:
				f.clause(r, c)
			}
			out = append(out, f)
		}
	}
	return out
}

func (f *StandardFigure) ratio(rates []inventory.Rate, key string, c *survey.Case) {
	for _, x := range rates {
		if x.Key == key {
			f.Value, f.Text = x.Percent, x.Text
		}
	}
	if f.Value == "" {
		f.Value = "无定义"
	}
	for i := range c.Assets {
		a := &c.Assets[i]
		if a.InDenominator() == survey.Yes && inventory.Machines(a) > 0 || key == "key-numeric" && a.KeyStep == survey.Yes {
			f.Behind = append(f.Behind, assetRef(a))
		}
	}
}

// clause joins the proofs: one no is 不满足, else one unknown is 待核实.
func (f *StandardFigure) clause(r *StandardRule, c *survey.Case) {
	var words []string
	f.Holds = survey.Yes
	for _, key := range r.Proofs {
		holds, text, behind := proofs[key](c)
		words = append(words, text)
		f.Behind = append(f.Behind, behind...)
		if holds == survey.No || holds == survey.Unknown && f.Holds == survey.Yes {
			f.Holds = holds
		}
	}
	if r.Open != "" {
		words = append(words, r.Open)
		if f.Holds == survey.Yes {
			f.Holds = survey.Unknown
		}
	}
	f.Text = strings.Join(words, "；")
	f.Value = map[survey.Tri]string{survey.Yes: "满足", survey.No: "不满足", survey.Unknown: "待核实"}[f.Holds]
}
