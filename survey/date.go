package survey

import (
	"fmt"
	"strconv"
	"strings"
)

// Date is a date of law in Asia/Shanghai: "2026-11-22", or "2025-03" when only the month is known, or "" when unknown.
// ISO order makes string comparison chronological.
type Date string

var dateMarks = strings.NewReplacer("年", "-", "月", "-", "日", "", "号", "", "/", "-", ".", "-")

// ParseDate reads what people and ledgers write: 2025-03-05, 2025/3/5, 2025.3.5, 20250305, 2025年3月5日, 2025年3月, 2025-03. Years
// 1900–2199. It refuses days that do not exist; empty gives "".
func ParseDate(s string) (Date, error) {
	t := HalfWidth(s)
	if t == "" {
		return "", nil
	}
	if len(t) == 8 && allDigits(t) {
		t = t[:4] + "-" + t[4:6] + "-" + t[6:]
	}
	t = dateMarks.Replace(t)
	t = strings.TrimSuffix(strings.ReplaceAll(t, " ", ""), "-")
	parts := strings.Split(t, "-")
	if len(parts) < 2 || len(parts) > 3 {
		return "", badDate(s)
	}
	n := make([]int, 3)
	for i, p := range parts {
		if p == "" || len(p) > 4 || !allDigits(p) {
			return "", badDate(s)
		}
		n[i], _ = strconv.Atoi(p)
	}
	if n[0] < 1900 || n[0] > 2199 || n[1] < 1 || n[1] > 12 {
		return "", badDate(s)
	}
	if len(parts) == 2 {
		return Date(fmt.Sprintf("%04d-%02d", n[0], n[1])), nil
	}
	if n[2] < 1 || n[2] > daysIn(n[0], n[1]) {
		return "", badDate(s)
	}
	return Date(fmt.Sprintf("%04d-%02d-%02d", n[0], n[1], n[2])), nil
}

// isStored tells yyyy-mm and yyyy-mm-dd of a day that exists, the forms of nearly every stored date, without the ways that people write.
func isStored(b []byte) bool {
	if len(b) != 7 && len(b) != 10 || b[4] != '-' || len(b) == 10 && b[7] != '-' {
		return false
	}
	number := func(part []byte) int {
		n := 0
		for _, c := range part {
			if c < '0' || c > '9' {
				return -1
			}
			n = n*10 + int(c-'0')
		}
		return n
	}
	year, month := number(b[:4]), number(b[5:7])
	if year < 1900 || year > 2199 || month < 1 || month > 12 {
		return false
	}
	if len(b) == 7 {
		return true
	}
	day := number(b[8:])
	return day >= 1 && day <= daysIn(year, month)
}

// UnmarshalText takes only the stored forms yyyy-mm-dd, yyyy-mm and "", so that no other text slips in through a file.
func (d *Date) UnmarshalText(b []byte) error {
	if isStored(b) {
		*d = Date(b)
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil || string(v) != string(b) {
		return badDate(string(b))
	}
	*d = v
	return nil
}

// Year gives the year, 0 when unknown.
func (d Date) Year() int { return d.part(0, 4) }

// Month gives the month 1–12, 0 when unknown.
func (d Date) Month() int { return d.part(5, 7) }

// Day gives the day 1–31, 0 when unknown.
func (d Date) Day() int { return d.part(8, 10) }

// Chinese prints 2026年11月22日 (no leading zeros) or 2025年3月; "" when unknown.
func (d Date) Chinese() string {
	switch {
	case d.Day() > 0:
		return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.Day())
	case d.Month() > 0:
		return fmt.Sprintf("%d年%d月", d.Year(), d.Month())
	}
	return ""
}

// Before tells whether d is surely earlier than e; false when one is unknown or when a month-only date leaves it open.
func (d Date) Before(e Date) bool {
	if d == "" || e == "" {
		return false
	}
	n := min(len(d), len(e))
	return d[:n] < e[:n]
}

func (d Date) part(from, to int) int {
	if len(d) < to {
		return 0
	}
	n, _ := strconv.Atoi(string(d[from:to]))
	return n
}

func badDate(s string) error {
	return Fail(CodeDate, "survey.date", "“%s”不是日期，请写成 2025-03-05 或 2025年3月", s)
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
