package assess

// climb sets every level's three counters beside what there is. The level is the highest one whose three conditions all hold; each is
// judged on its own.
func (r *LevelRule) climb(score Points, scenes []SceneLevel) (ladder []Rung, level int, name string) {
	name = r.None
	for _, l := range r.Levels {
		g := Rung{Level: l.Level, Name: l.Name, NeedScore: l.Score, HaveScore: score, NeedScenes: l.Scenes, NeedStars: l.Stars}
		for i := range scenes {
			if scenes[i].Level < l.Level {
				continue
			}
			g.HaveScenes++
			if scenes[i].Star {
				g.HaveStars++
			}
		}
		g.Met = score >= l.Score && g.HaveScenes >= l.Scenes && g.HaveStars >= l.Stars
		if g.Met {
			level, name = l.Level, l.Name
		}
		ladder = append(ladder, g)
	}
	return ladder, level, name
}

// Tally scores plain answers and scene levels without any register; examples of an edition are run by it.
func (q *Questionnaire) Tally(answers map[string][]string, levels map[string]int) (score Points, level int) {
	for i := range q.Items {
		score += q.Items[i].Score(answers[q.Items[i].Key])
	}
	scenes := make([]SceneLevel, len(q.Scenes))
	for i := range q.Scenes {
		scenes[i] = SceneLevel{Star: q.Scenes[i].Star, Level: levels[q.Scenes[i].Key]}
	}
	_, level, _ = q.Rule.climb(score, scenes)
	return score, level
}
