package manual

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Term is one word that is explained.
type Term struct {
	Group  string   `json:"group"`
	Name   string   `json:"name"`
	Text   []string `json:"text"`   // paragraphs in plain words
	Source string   `json:"source"` // where the meaning comes from; never empty
}

// sourceMark begins the last paragraph of a term, which names its source.
const sourceMark = "出处："

// Glossary turns a text into terms: each chapter is a group, each section a term whose last paragraph begins with 出处：. It fails with E0312.
func Glossary(m Manual) ([]Term, error) {
	var out []Term
	for _, c := range m.Chapters {
		for _, s := range c.Sections {
			t := Term{Group: c.Title, Name: s.Title}
			for _, b := range s.Blocks {
				if source, ok := strings.CutPrefix(b.Text, sourceMark); ok {
					t.Source = source
					continue
				}
				t.Text = append(t.Text, b.Text)
				t.Text = append(t.Text, b.Items...)
			}
			t.Text = slices.DeleteFunc(t.Text, func(s string) bool { return s == "" })
			if t.Source == "" || len(t.Text) == 0 {
				return nil, survey.Fail(survey.CodeManual, "manual.glossary", "“%s”没有解释或出处", s.Title)
			}
			if slices.ContainsFunc(out, func(o Term) bool { return o.Name == t.Name }) {
				return nil, survey.Fail(survey.CodeManual, "manual.glossary", "“%s”有两处", s.Title)
			}
			out = append(out, t)
		}
	}
	return out, nil
}
