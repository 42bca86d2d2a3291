package document

import "strings"

// Signs that never begin a line, and signs that never end one (避头尾, GB/T 15834 as printers apply it).
const (
	noStart = "，。、；：？！）》〉】」』〕］｝”’…—·％‰℃°,.;:!?)]}%"
	noEnd   = "（《〈【「『〔［｛“‘([{￥¥$№"
)

// wrap breaks text into lines of at most width, measured rune by rune. Every rune but the line ends themselves comes out
// again, in order. Numbers, codes and Latin words stay whole unless longer than a line.
func wrap(text string, width float64, measure func(rune) float64) []string {
	var out []string
	for _, para := range strings.Split(text, "\n") {
		out = append(out, wrapParagraph([]rune(para), width, measure)...)
	}
	return out
}

func wrapParagraph(r []rune, width float64, measure func(rune) float64) []string {
	var out []string
	start := 0
	for start < len(r) {
		end, used := start, 0.0
		for end < len(r) && (used+measure(r[end]) <= width || end == start || r[end] == ' ') {
			used += measure(r[end])
			end++
		}
		if end < len(r) {
			end = breakAt(r, start, end)
		}
		out = append(out, string(r[start:end]))
		start = end
	}
	if len(out) == 0 {
		return []string{""}
	}
	return out
}

// breakAt finds the last good place in (start, end]; without one it cuts inside a word but still avoids a forbidden
// start; without that too it cuts at end.
func breakAt(r []rune, start, end int) int {
	for _, good := range []func(a, b rune) bool{beforeBox, canBreak, func(a, b rune) bool { return !in(noStart, b) && !in(noEnd, a) }} {
		for i := end; i > start; i-- {
			if good(r[i-1], r[i]) {
				return i
			}
		}
	}
	return end
}

// beforeBox keeps the words of a choice with their box.
func beforeBox(_, b rune) bool { return b == boxOn || b == boxOff }

func canBreak(a, b rune) bool {
	return b != ' ' && !in(noStart, b) && !in(noEnd, a) && !(wordRune(a) && wordRune(b))
}

// wordRune holds numbers, codes, addresses and Latin words together.
func wordRune(r rune) bool {
	return r > ' ' && r < 0x7F && !in("()[]{}", r) || r >= 0xC0 && r < 0x250
}

func in(set string, r rune) bool { return strings.ContainsRune(set, r) }
