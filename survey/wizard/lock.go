package wizard

import (
	"context"

	"github.com/shangyuntong/shangyun/survey"
)

// LockState tells whether the case file is locked (上锁) and whether a passphrase is set.
func (d *Desk) LockState() LockState {
	if d.Lock == nil {
		return LockState{}
	}
	return d.Lock.LockState(d.Now())
}

// Unlock opens the case file with the passphrase, the recovery code or the text of an age identity file; E0308 tells why it does not.
func (d *Desk) Unlock(ctx context.Context, secret string) error {
	if d.Lock == nil {
		return nil
	}
	return d.Lock.Unlock(ctx, secret, d.Now())
}

// LockNow locks the case file; without a passphrase it does nothing.
func (d *Desk) LockNow() {
	d.viewed = nil
	if d.Lock != nil {
		d.Lock.Lock()
	}
}

// Protect sets the passphrase, or changes it given the old one or the recovery code. The first time it gives a recovery code, which is to
// be shown once and kept nowhere.
func (d *Desk) Protect(ctx context.Context, old, passphrase string) (recovery string, err error) {
	if d.Lock == nil {
		return "", noLock()
	}
	return d.Lock.Protect(ctx, old, passphrase, d.Now())
}

// Unprotect takes the passphrase away: whoever gets the folder can read it from then on.
func (d *Desk) Unprotect(ctx context.Context, passphrase string) error {
	if d.Lock == nil {
		return noLock()
	}
	return d.Lock.Unprotect(ctx, passphrase, d.Now())
}

// GuardSetting is the window's setting that keeps how the person chose to guard the case file: "passphrase" or GuardNone, "" before she was
// asked.
const (
	GuardSetting = "lock.chosen"
	GuardNone    = "none"
)

// GoUnguarded records that the person chose to set no passphrase, so that the window's first start does not ask; E0401 while one is set.
func (d *Desk) GoUnguarded(ctx context.Context) error {
	if d.LockState().Protected {
		return survey.Fail(survey.CodeNotReady, "wizard.lock", "已经设有口令；要取消请用取消口令")
	}
	return d.Settings.PutSetting(ctx, "ui."+GuardSetting, GuardNone)
}

// NewRecovery gives a new recovery code, which is to be shown once; the old one opens nothing any more.
func (d *Desk) NewRecovery(ctx context.Context, passphrase string) (recovery string, err error) {
	if d.Lock == nil {
		return "", noLock()
	}
	return d.Lock.NewRecovery(ctx, passphrase, d.Now())
}

// UnlockByKeyring opens the case file by the system's keyring when the person chose that way; E0308 otherwise.
func (d *Desk) UnlockByKeyring(ctx context.Context) error {
	if d.Ways == nil {
		return noLock()
	}
	return d.Ways.UnlockKeyring(ctx)
}

// UseKeyring lets the system's keyring open the case file as well, or no longer.
func (d *Desk) UseKeyring(ctx context.Context, on bool) error {
	if d.Ways == nil {
		return noLock()
	}
	return d.Ways.Keyring(ctx, on, d.Now())
}

// AddAgency lets an agency's age key open the case file as well; "" takes all of them away.
func (d *Desk) AddAgency(ctx context.Context, recipient string) error {
	if d.Ways == nil {
		return noLock()
	}
	return d.Ways.Recipient(ctx, recipient, d.Now())
}

// ChooseCipher seals by CipherAES or CipherSM4 from now on; E0401 once something is stored.
func (d *Desk) ChooseCipher(ctx context.Context, cipher string) error {
	if d.Ways == nil {
		return noLock()
	}
	return d.Ways.ChooseCipher(ctx, cipher, d.Now())
}

func noLock() error {
	return survey.Fail(survey.CodeNotReady, "wizard.lock", "这个程序不能给案卷上锁")
}
