package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// lockCard is the part of the settings about passphrase and recovery code: set, change, remove, a new code, lock now. Put its place
// into the page and call show once.
type lockCard struct {
	a     Actions
	place *part.Slot

	old, fresh, again *part.TextField
}

func newLockCard(a Actions) *lockCard { return &lockCard{a: a, place: part.NewSlot(nil)} }

// show asks how the case file is guarded and lays the card out for it.
func (c *lockCard) show() {
	var st wizard.LockState
	c.a.Run("", func(_ context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		st = d.LockState()
		return nil, nil
	}, func(error) { c.lay(st) })
}

func (c *lockCard) lay(st wizard.LockState) {
	rows := keyValues(96, view.LockRows(c.a.T, st))
	secret := func(key, hint string) *part.TextField {
		return part.NewPasswordField(part.FieldSpec{Label: c.a.T("lock." + key), Hint: hint})
	}
	c.old, c.fresh, c.again = secret("old", ""), secret("new", c.a.T("lock.new.hint")), secret("again", "")
	if !st.Protected {
		c.place.Set(c.card(part.Notice(part.Warn, c.a.T("lock.none")), rows, c.fresh, c.again, part.HStack(10, part.Primary(c.a.T("lock.set"), "", c.protect))))
		return
	}
	keyring, on := c.a.T("lock.keyring.add"), !st.Keyring
	if st.Keyring {
		keyring = c.a.T("lock.keyring.drop")
	}
	ways := part.Flow(10, part.Secondary(keyring, "key", func() { c.keyring(on) }), part.Secondary(c.a.T("lock.agency.add"), "person", c.addAgency))
	if len(st.Agencies) > 0 {
		ways.Add(part.Secondary(c.a.T("lock.agency.drop"), "", c.dropAgencies))
	}
	c.place.Set(c.card(part.Notice(part.OK, c.a.T("lock.on")), rows, ways, part.Hairline(), c.old, part.Columns(12, nil, c.fresh, c.again), part.Flow(10,
		part.Primary(c.a.T("lock.now"), "lock", c.lockNow), part.Secondary(c.a.T("lock.change"), "", c.protect),
		part.Secondary(c.a.T("lock.recovery"), "", c.renew), part.Danger(c.a.T("lock.remove"), "", c.remove))))
}

// keyring lets the system's keyring open the case file as well, or no longer.
func (c *lockCard) keyring(on bool) {
	c.way(func(ctx context.Context, d *wizard.Desk) error { return d.UseKeyring(ctx, on) })
}

func (c *lockCard) addAgency() {
	c.a.Prompt(Prompt{Title: c.a.T("lock.agency.title"), Text: c.a.T("lock.agency.text"), Label: c.a.T("lock.agency.label"), Placeholder: "age1…", Yes: c.a.T("lock.agency.add")}, func(key string) {
		if key == "" {
			return
		}
		c.way(func(ctx context.Context, d *wizard.Desk) error { return d.AddAgency(ctx, key) })
	})
}

func (c *lockCard) dropAgencies() {
	c.way(func(ctx context.Context, d *wizard.Desk) error { return d.AddAgency(ctx, "") })
}

// way changes one of the other ways in; a failure is told as a message.
func (c *lockCard) way(do func(ctx context.Context, d *wizard.Desk) error) {
	c.a.Run(c.a.T("lock.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return nil, do(ctx, d)
	}, func(error) { c.show() })
}

func (c *lockCard) card(parts ...fyne.CanvasObject) fyne.CanvasObject {
	return part.Card(c.a.T("lock.section"), nil, part.VStack(14, parts...))
}

// verb runs one of the lock's verbs; what is refused stands beside the field where the person can mend it.
func (c *lockCard) verb(at *part.TextField, do func(ctx context.Context, d *wizard.Desk) (code string, err error), then func(code string)) {
	var code string
	var refused error
	c.a.Run(c.a.T("lock.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		code, refused = do(ctx, d)
		return nil, nil
	}, func(error) {
		if refused != nil {
			at.SetError(c.a.ErrorText(refused))
			return
		}
		then(code)
	})
}

func (c *lockCard) protect() {
	old, fresh := c.old.Value(), c.fresh.Value()
	if fresh != c.again.Value() {
		c.again.SetError(c.a.T("lock.different"))
		return
	}
	c.again.SetError("")
	c.verb(c.fresh, func(ctx context.Context, d *wizard.Desk) (string, error) { return d.Protect(ctx, old, fresh) }, func(code string) {
		if code == "" {
			c.a.Say(c.a.T("lock.changed"))
		}
		c.done(code)
	})
}

func (c *lockCard) renew() {
	old := c.old.Value()
	c.verb(c.old, func(ctx context.Context, d *wizard.Desk) (string, error) { return d.NewRecovery(ctx, old) }, c.done)
}

func (c *lockCard) remove() {
	old := c.old.Value()
	c.a.Ask(c.a.T("lock.remove.title"), c.a.T("lock.remove.text"), c.a.T("lock.remove"), func() {
		c.verb(c.old, func(ctx context.Context, d *wizard.Desk) (string, error) { return "", d.Unprotect(ctx, old) }, func(string) {
			c.a.Say(c.a.T("lock.removed"))
			c.a.Keep(wizard.GuardSetting, wizard.GuardNone)
			c.show()
		})
	})
}

func (c *lockCard) lockNow() {
	c.a.Run("", func(_ context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		d.LockNow()
		return nil, nil
	}, nil)
}

// done shows a recovery code the one time it can be shown; without one the card begins anew.
func (c *lockCard) done(code string) {
	if code == "" {
		c.show()
		return
	}
	c.a.Keep(wizard.GuardSetting, "passphrase")
	c.place.Set(c.card(recoveryCard(c.a, code, c.show)))
}
