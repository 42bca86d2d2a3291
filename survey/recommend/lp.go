package recommend

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
)

// WriteLP writes the first stage of a model that a Solver takes in the CPLEX .lp format, for any mixed-integer solver. It is written from
// the words of the model alone, without presolve.
//
// Columns are xJ for the J-th offer, yI for the I-th need that is no must, vK for the K-th vendor; comments say which is which. Amounts are
// yuan; sK is the aid of the K-th layer in fen, uK tells whether the K-th level is reached, zK whether the K-th layer's minimum spend is. When
// every need is a must, or AtLeast is set, the file minimises the cost; otherwise the objective has stages, and the file is the
// first one: most weight. Stages gives them all.
func WriteLP(m Model) []byte { return lpOf(m, m.goals()[0], nil) }

// Stage is one stage of the objective as a file of its own, in which the values of the stages before it are rows.
type Stage struct {
	Goal  string // weight of the needs that are no must (maximised), vendors or cost (minimised)
	Value string // that a solution reached: a whole number, or yuan with two decimals
	LP    []byte
}

// Stages writes the stages of the objective of m, with the values that s reaches. Without an answer it is the first stage alone, with no
// value: a third party finds it infeasible.
func Stages(m Model, s Solution) []Stage {
	var out []Stage
	for i, g := range m.goals() {
		st := Stage{Goal: goalNames[g], LP: lpOf(m, g, m.reached(m.goals()[:i], s))}
		if !s.Feasible {
			return []Stage{st}
		}
		st.Value = map[goal]string{goalWeight: strconv.FormatInt(s.Weight-m.musts(), 10), goalVendors: strconv.Itoa(s.Vendors), goalCost: s.Net.String()}[g]
		out = append(out, st)
	}
	return out
}

var goalNames = map[goal]string{goalWeight: "weight", goalVendors: "vendors", goalCost: "cost"}

// goals are the stages that decide the amounts; ties among equal amounts are no part of the files.
func (m *Model) goals() []goal {
	var out []goal
	if m.AtLeast == nil && m.wishes() {
		out = append(out, goalWeight)
	}
	if m.VendorsFirst {
		out = append(out, goalVendors)
	}
	return append(out, goalCost)
}

func (m *Model) reached(done []goal, s Solution) map[goal]int64 {
	out := map[goal]int64{}
	for _, g := range done {
		out[g] = map[goal]int64{goalWeight: s.Weight - m.musts(), goalVendors: int64(s.Vendors)}[g]
	}
	return out
}

// musts is the weight that every answer has.
func (m *Model) musts() (sum int64) {
	for _, n := range m.Needs {
		if n.Must {
			sum += n.Weight
		}
	}
	return sum
}

// lpWriter writes one file.
type lpWriter struct {
	bytes.Buffer
	m       *Model
	x       map[string]int // offer id → number
	y       map[int]bool   // numbers of the needs with a column
	vendors []string

	switches []string // columns that tell whether a minimum spend is reached
}

// term is a column with its coefficient as it is written.
type term struct{ column, coef string }

func lpOf(m Model, g goal, kept map[goal]int64) []byte {
	w := &lpWriter{m: &m, x: map[string]int{}, y: map[int]bool{}}
	for j, o := range m.Offers {
		w.x[o.ID] = j + 1
	}
	for i, n := range m.Needs {
		w.y[i+1] = !n.Must
	}
	_, capped := kept[goalVendors]
	if g == goalVendors || capped {
		for _, o := range m.Offers {
			if !slices.Contains(w.vendors, o.Vendor) {
				w.vendors = append(w.vendors, o.Vendor)
			}
		}
	}
	w.legend(g)
	if g == goalWeight {
		w.WriteString("Maximize\n weight:")
	} else {
		fmt.Fprintf(w, "Minimize\n %s:", goalNames[g])
	}
	w.terms(w.sum(g))
	w.WriteString("\nSubject To\n")
	w.needs()
	w.offers()
	w.limits(kept)
	w.termRows()
	w.columns()
	return w.Bytes()
}

// legend says what the columns are. Ids are quoted in ASCII, so that none ends the comment.
func (w *lpWriter) legend(g goal) {
	fmt.Fprintf(w, "\\ %s: %d needs, %d offers; this stage: %s\n", SchemaModel, len(w.m.Needs), len(w.m.Offers), goalNames[g])
	for j, o := range w.m.Offers {
		fmt.Fprintf(w, "\\ x%d offer %s\n", j+1, short(o.ID))
	}
	for i, n := range w.m.Needs {
		if w.y[i+1] {
			fmt.Fprintf(w, "\\ y%d need %s, weight %d\n", i+1, short(n.ID), n.Weight)
		} else {
			fmt.Fprintf(w, "\\ row need%d need %s\n", i+1, short(n.ID))
		}
	}
	for k, v := range w.vendors {
		fmt.Fprintf(w, "\\ v%d vendor %s\n", k+1, short(v))
	}
	if t := w.m.Terms; t != nil {
		for k, l := range t.Layers {
			fmt.Fprintf(w, "\\ s%d aid of layer %s in fen; z%d its minimum spend is reached\n", k+1, short(l.Layer), k+1)
		}
		for k, l := range t.Levels {
			fmt.Fprintf(w, "\\ u%d level %s is reached\n", k+1, short(l.ID))
		}
	}
}

// short keeps a comment within the line length that readers of the format have.
func short(id string) string {
	q := strconv.QuoteToASCII(id)
	if len(q) > 300 {
		q = q[:300] + "..."
	}
	return q
}

// sum is a goal as a sum over columns.
func (w *lpWriter) sum(g goal) (out []term) {
	switch g {
	case goalWeight:
		for i, n := range w.m.Needs {
			if w.y[i+1] {
				out = append(out, term{w.need(i), strconv.FormatInt(n.Weight, 10)})
			}
		}
	case goalVendors:
		for k := range w.vendors {
			out = append(out, term{fmt.Sprintf("v%d", k+1), "1"})
		}
	default:
		for j, o := range w.m.Offers {
			if o.Cost != 0 {
				out = append(out, term{fmt.Sprintf("x%d", j+1), o.Cost.String()})
			}
		}
		out = append(out, w.earned()...)
	}
	return out
}

func (w *lpWriter) need(i int) string { return fmt.Sprintf("y%d", i+1) }

// terms writes a sum over columns, four to a line. An empty one is zero times a column that is zero.
func (w *lpWriter) terms(all []term) {
	if len(all) == 0 {
		all = []term{{"none", "0"}}
	}
	for i, t := range all {
		if i > 0 && i%4 == 0 {
			w.WriteString("\n  ")
		}
		sign := " +"
		if t.coef[0] == '-' {
			sign, t.coef = " -", t.coef[1:]
		}
		fmt.Fprintf(w, "%s %s %s", sign, t.coef, t.column)
	}
}

// row writes a condition such as need3: + 2 x1 >= 2.
func (w *lpWriter) row(name string, all []term, relation, value string) {
	fmt.Fprintf(w, " %s:", name)
	w.terms(all)
	fmt.Fprintf(w, " %s %s\n", relation, value)
}
