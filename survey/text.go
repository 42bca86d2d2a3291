package survey

import "strings"

// NormalizeText folds what a keyboard or a spreadsheet does to plain words: full-width ASCII to half-width, ideographic
// spaces to spaces, outer space away, ASCII letters to lower case. It never changes Chinese characters.
func NormalizeText(s string) string {
	for i := range len(s) {
		if c := s[i]; 'A' <= c && c <= 'Z' || c >= 0x80 && !han(s[i:]) {
			return strings.ToLower(HalfWidth(s))
		}
	}
	if s != "" && s[0] > ' ' && s[len(s)-1] > ' ' {
		return s // nothing to fold and no copy: registers are folded line by line
	}
	return strings.TrimSpace(s)
}

// han tells whether s begins with a byte of a character of the blocks U+4000–U+9FFF, in which nothing is folded.
func han(s string) bool { return s[0] >= 0xE4 && s[0] <= 0xE9 || s[0] < 0xC0 }

// HalfWidth turns full-width ASCII (U+FF01–U+FF5E) and U+3000 into their half-width twins and trims outer space.
func HalfWidth(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r == 0x3000 || r == 0xA0:
			r = ' '
		case r >= 0xFF01 && r <= 0xFF5E:
			r -= 0xFEE0
		}
		b.WriteRune(r)
	}
	return strings.TrimSpace(b.String())
}
