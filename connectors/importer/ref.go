package importer

import "strings"

// parseRef reads "AB12" as column 27 and row 11, indexes from 0, within a spreadsheet's own bounds (XFD1048576).
func parseRef(ref string) (col, row int, ok bool) {
	i := 0
	for i < len(ref) && (ref[i]|0x20) >= 'a' && (ref[i]|0x20) <= 'z' && i < 4 {
		col = col*26 + int((ref[i]|0x20)-'a') + 1
		i++
	}
	row, ok = atoi(ref[i:])
	if !ok || i == 0 || col > 16_384 || row < 1 || row > 1_048_576 {
		return 0, 0, false
	}
	return col - 1, row - 1, true
}

// parseArea reads "B6:B7".
func parseArea(ref string) (area, bool) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return area{}, false
	}
	l, t, ok1 := parseRef(from)
	r, b, ok2 := parseRef(to)
	if !ok1 || !ok2 || r < l || b < t {
		return area{}, false
	}
	return area{top: t, left: l, bottom: b, right: r}, true
}

// atoi reads up to nine plain digits.
func atoi(s string) (int, bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}
