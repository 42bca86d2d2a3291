package recommend

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

// Terms are what a policy gives back for what is bought, filled in by whoever knows the policy. A rate or a cap that the policy does not
// state is not a Terms. With Terms a bundle is judged by its net cost: what is paid over the whole time, less aid and awards.
type Terms struct {
	Layers   []LayerTerm
	Cap      *money.Fen // on the aid of all layers together; nil is none
	Counters []Counter
	Levels   []LevelTerm
}

// LayerTerm is the aid for the offers of one layer: the rate of their sum, cut down to whole fen, up to a cap; nothing below the minimum
// spend or before the level is reached.
type LayerTerm struct {
	Layer   string
	Rate    money.Rate // 0–10000
	Cap     *money.Fen // nil is none
	Minimum money.Fen  // least sum of the layer's offers
	Level   string     // id of the level it waits for; "" is none
}

// Counter counts what covered needs and chosen offers bring to a level, such as score in hundredths, scenes or ★ scenes.
type Counter struct {
	ID   string
	Have int64 // what there is already
}

// LevelTerm is a level, reached when every counter of Needs is.
type LevelTerm struct {
	ID    string
	Needs []Count
	Must  bool      // the answer has to reach it
	Award money.Fen // paid once when it is reached
}

// Count is a number of units of a counter.
type Count struct {
	Counter string
	Units   int64
}

// LayerAid is the aid that an answer gets for one layer, before the cap on all layers together.
type LayerAid struct {
	Layer string    `json:"layer"`
	Spend money.Fen `json:"spend"`
	Aid   money.Fen `json:"aid"`
}

// account is what a set of offers costs and brings, by the words of the model alone.
type account struct {
	gross, cash, aid, awards money.Fen
	layers                   []LayerAid
	levels                   []string
	missed                   bool // a level that has to be reached is not
}

func (a *account) net() money.Fen { return a.gross - a.aid - a.awards }

// account reckons for a set of offers that covers these needs.
func (m *Model) account(offers []*ModelOffer, covered func(need string) bool) (a account) {
	spend, count := map[string]money.Fen{}, map[string]int64{}
	for _, o := range offers {
		a.gross += o.Cost
		a.cash += o.Cost - o.Later
		spend[o.Layer] += o.Cost
		for _, c := range o.Counts {
			count[c.Counter] += c.Units
		}
	}
	if m.Terms == nil {
		return a
	}
	for i := range m.Needs {
		if n := &m.Needs[i]; len(n.Counts) > 0 && covered(n.ID) {
			for _, c := range n.Counts {
				count[c.Counter] += c.Units
			}
		}
	}
	for _, c := range m.Terms.Counters {
		count[c.ID] += c.Have
	}
	for _, l := range m.Terms.Levels {
		if slices.ContainsFunc(l.Needs, func(c Count) bool { return count[c.Counter] < c.Units }) {
			a.missed = a.missed || l.Must
			continue
		}
		a.levels = append(a.levels, l.ID)
		a.awards += l.Award
	}
	for _, l := range m.Terms.Layers {
		sum := spend[l.Layer]
		aid := l.Rate.Of(sum)
		if l.Cap != nil {
			aid = min(aid, *l.Cap)
		}
		if sum < l.Minimum || l.Level != "" && !slices.Contains(a.levels, l.Level) {
			aid = 0
		}
		a.aid += aid
		a.layers = append(a.layers, LayerAid{l.Layer, sum, aid})
	}
	if m.Terms.Cap != nil {
		a.aid = min(a.aid, *m.Terms.Cap)
	}
	return a
}

// layer gives the term of a layer, or nil.
func (t *Terms) layer(id string) *LayerTerm {
	if t == nil || id == "" {
		return nil
	}
	for i := range t.Layers {
		if t.Layers[i].Layer == id {
			return &t.Layers[i]
		}
	}
	return nil
}

// check refuses terms that cannot be meant.
func (t *Terms) check(m *Model) error {
	if t == nil {
		t = &Terms{}
	}
	if len(t.Layers) > MaxTerms || len(t.Counters) > MaxTerms || len(t.Levels) > MaxTerms {
		return modelError("more than %d layers, counters or levels", MaxTerms)
	}
	counters, levels, layers := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, c := range t.Counters {
		if c.ID == "" || counters[c.ID] || !inUnits(c.Have) {
			return modelError("counter %q is empty, doubled or out of range", c.ID)
		}
		counters[c.ID] = true
	}
	counts := func(where string, all []Count) error {
		seen := map[string]bool{}
		for _, c := range all {
			if !counters[c.Counter] || seen[c.Counter] || !inUnits(c.Units) {
				return modelError("%s: counter %q is unknown, doubled or out of range", where, c.Counter)
			}
			seen[c.Counter] = true
		}
		return nil
	}
	for _, l := range t.Levels {
		if l.ID == "" || levels[l.ID] || l.Award < 0 || l.Award > money.MaxFen {
			return modelError("level %q is empty or doubled, or its award is negative", l.ID)
		}
		levels[l.ID] = true
		if err := counts("level "+l.ID, l.Needs); err != nil {
			return err
		}
	}
	for _, l := range t.Layers {
		switch {
		case l.Layer == "" || layers[l.Layer]:
			return modelError("layer %q is empty or doubled", l.Layer)
		case l.Rate < 0 || l.Rate > money.One || l.Minimum < 0 || l.Minimum > money.MaxFen || l.Cap != nil && *l.Cap < 0:
			return modelError("layer %q: rate, cap or minimum is out of range", l.Layer)
		case l.Level != "" && !levels[l.Level]:
			return modelError("layer %q: unknown level %q", l.Layer, l.Level)
		}
		layers[l.Layer] = true
	}
	if t.Cap != nil && *t.Cap < 0 {
		return modelError("the cap on all aid is negative")
	}
	return t.checkCounts(m, counts)
}

func (t *Terms) checkCounts(m *Model, counts func(where string, all []Count) error) error {
	for i := range m.Needs {
		if err := counts("need "+m.Needs[i].ID, m.Needs[i].Counts); err != nil {
			return err
		}
	}
	sum := map[string]money.Fen{}
	for i := range m.Offers {
		o := &m.Offers[i]
		if err := counts("offer "+o.ID, o.Counts); err != nil {
			return err
		}
		if o.Later < 0 || o.Later > o.Cost {
			return modelError("offer %q: what is paid later is more than the price", o.ID)
		}
		sum[o.Layer] += o.Cost
	}
	for _, l := range t.Layers {
		if !l.fits(sum[l.Layer]) {
			return modelError("layer %q: amounts and rate are too fine for their size", l.Layer)
		}
	}
	return nil
}

// fits tells whether sums of the layer times the parts of the rate stay within the numbers that the search adds up.
func (l *LayerTerm) fits(sum money.Fen) bool {
	parts := int64(money.One) / max(shared(int64(l.Rate), int64(money.One)), 1)
	return int64(sum) <= maxSum/parts
}

// Limits of Terms.
const (
	MaxTerms = 50                // layers, counters or levels
	maxUnits = 1_000_000_000_000 // of a counter
	maxSum   = 1 << 58
)

func inUnits(n int64) bool { return n >= 0 && n <= maxUnits }
