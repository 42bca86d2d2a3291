package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Plan is the bundle as the head of 推荐方案 shows it.
type Plan struct {
	State     PlanState
	Cost      string // first year, without the unit
	Proved    bool
	Proof     string // 已证明最优, or how large the gap may be
	ProofText string
	Covered   string // 覆盖 7 / 16 项需求
	Outlook   []Outlook
	Conflict  string
	Relax     string // budget that would do, "" when money does not help
	RelaxTo   string // the same for plan.budget
	Left      string
	Next      string // 预算再加 x 元可多覆盖 n 项
	NextWhat  string
	NextTo    string // for plan.budget
	Sums      string // sums by price kind
	Checked   string
	Accepted  string // "" while nothing is accepted
	Same      bool   // what is accepted is the bundle that is shown
	Empty     string // why there is no line, "" when there are lines
}

// WayOut is one of the smallest things to give up when nothing fits, with what has to be taken back for it. A budget has neither: RelaxTo says it.
type WayOut struct {
	Text          string
	Needs, Offers []string
}

// WaysOut lists the ways out of a conflict, the budget first.
func WaysOut(st *wizard.State) (out []WayOut) {
	c := st.Bundle.Conflict
	if c == nil {
		return nil
	}
	for i, text := range c.Ways {
		way := WayOut{Text: text}
		k := i
		if c.Relax != nil {
			k--
		}
		switch {
		case k < 0:
		case k == 0 && len(c.Drop) > 0:
			way.Needs = c.Drop
		default:
			if len(c.Drop) > 0 {
				k--
			}
			if k < len(c.Unpin) {
				way.Offers = c.Unpin[k : k+1]
			}
		}
		out = append(out, way)
	}
	return out
}

// PlanState is what the page can show.
type PlanState int

// The states of a plan.
const (
	PlanReady    PlanState = iota
	PlanConflict           // the wishes cannot hold together
	PlanFailed             // no answer for another reason
	PlanNothing            // nothing to buy
	PlanTooEarly           // nothing is assessed yet
)

// Outlook is one figure of the 预测: what it becomes and by how much it changes.
type Outlook struct{ Value, Label, Delta string }

// PlanOf reads the head out of a state; failed is the sentence for the state's BundleError.
func PlanOf(w Words, st *wizard.State, failed string) Plan {
	b := &st.Bundle
	p := Plan{
		Cost: b.FirstYear.Display(), Proved: b.Proof.Optimal, Proof: w("recommend.proved"), ProofText: b.Proof.Text,
		Covered: w("recommend.covered", len(b.Covered), len(b.Covered)+len(b.Uncovered)),
	}
	if !p.Proved {
		p.Proof = w("recommend.gap", max(b.FirstYear-b.Proof.Bound, 0).Display())
	}
	switch {
	case !Begun(st):
		p.State = PlanTooEarly
	case b.Conflict != nil:
		p.State, p.Conflict = PlanConflict, b.Conflict.Text
		if b.Conflict.Relax != nil {
			p.Relax, p.RelaxTo = w("recommend.relax", b.Conflict.Relax.Display()), b.Conflict.Relax.String()
		}
	case st.BundleError != nil:
		p.State, p.Conflict = PlanFailed, failed
	case len(b.Lines) == 0:
		p.State, p.Empty = PlanNothing, w("recommend.nothing")
		if len(b.Uncovered) > 0 {
			p.Empty = w("recommend.nothing.budget", len(b.Uncovered))
		}
	}
	if b.Left != nil && p.State == PlanReady {
		p.Left = w("recommend.left", b.Left.Display())
	}
	if b.Next != nil {
		p.Next, p.NextTo = w("recommend.next", b.Next.More.Display(), len(b.Next.Needs)), b.Next.Budget.String()
		p.NextWhat = names(b, b.Next.Needs)
	}
	p.Outlook = outlooks(w, st)
	p.Sums = sums(w, b)
	if b.Checked != "" {
		p.Checked = w("recommend.checked", string(b.Checked))
	}
	p.accepted(w, st)
	return p
}

func (p *Plan) accepted(w Words, st *wizard.State) {
	chosen := st.Case.Plan.Accepted
	if len(chosen) == 0 {
		return
	}
	var sum money.Fen
	for _, c := range chosen {
		sum += c.FirstYear
	}
	p.Same = len(chosen) == len(st.Bundle.Lines) && !slices.ContainsFunc(st.Bundle.Lines, func(l recommend.Line) bool {
		return !slices.ContainsFunc(chosen, func(c survey.Chosen) bool {
			return c.Offer == l.Offer && c.Quantity == l.Quantity && c.FirstYear == l.FirstYear
		})
	})
	p.Accepted = w("recommend.accepted", len(chosen), sum.Display())
	if !p.Same {
		p.Accepted = w("recommend.accepted.other", len(chosen), sum.Display())
	}
}

func outlooks(w Words, st *wizard.State) []Outlook {
	a, after := &st.Assessment, st.Bundle.After
	if after == nil || st.BundleError != nil {
		return nil
	}
	have := 0
	for _, s := range a.Scenes {
		if s.Level >= max(after.Level, 1) {
			have++
		}
	}
	delta := func(n int) string {
		if n <= 0 {
			return ""
		}
		return "+" + strconv.Itoa(n)
	}
	points := ""
	if d := after.Score - a.Score; d > 0 {
		points = "+" + d.String()
	}
	level := ""
	if after.Level > a.Level {
		level = w("recommend.up", w("assess.level."+strconv.Itoa(a.Level)))
	}
	return []Outlook{
		{after.Score.String(), w("recommend.score"), points},
		{w("recommend.scenes.n", after.Scenes), w("recommend.scenes", w("assess.level."+strconv.Itoa(max(after.Level, 1)))), delta(after.Scenes - have)},
		{w("assess.level." + strconv.Itoa(after.Level)), w("recommend.level"), level},
	}
}

func sums(w Words, b *recommend.Bundle) string {
	var parts []string
	for _, k := range b.ByKind {
		parts = append(parts, w("recommend.sum", w("price."+k.Kind), k.Sum.Display(), k.Lines))
	}
	return strings.Join(parts, " + ")
}

// names gives the titles of needs.
func names(b *recommend.Bundle, keys []string) string { return strings.Join(titlesOf(b, keys), "、") }

func titlesOf(b *recommend.Bundle, keys []string) []string {
	out := make([]string, 0, len(keys))
	for _, k := range keys {
		title := k
		for _, n := range b.Needs {
			if n.Key == k {
				title = n.Title
			}
		}
		out = append(out, title)
	}
	return out
}
