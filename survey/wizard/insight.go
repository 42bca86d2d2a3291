package wizard

import (
	"context"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/rule"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// Insight is what solving again tells about the recommended bundle. It is made on demand and never stored.
type Insight struct {
	NeedCosts []recommend.NeedCost    `json:"needCosts"`
	Others    []recommend.Alternative `json:"others"`
	Net       recommend.Net           `json:"net"`
	Gain      recommend.GainFront     `json:"gain"`
	Quality   recommend.Quality       `json:"quality"`
	Vendors   []recommend.VendorShare `json:"vendors"`
	Exit      recommend.ExitCost      `json:"exit"`
	Leaves    []recommend.LeafState   `json:"leaves"`
	Links     []recommend.LeafState   `json:"links"`
}

// GainOf computes the curve of cost and points for a state. It takes far longer than all of the rest, so it is asked for apart.
func (d *Desk) GainOf(ctx context.Context, st *State) (recommend.GainFront, error) {
	g := recommend.GainFrontOf(ctx, recommend.WayFrom{Questions: st.Questions, Catalog: st.Catalog, Assessment: st.Assessment, Case: st.Case, Engine: d.Engine})
	if ctx.Err() != nil {
		return g, survey.Wrap(survey.CodeCancelled, "wizard.gain", ctx.Err())
	}
	return g, nil
}

// InsightsOf studies the bundle of a state, but for the curve of cost and points (GainOf); progress hears of each part, with a fraction from 0 to
// 1. It fails like Recommend when there is no bundle and ends with E0003's kind when ctx ends.
func (d *Desk) InsightsOf(ctx context.Context, st *State, progress func(text string, fraction float64)) (Insight, error) {
	var out Insight
	s, err := d.study(ctx, st)
	if err != nil {
		return out, err
	}
	for i, part := range []struct {
		text string
		do   func() error
	}{
		{"每项需求的花费", func() (err error) { out.NeedCosts, err = s.NeedCosts(); return err }},
		{"其他方案", func() (err error) { out.Others, err = s.Alternatives(); return err }},
		{"净费用", func() (err error) { out.Net, err = s.NetBest(AidOf(st)); return err }},
	} {
		if progress != nil {
			progress(part.text, float64(i)/3)
		}
		if err := part.do(); err != nil {
			return out, err
		}
		if ctx.Err() != nil {
			return out, survey.Wrap(survey.CodeCancelled, "wizard.insight", ctx.Err())
		}
	}
	b := &st.Bundle
	out.Quality = recommend.QualityOf(b, st.Catalog, st.Assessment, st.Case)
	out.Vendors, out.Exit = b.Concentration(st.Catalog), b.ExitCost(st.Catalog)
	out.Leaves, out.Links = b.CheckList(st.Catalog), b.LinkList(st.Catalog)
	return out, nil
}

func (d *Desk) study(ctx context.Context, st *State) (*recommend.Study, error) {
	if st.BundleError != nil {
		return nil, st.BundleError
	}
	return recommend.NewStudy(ctx, st.Catalog, st.Assessment, st.Case, d.Solver, AidOf(st))
}

// WhyNot tells why an offer is not in the bundle of a case, and what it would cost to take it.
func (d *Desk) WhyNot(ctx context.Context, id, offer string) (recommend.WhyNot, error) {
	st, err := d.Open(ctx, id)
	if err != nil {
		return recommend.WhyNot{}, err
	}
	return d.WhyNotOf(ctx, st, offer)
}

// WhyNotOf is WhyNot for a state at hand.
func (d *Desk) WhyNotOf(ctx context.Context, st *State, offer string) (recommend.WhyNot, error) {
	s, err := d.study(ctx, st)
	if err != nil {
		return recommend.WhyNot{}, err
	}
	return s.Why(offer)
}

// The rounds and the spread of a stability study. The seed is fixed, so that the same case gives the same shares.
const (
	StableRounds = 200
	stableSpread = 20
	stableSeed   = 2026
)

// Stable moves the estimated prices of a case by up to ±20 % and tells how often each line stays. It may take long: tell hears of each round, and
// ctx ends it with the rounds done so far.
func (d *Desk) Stable(ctx context.Context, st *State, rounds int, tell func(done int)) (recommend.Stability, error) {
	s, err := d.study(ctx, st)
	if err != nil {
		return recommend.Stability{}, err
	}
	return s.Stable(min(max(rounds, 1), 10_000), stableSpread, stableSeed, tell), nil
}

// Roadmap orders the bundle of a state into waves; E0123 names lines that wait for each other.
func Roadmap(st *State) (recommend.Roadmap, error) {
	if st.BundleError != nil {
		return recommend.Roadmap{}, st.BundleError
	}
	return recommend.RoadmapOf(&st.Bundle, st.Catalog, st.Case)
}

// AidOf reads the terms that bear on planned cloud spending out of the policy in force: the measure that the pack itself names for forecasts.
// They hold when conditions and titles are met on evidence, or when the year's notice is loaded and the conditions are met. What the text does
// not state gives no terms.
func AidOf(st *State) recommend.Aid {
	p := st.Policy
	if p == nil || p.Forecast == "" {
		return recommend.Aid{Why: "现行政策没有对上云费用直接补贴的条款"}
	}
	claim := st.Claims.Measure(p.Forecast)
	i := slices.IndexFunc(p.Measures, func(m subsidy.Measure) bool { return m.ID == p.Forecast })
	if claim == nil || i < 0 {
		return recommend.Aid{Why: "现行政策没有对上云费用直接补贴的条款"}
	}
	m := &p.Measures[i]
	t := recommend.Aid{Measure: m.ID, Name: m.Name, Clause: claim.Clause, Terms: recommend.Terms{Cap: claim.Cap}}
	switch {
	case len(m.Rates) > 0:
		for _, l := range m.Rates {
			t.Terms.Layers = append(t.Terms.Layers, recommend.LayerTerm{Layer: l.Layer, Rate: l.Rate})
		}
	case claim.Rate != nil:
		for _, layer := range cloudLayers {
			t.Terms.Layers = append(t.Terms.Layers, recommend.LayerTerm{Layer: layer, Rate: *claim.Rate})
		}
	}
	noticed := slices.ContainsFunc(st.Case.Notices, func(n survey.Notice) bool { return n.Measure == m.ID && n.Rate != nil })
	switch {
	case len(t.Terms.Layers) == 0:
		t.Terms.Cap, t.Why = nil, m.Name+"："+"文本没有写明比例，以当年申报通知为准，不测算"
	case claim.Verdict == rule.NotMet:
		t.Why = m.Name + "的条件不满足"
	case claim.Verdict == rule.Met && (claim.TitlesHeld == rule.Met || noticed):
		t.Held, t.Why = true, m.Name+"的条件有据可查"
	case noticed:
		t.Why = m.Name + "的条件还没有全部核实"
	default:
		t.Why = m.Name + "的资格还没有证据，也没有导入当年通知"
	}
	return t
}

// cloudLayers are the layers whose offers count as 上云 spending where a measure has one rate for all of it; devices, lines and services are not
// counted, the lower reading.
var cloudLayers = []string{"iaas", "paas", "saas"}
