package vault

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"filippo.io/age"
	"github.com/zalando/go-keyring"
)

// service is the name under which the system's keyring keeps secrets of this program.
const service = "shangyun"

// Change sets the passphrase. The first one takes the place of the plain slot and gives a recovery code, to be shown once; later ones
// need the old passphrase and leave the other ways in as they are. The vault must be unlocked.
func (v *Vault) Change(old, passphrase string, at time.Time) (recovery string, err error) {
	f, master, err := v.unlocked()
	if err != nil {
		return "", err
	}
	defer clear(master)
	if f.has(Passphrase) {
		if err := v.Verify(old, at); err != nil {
			return "", err
		}
	}
	s, err := f.passphraseSlot(passphrase, master, at)
	if err != nil {
		return "", err
	}
	f = f.without(Passphrase, Plain).with(s)
	if !f.has(Recovery) {
		var r slot
		if r, recovery, err = f.recoverySlot(master, at); err != nil {
			return "", err
		}
		f = f.with(r)
	}
	return recovery, v.store(f, at)
}

// Reset sets a new passphrase without the old one, for who came in by the recovery code. The vault must be unlocked.
func (v *Vault) Reset(passphrase string, at time.Time) error {
	f, master, err := v.unlocked()
	if err != nil {
		return err
	}
	defer clear(master)
	s, err := f.passphraseSlot(passphrase, master, at)
	if err != nil {
		return err
	}
	return v.store(f.without(Passphrase).with(s), at)
}

// Remove takes passphrase, recovery code and every other way in away and leaves the plain slot: whoever has the folder can then read it.
func (v *Vault) Remove(passphrase string, at time.Time) error {
	f, master, err := v.unlocked()
	if err != nil {
		return err
	}
	if err := v.Verify(passphrase, at); err != nil {
		clear(master)
		return err
	}
	f.Slots = []slot{{Kind: Plain, Created: at.UTC(), Key: master}}
	if err := v.store(f, at); err != nil {
		return err
	}
	_ = keyring.Delete(service, f.ID) // an absent keyring keeps nothing
	return nil
}

// NewRecovery replaces the recovery code; the old one opens nothing any more. Show the new one once.
func (v *Vault) NewRecovery(passphrase string, at time.Time) (string, error) {
	f, master, err := v.unlocked()
	if err != nil {
		return "", err
	}
	defer clear(master)
	if err := v.Verify(passphrase, at); err != nil {
		return "", err
	}
	s, code, err := f.recoverySlot(master, at)
	if err != nil {
		return "", err
	}
	return code, v.store(f.without(Recovery).with(s), at)
}

// AddKeyring adds a way in by the system's keyring. It fails with ErrOnlyWay unless there is a passphrase and
// with ErrNoKeyring when the system has none.
func (v *Vault) AddKeyring(at time.Time) error {
	f, master, err := v.unlocked()
	if err != nil {
		return err
	}
	defer clear(master)
	if !f.has(Passphrase) || !f.has(Recovery) {
		return ErrOnlyWay
	}
	secret := hex.EncodeToString(RandomKey())
	s := slot{Kind: Keyring, Created: at.UTC(), Salt: newSalt()}
	by, err := fromSecret([]byte(secret), s.Salt, Keyring)
	if err != nil {
		return err
	}
	if s, err = f.wrap(s, by, master); err != nil {
		return err
	}
	if err := keyring.Set(service, f.ID, secret); err != nil {
		return fmt.Errorf("%w: %w", ErrNoKeyring, err)
	}
	return v.store(f.without(Keyring).with(s), at)
}

// AddRecipient adds an agency's age recipient (age1…) as a second way in. It fails with ErrOnlyWay unless there is a passphrase and
// with ErrMistyped when it is no recipient.
func (v *Vault) AddRecipient(recipient string, at time.Time) error {
	f, master, err := v.unlocked()
	if err != nil {
		return err
	}
	defer clear(master)
	if !f.has(Passphrase) || !f.has(Recovery) {
		return ErrOnlyWay
	}
	to, err := age.ParseX25519Recipient(recipient)
	if err != nil {
		return ErrMistyped
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return err
	}
	if _, err := w.Write(master); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return v.store(f.with(slot{Kind: Recipient, Created: at.UTC(), Recipient: to.String(), Key: out.Bytes()}), at)
}

// Drop takes the keyring slot or all recipient slots away; passphrase and recovery code stay. It fails with ErrNoSlot when there is
// none of that kind. The vault must be unlocked.
func (v *Vault) Drop(k Kind, at time.Time) error {
	f, master, err := v.unlocked()
	if err != nil {
		return err
	}
	clear(master)
	if k != Keyring && k != Recipient || !f.has(k) {
		return ErrNoSlot
	}
	if err := v.store(f.without(k), at); err != nil {
		return err
	}
	if k == Keyring {
		_ = keyring.Delete(service, f.ID) // what stays there opens nothing any more
	}
	return nil
}

func decrypt(data []byte, ids ...age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(data), ids...)
	if err != nil {
		return nil, err
	}
	master, err := io.ReadAll(io.LimitReader(r, KeySize+1))
	if err == nil && len(master) != KeySize {
		err = errors.New("wrong length")
	}
	return master, err
}

// unlocked gives the file and a copy of the master key.
func (v *Vault) unlocked() (file, []byte, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.key == nil {
		return file{}, nil, ErrLocked
	}
	return v.file, bytes.Clone(v.master), nil
}

// store writes f and only then holds to it.
func (v *Vault) store(f file, at time.Time) error {
	f.Changed = at.UTC()
	if len(f.Slots) > maxSlots {
		return errors.New("too many slots")
	}
	if err := f.write(v.dir); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.file = f
	return nil
}
