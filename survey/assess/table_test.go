package assess_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// bank is the 2024 edition typed by hand from the reference, apart from the edition's file: item, full points, points per option, and
// for every option the facts that lead to it.
var bank = []struct {
	key, term string
	multi     bool
	max       string
	options   string
	facts     func(letter string) *survey.Case
}{
	{"Q1", "企业网络建设连接情况", true, "8", "A:0 B:2 C:2 D:2 E:8", having("control-net app-net 5g-net full-cover", "BCD")},
	{"Q2", "企业的生产设备数字化率", false, "6", "A:0 B:1.5 C:3 D:4.5 E:6", func(l string) *survey.Case { return plant(100, bandTop(l), 0) }},
	{"Q3", "企业的生产设备联网率", false, "6", "A:0 B:1.5 C:3 D:4.5 E:6", func(l string) *survey.Case { return plant(100, 0, bandTop(l)) }},
	{"Q4", "企业实现数据自动采集的业务环节覆盖范围", true, "10", "A:0 B:0.7 C:0.7 D:0.7 E:0.7 F:0.7 G:0.7 H:0.7 I:0.7 J:0.7 K:0.7 L:0.7 M:0.7 N:0.7 O:0.9", func(l string) *survey.Case {
		if l == "A" {
			return saying("Q4")("A")
		}
		return &survey.Case{Assets: []survey.Asset{{ID: "m", Count: 1, Flows: []survey.Flow{{Data: "业务", Scene: sceneKeys[l[0]-'B']}}}}}
	}},
	{"Q5", "企业使用本地或云化部署的信息化服务，实现业务的数字化管理情况", false, "10", "A:0 B:2.5 C:5 D:7.5 E:10", func(l string) *survey.Case {
		n := map[string]int{"A": 0, "B": 1, "C": 2, "D": 12, "E": 14}[l]
		return &survey.Case{Systems: []survey.System{{ID: "s", Kind: survey.KindOther, InUse: survey.TriOf(n > 0), Scenes: sceneKeys[:n]}}}
	}},
	{"Q6", "企业在保障网络安全方面采取的举措", true, "5", "A:0 B:1.25 C:1.25 D:1.25 E:1.25", having("net-policy net-product net-risk net-boundary", "")},
	{"Q7", "企业在保障数据安全方面采取的举措", true, "5", "A:0 B:1.25 C:1.25 D:1.25 E:1.25", having("data-policy data-product data-risk data-inventory", "")},
	{"Q8", "企业对数字化的认识与执行水平情况", false, "7.5", "A:0 B:1.5 C:3 D:4.5 E:6 F:7.5", saying("Q8")},
	{"Q9", "企业数字化管理制度的建立情况", true, "7.5", "A:0 B:1.875 C:1.875 D:1.875 E:1.875", saying("Q9")},
	{"Q10", "企业在数字化人才建设方面采取的举措", true, "7.5", "A:0 B:1.5 C:1.5 D:1.5 E:1.5 F:1.5", saying("Q10")},
	{"Q11", "企业近三年平均数字化投入总额占营业额的平均比例", false, "7.5", "A:0 B:1.875 C:3.75 D:5.625 E:7.5", func(l string) *survey.Case {
		return spendingCase(pay("2024-05-01", int64(bandTop(l))*3000))
	}},
	{"Q12", "企业数字化改造后每百元营业收入中综合能源消费量相比于改造前的变化情况", false, "7", "A:0 B:3.5 C:7", change(func(y *survey.Year, by int) { *y.EnergyKgce -= int64(by) })},
	{"Q13", "企业数字化改造后月均产品合格率相比于改造前的变化情况", false, "7", "A:0 B:3.5 C:7", change(func(y *survey.Year, by int) { y.PassRates[0].Rate += by })},
	{"Q14", "企业上年度人均营业收入相比于前年变化情况", false, "3", "A:0 B:1.5 C:3", change(func(y *survey.Year, by int) { *y.Staff -= by })},
	{"Q15", "企业上年度每百元营业收入中的成本相比于前年变化情况", false, "3", "A:0 B:1.5 C:3", change(func(y *survey.Year, by int) { *y.Cost -= money.Fen(by) })},
}

// stars are the ten 约束性 scenes, typed by hand.
const stars = "product-design marketing production-control quality equipment safety energy procurement warehouse finance"

func bandTop(letter string) int { return []int{10, 20, 40, 60, 100}[letter[0]-'A'] }

func saying(item string) func(string) *survey.Case {
	return func(l string) *survey.Case {
		return &survey.Case{Answers: []survey.Answer{{Item: item, Options: []string{l}}}}
	}
}

// having answers an item by arrangements; the last option of Q1 comes with the others.
func having(kinds, with string) func(string) *survey.Case {
	return func(l string) *survey.Case {
		c := &survey.Case{}
		for i, k := range strings.Fields(kinds) {
			letter := string(rune('B' + i))
			c.Arrangements = append(c.Arrangements, survey.Arrangement{Kind: survey.ArrangementKind(k), Have: survey.TriOf(letter == l || l == "E" && strings.Contains(with, letter))})
		}
		return c
	}
}

// change makes last year better than the year before by −1 (A), 0 (B) or 1 (C).
func change(better func(y *survey.Year, by int)) func(string) *survey.Case {
	return func(l string) *survey.Case {
		before, last := figures(500_000, 9800, 100, 400_000_00, 320_000_00), figures(500_000, 9800, 100, 400_000_00, 320_000_00)
		before.Year, last.Year = 2024, 2025
		better(&last, int(l[0])-'B')
		return &survey.Case{AsOf: "2026-11-23", Years: []survey.Year{before, last}}
	}
}

// Every option of every item, reached by the facts that lead to it, scores what the reference says.
func TestEveryOptionOfEveryItemByItsFacts(t *testing.T) {
	q := edition(t)
	if len(q.Items) != len(bank) {
		t.Fatalf("%d items, want %d", len(q.Items), len(bank))
	}
	var sum assess.Points
	for i, want := range bank {
		it := q.Items[i]
		sum += it.Points
		if it.Key != want.key || it.Term != want.term || it.Multi != want.multi || it.Points.String() != want.max || len(it.Options) != len(strings.Fields(want.options)) {
			t.Errorf("%s is %s %s, multi %v, %s points, %d options", want.key, it.Key, it.Term, it.Multi, it.Points, len(it.Options))
			continue
		}
		for _, pair := range strings.Fields(want.options) {
			letter, points, _ := strings.Cut(pair, ":")
			a := run(t, want.facts(letter))
			got := item(t, a, want.key)
			if !slices.Contains(got.Counted, letter) || got.Points.String() != points || got.Max.String() != want.max {
				t.Errorf("%s %s: counted %v, %s points, want %s", want.key, letter, got.Counted, got.Points, points)
			}
			if got.Kind != assess.KindAsk && letter+want.key != "AQ4" && (got.Explain == "" || got.Computed == nil) {
				t.Errorf("%s %s is computed but does not say how: %+v", want.key, letter, got)
			}
			if got.Computed != nil && got.ComputedPoints < got.Max && got.Flip == "" {
				t.Errorf("%s %s does not say when it flips", want.key, letter)
			}
			if got.Computed != nil && letter != "A" && len(got.Behind) == 0 {
				t.Errorf("%s %s does not show what stands behind", want.key, letter)
			}
		}
	}
	if sum != assess.Full {
		t.Errorf("the items sum to %s", sum)
	}
}

// Every level of every scene counts for its own rungs, and as ★ exactly for the ten.
func TestEveryLevelOfEveryScene(t *testing.T) {
	q := edition(t)
	for i, key := range sceneKeys {
		if s := q.Scenes[i]; s.Key != key || s.No != i+1 || s.Star != slices.Contains(strings.Fields(stars), key) || len(s.Levels) != 4 {
			t.Errorf("scene %d is %s, number %d, star %v", i+1, s.Key, s.No, s.Star)
		}
		for level := range 5 {
			a := run(t, &survey.Case{Scenes: []survey.SceneAnswer{{Scene: key, Level: level}}})
			for _, g := range a.Ladder {
				n, k := 0, 0
				if level >= g.Level {
					n = 1
					if slices.Contains(strings.Fields(stars), key) {
						k = 1
					}
				}
				if g.HaveScenes != n || g.HaveStars != k || g.Met || a.Score != 0 {
					t.Errorf("%s at %d: rung %d has %d scenes, %d stars, want %d, %d", key, level, g.Level, g.HaveScenes, g.HaveStars, n, k)
				}
			}
		}
	}
}

// Adding a digital machine that hangs on a network never lowers the score, whatever else the case says and whatever the firm declared.
func TestAddingANetworkedMachineNeverLowersTheScore(t *testing.T) {
	q := edition(t)
	r := rand.New(rand.NewPCG(8, 2))
	for n := range 1500 {
		c := randomCase(r)
		before := assess.Run(q, c)
		c.Assets = append(c.Assets, survey.Asset{
			ID: "new" + strconv.Itoa(n), Use: survey.UseProduction, Count: r.IntN(5) + 1, Digital: survey.Yes, Networked: survey.Yes,
			Network: survey.NetNames[r.IntN(3)].Value, Process: []string{"", "车", "铣"}[r.IntN(3)],
		})
		after := assess.Run(q, c)
		if after.Score < before.Score || after.Computed < before.Computed || after.Level < before.Level {
			t.Fatalf("case %d: %s → %s, computed %s → %s", n, before.Score, after.Score, before.Computed, after.Computed)
		}
	}
}
