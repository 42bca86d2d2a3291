package money

import "strings"

// The rules are those of 《正确填写票据和结算凭证的基本规定》 (支付结算办法 附一). Where
// they leave a choice, this package writes 整 after 角, 零 before 角 when the yuan
// end in 0, and no 零 between 万 and 仟; reading accepts either.

const (
	capitalDigits = "零壹贰叁肆伍陆柒捌玖"
	optionalZero  = 'o' // 零 allowed here, not written
	writtenZero   = 'w' // 零 allowed here, written
	writtenWhole  = 'z' // 整 allowed here, written
)

// Capital returns the amount as 人民币大写 without the 人民币 prefix:
// "壹拾贰万捌仟陆佰肆拾元整". Negative amounts begin with 负.
func (f Fen) Capital() string {
	sign, u := f.split()
	s := strings.Map(func(r rune) rune {
		switch r {
		case optionalZero:
			return -1
		case writtenZero:
			return '零'
		case writtenWhole:
			return '整'
		}
		return r
	}, capitalForm(u))
	if sign != "" {
		return "负" + s
	}
	return s
}

// CapitalRMB returns Capital with 人民币 directly before it, as forms ask for.
func (f Fen) CapitalRMB() string {
	return "人民币" + f.Capital()
}

// capitalForm returns the capital words of u fen with marks where the rules
// leave a choice.
func capitalForm(u uint64) string {
	yuan, jiao, fen := u/100, u/10%10, u%10
	if u == 0 {
		return "零元整"
	}
	var b strings.Builder
	if yuan > 0 {
		b.WriteString(capitalInteger(yuan) + "元")
	}
	switch {
	case jiao == 0 && fen == 0:
		b.WriteString("整")
		return b.String()
	case jiao == 0 && yuan > 0:
		b.WriteString("零")
	case jiao > 0 && yuan > 0 && yuan%10 == 0:
		b.WriteRune(writtenZero)
	}
	if jiao > 0 {
		b.WriteString(capitalDigit(jiao) + "角")
	}
	if fen > 0 {
		b.WriteString(capitalDigit(fen) + "分")
	} else {
		b.WriteRune(writtenWhole)
	}
	return b.String()
}

// capitalInteger writes n > 0 by sections of 亿 and 万.
func capitalInteger(n uint64) string {
	switch {
	case n >= 1_0000_0000:
		return capitalJoin(n/1_0000_0000, "亿", n%1_0000_0000, 1000_0000)
	case n >= 1_0000:
		return capitalJoin(n/1_0000, "万", n%1_0000, 1000)
	}
	return capitalSection(n)
}

// capitalJoin puts 零 between the parts when the low part does not fill its
// highest place.
func capitalJoin(high uint64, unit string, low, full uint64) string {
	s := capitalInteger(high) + unit
	switch {
	case low == 0:
		return s
	case low < 1_0000 && low >= 1000 && full > 1000: // 万 is 0, 仟 is not
		s += string(writtenZero)
	case low < full:
		s += "零"
	case high%10 == 0:
		s += string(optionalZero)
	}
	return s + capitalInteger(low)
}

// capitalSection writes 0 < n < 10000.
func capitalSection(n uint64) string {
	s, gap := "", false
	for _, place := range []struct {
		value uint64
		unit  string
	}{{1000, "仟"}, {100, "佰"}, {10, "拾"}, {1, ""}} {
		d := n / place.value % 10
		if d == 0 {
			gap = s != ""
			continue
		}
		if gap {
			s += "零"
		}
		s, gap = s+capitalDigit(d)+place.unit, false
	}
	return s
}

func capitalDigit(d uint64) string {
	return string([]rune(capitalDigits)[d])
}
