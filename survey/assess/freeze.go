package assess

import (
	"slices"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Freeze makes a snapshot of an assessment: the text it followed, the answers, the points, the level, the rates.
func Freeze(a *Assessment, label string, date survey.Date, by string, at time.Time) survey.Snapshot {
	s := survey.Snapshot{
		Label: label, Date: date, Edition: a.Edition, Digest: a.Digest, Rule: a.RuleStatus, Score: a.Score, Level: a.Level, LevelName: a.LevelName,
		Open: slices.Clone(a.Open), By: by, At: at.UTC(),
	}
	for _, it := range a.Items {
		s.Items = append(s.Items, survey.FrozenItem{
			Item: it.Key, Title: it.Title, Options: slices.Clone(it.Counted), Declared: slices.Clone(it.Declared), Points: it.Points, Max: it.Max, Explain: it.Explain,
		})
	}
	for _, x := range a.Scenes {
		s.Scenes = append(s.Scenes, survey.FrozenScene{Scene: x.Key, Title: x.Title, Star: x.Star, Level: x.Level})
	}
	for _, d := range a.Dimensions {
		s.Dimensions = append(s.Dimensions, survey.FrozenPoints{Name: d.Title, Points: d.Points, Max: d.Max})
	}
	for _, l := range a.Rates.Lines {
		s.Rates = append(s.Rates, survey.FrozenRate{Name: l.Name, Percent: l.Percent, Text: l.Text})
	}
	return s
}
