package rule

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Answered is one scored item of an assessment as conditions ask for it: "item:Q3" its points, "option:Q3:C" whether an option counts.
type Answered struct {
	Letters []string // that count
	Points  Number
	Shown   string // the answer in words, with how it came about
}

// Reached is one scene of an assessment: "scene:quality" is its level, "scenes:3" the number of scenes at level 3 or above.
type Reached struct {
	Level int
	Shown string
}

// find gives the entry of a fact key: one of the catalogue, or one of the families item:, option:, scene:, scenes: and plan:, whose members the
// questionnaire names. Whether it names them is for its own check to say.
func find(key string) (entry, bool) {
	if e, ok := catalogue[key]; ok {
		return e, true
	}
	family, rest, ok := strings.Cut(key, ":")
	if !ok || rest == "" {
		return entry{}, false
	}
	const needed = "完成数字化评测"
	switch family {
	case "plan": // what the firm has planned is known even where it is nothing
		return entry{KindTri, "有预算或已采用方案", "填写预算或采用推荐方案", funded}, rest == "funded"
	case "item":
		return entry{KindNumber, "采集项 " + rest + " 的得分", needed, func(f Facts) Value {
			a, ok := f.Answers[rest]
			return Value{Known: ok, Number: a.Points, Found: a.Shown}
		}}, true
	case "option":
		item, letter, ok := strings.Cut(rest, ":")
		return entry{KindTri, "采集项 " + item + " 选 " + letter, needed, func(f Facts) Value {
			a, ok := f.Answers[item]
			return Value{Known: ok, Tri: survey.TriOf(slices.Contains(a.Letters, letter)), Found: a.Shown}
		}}, ok && item != "" && letter != ""
	case "scene":
		return entry{KindNumber, "场景 " + rest + " 的等级", needed, func(f Facts) Value {
			s, ok := f.Scenes[rest]
			return Value{Known: ok, Number: OfCount(int64(s.Level)), Found: s.Shown}
		}}, true
	case "scenes":
		level, err := strconv.Atoi(rest)
		return entry{KindNumber, "达到 " + rest + " 级的场景个数", needed, func(f Facts) Value { return reached(f, level) }}, err == nil && level >= 1 && level <= 4
	}
	return entry{}, false
}

func reached(f Facts, level int) Value {
	n := 0
	for _, s := range f.Scenes {
		if s.Level >= level {
			n++
		}
	}
	return Value{Known: len(f.Scenes) > 0, Number: OfCount(int64(n)), Found: found(len(f.Scenes) > 0, "达到 "+strconv.Itoa(level)+" 级的场景 "+strconv.Itoa(n)+" 个")}
}

// funded tells whether the firm has put money to its plans: a budget or accepted offers. An empty plan is a fact, not an unknown.
func funded(f Facts) Value {
	p := &f.Case.Plan
	switch {
	case p.Budget != nil && *p.Budget > 0:
		return Value{Known: true, Tri: survey.Yes, Found: "计划预算 " + p.Budget.Display() + " 元"}
	case len(p.Accepted) > 0:
		return Value{Known: true, Tri: survey.Yes, Found: "已采用推荐方案"}
	}
	return Value{Known: true, Tri: survey.No, Found: "没有写预算，也没有采用方案"}
}
