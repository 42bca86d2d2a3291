package main

import (
	"context"
	"fmt"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type historyCmd struct {
	ID string `help:"案卷编号，可只写开头；只有一个案卷时可省略。"`
	N  int    `short:"n" help:"只列最近几次，0 为全部。" default:"0"`
}

func (c *historyCmd) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		if _, err := d.View(r.ctx, id); err != nil {
			return err
		}
		past, err := d.Past(r.ctx, id, time.Time{})
		if err != nil {
			return err
		}
		if c.N > 0 && len(past) > c.N {
			past = past[:c.N]
		}
		if r.cli.JSON {
			return r.json(past)
		}
		for _, s := range past {
			fmt.Fprintf(r.out, "%s  %s  %s（%d 项）\n", s.At.Local().Format("2006-01-02 15:04:05"), s.By, wizard.Say(r.text.T).Step(s.Saved), len(s.Facts))
			r.tell(s.What)
		}
		return nil
	})
}

// tell prints differences, one on a line.
func (r *run) tell(list []wizard.Difference) {
	for _, x := range list {
		fmt.Fprintln(r.out, "  "+wizard.Say(r.text.T).Difference(x))
	}
}

type changesCmd struct {
	ID   string `help:"案卷编号，可只写开头；只有一个案卷时可省略。"`
	Kind string `help:"application 或 onboarding。" enum:"application,onboarding" default:"application"`
}

func (c *changesCmd) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.View(r.ctx, id)
		if err != nil {
			return err
		}
		sent := wizard.LastSent(st.Requests, submit.Kind(c.Kind))
		if sent == nil {
			return r.say(nil, "%s\n", r.text.T("history.since.never"))
		}
		list, err := d.ChangedSince(r.ctx, st, *sent)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, map[string]any{"revision": sent.Revision, "sealed": sent.Sealed, "receipt": sent.Receipt.Number, "changes": list})
		}
		fmt.Fprintln(r.out, r.text.T("history.since.sent", r.text.T("review.sent.revision", sent.Revision), sent.Sealed.Local().Format("2006-01-02 15:04:05")))
		if len(list) == 0 {
			fmt.Fprintln(r.out, r.text.T("history.since.none"))
		}
		r.tell(list)
		return nil
	})
}

type undoCmd struct {
	ID string `help:"案卷编号，可只写开头；只有一个案卷时可省略。"`
}

func (c *undoCmd) Run(r *run) error {
	return r.turn(c.ID, "history.undo.done", func(st *wizard.State) *wizard.Turn { return st.CanUndo }, (*wizard.Desk).Undo)
}

type redoCmd struct {
	ID string `help:"案卷编号，可只写开头；只有一个案卷时可省略。"`
}

func (c *redoCmd) Run(r *run) error {
	return r.turn(c.ID, "history.redo.done", func(st *wizard.State) *wizard.Turn { return st.CanRedo }, (*wizard.Desk).Redo)
}

// turn takes one step of the chain and says which.
func (r *run) turn(prefix, words string, next func(*wizard.State) *wizard.Turn, verb func(*wizard.Desk, context.Context, string) (*wizard.State, error)) error {
	return r.onCase(prefix, func(d *wizard.Desk, id string) error {
		st, err := d.Open(r.ctx, id)
		if err != nil {
			return err
		}
		what := next(st)
		if st, err = verb(d, r.ctx, id); err != nil {
			return err
		}
		return r.say(map[string]any{"id": id, "turned": what, "undo": st.CanUndo, "redo": st.CanRedo}, "%s\n", r.text.T(words, wizard.Say(r.text.T).Turn(what)))
	})
}
