package money

import "strings"

// Unit is the unit an amount is written in, as the number of decimal places
// between it and the fen.
type Unit int

// The units seen in ledgers, invoices and application forms.
const (
	UnitYuan       Unit = 2  // 元
	UnitThousand   Unit = 5  // 千元
	UnitWan        Unit = 6  // 万元
	UnitMillion    Unit = 8  // 百万元
	UnitTenMillion Unit = 9  // 千万元
	UnitYi         Unit = 10 // 亿元
)

// unitWords are tried in this order, so that 百万元 is not read as 万元.
var unitWords = []struct {
	word string
	unit Unit
}{
	{"千万", UnitTenMillion},
	{"百万", UnitMillion},
	{"亿", UnitYi},
	{"万", UnitWan},
	{"千元", UnitThousand},
	{"元", UnitYuan},
}

// String returns the unit's Chinese word, "万元".
func (u Unit) String() string {
	for _, w := range unitWords {
		if w.unit == u {
			return strings.TrimSuffix(w.word, "元") + "元"
		}
	}
	return "未知单位"
}

// UnitOf finds the unit that a table header states, as in 原值（万元）, 单位：元 or
// 合同额/万元. It reports false when the header states none, or more than one
// (元/万元): then a person has to say.
func UnitOf(header string) (Unit, bool) {
	s := strings.Map(foldRune, header)
	found, ok := Unit(0), false
	for _, part := range strings.FieldsFunc(s, isHeaderBreak) {
		u, is := unitWord(strings.TrimPrefix(part, "人民币"))
		switch {
		case !is:
		case ok && u != found:
			return 0, false
		default:
			found, ok = u, true
		}
	}
	return found, ok
}

// unitWord reads a word that is nothing but a unit. A bare 万 or 亿 counts.
func unitWord(s string) (Unit, bool) {
	for _, w := range unitWords {
		if s == w.word || s == w.word+"元" && w.unit != UnitYuan && w.unit != UnitThousand {
			return w.unit, true
		}
	}
	return 0, false
}

func isHeaderBreak(r rune) bool {
	return strings.ContainsRune(" \t\r\n()[]{}【】〔〕「」:/\\,;、*-_—", r)
}
