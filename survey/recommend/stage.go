package recommend

import "github.com/shangyuntong/shangyun/survey/recommend/exact"

// program builds one stage: columns for offers, then needs, then terms, then the vendors that have more than one offer.
func (r *stages) program(g goal) *exact.Program {
	t, a := r.t, len(r.cols)
	withVendors := g == goalVendors || g == goalFewest
	for _, k := range r.keep {
		withVendors = withVendors || k.goal == goalVendors || k.goal == goalFewest
	}
	n := r.width()
	vendorCol := make([]int, len(r.vendors))
	if withVendors {
		for v, count := range r.vendors {
			vendorCol[v] = -1
			if count > 1 {
				vendorCol[v] = n
				n++
			}
		}
	}
	p := exact.New(n)
	copy(p.Cost, r.costs(g, vendorCol, n))
	for c, j := range r.cols {
		if t.offers[j].Pinned {
			p.Lo[c] = 1
		}
	}
	for c, i := range r.ys {
		if t.needs[i].Must {
			p.Lo[a+c] = 1
		}
	}
	r.termRows(p)
	for c, v := range r.fixed {
		p.Lo[c], p.Hi[c] = v, v
	}
	r.coverRows(p)
	r.linkRows(p)
	r.limitRows(p)
	if withVendors {
		for c := range r.cols {
			if v := vendorCol[r.group[c]]; v >= 0 {
				p.AtLeast(0, []int{v, c}, []int64{1, -1})
			}
		}
	}
	for _, k := range r.keep {
		cols, coefs := nonzero(r.costs(k.goal, vendorCol, n))
		p.AtMost(k.value, cols, coefs)
	}
	return p
}

// costs gives the minimised form of a goal, one number per column.
func (r *stages) costs(g goal, vendorCol []int, n int) []int64 {
	out := make([]int64, n)
	switch g {
	case goalWeight:
		for c, i := range r.ys {
			out[len(r.cols)+c] = -r.t.needs[i].Weight
		}
	case goalCost:
		for c, j := range r.cols {
			out[c] = int64(r.t.offers[j].Cost)
		}
		r.earn(out)
	case goalMark:
		for c, j := range r.cols {
			out[c] = mark(j, r.t.offers[j].ID)
		}
	case goalVendors:
		r.addVendors(out, vendorCol, 1)
	case goalFewest:
		for c := range r.cols {
			out[c] = 1
		}
		r.addVendors(out, vendorCol, int64(len(r.cols)+1))
	}
	return out
}

func (r *stages) addVendors(out []int64, vendorCol []int, each int64) {
	for c := range r.cols {
		if v := vendorCol[r.group[c]]; v >= 0 {
			out[v] = each
		} else {
			out[c] += each
		}
	}
}

// mark is what the offer at place j in the order of the ids counts among equal answers: the place, and a fixed fraction that looks random
// (FNV-1a, mixed once more), so that no two answers come to the same sum.
func mark(j int, id string) int64 {
	h := uint64(14695981039346656037)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 1099511628211
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return int64(j+1)<<16 + int64(h>>48)
}

func nonzero(all []int64) (cols []int, coefs []int64) {
	for j, c := range all {
		if c != 0 {
			cols, coefs = append(cols, j), append(coefs, c)
		}
	}
	return cols, coefs
}

// coverRows: Σ halves·offer ≥ degree·need.
func (r *stages) coverRows(p *exact.Program) {
	rows := make([]exact.Row, len(r.t.needs))
	for c, j := range r.cols {
		for _, e := range r.t.covers[j] {
			w := &rows[e.need]
			w.Cols, w.Coefs = append(w.Cols, c), append(w.Coefs, int64(e.halves))
		}
	}
	for c, i := range r.ys {
		w := rows[i]
		w.Cols, w.Coefs = append(w.Cols, len(r.cols)+c), append(w.Coefs, -int64(r.t.needs[i].Degree))
		p.Rows = append(p.Rows, w)
	}
}

// linkRows: requirements, exclusions and the tiers of one product.
func (r *stages) linkRows(p *exact.Program) {
	at := make([]int, len(r.t.offers))
	for j := range at {
		at[j] = -1
	}
	for c, j := range r.cols {
		at[j] = c
	}
	tiers := map[string][]int{}
	for c, j := range r.cols {
		if name := r.t.offers[j].Product; name != "" {
			tiers[name] = append(tiers[name], c)
		}
		for _, set := range r.t.requires[j] {
			cols, coefs := []int{c}, []int64{-1}
			for _, q := range set {
				if at[q] >= 0 {
					cols, coefs = append(cols, at[q]), append(coefs, 1)
				}
			}
			p.AtLeast(0, cols, coefs)
		}
		for _, q := range r.t.clash[j] {
			same := r.t.offers[q].Product != "" && r.t.offers[q].Product == r.t.offers[j].Product
			if q > j && at[q] >= 0 && !same {
				p.AtMost(1, []int{c, at[q]}, []int64{1, 1})
			}
		}
	}
	for c, j := range r.cols { // in column order, so that the program never depends on a map
		if cols := tiers[r.t.offers[j].Product]; len(cols) > 1 && cols[0] == c {
			p.AtMost(1, cols, ones(len(cols)))
		}
	}
}

// limitRows: the budget and the bundles not to repeat.
func (r *stages) limitRows(p *exact.Program) {
	if r.t.m.Budget != nil {
		cols, coefs := nonzero(r.costs(goalCost, nil, len(p.Cost)))
		p.AtMost(int64(*r.t.m.Budget), cols, coefs)
	}
	if r.t.m.Cash != nil {
		first := make([]int64, len(r.cols))
		for c, j := range r.cols {
			first[c] = int64(r.t.offers[j].Cost - r.t.offers[j].Later)
		}
		cols, coefs := nonzero(first)
		p.AtMost(int64(*r.t.m.Cash), cols, coefs)
	}
	for _, set := range r.t.m.Forbid {
		cols := []int{}
		idx := r.t.indices(set)
		for c, j := range r.cols {
			for _, q := range idx {
				if q == j {
					cols = append(cols, c)
				}
			}
		}
		if len(cols) == len(idx) {
			p.AtMost(int64(len(cols))-1, cols, ones(len(cols)))
		}
	}
}

func ones(n int) []int64 {
	out := make([]int64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// extend completes a solution over offers and needs with the vendor columns of p.
func (r *stages) extend(z []int64, p *exact.Program) []int64 {
	if z == nil {
		return nil
	}
	out := make([]int64, len(p.Cost))
	copy(out, z)
	for _, w := range p.Rows {
		if len(w.Cols) == 2 && w.Cols[0] >= len(z) && out[w.Cols[1]] == 1 {
			out[w.Cols[0]] = 1
		}
	}
	return out
}
