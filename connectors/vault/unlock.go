package vault

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/zalando/go-keyring"
)

// Unlock opens the vault with the passphrase. It fails with a *WaitError before the delay after wrong tries is over, else with ErrWrong,
// and costs about a second on purpose. A passphrase slot of lower strength than today's is wrapped anew.
func (v *Vault) Unlock(passphrase string, at time.Time) error {
	return v.try(at, func(f file) ([]byte, error) { return f.byPassphrase(passphrase) }, func(s file, master []byte) (file, bool, error) {
		old, _ := s.first(Passphrase)
		if !old.KDF.weaker() {
			return s, false, nil
		}
		fresh, err := s.passphraseSlot(passphrase, master, old.Created)
		return s.without(Passphrase).with(fresh), err == nil, nil // a passphrase that is too short today still opens
	})
}

// UnlockRecovery opens the vault with the printed code. A mistyped one fails with ErrMistyped and costs no delay.
func (v *Vault) UnlockRecovery(code string, at time.Time) error {
	secret, err := readCode(code)
	if err != nil {
		return err
	}
	return v.try(at, func(f file) ([]byte, error) {
		s, ok := f.first(Recovery)
		if !ok {
			return nil, ErrNoSlot
		}
		by, err := fromSecret(secret, s.Salt, Recovery)
		if err != nil {
			return nil, err
		}
		return f.unwrap(s, by)
	}, nil)
}

// UnlockKeyring opens the vault with the secret that the system's keyring keeps for it; nobody is asked.
func (v *Vault) UnlockKeyring() error {
	f := v.snapshot()
	s, ok := f.first(Keyring)
	if !ok {
		return ErrNoSlot
	}
	stored, err := keyring.Get(service, f.ID)
	if err != nil {
		return fmt.Errorf("%w: keyring: %w", ErrWrong, err)
	}
	by, err := fromSecret([]byte(stored), s.Salt, Keyring)
	if err != nil {
		return err
	}
	master, err := f.unwrap(s, by)
	if err != nil {
		return err
	}
	return v.take(master, false)
}

// maxIdentity bounds an identity file, in bytes.
const maxIdentity = 64 << 10

// IsIdentity tells whether text looks like an age identity file: comments and lines that begin with AGE-SECRET-KEY-.
func IsIdentity(text string) bool {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "AGE-SECRET-KEY-") {
			return true
		}
	}
	return false
}

// UnlockIdentity opens the vault with an agency's age identity: the line AGE-SECRET-KEY-1… or the whole file that age-keygen writes. It
// fails with ErrMistyped when it is none, without a delay, and with ErrWrong when no slot is for it.
func (v *Vault) UnlockIdentity(text string, at time.Time) error {
	if len(text) > maxIdentity {
		return ErrMistyped
	}
	ids, err := age.ParseIdentities(strings.NewReader(text))
	if err != nil {
		return ErrMistyped
	}
	return v.try(at, func(f file) ([]byte, error) {
		if !f.has(Recipient) {
			return nil, ErrNoSlot
		}
		for _, s := range f.Slots {
			if s.Kind != Recipient {
				continue
			}
			if master, err := decrypt(s.Key, ids...); err == nil {
				return master, nil
			}
		}
		return nil, ErrWrong
	}, nil)
}

// Verify tells whether the passphrase is the one, under the same delay as Unlock.
func (v *Vault) Verify(passphrase string, at time.Time) error {
	return v.attempt(at, func() error {
		master, err := v.snapshot().byPassphrase(passphrase)
		clear(master)
		return err
	})
}

func (v *Vault) snapshot() file {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.file
}

func (f file) byPassphrase(passphrase string) ([]byte, error) {
	s, ok := f.first(Passphrase)
	if !ok {
		return nil, ErrNoSlot
	}
	return f.unwrap(s, s.KDF.key(passphrase, s.Salt))
}

// try gets the master key by open and keeps it; better may give a file to be written with it.
func (v *Vault) try(at time.Time, open func(file) ([]byte, error), better func(file, []byte) (file, bool, error)) error {
	return v.attempt(at, func() error {
		f := v.snapshot()
		master, err := open(f)
		if err != nil {
			return err
		}
		if err := v.take(bytes.Clone(master), false); err != nil {
			return err
		}
		if better != nil {
			if next, changed, err := better(f, master); err == nil && changed {
				_ = v.store(next, at) // the way in works as it is
			}
		}
		clear(master)
		return nil
	})
}

// attempt counts a try before it is made, so that a program killed meanwhile does not forget it, and forgets all after a right one.
func (v *Vault) attempt(at time.Time, do func() error) error {
	v.trying.Lock()
	defer v.trying.Unlock()
	if left := v.tries.left(at); left > 0 {
		return &WaitError{left}
	}
	had := v.tries
	v.tries = tries{Failures: had.Failures + 1, Last: at.UTC()}
	_ = v.tries.write(v.dir) // on a full disk the count stands in memory only
	err := do()
	if err == nil {
		v.tries = tries{}
		_ = v.tries.write(v.dir)
	}
	return err
}
