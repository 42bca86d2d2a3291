package recommend

import (
	"cmp"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// pickHigher chooses the scenes to lift beyond 二级 when the wanted level asks for it: as many as the rung lacks, ★ first while ★ are lacking,
// then those nearest to the level, then the official order.
func (g *gaps) pickHigher() {
	g.higher = map[string]bool{}
	if g.rung.Level <= offerLevel {
		return
	}
	var open []assess.SceneLevel
	for _, s := range g.a.Scenes {
		if s.Level < g.rung.Level {
			open = append(open, s)
		}
	}
	slices.SortStableFunc(open, func(x, y assess.SceneLevel) int {
		return cmp.Or(cmp.Compare(max(y.Level, y.Proposed), max(x.Level, x.Proposed)), x.No-y.No)
	})
	scenes, stars := g.rung.NeedScenes-g.rung.HaveScenes, g.rung.NeedStars-g.rung.HaveStars
	for _, s := range open {
		if s.Star && stars > 0 {
			g.higher[s.Key] = true
			stars--
			scenes--
		}
	}
	for _, s := range open {
		if scenes > 0 && !g.higher[s.Key] {
			g.higher[s.Key] = true
			scenes--
		}
	}
}

// above tells whether a need beyond a system is suggested: 三级 asks for exchange with other systems, 四级 for a model as well.
func (g *gaps) above(n *Need) (bool, string) {
	from := 3
	if n.Derive == DeriveModel {
		from = 4
	}
	switch {
	case g.rung.Level < from:
		return false, levelName(g.rung) + "不要求这一项"
	case !g.higher[n.Scene]:
		return false, levelName(g.rung) + "不缺这一场景"
	case from == 4:
		return true, levelName(g.rung) + "要求用上模型或人工智能"
	}
	return true, levelName(g.rung) + "要求与其他系统打通"
}

// level is the higher of what a person confirmed and what the register shows of a scene.
func (g *gaps) level(scene string) int {
	for _, s := range g.a.Scenes {
		if s.Key == scene {
			return max(s.Level, s.Proposed)
		}
	}
	return 0
}

// existing is what in the register already does what a need asks for.
type existing struct {
	function survey.Function // of a machine, "" for none
	systems  []survey.SystemKind
}

// reused are the needs that no assessment item settles, with what the firm may have for them; nothing is bought twice.
var reused = map[string]existing{
	"monitor":       {survey.FnMonitor, []survey.SystemKind{survey.KindEAM, survey.KindIoT}},
	"maintain":      {survey.FnMaintain, nil},
	"optimise":      {survey.FnOptimise, nil},
	"device-energy": {survey.FnEnergy, []survey.SystemKind{survey.KindEMS}},
	"platform":      {"", []survey.SystemKind{survey.KindIoT}},
	"logistics":     {"", []survey.SystemKind{survey.KindTMS}},
}

func (g *gaps) does(x existing) bool {
	return x.function != "" && slices.ContainsFunc(g.c.Assets, func(a survey.Asset) bool { return slices.Contains(a.Functions, x.function) }) ||
		slices.ContainsFunc(g.c.Systems, func(s survey.System) bool { return s.InUse == survey.Yes && slices.Contains(x.systems, s.Kind) })
}
