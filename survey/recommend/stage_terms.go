package recommend

import (
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend/exact"
)

// termColumns are the columns of Terms: per level whether it is reached, per layer its aid in fen, and whether its minimum spend is.
type termColumns struct {
	level, aid, open []int // open is none where no minimum is asked
	count            int
	most             []money.Fen // per layer: the greatest aid
}

// width is how many columns all stages have: offers, needs, terms.
func (r *stages) width() int { return len(r.cols) + len(r.ys) + r.money.count }

// layTerms numbers the columns of the terms.
func (r *stages) layTerms() {
	t := r.t.m.Terms
	if t == nil {
		return
	}
	next := func() int {
		r.money.count++
		return r.width() - 1
	}
	for range t.Levels {
		r.money.level = append(r.money.level, next())
	}
	spend := map[string]money.Fen{}
	for _, j := range r.cols {
		spend[r.t.offers[j].Layer] += r.t.offers[j].Cost
	}
	for _, l := range t.Layers {
		most := l.Rate.Of(spend[l.Layer])
		for _, c := range []*money.Fen{l.Cap, t.Cap} {
			if c != nil {
				most = min(most, *c)
			}
		}
		r.money.aid, r.money.most = append(r.money.aid, next()), append(r.money.most, most)
		if l.Minimum > 0 {
			r.money.open = append(r.money.open, next())
		} else {
			r.money.open = append(r.money.open, none)
		}
	}
}

// leastCost is below every net cost.
func (r *stages) leastCost() (low money.Fen) {
	if t := r.t.m.Terms; t != nil {
		for _, l := range t.Levels {
			low -= l.Award
		}
	}
	return low
}

// earn takes aid and awards off the costs.
func (r *stages) earn(cost []int64) {
	for k, c := range r.money.level {
		cost[c] = -int64(r.t.m.Terms.Levels[k].Award)
	}
	for _, c := range r.money.aid {
		cost[c] = -1
	}
}

// termRows are the rows of levels and aid.
func (r *stages) termRows(p *exact.Program) {
	t := r.t.m.Terms
	if t == nil {
		return
	}
	reached := map[string]int{}
	for k, l := range t.Levels {
		reached[l.ID] = r.money.level[k]
		if l.Must {
			p.Lo[r.money.level[k]] = 1
		}
		for _, c := range l.Needs {
			r.counterRow(p, r.money.level[k], c)
		}
	}
	for k, l := range t.Layers {
		aid, most := r.money.aid[k], int64(r.money.most[k])
		p.Hi[aid] = most
		g := max(shared(int64(l.Rate), int64(money.One)), 1)
		cols, coefs := []int{aid}, []int64{-int64(money.One) / g}
		var all, prices []int64
		for c, j := range r.cols {
			if o := &r.t.offers[j]; o.Layer == l.Layer && o.Cost > 0 {
				cols, coefs = append(cols, c), append(coefs, int64(l.Rate)/g*int64(o.Cost))
				all, prices = append(all, int64(c)), append(prices, int64(o.Cost))
			}
		}
		p.AtLeast(0, cols, coefs)
		if at := r.money.open[k]; at != none {
			p.AtLeast(0, append([]int{at}, places(all)...), append([]int64{-int64(l.Minimum)}, prices...))
			p.AtLeast(0, []int{at, aid}, []int64{most, -1})
		}
		if l.Level != "" {
			p.AtLeast(0, []int{reached[l.Level], aid}, []int64{most, -1})
		}
	}
	if t.Cap != nil && len(r.money.aid) > 1 {
		p.AtMost(int64(*t.Cap), r.money.aid, ones(len(r.money.aid)))
	}
}

func places(all []int64) []int {
	out := make([]int, len(all))
	for i, c := range all {
		out[i] = int(c)
	}
	return out
}

// counterRow: a level is reached only with so many units.
func (r *stages) counterRow(p *exact.Program, level int, need Count) {
	lack := need.Units
	for _, c := range r.t.m.Terms.Counters {
		if c.ID == need.Counter {
			lack -= c.Have
		}
	}
	if lack <= 0 {
		return
	}
	cols, coefs := []int{level}, []int64{-lack}
	put := func(col int, counts []Count) {
		for _, c := range counts {
			if c.Counter == need.Counter && c.Units > 0 {
				cols, coefs = append(cols, col), append(coefs, min(c.Units, lack))
			}
		}
	}
	for c, j := range r.cols {
		put(c, r.t.offers[j].Counts)
	}
	for c, i := range r.ys {
		put(len(r.cols)+c, r.t.needs[i].Counts)
	}
	p.AtLeast(0, cols, coefs)
}

// shared is the greatest common divisor.
func shared(a, b int64) int64 { return exact.Divisor(a, b) }
