package recommend

import (
	"context"
	"fmt"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend/exact"
)

// Way is the cheapest set of steps that lifts a firm to a level: 预测, never an assessment and never an application's figure.
type Way struct {
	Level     int       `json:"level"`
	LevelName string    `json:"levelName"`
	There     bool      `json:"there"`    // the firm has reached the level already
	Feasible  bool      `json:"feasible"` // there is a set of steps at all
	Priced    bool      `json:"priced"`   // and all that it buys has a price
	Proved    bool      `json:"proved"`   // no cheaper one exists, or none at all when not Feasible
	Short     []Short   `json:"short"`    // the three counters
	Steps     []WayStep `json:"steps,omitempty"`
	Cost      money.Fen `json:"cost"`           // first year, of everything that has a price
	Asks      []WayAsk  `json:"asks,omitempty"` // what has to be bought without a known price: 需询价, never counted as 0
	Why       []string  `json:"why,omitempty"`  // why the level is out of reach, or out of reach at known prices
	Rule      string    `json:"rule"`           // by what the choice is made
}

// Short is one counter of the wanted level: what there is, what it needs, and the most that all steps together could give.
type Short struct {
	Counter string `json:"counter"` // score, scenes or stars
	Have    string `json:"have"`
	Need    string `json:"need"`
	Lack    string `json:"lack"` // "0" when it holds
	Most    string `json:"most"`
}

// WayStep is one step of a Way in the order to take them, with where the firm stands after it.
type WayStep struct {
	assess.Step
	Cost   money.Fen      `json:"cost"`             // of the offers that this step is the first to need
	Offers []WayOffer     `json:"offers,omitempty"` // all that it needs
	Ready  bool           `json:"ready,omitempty"`  // the register shows it already: a person has only to say so
	Asks   []string       `json:"asks,omitempty"`   // needs without a price
	Gain   assess.Points  `json:"gain"`             // what the step adds to the score after those before it
	After  assess.Outlook `json:"after"`
}

// WayOffer is one thing to buy on the way.
type WayOffer struct {
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	Vendor    string    `json:"vendor"`
	FirstYear money.Fen `json:"firstYear"`
	PriceKind string    `json:"priceKind"`
	Metric    string    `json:"metric"`
	Shared    bool      `json:"shared,omitempty"` // a step before has paid it
}

// WayAsk is a need of the way that no priced offer covers.
type WayAsk struct {
	Need  string `json:"need"`
	Title string `json:"title"`
	Why   string `json:"why"`
}

// CostOf is what some of the steps cost together, by their keys: each offer once, and how many needs are without a price. Steps that
// are not on the way are not counted.
func (w *Way) CostOf(keys []string) (sum money.Fen, asks int) {
	paid, asked := map[string]bool{}, map[string]bool{}
	for _, s := range w.Steps {
		if !slices.Contains(keys, s.Key) {
			continue
		}
		for _, o := range s.Offers {
			if !paid[o.ID] {
				paid[o.ID] = true
				sum += o.FirstYear
			}
		}
		for _, n := range s.Asks {
			asked[n] = true
		}
	}
	return sum, len(asked)
}

// WayFrom is where a Way begins and what it may buy.
type WayFrom struct {
	Questions  *assess.Questionnaire
	Catalog    *Catalog
	Assessment assess.Assessment
	Case       *survey.Case
	Engine     exact.Engine // goes on with what our own search leaves open; may be nil
}

// wayRule is printed with every Way.
const wayRule = "先求需询价的项目最少，再求首年费用最少，再求步骤最少，仍相同时按清单次序取靠前的；自己动手的步骤不计费用"

// WayTo finds the cheapest set of steps after which score, scenes and ★ scenes of the level hold at once. Level 0 is the next one.
// Offers a person has struck out are not used; a budget is not a limit here. It fails only when the level is not one of the edition.
//
// The order of what counts: fewest needs without a price, then least first-year cost of the offers, then fewest steps, then the least sum
// of places in the order of steps and offers. Every stage is proved by branch and bound (see search), which the engine goes on with; Proved
// is false when a limit or ctx stopped it.
func WayTo(ctx context.Context, from WayFrom, level int) (Way, error) {
	w := &way{ctx: ctx, q: from.Questions, cat: from.Catalog, a: from.Assessment, c: from.Case, engine: from.Engine}
	a := &w.a
	if level == 0 {
		level = min(a.Level+1, len(w.q.Rule.Levels))
	}
	for _, l := range w.q.Rule.Levels {
		if l.Level == level {
			w.goal = l
		}
	}
	if level < 1 || w.goal.Level != level {
		return Way{}, survey.Fail(survey.CodeUnknownItem, "recommend.way", "评测标准里没有 %d 级", level)
	}
	out := Way{Level: level, LevelName: w.goal.Name, Rule: wayRule, Short: w.short()}
	if a.Level >= level {
		out.There, out.Feasible, out.Priced, out.Proved = true, true, true, true
		return out, nil
	}
	best, proved := w.search()
	out.Proved = proved
	if best == nil {
		out.Why = w.blocked(out.Short)
		return out, nil
	}
	out.Feasible, out.Priced = true, len(best.asks) == 0
	w.write(best, &out)
	return out, nil
}

// way is one question with what it is made from.
type way struct {
	ctx    context.Context
	q      *assess.Questionnaire
	cat    *Catalog
	a      assess.Assessment
	c      *survey.Case
	goal   assess.LevelNeed
	engine exact.Engine
}

// short sets what there is beside what the level needs and what all steps together would give.
func (w *way) short() []Short {
	all := assess.After(w.q, &w.a, w.a.Steps)
	now, most := rungOf(assess.After(w.q, &w.a, nil), w.goal.Level), rungOf(all, w.goal.Level)
	count := func(name string, have, need, most int) Short {
		return Short{name, fmt.Sprint(have), fmt.Sprint(need), fmt.Sprint(max(need-have, 0)), fmt.Sprint(most)}
	}
	return []Short{
		{"score", now.HaveScore.String(), w.goal.Score.String(), max(w.goal.Score-now.HaveScore, 0).String(), most.HaveScore.String()},
		count("scenes", now.HaveScenes, w.goal.Scenes, most.HaveScenes),
		count("stars", now.HaveStars, w.goal.Stars, most.HaveStars),
	}
}

func rungOf(o assess.Outlook, level int) assess.Rung {
	for _, r := range o.Ladder {
		if r.Level == level {
			return r
		}
	}
	return assess.Rung{Level: level}
}

// blocked says which counter even all steps together leave short.
func (w *way) blocked(short []Short) (why []string) {
	most := rungOf(assess.After(w.q, &w.a, w.a.Steps), w.goal.Level)
	if most.HaveScore < w.goal.Score {
		why = append(why, fmt.Sprintf("把能做的步骤全做完，得分也只到 %s，%s要 %s；剩下的分在投入占比和成效里，没有直接的步骤", short[0].Most, w.goal.Name, short[0].Need))
	}
	if most.HaveScenes < w.goal.Scenes {
		why = append(why, fmt.Sprintf("做到%s的场景最多 %s 个，要 %s 个", w.goal.Name, short[1].Most, short[1].Need))
	}
	if most.HaveStars < w.goal.Stars {
		why = append(why, fmt.Sprintf("做到%s的★场景最多 %s 个，要 %s 个", w.goal.Name, short[2].Most, short[2].Need))
	}
	if why == nil {
		why = []string{"各项单独都够得着，但所需产品互相排斥、不适合本企业的规模行业，或已被您排除，凑不到一起"}
	}
	return why
}

// needsOf gives what has to be there for a step and the register does not show yet. A scene that the register proves already waits only
// for a person's confirmation. A scene needs its system from 二级 on (where even 一级 asks for one, from there), its integration from
// 三级 on and its model from 四级 on.
func (w *way) needsOf(s *assess.Step, have map[string]bool) (needs []string) {
	put := func(n string) {
		if n != "" && !have[n] {
			needs = append(needs, n)
		}
	}
	if len(s.Scenes) == 0 {
		put(s.Need)
		return needs
	}
	for _, g := range s.Scenes {
		at, alone := g.From, false
		for i := range w.a.Scenes {
			if w.a.Scenes[i].Key == g.Scene {
				at = max(at, w.a.Scenes[i].Proposed)
			}
		}
		if d := w.q.Scene(g.Scene); d != nil {
			alone = d.SystemOnly
		}
		if at >= g.To {
			continue
		}
		if at < offerLevel && (g.To >= offerLevel || alone && at < 1) {
			put("scene:" + g.Scene)
		}
		if at < 3 && g.To >= 3 {
			put("integrate:" + g.Scene)
		}
		if g.To >= 4 {
			put("ai:" + g.Scene)
		}
	}
	return needs
}
