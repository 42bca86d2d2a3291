package ui

import (
	"context"

	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Look runs a long look at the network beside the other verbs, one at a time: the person goes on working. Each event and the end come on
// the UI goroutine. Closing the window stops it.
func (u *UI) Look(look func(ctx context.Context, d *wizard.Desk, tell func(scan.Event)) error, each func(scan.Event), then func(error)) {
	var err error
	u.looks.Add(func(ctx context.Context) {
		err = look(ctx, u.cfg.Desk, func(e scan.Event) { u.looks.UI(func() { each(e) }) })
	}, func() { then(err) })
}

// Remember keeps something for a page that is made anew.
func (u *UI) Remember(key string, what any) {
	if u.kept == nil {
		u.kept = map[string]any{}
	}
	u.kept[key] = what
}

// Remembered gives what was kept, nil when there is none.
func (u *UI) Remembered(key string) any { return u.kept[key] }

// StopLook stops the look that is under way; what it found until then comes with its end.
func (u *UI) StopLook() { u.looks.Cancel() }
