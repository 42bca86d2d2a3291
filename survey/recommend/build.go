package recommend

import (
	"context"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// question is a model together with what it was made from.
type question struct {
	cat    *Catalog
	needs  []NeedState
	q      Quantities
	staff  int // 0 is unknown
	model  Model
	prices map[string]Resolved
	asks   []*Offer // offers without a price that cover a wanted need
}

// ask turns needs and prices into a model: wanted needs that priced offers can cover, and the offers that fit the firm's size and trade.
// Offers that a person pinned enter whatever their size.
func ask(cat *Catalog, needs []NeedState, q Quantities, c *survey.Case) *question {
	a := &question{cat: cat, needs: needs, q: q, prices: map[string]Resolved{}}
	for _, y := range c.Years {
		if y.Staff != nil {
			a.staff = *y.Staff
		}
	}
	wanted := map[string]bool{}
	for i := range needs {
		n := &needs[i]
		if !n.Wanted {
			continue
		}
		wanted[n.Key] = true
		weight := n.Weight
		if weight < 1 {
			weight = max(cat.Need(n.Key).Weight, 1)
		}
		a.model.Needs = append(a.model.Needs, ModelNeed{ID: n.Key, Weight: weight, Must: n.Choice == survey.Yes})
	}
	for i := range cat.Offers {
		o := &cat.Offers[i]
		pinned := slices.Contains(c.Plan.Pinned, o.ID)
		price, ok := o.Resolve(q)
		switch {
		case !ok:
			if slices.ContainsFunc(cat.CoversOf(o), func(v Cover) bool { return wanted[v.Need] }) {
				a.asks = append(a.asks, o)
			}
			continue
		case !pinned && !a.fits(o, c.Firm.Industry):
			continue
		}
		a.prices[o.ID] = price
		a.model.Offers = append(a.model.Offers, a.offer(o, price, wanted))
		m := &a.model.Offers[len(a.model.Offers)-1]
		m.Pinned, m.Banned = pinned, slices.Contains(c.Plan.Banned, o.ID)
	}
	a.link()
	a.model.Budget = Limit(&c.Plan)
	if c.Plan.Objective == survey.ObjectiveCheapest {
		a.insist()
	}
	return a
}

// Limit is what may be spent in the first year: the budget, or what can be paid before any refund when that is less; nil is no limit.
func Limit(p *survey.Plan) *money.Fen {
	if p.Budget == nil || p.Cash != nil && *p.Cash < *p.Budget {
		return p.Cash
	}
	return p.Budget
}

// insist makes every need a must that the priced offers can cover at all, at most one of a product.
func (a *question) insist() {
	halves := map[string]map[string]int{}
	for i := range a.model.Offers {
		o := &a.model.Offers[i]
		product := o.Product
		if product == "" {
			product = "offer " + o.ID
		}
		for _, v := range o.Covers {
			if halves[v.Need] == nil {
				halves[v.Need] = map[string]int{}
			}
			if !o.Banned {
				halves[v.Need][product] = max(halves[v.Need][product], v.Halves)
			}
		}
	}
	for i := range a.model.Needs {
		n := &a.model.Needs[i]
		sum := 0
		for _, h := range halves[n.ID] {
			sum += h
		}
		n.Must = n.Must || sum >= 2
	}
}

// fits tells whether an offer is meant for the firm's size and trade; an unknown size fits all.
func (a *question) fits(o *Offer, industry string) bool {
	if a.staff > 0 && (a.staff < o.Size.Min || o.Size.Max > 0 && a.staff > o.Size.Max) {
		return false
	}
	return len(o.Industries) == 0 || industry == "" ||
		slices.ContainsFunc(o.Industries, func(p string) bool { return strings.HasPrefix(industry, p) })
}

func (a *question) offer(o *Offer, price Resolved, wanted map[string]bool) ModelOffer {
	m := ModelOffer{ID: o.ID, Vendor: o.Vendor, Product: o.Slot, Cost: price.FirstYear}
	for _, v := range a.cat.CoversOf(o) {
		if wanted[v.Need] {
			m.Covers = append(m.Covers, ModelCover(v))
		}
	}
	return m
}

// link writes requirements and exclusions among the offers of the model. "need:<key>" is filled by the register, or by any offer that
// covers the need wholly; an offer whose requirement nothing can fill is banned.
func (a *question) link() {
	in := map[string]*ModelOffer{}
	for i := range a.model.Offers {
		in[a.model.Offers[i].ID] = &a.model.Offers[i]
	}
	for i := range a.model.Offers {
		m := &a.model.Offers[i]
		o := a.cat.Offer(m.ID)
		for _, set := range o.Requires {
			ids, met := a.fillers(o, set, in)
			if met {
				continue
			}
			if len(ids) == 0 {
				m.Banned = true
			} else {
				m.Requires = append(m.Requires, ids)
			}
		}
		for _, id := range o.Excludes {
			if in[id] != nil {
				m.Excludes = append(m.Excludes, id)
			}
		}
		for _, id := range o.Includes { // a part is not bought beside its bundle
			if in[id] != nil {
				m.Excludes = append(m.Excludes, id)
			}
		}
	}
}

func (a *question) fillers(o *Offer, set []string, in map[string]*ModelOffer) (ids []string, met bool) {
	for _, id := range set {
		key, capability := strings.CutPrefix(id, "need:")
		if !capability {
			if in[id] != nil {
				ids = append(ids, id)
			}
			continue
		}
		for _, n := range a.needs {
			met = met || n.Key == key && n.Have
		}
		for i := range a.cat.Offers {
			p := &a.cat.Offers[i]
			if in[p.ID] != nil && p.ID != o.ID && slices.Contains(a.cat.CoversOf(p), Cover{key, 2}) {
				ids = append(ids, p.ID)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), met
}

// with copies the model for a variation.
func (a *question) with(change func(*Model)) Model {
	m := a.model
	m.Needs, m.Offers, m.Forbid = slices.Clone(m.Needs), slices.Clone(m.Offers), slices.Clone(m.Forbid)
	change(&m)
	return m
}

// ban strikes an offer out of a model.
func (m *Model) ban(id string) {
	for i := range m.Offers {
		if m.Offers[i].ID == id {
			m.Offers[i].Banned, m.Offers[i].Pinned = true, false
		}
	}
}

func (a *question) title(id string) string {
	if o := a.cat.Offer(id); o != nil {
		return o.Title
	}
	return id
}

func (a *question) needTitle(key string) string {
	if n := a.cat.Need(key); n != nil {
		return n.Title
	}
	return key
}

// titles joins names for a sentence.
func titles(ids []string, name func(string) string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = name(id)
	}
	return strings.Join(out, "、")
}

// yuan prints an amount for a sentence: whole yuan without decimals.
func yuan(f money.Fen) string {
	return strings.TrimSuffix(f.Display(), ".00") + " 元"
}

// Answer solves a catalog for plain needs and quantities without any case; examples of a catalog are run by it.
func Answer(cat *Catalog, needs []string, q Quantities, budget *money.Fen) (Solution, error) {
	states := make([]NeedState, 0, len(needs))
	for _, key := range needs {
		if cat.Need(key) == nil {
			return Solution{}, modelError("unknown need %q", key)
		}
		states = append(states, NeedState{Key: key, Wanted: true})
	}
	return Exact{}.Solve(context.Background(), ask(cat, states, q, &survey.Case{Plan: survey.Plan{Budget: budget}}).model)
}
