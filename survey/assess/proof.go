package assess

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Proof is one row of the evidence index: a document that an on-site assessor asks for with an answer, and the file that is attached for
// it. A document without a file is missing; a file under no known document stands as one of its own (Extra).
type Proof struct {
	Key      string `json:"key"`      // item or scene
	Title    string `json:"title"`    // plain question, or name of the scene
	Term     string `json:"term"`     // official term
	Answer   string `json:"answer"`   // "B、C", "二级"
	Document string `json:"document"` // as the edition names it
	File     string `json:"file,omitempty"`
	ID       string `json:"id,omitempty"`     // Attachment.ID
	SHA256   string `json:"sha256,omitempty"` // of the file
	Size     int64  `json:"size,omitempty"`   // bytes
	Missing  bool   `json:"missing"`
	Extra    bool   `json:"extra,omitempty"`
}

// Proofs is the evidence index of an assessment: every document asked for with the answers that count, in the order of the questions, each
// with the files attached for it (Attachment.For is the item or scene, Attachment.Role the document).
func Proofs(a *Assessment, files []survey.Attachment) []Proof {
	var out []Proof
	for i := range a.Items {
		it := &a.Items[i]
		out = append(out, rows(Proof{Key: it.Key, Title: it.Title, Term: it.Term, Answer: strings.Join(it.Counted, "、")}, it.Papers, files)...)
	}
	for i := range a.Scenes {
		s := &a.Scenes[i]
		out = append(out, rows(Proof{Key: s.Key, Title: s.Title, Term: s.Title, Answer: levelWords[s.Level]}, s.Papers, files)...)
	}
	return out
}

// ProofsOf is Proofs for one item or scene.
func ProofsOf(a *Assessment, files []survey.Attachment, key string) []Proof {
	return slices.DeleteFunc(Proofs(a, files), func(p Proof) bool { return p.Key != key })
}

func rows(p Proof, papers []string, files []survey.Attachment) []Proof {
	var out []Proof
	for _, name := range papers {
		found := false
		for i := range files {
			if f := &files[i]; f.For == p.Key && f.Role == name {
				out, found = append(out, p.with(name, f)), true
			}
		}
		if !found {
			row := p
			row.Document, row.Missing = name, true
			out = append(out, row)
		}
	}
	for i := range files {
		if f := &files[i]; f.For == p.Key && !slices.Contains(papers, f.Role) {
			row := p.with(f.Role, f)
			row.Extra = true
			out = append(out, row)
		}
	}
	return out
}

func (p Proof) with(document string, f *survey.Attachment) Proof {
	p.Document, p.File, p.ID, p.SHA256, p.Size = document, f.Name, f.ID, f.SHA256, f.Size
	return p
}

// papers gives the documents asked for with an answer: those its options name, all of the item where no option names any; nothing for an
// answer without points.
func (q *Question) papers(letters []string) []string {
	if q.Score(letters) == 0 {
		return nil
	}
	own := slices.ContainsFunc(q.Options, func(o Choice) bool { return len(o.Papers) > 0 })
	if !own {
		return q.Evidence
	}
	var out []string
	for _, name := range q.Evidence {
		if slices.ContainsFunc(q.Options, func(o Choice) bool { return slices.Contains(letters, o.Letter) && slices.Contains(o.Papers, name) }) {
			out = append(out, name)
		}
	}
	return out
}

// paperOf cuts the level off a scene's document: "二级：系统界面截图" is "系统界面截图".
func paperOf(s string) string {
	if _, name, ok := strings.Cut(s, "："); ok {
		return name
	}
	return s
}

func (q *Questionnaire) proofSource() string {
	for _, s := range q.Sources {
		if s.Key == q.ProofFrom {
			return s.Text + "（" + s.Status + "）"
		}
	}
	return ""
}
