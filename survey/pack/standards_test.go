package pack_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey/pack"
)

// TestStandardsComeOutAndBrokenOnesAreRefused: the shipped files pass with their examples, and each way to break one is refused.
func TestStandardsComeOutAndBrokenOnesAreRefused(t *testing.T) {
	list, err := pack.Standards(assets.Questions)
	if err != nil || len(list) != 4 {
		t.Fatalf("%d standards, %v", len(list), err)
	}
	const name = "questions/standards/two-ization.yaml"
	good, err := fs.ReadFile(assets.Questions, name)
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{
		"kind: secondary": "kind: rumour", "ratio: digital-networked": "ratio: nothing", "63.6%": "63.7%", "figures:": "figure:", "key: two-ization": "key: other",
		"{key: key-numeric,": "{key: key-numeric, points: [1, 2, 3, 4, 5],", "rule: ": "rules: ",
	} {
		bad := strings.Replace(string(good), from, to, 1)
		if bad == string(good) {
			t.Errorf("%q is not in the file", from)
		} else if _, err := pack.CheckStandard(name, []byte(bad)); err == nil {
			t.Errorf("%q for %q is taken", to, from)
		}
	}
}
