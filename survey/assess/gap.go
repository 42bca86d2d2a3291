package assess

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// GapRule is one contradiction between dimensions: one side is ahead, the other did not follow. It is our reminder, never part of the
// score.
type GapRule struct {
	Key   string    `yaml:"key"`
	Title string    `yaml:"title"` // a few plain words
	Text  string    `yaml:"text"`  // why it matters
	Do    string    `yaml:"do"`    // what to do first
	Jump  string    `yaml:"jump"`  // item or scene where it is mended
	When  rule.Cond `yaml:"when"`
}

// Gap is a gap that was found, with the facts behind it.
type Gap struct {
	Key   string     `json:"key"`
	Title string     `json:"title"`
	Text  string     `json:"text"`
	Do    string     `json:"do"`
	Jump  string     `json:"jump"`
	Trace rule.Trace `json:"trace"`
}

// gaps gives the gaps whose conditions all hold. A question without an answer leaves its rules open: nothing is said then.
func (q *Questionnaire) gaps(a *Assessment, c *survey.Case) []Gap {
	if len(q.Gaps) == 0 {
		return nil
	}
	f := facts(a, c)
	var out []Gap
	for i := range q.Gaps {
		g := &q.Gaps[i]
		if v, trace := rule.Eval(&g.When, f); v == rule.Met {
			out = append(out, Gap{g.Key, g.Title, g.Text, g.Do, g.Jump, trace})
		}
	}
	return out
}

// facts shows an assessment to the conditions.
func facts(a *Assessment, c *survey.Case) rule.Facts {
	f := rule.Facts{Case: c, Answers: make(map[string]rule.Answered, len(a.Items)), Scenes: make(map[string]rule.Reached, len(a.Scenes)), Numbers: map[string]rule.Number{
		"assess.level": rule.OfCount(int64(a.Level)), "assess.score": rule.Number(a.Score), "assess.machines": rule.OfCount(int64(a.Rates.Machines)),
		"assess.networked": rule.OfCount(int64(a.Rates.Networked)), "assess.onCloud": rule.OfCount(int64(a.Rates.OnCloud)),
	}}
	for i := range a.Items {
		it := &a.Items[i]
		if !it.Answered {
			continue
		}
		shown := it.Key + " " + strings.Join(it.Counted, "、") + "，" + it.Points.String() + " 分"
		if it.Explain != "" {
			shown += "（" + it.Explain + "）"
		}
		f.Answers[it.Key] = rule.Answered{Letters: it.Counted, Points: rule.Number(it.Points), Shown: shown}
	}
	for i := range a.Scenes {
		if s := &a.Scenes[i]; s.Confirmed != nil {
			f.Scenes[s.Key] = rule.Reached{Level: s.Level, Shown: s.Title + " " + levelWords[s.Level]}
		}
	}
	return f
}

// gaps tells whether every gap has its words and asks for items, options and scenes that the edition has.
func (c *checker) gaps() {
	seen := map[string]bool{}
	for i := range c.q.Gaps {
		g := &c.q.Gaps[i]
		c.must(g.Key != "" && !seen[g.Key], "gap %q is doubled or unnamed", g.Key)
		seen[g.Key] = true
		c.must(g.Title != "" && g.Text != "" && g.Do != "", "gap %s: title, text and do must be given", g.Key)
		c.must(c.q.Item(g.Jump) != nil || c.q.Scene(g.Jump) != nil, "gap %s: unknown place %q", g.Key, g.Jump)
		err := rule.Check(&g.When, nil)
		c.must(err == nil, "gap %s: %v", g.Key, err)
		c.asks(g.Key, &g.When)
	}
}

func (c *checker) asks(gap string, w *rule.Cond) {
	family, key, _ := strings.Cut(w.Fact, ":")
	item, letter, _ := strings.Cut(key, ":")
	switch family {
	case "item", "option":
		it := c.q.Item(item)
		c.must(it != nil && (family == "item" || it.option(letter).Letter != ""), "gap %s: unknown %s", gap, w.Fact)
	case "scene":
		c.must(c.q.Scene(key) != nil, "gap %s: unknown %s", gap, w.Fact)
	}
	for _, list := range [][]rule.Cond{w.All, w.Any} {
		for i := range list {
			c.asks(gap, &list[i])
		}
	}
	if w.Not != nil {
		c.asks(gap, w.Not)
	}
}
