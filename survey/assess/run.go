package assess

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// Run scores a case by an edition. It is a pure function of both and never fails: what cannot be computed is undefined with its reason,
// counts 0 and is listed in Open. The edition must be sound (see Check).
func Run(q *Questionnaire, c *survey.Case) Assessment {
	r := newReader(q, c)
	a := Assessment{Edition: q.Edition, Title: q.Title, Digest: q.Digest, RuleStatus: q.Rule.Status, Rates: rates(r.counts), ProofSource: q.proofSource()}
	for _, d := range q.Dimensions {
		a.Dimensions = append(a.Dimensions, Dimension{Key: d.Key, Title: d.Title, Max: d.Points})
	}
	for i := range q.Items {
		a.add(r.item(&q.Items[i]), c)
	}
	for i := range q.Scenes {
		s := r.scene(&q.Scenes[i])
		if s.Confirmed == nil {
			a.Open = append(a.Open, s.Key)
		}
		a.Scenes = append(a.Scenes, s)
	}
	a.Ladder, a.Level, a.LevelName = q.Rule.climb(a.Score, a.Scenes)
	a.Steps = q.steps(&a)
	a.Gaps = q.gaps(&a, c)
	return a
}

// add takes one item's result into the sums.
func (a *Assessment) add(it Item, c *survey.Case) {
	a.Items = append(a.Items, it)
	a.Score += it.Points
	a.Computed += it.ComputedPoints
	a.Declared += it.DeclaredPoints
	for i := range a.Dimensions {
		if a.Dimensions[i].Key == it.Dimension {
			a.Dimensions[i].Points += it.Points
		}
	}
	if !it.Answered {
		a.Open = append(a.Open, it.Key)
	}
	if it.Computed != nil && it.Declared != nil && !slices.Equal(it.Computed, it.Declared) {
		d := Difference{Item: it.Key, Computed: it.Computed, Declared: it.Declared}
		if said := c.Answer(it.Key); said != nil {
			d.Explained = said.Explanation
		}
		a.Differences = append(a.Differences, d)
	}
}

// reader answers items from one case.
type reader struct {
	q      *Questionnaire
	c      *survey.Case
	counts inventory.Counts
	serves map[string][]*survey.System // scene key → systems in use, tools too
	linked map[string]bool             // System.IDs that exchange data with another system in use
	refs   []Ref                       // words of the assets, made when first asked for
}

// item joins what the register says with what the firm declared. The lower of the two is the headline. A full item without data counts
// nothing, whatever was declared, unless the declaration itself claims nothing.
func (r *reader) item(q *Question) Item {
	it := Item{
		Key: q.Key, Title: q.Title, Term: q.Term, Help: q.Help, Example: q.Example, Dimension: q.Dimension, Multi: q.Multi,
		Max: q.Points, Kind: q.Kind, Evidence: q.Evidence, Options: make([]Option, len(q.Options)),
	}
	for i, o := range q.Options {
		it.Options[i] = Option{Letter: o.Letter, Text: o.Text, Points: o.Points, Note: o.Counts}
	}
	if said := r.c.Answer(q.Key); said != nil {
		it.Declared = q.Clean(said.Options)
	}
	if find := answers[q.Answer]; find != nil {
		f := find(r, q)
		q.join(&f, it.Declared)
		it.Computed, it.Undefined, it.Explain, it.Flip = q.Clean(f.letters), f.undefined, f.explain, f.flip
		it.Behind, it.Ratio, it.Links = f.behind, f.ratio, f.links
	}
	computed, declared := q.Score(it.Computed), q.Score(it.Declared)
	switch {
	case it.Computed != nil && it.Declared != nil && declared < computed:
		it.Counted = it.Declared
	case it.Computed != nil:
		it.Counted = it.Computed
	case it.Declared != nil && (q.Kind != KindFull || declared == 0):
		it.Counted = it.Declared
	}
	it.Points, it.Answered = q.Score(it.Counted), it.Counted != nil
	it.Papers = q.papers(it.Counted)
	it.ComputedPoints, it.DeclaredPoints = computed, declared
	if it.Computed == nil && q.Kind != KindFull {
		it.ComputedPoints = declared
	}
	if it.Declared == nil {
		it.DeclaredPoints = computed
	}
	return it
}

// join lets a declaration decide those options of a half item of which the register knows nothing; what the register proves or denies
// stands. So a fact that is recorded in favour of the firm never costs it the options that only a person can know.
func (q *Question) join(f *finding, said []string) {
	if len(f.open) == 0 {
		return
	}
	letters, denied := f.held, false
	var by []string
	for _, l := range said {
		switch {
		case slices.Contains(f.open, l):
			letters, by = append(slices.Clone(letters), l), append(by, l)
		case !q.option(l).None && !slices.Contains(f.held, l):
			denied = true
		}
	}
	if f.letters == nil && !denied {
		return // the register has nothing to say: the declaration counts as it is
	}
	if f.letters == nil {
		f.explain, f.undefined = fmt.Sprintf("登记里没有自报的其他项，另有 %d 项待核实", len(f.open)), ""
	}
	if f.letters = q.Clean(letters); f.letters == nil {
		f.letters = []string{q.Options[0].Letter}
	}
	if by != nil {
		f.explain += "；没有登记的 " + strings.Join(by, "、") + " 按自报"
	}
	f.flip = q.nextOption(letters)
}

// rates prints the register's counts.
func rates(n inventory.Counts) Rates {
	out := Rates{
		Machines: n.Machines, Digital: n.Digital, Networked: n.Networked, OnCloud: n.OnCloud, Unknown: n.Unknown,
		DigitalNetworked: n.DigitalNetworked, KeySteps: n.KeySteps, KeyNumeric: n.KeyNumeric,
	}
	for _, l := range inventory.Rates(n) {
		out.Lines = append(out.Lines, RateLine{Name: l.Name, Percent: l.Percent, Text: l.Text, Rule: l.Rule, Source: l.Standard + "；" + l.Source, Status: l.Status})
	}
	return out
}
