package view

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// BundleLine is one offer of the bundle.
type BundleLine struct {
	Offer, Title, Detail string
	Covers               []string
	Price, Kind          string
	Loss                 string
	Reasons              string
	Source               string
	Notes                []string // assumptions, range, note
	Pinned               bool
}

// OtherPlan is one whole other answer.
type OtherPlan struct{ Title, Price, Text, Offers string }

// Need is one row of the needs editor.
type Need struct {
	Key, Title, Why, State string
	Group                  string
	Weight                 int64
	Tone                   Tone
	Choice                 survey.Tri
}

// Offer is an offer by its name, e.g. one that a person refuses.
type Offer struct{ ID, Title, Note string }

// Spot is one best bundle on the chart: place on both axes from 0 to 1, the words beside it and the budget that buys it.
type Spot struct {
	X, Y   float32
	Label  string
	Budget string
	Chosen bool
}

// Chart is 花多少、盖多少 with the places of the budget and the ticks.
type Chart struct {
	Spots  []Spot
	Budget float32 // below 0 for none
	Word   string
	XTicks []Tick
	YTicks []Tick
	Next   int // spot of the next breakpoint, -1 for none
}

// Tick is a word at a place from 0 to 1.
type Tick struct {
	At   float32
	Word string
}

// BundleLines gives the lines of the bundle.
func BundleLines(w Words, st *wizard.State) []BundleLine {
	b := &st.Bundle
	out := make([]BundleLine, 0, len(b.Lines))
	for _, l := range b.Lines {
		x := BundleLine{
			Offer: l.Offer, Title: fullName(l.Vendor, l.Title), Detail: l.Metric, Covers: titlesOf(b, l.Covers), Price: l.FirstYear.Display(), Kind: l.PriceKind,
			Loss: l.LossText, Source: w("recommend.source", l.Source, string(l.Checked)), Pinned: slices.Contains(st.Case.Plan.Pinned, l.Offer),
		}
		if l.Deploy != "" {
			x.Detail += " · " + w("recommend.deploy."+l.Deploy)
		}
		if l.OneOff > 0 {
			x.Detail += " · " + w("recommend.oneoff", l.OneOff.Display())
		}
		if l.Yearly > 0 {
			x.Detail += " · " + w("recommend.yearly", l.Yearly.Display())
		}
		var why []string
		for _, r := range l.Reasons {
			why = append(why, recommend.ReasonTexts[r])
		}
		x.Reasons = strings.Join(why, "；")
		x.Notes = slices.Clone(l.Assume)
		if len(l.Range) > 0 {
			x.Notes = append(x.Notes, w("recommend.range", strings.Join(l.Range, "；")))
		}
		if l.Note != "" {
			x.Notes = append(x.Notes, l.Note)
		}
		out = append(out, x)
	}
	return out
}

// OtherPlans lists the alternatives.
func OtherPlans(w Words, st *wizard.State) []OtherPlan {
	out := make([]OtherPlan, 0, len(st.Bundle.Others))
	for _, o := range st.Bundle.Others {
		c := OtherPlan{Title: o.Title, Price: w("recommend.yuan", o.FirstYear.Display()), Text: o.Text}
		var titles []string
		for _, id := range o.Offers {
			titles = append(titles, OfferTitle(st, id))
		}
		c.Offers = strings.Join(titles, "、")
		out = append(out, c)
	}
	return out
}

// OfferTitle names an offer of the catalog, by its id when the catalog has none.
func OfferTitle(st *wizard.State, id string) string {
	if st.Catalog != nil {
		if o := st.Catalog.Offer(id); o != nil {
			return o.Title
		}
	}
	return id
}

// Banned lists what the person refuses; Inquiries what has no price yet.
func Banned(st *wizard.State) []Offer {
	out := make([]Offer, 0, len(st.Case.Plan.Banned))
	for _, id := range st.Case.Plan.Banned {
		out = append(out, Offer{ID: id, Title: OfferTitle(st, id)})
	}
	return out
}

// Pinned lists what the person insists on.
func Pinned(st *wizard.State) []Offer {
	out := make([]Offer, 0, len(st.Case.Plan.Pinned))
	for _, id := range st.Case.Plan.Pinned {
		out = append(out, Offer{ID: id, Title: OfferTitle(st, id)})
	}
	return out
}

// Inquiries lists the offers without a price that would cover a wanted need.
func Inquiries(w Words, st *wizard.State) []Offer {
	out := make([]Offer, 0, len(st.Bundle.Inquiries))
	for _, q := range st.Bundle.Inquiries {
		out = append(out, Offer{ID: q.Offer, Title: fullName(q.Vendor, q.Title), Note: w("recommend.inquiry", names(&st.Bundle, q.Covers))})
	}
	return out
}

// Needs gives the rows of the needs editor in the catalog's order.
func Needs(w Words, st *wizard.State) []Need {
	b := &st.Bundle
	out := make([]Need, 0, len(b.Needs))
	for _, n := range b.Needs {
		x := Need{Key: n.Key, Title: n.Title, Why: n.Why, Choice: n.Choice, Weight: n.Weight, State: w("recommend.need.off"), Group: w("recommend.group." + groupOf(n.Key))}
		switch {
		case n.Have && n.Choice != survey.Yes:
			x.State, x.Tone = w("recommend.need.have"), Good
		case n.Wanted && slices.Contains(b.Covered, n.Key):
			x.State, x.Tone = w("recommend.need.covered"), Under
		case n.Wanted:
			x.State, x.Tone = w("recommend.need.open"), Careful
		}
		out = append(out, x)
	}
	return out
}

// ChartOf places the front. Coverage is drawn by weight, which is what no other bundle beats.
func ChartOf(w Words, st *wizard.State) Chart {
	b := &st.Bundle
	c := Chart{Budget: -1, Next: -1}
	var most money.Fen
	var weight int64
	for _, p := range b.Front {
		most, weight = max(most, p.FirstYear), max(weight, p.Weight)
	}
	if most <= 0 || weight <= 0 {
		return c
	}
	x := func(f money.Fen) float32 { return min(1, float32(f*1000/most)/1000) }
	for i, p := range b.Front {
		c.Spots = append(c.Spots, Spot{
			X: x(p.FirstYear), Y: float32(p.Weight*1000/weight) / 1000, Label: w("recommend.spot", p.FirstYear.Wan(), p.Covered),
			Budget: p.FirstYear.String(), Chosen: p.FirstYear == b.FirstYear && len(b.Lines) > 0,
		})
		if b.Next != nil && p.FirstYear == b.Next.Budget {
			c.Next = i
		}
	}
	if b.Budget != nil {
		c.Budget, c.Word = x(*b.Budget), w("recommend.budget.at", b.Budget.WanExact())
	}
	for i := range int64(5) {
		at := float32(i) / 4
		c.XTicks = append(c.XTicks, Tick{at, (most * money.Fen(i) / 4).Wan()})
		c.YTicks = append(c.YTicks, Tick{at, w("recommend.percent", i*25)})
	}
	return c
}

// groupOf sorts needs by what they are about.
func groupOf(need string) string {
	head, _, found := strings.Cut(need, ":")
	if found && (head == "scene" || head == "data" || head == "integrate" || head == "ai") {
		return head
	}
	return "base"
}

// fullName is vendor and product, the vendor once.
func fullName(vendor, title string) string {
	if strings.HasPrefix(title, vendor) {
		return title
	}
	return vendor + " " + title
}
