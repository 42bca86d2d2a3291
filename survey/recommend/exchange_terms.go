package recommend

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey/money"
)

// amount is a decimal string that is not negative, or null for none.
func amount(v json.RawMessage, where string) (*money.Fen, error) {
	if absent(v) {
		return nil, nil
	}
	var f money.Fen
	if json.Unmarshal(v, &f) != nil || f < 0 {
		return nil, fault(FaultAmount, "%s", where)
	}
	return &f, nil
}

// sum is an amount of which null is zero.
func sum(v json.RawMessage, where string) (money.Fen, error) {
	f, err := amount(v, where)
	if f == nil {
		return 0, err
	}
	return *f, err
}

// terms gives the Terms of the model that is read.
func (r *modelReader) terms() *Terms {
	if r.m.Terms == nil {
		r.m.Terms = &Terms{}
	}
	return r.m.Terms
}

// subsidy is {"cap","layers":[{"layer","rate","cap","minimum","level"}]}.
func (r *modelReader) subsidy(v json.RawMessage) error {
	if absent(v) {
		return nil
	}
	t := r.terms()
	return object(v, "subsidy", func(key string, v json.RawMessage) (err error) {
		where := "subsidy." + key
		switch key {
		case "cap":
			t.Cap, err = amount(v, where)
		case "layers":
			err = list(v, where, MaxTerms, FaultTerms, func(i int, v json.RawMessage) error {
				l, err := layerTerm(v, at(where, i))
				t.Layers = append(t.Layers, l)
				return err
			})
		default:
			err = unknown(key, where, v)
		}
		return err
	})
}

func layerTerm(v json.RawMessage, where string) (l LayerTerm, err error) {
	err = object(v, where, func(key string, v json.RawMessage) (err error) {
		where := where + "." + key
		switch key {
		case "layer":
			l.Layer, err = text(v, where)
		case "rate":
			if json.Unmarshal(v, &l.Rate) != nil || l.Rate > money.One {
				err = fault(FaultRate, "%s", where)
			}
		case "cap":
			l.Cap, err = amount(v, where)
		case "minimum":
			l.Minimum, err = sum(v, where)
		case "level":
			if !absent(v) {
				l.Level, err = text(v, where)
			}
		default:
			err = unknown(key, where, v)
		}
		return err
	})
	if err == nil && l.Layer == "" {
		err = fault(FaultID, "%s.layer", where)
	}
	return l, err
}

// counter is {"id","have"}.
func (r *modelReader) counter(i int, v json.RawMessage) error {
	c, where := Counter{}, at("counters", i)
	err := object(v, where, func(key string, v json.RawMessage) (err error) {
		switch where := where + "." + key; key {
		case "id":
			c.ID, err = text(v, where)
		case "have":
			c.Have, err = whole(v, where, 0, maxUnits)
		default:
			err = unknown(key, where, v)
		}
		return err
	})
	r.terms().Counters = append(r.terms().Counters, c)
	return err
}

// level is {"id","needs":{"score":30},"must","award"}.
func (r *modelReader) level(i int, v json.RawMessage) error {
	l, where := LevelTerm{}, at("levels", i)
	err := object(v, where, func(key string, v json.RawMessage) (err error) {
		switch where := where + "." + key; key {
		case "id":
			l.ID, err = text(v, where)
		case "needs":
			l.Needs, err = counts(v, where)
		case "must":
			l.Must, err = flag(v, where)
		case "award":
			l.Award, err = sum(v, where)
		default:
			err = unknown(key, where, v)
		}
		return err
	})
	r.terms().Levels = append(r.terms().Levels, l)
	return err
}

// counts is {"score":3}: units by counter, in the order of the counters' ids.
func counts(v json.RawMessage, where string) (out []Count, err error) {
	if absent(v) {
		return nil, nil
	}
	err = object(v, where, func(key string, v json.RawMessage) error {
		n, err := whole(v, where+"."+key, 0, maxUnits)
		out = append(out, Count{key, n})
		if len(out) > MaxTerms {
			return fault(FaultTerms, "%s", where)
		}
		return err
	})
	slices.SortFunc(out, func(a, b Count) int { return strings.Compare(a.Counter, b.Counter) })
	return out, err
}

// linkTerms names what is wrong between the terms and the rest of a model.
func (m *Model) linkTerms() error {
	t := m.Terms
	if t == nil {
		t = &Terms{}
	}
	counters, levels, layers := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i, c := range t.Counters {
		if c.ID == "" {
			return fault(FaultID, "%s.id", at("counters", i))
		}
		if counters[c.ID] {
			return fault(FaultDouble, "%s %q", at("counters", i), c.ID)
		}
		counters[c.ID] = true
	}
	known := func(where string, all []Count) error {
		for _, c := range all {
			if !counters[c.Counter] {
				return fault(FaultCounter, "%s counts %q", where, c.Counter)
			}
		}
		return nil
	}
	for i, l := range t.Levels {
		if l.ID == "" {
			return fault(FaultID, "%s.id", at("levels", i))
		}
		if levels[l.ID] {
			return fault(FaultDouble, "%s %q", at("levels", i), l.ID)
		}
		levels[l.ID] = true
		if err := known(at("levels", i), l.Needs); err != nil {
			return err
		}
	}
	for i, n := range m.Needs {
		if err := known(at("needs", i), n.Counts); err != nil {
			return err
		}
	}
	spend := map[string]money.Fen{}
	for i, o := range m.Offers {
		if err := known(at("offers", i), o.Counts); err != nil {
			return err
		}
		spend[o.Layer] += o.Cost
	}
	for i, l := range t.Layers {
		where := at("subsidy.layers", i)
		switch {
		case layers[l.Layer]:
			return fault(FaultDouble, "%s %q", where, l.Layer)
		case l.Level != "" && !levels[l.Level]:
			return fault(FaultLevel, "%s %q", where, l.Level)
		case !l.fits(spend[l.Layer]):
			return fault(FaultSum, "%s %q", where, l.Layer)
		}
		layers[l.Layer] = true
	}
	return nil
}
