package recommend

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Needs reads the wanted needs out of the gaps: scenes that the wanted level lacks, machine bands and security measures that still bring
// points. What the register already covers is not wanted; a person's NeedChoice overrides the suggestion. The order is the catalog's.
func Needs(cat *Catalog, a assess.Assessment, c *survey.Case) []NeedState {
	g := gaps{a: a, c: c, rung: targetRung(a, c)}
	g.pickScenes(cat, QuantitiesOf(a, c))
	g.pickHigher()
	out := make([]NeedState, 0, len(cat.Needs))
	for i := range cat.Needs {
		n := &cat.Needs[i]
		s := NeedState{Key: n.Key, Title: n.Title, Scene: n.Scene, Points: g.points(n.Key), Weight: max(n.Weight, 1)}
		s.Have, s.Why = g.have(n)
		if !s.Have {
			s.Suggested, s.Why = g.suggest(n)
		}
		s.Wanted = s.Suggested
		for _, ch := range c.Plan.Needs {
			if ch.Need != n.Key {
				continue
			}
			if ch.Want != survey.Unknown {
				s.Choice, s.Wanted = ch.Want, ch.Want == survey.Yes
			}
			if ch.Weight > 0 {
				s.Weight = ch.Weight
			}
		}
		out = append(out, s)
	}
	return out
}

// targetRung is the rung of the level the firm wants: Plan.Target, else the next one. A zero rung when the ladder has none.
func targetRung(a assess.Assessment, c *survey.Case) assess.Rung {
	level := c.Plan.Target
	if level < 1 || level > 4 {
		level = min(a.Level+1, 4)
	}
	for _, r := range a.Ladder {
		if r.Level == level {
			return r
		}
	}
	return assess.Rung{Level: level}
}

// offerLevel is the scene level that a bought system reaches: 信息化系统 with 规范管理 is 二级. Higher levels need integration or models, not
// one more product.
const offerLevel = 2

// systemScene is the one scene whose 一级 already asks for a system: 财务管理.
const systemScene = "finance"

type gaps struct {
	a      assess.Assessment
	c      *survey.Case
	rung   assess.Rung
	picked map[string]bool // scenes to lift by a system
	higher map[string]bool // scenes to lift beyond what a system does, see pickHigher
}

// pickScenes chooses as many scenes as the rung lacks: those that a product of the catalog can lift, ★ before others while ★ are lacking, the
// cheapest to lift by one product first, then the one nearest to the level, then the official order. Scenes that systems of the register serve already only wait for a person's
// confirmation and are counted. For 一级 a spreadsheet or a tool is enough in every scene but one, so nothing else is bought.
func (g *gaps) pickScenes(cat *Catalog, q Quantities) {
	g.picked = map[string]bool{}
	goal := min(g.rung.Level, offerLevel)
	var open []assess.SceneLevel
	ready, readyStars := 0, 0
	for _, s := range g.a.Scenes {
		n := cat.Need("scene:" + s.Key)
		if n == nil || s.Level >= goal {
			continue
		}
		if g.served(s.Key) {
			ready++ // a person's confirmation is enough
			if s.Star {
				readyStars++
			}
		} else if n.Open == "" && (goal > 1 || s.Key == systemScene) {
			open = append(open, s)
		}
	}
	price := map[string]money.Fen{}
	for _, s := range open {
		price[s.Key] = cheapest(cat, "scene:"+s.Key, q)
	}
	slices.SortStableFunc(open, func(x, y assess.SceneLevel) int {
		return cmp.Or(cmp.Compare(price[x.Key], price[y.Key]), y.Level-x.Level, x.No-y.No)
	})
	scenes, stars := g.rung.NeedScenes-g.rung.HaveScenes-ready, g.rung.NeedStars-g.rung.HaveStars-readyStars
	for _, s := range open {
		if s.Star && stars > 0 {
			g.picked[s.Key] = true
			stars--
			scenes--
		}
	}
	for _, s := range open {
		if scenes > 0 && !g.picked[s.Key] {
			g.picked[s.Key] = true
			scenes--
		}
	}
}

// cheapest is the first-year price of the cheapest single offer that covers a need wholly; the largest amount when none does.
func cheapest(cat *Catalog, need string, q Quantities) money.Fen {
	best := money.MaxFen
	for i := range cat.Offers {
		o := &cat.Offers[i]
		if !slices.Contains(cat.CoversOf(o), Cover{Need: need, Halves: 2}) {
			continue
		}
		if r, ok := o.Resolve(q); ok {
			best = money.Min(best, r.FirstYear)
		}
	}
	return best
}

// served tells whether a system in use already serves the scene, as the assessment proposes from the register.
func (g *gaps) served(scene string) bool {
	for _, s := range g.a.Scenes {
		if s.Key == scene {
			return s.Level >= offerLevel || s.Proposed >= offerLevel
		}
	}
	return false
}

// points is what the best single step of a need brings.
func (g *gaps) points(need string) assess.Points {
	var most assess.Points
	for _, s := range g.a.Steps {
		if s.Need == need {
			most = max(most, s.Points)
		}
	}
	return most
}

func (g *gaps) lackScore() bool { return g.rung.HaveScore < g.rung.NeedScore }

// have tells whether the register already covers a need.
func (g *gaps) have(n *Need) (bool, string) {
	r := g.a.Rates
	arranged := func(kinds ...survey.ArrangementKind) bool {
		return !slices.ContainsFunc(kinds, func(k survey.ArrangementKind) bool { return g.c.Arrangement(k).Have != survey.Yes })
	}
	switch n.Key {
	case "connect":
		return r.Machines > 0 && r.Networked >= r.Machines, fmt.Sprintf("%d 台生产设备已全部联网", r.Machines)
	case "digitise":
		return r.Machines > 0 && r.Digital >= r.Machines, fmt.Sprintf("%d 台生产设备已全部数字化", r.Machines)
	case "net-security":
		return arranged(survey.ArrangedNetProduct, survey.ArrangedNetBoundary), "已有网络安全产品和边界防护"
	case "data-security":
		return arranged(survey.ArrangedDataProduct), "已有数据安全产品"
	case "app-net":
		return arranged(survey.ArrangedAppNet), "已有应用系统网络"
	case "5g-net":
		return arranged(survey.Arranged5G), "已有 5G 工业网络"
	}
	if does, ok := reused[n.Key]; ok {
		return g.does(does), "台账里的设备或系统已有这项功能"
	}
	switch n.Derive {
	case DeriveScene:
		return g.served(n.Scene), "台账里的系统已能支撑这一场景，往上是打通与应用，不必再买"
	case DeriveData:
		return g.flows(n.Scene), "台账里已有这一环节的自动采集"
	case DeriveIntegrate:
		return g.level(n.Scene) >= 3, "这一场景已与其他系统打通"
	case DeriveModel:
		return g.level(n.Scene) >= 4, "这一场景已用上模型或人工智能"
	}
	return false, ""
}

// flows tells whether any machine or system delivers data of the scene by itself.
func (g *gaps) flows(scene string) bool {
	has := func(f survey.Flow) bool { return f.Scene == scene }
	return slices.ContainsFunc(g.c.Assets, func(m survey.Asset) bool { return slices.ContainsFunc(m.Flows, has) }) ||
		slices.ContainsFunc(g.c.Systems, func(s survey.System) bool { return slices.ContainsFunc(s.Flows, has) })
}

// suggest tells whether a gap asks for a need that is not there yet, and why.
func (g *gaps) suggest(n *Need) (bool, string) {
	points := g.points(n.Key)
	switch n.Derive {
	case DeriveScene:
		if g.picked[n.Scene] {
			return true, fmt.Sprintf("%s还差场景，补这一个最近", levelName(g.rung))
		}
		if g.rung.Level == 1 {
			return false, "一级用电子表格等工具就够，不必买系统"
		}
		return false, fmt.Sprintf("%s不缺这一场景", levelName(g.rung))
	case DeriveFlip:
		if points > 0 && g.lackScore() {
			return true, "还能加 " + points.String() + " 分，" + levelName(g.rung) + "还差分数"
		}
	case DeriveMeasure:
		if points > 0 {
			return true, "缺少这项防护，补上可加 " + points.String() + " 分"
		}
	case DeriveData:
		if points > 0 && g.lackScore() && (g.picked[n.Scene] || g.served(n.Scene)) {
			return true, "这一环节自动采集数据可加 " + points.String() + " 分"
		}
	case DeriveIntegrate, DeriveModel:
		return g.above(n)
	case DeriveAsk:
		if i := slices.IndexFunc(g.c.Project.Links, func(l string) bool { return slices.Contains(n.Links, l) }); i >= 0 {
			return true, "项目要服务的环节“" + g.c.Project.Links[i] + "”用得到"
		}
		return false, "由您决定，测算不主动建议"
	}
	return false, "目前的差距用不到"
}

func levelName(r assess.Rung) string {
	if r.Name != "" {
		return r.Name
	}
	return fmt.Sprintf("目标 %d 级", r.Level)
}
