package survey

import "strings"

// NormalizeText folds what a keyboard or a spreadsheet does to plain words: full-width ASCII to half-width, ideographic
// spaces to spaces, outer space away, ASCII letters to lower case. It never changes Chinese characters.
func NormalizeText(s string) string {
	return strings.ToLower(HalfWidth(s))
}

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
