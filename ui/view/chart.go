package view

import (
	"time"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// CostShare is one line of a bundle as a share of its first-year cost, from 0 to 1.
type CostShare struct {
	Name, Words string
	Share       float32
	Estimate    bool
}

// CostShares parts the first-year cost of the bundle by its lines.
func CostShares(w Words, st *wizard.State) []CostShare {
	b := st.Bundle
	out := make([]CostShare, len(b.Lines))
	for i, l := range b.Lines {
		c := CostShare{Name: fullName(l.Vendor, l.Title), Words: w("recommend.yuan", l.FirstYear.Display()), Estimate: l.PriceKind == "estimate"}
		if b.FirstYear > 0 {
			c.Share = float32(l.FirstYear) / float32(b.FirstYear)
		}
		out[i] = c
	}
	return out
}

// RoadSpan is one bar of the roadmap, in months from its beginning.
type RoadSpan struct {
	Name, Words string
	From, To    float32
	Wave        bool
}

// Spans gives the roadmap as bars over its months: a strong bar for each wave, under it its tasks. How long one task takes is not known: it has
// its wave's time.
func Spans(w Words, m *recommend.Roadmap) (months []string, spans []RoadSpan) {
	start, err := time.Parse("2006-01", string(m.Start))
	if err != nil {
		return nil, nil
	}
	at := func(month string) int {
		t, err := time.Parse("2006-01", month)
		if err != nil {
			return 0
		}
		return (t.Year()-start.Year())*12 + int(t.Month()) - int(start.Month())
	}
	last := m.Months
	for _, v := range m.Waves {
		from, to := at(v.From), at(v.To)+1
		last = max(last, to)
		spans = append(spans, RoadSpan{Name: w("chart.wave", v.No), Words: w("recommend.yuan", v.Cost.Display()), From: float32(from), To: float32(to), Wave: true})
		for _, t := range v.Tasks {
			spans = append(spans, RoadSpan{Name: t.Title, Words: t.Owner, From: float32(from), To: float32(to)})
		}
	}
	for i := range max(last, 1) {
		months = append(months, start.AddDate(0, i, 0).Format("2006-01"))
	}
	return months, spans
}

// Shortfall is one value on its way: lengths from 0 to 1.
type Shortfall struct {
	Name, Words string
	Now, Target float32
}

// Shortfalls gives the score and each dimension against its full points. The next level asks for a score only, so that only the score has a target.
func Shortfalls(w Words, st *wizard.State) []Shortfall {
	a := st.Assessment
	s := StandingOf(w, a)
	full := func(p, of assess.Points) float32 {
		if of == 0 {
			return 0
		}
		return float32(p) / float32(of)
	}
	total := Shortfall{Name: w("chart.gap.score"), Words: a.Score.String() + " / " + assess.Full.String(), Now: full(a.Score, assess.Full)}
	for _, r := range a.Ladder {
		if r.Level == s.Target && s.Next != "" {
			total.Target = full(r.NeedScore, assess.Full)
			total.Words = w("chart.gap.need", a.Score.String(), s.Next, r.NeedScore.String())
		}
	}
	out := []Shortfall{total}
	for _, d := range a.Dimensions {
		out = append(out, Shortfall{Name: d.Title, Words: d.Points.String() + " / " + d.Max.String(), Now: full(d.Points, d.Max)})
	}
	return out
}
