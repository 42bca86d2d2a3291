package importer

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// decimal writes a number cell as plain digits, rounded to the 15 significant digits that spreadsheet programs show
// ("1.85E5" is 185000, "0.30000000000000004" is 0.3). It works on the digits and reports false for anything else.
func decimal(s string) (string, bool) {
	neg := strings.HasPrefix(s, "-")
	mant, exp, hasExp := strings.Cut(strings.ToUpper(strings.TrimLeft(s, "+-")), "E")
	e := 0
	if hasExp {
		var err error
		if e, err = strconv.Atoi(exp); err != nil || e > 30 || e < -30 {
			return "", false
		}
	}
	whole, frac, _ := strings.Cut(mant, ".")
	digits := whole + frac
	if digits == "" || len(digits) > 60 || strings.Trim(digits, "0123456789") != "" {
		return "", false
	}
	point := len(whole) + e
	for len(digits) > 1 && digits[0] == '0' {
		digits, point = digits[1:], point-1
	}
	digits, point = round15(digits, point)
	return place(digits, point, neg), true
}

// round15 keeps 15 digits, half up.
func round15(digits string, point int) (string, int) {
	if len(digits) <= 15 {
		return digits, point
	}
	b, up := []byte(digits[:15]), digits[15] >= '5'
	for i := 14; up && i >= 0; i-- {
		if up = b[i] == '9'; up {
			b[i] = '0'
		} else {
			b[i]++
		}
	}
	if up {
		return "1" + string(b), point + 1
	}
	return string(b), point
}

func place(digits string, point int, neg bool) string {
	switch {
	case point <= 0:
		digits = "0." + strings.Repeat("0", -point) + digits
	case point >= len(digits):
		digits += strings.Repeat("0", point-len(digits))
	default:
		digits = digits[:point] + "." + digits[point:]
	}
	if strings.Contains(digits, ".") {
		digits = strings.TrimRight(strings.TrimRight(digits, "0"), ".")
	}
	if neg && strings.Trim(digits, "0.") != "" {
		digits = "-" + digits
	}
	return digits
}

// ruined tells whether a long number lost its last digits: a number cell of 16 digits or more, or the text 2.53E+19 that
// a CSV keeps of one.
func ruined(s string, number bool) bool {
	t := survey.HalfWidth(s)
	if !number {
		i := strings.IndexAny(t, "Ee")
		if i < 1 || !strings.HasPrefix(t[i+1:], "+") {
			return false
		}
	}
	d, ok := decimal(t)
	whole, _, _ := strings.Cut(strings.TrimPrefix(d, "-"), ".")
	return ok && (len(whole) >= 16 || !number)
}

// The reasons why a cell in a date column is no date.
var (
	errNumberDate = errors.New("是数字，不是日期，请写成 2025-03-05 或 2025年3月")
	errYearOnly   = errors.New("只有年份，请补上月份，如 2025年3月")
	errMonth10    = errors.New("可能是 1 月，也可能是 10 月，请写成 2025年10月")
)

// readDate reads a date cell. A number is a date only as a serial day of 1950–2099, as yyyymmdd or as yyyymm.
func readDate(s string, number, base04 bool) (survey.Date, error) {
	t := survey.HalfWidth(s)
	if i := strings.IndexAny(t, "T"); i == 10 {
		t = t[:10]
	}
	if head, tail, ok := strings.Cut(t, " "); ok && strings.Contains(tail, ":") {
		t = head
	}
	plain, isNum := decimal(t)
	if !isNum {
		return survey.ParseDate(t)
	}
	return numberDate(plain, t, number, base04)
}

func numberDate(plain, text string, number, base04 bool) (survey.Date, error) {
	whole, frac, dotted := strings.Cut(plain, ".")
	n, ok := atoi(whole)
	switch {
	case !ok:
		return "", errNumberDate
	case len(whole) == 8 && !dotted:
		return survey.ParseDate(whole)
	case len(whole) == 6 && !dotted && n/100 >= 1950 && n/100 <= 2099:
		return survey.ParseDate(whole[:4] + "-" + whole[4:])
	case n >= 1950 && n <= 2099 && strings.Contains(text, "."):
		if number && frac == "1" {
			return "", errMonth10 // 2025.10 typed into a number cell becomes 2025.1
		}
		return survey.ParseDate(text)
	case n >= 1950 && n <= 2099:
		return "", errYearOnly
	case !number:
		return "", errNumberDate
	}
	return serialDate(n, base04)
}

// serialDate turns a day count into a date: day 1 is 1900-01-01 with the phantom 1900-02-29, or day 0 is 1904-01-01.
func serialDate(n int, base04 bool) (survey.Date, error) {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if base04 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	d := epoch.AddDate(0, 0, min(n, 1_000_000))
	if d.Year() < 1950 || d.Year() > 2099 {
		return "", errNumberDate
	}
	return survey.Date(d.Format("2006-01-02")), nil
}

// readCount reads "3", "３台", "2 台/套", "两台", a number cell. It refuses fractions and more than 100,000.
func readCount(s string) (int, error) {
	t := strings.ReplaceAll(fold(s), ",", "")
	for cutMore := true; cutMore; {
		cutMore = false
		for _, u := range []string{"台", "套", "部", "件", "个", "条", "组", "/", "只", "辆"} {
			if rest, ok := strings.CutSuffix(t, u); ok && rest != "" {
				t, cutMore = rest, true
			}
		}
	}
	if d, ok := decimal(t); ok {
		t = d
	}
	n, ok := atoi(t)
	if !ok {
		n, ok = chineseCount(t)
	}
	if !ok || n > 100_000 {
		return 0, fmt.Errorf("“%s”不是台数，请写成整数", cut(s, 20))
	}
	return n, nil
}

// chineseCount reads 一 to 九十九 and 两.
func chineseCount(s string) (int, bool) {
	const digits = "零一二三四五六七八九"
	value := func(r string) (int, bool) {
		if r == "两" {
			return 2, true
		}
		i := strings.Index(digits, r)
		return i / 3, r != "" && len(r) == 3 && i > 0
	}
	tens, ones, ok := strings.Cut(s, "十")
	if !ok {
		return value(s)
	}
	n := 10
	if tens != "" {
		v, ok := value(tens)
		if !ok {
			return 0, false
		}
		n = 10 * v
	}
	if ones == "" {
		return n, true
	}
	v, ok := value(ones)
	return n + v, ok
}
