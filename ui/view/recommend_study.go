package view

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Pair is a name with its figure.
type Pair struct{ Name, Value, Note string }

// NeedCosts gives what each need costs.
func NeedCosts(w Words, x *wizard.Insight) []Pair {
	out := make([]Pair, 0, len(x.NeedCosts))
	for _, n := range x.NeedCosts {
		out = append(out, Pair{n.Title, w("recommend.yuan", n.Cost.Display()), n.Text})
	}
	return out
}

// GainChart places the curve of cost and gained points; Words of a point are given by GainWords.
func GainChart(w Words, g *recommend.GainFront, chosen int) Chart {
	c := Chart{Budget: -1, Next: -1}
	n := len(g.Points)
	if n == 0 {
		return c
	}
	most, gain := g.Points[n-1].Cost, g.Points[n-1].Gain
	for i, p := range g.Points {
		s := Spot{Chosen: i == chosen}
		if most > 0 {
			s.X = float32(p.Cost*1000/most) / 1000
		}
		if gain > 0 {
			s.Y = float32(p.Gain*1000/gain) / 1000
		}
		if i == chosen || i == 0 || i == n-1 {
			s.Label = w("choose.gain.spot", p.Cost.Wan(), p.Gain.String())
		}
		c.Spots = append(c.Spots, s)
	}
	for i := range int64(5) {
		at := float32(i) / 4
		c.XTicks = append(c.XTicks, Tick{at, (most * money.Fen(i) / 4).Wan()})
		c.YTicks = append(c.YTicks, Tick{at, "+" + (gain * survey.Points(i) / 4 / 100 * 100).String()}) // tenths are enough on an axis
	}
	return c
}

// GainWords says what a point of the curve costs, brings and buys.
func GainWords(w Words, p recommend.GainPoint) (head, buys, steps string) {
	head = w("choose.gain.head", p.Cost.Display(), p.Gain.String(), p.Score.String(), p.LevelName)
	buys = w("choose.gain.free")
	if len(p.Buys) > 0 {
		buys = w("choose.gain.buys", strings.Join(p.Buys, "、"))
	}
	return head, buys, w("choose.gain.steps", strings.Join(p.Steps, "、"))
}

// Vendors gives the shares of the vendors with the way out of each.
func Vendors(w Words, x *wizard.Insight) []Pair {
	out := make([]Pair, 0, len(x.Vendors))
	for _, v := range x.Vendors {
		out = append(out, Pair{v.Vendor, w("choose.vendor", v.Sum.Display(), v.Percent), w("choose.vendor.exit", strings.Join(v.Exit, "；"))})
	}
	return out
}

// ExitWords says what leaving costs as far as it is known.
func ExitWords(w Words, x *wizard.Insight) string {
	return w("choose.exit", x.Exit.Lost.Display(), x.Exit.Bound.Display(), len(x.Exit.Unknown))
}

// QualityWords gives the stars, what stands behind them and what would raise them.
func QualityWords(w Words, x *wizard.Insight) (stars, behind string, raise []string) {
	q := x.Quality
	var parts []string
	for _, s := range q.Shares {
		parts = append(parts, w("choose.quality.share", w("price."+s.Kind), s.Percent))
	}
	parts = append(parts, w("choose.quality.answers", q.Known, q.Stated, q.Open))
	return strings.Repeat("★", q.Stars) + strings.Repeat("☆", 5-q.Stars), strings.Join(parts, "，"), q.Raise
}

// StableWords gives the sentence and the lines of a stability study.
func StableWords(w Words, s *recommend.Stability) (head string, lines []Pair) {
	if s.Done == 0 {
		return w("choose.stable.none"), nil
	}
	for _, l := range s.Lines {
		lines = append(lines, Pair{l.Title, w("recommend.percent", int64(l.Kept*100/s.Done)), w("choose.stable.kept")})
	}
	for i, l := range s.Rivals {
		if i == 5 {
			break
		}
		lines = append(lines, Pair{l.Title, w("recommend.percent", int64(l.Kept*100/s.Done)), w("choose.stable.rival")})
	}
	return w("choose.stable.head", s.Spread, s.Done, s.Same*100/s.Done), lines
}

// Leaf is one leaf of the check-list or one 环节 as a chip.
type Leaf struct {
	Text string
	Tone Tone
}

// LeavesOf gives the chips of a list of leaves.
func LeavesOf(w Words, list []recommend.LeafState) []Leaf {
	tones := map[string]Tone{recommend.LeafHave: Good, recommend.LeafCovered: Under, recommend.LeafOpen: Careful}
	out := make([]Leaf, 0, len(list))
	for _, l := range list {
		text := l.Name
		if l.Leaf != l.Name {
			text = l.Leaf + " " + l.Name
		}
		out = append(out, Leaf{text + " · " + w("choose.leaf."+l.State), tones[l.State]})
	}
	return out
}

// OffersToAsk are the offers that are not in the bundle, by vendor and title, for the question why not.
func OffersToAsk(st *wizard.State) []Offer {
	var out []Offer
	for i := range st.Catalog.Offers {
		o := &st.Catalog.Offers[i]
		if !slices.ContainsFunc(st.Bundle.Lines, func(l recommend.Line) bool { return l.Offer == o.ID }) {
			out = append(out, Offer{ID: o.ID, Title: fullName(st.Catalog.VendorName(o.Vendor), o.Title), Note: o.Link})
		}
	}
	return out
}

// WhyNotWords gives the answer with the sentences of its reasons.
func WhyNotWords(x recommend.WhyNot) (text, reasons string) {
	var list []string
	for _, r := range x.Reasons {
		list = append(list, recommend.ReasonTexts[r])
	}
	return x.Text, strings.Join(list, "；")
}
