package wizard

import (
	"context"

	"github.com/shangyuntong/shangyun/survey"
)

// Undo takes the newest edit back that is not taken back yet: its facts become what they were before, as new revisions, so that history keeps
// the edit and its undoing. Consents, requests, receipts, the bytes of attachments and the attachments that a sealed request uses stay. It fails
// with E0401 when there is nothing to take back.
func (d *Desk) Undo(ctx context.Context, id string) (*State, error) {
	return d.step(ctx, id, func(undo, _ []Saved) []Saved { return undo }, func(s Saved) (Mark, bool) { return Mark{Undo: s.ID}, false },
		"没有可以撤销的修改")
}

// Redo brings back what the last Undo took, as new revisions. An edit after an Undo ends this. It fails with E0401 when there is nothing to
// bring back.
func (d *Desk) Redo(ctx context.Context, id string) (*State, error) {
	return d.step(ctx, id, func(_, redo []Saved) []Saved { return redo }, func(s Saved) (Mark, bool) { return Mark{Redo: s.ID}, true },
		"没有可以重做的修改")
}

func (d *Desk) step(ctx context.Context, id string, which func(undo, redo []Saved) []Saved, mark func(Saved) (Mark, bool), none string) (*State, error) {
	const op = "wizard.undo"
	if d.History == nil {
		return nil, survey.Fail(survey.CodeNotReady, op, "此程序不带修改历史")
	}
	before, err := d.Cases.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := d.History.Saves(ctx, id)
	if err != nil {
		return nil, err
	}
	requests, err := d.Outbox.Requests(ctx, id)
	if err != nil {
		return nil, err
	}
	target, err := d.pick(ctx, id, which(chain(all)), requests)
	if err != nil {
		return nil, err
	}
	if target == nil {
		return nil, survey.Fail(survey.CodeNotReady, op, "%s", none)
	}
	facts, err := d.History.Recall(ctx, id, target.Facts)
	if err != nil {
		return nil, err
	}
	m, forth := mark(*target)
	after, err := turned(before, facts, forth)
	if err != nil {
		return nil, err
	}
	changes, err := Diff(before, after)
	if err != nil {
		return nil, err
	}
	st := d.Derive(ctx, after)
	if err := d.save(ctx, changes, &m, st); err != nil {
		return nil, err
	}
	return d.state(ctx, st)
}

// turned gives the case with the changed facts as they were before the changes or, forth, after them.
func turned(c *survey.Case, changes []FactChange, forth bool) (*survey.Case, error) {
	type key struct{ kind, id string }
	want := map[key]*survey.Fact{}
	for _, f := range changes {
		if want[key{f.Kind, f.ID}] = f.Old; forth {
			want[key{f.Kind, f.ID}] = f.New
		}
	}
	had, err := c.Facts()
	if err != nil {
		return nil, err
	}
	var facts []survey.Fact
	for _, f := range had {
		if _, changed := want[key{f.Kind, f.ID}]; !changed {
			facts = append(facts, f)
		}
	}
	for _, f := range changes {
		if v := want[key{f.Kind, f.ID}]; v != nil {
			facts = append(facts, *v)
		}
	}
	out := &survey.Case{ID: c.ID, Created: c.Created, AsOf: c.AsOf}
	return out, out.Assemble(facts)
}
