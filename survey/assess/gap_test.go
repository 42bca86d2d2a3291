package assess_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

func said(c *survey.Case, pairs ...string) *survey.Case {
	for i := 0; i < len(pairs); i += 2 {
		c.Answers = append(c.Answers, survey.Answer{Item: pairs[i], Options: strings.Split(pairs[i+1], "")})
	}
	return c
}

func plus(c *survey.Case, more *survey.Case) *survey.Case {
	c.Systems, c.Arrangements, c.Scenes = append(c.Systems, more.Systems...), append(c.Arrangements, more.Arrangements...), append(c.Scenes, more.Scenes...)
	c.Payments, c.Years, c.AsOf, c.Plan = more.Payments, more.Years, "2026-11-23", more.Plan
	return c
}

// flows has a system whose data come in by themselves for n links.
func flowing(n int) *survey.Case {
	s := survey.System{ID: "s", Name: "系统", Kind: survey.KindMES, InUse: survey.Yes, Scenes: sceneKeys[:4]}
	for _, key := range sceneKeys[:n] {
		s.Flows = append(s.Flows, survey.Flow{Data: "业务", Scene: key})
	}
	return &survey.Case{Systems: []survey.System{s}}
}

func leveled(scene string, level int) *survey.Case {
	return &survey.Case{Scenes: []survey.SceneAnswer{{Scene: scene, Level: level}}}
}

// Each gap shows when one side is ahead, goes when the other follows, and says nothing while a question behind it is open.
func TestGapsBetweenDimensions(t *testing.T) {
	yes, no := survey.Yes, survey.No
	poor := func() *survey.Case { return spendingCase(pay("2024-05-01", 100)) }
	funded := poor()
	funded.Plan.Budget = fen(int64(money.Yuan(60_000)))
	cloud := plant(10, 5, 5)
	for i := range cloud.Assets {
		cloud.Assets[i].OnCloud = yes
	}
	closed, open := arranged(survey.ArrangedNetProduct, yes), arranged(survey.ArrangedNetProduct, no, survey.ArrangedNetBoundary, no, survey.ArrangedNetPolicy, yes)
	for key, x := range map[string]struct{ gap, mended, unknown *survey.Case }{
		"plan-money":       {said(poor(), "Q8", "D"), said(funded, "Q8", "D"), said(&survey.Case{}, "Q8", "D")},
		"machines-people":  {said(plant(10, 5, 5), "Q10", "D"), said(plant(10, 5, 5), "Q10", "BD"), plant(10, 5, 5)},
		"data-security":    {plus(flowing(3), arranged(survey.ArrangedDataProduct, no, survey.ArrangedDataPolicy, yes)), plus(flowing(3), arranged(survey.ArrangedDataProduct, yes)), flowing(3)},
		"network-security": {plus(plant(10, 5, 5), open), plus(plant(10, 5, 5), closed), plant(10, 5, 5)},
		"cloud-policy":     {plus(cloud, arranged(survey.ArrangedDataPolicy, no, survey.ArrangedDataProduct, yes)), plus(plant(10, 5, 5), arranged(survey.ArrangedDataPolicy, no, survey.ArrangedDataProduct, yes)), plant(10, 5, 5)},
		"systems-rules":    {said(flowing(0), "Q9", "B"), said(flowing(0), "Q9", "BC"), flowing(0)},
		"digital-unlinked": {plant(10, 6, 1), plant(10, 6, 2), plant(0, 0, 0)},
		"linked-unused":    {plus(plant(10, 5, 5), flowing(1)), plus(plant(10, 5, 5), flowing(2)), plant(10, 5, 5)},
		"systems-islands":  {plus(flowing(0), leveled("finance", 2)), plus(flowing(0), leveled("finance", 3)), flowing(0)},
		"ai-data":          {plus(flowing(2), leveled("quality", 4)), plus(flowing(3), leveled("quality", 4)), leveled("quality", 4)},
		"people-reward":    {said(&survey.Case{}, "Q10", "B", "Q9", "B"), said(&survey.Case{}, "Q10", "BE", "Q9", "B"), said(&survey.Case{}, "Q10", "B")},
	} {
		for name, y := range map[string]struct {
			c    *survey.Case
			want bool
		}{"ahead": {x.gap, true}, "followed": {x.mended, false}, "open": {x.unknown, false}} {
			a := run(t, y.c)
			i := slices.IndexFunc(a.Gaps, func(g assess.Gap) bool { return g.Key == key })
			if (i >= 0) != y.want {
				t.Errorf("%s, %s: found %v", key, name, i >= 0)
			}
			if i >= 0 && (a.Gaps[i].Trace.Verdict != rule.Met || !traced(a.Gaps[i].Trace)) {
				t.Errorf("%s does not show the facts behind: %+v", key, a.Gaps[i].Trace)
			}
		}
	}
	if n := len(edition(t).Gaps); n != 11 {
		t.Errorf("%d gaps in the edition, 11 are tested", n)
	}
}

// traced tells whether every condition that holds names what was found.
func traced(t rule.Trace) bool {
	if len(t.Parts) == 0 {
		return t.Found != "" || t.Verdict != rule.Met
	}
	return !slices.ContainsFunc(t.Parts, func(p rule.Trace) bool { return !traced(p) })
}
