package importer

import (
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// reader walks the rows under a header.
type reader struct {
	g       *grid
	h       *header
	file    string
	at      time.Time
	several bool // the file has further sheets, so that references name theirs
	filled  map[[2]int]string
	frozen  map[[2]int]bool // lower cells of a merged amount or count
	stated  []stated        // what total rows state
	ledger  Ledger
}

func newReader(g *grid, h *header, file string, at time.Time) *reader {
	r := &reader{g: g, h: h, file: file, at: at.UTC(), filled: map[[2]int]string{}, frozen: map[[2]int]bool{}}
	r.ledger.Sheet, r.ledger.HeaderRow = g.sheet, g.number(h.last)
	for _, c := range h.columns {
		r.ledger.Columns = append(r.ledger.Columns, c.ColumnGuess)
	}
	return r
}

func (r *reader) run() {
	for _, n := range r.g.notes {
		r.problem(0, "", n)
	}
	r.titles()
	r.fill()
	r.warnColumns()
	for i := r.h.last + 1; i < len(r.g.rows); i++ {
		r.row(i)
	}
	r.compareTotals()
}

// titles lists what stands above the header.
func (r *reader) titles() {
	for i := 0; i < r.h.first; i++ {
		if t := r.rowText(i); t != "" {
			r.skip(i, "标题", t)
		}
	}
}

// fill carries the words of vertically merged cells down. Amounts, counts and numbers that belong to one machine stay
// in the first row: repeated, they would count twice.
func (r *reader) fill() {
	budget := 4 * MaxRows
	for _, c := range r.h.columns {
		for _, a := range r.g.merges {
			if a.left != c.Index || a.bottom <= r.h.last || a.bottom == a.top || a.top <= r.h.last {
				continue
			}
			for row := a.top + 1; row <= min(a.bottom, len(r.g.rows)-1) && budget > 0; row++ {
				budget--
				if once(c.Field) {
					r.frozen[[2]int{row, c.Index}] = true
				} else if t := r.g.text(a.top, a.left); t != "" {
					r.filled[[2]int{row, c.Index}] = t
				}
			}
			if once(c.Field) && c.Field != FieldSeq && r.g.text(a.top, a.left) != "" {
				r.problem(r.g.number(a.top), c.Header, "第 "+strconv.Itoa(a.top+1)+" 至 "+strconv.Itoa(a.bottom+1)+" 行是合并单元格，数值只记在第一行，请核对")
			}
		}
	}
}

// once tells which fields belong to one row only.
func once(f Field) bool {
	switch f {
	case FieldSeq, FieldAssetID, FieldSerial, FieldCount, FieldValue, FieldPrice, FieldDigitalN, FieldNetworkN:
		return true
	}
	return false
}

// warnColumns says what the header leaves open for the whole list.
func (r *reader) warnColumns() {
	if !r.h.has(FieldCount) {
		r.problem(r.ledger.HeaderRow, "", "没有数量一列，每行按 1 台计")
	}
	for i := range r.h.columns {
		if c := &r.h.columns[i]; isAmount(c.Field) && !c.hasUnit {
			c.unit = money.UnitYuan
			r.problem(r.ledger.HeaderRow, c.Header, "表头没有写金额单位，按元读入，请核对")
		}
	}
}

// row reads one row under the header.
func (r *reader) row(i int) {
	switch own := r.g.rows[i]; {
	case countFilled(own) == 0:
		if i < len(r.g.rows)-1 {
			r.skip(i, "空行", "")
		}
		return
	case r.isTotal(i):
		r.total(i)
		return
	case r.isHeaderAgain(i):
		r.skip(i, "重复的表头", r.rowText(i))
		return
	}
	rec := r.record(i)
	if rec.text(FieldName) == "" && rec.text(FieldAssetID) == "" && rec.text(FieldModel) == "" || countFilled(r.g.rows[i]) == 1 && len(r.h.columns) > 3 && !r.nameAlone(i) {
		r.skip(i, "没有设备名称", r.rowText(i))
		return
	}
	if footer(rec.text(FieldName)) || footer(firstText(r.g.rows[i])) {
		r.skip(i, "表尾说明", r.rowText(i))
		return
	}
	assets := rec.assets()
	if len(assets) == 0 {
		return
	}
	r.ledger.Totals.Rows++
	for _, a := range assets {
		r.ledger.Totals.add(a)
	}
	r.ledger.Assets = append(r.ledger.Assets, assets...)
}

// nameAlone tells whether the only filled cell of the row stands in the column of names.
func (r *reader) nameAlone(i int) bool {
	for _, c := range r.h.columns {
		if c.Field == FieldName {
			return r.g.text(i, c.Index) != ""
		}
	}
	return false
}

func (r *reader) isHeaderAgain(i int) bool {
	same, filled := 0, 0
	for _, c := range r.h.columns {
		t := r.g.text(i, c.Index)
		if t == "" {
			continue
		}
		if filled++; t == headText(r.g, r.h.first, c.Index) || t == headText(r.g, r.h.last, c.Index) {
			same++
		}
	}
	return same >= 2 && same*2 > filled
}

// footer tells 编制人：… and 注：… from machines.
func footer(s string) bool {
	for _, p := range []string{"编制", "审核", "制表", "批准", "填表", "注:", "说明:", "备注:", "负责人", "盘点人", "复核"} {
		if strings.HasPrefix(fold2(s), p) {
			return true
		}
	}
	return false
}

// fold2 keeps colons, which fold drops.
func fold2(s string) string { return strings.ReplaceAll(survey.NormalizeText(s), " ", "") }

func (r *reader) record(i int) *record {
	return &record{r: r, row: i, number: r.g.number(i)}
}

func (r *reader) problem(row int, col, text string) {
	r.ledger.Problems = append(r.ledger.Problems, RowProblem{Row: row, Column: col, Text: text})
}

func (r *reader) skip(i int, reason, text string) {
	r.ledger.Skipped = append(r.ledger.Skipped, RowNote{Row: r.g.number(i), Reason: reason, Text: cut(text, 60)})
}

func (r *reader) rowText(i int) string {
	var words []string
	for _, t := range r.g.rows[i] {
		if t != "" {
			words = append(words, t)
		}
	}
	return strings.Join(words, " ")
}

func countFilled(row []string) int {
	n := 0
	for _, t := range row {
		if t != "" {
			n++
		}
	}
	return n
}

func firstText(row []string) string {
	for _, t := range row {
		if t != "" {
			return t
		}
	}
	return ""
}

func (t *Totals) add(a survey.Asset) {
	t.Lines++
	t.Machines += a.Count
	if a.Value != nil {
		if v, err := money.Add(t.Value, *a.Value); err == nil {
			t.Value = v
		}
	}
	if a.InDenominator() != survey.Yes {
		return
	}
	t.Counted += a.Count
	if a.Digital == survey.Yes {
		t.Digital += a.Count
	}
	if a.Networked == survey.Yes {
		t.Networked += a.Count
	}
}
