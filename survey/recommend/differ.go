package recommend

import (
	"fmt"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
)

// Difference is one offer that two catalogs do not agree about.
type Difference struct {
	Offer string `json:"offer"`
	Title string `json:"title"`
	What  string `json:"what"` // only-here, only-there, price, date, covers or terms
	Here  string `json:"here"`
	There string `json:"there"`
}

// Compare lists what differs between two catalogs at the quantities of a case, in the order of the offers.
func Compare(here, there *Catalog, q Quantities) []Difference {
	out := []Difference{}
	for i := range here.Offers {
		a := &here.Offers[i]
		b := there.Offer(a.ID)
		if b == nil {
			out = append(out, Difference{a.ID, a.Title, "only-here", priceWord(a, q), ""})
			continue
		}
		put := func(what, x, y string) {
			if x != y {
				out = append(out, Difference{a.ID, a.Title, what, x, y})
			}
		}
		put("price", priceWord(a, q), priceWord(b, q))
		put("date", string(a.Checked), string(b.Checked))
		put("covers", coverWord(here, a), coverWord(there, b))
		put("terms", termWord(a), termWord(b))
	}
	for i := range there.Offers {
		if b := &there.Offers[i]; here.Offer(b.ID) == nil {
			out = append(out, Difference{b.ID, b.Title, "only-there", "", priceWord(b, q)})
		}
	}
	return out
}

func priceWord(o *Offer, q Quantities) string {
	r, ok := o.Resolve(q)
	if !ok {
		return survey.NameOf(PriceKindNames, PriceNone)
	}
	return fmt.Sprintf("%s（%s，一次性 %s，每年 %s）", yuan(r.FirstYear), survey.NameOf(PriceKindNames, o.PriceKind), yuan(r.OneOff), yuan(r.Yearly))
}

func coverWord(c *Catalog, o *Offer) string {
	var names []string
	for _, v := range c.CoversOf(o) {
		name := v.Need
		if v.Halves == 1 {
			name += "（部分）"
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return titles(names, func(s string) string { return s })
}

func termWord(o *Offer) string {
	return fmt.Sprintf("出口 %s；等保 %s；数据 %s；依赖 %v；排斥 %v", known(o.Exit), known(o.Security), known(o.Residency), o.Requires, o.Excludes)
}

func known(s string) string {
	if s == "" {
		return "待核实"
	}
	return s
}

// Lay puts the rows of another catalog over this one: its offers and vendors replace those of the same id, and bear its id. Needs are those of
// the base; what covers an unknown need is dropped from the row. The base is not changed.
func Lay(base, over *Catalog) *Catalog {
	out := *base
	out.Offers, out.Vendors, out.Platforms = slices.Clone(base.Offers), slices.Clone(base.Vendors), slices.Concat(base.Platforms, over.Platforms)
	for _, v := range over.Vendors {
		out.Vendors = append(slices.DeleteFunc(out.Vendors, func(k Vendor) bool { return k.ID == v.ID }), v)
	}
	for _, o := range over.Offers {
		o.Catalog = over.ID
		o.Covers = slices.DeleteFunc(slices.Clone(o.Covers), func(v Cover) bool { return base.Need(v.Need) == nil })
		if i := slices.IndexFunc(out.Offers, func(k Offer) bool { return k.ID == o.ID }); i >= 0 {
			out.Offers[i] = o
		} else {
			out.Offers = append(out.Offers, o)
		}
	}
	return &out
}
