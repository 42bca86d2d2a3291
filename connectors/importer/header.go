package importer

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey/money"
)

// headerDepth is how many rows from the top may hold the header.
const headerDepth = 30

// header is where the header stands and what its columns hold.
type header struct {
	first, last int // rows, from 0
	columns     []column
	score       int
}

// column is one understood column.
type column struct {
	ColumnGuess
	unit    money.Unit
	hasUnit bool
}

func (h *header) has(f Field) bool {
	return slices.ContainsFunc(h.columns, func(c column) bool { return c.Field == f })
}

// choose takes the sheet with the best header, visible ones first; others names further visible sheets with a header.
func choose(grids []*grid, sheet string) (best *grid, head *header, others []string) {
	for _, g := range grids {
		if sheet != "" && g.sheet != sheet {
			continue
		}
		h := findHeader(g)
		if h == nil {
			continue
		}
		if best == nil || best.hidden && !g.hidden || best.hidden == g.hidden && h.score > head.score {
			if best != nil && !best.hidden {
				others = append(others, best.sheet)
			}
			best, head = g, h
			continue
		}
		if !g.hidden {
			others = append(others, g.sheet)
		}
	}
	return best, head, others
}

// findHeader scores each of the first rows, alone and joined with the next one, by the columns it explains. A header
// needs a column of names and one more.
func findHeader(g *grid) *header {
	var best *header
	for r := 0; r < min(headerDepth, len(g.rows)); r++ {
		one := readHeader(g, r, r)
		if best == nil || one.score > best.score || one.score == best.score && best.first < r && best.last == r {
			best = one // the row above adds nothing: it is a title
		}
		if r+1 < len(g.rows) && spans(g, r) {
			if two := readHeader(g, r, r+1); two.score > best.score {
				best = two
			}
		}
	}
	if best == nil || !best.has(FieldName) || len(best.columns) < 2 || best.score < 4 {
		return nil
	}
	if u, ok := sheetUnit(g, best.first); ok {
		for i := range best.columns {
			if c := &best.columns[i]; !c.hasUnit && isAmount(c.Field) {
				c.unit, c.hasUnit, c.Unit = u, true, u.String()
			}
		}
	}
	return best
}

func isAmount(f Field) bool { return f == FieldValue || f == FieldPrice }

// spans tells whether row r can be the upper row of a two-row header: a cell merged across columns or down into the next
// row, or a blank above a word.
func spans(g *grid, r int) bool {
	for _, a := range g.merges {
		if a.top == r && (a.bottom == r && a.right > a.left || a.bottom == r+1) {
			return true
		}
	}
	for c, t := range g.rows[r+1] {
		if t != "" && g.text(r, c) == "" {
			return true
		}
	}
	return false
}

// readHeader explains rows first to last as one header.
func readHeader(g *grid, first, last int) *header {
	h := &header{first: first, last: last}
	taken := map[Field]int{} // field → index in h.columns
	weights := []int{}
	for c := 0; c < min(g.width(), MaxColumns); c++ {
		labels, shown := labelsOf(g, first, last, c)
		if shown == "" {
			continue
		}
		f, w := bestField(labels)
		if old, ok := taken[f]; ok && f != FieldNote && f != FieldPorts && f != FieldIgnored && f != "" {
			if w <= weights[old] {
				f, w = "", 0
			} else {
				h.columns[old].Field, weights[old] = "", 0
			}
		}
		col := column{ColumnGuess: ColumnGuess{Index: c, Header: shown, Field: f}}
		if isAmount(f) {
			if col.unit, col.hasUnit = money.UnitOf(shown); col.hasUnit {
				col.Unit = col.unit.String()
			}
		}
		taken[f] = len(h.columns)
		h.columns, weights = append(h.columns, col), append(weights, w)
	}
	h.score = score(h.columns, weights)
	return h
}

// score counts explained columns; the column of names counts double, so that a row of data never wins.
func score(columns []column, weights []int) int {
	n := 0
	for i, c := range columns {
		if c.Field == FieldName {
			n += weights[i]
		}
		n += weights[i]
	}
	return n
}

// labelsOf gives the readings of a column's header from the most to the least telling, and the header as shown.
func labelsOf(g *grid, first, last, c int) (labels []string, shown string) {
	upper, lower := headText(g, first, c), ""
	if first == last {
		return []string{upper}, upper
	}
	lower = headText(g, last, c)
	switch {
	case lower == "" || lower == upper:
		return []string{upper}, upper
	case upper == "":
		labels = []string{lower}
		if p := parentOf(g, first, c); p != "" {
			labels = append(labels, join(p, lower))
		}
		return labels, lower
	}
	return []string{join(upper, lower), lower}, upper + " " + lower
}

// join reads 联网情况 over 台数 as 联网台数, and 关键工序 over 是否 as 是否关键工序.
func join(upper, lower string) string {
	upper = strings.TrimSuffix(strings.TrimSuffix(cutBrackets(upper), "情况"), "信息")
	switch fold(lower) {
	case "是否", "是/否", "有无":
		return "是否" + upper
	}
	return upper + lower
}

// headText is a header cell; a merged range says the same in all its cells.
func headText(g *grid, r, c int) string {
	if t := g.text(r, c); t != "" {
		return t
	}
	for _, a := range g.merges {
		if a.top <= r && r <= a.bottom && a.left <= c && c <= a.right && a.bottom-a.top < headerDepth {
			return g.text(a.top, a.left)
		}
	}
	return ""
}

// parentOf looks left for the word that a lost merge (CSV) leaves over its first column only.
func parentOf(g *grid, r, c int) string {
	for ; c >= 0; c-- {
		if t := g.text(r, c); t != "" {
			return t
		}
	}
	return ""
}

func bestField(labels []string) (Field, int) {
	var best Field
	weight := 0
	for _, l := range labels {
		if f, w := fieldOf(l); w > weight {
			best, weight = f, w
		}
	}
	return best, weight
}

// sheetUnit finds “单位：万元” above the header.
func sheetUnit(g *grid, first int) (money.Unit, bool) {
	for r := 0; r < first; r++ {
		for _, t := range g.rows[r] {
			if u, ok := money.UnitOf(t); ok && strings.Contains(t, "单位") {
				return u, true
			}
		}
	}
	return 0, false
}
