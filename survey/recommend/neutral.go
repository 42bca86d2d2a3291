package recommend

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// provinceCities are the 市州 of 湖南 by which a vendor's place is told; where a vendor is registered never ranks.
var provinceCities = []string{"长沙", "株洲", "湘潭", "衡阳", "邵阳", "岳阳", "常德", "张家界", "益阳", "郴州", "永州", "怀化", "娄底", "湘西", "湖南"}

// Local tells whether the catalog knows a place of the offer's vendor in the province.
func (c *Catalog) Local(o *Offer) bool {
	for _, v := range c.Vendors {
		if v.ID == o.Vendor {
			return slices.ContainsFunc(provinceCities, func(p string) bool { return strings.Contains(v.HQ, p) })
		}
	}
	return false
}

// VendorShare is one vendor's part of a bundle's first-year cost.
type VendorShare struct {
	Vendor  string    `json:"vendor"`
	Sum     money.Fen `json:"sum"`
	Percent int       `json:"percent"` // of the first-year cost, rounded down
	Lines   int       `json:"lines"`
	Exit    []string  `json:"exit"` // how the data of each line come out again; 待核实 where the catalog does not know
}

// Concentration shares the first-year cost out among the vendors, largest first.
func (b *Bundle) Concentration(cat *Catalog) []VendorShare {
	var out []VendorShare
	for _, l := range b.Lines {
		i := slices.IndexFunc(out, func(v VendorShare) bool { return v.Vendor == l.Vendor })
		if i < 0 {
			i, out = len(out), append(out, VendorShare{Vendor: l.Vendor})
		}
		v := &out[i]
		v.Sum += l.FirstYear
		v.Lines++
		exit := "待核实"
		if o := cat.Offer(l.Offer); o != nil && o.Exit != "" {
			exit = o.Exit
		}
		v.Exit = append(v.Exit, l.Title+"："+exit)
	}
	slices.SortStableFunc(out, func(x, y VendorShare) int { return cmp.Compare(y.Sum, x.Sum) })
	for i := range out {
		if b.FirstYear > 0 {
			out[i].Percent = int(out[i].Sum * 100 / b.FirstYear)
		}
	}
	return out
}

// ExitCost is what leaving a bundle would cost as far as the prices tell: the recurring charges that a minimum term still binds after a year,
// and the one-off part that is lost. What moving the data costs is unknown and said to be.
type ExitCost struct {
	Lost    money.Fen `json:"lost"`    // one-off spending that stays behind
	Bound   money.Fen `json:"bound"`   // recurring charges of terms longer than a year
	Unknown []string  `json:"unknown"` // lines whose way out of the data is 待核实
}

// ExitCost adds it up.
func (b *Bundle) ExitCost(cat *Catalog) ExitCost {
	out := ExitCost{Unknown: []string{}}
	for _, l := range b.Lines {
		out.Lost += l.OneOff
		o := cat.Offer(l.Offer)
		if o == nil {
			continue
		}
		term := 0
		for _, p := range o.Prices {
			term = max(term, p.Term)
		}
		if term > 12 {
			out.Bound += l.Yearly * money.Fen(term-12) / 12
		}
		if o.Exit == "" || o.Exit == "待核实" {
			out.Unknown = append(out.Unknown, l.Title)
		}
	}
	return out
}

// Quality is how well founded a bundle is: the sources of the prices and of the answers behind the needs.
type Quality struct {
	Stars  int      `json:"stars"`  // 1–5
	Shares []Share  `json:"shares"` // of the first-year cost by kind of price
	Known  int      `json:"known"`  // answers of the questionnaire that the register proves
	Stated int      `json:"stated"` // that a person declared
	Open   int      `json:"open"`   // without an answer
	Stale  []string `json:"stale"`  // lines whose price is older than a year or whose quote has run out
	Raise  []string `json:"raise"`  // what would make it better, in words
}

// Share is one kind of price with its part of the cost.
type Share struct {
	Kind    string `json:"kind"`
	Percent int    `json:"percent"`
}

// speaks tells whether the offer names a protocol that a machine of the register speaks.
func (r *reply) speaks(o *Offer) bool {
	return slices.ContainsFunc(o.Protocols, func(p string) bool {
		return slices.ContainsFunc(r.c.Assets, func(a survey.Asset) bool {
			return slices.ContainsFunc(a.Protocols, func(q string) bool { return strings.EqualFold(p, q) })
		})
	})
}
