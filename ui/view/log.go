package view

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

// LogLine is one line of the log of a firm's data: when, who and the deed over what it was about.
type LogLine struct{ Head, Text string }

// Log gives the newest lines first, at most so many, and says how many more there are.
func Log(w Words, all []wizard.Logged, most int) []LogLine {
	if len(all) == 0 {
		return []LogLine{{Text: w("audit.none")}}
	}
	say := wizard.Say(w)
	var out []LogLine
	for _, l := range slices.Backward(all) {
		if len(out) == most {
			return append(out, LogLine{Text: w("audit.more", len(all)-most)})
		}
		text := say.What(l)
		if l.Where != "" {
			text += w("audit.to", l.Where)
		}
		out = append(out, LogLine{Head: strings.TrimSpace(Clock(l.At) + "  " + say.Deed(l) + "  " + l.By), Text: text})
	}
	return out
}
