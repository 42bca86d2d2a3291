package part

import (
	"strings"
	"unicode"
)

// Line breaking for Chinese (避头尾, after GB/T 15834 §5): no line starts with a closing mark and none ends with an opening
// one; numbers and Latin words stay whole while they fit.
const (
	noStart = "，。、；：？！）》〉」』】〕］｝”’…—·～％‰℃°,.;:?!)]}%々〗㎡"
	noEnd   = "（《〈「『【〔［｛“‘〖([{￥¥$#№"
)

func mayStart(r rune) bool { return !strings.ContainsRune(noStart, r) }
func mayEnd(r rune) bool   { return !strings.ContainsRune(noEnd, r) }

// wordy runes hold together: letters and digits that are not Han, and the signs inside numbers and names.
func wordy(r rune) bool {
	if r < 0x80 {
		return !unicode.IsSpace(r)
	}
	return r < 0x250 || (unicode.IsDigit(r) && r < 0xFF00)
}

// mayBreak says whether a line may end after a and go on with b.
func mayBreak(a, b rune) bool {
	switch {
	case !mayStart(b) || !mayEnd(a), unicode.IsSpace(b):
		return false
	case unicode.IsSpace(a):
		return true
	}
	return !(wordy(a) && wordy(b))
}

// pieces cuts a paragraph at every place where a line may break.
func pieces(paragraph []rune) [][]rune {
	var out [][]rune
	start := 0
	for i := 1; i < len(paragraph); i++ {
		if mayBreak(paragraph[i-1], paragraph[i]) {
			out = append(out, paragraph[start:i])
			start = i
		}
	}
	if start < len(paragraph) {
		out = append(out, paragraph[start:])
	}
	return out
}

// wrap breaks a text into lines no wider than width, as measured by measure. Every rune except the line
// feeds is in exactly one line. A word wider than the line is cut, but never so that a line starts with a
// closing mark; such a line stands out instead.
func wrap(text string, width float32, measure func(string) float32) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines = append(lines, wrapParagraph([]rune(paragraph), width, measure)...)
	}
	return lines
}

func wrapParagraph(paragraph []rune, width float32, measure func(string) float32) []string {
	var lines []string
	var line strings.Builder
	var used float32
	flush := func() {
		lines = append(lines, line.String())
		line.Reset()
		used = 0
	}
	for _, piece := range pieces(paragraph) {
		w := measure(strings.TrimRightFunc(string(piece), unicode.IsSpace))
		if used > 0 && used+w > width {
			flush()
		}
		if w <= width {
			line.WriteString(string(piece))
			used += measure(string(piece))
			continue
		}
		for i, r := range piece {
			rw := measure(string(r))
			if used > 0 && used+rw > width && i > 0 && mayStart(r) && mayEnd(piece[i-1]) && !unicode.IsSpace(r) {
				flush()
			}
			line.WriteRune(r)
			used += rw
		}
	}
	if line.Len() > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}
