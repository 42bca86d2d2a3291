package wizard

import (
	"context"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Step is one save in words.
type Step struct {
	Saved
	What []Difference `json:"what"`
}

// Past lists what was done to a case after a moment (the zero time: all), newest first. It fails with E0305 when there is no such case.
func (d *Desk) Past(ctx context.Context, id string, since time.Time) ([]Step, error) {
	if d.History == nil {
		return nil, survey.Fail(survey.CodeNotReady, "wizard.past", "此程序不带修改历史")
	}
	if _, err := d.Cases.Load(ctx, id); err != nil {
		return nil, err
	}
	all, err := d.History.Changes(ctx, id, since)
	if err != nil {
		return nil, err
	}
	out := make([]Step, len(all))
	for i, s := range all {
		out[i] = Step{Saved: s, What: d.Differences(s.Facts)}
	}
	return out, nil
}

// LastSent gives the newest request of a kind that has its receipt, nil when nothing was sent.
func LastSent(all []Request, kind submit.Kind) *Request {
	for i := range all {
		if all[i].Kind == kind && all[i].Receipt != nil {
			return &all[i]
		}
	}
	return nil
}

// ChangedSince tells how the facts of a case differ from those that a request was sealed from: the state at the moment of sealing beside the state
// now. What was changed and changed back, or only confirmed again, is no difference; nor are consents.
func (d *Desk) ChangedSince(ctx context.Context, st *State, r Request) ([]Difference, error) {
	if d.History == nil {
		return nil, nil
	}
	saves, err := d.History.Changes(ctx, st.Case.ID, r.Sealed)
	if err != nil {
		return nil, err
	}
	type key struct{ kind, id string }
	var order []key
	whole := map[key]FactChange{}
	for i := len(saves) - 1; i >= 0; i-- { // oldest first: the first old and the last new are what count
		for _, f := range saves[i].Facts {
			k := key{f.Kind, f.ID}
			had, known := whole[k]
			if known {
				f.Old = had.Old
			} else {
				order = append(order, k)
			}
			whole[k] = f
		}
	}
	out := []Difference{}
	for _, k := range order {
		if never(k.kind) {
			continue
		}
		for _, x := range d.differences(whole[k]) {
			if x.Sort != DiffSaid {
				out = append(out, x)
			}
		}
	}
	return out, nil
}
