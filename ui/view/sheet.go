package view

import (
	"strconv"

	"github.com/shangyuntong/shangyun/survey/assess"
)

// SheetLines is a frozen assessment in lines: each question with all its options, each scene with the sentence of each level; what was
// answered is marked.
func SheetLines(w Words, s assess.Sheet) []string {
	var out []string
	for _, it := range s.Items {
		out = append(out, w("maturity.sheet.item", it.Key, it.Title, it.Term, it.Points.String(), it.Max.String()))
		for _, o := range it.Options {
			mark := "○"
			if o.Counted {
				mark = "●"
			}
			line := "　" + mark + " " + o.Letter + " " + o.Text
			if o.Declared {
				line += w("maturity.sheet.declared")
			}
			out = append(out, line)
		}
		if it.Explain != "" {
			out = append(out, "　"+it.Explain)
		}
	}
	for _, x := range s.Scenes {
		star := ""
		if x.Star {
			star = "★"
		}
		out = append(out, star+x.Title+" · "+w("assess.level."+strconv.Itoa(min(max(x.Level, 0), 4))))
		for i, text := range x.Levels {
			mark := "○"
			if i < x.Level {
				mark = "●"
			}
			out = append(out, "　"+mark+" "+strconv.Itoa(i+1)+" "+text)
		}
	}
	return out
}
