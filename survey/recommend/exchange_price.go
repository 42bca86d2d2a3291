package recommend

import (
	"encoding/json"

	"github.com/shangyuntong/shangyun/survey/money"
)

// priceReader collects how an offer says its price: price for the whole time with what falls after the first year in later, or oneOff and
// yearly, which the years of the file turn into both.
type priceReader struct {
	price, later, oneOff, yearly *money.Fen
}

// field reads one of its fields; taken tells whether the key is one.
func (p *priceReader) field(key string, v json.RawMessage, where string) (taken bool, err error) {
	to, ok := map[string]**money.Fen{"price": &p.price, "later": &p.later, "oneOff": &p.oneOff, "yearly": &p.yearly}[key]
	if !ok {
		return false, nil
	}
	if key != "price" && absent(v) {
		return true, nil
	}
	f, err := price(v, where)
	*to = &f
	return true, err
}

// resolve gives the cost over the years and what of it is paid after the first one.
func (p *priceReader) resolve(years int64, where string) (cost, later money.Fen, err error) {
	zero := money.Fen(0)
	switch parts := p.oneOff != nil || p.yearly != nil; {
	case p.price == nil && !parts, p.price != nil && parts, p.later != nil && parts:
		return 0, 0, fault(FaultPrice, "%s", where)
	case parts:
		once, yearly := p.oneOff, p.yearly
		if once == nil {
			once = &zero
		}
		if yearly == nil {
			yearly = &zero
		}
		if *yearly > money.MaxFen/maxYears {
			return 0, 0, fault(FaultSum, "%s", where)
		}
		later = *yearly * money.Fen(years-1)
		cost, err = money.Sum(*once, *yearly, later)
		if err != nil {
			return 0, 0, fault(FaultSum, "%s", where)
		}
		return cost, later, nil
	case p.later == nil:
		return *p.price, 0, nil
	case *p.later > *p.price:
		return 0, 0, fault(FaultPrice, "%s", where)
	}
	return *p.price, *p.later, nil
}

// maxYears is the longest time that a file may ask for.
const maxYears = 3

// tier is one of the tiers of an offer: an offer of its own in the slot of the whole.
func (r *modelReader) tier(v json.RawMessage, where string) (offerDraft, error) {
	d := offerDraft{where: where}
	err := object(v, where, func(key string, v json.RawMessage) (err error) {
		switch key {
		case "id", "name", "price", "later", "oneOff", "yearly", "covers", "counts", "pinned", "banned":
			return d.field(key, v)
		}
		return unknown(key, where+"."+key, v)
	})
	return d, err
}
