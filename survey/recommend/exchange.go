package recommend

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/survey/money"
)

// SchemaModel marks a model file. The mark may be left out when reading; WriteModel always writes it.
const SchemaModel = "shangyun-model/1"

// MaxModelBytes is the largest model file that ParseModel looks at.
const MaxModelBytes = 64 << 20

const (
	maxID     = 200 // bytes of an id, a name, a vendor or a layer
	maxWeight = 1_000_000
)

// Names is what a model file says of its parts without changing any answer.
type Names struct {
	Needs  map[string]string // id of a need → name
	Offers map[string]string // id of an offer → name
	Absent []string          // ids in requires and excludes that no offer has, ascending: they can never be chosen
}

// ParseModel reads a model file. Its smallest form is
//
//	{"needs":["n1"],"offers":[{"id":"o1","price":"429.00","covers":["n1"],"requires":[["o2","o3"]],"excludes":["o4"],"layer":"saas"}],"budget":null,"subsidy":null}
//
// and ModelSchema has every field. A need that is only an id has to be covered, wholly; {"id","weight","degree","must"} is a wish when it
// carries a weight and no must. Covers are needs, or {"need","degree"}; two halves (0.5) cover a need wholly. Each inner list of requires
// needs at least one chosen offer; of the offers with the same slot at most one is chosen, and so it is with the tiers of one offer. A price is
// that of the whole time, of which later falls after the first year, or oneOff and yearly for a file of so many years. cash limits what the
// first year takes. subsidy, counters and levels are the Terms; with them the objective and the budget are net. An offer that requires or excludes names but that
// the file does not hold can never be chosen: it excludes nothing, and who needs it and nothing else is banned. Names lists such ids.
//
// Reading is strict: an unknown or doubled field, an unknown need, a price that is no decimal string, offers that can only be bought
// after each other, and a file over the limits are refused. Fields that later versions may compute are refused unless they are null. Errors are *survey.Error of CodeModel around a *ModelError that names the fault.
func ParseModel(data []byte) (Model, Names, error) {
	r := modelReader{names: Names{Needs: map[string]string{}, Offers: map[string]string{}}}
	if err := r.read(data); err != nil {
		return Model{}, Names{}, outward(err)
	}
	return r.m, r.names, nil
}

type modelReader struct {
	m      Model
	names  Names
	drafts []offerDraft
	years  int64
}

func (r *modelReader) read(data []byte) error {
	switch {
	case len(data) > MaxModelBytes:
		return fault(FaultSize, "%d bytes", len(data))
	case !utf8.Valid(data) || !json.Valid(data):
		return fault(FaultSyntax, "the file")
	}
	if err := object(data, "the file", r.field); err != nil {
		return err
	}
	if len(r.m.Needs) == 0 {
		return fault(FaultNoNeeds, "needs")
	}
	if err := r.settle(); err != nil {
		return err
	}
	r.dropAbsent()
	if err := r.m.links(); err != nil {
		return err
	}
	return r.m.check()
}

// later are fields that other versions of the format have; null says that they are not used.
var later = map[string]bool{
	"layers": true, "caps": true, "minimums": true, "gates": true, "awards": true, "terms": true, "recurring": true, "level": true, "includes": true, "eligible": true, "cash": true, "subsidy": true,
}

func (r *modelReader) field(key string, v json.RawMessage) (err error) {
	switch key {
	case "needs":
		return list(v, key, MaxNeeds, FaultNeeds, r.need)
	case "offers":
		return list(v, key, MaxOffers, FaultOffers, r.offer)
	case "counters":
		return list(v, key, MaxTerms, FaultTerms, r.counter)
	case "levels":
		return list(v, key, MaxTerms, FaultTerms, r.level)
	case "subsidy":
		return r.subsidy(v)
	case "cash":
		r.m.Cash, err = amount(v, key)
	case "years":
		if !absent(v) {
			r.years, err = whole(v, key, 1, maxYears)
		}
	case "forbid":
		r.m.Forbid, err = sets(v, key)
	case "vendorsFirst":
		r.m.VendorsFirst, err = flag(v, key)
	case "budget":
		if !absent(v) {
			var b money.Fen
			if json.Unmarshal(v, &b) != nil || b < 0 {
				return fault(FaultBudget, "%s", key)
			}
			r.m.Budget = &b
		}
	case "atLeast":
		if !absent(v) {
			r.m.AtLeast = new(int64)
			*r.m.AtLeast, err = whole(v, key, 0, maxWeight*MaxNeeds)
		}
	case "limit":
		if !absent(v) {
			var n int64
			n, err = whole(v, key, 0, 1_000_000_000)
			r.m.Limit = int(n)
		}
	case "schema":
		if s, err := text(v, key); err != nil || s != SchemaModel {
			return fault(FaultSchema, "%s", key)
		}
	default:
		return unknown(key, key, v)
	}
	return err
}

func unknown(key, where string, v json.RawMessage) error {
	switch {
	case !later[key]:
		return fault(FaultField, "%s", where)
	case !absent(v):
		return fault(FaultLater, "%s", where)
	}
	return nil
}
