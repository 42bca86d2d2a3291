package ui

import (
	"context"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/page"
)

// Find hands the cases over that a query leaves.
func (u *UI) Find(q wizard.Query, got func(wizard.Found)) {
	var found wizard.Found
	var err error
	u.loop.Add(func(ctx context.Context) { found, err = u.cfg.Desk.Search(ctx, q) }, func() {
		if err != nil {
			u.fail(err)
			return
		}
		got(found)
	})
}

// NewCase begins a case and opens it.
func (u *UI) NewCase(name string) {
	u.enter("", func(ctx context.Context, d *wizard.Desk) (*wizard.State, error) { return d.New(ctx, name) })
}

// Open opens a case at its first unfinished step.
func (u *UI) Open(caseID string) {
	if u.locked || u.key == KeyGuard {
		u.later = caseID
		return
	}
	u.Enter(caseID, "")
}

// Enter opens a case and turns to one of its pages that is no step; "" is the first unfinished step, or the check while the case is open for
// checking only.
func (u *UI) Enter(caseID, key string) {
	u.enter(key, func(ctx context.Context, d *wizard.Desk) (*wizard.State, error) { return d.View(ctx, caseID) })
}

// Many turns to a page about several cases.
func (u *UI) Many(key string, ids []string) {
	if p, ok := u.pageOf(key).(page.ManyTaker); ok {
		p.Take(ids)
		u.turn(key)
	}
}

// Adopt stores a case from the bytes of an exchange file under a new id and opens it.
func (u *UI) Adopt(file []byte) {
	u.enter("", func(ctx context.Context, d *wizard.Desk) (*wizard.State, error) {
		c, err := survey.DecodeCase(file)
		if err != nil {
			return nil, err
		}
		return d.Adopt(ctx, c)
	})
}

func (u *UI) enter(to string, get func(context.Context, *wizard.Desk) (*wizard.State, error)) {
	u.leave()
	u.run(u.T("busy.open"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return get(ctx, d)
	},
		func(err error) {
			if err != nil {
				u.fail(err)
				return
			}
			for key := range u.pages {
				if key != KeyHome && key != KeySettings {
					delete(u.pages, key)
				}
			}
			switch {
			case to != "":
				u.turn(to)
			case u.state.Checking != "":
				u.turn(KeyCheck)
			default:
				u.Go(wizard.FirstOpen(u.state))
			}
		})
}
