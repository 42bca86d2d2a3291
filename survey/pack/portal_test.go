package pack_test

import (
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

func TestTheGuidesFitTheFormAndNamePoliciesThatExist(t *testing.T) {
	guides, err := pack.Portals(assets.Portal)
	if err != nil {
		t.Fatal(err)
	}
	policies, err := pack.Policies(assets.Policy)
	if err != nil {
		t.Fatal(err)
	}
	insecure := 0
	for _, g := range guides {
		for _, id := range g.Policies {
			if subsidy.Find(policies, id) == nil {
				t.Errorf("%s names the policy %s that does not exist", g.ID, id)
			}
		}
		if apply.Warning(g.Address) != "" {
			insecure++
		}
	}
	if len(guides) < 4 || insecure != 1 {
		t.Errorf("%d guides, %d with a plain-HTTP address", len(guides), insecure)
	}
}

func TestAWrongGuideIsNamed(t *testing.T) {
	good, err := assets.Portal.ReadFile("portal/general.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for change, says := range map[[2]string]string{
		{"field: firm.park", "field: firm.parc"}:               "firm.parc",
		{"papers: [C8]", "papers: [C88]"}:                      "C88",
		{"key: redeem, title", "key: use, title"}:              "use",
		{"source: S30\n    fields", "source: S99\n    fields"}: "S99",
		{"status: ", "state: "}:                                "state",
	} {
		bad := strings.Replace(string(good), change[0], change[1], 1)
		if bad == string(good) {
			t.Fatalf("%q is not in the guide", change[0])
		}
		if _, err := pack.Portal("x.yaml", []byte(bad)); survey.CodeOf(err) != survey.CodePack || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", change[1], err)
		}
	}
}
