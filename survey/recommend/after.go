package recommend

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey/assess"
)

// Steps gives the improvements that a bundle completes once it works, for an exact outlook by assess.After. It is cautious: a
// connecting step only up to the machines that were priced, a scene only up to 二级, and one step of each need that has several.
func Steps(a assess.Assessment, covered []string, q Quantities) []assess.Step {
	best := map[string]assess.Step{}
	for _, s := range a.Steps {
		if s.Need == "" || !slices.Contains(covered, s.Need) || s.Machines > q.Devices && s.Need == "connect" {
			continue
		}
		if slices.ContainsFunc(s.Scenes, func(g assess.SceneGain) bool { return g.To > offerLevel }) {
			continue
		}
		old, seen := best[s.Need]
		if !seen || s.Need == "connect" && s.Points > old.Points || s.Need != "connect" && s.Points < old.Points {
			best[s.Need] = s
		}
	}
	var out []assess.Step
	for _, s := range a.Steps {
		if b, ok := best[s.Need]; ok && b.Key == s.Key {
			out = append(out, s)
		}
	}
	return out
}

// after is a cautious outlook without the questionnaire: of steps that share a single-choice item, and of scenes that lift the same count
// of links, only the largest gain is added.
func after(a assess.Assessment, covered []string, q Quantities) *After {
	out := &After{Score: a.Score}
	scenes := slices.Clone(a.Scenes)
	most := map[string]assess.Points{}
	for _, s := range Steps(a, covered, q) {
		for _, g := range s.Scenes {
			for i := range scenes {
				if scenes[i].Key == g.Scene {
					scenes[i].Level = max(scenes[i].Level, g.To)
				}
			}
		}
		switch {
		case s.Link != "":
			most["link"] = max(most["link"], s.Points)
		case s.Group != "":
			most[s.Group] = max(most[s.Group], s.Points)
		default:
			out.Score += s.Points
		}
	}
	for _, p := range most {
		out.Score += p
	}
	for _, r := range a.Ladder {
		n, stars := 0, 0
		for _, s := range scenes {
			if s.Level >= r.Level {
				n++
				if s.Star {
					stars++
				}
			}
		}
		if out.Score >= r.NeedScore && n >= r.NeedScenes && stars >= r.NeedStars {
			out.Level, out.Scenes, out.Stars = r.Level, n, stars
		}
	}
	if out.Level == 0 {
		for _, s := range scenes {
			if s.Level >= 1 {
				out.Scenes++
				if s.Star {
					out.Stars++
				}
			}
		}
	}
	return out
}
