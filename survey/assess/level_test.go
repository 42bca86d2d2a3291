package assess_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// topAnswers declares the best of everything but Q11.
var topAnswers = map[string][]string{
	"Q1": {"B", "C", "D", "E"}, "Q2": {"E"}, "Q3": {"E"}, "Q4": {"B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O"}, "Q5": {"E"},
	"Q6": {"B", "C", "D", "E"}, "Q7": {"B", "C", "D", "E"}, "Q8": {"F"}, "Q9": {"B", "C", "D", "E"}, "Q10": {"B", "C", "D", "E", "F"}, "Q12": {"C"}, "Q13": {"C"}, "Q14": {"C"}, "Q15": {"C"},
}

func levels(q *assess.Questionnaire, level, stars, others int) map[string]int {
	out := map[string]int{}
	for _, s := range q.Scenes {
		if s.Star && stars > 0 {
			out[s.Key], stars = level, stars-1
		} else if !s.Star && others > 0 {
			out[s.Key], others = level, others-1
		}
	}
	return out
}

// Each of the three counters alone can withhold a level, at every level.
func TestEachCounterAloneWithholdsTheLevel(t *testing.T) {
	q := edition(t)
	for _, need := range q.Rule.Levels {
		rule := need
		for _, x := range []struct {
			name          string
			score         assess.Points
			stars, others int
			want          bool
		}{
			{"exactly enough", rule.Score, rule.Stars, rule.Scenes - rule.Stars, true},
			{"score short by a thousandth", rule.Score - 1, rule.Stars, rule.Scenes - rule.Stars, false},
			{"scenes short by one", rule.Score, rule.Stars, rule.Scenes - rule.Stars - 1, false},
			{"stars short by one, scenes enough", rule.Score, rule.Stars - 1, rule.Scenes - rule.Stars + 1, false},
			{"full score, scenes short", assess.Full, rule.Stars - 1, rule.Scenes - rule.Stars, false},
		} {
			ladder, level, name := assess.Climb(&q.Rule, x.score, sceneLevels(q, levels(q, rule.Level, x.stars, x.others)))
			if got := ladder[rule.Level-1].Met; got != x.want {
				t.Errorf("level %d, %s: met %v, want %v", rule.Level, x.name, got, x.want)
			}
			if x.want && (level != rule.Level || name != rule.Name) {
				t.Errorf("level %d, %s: %d %s", rule.Level, x.name, level, name)
			}
		}
	}
}

func sceneLevels(q *assess.Questionnaire, levels map[string]int) []assess.SceneLevel {
	var out []assess.SceneLevel
	for _, s := range q.Scenes {
		out = append(out, assess.SceneLevel{Key: s.Key, Star: s.Star, Level: levels[s.Key]})
	}
	return out
}

func TestLevelFromAWholeCaseSaysThatTheRuleIsSecondary(t *testing.T) {
	q := edition(t)
	c := plant(60, 33, 21)
	for key, options := range topAnswers {
		c.Answers = append(c.Answers, survey.Answer{Item: key, Options: options})
	}
	for key, level := range levels(q, 2, 3, 3) {
		c.Scenes = append(c.Scenes, survey.SceneAnswer{Scene: key, Level: level})
	}
	a := assess.Run(q, c)
	if a.Score.String() != "48" || a.Level != 2 || a.LevelName != "二级 规范级" {
		t.Errorf("got %s points, level %d %s", a.Score, a.Level, a.LevelName)
	}
	if a.RuleStatus != "等级规则来自二手资料，待与工信厅企业〔2024〕56号原文核对" {
		t.Errorf("rule status %q", a.RuleStatus)
	}
	if len(a.Ladder) != 4 || a.Ladder[2].HaveScenes != 0 || a.Ladder[1].HaveStars != 3 {
		t.Errorf("ladder %+v", a.Ladder)
	}
	var sum, max assess.Points
	for _, d := range a.Dimensions {
		sum, max = sum+d.Points, max+d.Max
	}
	if sum != a.Score || max != assess.Full {
		t.Errorf("dimensions sum to %s of %s", sum, max)
	}
}

func TestSceneProposals(t *testing.T) {
	yes := survey.Yes
	for _, x := range []struct {
		name    string
		systems []survey.System
		scene   string
		want    int
	}{
		{"nothing", nil, "quality", 0},
		{"a sheet", []survey.System{{ID: "a", Kind: survey.KindSheet, InUse: yes, Scenes: []string{"quality"}}}, "quality", 1},
		{"a sheet is no system for finance", []survey.System{{ID: "a", Kind: survey.KindSheet, InUse: yes, Scenes: []string{"finance"}}}, "finance", 0},
		{"CAD is the official level 1", []survey.System{{ID: "a", Kind: survey.KindCAD, InUse: yes}}, "product-design", 1},
		{"PLM", []survey.System{{ID: "a", Kind: survey.KindPLM, InUse: yes}}, "product-design", 2},
		{"a system in use", []survey.System{{ID: "a", Kind: survey.KindQMS, InUse: yes}}, "quality", 2},
		{"a system planned", []survey.System{{ID: "a", Kind: survey.KindQMS, InUse: survey.No}}, "quality", 0},
		{"use unknown", []survey.System{{ID: "a", Kind: survey.KindQMS}}, "quality", 0},
		{"integrated", []survey.System{{ID: "a", Kind: survey.KindQMS, InUse: yes, Integrations: []string{"b"}}, {ID: "b", Kind: survey.KindMES, InUse: yes}}, "quality", 3},
		{"integrated from the other side", []survey.System{{ID: "a", Kind: survey.KindQMS, InUse: yes}, {ID: "b", Kind: survey.KindMES, InUse: yes, Integrations: []string{"a"}}}, "quality", 3},
		{"integrated with a plan", []survey.System{{ID: "a", Kind: survey.KindQMS, InUse: yes, Integrations: []string{"b"}}, {ID: "b", Kind: survey.KindMES}}, "quality", 2},
		{"integrated with a sheet", []survey.System{{ID: "a", Kind: survey.KindQMS, InUse: yes, Integrations: []string{"b"}}, {ID: "b", Kind: survey.KindSheet, InUse: yes}}, "quality", 2},
		{"integrated with itself or nothing", []survey.System{{ID: "a", Kind: survey.KindQMS, InUse: yes, Integrations: []string{"a", "gone"}}}, "quality", 2},
		{"AI", []survey.System{{ID: "a", Kind: survey.KindQMS, InUse: yes, AI: yes}}, "quality", 4},
		{"recorded scenes outrank the kind", []survey.System{{ID: "a", Kind: survey.KindERP, InUse: yes, Scenes: []string{"warehouse"}}}, "finance", 0},
	} {
		s := scene(t, run(t, &survey.Case{Systems: x.systems}), x.scene)
		if s.Proposed != x.want || s.Level != 0 || s.Reason == "" || s.Confirmed != nil {
			t.Errorf("%s: proposed %d (%s), counted %d; want %d and nothing counted", x.name, s.Proposed, s.Reason, s.Level, x.want)
		}
	}
	if s := scene(t, run(t, plant(1, 0, 0)), "equipment"); s.Proposed != 1 {
		t.Errorf("the register is the level 1 of 设备管理: %d", s.Proposed)
	}
	office := &survey.Case{Assets: []survey.Asset{{ID: "pc", Use: survey.UseOffice, Count: 1}}}
	if s := scene(t, run(t, office), "equipment"); s.Proposed != 0 {
		t.Errorf("a computer is no machine register: %d", s.Proposed)
	}
	for said, want := range map[int]int{-3: 0, 0: 0, 2: 2, 9: 4} {
		s := scene(t, run(t, &survey.Case{Scenes: []survey.SceneAnswer{{Scene: "quality", Level: said}}}), "quality")
		if s.Level != want || s.Confirmed == nil || *s.Confirmed != want {
			t.Errorf("confirmed %d counts %d, want %d", said, s.Level, want)
		}
	}
}

// randomCase makes anything a file could hold, sound or not.
func randomCase(r *rand.Rand) *survey.Case {
	tri := func() survey.Tri { return survey.Tri(r.IntN(3)) }
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	c := &survey.Case{AsOf: survey.Date(pick([]string{"2026-11-23", "", "2025-01", "x"})), Firm: survey.Firm{Founded: survey.Date(pick([]string{"", "2024-02-01", "1999-01-01"}))}}
	flows := func() (out []survey.Flow) {
		for range r.IntN(3) {
			out = append(out, survey.Flow{Data: "业务", Scene: pick(append(sceneKeys, "", "nowhere"))})
		}
		return out
	}
	for i := range r.IntN(12) {
		c.Assets = append(c.Assets, survey.Asset{
			ID: string(rune('a' + i)), Use: survey.UseNames[r.IntN(6)].Value, Counted: tri(), Count: r.IntN(40) - 2, Process: pick([]string{"", "车", "磨", "检"}), KeyStep: tri(),
			Numeric: tri(), Digital: tri(), Networked: tri(), Network: survey.NetNames[r.IntN(3)].Value, Flows: flows(), OnCloud: tri(),
		})
	}
	for i := range r.IntN(8) {
		c.Systems = append(c.Systems, survey.System{ID: string(rune('s' + i)), Name: "系统", Kind: survey.SystemKindNames[r.IntN(24)].Value, InUse: tri(), AI: tri(), Integrations: []string{string(rune('s' + r.IntN(9)))}, Flows: flows()})
	}
	for _, n := range survey.ArrangementNames {
		c.Arrangements = append(c.Arrangements, survey.Arrangement{Kind: n.Value, Have: tri()})
	}
	for i := range 16 {
		c.Answers = append(c.Answers, survey.Answer{Item: "Q" + pick(strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 99")), Options: strings.Split(pick([]string{"A", "B", "BC", "ABC", "F", "BCDE", "", "z"}), "")})
		c.Scenes = append(c.Scenes, survey.SceneAnswer{Scene: sceneKeys[i], Level: r.IntN(7) - 1})
	}
	for y := 2022; y <= 2025; y++ {
		if r.IntN(5) > 0 {
			c.Years = append(c.Years, figures(r.Int64N(1000)-1, r.IntN(10002)-1, r.IntN(50)-1, r.Int64()-r.Int64N(2), r.Int64()))
			c.Years[len(c.Years)-1].Year = y
		}
		c.Payments = append(c.Payments, pay(survey.Date(pick([]string{"2023-05-01", "2024-02", "", "2025-07-07"})), r.Int64()-1<<62))
	}
	return c
}

func TestRandomCasesStayInRange(t *testing.T) {
	q := edition(t)
	r := rand.New(rand.NewPCG(7, 7))
	for n := range 2000 {
		c := randomCase(r)
		a := assess.Run(q, c)
		if a.Score < 0 || a.Score > assess.Full || a.Level < 0 || a.Level > 4 || a.Score > a.Declared || a.Declared > assess.Full {
			t.Fatalf("case %d: score %s, declared %s, level %d", n, a.Score, a.Declared, a.Level)
		}
		for _, it := range a.Items {
			if it.Points > it.Max || it.Points > max(it.ComputedPoints, it.DeclaredPoints) || it.Answered == slices.Contains(a.Open, it.Key) {
				t.Fatalf("case %d: %+v", n, it)
			}
		}
		shuffled := *c
		shuffled.Assets = slices.Clone(c.Assets)
		r.Shuffle(len(c.Assets), func(i, j int) { shuffled.Assets[i], shuffled.Assets[j] = shuffled.Assets[j], shuffled.Assets[i] })
		b := assess.Run(q, &shuffled)
		if b.Score != a.Score || b.Level != a.Level || !cmp.Equal(b.Rates, a.Rates) || !cmp.Equal(b.Ladder, a.Ladder) {
			t.Fatalf("case %d: the order of the assets changes the result", n)
		}
	}
}

// Connecting a machine never lowers the score, whichever it is.
func TestConnectingAMachineNeverLowersTheScore(t *testing.T) {
	q := edition(t)
	r := rand.New(rand.NewPCG(3, 9))
	for n := range 1000 {
		c := randomCase(r)
		before := assess.Run(q, c)
		for i := range c.Assets {
			a := &c.Assets[i]
			if a.InDenominator() != survey.Yes || a.Networked == survey.Yes {
				continue
			}
			a.Networked = survey.Yes
			after := assess.Run(q, c)
			if after.Score < before.Score || after.Computed < before.Computed || item(t, after, "Q3").Points < item(t, before, "Q3").Points {
				t.Fatalf("case %d, machine %d: %s → %s", n, i, before.Computed, after.Computed)
			}
			before = after
		}
	}
}
