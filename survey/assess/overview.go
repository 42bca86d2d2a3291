package assess

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Line is one case of a batch: its place, the firm, and what it scored, or why it could not be read.
type Line struct {
	File       string      `json:"file"`
	Row        int         `json:"row,omitempty"` // line of a JSON-lines file, 0 for a file of its own
	Firm       string      `json:"firm"`
	CreditCode string      `json:"creditCode"`
	Region     string      `json:"region"` // code
	County     string      `json:"county,omitempty"`
	Park       string      `json:"park,omitempty"`
	Industry   string      `json:"industry"` // code
	Score      Points      `json:"score"`
	Dimensions []Points    `json:"dimensions"` // in the order of the edition
	Level      int         `json:"level"`
	LevelName  string      `json:"levelName"`
	Scenes     [4]int      `json:"scenes"` // number of scenes at level 1, 2, 3, 4 or above
	Machines   int         `json:"machines"`
	Digital    int         `json:"digital"`
	Networked  int         `json:"networked"`
	Open       int         `json:"open"`        // questions without an answer
	Differ     int         `json:"differences"` // declarations that are not the computed answer and not explained
	Gaps       int         `json:"gaps"`
	Code       survey.Code `json:"code,omitempty"`  // why the case could not be read
	At         int         `json:"at,omitempty"`    // line inside the file where it broke, 0 when not known
	Error      string      `json:"error,omitempty"` // in words
}

// LineOf scores one case for a batch.
func LineOf(q *Questionnaire, c *survey.Case) Line {
	a := score(q, c)
	l := Line{
		Firm: strings.Clone(c.Firm.Name), CreditCode: strings.Clone(c.Firm.CreditCode), Region: strings.Clone(c.Firm.Region), // a read case is one string, which a line must not keep
		County: strings.Clone(c.Firm.County), Park: strings.Clone(c.Firm.Park), Industry: strings.Clone(c.Firm.Industry),
		Score: a.Score, Level: a.Level, LevelName: a.LevelName, Machines: a.Rates.Machines, Digital: a.Rates.Digital, Networked: a.Rates.Networked,
		Open: len(a.Open), Gaps: len(a.Gaps), Dimensions: make([]Points, len(a.Dimensions)),
	}
	for i, d := range a.Dimensions {
		l.Dimensions[i] = d.Points
	}
	for _, s := range a.Scenes {
		for n := range min(s.Level, len(l.Scenes)) {
			l.Scenes[n]++
		}
	}
	for _, d := range a.Differences {
		if d.Explained == "" {
			l.Differ++
		}
	}
	return l
}

// Share is one group of a batch: how many cases, their levels and their scores. Bad cases are in none.
type Share struct {
	Key    string `json:"key"` // "" where the case names none
	Cases  int    `json:"cases"`
	Levels [5]int `json:"levels"` // cases at level 0 to 4
	Least  Points `json:"least"`
	Median Points `json:"median"` // the lower one of an even number
	Most   Points `json:"most"`
	Mean   Points `json:"mean"` // cut down to a thousandth
}

// Overview is the distributions of a batch.
type Overview struct {
	All      Share   `json:"all"`
	Bad      int     `json:"bad"`
	Bands    [10]int `json:"bands"` // cases with 0–10, 10–20 … 90–100 points, open above but for the last
	Region   []Share `json:"regions"`
	Industry []Share `json:"industries"` // by division (C33), the code as it stands outside manufacturing
	Park     []Share `json:"parks"`
}

// OverviewOf counts the lines of a batch. The order of the lines does not matter.
func OverviewOf(lines []Line) Overview {
	good := slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return l.Code != "" })
	o := Overview{Bad: len(lines) - len(good), All: share("", good)}
	for i := range good {
		o.Bands[min(max(good[i].Score, 0)/10_000, 9)]++
	}
	o.Region = shares(good, func(l *Line) string { return l.Region })
	o.Industry = shares(good, func(l *Line) string {
		if in, ok := survey.IndustryByCode(l.Industry); ok {
			return in.Code
		}
		return l.Industry
	})
	o.Park = shares(good, func(l *Line) string { return l.Park })
	return o
}

// shares groups the lines by a key, the largest group first, then by key.
func shares(lines []Line, key func(*Line) string) []Share {
	groups := map[string][]Line{}
	for i := range lines {
		k := key(&lines[i])
		groups[k] = append(groups[k], lines[i])
	}
	out := make([]Share, 0, len(groups))
	for k, g := range groups {
		out = append(out, share(k, g))
	}
	slices.SortFunc(out, func(a, b Share) int { return cmp.Or(b.Cases-a.Cases, cmp.Compare(a.Key, b.Key)) })
	return out
}

func share(key string, lines []Line) Share {
	s := Share{Key: key, Cases: len(lines)}
	if len(lines) == 0 {
		return s
	}
	scores := make([]Points, len(lines))
	var sum Points
	for i := range lines {
		scores[i] = lines[i].Score
		sum += scores[i]
		s.Levels[min(max(lines[i].Level, 0), 4)]++
	}
	slices.Sort(scores)
	s.Least, s.Median, s.Most, s.Mean = scores[0], scores[(len(scores)-1)/2], scores[len(scores)-1], sum/Points(len(scores))
	return s
}
