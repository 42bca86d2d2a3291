package document

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// sheet is one page-wide table: optional title and line under it, head, rows.
type sheet struct {
	name, title, under string
	widths             []float64 // in characters of Excel's standard font
	head               []any
	rows               [][]any
	total              bool // the last row is a sum
	upright            bool // printed upright, else turned
}

// book writes sheets and remembers the first failure.
type book struct {
	x     *excelize.File
	looks map[look]int // styles made so far
	err   error
}

// try runs the next step unless one failed before.
func (b *book) try(step func() error) {
	if b.err == nil {
		b.err = step()
	}
}

func (b *book) sheet(s sheet) {
	b.try(func() error { _, err := b.x.NewSheet(s.name); return err })
	b.page(s)
	var w *excelize.StreamWriter
	b.try(func() (err error) { w, err = b.x.NewStreamWriter(s.name); return err })
	if b.err != nil {
		return
	}
	for i, wide := range s.widths {
		b.try(func() error { return w.SetColWidth(i+1, i+1, wide) })
	}
	n := 0
	add := func(values []any, look look, height float64) {
		n++
		b.row(w, n, values, look, height)
	}
	if s.title != "" {
		b.span(w, 1, len(s.widths))
		b.span(w, 2, len(s.widths))
		add([]any{s.title}, look{title: true}, 34)
		add([]any{s.under}, look{}, 22)
	}
	add(s.head, look{head: true, framed: true}, s.height(s.head))
	headRow := n
	for i, r := range s.rows {
		add(r, look{bold: s.total && i == len(s.rows)-1, framed: true}, s.height(r))
	}
	b.try(w.Flush)
	b.try(func() error {
		return b.x.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: "'" + s.name + "'!$" + strconv.Itoa(headRow) + ":$" + strconv.Itoa(headRow)})
	})
}

// page sets A4, one page wide, with the page number at the foot.
func (b *book) page(s sheet) {
	side, fit, high, a4, yes := "landscape", 1, 0, 9, true
	if s.upright {
		side = "portrait"
	}
	edge, foot := 0.5, 0.7
	b.try(func() error { return b.x.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}) })
	b.try(func() error {
		return b.x.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &side, FitToWidth: &fit, FitToHeight: &high})
	})
	b.try(func() error {
		return b.x.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: &edge, Right: &edge, Top: &foot, Bottom: &foot, Horizontally: &yes})
	})
	b.try(func() error {
		return b.x.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddHeader: "&L&A", OddFooter: "&C— &P —"})
	})
}

func (b *book) span(w *excelize.StreamWriter, row, columns int) {
	b.try(func() error {
		last, err := excelize.CoordinatesToCellName(columns, row)
		if err != nil {
			return err
		}
		return w.MergeCell("A"+strconv.Itoa(row), last)
	})
}

// height is what the tallest cell of a row needs in points: spreadsheets do not reckon it on opening.
func (s sheet) height(values []any) float64 {
	lines := 1
	for i, v := range values {
		if text, ok := v.(string); ok && i < len(s.widths) {
			n := 0
			for _, l := range strings.Split(text, "\n") {
				n += max(1, int(math.Ceil(float64(halfWidths(l))/(s.widths[i]-2))))
			}
			lines = max(lines, n)
		}
	}
	return min(float64(lines)*15+5, 400)
}

// halfWidths counts a Chinese character as two.
func halfWidths(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 0x2000 {
			n++
		}
	}
	return n
}

// look is how a cell is drawn.
type look struct {
	title, head, bold, framed bool
	number                    int // 0 text, 1 whole number, 4 amount with two decimals
}

func (b *book) style(l look) int {
	if id, ok := b.looks[l]; ok {
		return id
	}
	st := &excelize.Style{NumFmt: l.number, Font: &excelize.Font{Bold: l.bold || l.head || l.title, Size: 11, Family: "宋体"}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}}
	if l.title {
		st.Font.Size, st.Alignment.Horizontal = 18, "center"
	}
	if l.number == 1 || l.head {
		st.Alignment.Horizontal = "center"
	}
	if l.framed {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			st.Border = append(st.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	b.try(func() (err error) { b.looks[l], err = b.x.NewStyle(st); return err })
	return b.looks[l]
}

// row writes one row; strings become text cells whatever they begin with.
func (b *book) row(w *excelize.StreamWriter, n int, values []any, l look, height float64) {
	cells := make([]any, len(values))
	for i, v := range values {
		one := l
		switch x := v.(type) {
		case string:
			if utf8.RuneCountInString(x) > excelize.TotalCellChars {
				v = string([]rune(x)[:excelize.TotalCellChars])
			}
		case int:
			one.number = 1
		default:
			one.number = 4
		}
		cells[i] = excelize.Cell{StyleID: b.style(one), Value: v}
	}
	b.try(func() error { return w.SetRow("A"+strconv.Itoa(n), cells, excelize.RowOpts{Height: height}) })
}
