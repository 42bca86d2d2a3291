package recommend

import (
	"fmt"
	"slices"
	"strconv"
)

// needs: Σ halves·x ≥ degree, times the need's column where it is no must.
func (w *lpWriter) needs() {
	sums := map[string][]term{}
	for j, o := range w.m.Offers {
		for _, c := range o.Covers {
			sums[c.Need] = append(sums[c.Need], term{fmt.Sprintf("x%d", j+1), strconv.Itoa(c.Halves)})
		}
	}
	for i, n := range w.m.Needs {
		degree := n.Degree
		if degree == 0 {
			degree = 2
		}
		name, all, bound := fmt.Sprintf("need%d", i+1), sums[n.ID], strconv.Itoa(degree)
		if w.y[i+1] {
			all, bound = append(all, term{w.need(i), strconv.Itoa(-degree)}), "0"
		}
		w.row(name, all, ">=", bound)
	}
}

// offers: requirements, exclusions, slots, pins and bans.
func (w *lpWriter) offers() {
	slots := map[string][]string{}
	for j, o := range w.m.Offers {
		own := fmt.Sprintf("x%d", j+1)
		for k, set := range o.Requires {
			w.row(fmt.Sprintf("requires%d_%d", j+1, k+1), append(w.ones(set), term{own, "-1"}), ">=", "0")
		}
		for k, one := range w.ones(o.Excludes) {
			w.row(fmt.Sprintf("excludes%d_%d", j+1, k+1), []term{{own, "1"}, one}, "<=", "1")
		}
		if o.Product != "" {
			slots[o.Product] = append(slots[o.Product], o.ID)
		}
		if o.Pinned {
			w.row(fmt.Sprintf("pinned%d", j+1), []term{{own, "1"}}, "=", "1")
		}
		if o.Banned {
			w.row(fmt.Sprintf("banned%d", j+1), []term{{own, "1"}}, "=", "0")
		}
	}
	for j, o := range w.m.Offers {
		if set := slots[o.Product]; len(set) > 1 && set[0] == o.ID {
			w.row(fmt.Sprintf("slot%d", j+1), w.ones(set), "<=", "1")
		}
	}
	if len(w.vendors) > 0 {
		for j, o := range w.m.Offers {
			v := fmt.Sprintf("v%d", slices.Index(w.vendors, o.Vendor)+1)
			w.row(fmt.Sprintf("vendor%d", j+1), []term{{v, "1"}, {fmt.Sprintf("x%d", j+1), "-1"}}, ">=", "0")
		}
	}
}

// limits: the budget, the sets not to repeat, and what the stages before reached.
func (w *lpWriter) limits(kept map[goal]int64) {
	if w.m.Budget != nil {
		w.row("budget", w.sum(goalCost), "<=", w.m.Budget.String())
	}
	for k, set := range w.m.Forbid {
		ones := w.ones(set)
		w.row(fmt.Sprintf("forbid%d", k+1), ones, "<=", strconv.Itoa(len(ones)-1))
	}
	if v, ok := kept[goalWeight]; ok {
		w.row("weight_kept", w.sum(goalWeight), ">=", strconv.FormatInt(v, 10))
	}
	if v, ok := kept[goalVendors]; ok {
		w.row("vendors_kept", w.sum(goalVendors), "<=", strconv.FormatInt(v, 10))
	}
	if v := w.m.AtLeast; v != nil {
		w.row("at_least", w.sum(goalWeight), ">=", strconv.FormatInt(*v-w.m.musts(), 10))
	}
	w.row("nothing", []term{{"none", "1"}}, "=", "0")
}

// ones gives each offer of a list once.
func (w *lpWriter) ones(ids []string) (out []term) {
	seen := map[string]bool{}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, term{fmt.Sprintf("x%d", w.x[id]), "1"})
		}
	}
	return out
}

// columns: all of them are 0 or 1, but aid is a whole number of fen.
func (w *lpWriter) columns() {
	w.WriteString("Binary\n")
	for j := range w.m.Offers {
		fmt.Fprintf(w, " x%d\n", j+1)
	}
	for i := range w.m.Needs {
		if w.y[i+1] {
			fmt.Fprintf(w, " %s\n", w.need(i))
		}
	}
	for k := range w.vendors {
		fmt.Fprintf(w, " v%d\n", k+1)
	}
	binary, whole := w.termColumns()
	for _, c := range binary {
		fmt.Fprintf(w, " %s\n", c)
	}
	w.WriteString(" none\n")
	if len(whole) > 0 {
		w.WriteString("General\n")
	}
	for _, c := range whole {
		fmt.Fprintf(w, " %s\n", c)
	}
	w.WriteString("End\n")
}
