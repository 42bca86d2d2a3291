package survey

import (
	"fmt"
	"strings"
)

// Text is one language's words by key; see assets/text.
type Text struct {
	Tag   string // zh or en
	Words map[string]string
}

// T gives the words of a key, filled with args by fmt; an unknown key gives the key itself, so that a gap is seen.
func (t Text) T(key string, args ...any) string {
	s, ok := t.Words[key]
	if !ok {
		return key
	}
	if len(args) == 0 || !strings.Contains(s, "%") {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// Has tells whether there are words for a key.
func (t Text) Has(key string) bool { _, ok := t.Words[key]; return ok }

// Error gives the one sentence with the next step that a person reads: code, what happened (with the detail), what to do.
func (t Text) Error(err error) string {
	if err == nil {
		return ""
	}
	code := CodeOf(err)
	s := string(code) + " " + t.T("error."+string(code))
	if d := strings.TrimRight(DetailOf(err), "。. "); d != "" {
		s += t.T("error.detail", d)
	}
	return s + t.T("error.stop") + t.T("error.next."+string(code))
}
