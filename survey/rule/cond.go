package rule

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey"
)

// Cond is one node of the condition tree. Exactly one of All, Any, Not, Title and Fact is set; Fact goes with exactly one comparison
// that fits the fact's kind. Check refuses everything else. The YAML tags are the pack's keys.
type Cond struct {
	Text    string `yaml:"text"`    // the condition in plain Chinese; "" follows the fact's name
	Clause  string `yaml:"clause"`  // paragraph it is read from
	Needed  string `yaml:"needed"`  // what settles it; "" follows the fact
	Outside string `yaml:"outside"` // set: a plain no is 待核实 with this sentence, because the text only prefers (重点支持)

	All   []Cond     `yaml:"all"`
	Any   []Cond     `yaml:"any"`
	Not   *Cond      `yaml:"not"`
	Title *TitleTest `yaml:"title"`

	Fact     string      `yaml:"fact"`     // key of the catalogue
	Is       *survey.Tri `yaml:"is"`       // yes/no facts: yes or no
	AtLeast  *Number     `yaml:"atLeast"`  // number facts, inclusive (以上 contains the number itself)
	AtMost   *Number     `yaml:"atMost"`   // number facts, inclusive (以下, 不超过)
	OneOf    []string    `yaml:"oneOf"`    // text facts: equal to one of these
	Prefix   []string    `yaml:"prefix"`   // text facts: begins with one of these, e.g. a region code
	Industry *Span       `yaml:"industry"` // GB/T 4754 codes from a to b, two digits each, inclusive
	Holds    []string    `yaml:"holds"`    // set facts: holds at least one of these
	Window   *Window     `yaml:"window"`   // date facts: inside, both ends included
}

// TitleTest asks for a held title: list entry, selection, certificate or another recorded fact with a paper.
type TitleTest struct {
	Key         string `yaml:"key"`
	DocNo       bool   `yaml:"docNo"`       // 文号 or certificate number must be recorded (reading A6)
	SameProject bool   `yaml:"sameProject"` // the project that the list names must be the case's project
}

// Span is an inclusive range of GB/T 4754 divisions such as C13 to C43.
type Span struct {
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

// Window is an inclusive range of dates; an empty end is open.
type Window struct {
	From survey.Date `yaml:"from"`
	To   survey.Date `yaml:"to"`
}

// Check tells whether c is well formed and asks for known facts only. titles lists the title keys that the policy declares.
func Check(c *Cond, titles map[string]bool) error {
	branches := count(len(c.All) > 0, len(c.Any) > 0, c.Not != nil, c.Title != nil, c.Fact != "")
	if branches != 1 {
		return refuse(c, "needs exactly one of all, any, not, title, fact; has %d", branches)
	}
	if c.Fact == "" && c.comparisons() > 0 {
		return refuse(c, "a comparison stands without a fact")
	}
	switch {
	case c.Title != nil:
		if !titles[c.Title.Key] {
			return refuse(c, "unknown title %q", c.Title.Key)
		}
		return nil
	case c.Fact != "":
		return c.checkFact()
	case c.Not != nil:
		return Check(c.Not, titles)
	}
	for _, list := range [][]Cond{c.All, c.Any} {
		for i := range list {
			if err := Check(&list[i], titles); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Cond) comparisons() int {
	return count(c.Is != nil, c.AtLeast != nil, c.AtMost != nil, len(c.OneOf) > 0, len(c.Prefix) > 0, c.Industry != nil, len(c.Holds) > 0, c.Window != nil)
}

func (c *Cond) checkFact() error {
	e, ok := find(c.Fact)
	if !ok {
		return refuse(c, "unknown fact %q", c.Fact)
	}
	if n := c.comparisons(); n != 1 {
		return refuse(c, "fact %q needs exactly one comparison, has %d", c.Fact, n)
	}
	fits := map[Kind]bool{
		KindTri:    c.Is != nil && *c.Is != survey.Unknown,
		KindNumber: c.AtLeast != nil || c.AtMost != nil,
		KindText:   len(c.OneOf) > 0 || len(c.Prefix) > 0 || c.Industry != nil,
		KindSet:    len(c.Holds) > 0,
		KindDate:   c.Window != nil,
	}
	if !fits[e.kind] {
		return refuse(c, "the comparison does not fit fact %q", c.Fact)
	}
	if c.Industry != nil && (division(c.Industry.From) == 0 || division(c.Industry.To) < division(c.Industry.From)) {
		return refuse(c, "bad industry range")
	}
	if c.Window != nil && (badDate(c.Window.From) || badDate(c.Window.To)) {
		return refuse(c, "bad window")
	}
	return nil
}

func badDate(d survey.Date) bool {
	got, err := survey.ParseDate(string(d))
	return err != nil || got != d || d != "" && d.Day() == 0
}

func refuse(c *Cond, format string, args ...any) error {
	name := c.Text
	if name == "" {
		name = c.Fact
	}
	return survey.Fail(survey.CodePack, "rule.check", "条件“%s”：%s", name, fmt.Sprintf(format, args...))
}

func count(bs ...bool) int {
	n := 0
	for _, b := range bs {
		if b {
			n++
		}
	}
	return n
}
