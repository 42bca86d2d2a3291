package chooser

import (
	"slices"
	"testing"
)

func TestPatternsKnowSmallAndCapitalLetters(t *testing.T) {
	if got, want := patterns([]string{".xlsx", ".123"}), []string{"*.xlsx", "*.XLSX", "*.123"}; !slices.Equal(got, want) {
		t.Errorf("patterns %q, want %q", got, want)
	}
}

func TestAnAnswerIsOnePath(t *testing.T) {
	for _, c := range []struct {
		name, out, want string
		bad             bool
	}{
		{"a path", "/资料/台账.xlsx\n", "/资料/台账.xlsx", false},
		{"nothing", "\n", "", false},
		{"two lines", "/a\n/b\n", "", true},
		{"a relative path", "a.xlsx\n", "", true},
	} {
		got, err := answered([]byte(c.out))
		if got != c.want || (err != nil) != c.bad {
			t.Errorf("%s: %q, %v; want %q, failure %v", c.name, got, err, c.want, c.bad)
		}
	}
}
