package subsidy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// Simulation sums up what a policy would cost over many cases. Every sum is independent of the order of the cases, so parts that were
// counted side by side and merged give the same figures.
type Simulation struct {
	Policy   string         `json:"policy"` // Ref
	Title    string         `json:"title"`
	Cases    int            `json:"cases"`
	Winners  int            `json:"winners"` // cases with an amount now: conditions and titles all hold
	Cost     money.Fen      `json:"cost"`    // sum of their headlines, 测算上限
	Possible int            `json:"possible"`
	Further  money.Fen      `json:"further"` // 若入选: sum of the headlines of the possible ones, which have no amount now but lack titles only
	Open     int            `json:"open"`    // cases without any amount that hold something 待核实
	Measures []MeasureTally `json:"measures"`
	Regions  []RegionTally  `json:"regions"` // by the first four digits of the region code
}

// MeasureTally is what one measure costs inside a Simulation.
type MeasureTally struct {
	ID      string    `json:"id"`
	Winners int       `json:"winners"`
	Cost    money.Fen `json:"cost"`
	Capped  int       `json:"capped"` // winners whose share stands at the cap
	Largest money.Fen `json:"largest"`
}

// RegionTally is what one region gets inside a Simulation.
type RegionTally struct {
	Region  string    `json:"region"` // "" unknown
	Winners int       `json:"winners"`
	Cost    money.Fen `json:"cost"`
}

// NewSimulation begins an empty count.
func NewSimulation(p *Policy) *Simulation {
	return &Simulation{Policy: p.Ref(), Title: p.Title, Measures: []MeasureTally{}, Regions: []RegionTally{}}
}

// Add counts one outcome.
func (s *Simulation) Add(c *survey.Case, o Outcome) {
	s.Cases++
	region := c.Firm.Region
	if len(region) > 4 {
		region = region[:4]
	}
	switch {
	case o.Amount != nil:
		s.Winners++
		s.Cost = plus(s.Cost, *o.Amount)
		m, r := s.measure(o.Measure), s.region(region)
		m.Winners, r.Winners = m.Winners+1, r.Winners+1
		m.Cost, r.Cost = plus(m.Cost, *o.Amount), plus(r.Cost, *o.Amount)
		m.Largest = max(m.Largest, *o.Amount)
		if o.Capped {
			m.Capped++
		}
	case o.IfAmount != nil:
		s.Possible++
		s.Further = plus(s.Further, *o.IfAmount)
	case o.Open > 0:
		s.Open++
	}
}

// Merge adds the counts of another part of the same cases.
func (s *Simulation) Merge(t *Simulation) {
	s.Cases, s.Winners, s.Possible, s.Open = s.Cases+t.Cases, s.Winners+t.Winners, s.Possible+t.Possible, s.Open+t.Open
	s.Cost, s.Further = plus(s.Cost, t.Cost), plus(s.Further, t.Further)
	for _, x := range t.Measures {
		m := s.measure(x.ID)
		m.Winners, m.Capped, m.Cost, m.Largest = m.Winners+x.Winners, m.Capped+x.Capped, plus(m.Cost, x.Cost), max(m.Largest, x.Largest)
	}
	for _, x := range t.Regions {
		r := s.region(x.Region)
		r.Winners, r.Cost = r.Winners+x.Winners, plus(r.Cost, x.Cost)
	}
	slices.SortFunc(s.Measures, func(a, b MeasureTally) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(s.Regions, func(a, b RegionTally) int { return cmp.Compare(a.Region, b.Region) })
}

func (s *Simulation) measure(id string) *MeasureTally {
	i := slices.IndexFunc(s.Measures, func(m MeasureTally) bool { return m.ID == id })
	if i < 0 {
		i, s.Measures = len(s.Measures), append(s.Measures, MeasureTally{ID: id})
	}
	return &s.Measures[i]
}

func (s *Simulation) region(code string) *RegionTally {
	i := slices.IndexFunc(s.Regions, func(r RegionTally) bool { return r.Region == code })
	if i < 0 {
		i, s.Regions = len(s.Regions), append(s.Regions, RegionTally{Region: code})
	}
	return &s.Regions[i]
}

// WhatIf changes a policy for a simulation: what would a cap of X, a rate of R cost?
type WhatIf struct {
	Measure string      // "" all measures that pay a share
	Rate    *money.Rate // nil leaves the rate
	Cap     *money.Fen  // nil leaves the cap
}

// With gives a copy of the policy under the change. A measure whose rate the text leaves open pays only when a rate is given.
func (p *Policy) With(x WhatIf) *Policy {
	out := *p
	out.Measures = slices.Clone(p.Measures)
	for i := range out.Measures {
		m := &out.Measures[i]
		if x.Measure != "" && m.ID != x.Measure || m.Kind != KindShare && m.Kind != KindOpen {
			continue
		}
		m.Tiers = slices.Clone(m.Tiers)
		if x.Rate != nil {
			m.Rate, m.Rates, m.Kind = x.Rate, nil, KindShare
		}
		if x.Cap != nil {
			m.Cap = x.Cap
		}
		for j := range m.Tiers {
			if x.Rate != nil {
				m.Tiers[j].Rate = nil
			}
			if x.Cap != nil {
				m.Tiers[j].Cap = nil
			}
		}
	}
	return &out
}

// NeedsAssessment tells whether a condition of the policy asks for a figure of the assessment.
func (p *Policy) NeedsAssessment() bool {
	ask := func(list []Condition) bool {
		return slices.ContainsFunc(list, func(c Condition) bool { return asks(&c.Cond, "assess.") })
	}
	return ask(p.Conditions) || slices.ContainsFunc(p.Measures, func(m Measure) bool {
		return ask(m.Conditions) || ask(m.Titles) || slices.ContainsFunc(m.Tiers, func(t Tier) bool { return t.When != nil && ask([]Condition{*t.When}) })
	})
}

func asks(c *rule.Cond, prefix string) bool {
	some := func(list []rule.Cond) bool {
		return slices.ContainsFunc(list, func(x rule.Cond) bool { return asks(&x, prefix) })
	}
	return strings.HasPrefix(c.Fact, prefix) || c.Not != nil && asks(c.Not, prefix) || some(c.All) || some(c.Any)
}

// Outcome is the short result of one policy for one case: the best single application now and, with the missing titles, 若入选.
type Outcome struct {
	Measure, IfMeasure string
	Amount, IfAmount   *money.Fen
	Capped             bool // Amount stands at the measure's cap
	Open               int  // money measures whose conditions or titles are 待核实
}

// Decide computes the headline alone, for many cases in a row; Compute explains one.
func Decide(p *Policy, c *survey.Case, a assess.Assessment) Outcome {
	d := newDesk(p, c, a, p.settle(ReadingsOf(c)))
	d.brief = true
	ws := d.work()
	var out Outcome
	if w := best(entitled(ws)); w != nil {
		out.Measure, out.Amount = w.claim.ID, w.claim.Amount
		out.Capped = w.claim.Cap != nil && *w.claim.Amount == *w.claim.Cap
	}
	if t := ifSelected(d, ws); len(t.Parts) == 1 {
		out.IfMeasure, out.IfAmount = t.Parts[0].Measure, t.Amount
	}
	for _, w := range ws {
		if rule.And(w.claim.Verdict, w.held) == rule.Open {
			out.Open++
		}
	}
	return out
}
