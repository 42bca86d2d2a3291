package recommend

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

//go:embed model.schema.json
var modelSchema []byte

// ModelSchema is the JSON Schema of a model file.
func ModelSchema() json.RawMessage { return slices.Clone(modelSchema) }

// The written form says everything: no default is left out where it would change an answer.
type (
	fileModel struct {
		Schema       string      `json:"schema"`
		Needs        []fileNeed  `json:"needs"`
		Offers       []fileOffer `json:"offers"`
		Budget       *money.Fen  `json:"budget"`
		AtLeast      *int64      `json:"atLeast,omitempty"`
		Forbid       [][]string  `json:"forbid,omitempty"`
		VendorsFirst bool        `json:"vendorsFirst,omitempty"`
		Limit        int         `json:"limit,omitempty"`
	}
	fileNeed struct {
		ID     string     `json:"id"`
		Name   string     `json:"name,omitempty"`
		Weight int64      `json:"weight"`
		Degree fileDegree `json:"degree"`
		Must   bool       `json:"must"`
	}
	fileOffer struct {
		ID       string      `json:"id"`
		Name     string      `json:"name,omitempty"`
		Vendor   string      `json:"vendor,omitempty"`
		Layer    string      `json:"layer,omitempty"`
		Slot     string      `json:"slot,omitempty"`
		Price    money.Fen   `json:"price"`
		Covers   []fileCover `json:"covers"`
		Requires [][]string  `json:"requires,omitempty"`
		Excludes []string    `json:"excludes,omitempty"`
		Pinned   bool        `json:"pinned,omitempty"`
		Banned   bool        `json:"banned,omitempty"`
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

// WriteModel writes a model file that ParseModel reads back to the same model. The way of breaking ties is not part of it. names may be zero.
func WriteModel(m Model, names Names) []byte {
	f := fileModel{Schema: SchemaModel, Needs: []fileNeed{}, Offers: []fileOffer{}, Budget: m.Budget, AtLeast: m.AtLeast, Forbid: m.Forbid, VendorsFirst: m.VendorsFirst, Limit: m.Limit}
	for _, n := range m.Needs {
		f.Needs = append(f.Needs, fileNeed{n.ID, names.Needs[n.ID], n.Weight, fileDegree(n.Degree), n.Must})
	}
	for _, o := range m.Offers {
		w := fileOffer{ID: o.ID, Name: names.Offers[o.ID], Vendor: o.Vendor, Layer: names.Layers[o.ID], Slot: o.Product, Price: o.Cost,
			Covers: []fileCover{}, Requires: o.Requires, Excludes: o.Excludes, Pinned: o.Pinned, Banned: o.Banned}
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
