package view

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// WaveRow is one wave of the roadmap.
type WaveRow struct {
	Title, Cost string
	Tasks       []TaskRow
}

// TaskRow is one task of a wave.
type TaskRow struct{ Offer, Title, Owner, Note, Cost string }

// Waves gives the waves of a roadmap.
func Waves(w Words, m *recommend.Roadmap) []WaveRow {
	var out []WaveRow
	for _, v := range m.Waves {
		row := WaveRow{Title: w("choose.wave", v.No, v.From, v.To), Cost: w("recommend.yuan", v.Cost.Display())}
		for _, t := range v.Tasks {
			note := t.Why
			if len(t.After) > 0 {
				note += "；" + w("choose.after", strings.Join(t.After, "、"))
			}
			owner := t.Owner
			if owner == "" {
				owner = w("choose.owner.none")
			}
			row.Tasks = append(row.Tasks, TaskRow{t.Offer, fullName(t.Vendor, t.Title), owner, note, w("recommend.yuan", t.Cost.Display())})
		}
		out = append(out, row)
	}
	return out
}

// CashRows gives the months in which something is paid.
func CashRows(w Words, m *recommend.Roadmap) []Pair {
	var out []Pair
	for _, c := range m.Cash {
		if c.Pay > 0 {
			out = append(out, Pair{c.Month, w("recommend.yuan", c.Pay.Display()), w("choose.cashflow.sum", c.Sum.Display())})
		}
	}
	return out
}

// QuoteRows lists the quotes of a case.
func QuoteRows(w Words, st *wizard.State) []Offer {
	var out []Offer
	for _, q := range st.Case.Plan.Quotes {
		note := w("choose.quote.row", q.OneOff.Display(), q.Yearly.Display(), q.Source, string(q.Date))
		if q.Until != "" {
			note += w("choose.quote.until", string(q.Until))
		}
		out = append(out, Offer{ID: q.ID, Title: OfferTitle(st, q.ID), Note: note})
	}
	return out
}

// ComparedRow is one need of the comparison table with its offers.
type ComparedRow struct {
	Need   string
	Offers []Pair
}

// maxCompared is how many offers of a need are shown; the export has all.
const maxCompared = 6

// ComparedRows gives the comparison table by need.
func ComparedRows(w Words, st *wizard.State) []ComparedRow {
	var out []ComparedRow
	for _, c := range wizard.ComparisonOf(st) {
		if n := len(out); n == 0 || out[n-1].Need != c.Title {
			out = append(out, ComparedRow{Need: c.Title})
		}
		row := &out[len(out)-1]
		if len(row.Offers) == maxCompared && !c.Chosen {
			continue
		}
		name := fullName(c.Vendor, c.Offer.Title)
		if c.Chosen {
			name = "✓ " + name
		}
		note := w("price."+string(c.Offer.PriceKind)) + " · " + string(c.Offer.Checked)
		if c.Halves == 1 {
			note += " · " + w("choose.part")
		}
		price := w("price.none")
		if yuan, ok := strings.CutSuffix(c.Price, " 元"); ok {
			price = w("recommend.yuan", yuan)
		}
		row.Offers = append(row.Offers, Pair{name, price, note})
	}
	return out
}
