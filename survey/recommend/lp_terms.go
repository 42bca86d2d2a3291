package recommend

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/shangyuntong/shangyun/survey/money"
)

// earned are aid and awards as terms of a net cost: the aid of a layer is a whole number of fen, sK, and uK tells whether level K is reached.
func (w *lpWriter) earned() (out []term) {
	t := w.m.Terms
	if t == nil {
		return nil
	}
	for k := range t.Layers {
		out = append(out, term{fmt.Sprintf("s%d", k+1), "-0.01"})
	}
	for k, l := range t.Levels {
		if l.Award > 0 {
			out = append(out, term{fmt.Sprintf("u%d", k+1), "-" + l.Award.String()})
		}
	}
	return out
}

// termRows: levels by their counters, aid by rate, cap, minimum and level, and the limit on cash.
func (w *lpWriter) termRows() {
	if w.m.Cash != nil {
		var all []term
		for j, o := range w.m.Offers {
			if o.Cost > o.Later {
				all = append(all, term{fmt.Sprintf("x%d", j+1), (o.Cost - o.Later).String()})
			}
		}
		w.row("cash", all, "<=", w.m.Cash.String())
	}
	t := w.m.Terms
	if t == nil {
		return
	}
	for k, l := range t.Levels {
		for i, c := range l.Needs {
			w.counterRow(fmt.Sprintf("level%d_%d", k+1, i+1), fmt.Sprintf("u%d", k+1), c)
		}
		if l.Must {
			w.row(fmt.Sprintf("level%d", k+1), []term{{fmt.Sprintf("u%d", k+1), "1"}}, "=", "1")
		}
	}
	var all []term
	for k := range t.Layers {
		w.layerRows(k)
		all = append(all, term{fmt.Sprintf("s%d", k+1), "0.01"})
	}
	if t.Cap != nil && len(all) > 0 {
		w.row("aid", all, "<=", t.Cap.String())
	}
}

// layerRows: 0.01 s ≤ rate·Σ price, s ≤ cap, and s > 0 only with the minimum spend (zK) and the level (uK).
func (w *lpWriter) layerRows(k int) {
	l := &w.m.Terms.Layers[k]
	own := fmt.Sprintf("s%d", k+1)
	var spend, share []term
	var total money.Fen
	for j, o := range w.m.Offers {
		if o.Layer == l.Layer && o.Cost > 0 {
			x := fmt.Sprintf("x%d", j+1)
			spend, share = append(spend, term{x, o.Cost.String()}), append(share, term{x, product(l.Rate, o.Cost)})
			total += o.Cost
		}
	}
	most := l.Rate.Of(total)
	if l.Cap != nil {
		most = min(most, *l.Cap)
	}
	w.row(fmt.Sprintf("rate%d", k+1), append(share, term{own, "-0.01"}), ">=", "0")
	w.row(fmt.Sprintf("cap%d", k+1), []term{{own, "0.01"}}, "<=", most.String())
	if l.Minimum > 0 {
		z := fmt.Sprintf("z%d", k+1)
		w.switches = append(w.switches, z)
		w.row(fmt.Sprintf("minimum%d", k+1), append(spend, term{z, "-" + l.Minimum.String()}), ">=", "0")
		w.row(fmt.Sprintf("open%d", k+1), []term{{z, most.String()}, {own, "-0.01"}}, ">=", "0")
	}
	if i := slices.IndexFunc(w.m.Terms.Levels, func(v LevelTerm) bool { return v.ID == l.Level }); i >= 0 {
		w.row(fmt.Sprintf("gate%d", k+1), []term{{fmt.Sprintf("u%d", i+1), most.String()}, {own, "-0.01"}}, ">=", "0")
	}
}

// product is rate times amount in yuan, written out in full: a rate has four places, an amount two.
func product(r money.Rate, f money.Fen) string {
	whole, part := int64(r)*(int64(f)/int64(money.One)), int64(r)*(int64(f)%int64(money.One))
	whole, part = whole+part/int64(money.One), part%int64(money.One)
	return fmt.Sprintf("%d.%02d%04d", whole/100, whole%100, part)
}

// counterRow: Σ units ≥ what is missing, when the level is reached.
func (w *lpWriter) counterRow(name, level string, need Count) {
	lack := need.Units
	for _, c := range w.m.Terms.Counters {
		if c.ID == need.Counter {
			lack -= c.Have
		}
	}
	if lack <= 0 {
		return
	}
	all := []term{{level, strconv.FormatInt(-lack, 10)}}
	sure := int64(0)
	for j, o := range w.m.Offers {
		if n := unitsOf(o.Counts, need.Counter); n > 0 {
			all = append(all, term{fmt.Sprintf("x%d", j+1), strconv.FormatInt(n, 10)})
		}
	}
	for i, one := range w.m.Needs {
		n := unitsOf(one.Counts, need.Counter)
		switch {
		case n > 0 && w.y[i+1]:
			all = append(all, term{w.need(i), strconv.FormatInt(n, 10)})
		case n > 0:
			sure += n // a must is covered in every answer
		}
	}
	w.row(name, all, ">=", strconv.FormatInt(-sure, 10))
}

func unitsOf(all []Count, counter string) int64 {
	for _, c := range all {
		if c.Counter == counter {
			return c.Units
		}
	}
	return 0
}

// termColumns are the columns of the terms that are 0 or 1, and those that are whole numbers.
func (w *lpWriter) termColumns() (binary, whole []string) {
	if w.m.Terms == nil {
		return nil, nil
	}
	for k := range w.m.Terms.Levels {
		binary = append(binary, fmt.Sprintf("u%d", k+1))
	}
	for k := range w.m.Terms.Layers {
		whole = append(whole, fmt.Sprintf("s%d", k+1))
	}
	return append(binary, w.switches...), whole
}
