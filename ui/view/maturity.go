package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Since is the frozen assessments of a case and what changed between two of them.
type Since struct {
	Frozen   []Frozen
	Labels   []string // T0, T1 … and last the present one
	Names    []string // of Labels, as shown
	From, To int      // chosen, places in Labels
	Next     string   // label of the next freeze, "" when all are used
	Pairs    []assess.Pair
	Head     string
	Lines    []string // what differs, item by item
	Other    string   // a warning when the texts of the questions differ
}

// Frozen is one frozen assessment in two lines.
type Frozen struct{ Label, Text, By string }

// SinceOf compares the labels chosen; the first with the last when they are not there.
func SinceOf(w Words, st *wizard.State, from, to string) Since {
	s := Since{Next: st.NextSnapshot()}
	for _, x := range st.Case.Snapshots {
		s.Labels, s.Names = append(s.Labels, x.Label), append(s.Names, x.Label)
		s.Frozen = append(s.Frozen, Frozen{x.Label, w("maturity.frozen", x.Label, x.Date, x.Score.String(), x.LevelName), w("maturity.by", x.By, x.Edition, x.Digest[:min(8, len(x.Digest))])})
		if x.Note != "" {
			s.Frozen[len(s.Frozen)-1].Text += " · " + x.Note
		}
	}
	if s.Labels == nil {
		return s
	}
	s.Labels, s.Names = append(s.Labels, wizard.SnapshotNow), append(s.Names, w("maturity.now"))
	if s.From = slices.Index(s.Labels, from); s.From < 0 {
		s.From = 0
	}
	if s.To = slices.Index(s.Labels, to); s.To < 0 {
		s.To = len(s.Labels) - 1
	}
	c, err := st.Compare(s.Labels[s.From], s.Labels[s.To])
	if err != nil {
		return s
	}
	s.Pairs, s.Lines = c.Pairs, changeLines(w, &c)
	sign := ""
	if c.Score >= 0 {
		sign = "+"
	}
	s.Head = w("maturity.score", sign+c.Score.String(), c.Better, c.Worse)
	if !c.SameText {
		s.Other = w("maturity.text.other")
	}
	return s
}

func changeLines(w Words, c *assess.Comparison) []string {
	var out []string
	only := func(line, label string) string {
		if label == wizard.SnapshotNow {
			label = w("maturity.now")
		}
		if label != "" {
			line += "（" + w("maturity.only", label) + "）"
		}
		return line
	}
	letters := func(list []string) string {
		if len(list) == 0 {
			return w("maturity.none")
		}
		return strings.Join(list, "")
	}
	for _, x := range c.Items {
		if x.From == x.To && slices.Equal(x.Before, x.After) && x.Only == "" {
			continue
		}
		by := x.To - x.From
		sign := ""
		if by >= 0 {
			sign = "+"
		}
		out = append(out, only(w("maturity.item", x.Key, x.Title, letters(x.Before), letters(x.After), sign+by.String()), x.Only))
	}
	level := func(n int) string { return w("assess.level." + strconv.Itoa(min(max(n, 0), 4))) }
	for _, x := range c.Scenes {
		if x.From != x.To || x.Only != "" {
			out = append(out, only(w("maturity.scene", x.Title, level(x.From), level(x.To)), x.Only))
		}
	}
	return out
}

// Proving is what an assessor asks for with an answer, and how much of it is attached.
type Proving struct {
	Head   string // 已附 1 份，缺 2 份
	Source string // where the list was read
	All    bool   // nothing is missing
	Rows   []ProofRow
}

// ProofRow is one document: its state in words, and the attachment's id where there is one.
type ProofRow struct {
	Document, State string
	Missing         bool
	ID              string
}

// provingOf gives the documents of an item or scene; nil when its answer needs none and none is attached.
func provingOf(w Words, st *wizard.State, key string) *Proving {
	p := &Proving{Source: w("maturity.proof.source", st.Assessment.ProofSource)}
	have, lack := 0, 0
	for _, x := range assess.ProofsOf(&st.Assessment, st.Case.Attachments, key) {
		row := ProofRow{Document: x.Document, State: x.File, Missing: x.Missing, ID: x.ID}
		if x.Missing {
			row.State = w("maturity.proof.missing")
			lack++
		} else {
			have++
		}
		p.Rows = append(p.Rows, row)
	}
	if p.Rows == nil {
		return nil
	}
	p.Head, p.All = w("maturity.proof.count", have, lack), lack == 0
	return p
}
