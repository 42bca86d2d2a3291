package recommend

import (
	"fmt"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
)

// OwnPrefix begins the ids of offers that only a quote of the case knows.
const OwnPrefix = "own-"

// ownVendor begins the vendor ids of such offers.
const ownVendor = "own:"

// ForCase lays the quotes of a case over a catalog: a quoted offer keeps everything but its price, an own offer is added. A quote of an offer
// that the catalog no longer has, or without a source or date, is left out. Without quotes the catalog itself is given; it is never changed.
func ForCase(cat *Catalog, c *survey.Case) *Catalog {
	if cat == nil || len(c.Plan.Quotes) == 0 {
		return cat
	}
	out := *cat
	out.Offers, out.Vendors = slices.Clone(cat.Offers), slices.Clone(cat.Vendors)
	for i := range c.Plan.Quotes {
		q := &c.Plan.Quotes[i]
		if q.Source == "" || q.Date == "" {
			continue
		}
		o := out.Offer(q.ID)
		switch {
		case o != nil:
			*o = quoted(*o, q)
		case len(q.Covers) > 0 && q.Title != "":
			v := ownVendor + q.Vendor
			if out.VendorName(v) == v {
				out.Vendors = append(out.Vendors, Vendor{ID: v, Name: q.Vendor})
			}
			own := Offer{ID: q.ID, Vendor: v, Title: q.Title, Link: "自有报价", Layer: "service", Source: q.Source, Sponsor: "由企业或顾问填入"}
			for _, need := range q.Covers {
				if cat.Need(need) != nil {
					own.Covers = append(own.Covers, Cover{need, 2})
				}
			}
			out.Offers = append(out.Offers, quoted(own, q))
		}
	}
	return &out
}

// quoted gives an offer at its quoted price.
func quoted(o Offer, q *survey.Quote) Offer {
	o.PriceKind, o.PriceFrom, o.Checked = PriceQuoted, q.Source, q.Date
	o.Prices = []Price{{What: "报价", Metric: PerFirm, Term: q.Term, Tiers: []Tier{{OneOff: q.OneOff, Yearly: q.Yearly}}}}
	if q.Note != "" {
		o.Note = q.Note
	}
	if q.Until != "" {
		o.Note = joinNote(o.Note, "报价有效期至 "+string(q.Until))
	}
	return o
}

func joinNote(a, b string) string {
	if a == "" {
		return b
	}
	return a + "；" + b
}

// Stale tells whether the price of an offer is older than a year on a day, or its quote has run out.
func Stale(o *Offer, c *survey.Case) bool {
	if y, m, d := c.AsOf.Year(), c.AsOf.Month(), c.AsOf.Day(); y > 0 {
		if o.Checked.Before(survey.Date(fmt.Sprintf("%04d-%02d-%02d", y-1, max(m, 1), max(d, 1)))) {
			return true
		}
	}
	i := slices.IndexFunc(c.Plan.Quotes, func(q survey.Quote) bool { return q.ID == o.ID })
	return i >= 0 && c.Plan.Quotes[i].Until != "" && c.Plan.Quotes[i].Until.Before(c.AsOf)
}
