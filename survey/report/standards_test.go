package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

func chapter(t *testing.T, r Report, key string) Chapter {
	t.Helper()
	for _, ch := range r.Chapters {
		if ch.Key == key {
			return ch
		}
	}
	t.Fatalf("no chapter %s", key)
	return Chapter{}
}

func TestOtherStandardsStandWithTheirSourceAndTheirUnknowns(t *testing.T) {
	in := small()
	in.Others = []assess.Standard{{
		Key: "s", Title: "另一标准", Edition: "2018 年版", Source: "某文件", Kind: "secondary", Note: "待核对。",
		Figures: []assess.StandardRule{{Key: "p", Name: "得分", Rule: "按等级", Points: []int{0, 0, 3, 5, 5}}, {Key: "r", Name: "联网率", Rule: "按台数", Ratio: "networked"}},
	}}
	ch := chapter(t, Make(in), "standards")
	if len(ch.Blocks) != 2 {
		t.Fatalf("%+v", ch)
	}
	b := ch.Blocks[1]
	if b.Title != "另一标准" || !strings.Contains(b.Source, "2018 年版；来源（二手资料）：某文件。待核对。") || len(b.Table.Rows) != 2 {
		t.Errorf("%+v", b)
	}
	if got := b.Table.Rows[1][1]; got != "无定义" {
		t.Errorf("a rate over no machine is %q, want 无定义", got)
	}
}

// TestTheEvidenceIndexStandsWhereTheTextSays holds the letter that other chapters name.
func TestTheEvidenceIndexStandsWhereTheTextSays(t *testing.T) {
	if got := chapter(t, Make(small()), "evidence").Title; got != "附录 D　证明材料索引" {
		t.Errorf("%s, but the text says 附录 D", got)
	}
}

func TestTheLastTwoFrozenAssessmentsAreComparedItemByItem(t *testing.T) {
	in := small()
	if len(chapter(t, Make(in), "score").Blocks) != 4 {
		t.Fatal("without frozen assessments something is compared")
	}
	in.Case.Snapshots = []survey.Snapshot{
		{Label: "T0", Date: "2026-01-02", Score: 3000, Items: []survey.FrozenItem{{Item: "Q6", Title: "安全", Options: []string{"A"}, Max: 5000}, {Item: "Q7", Title: "不变", Options: []string{"B"}, Points: 100}}},
		{Label: "T1", Date: "2026-11-02", Score: 5500, Items: []survey.FrozenItem{{Item: "Q6", Title: "安全", Options: []string{"B"}, Points: 2500, Max: 5000}, {Item: "Q7", Title: "不变", Options: []string{"B"}, Points: 100}}},
	}
	var found [][]string
	for _, b := range chapter(t, Make(in), "score").Blocks {
		if b.Title == "T0 → T1 逐项差别" {
			found = b.Table.Rows
		}
	}
	points := assess.Points(2500)
	want := [][]string{{"Q6 安全", "A　0 分", "B　" + points.String() + " 分", "+" + points.String(), "—"}}
	if !slices.EqualFunc(found, want, slices.Equal) {
		t.Errorf("got %q, want %q", found, want)
	}
}
