package importer

import "strings"

// grid is one table as it lies in the file, before anything is understood.
type grid struct {
	sheet   string
	hidden  bool
	rows    [][]string
	lines   []int     // row number of each row as people see it; nil means index + 1
	numeric []rowBits // which cells hold a number rather than text; nil in CSV
	merges  []area
	base04  bool // dates count from 1904
	csv     bool
	notes   []string // what the decoding has to say about the whole file
}

// rowBits marks columns 0 to MaxColumns-1.
type rowBits [MaxColumns / 64]uint64

func (b *rowBits) set(col int) { b[col/64] |= 1 << (col % 64) }

// area is a merged range, indexes from 0, both ends included.
type area struct{ top, left, bottom, right int }

func (g *grid) text(row, col int) string {
	if row < 0 || row >= len(g.rows) || col >= len(g.rows[row]) {
		return ""
	}
	return g.rows[row][col]
}

func (g *grid) isNumber(row, col int) bool {
	if row >= len(g.numeric) || col >= MaxColumns {
		return false
	}
	return g.numeric[row][col/64]&(1<<(col%64)) != 0
}

func (g *grid) number(row int) int {
	if row < len(g.lines) {
		return g.lines[row]
	}
	return row + 1
}

// width is the widest row's number of columns.
func (g *grid) width() int {
	w := 0
	for _, r := range g.rows {
		w = max(w, len(r))
	}
	return w
}

// clean makes a cell plain: valid UTF-8, no control characters, line breaks as spaces, outer space away.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == 0x3000 || r == 0xA0:
			return ' '
		case r < 0x20 || r == 0x7F || r == 0xFEFF || r >= 0x200B && r <= 0x200F:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.TrimSpace(s)
}

// cut shortens s to n characters for showing.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
