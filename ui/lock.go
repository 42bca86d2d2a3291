package ui

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/page"
)

// KeyLock is the page shown while the case file is locked.
const KeyLock = "lock"

// defaultIdle is how long nothing has to happen before the window locks a case file that has a passphrase.
const defaultIdle = 10 * time.Minute

// idleAfter reads the setting lock.minutes; 0 is never.
func idleAfter(minutes string) time.Duration {
	if n, err := strconv.Atoi(minutes); err == nil && n >= 0 && n <= 24*60 {
		return time.Duration(n) * time.Minute
	}
	return defaultIdle
}

// readSettings reads how the window looks; while locked it cannot know and gives nothing.
func readSettings(ctx context.Context, d *wizard.Desk) (settings map[string]string, locked bool, err error) {
	settings = map[string]string{}
	if d.LockState().Locked {
		return settings, true, nil
	}
	for _, key := range []string{"language", "dark", "large", "folder", "lock.minutes"} {
		if settings[key], err = d.Settings.Setting(ctx, "ui."+key); err != nil {
			return settings, false, err
		}
	}
	e, err := d.Enrolment(ctx)
	if e != nil {
		settings[keyPortal] = "yes"
	}
	return settings, false, err
}

// keyPortal stands beside the settings and tells whether a portal is enrolled.
const keyPortal = "portal"

// enrolled tells whether a portal is enrolled: as the open case's state says, else as it was when the window began.
func (u *UI) enrolled() bool {
	if u.state != nil {
		return u.state.Enrolment != nil
	}
	return u.settings[keyPortal] == "yes"
}

// take makes settings those of the window.
func (u *UI) take(settings map[string]string, locked bool) {
	u.settings, u.locked = settings, locked
	u.text = u.cfg.Texts["zh"]
	if t, ok := u.cfg.Texts[settings["language"]]; ok {
		u.text = t
	}
}

// Lock saves what the page still holds and locks the case file now; without a passphrase nothing happens.
func (u *UI) Lock() {
	u.leave()
	u.loop.Add(func(context.Context) { u.cfg.Desk.LockNow() }, u.followLock)
}

// followLock turns to the lock page or back when a verb has locked or unlocked the case file.
func (u *UI) followLock() {
	if locked := u.cfg.Desk.LockState().Locked; locked == u.locked {
		return
	}
	if u.locked {
		u.unlocked()
		return
	}
	u.locked = true
	for _, o := range u.win.Canvas().Overlays().List() { // a question may name the firm
		u.win.Canvas().Overlays().Remove(o)
	}
	u.state, u.saved = nil, ""
	u.key = ""
	u.build()
	u.win.SetContent(u.toaster)
	u.turn(KeyLock)
}

// unlocked reads the settings and goes on where the window was asked to begin.
func (u *UI) unlocked() {
	var settings map[string]string
	var locked bool
	var err error
	u.loop.Add(func(ctx context.Context) { settings, locked, err = readSettings(ctx, u.cfg.Desk) }, func() {
		u.take(settings, locked)
		if err != nil { // the words are those of the beginning; the cases can be used
			u.fail(err)
		}
		u.style()
		u.key = ""
		u.build()
		u.win.SetContent(u.toaster)
		u.Home()
		if id := u.later; id != "" {
			u.later = ""
			u.Open(id)
		}
	})
}

// touch begins the idle time anew.
func (u *UI) touch() {
	if u.idle != nil {
		u.idle.Stop()
	}
	after := idleAfter(u.settings["lock.minutes"])
	if u.loop.inline || u.locked || after == 0 {
		return
	}
	u.idle = time.AfterFunc(after, func() { fyne.Do(u.Lock) })
}

// bare is a page without rail, header and foot.
func bare(p page.Page) (fyne.CanvasObject, bool) {
	header, body, foot := p.Parts()
	return body, header == nil && foot == nil
}
