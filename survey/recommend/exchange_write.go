package recommend

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/shangyuntong/shangyun/survey/money"
)

//go:embed model.schema.json
var modelSchema []byte

// ModelSchema is the JSON Schema of a model file.
func ModelSchema() json.RawMessage { return slices.Clone(modelSchema) }

// The written form says everything: no default is left out where it would change an answer.
type (
	fileModel struct {
		Schema       string        `json:"schema"`
		Needs        []fileNeed    `json:"needs"`
		Offers       []fileOffer   `json:"offers"`
		Budget       *money.Fen    `json:"budget"`
		AtLeast      *int64        `json:"atLeast,omitempty"`
		Forbid       [][]string    `json:"forbid,omitempty"`
		VendorsFirst bool          `json:"vendorsFirst,omitempty"`
		Limit        int           `json:"limit,omitempty"`
		Cash         *money.Fen    `json:"cash,omitempty"`
		Subsidy      *fileAid      `json:"subsidy"`
		Counters     []fileCounter `json:"counters,omitempty"`
		Levels       []fileLevel   `json:"levels,omitempty"`
	}
	fileAid struct {
		Cap    *money.Fen  `json:"cap"`
		Layers []fileLayer `json:"layers"`
	}
	fileLayer struct {
		Layer   string     `json:"layer"`
		Rate    money.Rate `json:"rate"`
		Cap     *money.Fen `json:"cap"`
		Minimum money.Fen  `json:"minimum"`
		Level   string     `json:"level,omitempty"`
	}
	fileCounter struct {
		ID   string `json:"id"`
		Have int64  `json:"have"`
	}
	fileLevel struct {
		ID    string     `json:"id"`
		Needs fileCounts `json:"needs"`
		Must  bool       `json:"must"`
		Award money.Fen  `json:"award"`
	}
	fileCounts []Count
	fileNeed   struct {
		ID     string     `json:"id"`
		Name   string     `json:"name,omitempty"`
		Weight int64      `json:"weight"`
		Degree fileDegree `json:"degree"`
		Must   bool       `json:"must"`
		Counts fileCounts `json:"counts,omitempty"`
	}
	fileOffer struct {
		ID       string      `json:"id"`
		Name     string      `json:"name,omitempty"`
		Vendor   string      `json:"vendor,omitempty"`
		Layer    string      `json:"layer,omitempty"`
		Slot     string      `json:"slot,omitempty"`
		Price    money.Fen   `json:"price"`
		Later    *money.Fen  `json:"later,omitempty"`
		Covers   []fileCover `json:"covers"`
		Requires [][]string  `json:"requires,omitempty"`
		Excludes []string    `json:"excludes,omitempty"`
		Pinned   bool        `json:"pinned,omitempty"`
		Banned   bool        `json:"banned,omitempty"`
		Counts   fileCounts  `json:"counts,omitempty"`
	}
	fileCover struct {
		Need   string     `json:"need"`
		Degree fileDegree `json:"degree"`
	}
	fileDegree int // halves, written as 0.5 or 1
)

// MarshalJSON writes the degree as part of a whole.
func (d fileDegree) MarshalJSON() ([]byte, error) {
	if d == 1 {
		return []byte("0.5"), nil
	}
	return []byte("1"), nil
}

// MarshalJSON writes counts as an object in their order.
func (all fileCounts) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, c := range all {
		if i > 0 {
			b = append(b, ',')
		}
		key, err := json.Marshal(c.Counter)
		if err != nil {
			return nil, err
		}
		b = strconv.AppendInt(append(append(b, key...), ':'), c.Units, 10)
	}
	return append(b, '}'), nil
}

func (f *fileModel) terms(t *Terms) {
	if t == nil {
		return
	}
	if f.Subsidy = (&fileAid{Cap: t.Cap, Layers: []fileLayer{}}); len(t.Layers) == 0 && t.Cap == nil && len(t.Counters)+len(t.Levels) > 0 {
		f.Subsidy = nil
	}
	for _, l := range t.Layers {
		f.Subsidy.Layers = append(f.Subsidy.Layers, fileLayer(l))
	}
	for _, c := range t.Counters {
		f.Counters = append(f.Counters, fileCounter(c))
	}
	for _, l := range t.Levels {
		f.Levels = append(f.Levels, fileLevel{l.ID, l.Needs, l.Must, l.Award})
	}
}

// WriteModel writes a model file that ParseModel reads back to the same model. The way of breaking ties is not part of it. names may be zero.
func WriteModel(m Model, names Names) []byte {
	f := fileModel{Schema: SchemaModel, Needs: []fileNeed{}, Offers: []fileOffer{}, Budget: m.Budget, AtLeast: m.AtLeast, Forbid: m.Forbid, VendorsFirst: m.VendorsFirst, Limit: m.Limit, Cash: m.Cash}
	f.terms(m.Terms)
	for _, n := range m.Needs {
		f.Needs = append(f.Needs, fileNeed{n.ID, names.Needs[n.ID], n.Weight, fileDegree(n.Degree), n.Must, n.Counts})
	}
	for _, o := range m.Offers {
		w := fileOffer{ID: o.ID, Name: names.Offers[o.ID], Vendor: o.Vendor, Layer: o.Layer, Slot: o.Product, Price: o.Cost,
			Covers: []fileCover{}, Requires: o.Requires, Excludes: o.Excludes, Pinned: o.Pinned, Banned: o.Banned, Counts: o.Counts}
		if o.Later > 0 {
			w.Later = &o.Later
		}
		for _, c := range o.Covers {
			w.Covers = append(w.Covers, fileCover{c.Need, fileDegree(c.Halves)})
		}
		f.Offers = append(f.Offers, w)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(f); err != nil {
		panic("recommend: model cannot be written: " + err.Error()) // plain strings and integers only
	}
	return b.Bytes()
}
