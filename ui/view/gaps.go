package view

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// Gap is one contradiction between dimensions in plain words, with the facts behind it.
type Gap struct {
	Title, Text, Do string
	Facts           []string
	Path            string
}

// Gaps lists the gaps of an assessment.
func Gaps(w Words, a assess.Assessment) []Gap {
	out := make([]Gap, 0, len(a.Gaps))
	for _, g := range a.Gaps {
		x := Gap{Title: g.Title, Text: g.Text, Do: w("maturity.gap.do", g.Do), Path: "scenes." + g.Jump}
		for i := range a.Items {
			if a.Items[i].Key == g.Jump {
				x.Path = "answers." + g.Jump
			}
		}
		collectFacts(w, g.Trace, &x.Facts)
		out = append(out, x)
	}
	return out
}

// collectFacts lists the conditions that hold and decide, each with what was found.
func collectFacts(w Words, t rule.Trace, out *[]string) {
	if len(t.Parts) == 0 && t.Verdict == rule.Met && t.Found != "" {
		*out = append(*out, w("maturity.gap.fact", strings.TrimSpace(t.Text), t.Found))
	}
	for _, p := range t.Parts {
		collectFacts(w, p, out)
	}
}
