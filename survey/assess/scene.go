package assess

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

func newReader(q *Questionnaire, c *survey.Case) *reader {
	r := &reader{q: q, c: c, counts: inventory.Count(c.Assets), serves: map[string][]*survey.System{}, linked: map[string]bool{}}
	working := map[string]bool{}
	for i := range c.Systems {
		if s := &c.Systems[i]; s.InUse == survey.Yes && !r.tool(s) {
			working[s.ID] = true
		}
	}
	for i := range c.Systems {
		s := &c.Systems[i]
		if s.InUse != survey.Yes {
			continue
		}
		for _, key := range r.scenesOf(s) {
			r.serves[key] = append(r.serves[key], s)
		}
		for _, other := range s.Integrations {
			if other != s.ID && working[s.ID] && working[other] {
				r.linked[s.ID], r.linked[other] = true, true
			}
		}
	}
	return r
}

// scenesOf gives the scenes a system serves: what was recorded, else what its kind is for.
func (r *reader) scenesOf(s *survey.System) []string {
	keys := s.Scenes
	if len(keys) == 0 {
		for _, k := range r.q.Kinds {
			if k.Kind == s.Kind {
				keys = k.Scenes
			}
		}
	}
	keys = slices.Clone(keys)
	slices.Sort(keys)
	return slices.Compact(keys)
}

func (r *reader) tool(s *survey.System) bool {
	for _, k := range r.q.Kinds {
		if k.Kind == s.Kind {
			return k.Tool
		}
	}
	return false
}

// scene proposes a level from the systems and the register; only a person's word counts.
func (r *reader) scene(s *Scene) SceneLevel {
	out := SceneLevel{Key: s.Key, No: s.No, Title: s.Title, Group: s.Group, Star: s.Star, Levels: s.Levels, Example: s.Example, Evidence: s.Evidence}
	if len(out.Evidence) == 0 {
		out.Evidence = r.q.Proof
	}
	r.propose(s, &out)
	for i := range r.c.Scenes {
		if r.c.Scenes[i].Scene == s.Key {
			level := min(max(r.c.Scenes[i].Level, 0), 4)
			out.Confirmed, out.Level = &level, level
			if out.Papers = nil; level > 0 {
				out.Papers = []string{paperOf(out.Evidence[level-1])}
			}
		}
	}
	return out
}

// propose follows the pattern of all sixteen scenes: 1 a tool, 2 a system of the fitting type, 3 that system exchanging data with
// another one, 4 a model or AI in it.
func (r *reader) propose(s *Scene, out *SceneLevel) {
	if s.Register && r.machines() {
		out.Proposed, out.Reason = 1, "本软件里的设备清单就是设备台账"
	}
	var names []string
	for _, sys := range r.serves[s.Key] {
		level := r.proof(s, sys)
		if level == 0 || level < out.Proposed {
			continue
		}
		if level > out.Proposed || names == nil {
			out.Proposed, names, out.Behind = level, nil, nil
		}
		names = append(names, "“"+sys.Name+"”")
		out.Behind = append(out.Behind, systemRef(sys))
	}
	switch {
	case names != nil:
		out.Reason = sceneReasons[out.Proposed] + strings.Join(names, "、") + "，请对照该级的要求确认"
	case out.Proposed > 0:
		out.Reason += "，请对照该级的要求确认"
	default:
		out.Reason = "没有登记用于这个环节的工具或系统"
	}
}

var sceneReasons = [...]string{"", "用工具辅助：", "有系统在用：", "系统已与其他系统互通：", "系统里用上了模型或人工智能："}

func (r *reader) proof(s *Scene, sys *survey.System) int {
	switch {
	case r.tool(sys) && s.SystemOnly:
		return 0
	case r.tool(sys):
		return 1
	case sys.AI == survey.Yes:
		return 4
	case r.linked[sys.ID]:
		return 3
	}
	return 2
}

// machines tells whether the register holds any machine besides office equipment.
func (r *reader) machines() bool {
	for i := range r.c.Assets {
		if r.c.Assets[i].Use != survey.UseOffice {
			return true
		}
	}
	return false
}
