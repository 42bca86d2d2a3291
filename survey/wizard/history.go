package wizard

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Saved is one save of a case: who, when, and which facts.
type Saved struct {
	ID    string       `json:"id"` // stays the same for ever
	By    string       `json:"by"`
	At    time.Time    `json:"at"`
	First bool         `json:"first,omitempty"` // made the case
	Mark  *Mark        `json:"mark,omitempty"`  // what it takes or brings back; nil for an edit
	From  string       `json:"from,omitempty"`  // who sent the parcel that it came by
	Taken *time.Time   `json:"taken,omitempty"` // when that was taken
	Facts []FactChange `json:"-"`
}

// Mark tells which save another one takes back (撤销) or brings back (重做); one of the two is set.
type Mark struct {
	Undo string `json:"undo,omitempty"` // Saved.ID
	Redo string `json:"redo,omitempty"` // Saved.ID
}

// FactChange is one fact that a save wrote. Old is nil for a new fact, New for one taken out.
type FactChange struct {
	Kind, ID string
	Revision int
	Old, New *survey.Fact
}

// Turn is what one step of Undo or Redo would do.
type Turn struct {
	ID    string       `json:"id"` // Saved.ID
	By    string       `json:"by"`
	At    time.Time    `json:"at"`
	Count int          `json:"count"` // facts in it
	What  []Difference `json:"what"`  // of the first few facts, as the save made them
}

// told is how many facts of a turn are looked at to describe it.
const told = 6

// never tells the kinds that no undo touches: what a person consented to stays recorded.
func never(kind string) bool { return kind == "consent" }

// moment gives the time of a save: later than that of the save before even when the clock stands still, so that history tells saves apart.
// A clock that was really set back is believed.
func (d *Desk) moment() time.Time {
	at := d.Now()
	if late := d.last.Sub(at); late >= 0 && late < time.Second {
		at = d.last.Add(1)
	}
	d.last = at
	return at
}

// chain gives the saves that can be taken back and those that can be brought back, the next one last. It follows from the saves alone, so
// that it is the same after a restart. It begins anew where a parcel was taken.
func chain(all []Saved) (undo, redo []Saved) {
	byID := map[string]Saved{}
	without := func(list []Saved, id string) []Saved {
		return slices.DeleteFunc(list, func(s Saved) bool { return s.ID == id })
	}
	for _, s := range all {
		switch {
		case s.First:
		case s.Taken != nil: // what was undone before would take back what others built on it
			undo, redo = nil, nil
		case s.Mark == nil:
			if slices.ContainsFunc(s.Facts, func(f FactChange) bool { return !never(f.Kind) }) {
				undo, redo = append(undo, s), nil
				byID[s.ID] = s
			}
		case s.Mark.Undo != "":
			if was, ok := byID[s.Mark.Undo]; ok {
				undo, redo = without(undo, was.ID), append(redo, was)
			}
		default:
			if was, ok := byID[s.Mark.Redo]; ok {
				undo, redo = append(undo, was), without(redo, was.ID)
			}
		}
	}
	return undo, redo
}

// pick gives the last save of a chain that has something to turn, with those of its facts that may be turned.
func (d *Desk) pick(ctx context.Context, caseID string, list []Saved, requests []Request) (*Saved, error) {
	for _, s := range slices.Backward(list) {
		facts, err := d.movable(ctx, caseID, s.Facts, requests)
		if err != nil {
			return nil, err
		}
		if len(facts) > 0 {
			s.Facts = facts
			return &s, nil
		}
	}
	return nil, nil
}

// movable leaves out consents and the attachments that a sealed request uses.
func (d *Desk) movable(ctx context.Context, caseID string, facts []FactChange, requests []Request) ([]FactChange, error) {
	var out, papers []FactChange
	for _, f := range facts {
		switch {
		case never(f.Kind):
		case f.Kind == "attachment":
			papers = append(papers, f)
		default:
			out = append(out, f)
		}
	}
	if len(papers) == 0 {
		return out, nil
	}
	papers, err := d.History.Recall(ctx, caseID, papers)
	if err != nil {
		return nil, err
	}
	used, err := d.sealedFiles(ctx, requests)
	if err != nil {
		return nil, err
	}
	free := slices.DeleteFunc(slices.Clone(papers), func(f FactChange) bool { return used[digestOf(f.Old)] || used[digestOf(f.New)] })
	if len(free) < len(papers) { // those that only moved up or down beside one that stays have nothing to go back to
		free = slices.DeleteFunc(free, func(f FactChange) bool { return f.Old != nil && f.New != nil && bytes.Equal(f.Old.Data, f.New.Data) })
	}
	return append(out, free...), nil
}

// sealedFiles gives the digests of all files that some sealed request names.
func (d *Desk) sealedFiles(ctx context.Context, requests []Request) (map[string]bool, error) {
	used := map[string]bool{}
	for _, r := range requests {
		raw, err := d.Outbox.Bytes(ctx, r.ID, r.Revision)
		if err != nil {
			return nil, err
		}
		s, err := submit.Parse(raw)
		if err != nil {
			return nil, survey.Wrap(survey.CodeStoreDamaged, "wizard.history", err)
		}
		for _, a := range s.Submission.Attachments {
			used[a.SHA256] = true
		}
	}
	return used, nil
}

func digestOf(f *survey.Fact) string {
	var a survey.Attachment
	if f == nil || json.Unmarshal(f.Data, &a) != nil {
		return ""
	}
	return a.SHA256
}

// turns finds what Undo and Redo would do.
func (d *Desk) turns(ctx context.Context, st *State) error {
	if d.History == nil {
		return nil
	}
	all, err := d.History.Saves(ctx, st.Case.ID)
	if err != nil {
		return err
	}
	undo, redo := chain(all)
	if st.CanUndo, err = d.turn(ctx, st, undo); err != nil {
		return err
	}
	st.CanRedo, err = d.turn(ctx, st, redo)
	return err
}

func (d *Desk) turn(ctx context.Context, st *State, list []Saved) (*Turn, error) {
	s, err := d.pick(ctx, st.Case.ID, list, st.Requests)
	if s == nil || err != nil {
		return nil, err
	}
	t := &Turn{ID: s.ID, By: s.By, At: s.At, Count: len(s.Facts)}
	some, err := d.History.Recall(ctx, st.Case.ID, s.Facts[:min(told, len(s.Facts))])
	if err != nil {
		return nil, err
	}
	t.What = d.Differences(some)
	return t, nil
}
