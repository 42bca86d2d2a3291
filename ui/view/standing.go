package view

import (
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Standing is where the firm stands: score, level and what the next level asks for.
type Standing struct {
	Score    string
	Of100    float32 // for the dial
	Reached  float32 // the score of the highest level whose points are there; 0 for none
	Sums     string  // 基础 25.7 · 管理 11.25 · 成效 20
	Level    int
	Now      string // 二级
	Target   int    // next level; the present one at the top
	Next     string // "" at the top
	Need     string // 达到三级，三项都要满足
	Counters []Counter
	Rule     string // how far the level rule is verified
}

// Counter is one of the three conditions of a level.
type Counter struct {
	Label, Have, Need, Word string
	Met                     bool
	Part                    float32 // 0 to 1
}

// StandingOf reads the standing out of an assessment.
func StandingOf(w Words, a assess.Assessment) Standing {
	s := Standing{
		Score: a.Score.String(), Of100: float32(a.Score) / float32(assess.Full) * 100, Level: a.Level, Now: w("assess.level." + strconv.Itoa(a.Level)),
		Target: min(a.Level+1, 4), Rule: a.RuleStatus,
	}
	var sums []string
	for _, d := range a.Dimensions {
		sums = append(sums, strings.TrimPrefix(d.Title, "数字化")+" "+d.Points.String())
	}
	s.Sums = strings.Join(sums, " · ")
	if a.Level < 4 {
		s.Next = w("assess.level." + strconv.Itoa(a.Level+1))
	}
	for _, r := range a.Ladder {
		if a.Score >= r.NeedScore {
			s.Reached = float32(r.NeedScore / 1000)
		}
		if r.Level == s.Target {
			s.Need, s.Counters = w("assess.standing.need", w("assess.level."+strconv.Itoa(r.Level))), counters(w, r)
			if s.Next == "" {
				s.Need = w("assess.standing.top", w("assess.level."+strconv.Itoa(r.Level)))
			}
		}
	}
	return s
}

func counters(w Words, r assess.Rung) []Counter {
	level := w("assess.level." + strconv.Itoa(r.Level))
	score := Counter{Label: w("assess.standing.score"), Have: r.HaveScore.String(), Need: r.NeedScore.String(), Met: r.HaveScore >= r.NeedScore, Word: w("assess.standing.met")}
	if !score.Met {
		score.Word = w("assess.standing.short.score", (r.NeedScore - r.HaveScore).String())
	}
	if r.NeedScore > 0 {
		score.Part = float32(r.HaveScore) / float32(r.NeedScore)
	}
	count := func(label string, have, need int) Counter {
		c := Counter{Label: label, Have: strconv.Itoa(have), Need: strconv.Itoa(need), Met: have >= need, Word: w("assess.standing.met"), Part: 1}
		if !c.Met {
			c.Word, c.Part = w("assess.standing.short.scenes", need-have), float32(have)/float32(need)
		}
		return c
	}
	return []Counter{score, count(w("assess.standing.scenes", level), r.HaveScenes, r.NeedScenes), count(w("assess.standing.stars", level), r.HaveStars, r.NeedStars)}
}

// Begun tells whether anything is assessed yet: some question is answered.
func Begun(st *wizard.State) bool {
	a := &st.Assessment
	return len(a.Open) < len(a.Items)+len(a.Scenes)
}
