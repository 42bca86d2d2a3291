package rule

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Eval answers c from the facts. It is total: a condition that Check would refuse is 待核实.
func Eval(c *Cond, f Facts) (Verdict, Trace) {
	t := Trace{Text: c.Text, Clause: c.Clause, Fact: c.Fact, Needed: c.Needed}
	switch {
	case len(c.All) > 0:
		t.Parts, t.Verdict = evalEach(c.All, f, And)
	case len(c.Any) > 0:
		t.Parts, t.Verdict = evalEach(c.Any, f, Or)
	case c.Not != nil:
		v, part := Eval(c.Not, f)
		t.Verdict, t.Parts, t.Found = Not(v), []Trace{part}, part.Found
	case c.Title != nil:
		c.evalTitle(f, &t)
	case c.Fact != "":
		c.evalFact(f, &t)
	}
	if c.Outside != "" && t.Verdict == NotMet {
		t.Verdict, t.Outside, t.Needed = Open, true, c.Outside
		return t.Verdict, t
	}
	if t.Verdict != Open {
		t.Needed = ""
	} else if t.Needed == "" {
		t.Needed = needs(t.Parts)
	}
	return t.Verdict, t
}

func evalEach(list []Cond, f Facts, join func(...Verdict) Verdict) ([]Trace, Verdict) {
	traces, verdicts := make([]Trace, len(list)), make([]Verdict, len(list))
	for i := range list {
		verdicts[i], traces[i] = Eval(&list[i], f)
	}
	return traces, join(verdicts...)
}

// needs joins what the open parts ask for.
func needs(parts []Trace) string {
	var out []string
	for _, p := range parts {
		if p.Verdict == Open && p.Needed != "" && !slices.Contains(out, p.Needed) {
			out = append(out, p.Needed)
		}
	}
	return strings.Join(out, "；")
}

func (c *Cond) evalFact(f Facts, t *Trace) {
	e, ok := find(c.Fact)
	if !ok {
		t.Needed = "规则包询问了未知的事实"
		return
	}
	v := e.look(f)
	t.Found = v.Found
	if t.Text == "" {
		t.Text = e.name
	}
	t.Verdict = c.compare(e.kind, v)
	if t.Needed == "" {
		t.Needed = e.needed
	}
}

func (c *Cond) compare(kind Kind, v Value) Verdict {
	if !v.Known {
		return Open
	}
	switch kind {
	case KindTri:
		if v.Tri == survey.Unknown || c.Is == nil || *c.Is == survey.Unknown {
			return Open
		}
		return verdictOf(v.Tri == *c.Is)
	case KindNumber:
		return c.compareNumber(v.Number)
	case KindText:
		return c.compareText(v.Text)
	case KindSet:
		return c.compareSet(v)
	case KindDate:
		return c.compareDate(v.Date)
	}
	return Open
}

func (c *Cond) compareNumber(n Number) Verdict {
	switch {
	case c.AtLeast != nil:
		return verdictOf(n >= *c.AtLeast)
	case c.AtMost != nil:
		return verdictOf(n <= *c.AtMost)
	}
	return Open
}

func (c *Cond) compareText(s string) Verdict {
	switch {
	case s == "":
		return Open
	case len(c.OneOf) > 0:
		return verdictOf(slices.Contains(c.OneOf, s))
	case len(c.Prefix) > 0:
		return verdictOf(slices.ContainsFunc(c.Prefix, func(p string) bool { return strings.HasPrefix(s, p) }))
	case c.Industry != nil:
		d := division(s)
		if d == 0 {
			return Open
		}
		return verdictOf(d >= division(c.Industry.From) && d <= division(c.Industry.To))
	}
	return Open
}

func (c *Cond) compareSet(v Value) Verdict {
	for _, want := range c.Holds {
		if slices.Contains(v.Set, want) {
			return Met
		}
	}
	if v.Closed {
		return NotMet
	}
	return Open
}

func (c *Cond) compareDate(d survey.Date) Verdict {
	if d == "" || c.Window == nil {
		return Open
	}
	return Inside(d, c.Window.From, c.Window.To)
}

// Inside tells whether d lies between from and to, both included; an empty end does not limit. A month-only date in the month of an end
// stays 待核实.
func Inside(d, from, to survey.Date) Verdict {
	switch {
	case d == "":
		return Open
	case d.Before(from) || to.Before(d):
		return NotMet
	case len(d) < 10 && (strings.HasPrefix(string(from), string(d)) || strings.HasPrefix(string(to), string(d))):
		return Open
	}
	return Met
}

func verdictOf(b bool) Verdict {
	if b {
		return Met
	}
	return NotMet
}

// division reads the GB/T 4754 division: C33, C3360 and 3360 are 33; a code that is none gives 0. A letter other than C is no
// manufacturing division but still a known code: it gives its number plus 100 per letter, so that it never falls into a C range.
func division(code string) int {
	s, shift := strings.ToUpper(strings.TrimSpace(code)), 0
	if s != "" && s[0] >= 'A' && s[0] <= 'T' {
		if s[0] != 'C' {
			shift = 100 * int(s[0]-'A'+1)
		}
		s = s[1:]
	}
	if len(s) < 2 || len(s) > 4 {
		return 0
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
	}
	return shift + int(s[0]-'0')*10 + int(s[1]-'0')
}
