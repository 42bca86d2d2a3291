package importer

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey/money"
)

// stated is what a total row of the list claims.
type stated struct {
	row    int // as people see it
	column string
	count  int // -1 when not stated
	value  *money.Fen
	whole  bool // 合计 of the list, not 小计 of a group
}

// isTotal tells a total row by its words, in the first cell or in the column of names.
func (r *reader) isTotal(i int) bool {
	if totalWord(firstText(r.g.rows[i])) {
		return true
	}
	for _, c := range r.h.columns {
		if c.Field == FieldName || c.Field == FieldSeq || c.Field == FieldAssetID {
			if totalWord(r.g.text(i, c.Index)) {
				return true
			}
		}
	}
	return false
}

func totalWord(s string) bool {
	s = strings.TrimRight(fold(cutBrackets(s)), "。.")
	if len([]rune(s)) > 14 {
		return false
	}
	for _, w := range []string{"合计", "总计", "小计", "共计", "累计"} {
		tail, ok := strings.CutPrefix(s, w)
		if ok && strings.Trim(tail, "0123456789.,/台套件数量金额原值元万") == "" || strings.HasSuffix(s, w) {
			return true
		}
	}
	return s == "total" || s == "subtotal"
}

// total skips the row and remembers what it states.
func (r *reader) total(i int) {
	text := r.rowText(i)
	whole := !strings.Contains(text, "小计") && !strings.Contains(text, "本页")
	reason := "小计行"
	if whole {
		reason = "合计行"
	}
	r.skip(i, reason, text)
	s := stated{row: r.g.number(i), count: -1, whole: whole}
	for _, c := range r.h.columns {
		t := r.g.text(i, c.Index)
		if c.Field == FieldCount && t != "" {
			if n, err := readCount(t); err == nil {
				s.count, s.column = n, c.Header
			}
		}
		if c.Field == FieldValue && t != "" {
			if v, err := amount(t, r.g.isNumber(i, c.Index), c.unit); err == nil {
				s.value = &v
			}
		}
	}
	r.stated = append(r.stated, s)
}

// compareTotals holds the list's own last 合计 against the sum of its rows. A difference is a problem, never a correction.
func (r *reader) compareTotals() {
	for k := len(r.stated) - 1; k >= 0; k-- {
		s := r.stated[k]
		if !s.whole {
			continue
		}
		t := r.ledger.Totals
		if s.count >= 0 && s.count != t.Machines {
			r.problem(s.row, s.column, fmt.Sprintf("合计行写 %d 台，逐行相加是 %d 台，请核对", s.count, t.Machines))
		}
		if s.value != nil && *s.value != t.Value {
			r.problem(s.row, "", fmt.Sprintf("合计行原值是 %s 元，逐行相加是 %s 元，请核对", s.value.Display(), t.Value.Display()))
		}
		return
	}
}
