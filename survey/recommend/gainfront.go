package recommend

import (
	"context"
	"slices"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend/exact"
)

// GainPoint is one best set of steps: no other one gains as much for less, or more for the same. 预测, never an assessment.
type GainPoint struct {
	Cost      money.Fen     `json:"cost"` // first year
	Gain      assess.Points `json:"gain"`
	Score     assess.Points `json:"score"` // after the steps
	Level     int           `json:"level"`
	LevelName string        `json:"levelName"`
	Steps     []string      `json:"steps"`  // titles
	Offers    []string      `json:"offers"` // ids
	Buys      []string      `json:"buys"`   // titles
	Needs     []string      `json:"needs"`  // needs that the offers cover for the steps
}

// GainFront is the whole curve of cost against gained points.
type GainFront struct {
	Points []GainPoint `json:"points"` // cost rises, gain rises
	Proved bool        `json:"proved"` // every point is
	Whole  bool        `json:"whole"`  // the curve goes up to the greatest gain that priced offers allow
}

// maxGainPoints caps the curve; 24 bends are more than a chart can show.
const maxGainPoints = 24

// GainFrontOf walks the curve upwards by asking, again and again, for the least cost that gains at least one thousandth of a point more, and
// then for the greatest gain at that cost (ε-constraint). Steps that need something without a price are left out. Budget and pins do not
// limit it, offers that the person refuses are not used.
func GainFrontOf(ctx context.Context, from WayFrom) GainFront {
	out := GainFront{Points: []GainPoint{}, Proved: true}
	a := &from.Assessment
	if len(a.Ladder) == 0 {
		return out
	}
	w := &way{ctx: ctx, q: from.Questions, cat: from.Catalog, a: *a, c: from.Case, engine: from.Engine, goal: assess.LevelNeed{Level: a.Ladder[0].Level}}
	programs := []*wayProgram{w.program(none)}
	for i := range a.Steps {
		if a.Steps[i].Need == "connect" {
			programs = append(programs, w.program(i))
		}
	}
	for least := int64(1); len(out.Points) < maxGainPoints && ctx.Err() == nil; {
		best, gain, proved := bend(programs, least)
		out.Proved = out.Proved && proved
		if best == nil {
			out.Whole = proved
			return out
		}
		p := w.point(best)
		for len(out.Points) > 0 && out.Points[len(out.Points)-1].Cost >= p.Cost { // a point that was not proved was beaten
			out.Points = out.Points[:len(out.Points)-1]
		}
		out.Points = append(out.Points, p)
		least = gain + 1
	}
	return out
}

// bend is the next point: least cost for at least so much, then most for that cost.
func bend(programs []*wayProgram, least int64) (best *found, gain int64, proved bool) {
	proved = true
	for _, p := range programs {
		cost := make([]int64, p.n)
		for k, o := range p.ask.model.Offers {
			cost[p.first[0]+k] = int64(o.Cost)
		}
		more := make([]int64, p.n)
		for i, col := range p.score.Cols {
			more[col] -= p.score.Coefs[i]
		}
		z, ok := p.stage(cost, exact.Row{Cols: p.score.Cols, Coefs: p.score.Coefs, Rhs: least})
		proved = proved && ok
		if z == nil {
			continue
		}
		paid := p.value(cost, z)
		if best != nil && money.Fen(paid) > best.cost {
			continue
		}
		cols, coefs := nonzero(cost)
		for i := range coefs {
			coefs[i] = -coefs[i]
		}
		z, ok = p.stage(more, exact.Row{Cols: cols, Coefs: coefs, Rhs: -paid}, exact.Row{Cols: p.score.Cols, Coefs: p.score.Coefs, Rhs: least})
		proved = proved && ok
		if z == nil {
			continue
		}
		if f, g := p.read(z, 0), -p.value(more, z); best == nil || f.cost < best.cost || f.cost == best.cost && g > gain {
			best, gain = f, g
		}
	}
	return best, gain, proved
}

// stage minimises one goal over the rows of steps and offers, without anything that has no price.
func (p *wayProgram) stage(goal []int64, extra ...exact.Row) (z []int64, proved bool) {
	q := exact.New(p.n)
	copy(q.Cost, goal)
	q.Rows = append(slices.Clone(p.rows), extra...)
	if p.must != none {
		q.Lo[p.must] = 1
	}
	for k, o := range p.ask.model.Offers {
		if o.Banned {
			q.Hi[p.first[0]+k] = 0
		}
	}
	for k := range p.asks {
		q.Hi[p.first[1]+k] = 0
	}
	limits := exact.Options{Nodes: defaultNodes}
	if limits.Engine = p.w.engine; limits.Engine != nil {
		limits.Share = wayShare
	}
	got, err := exact.Minimise(p.w.ctx, q, limits)
	return got.Z, err == nil && got.Proved
}

func (w *way) point(f *found) GainPoint {
	var steps []assess.Step
	p := GainPoint{Cost: f.cost, Offers: f.offers, Steps: []string{}, Buys: []string{}, Needs: []string{}}
	for _, i := range f.steps {
		steps = append(steps, w.a.Steps[i])
		p.Steps = append(p.Steps, w.a.Steps[i].Title)
		for _, n := range f.needs[i] {
			if !slices.Contains(p.Needs, n) {
				p.Needs = append(p.Needs, n)
			}
		}
	}
	for _, id := range f.offers {
		p.Buys = append(p.Buys, f.ask.title(id))
	}
	after := assess.After(w.q, &w.a, steps)
	p.Score, p.Gain, p.Level, p.LevelName = after.Score, after.Score-w.a.Score, after.Level, after.LevelName
	return p
}
