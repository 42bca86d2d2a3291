package recommend

import (
	"encoding/json"

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

func (r *modelReader) offer(i int, v json.RawMessage) error {
	o, where := ModelOffer{}, at("offers", i)
	var name, layer string
	priced := false
	err := object(v, where, func(key string, v json.RawMessage) (err error) {
		where := where + "." + key
		switch key {
		case "id":
			o.ID, err = text(v, where)
		case "name":
			name, err = text(v, where)
		case "vendor":
			o.Vendor, err = text(v, where)
		case "layer":
			layer, err = text(v, where)
		case "slot":
			o.Product, err = text(v, where)
		case "price":
			priced = true
			o.Cost, err = price(v, where)
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
		case "pinned":
			o.Pinned, err = flag(v, where)
		case "banned":
			o.Banned, err = flag(v, where)
		default:
			err = unknown(key, where, v)
		}
		return err
	})
	if err == nil && !priced {
		err = fault(FaultPrice, "%s %q", where, o.ID)
	}
	if name != "" {
		r.names.Offers[o.ID] = name
	}
	if layer != "" {
		r.names.Layers[o.ID] = layer
	}
	r.m.Offers = append(r.m.Offers, o)
	return err
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
