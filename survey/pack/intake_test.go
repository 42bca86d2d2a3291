package pack

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
)

func TestTheIntakesThatComeWithTheProgramSayThatTheyAreExamples(t *testing.T) {
	all, err := Intakes(assets.Packs())
	if err != nil || len(all) != 3 {
		t.Fatalf("%d packs, %v", len(all), err)
	}
	for _, p := range all {
		if p.Status != "示例" || p.Address != "" || !strings.Contains(p.Source, "不是任何厂商") {
			t.Errorf("%s: %+v", p.ID, p)
		}
	}
}

func TestAnIntakeThatIsWrongIsNamed(t *testing.T) {
	good, err := fs.ReadFile(assets.Platform, "platform/example-hmac.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Intake("x", good); err != nil {
		t.Fatal(err)
	}
	for old, wrong := range map[string]string{
		"kind: hmac":             "kind: magic",
		"timestamp: X-Timestamp": "timestmp: X-Timestamp",
		"status: 示例":             "status: 好",
		"method: POST":           "method: DELETE",
		"Idempotency-Key":        "Host",
		"{/summary/firmName}":    "{/summary/nobody}",
		"number: T-1}":           "number: T-2}",
		"refused: true}":         "refused: false}",
		"number: /data/ticket":   "number: \"\"",
	} {
		bad := strings.Replace(string(good), old, wrong, 1)
		if _, err := Intake("x", []byte(bad)); bad == string(good) || survey.CodeOf(err) != survey.CodePack {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}
