package rule

import "fmt"

// Verdict is the three-valued result of a condition.
type Verdict int8

// The verdicts. Open is the zero value on purpose: nothing known is nothing decided.
const (
	Open   Verdict = iota // 待核实
	Met                   // 满足
	NotMet                // 不满足
)

var verdictNames = [...]string{"open", "met", "notMet"}

// String gives "open", "met" or "notMet".
func (v Verdict) String() string { return verdictNames[v.index()] }

// Chinese gives 待核实, 满足 or 不满足.
func (v Verdict) Chinese() string { return [...]string{"待核实", "满足", "不满足"}[v.index()] }

func (v Verdict) index() int {
	if v < 0 || int(v) >= len(verdictNames) {
		return int(Open)
	}
	return int(v)
}

// MarshalText writes the name.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads a name; anything else is refused.
func (v *Verdict) UnmarshalText(b []byte) error {
	for i, n := range verdictNames {
		if n == string(b) {
			*v = Verdict(i)
			return nil
		}
	}
	return fmt.Errorf("rule: %q is no verdict", b)
}

// And is Kleene's conjunction: one 不满足 decides, else one 待核实 leaves it open. And() is 满足.
func And(vs ...Verdict) Verdict {
	out := Met
	for _, v := range vs {
		switch v {
		case NotMet:
			return NotMet
		case Met:
		default:
			out = Open
		}
	}
	return out
}

// Or is Kleene's disjunction: one 满足 decides, else one 待核实 leaves it open. Or() is 不满足.
func Or(vs ...Verdict) Verdict {
	out := NotMet
	for _, v := range vs {
		switch v {
		case Met:
			return Met
		case NotMet:
		default:
			out = Open
		}
	}
	return out
}

// Not turns 满足 and 不满足 round and leaves 待核实 open.
func Not(v Verdict) Verdict {
	switch v {
	case Met:
		return NotMet
	case NotMet:
		return Met
	}
	return Open
}

// Trace explains one condition: what was asked, what was found, and what would settle it.
type Trace struct {
	Text    string  `json:"text"` // the condition in plain Chinese
	Verdict Verdict `json:"verdict"`
	Found   string  `json:"found,omitempty"`   // the fact behind it, with its source
	Needed  string  `json:"needed,omitempty"`  // what turns 待核实 into 满足
	Clause  string  `json:"clause,omitempty"`  // paragraph of the policy text, e.g. "P3.3"
	Fact    string  `json:"fact,omitempty"`    // fact key, so that a page can jump to the field
	Outside bool    `json:"outside,omitempty"` // the answer was no, but the text does not let it exclude (see Cond.Outside)
	Parts   []Trace `json:"parts,omitempty"`
}
