package wizard

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey/recommend"
)

// Compared is one row of the comparison table: one offer under one wanted need.
type Compared struct {
	Need   string          `json:"need"`
	Title  string          `json:"title"`
	Vendor string          `json:"vendor"`
	Offer  recommend.Offer `json:"offer"`
	Price  string          `json:"price"` // first year at the quantities of the case; 待询价 where there is none
	Halves int             `json:"halves"`
	Chosen bool            `json:"chosen"`
}

// ComparisonOf lists for every wanted need all offers that cover it, the cheaper first, those without a price last; quotes of the case stand in place of
// list prices. Size and trade are not asked for here: the owner sees the market.
func ComparisonOf(st *State) []Compared {
	out := []Compared{}
	q := recommend.QuantitiesOf(st.Assessment, st.Case)
	for _, n := range st.Bundle.Needs {
		if !n.Wanted {
			continue
		}
		var rows []Compared
		cost := map[string]int64{}
		for i := range st.Catalog.Offers {
			o := &st.Catalog.Offers[i]
			for _, v := range st.Catalog.CoversOf(o) {
				if v.Need != n.Key {
					continue
				}
				row := Compared{Need: n.Key, Title: n.Title, Vendor: st.Catalog.VendorName(o.Vendor), Offer: *o, Halves: v.Halves, Price: "待询价"}
				cost[o.ID] = 1 << 62
				if r, ok := o.Resolve(q); ok {
					row.Price, cost[o.ID] = r.FirstYear.Display()+" 元", int64(r.FirstYear)
				}
				row.Chosen = slices.ContainsFunc(st.Bundle.Lines, func(l recommend.Line) bool { return l.Offer == o.ID })
				rows = append(rows, row)
			}
		}
		slices.SortStableFunc(rows, func(a, b Compared) int {
			switch x, y := cost[a.Offer.ID], cost[b.Offer.ID]; {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return 0
		})
		out = append(out, rows...)
	}
	return out
}
