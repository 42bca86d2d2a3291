package ui

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/page"
	"github.com/shangyuntong/shangyun/ui/part"
)

// Pages of the lock: the one shown while the case file is locked, and the one that asks at the first start how to guard it.
const (
	KeyLock  = "lock"
	KeyGuard = "guard"
)

// defaultIdle is how long nothing has to happen before the window locks a case file that has a passphrase.
const defaultIdle = 10 * time.Minute

// idleAfter reads the setting lock.minutes; 0 is never.
func idleAfter(minutes string) time.Duration {
	if n, err := strconv.Atoi(minutes); err == nil && n >= 0 && n <= 24*60 {
		return time.Duration(n) * time.Minute
	}
	return defaultIdle
}

// readSettings reads how the window looks and, unless the case file is locked, what else is set.
func readSettings(ctx context.Context, d *wizard.Desk) (settings map[string]string, locked bool, err error) {
	settings = map[string]string{}
	locked = d.LockState().Locked
	keys := []string{"language", "dark", "large", keptSize} // the case file tells these also while it is locked
	if !locked {
		keys = append(keys, "folder", "lock.minutes", wizard.GuardSetting, keptPlace)
	}
	for _, key := range keys {
		if settings[key], err = d.Settings.Setting(ctx, "ui."+key); err != nil && survey.CodeOf(err) != survey.CodeLocked {
			return settings, locked, err
		}
	}
	if locked {
		return settings, true, nil
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
	u.settings, u.locked, u.guard = settings, locked, u.cfg.Desk.LockState().Protected
	u.text = u.cfg.Texts["zh"]
	if t, ok := u.cfg.Texts[settings["language"]]; ok {
		u.text = t
	}
}

// begin shows the first page: the lock while the case file is locked, the choice how to guard it until that was made, else the 工作台.
// Where the person chose the system's keyring it is asked silently, once: not again after a lock by hand or by idleness.
func (u *UI) begin() {
	switch {
	case u.locked:
		u.turn(KeyLock)
		if u.cfg.Desk.LockState().Keyring {
			u.loop.Add(func(ctx context.Context) { _ = u.cfg.Desk.UnlockByKeyring(ctx) }, u.followLock) // when it gives nothing the page asks
		}
	case u.cfg.Desk.Lock != nil && !u.guard && u.settings[wizard.GuardSetting] == "":
		u.turn(KeyGuard)
	default:
		place := u.settings[keptPlace]
		u.Home()
		u.settings[keptPlace] = place
		u.openLater()
		u.resume()
	}
}

func (u *UI) openLater() {
	if id := u.later; id != "" {
		u.later = ""
		u.Open(id)
	}
}

// Lock saves what the page still holds and locks the case file now; without a passphrase nothing happens.
func (u *UI) Lock() {
	u.leave()
	u.loop.Add(func(context.Context) { u.cfg.Desk.LockNow() }, u.followLock)
}

// lockKey is Ctrl+L.
var lockKey = &desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierShortcutDefault}

// lockByKey locks by Ctrl+L, also while an entry has the focus; true when it was that key.
func (u *UI) lockByKey(k fyne.Shortcut) bool {
	if c, ok := k.(*desktop.CustomShortcut); !ok || *c != *lockKey || u.locked || !u.guard {
		return false
	}
	u.Lock()
	return true
}

// showLock offers the rail's button that locks while a passphrase is set.
func (u *UI) showLock() {
	t := part.RailTurn{Label: u.T("lock.rail")}
	if u.guard {
		t.OnTap = u.Lock
	}
	u.rail.SetLock(t)
}

// followLock turns to the lock page or back when a verb has locked or unlocked the case file.
func (u *UI) followLock() {
	st := u.cfg.Desk.LockState()
	if st.Locked == u.locked {
		if u.guard != st.Protected {
			u.guard = st.Protected
			u.showLock()
		}
		u.countDown()
		return
	}
	if u.locked {
		u.Reload("")
		return
	}
	u.locked = true
	for _, o := range u.win.Canvas().Overlays().List() { // a question may name the firm
		u.win.Canvas().Overlays().Remove(o)
	}
	u.anew()
	u.turn(KeyLock)
}

// anew forgets the open case and everything shown.
func (u *UI) anew() {
	u.state, u.saved, u.key = nil, "", ""
	u.build()
	u.win.SetContent(u.toaster)
}

// Reload reads the settings, begins again with what the case file holds now, and says a short notice.
func (u *UI) Reload(said string) {
	var settings map[string]string
	var locked bool
	var err error
	u.loop.Add(func(ctx context.Context) { settings, locked, err = readSettings(ctx, u.cfg.Desk) }, func() {
		u.take(settings, locked)
		if err != nil { // the words are those of the beginning; the cases can be used
			u.fail(err)
		}
		u.style()
		u.anew()
		u.begin()
		if said != "" {
			u.Say(said)
		}
	})
}

// countDown tells the page how long the next try has to wait, each second until that is over.
func (u *UI) countDown() {
	if u.count != nil {
		u.count.Stop()
	}
	c, ok := u.pages[u.key].(page.Counter)
	if !ok {
		return
	}
	left := u.cfg.Desk.LockState().Wait
	c.Count(left)
	if left > 0 && !u.loop.inline {
		u.count = time.AfterFunc(min(left, time.Second), func() { fyne.Do(u.countDown) })
	}
}

// look is how often the idle time is looked at: a computer that slept must lock when it wakes, and timers sleep as well.
const look = 20 * time.Second

// touch begins the idle time anew.
func (u *UI) touch() {
	u.worked = u.cfg.Desk.Now().Round(0) // the wall's clock goes on while the computer sleeps
	u.Watch()
}

// Watch locks when nothing was done for the time that is set, and otherwise looks again later.
func (u *UI) Watch() {
	if u.idle != nil {
		u.idle.Stop()
	}
	after := idleAfter(u.settings["lock.minutes"])
	if u.locked || !u.guard || after == 0 {
		return
	}
	left := after - u.cfg.Desk.Now().Round(0).Sub(u.worked)
	if left <= 0 {
		u.Lock()
		return
	}
	if !u.loop.inline {
		u.idle = time.AfterFunc(min(left, look), func() { fyne.Do(u.Watch) })
	}
}

// bare is a page without rail, header and foot.
func bare(p page.Page) (fyne.CanvasObject, bool) {
	header, body, foot := p.Parts()
	return body, header == nil && foot == nil
}
