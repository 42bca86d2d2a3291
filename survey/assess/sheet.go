package assess

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey"
)

// Sheet is a frozen assessment with the whole text that it followed: every question with every option, and every scene with its levels.
// It is read, never computed with.
type Sheet struct {
	Label   string       `json:"label"`
	Date    survey.Date  `json:"date"`
	Edition string       `json:"edition"`
	Title   string       `json:"title"`
	DocNo   string       `json:"docNo"`
	Digest  string       `json:"digest"`
	Items   []SheetItem  `json:"items"`
	Scenes  []SheetScene `json:"scenes"`
}

// SheetItem is one question as it was put, with what was answered.
type SheetItem struct {
	Key     string        `json:"key"`
	Term    string        `json:"term"`
	Title   string        `json:"title"`
	Help    string        `json:"help,omitempty"`
	Example string        `json:"example,omitempty"`
	Options []SheetOption `json:"options"`
	Points  Points        `json:"points"`
	Max     Points        `json:"max"`
	Explain string        `json:"explain,omitempty"`
}

// SheetOption is one option of a question.
type SheetOption struct {
	Letter   string `json:"letter"`
	Text     string `json:"text"`
	Counts   string `json:"counts,omitempty"` // what counts
	Points   Points `json:"points"`
	Counted  bool   `json:"counted,omitempty"`
	Declared bool   `json:"declared,omitempty"` // 自报
}

// SheetScene is one scene as it was put: the sentence of each level, and the level that was answered.
type SheetScene struct {
	Key    string   `json:"key"`
	Title  string   `json:"title"`
	Star   bool     `json:"star,omitempty"`
	Levels []string `json:"levels"`
	Level  int      `json:"level"`
}

// SheetOf sets a frozen assessment beside its text.
func SheetOf(q *Questionnaire, s *survey.Snapshot) Sheet {
	out := Sheet{Label: s.Label, Date: s.Date, Edition: s.Edition, Title: q.Title, DocNo: q.DocNo, Digest: s.Digest}
	for i := range q.Items {
		x := &q.Items[i]
		it := SheetItem{Key: x.Key, Term: x.Term, Title: x.Title, Help: x.Help, Example: x.Example, Max: x.Points}
		var was survey.FrozenItem
		if k := slices.IndexFunc(s.Items, func(f survey.FrozenItem) bool { return f.Item == x.Key }); k >= 0 {
			was = s.Items[k]
		}
		it.Points, it.Explain = was.Points, was.Explain
		for _, o := range x.Options {
			it.Options = append(it.Options, SheetOption{o.Letter, o.Text, o.Counts, o.Points, slices.Contains(was.Options, o.Letter), slices.Contains(was.Declared, o.Letter)})
		}
		out.Items = append(out.Items, it)
	}
	for i := range q.Scenes {
		x := &q.Scenes[i]
		sc := SheetScene{Key: x.Key, Title: x.Title, Star: x.Star, Levels: x.Levels}
		for _, f := range s.Scenes {
			if f.Scene == x.Key {
				sc.Level = f.Level
			}
		}
		out.Scenes = append(out.Scenes, sc)
	}
	return out
}
