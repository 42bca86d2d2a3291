package recommend

import (
	"encoding/json"
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

func (r *modelReader) need(i int, v json.RawMessage) error {
	n, where := ModelNeed{Weight: 1, Degree: 2, Must: true}, at("needs", i)
	if v[0] == '"' {
		var err error
		n.ID, err = text(v, where)
		r.m.Needs = append(r.m.Needs, n)
		return err
	}
	var name string
	var weighed, said bool
	err := object(v, where, func(key string, v json.RawMessage) (err error) {
		where := where + "." + key
		switch key {
		case "id":
			n.ID, err = text(v, where)
		case "name":
			name, err = text(v, where)
		case "weight":
			weighed = true
			n.Weight, err = whole(v, where, 1, maxWeight)
		case "degree":
			n.Degree, err = degree(v, where)
		case "counts":
			n.Counts, err = counts(v, where)
		case "must":
			said = true
			n.Must, err = flag(v, where)
		default:
			err = unknown(key, where, v)
		}
		return err
	})
	if weighed && !said {
		n.Must = false
	}
	if name != "" {
		r.names.Needs[n.ID] = name
	}
	r.m.Needs = append(r.m.Needs, n)
	return err
}

// offerDraft is an offer as the file says it, before the years and the tiers are known.
type offerDraft struct {
	ModelOffer
	priceReader
	where string
	name  string
	tiers []offerDraft
}

// offer keeps a draft: what it costs depends on fields that may come later in the file.
func (r *modelReader) offer(i int, v json.RawMessage) error {
	d := offerDraft{where: at("offers", i)}
	err := object(v, d.where, func(key string, v json.RawMessage) (err error) {
		if key != "tiers" {
			return d.field(key, v)
		}
		where := d.where + ".tiers"
		return list(v, where, MaxOffers, FaultOffers, func(k int, v json.RawMessage) error {
			t, err := r.tier(v, at(where, k))
			d.tiers = append(d.tiers, t)
			return err
		})
	})
	r.drafts = append(r.drafts, d)
	return err
}

func (d *offerDraft) field(key string, v json.RawMessage) (err error) {
	o, where := &d.ModelOffer, d.where+"."+key
	if taken, err := d.priceReader.field(key, v, where); taken {
		return err
	}
	switch key {
	case "id":
		o.ID, err = text(v, where)
	case "name":
		d.name, err = text(v, where)
	case "vendor":
		o.Vendor, err = text(v, where)
	case "layer":
		o.Layer, err = text(v, where)
	case "slot":
		o.Product, err = text(v, where)
	case "covers":
		err = list(v, where, MaxNeeds, FaultNeeds, func(k int, v json.RawMessage) error {
			c, err := cover(at(where, k), v)
			o.Covers = append(o.Covers, c)
			return err
		})
	case "requires":
		o.Requires, err = sets(v, where)
	case "excludes":
		o.Excludes, err = ids(v, where)
	case "counts":
		o.Counts, err = counts(v, where)
	case "pinned":
		o.Pinned, err = flag(v, where)
	case "banned":
		o.Banned, err = flag(v, where)
	default:
		err = unknown(key, where, v)
	}
	return err
}

// settle turns the drafts into offers: tiers become offers of one slot, and who names the whole means any of its tiers.
func (r *modelReader) settle() error {
	tiers := map[string][]string{}
	for i := range r.drafts {
		d := &r.drafts[i]
		if len(d.tiers) == 0 {
			if err := r.take(d); err != nil {
				return err
			}
			continue
		}
		if d.price != nil || d.later != nil || d.oneOff != nil || d.yearly != nil || d.Product != "" || d.Pinned || len(d.Covers)+len(d.Counts) > 0 {
			return fault(FaultTiers, "%s", d.where)
		}
		if tiers[d.ID] != nil || d.ID == "" {
			return fault(FaultDouble, "%s %q", d.where, d.ID)
		}
		for k := range d.tiers {
			t := &d.tiers[k]
			t.Vendor, t.Layer, t.Product, t.Requires, t.Excludes = d.Vendor, d.Layer, d.ID, d.Requires, d.Excludes
			t.Banned = t.Banned || d.Banned
			tiers[d.ID] = append(tiers[d.ID], t.ID)
			if err := r.take(t); err != nil {
				return err
			}
		}
	}
	if len(r.m.Offers) > MaxOffers {
		return fault(FaultOffers, "offers")
	}
	for i := range r.m.Offers {
		o := &r.m.Offers[i]
		if tiers[o.ID] != nil {
			return fault(FaultDouble, "offers %q", o.ID)
		}
		o.Excludes = spread(o.Excludes, tiers)
		for k, set := range o.Requires {
			if slices.Contains(set, o.Product) && tiers[o.Product] != nil {
				return fault(FaultSelfRequire, "offers %q", o.Product)
			}
			o.Requires[k] = spread(set, tiers)
		}
		if tiers[o.Product] != nil && slices.Contains(o.Excludes, o.ID) {
			return fault(FaultSelfExclude, "offers %q", o.Product)
		}
	}
	return nil
}

// spread puts the tiers in the place of the whole.
func spread(ids []string, tiers map[string][]string) []string {
	if !slices.ContainsFunc(ids, func(id string) bool { return tiers[id] != nil }) {
		return ids
	}
	var out []string
	for _, id := range ids {
		if all := tiers[id]; all != nil {
			out = append(out, all...)
		} else {
			out = append(out, id)
		}
	}
	return out
}

// take makes an offer of a draft.
func (r *modelReader) take(d *offerDraft) (err error) {
	o := d.ModelOffer
	if o.Cost, o.Later, err = d.resolve(max(r.years, 1), d.where); err != nil {
		return err
	}
	if d.name != "" {
		r.names.Offers[o.ID] = d.name
	}
	o.Requires = slices.Clone(o.Requires)
	o.Excludes = slices.Clone(o.Excludes)
	r.m.Offers = append(r.m.Offers, o)
	return nil
}

func price(v json.RawMessage, where string) (f money.Fen, err error) {
	if json.Unmarshal(v, &f) != nil {
		return 0, fault(FaultPrice, "%s", where)
	}
	if f < 0 {
		return 0, fault(FaultNegative, "%s", where)
	}
	return f, nil
}

// cover is the id of a need, or {"need","degree"}.
func cover(where string, v json.RawMessage) (c ModelCover, err error) {
	c.Halves = 2
	if v[0] == '"' {
		c.Need, err = text(v, where)
		return c, err
	}
	return c, object(v, where, func(key string, v json.RawMessage) (err error) {
		where := where + "." + key
		switch key {
		case "need":
			c.Need, err = text(v, where)
		case "degree":
			c.Halves, err = degree(v, where)
		default:
			err = unknown(key, where, v)
		}
		return err
	})
}

// degree reads 0.5 or 1 as halves, without a float.
func degree(v json.RawMessage, where string) (int, error) {
	switch string(v) {
	case "0.5":
		return 1, nil
	case "1", "1.0":
		return 2, nil
	}
	return 0, fault(FaultDegree, "%s", where)
}

func ids(v json.RawMessage, where string) (out []string, err error) {
	return out, list(v, where, MaxOffers, FaultOffers, func(k int, v json.RawMessage) error {
		id, err := text(v, at(where, k))
		out = append(out, id)
		return err
	})
}

func sets(v json.RawMessage, where string) (out [][]string, err error) {
	return out, list(v, where, MaxOffers, FaultOffers, func(k int, v json.RawMessage) error {
		set, err := ids(v, at(where, k))
		if err == nil && len(set) == 0 {
			err = fault(FaultRequirement, "%s", at(where, k))
		}
		out = append(out, set)
		return err
	})
}
