package money

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// ErrCapital is the reason of a ParseError from ParseCapital.
var ErrCapital = errors.New("不是规范的人民币大写，请写成“壹拾贰万捌仟陆佰肆拾元整”这样的形式")

// variants are the other characters found for the same word.
var variants = strings.NewReplacer(
	"圆", "元", "圓", "元", "正", "整", "萬", "万", "億", "亿",
	"貳", "贰", "貮", "贰", "叄", "叁", "陸", "陆", " ", "", "　", "", "：", "", ":", "")

// ParseCapital reads 人民币大写, to check a document's words against its figures.
// It accepts 圆 for 元, 正 for 整, the prefix 人民币, a leading 负 or （负数）, and
// both ways wherever the rule leaves 零 or 整 open. Words that break the rule (a
// missing or needless 零, 元 without 整, 一二三) are refused with a *ParseError.
func ParseCapital(s string) (Fen, error) {
	f, reason := parseCapital(s)
	if reason != nil {
		return 0, refuse(s, reason)
	}
	return f, nil
}

func parseCapital(s string) (Fen, error) {
	if len(s) > maxText || !utf8.ValidString(s) {
		return 0, ErrCapital
	}
	s = variants.Replace(strings.TrimSpace(s))
	if s == "" {
		return 0, ErrEmpty
	}
	negative, s := cutNegative(s)
	s = strings.TrimPrefix(s, "人民币")
	if !negative {
		negative, s = cutNegative(s)
	}
	f, ok := capitalValue(s)
	if !ok {
		return 0, ErrCapital
	}
	if f > MaxFen {
		return 0, ErrRange
	}
	if negative && f == 0 || !matchesForm(s, capitalForm(uint64(f))) {
		return 0, ErrCapital
	}
	if negative {
		f = -f
	}
	return f, nil
}

func cutNegative(s string) (bool, string) {
	for _, p := range []string{"（负数）", "(负数)", "负"} {
		if rest, ok := strings.CutPrefix(s, p); ok {
			return true, rest
		}
	}
	return false, s
}

// capitalValue adds the words up without judging their order: matchesForm
// judges, by comparing with the words of the value found.
func capitalValue(s string) (Fen, bool) {
	var above, section, digit, total Fen // above: up to the last 万 or 亿
	for _, r := range s {
		if d := strings.IndexRune(capitalDigits, r); d >= 0 {
			digit = Fen(d / len("零"))
			continue
		}
		switch r {
		case '拾', '佰', '仟':
			section += digit * map[rune]Fen{'拾': 10, '佰': 100, '仟': 1000}[r]
		case '万':
			above, section = above+(section+digit)*1_0000, 0
		case '亿':
			if above += section + digit; above > MaxFen/1_0000_0000 {
				return MaxFen + 1, true
			}
			above, section = above*1_0000_0000, 0
		case '元':
			total, above, section = total+(above+section+digit)*100, 0, 0
		case '角':
			total += digit * 10
		case '分':
			total += digit
		case '整':
		default:
			return 0, false
		}
		digit = 0
		if above > MaxFen {
			return MaxFen + 1, true
		}
	}
	return total, true
}

// matchesForm reports whether s is one of the writings that form allows.
func matchesForm(s, form string) bool {
	for _, mark := range form {
		want, optional := mark, true
		switch mark {
		case optionalZero, writtenZero:
			want = '零'
		case writtenWhole:
			want = '整'
		default:
			optional = false
		}
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case n > 0 && r == want:
			s = s[n:]
		case !optional:
			return false
		}
	}
	return s == ""
}
