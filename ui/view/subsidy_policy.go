package view

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
	"github.com/shangyuntong/shangyun/survey/subsidy"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// ProgrammeRow is one policy that applies to the firm.
type ProgrammeRow struct {
	Ref, Title, Amount, Text, Validity string
	Chosen, Matching                   bool
}

// ProgrammeRows lists the policy in force first, then the others of the firm's region.
func ProgrammeRows(w Words, st *wizard.State) []ProgrammeRow {
	out := make([]ProgrammeRow, len(st.Programmes))
	for i, x := range st.Programmes {
		r := ProgrammeRow{Ref: x.Ref, Title: x.Title, Text: x.Text, Validity: x.Validity, Chosen: x.Chosen, Matching: x.Relation == subsidy.Matching}
		switch {
		case x.Amount != nil:
			r.Amount = w("subsidy.policy.amount", x.Amount.Display())
		case x.IfSelected != nil:
			r.Amount = w("subsidy.policy.if", x.IfSelected.Display())
		default:
			r.Amount = w("subsidy.policy.none")
		}
		out[i] = r
	}
	return out
}

// PolicyPicks lists the packs that a person may choose: by region first, then every pack at hand, then the recorded one when it is another
// version or not at hand.
func PolicyPicks(w Words, st *wizard.State) []Pick {
	out := []Pick{{"", w("subsidy.policy.auto"), ""}}
	for _, p := range st.Policies {
		if subsidy.Find(st.Policies, p.ID) == p {
			out = append(out, Pick{p.ID, p.Title, p.Ref()})
		}
	}
	if ref := st.Case.Project.Policy; ref != "" && !slices.ContainsFunc(out, func(p Pick) bool { return p.Value == ref }) {
		out = append(out, Pick{ref, w("subsidy.policy.recorded", ref), ""})
	}
	return out
}

// OtherPolicies lists the packs that the one in force can be compared with, those of the firm's region in front.
func OtherPolicies(w Words, st *wizard.State) []Pick {
	out := []Pick{{"", w("subsidy.policy.compare.none"), ""}}
	for _, p := range slices.Concat(subsidy.For(st.Policies, st.Case.Firm.Region), st.Policies) {
		if st.Policy != p && !slices.ContainsFunc(out, func(x Pick) bool { return x.Value == p.Ref() }) {
			out = append(out, Pick{p.Ref(), p.Title, p.Ref()})
		}
	}
	return out
}

// CompareRow is one measure that another pack changes.
type CompareRow struct{ Name, Before, After, What string }

// CompareWith says what the pack that ref names would change; head is the change of the headline.
func CompareWith(w Words, st *wizard.State, ref string) (head string, rows []CompareRow) {
	other := subsidy.Find(st.Policies, ref)
	if other == nil || st.Policy == nil {
		return "", nil
	}
	x := subsidy.Compare(st.Policy, other, st.Case, st.Assessment)
	none := w("subsidy.policy.none")
	head = w("subsidy.policy.compare.head", sumOr(x.Before, none), sumOr(x.After, none)) + x.Validity
	for _, r := range x.Rows {
		rows = append(rows, CompareRow{r.Measure + " " + r.Name, r.Before, r.After, strings.Join(r.What, "；")})
	}
	return head, rows
}

func sumOr(f *money.Fen, none string) string {
	if f == nil {
		return none
	}
	return f.Display()
}

// NoticeMeasure is the measure that this year's notice is asked for: the first whose rate the text leaves open, else the first that pays a
// share; name is how the form calls it. "" when the policy has neither.
func NoticeMeasure(st *wizard.State) (id, name string) {
	if st.Policy == nil {
		return "", ""
	}
	for _, kind := range []subsidy.Kind{subsidy.KindOpen, subsidy.KindShare} {
		for _, m := range st.Policy.Measures {
			if m.Kind == kind {
				return m.ID, m.ID + " " + m.Name
			}
		}
	}
	return "", ""
}

// LayerPicks lists the 上云层次 of the policy in force; nil when it has none.
func LayerPicks(w Words, st *wizard.State) []Pick {
	if st == nil || st.Policy == nil || len(st.Policy.Layers) == 0 {
		return nil
	}
	out := []Pick{{"", w("subsidy.pick.none"), ""}}
	for _, l := range st.Policy.Layers {
		out = append(out, Pick{l.Key, l.Name, l.Text})
	}
	return out
}

// ReadingChoices lists the other ways to read one wording: the words, and the value of project.readings that switches to it.
func ReadingChoices(st *wizard.State, id string) []Pick {
	var out []Pick
	if st.Policy == nil {
		return nil
	}
	for _, r := range st.Policy.Readings {
		for i, k := range r.Choices {
			if r.ID != id || subsidyKey(st, id) == k.Key {
				continue
			}
			kept := slices.DeleteFunc(slices.Clone(st.Case.Project.Readings), func(s string) bool { return strings.HasPrefix(s, id+":") })
			if i > 0 { // the first choice is the default and needs no record
				kept = append(kept, id+":"+k.Key)
			}
			out = append(out, Pick{strings.Join(kept, "、"), k.Text, k.Key})
		}
	}
	return out
}

func subsidyKey(st *wizard.State, id string) string {
	for _, r := range st.Claims.Readings {
		if r.ID == id {
			return r.Key
		}
	}
	return ""
}

// SettleTone marks what cannot be had in time, or whose time is not known.
func SettleTone(s subsidy.Settle) Tone {
	switch s.InTime {
	case rule.Met:
		return Good
	case rule.NotMet:
		return Bad
	}
	return Careful
}
