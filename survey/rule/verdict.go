// Package rule holds the closed condition tree of a policy and evaluates it three-valued: 满足, 不满足 or 待核实, with the trace of
// the facts behind each answer. It never guesses: a missing fact makes a condition 待核实, never 不满足.
package rule

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
func (v Verdict) String() string { return verdictNames[v] }

// Chinese gives 待核实, 满足 or 不满足.
func (v Verdict) Chinese() string { return [...]string{"待核实", "满足", "不满足"}[v] }

// MarshalText writes the name.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads a name.
func (v *Verdict) UnmarshalText(b []byte) error {
	for i, n := range verdictNames {
		if n == string(b) {
			*v = Verdict(i)
		}
	}
	return nil
}

// Trace explains one condition: what was asked, what was found, and what would settle it.
type Trace struct {
	Text    string  `json:"text"` // the condition in plain Chinese
	Verdict Verdict `json:"verdict"`
	Found   string  `json:"found,omitempty"`  // the fact behind it, with its source
	Needed  string  `json:"needed,omitempty"` // what turns 待核实 into 满足
	Clause  string  `json:"clause,omitempty"` // paragraph of the policy text, e.g. "P3.3"
	Parts   []Trace `json:"parts,omitempty"`
}
