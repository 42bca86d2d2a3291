package vault

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Vault is the key file of one folder. Its methods may be called from any goroutine.
type Vault struct {
	dir string

	trying sync.Mutex // one try at a time, so that none slips past the delay
	tries  tries

	mu     sync.RWMutex
	file   file
	master []byte // nil while locked
	key    *Key
}

// Options tell how a vault begins. Without a passphrase it has the plain slot only.
type Options struct {
	Passphrase string
	Keyring    bool     // also by the system's keyring
	Recipients []string // also by these age recipients (age1…)
	Cipher     Cipher   // "" is AES256GCM
}

// Create makes the vault of the folder and leaves it unlocked. With a passphrase it gives the recovery code, which is written nowhere:
// show it once. It fails with ErrExists, ErrWeak, and ErrOnlyWay when a keyring or recipient is asked for without a passphrase.
func Create(dir string, o Options, at time.Time) (v *Vault, recovery string, err error) {
	if _, err := os.Lstat(filepath.Join(dir, FileName)); err == nil {
		return nil, "", ErrExists
	}
	if o.Passphrase == "" && (o.Keyring || len(o.Recipients) > 0) {
		return nil, "", ErrOnlyWay
	}
	if o.Cipher == "" {
		o.Cipher = AES256GCM
	}
	v = &Vault{dir: dir}
	if err := v.begin(o.Cipher, at); err != nil {
		return nil, "", err
	}
	if o.Passphrase == "" {
		return v, "", v.file.write(dir)
	}
	if recovery, err = v.Change("", o.Passphrase, at); err != nil {
		return nil, "", err
	}
	if o.Keyring {
		err = v.AddKeyring(at)
	}
	for _, r := range o.Recipients {
		err = errors.Join(err, v.AddRecipient(r, at))
	}
	return v, recovery, err
}

// Open reads the vault of the folder. One with a plain slot is unlocked at once. It fails with fs.ErrNotExist, ErrDamaged or ErrNewer.
func Open(dir string) (*Vault, error) {
	sweep(dir)
	f, err := os.Open(filepath.Join(dir, FileName))
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	v := &Vault{dir: dir, tries: readTries(dir)}
	if v.file, err = parse(data); err != nil {
		return nil, err
	}
	if s, ok := v.file.first(Plain); ok {
		return v, v.take(append([]byte{}, s.Key...), false)
	}
	return v, nil
}

// Reload reads the key file anew after it was exchanged under the program. The key in memory stays when it is still the one, else the
// vault is locked, unless the new file has a plain slot.
func (v *Vault) Reload() error {
	fresh, err := Open(v.dir)
	if err != nil {
		return err
	}
	v.trying.Lock()
	v.tries = fresh.tries
	v.trying.Unlock()
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.file.ID == fresh.file.ID && v.key != nil {
		v.file = fresh.file
		return nil
	}
	clear(v.master)
	v.file, v.master, v.key = fresh.file, fresh.master, fresh.key
	return nil
}

// Renew makes it another vault with a cipher of choice, a new key and the plain slot only: what the old one sealed is lost. It fails
// with ErrExists when a passphrase is set. For folders that hold nothing yet.
func (v *Vault) Renew(c Cipher, at time.Time) error {
	if v.Protected() {
		return ErrExists
	}
	if formats[c] == 0 {
		return ErrNoSlot
	}
	next := &Vault{dir: v.dir}
	if err := next.begin(c, at); err != nil {
		return err
	}
	if err := next.file.write(v.dir); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.file, v.master, v.key = next.file, next.master, next.key
	return nil
}

// begin gives an empty vault its number, its key and the plain slot; nothing is written.
func (v *Vault) begin(c Cipher, at time.Time) error {
	id := make([]byte, 16)
	_, _ = rand.Read(id)
	v.file = file{Format: formatFile, ID: hex.EncodeToString(id), Created: at.UTC(), Changed: at.UTC(), Cipher: c}
	if err := v.take(RandomKey(), true); err != nil {
		return err
	}
	v.file = v.file.with(slot{Kind: Plain, Created: at.UTC(), Key: append([]byte{}, v.master...)})
	return nil
}

// take makes master the key in memory once it opens the check; first writes the check.
func (v *Vault) take(master []byte, first bool) error {
	k, err := newKey(v.file.Cipher, master)
	if err != nil {
		return err
	}
	place := []byte("vault|" + v.file.ID + "|check|")
	if first {
		v.file.Check = k.Seal(place, nil)
	}
	if _, err := k.Open(place, v.file.Check); err != nil {
		return fmt.Errorf("%s: %w", FileName, err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.master, v.key = master, k
	return nil
}

// Locked tells whether the master key is not in memory.
func (v *Vault) Locked() bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.key == nil
}

// Protected tells whether a passphrase is needed to get in.
func (v *Vault) Protected() bool { return !v.Has(Plain) }

// ID tells vaults apart; it is no secret.
func (v *Vault) ID() string { return v.snapshot().ID }

// CopyTo writes the key file in force into another folder, e.g. beside backups.
func (v *Vault) CopyTo(dir string) error { return v.snapshot().write(dir) }

// Has tells whether there is a slot of this kind.
func (v *Vault) Has(k Kind) bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.file.has(k)
}

// Cipher tells how this vault seals.
func (v *Vault) Cipher() Cipher { return v.snapshot().Cipher }

// Recipients lists the age recipients that can open the vault as well.
func (v *Vault) Recipients() []string {
	var out []string
	for _, s := range v.snapshot().Slots {
		if s.Kind == Recipient {
			out = append(out, s.Recipient)
		}
	}
	return out
}

// Lock clears the master key. A vault with a plain slot has nothing to lock and stays open.
func (v *Vault) Lock() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.file.has(Plain) {
		return
	}
	clear(v.master)
	v.master, v.key = nil, nil
}

// Wait is how long the next try has to wait.
func (v *Vault) Wait(at time.Time) time.Duration {
	v.trying.Lock()
	defer v.trying.Unlock()
	return v.tries.left(at)
}

// Seal seals under the master key, Open opens it again; both fail with ErrLocked while locked, Open with ErrDamaged (see Key).
func (v *Vault) Seal(place, plain []byte) ([]byte, error) {
	k, err := v.now()
	if err != nil {
		return nil, err
	}
	return k.Seal(place, plain), nil
}

// Open opens what Seal sealed.
func (v *Vault) Open(place, sealed []byte) ([]byte, error) {
	k, err := v.now()
	if err != nil {
		return nil, err
	}
	return k.Open(place, sealed)
}

// Key makes a key of this vault's cipher from KeySize bytes.
func (v *Vault) Key(raw []byte) (*Key, error) { return newKey(v.Cipher(), raw) }

// Derive draws KeySize bytes for another purpose than sealing from the master key: the same for the same purpose for as long as the vault
// lives, whatever passphrase opens it. It fails with ErrLocked while locked.
func (v *Vault) Derive(purpose string) ([]byte, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.key == nil {
		return nil, ErrLocked
	}
	return hkdf.Expand(sha256.New, v.master, "shangyun "+purpose, KeySize)
}

func (v *Vault) now() (*Key, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.key == nil {
		return nil, ErrLocked
	}
	return v.key, nil
}

// sweep removes half-written files that a crash left; none was in force. What cannot be removed now is removed another time.
func sweep(dir string) {
	left, _ := filepath.Glob(filepath.Join(globEscape.Replace(dir), "vault.*.part-*"))
	for _, path := range left {
		_ = os.Remove(path)
	}
}

var globEscape = strings.NewReplacer(`[`, `[[]`, `*`, `[*]`, `?`, `[?]`)

// Absent tells whether err means that the folder has no vault.
func Absent(err error) bool { return errors.Is(err, fs.ErrNotExist) }
