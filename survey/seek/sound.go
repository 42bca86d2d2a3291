package seek

import (
	"strings"
	"unicode"
)

// letters are the initials that a character may have, one bit for each of a to z.
type letters uint32

const firstHan, lastHan = 0x4E00, 0x9FFF

// soundOf gives the initials of a character: those of its pinyin, or a Latin letter itself; 0 for anything else.
func soundOf(r rune) letters {
	switch {
	case r >= 'a' && r <= 'z':
		return 1 << (r - 'a')
	case r < firstHan || r > lastHan:
		return 0
	}
	var out letters
	if c := initials[r-firstHan]; c != '-' {
		out = 1 << (c - 'a')
	}
	if i := strings.IndexRune(others, r); i >= 0 {
		rest := others[i+len(string(r)):]
		for j := 0; j < len(rest) && rest[j] < 0x80; j++ {
			out |= 1 << (rest[j] - 'a')
		}
	}
	return out
}

// soundsOf are the initials of a name, without what has none.
func soundsOf(s string) []letters {
	var out []letters
	for _, r := range s {
		if l := soundOf(unicode.ToLower(r)); l != 0 {
			out = append(out, l)
		}
	}
	return out
}

// sounding tells where initials stand in a name, -1 when they do not; w must be Latin letters.
func sounding(name []letters, w string) int {
	for _, c := range w {
		if c < 'a' || c > 'z' {
			return -1
		}
	}
	for from := 0; from+len(w) <= len(name); from++ {
		i := 0
		for i < len(w) && name[from+i]&(1<<(w[i]-'a')) != 0 {
			i++
		}
		if i == len(w) {
			return from
		}
	}
	return -1
}
