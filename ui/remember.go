package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

// The settings that keep the window as it was left.
const (
	keptSize  = "window" // "1180x760"; told also while the case file is locked
	keptPlace = "last"   // the open case's id and the step, "0197… assess"; sealed with the case file
)

// leastWindow and mostWindow bound the size that is taken up again, so that a damaged setting or a smaller screen leaves a window to work in.
var leastWindow, mostWindow = fyne.NewSize(1024, 640), fyne.NewSize(3840, 2160)

// fitWindow gives the window the size that it was left with.
func (u *UI) fitWindow() {
	var w, h float32
	if _, err := fmt.Sscanf(u.settings[keptSize], "%fx%f", &w, &h); err != nil || !u.cfg.Resume {
		return
	}
	size := fyne.NewSize(w, h).Max(leastWindow)
	u.win.Resize(fyne.NewSize(min(size.Width, mostWindow.Width), min(size.Height, mostWindow.Height)))
}

// resume opens the case and the step at which the window was left, once; a case that is gone leaves the 工作台.
func (u *UI) resume() {
	if !u.cfg.Resume || u.resumed || u.later != "" {
		return
	}
	u.resumed = true
	id, step, ok := strings.Cut(u.settings[keptPlace], " ")
	if !ok || !slices.Contains(wizard.Steps(), wizard.StepKey(step)) {
		return
	}
	u.run(u.T("busy.open"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.View(ctx, id)
	}, func(err error) {
		if err == nil && u.key == KeyHome {
			u.Go(wizard.StepKey(step))
		}
	})
}

// keepPlace keeps the case and step that are shown, so that also a window that ends by a crash is found again as it was.
func (u *UI) keepPlace() {
	if !u.cfg.Resume || u.locked || u.key == KeyHelp {
		return
	}
	place := ""
	if u.state != nil && slices.Contains(wizard.Steps(), wizard.StepKey(u.key)) {
		place = u.Case() + " " + u.key
	}
	if place != u.settings[keptPlace] && (place != "" || u.key == KeyHome) {
		u.keepQuietly(keptPlace, place)
	}
}

// keepSize keeps the window's size.
func (u *UI) keepSize() {
	if s := u.win.Canvas().Size(); u.cfg.Resume && s.Width > 0 {
		if now := fmt.Sprintf("%.0fx%.0f", s.Width, s.Height); now != u.settings[keptSize] {
			u.keepQuietly(keptSize, now)
		}
	}
}

// keepQuietly changes a setting; that it cannot be kept is no reason to get in the way.
func (u *UI) keepQuietly(key, value string) {
	u.settings[key] = value
	u.loop.Add(func(ctx context.Context) { _ = u.cfg.Desk.Settings.PutSetting(ctx, "ui."+key, value) }, func() {})
}
