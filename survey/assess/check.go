package assess

import (
	"errors"
	"fmt"
	"slices"
)

// Check tells everything that is wrong with an edition: keys, references, and weights that do not come out to the thousandth of a
// point. Nil means sound.
func Check(q *Questionnaire) error {
	c := &checker{q: q}
	c.must(q.Edition != "" && q.Title != "" && q.Status != "", "edition, title and status must be given")
	c.dimensions()
	for i := range q.Items {
		c.item(&q.Items[i])
	}
	c.scenes()
	c.rule()
	c.gaps()
	return errors.Join(c.errs...)
}

type checker struct {
	q    *Questionnaire
	errs []error
}

func (c *checker) must(ok bool, format string, args ...any) {
	if !ok {
		c.errs = append(c.errs, fmt.Errorf(format, args...))
	}
}

func (c *checker) dimensions() {
	var total Points
	keys := map[string]bool{}
	for _, d := range c.q.Dimensions {
		c.must(!keys[d.Key], "dimension %s is doubled", d.Key)
		keys[d.Key] = true
		total += d.Points
		var sum Points
		for i := range c.q.Items {
			if c.q.Items[i].Dimension == d.Key {
				sum += c.q.Items[i].Points
			}
		}
		c.must(sum == d.Points, "dimension %s: items sum to %s, not %s", d.Key, sum, d.Points)
	}
	c.must(total == Full, "dimensions sum to %s, not 100", total)
	seen := map[string]bool{}
	for i := range c.q.Items {
		it := &c.q.Items[i]
		c.must(keys[it.Dimension], "%s: unknown dimension %s", it.Key, it.Dimension)
		c.must(!seen[it.Key], "%s is doubled", it.Key)
		seen[it.Key] = true
	}
}

func (c *checker) item(it *Question) {
	weight, whole := int64(1000), int64(1)
	for i, w := range it.Weights {
		weight *= int64(w)
		if i > 0 {
			whole *= 100
		}
	}
	c.must(len(it.Weights) == 3 && weight == int64(it.Points)*whole, "%s: weights do not give %s points", it.Key, it.Points)
	c.must(it.Title != "" && it.Term != "" && it.Help != "" && it.Example != "" && len(it.Evidence) > 0, "%s: title, term, help, example and evidence must be given", it.Key)
	c.must(it.Kind == KindFull || it.Kind == KindHalf || it.Kind == KindAsk, "%s: unknown kind %q", it.Key, it.Kind)
	_, known := answers[it.Answer]
	c.must(known == (it.Kind != KindAsk) && (known || it.Answer == ""), "%s: unknown answer rule %q", it.Key, it.Answer)
	c.must(slices.IsSorted(it.Bounds) && (it.Bounds == nil || len(it.Bounds) == len(it.Options)-1), "%s: bounds do not fit the options", it.Key)
	c.must(slices.IsSorted(it.Links) && (it.Links == nil || len(it.Links) == len(it.Options)-1), "%s: links do not fit the options", it.Key)
	c.must(len(it.Options) > 1 && it.Options[0].Points == 0, "%s: the first option must be worth nothing", it.Key)
	c.options(it)
}

func (c *checker) options(it *Question) {
	var sum, most Points
	c.papers(it)
	for i, o := range it.Options {
		c.must(o.Letter == string(rune('A'+i)), "%s: option %d must be %c", it.Key, i+1, 'A'+i)
		c.must(o.Text != "" && o.Counts != "", "%s %s: text and counts must be given", it.Key, o.Letter)
		c.must(int64(o.Share)*int64(it.Points) == int64(o.Points)*100, "%s %s: share does not give %s points", it.Key, o.Letter, o.Points)
		c.must(o.Link == "" || c.q.Scene(o.Link) != nil, "%s %s: unknown scene %s", it.Key, o.Letter, o.Link)
		for _, need := range o.Requires {
			c.must(need < o.Letter && it.option(need).Letter != "", "%s %s: requires unknown option %s", it.Key, o.Letter, need)
		}
		c.must(it.Multi || i == 0 || o.Points > it.Options[i-1].Points, "%s %s: options of a single choice must rise", it.Key, o.Letter)
		sum, most = sum+o.Points, max(most, o.Points)
	}
	if it.Multi {
		c.must(sum == it.Points && it.Options[0].None, "%s: options sum to %s, not %s", it.Key, sum, it.Points)
	} else {
		c.must(most == it.Points, "%s: the best option gives %s, not %s", it.Key, most, it.Points)
	}
}

// papers tells whether every document of an item is asked for with some answer, once any answer names its own.
func (c *checker) papers(it *Question) {
	named := map[string]bool{}
	for _, o := range it.Options {
		for _, p := range o.Papers {
			c.must(slices.Contains(it.Evidence, p), "%s %s: %s is not among the item's evidence", it.Key, o.Letter, p)
			named[p] = true
		}
	}
	for _, p := range it.Evidence {
		c.must(len(named) == 0 || named[p], "%s: no answer asks for %s", it.Key, p)
	}
}

func (c *checker) scenes() {
	seen := map[string]bool{}
	for i, s := range c.q.Scenes {
		c.must(!seen[s.Key] && s.Key != "", "scene %s is doubled or unnamed", s.Key)
		seen[s.Key] = true
		c.must(s.No == i+1, "scene %s: number %d out of order", s.Key, s.No)
		c.must(slices.Contains(c.q.Groups, s.Group), "scene %s: unknown group %s", s.Key, s.Group)
		c.must(len(s.Levels) == 4 && !slices.Contains(s.Levels, ""), "scene %s: four level sentences must be given", s.Key)
		c.must(len(s.Evidence) == 0 || len(s.Evidence) == 4, "scene %s: evidence is given for all four levels or for none", s.Key)
	}
	c.must(slices.ContainsFunc(c.q.Sources, func(s Source) bool { return s.Key == c.q.ProofFrom }), "proof: unknown source %s", c.q.ProofFrom)
	c.must(len(c.q.Proof) == 4, "proof must be given for the four levels")
	for _, k := range c.q.Kinds {
		for _, s := range k.Scenes {
			c.must(seen[s], "kind %s: unknown scene %s", k.Kind, s)
		}
	}
}

func (c *checker) rule() {
	r := c.q.Rule
	c.must(r.Version != "" && r.Status != "" && r.None != "", "rule: version, status and none must be given")
	known := slices.ContainsFunc(c.q.Sources, func(s Source) bool { return s.Key == r.Source })
	c.must(known, "rule: unknown source %s", r.Source)
	for i, l := range r.Levels {
		c.must(l.Level == i+1 && l.Name != "", "rule: level %d out of order or unnamed", l.Level)
		c.must(l.Stars <= l.Scenes && l.Scenes <= len(c.q.Scenes) && l.Score <= Full, "rule: level %d cannot be reached", l.Level)
	}
	c.must(len(r.Levels) > 0, "rule: no levels")
}
