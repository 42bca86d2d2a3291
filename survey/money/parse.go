package money

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Reasons of a ParseError, for callers that branch.
var (
	ErrEmpty     = errors.New("金额为空，请填写数字")
	ErrSyntax    = errors.New("不是可识别的金额，请写成 300000.50、300,000.50 或 30万元")
	ErrPrecision = errors.New("金额精确到分（元后最多两位小数），请核对后重填")
)

// ParseError says which text is no amount and why. Its Reason is one of
// ErrEmpty, ErrSyntax, ErrPrecision and ErrRange.
type ParseError struct {
	Text   string // the text as given, cut to 40 characters
	Reason error
}

// Error returns one Chinese sentence with the text and the next step.
func (e *ParseError) Error() string {
	if e.Text == "" {
		return e.Reason.Error()
	}
	return fmt.Sprintf("“%s”：%s", e.Text, e.Reason)
}

// Unwrap returns the reason.
func (e *ParseError) Unwrap() error { return e.Reason }

// maxText is far longer than any amount and bounds the work on foreign text.
const maxText = 200

// Parse reads an amount as people and ledgers write it: "300,000.50", "30万",
// "30.5万元", "￥185,000.00元", "１２．５万", "人民币 1 000 元整", "-12.00". Without a
// unit the figure is yuan. Digit groups must be of three. It fails with a
// *ParseError when the text is empty or no amount, when the value is not exact
// to the fen, or when it lies beyond MaxFen. Capital words go to ParseCapital.
func Parse(s string) (Fen, error) {
	return ParseUnit(s, UnitYuan)
}

// ParseUnit is Parse with the unit of the table header as default; a unit in
// the text itself wins.
func ParseUnit(s string, unit Unit) (Fen, error) {
	f, reason := parse(s, unit)
	if reason != nil {
		return 0, refuse(s, reason)
	}
	return f, nil
}

func refuse(s string, reason error) error {
	s = strings.ToValidUTF8(strings.TrimSpace(s), "?")
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return &ParseError{Text: s, Reason: reason}
}

func parse(s string, unit Unit) (Fen, error) {
	if len(s) > maxText || !utf8.ValidString(s) {
		return 0, ErrSyntax
	}
	s = strings.TrimSpace(strings.Map(foldRune, s))
	if s == "" {
		return 0, ErrEmpty
	}
	negative, s := cutSign(s)
	s = cutPrefixes(s, "人民币", "RMB", "CNY", "rmb", "cny")
	s = cutPrefixes(s, "¥")
	if !negative {
		negative, s = cutSign(s)
	}
	end := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("0123456789., ", r) })
	if end >= 0 {
		var ok bool
		if unit, ok = cellUnit(s[end:]); !ok {
			return 0, ErrSyntax
		}
		s = s[:end]
	}
	whole, frac, ok := splitNumber(strings.TrimSpace(s))
	if !ok {
		return 0, ErrSyntax
	}
	return shift(negative, whole, frac, int(unit))
}

func cutSign(s string) (bool, string) {
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		return true, strings.TrimSpace(rest)
	}
	return false, s
}

func cutPrefixes(s string, prefixes ...string) string {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(s, p); ok {
			return strings.TrimLeft(rest, " :")
		}
	}
	return s
}

// cellUnit reads what follows the figure: a unit, with 整 or 正 after 元.
func cellUnit(s string) (Unit, bool) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '圆':
			return '元'
		case ' ':
			return -1
		}
		return r
	}, s)
	if strings.HasSuffix(s, "元整") || strings.HasSuffix(s, "元正") {
		s = strings.TrimRight(s, "整正")
	}
	return unitWord(s)
}

// splitNumber cuts "1,234.50" into "1234" and "50". Groups, parted by all
// commas or all spaces, are of three digits; a decimal point has digits on
// both sides.
func splitNumber(s string) (whole, frac string, ok bool) {
	whole, frac, dotted := strings.Cut(s, ".")
	if dotted && !isDigits(frac) {
		return "", "", false
	}
	sep := ","
	if strings.Contains(whole, " ") {
		sep = " "
	}
	groups := strings.Split(whole, sep)
	for i, g := range groups {
		if !isDigits(g) || i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return "", "", false
		}
	}
	return strings.Join(groups, ""), frac, true
}

// shift returns whole.frac × 10^places in fen, exactly or not at all.
func shift(negative bool, whole, frac string, places int) (Fen, error) {
	frac += strings.Repeat("0", places)
	if strings.Trim(frac[places:], "0") != "" {
		return 0, ErrPrecision
	}
	digits := strings.TrimLeft(whole+frac[:places], "0")
	if len(digits) > len("999999999999999") {
		return 0, ErrRange
	}
	var f Fen
	for _, d := range digits {
		f = f*10 + Fen(d-'0')
	}
	if negative {
		f = -f
	}
	return f, nil
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// foldRune turns full-width signs and the many spaces into plain ones.
func foldRune(r rune) rune {
	switch {
	case r == '￥':
		return '¥'
	case r == '−':
		return '-'
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '\t', r == '\u00a0', r == '\u3000', r >= '\u2000' && r <= '\u200a', r == '\u202f':
		return ' '
	}
	return r
}
