package vault

import (
	"errors"
	"fmt"
	"time"
)

// What stands in the way, for callers that answer differently to each.
var (
	// ErrLocked: the master key is not in memory.
	ErrLocked = errors.New("vault is locked")
	// ErrWrong: the passphrase, recovery code or identity is not the one.
	ErrWrong = errors.New("passphrase or code is wrong")
	// ErrMistyped: a recovery code whose check part does not fit; it was not tried and costs no delay.
	ErrMistyped = errors.New("recovery code is mistyped")
	// ErrWeak: a passphrase with fewer than MinPassphrase characters.
	ErrWeak = errors.New("passphrase is too short")
	// ErrNoSlot: there is no such way in.
	ErrNoSlot = errors.New("vault has no such slot")
	// ErrNoKeyring: this system has no keyring that keeps a secret.
	ErrNoKeyring = errors.New("system keyring is not there")
	// ErrOnlyWay: a keyring or recipient slot would be the only way in besides nothing.
	ErrOnlyWay = errors.New("a passphrase with a recovery code is needed first")
	// ErrDamaged: vault.json or something sealed is not what was written.
	ErrDamaged = errors.New("sealed content is damaged")
	// ErrNewer: a newer program wrote it.
	ErrNewer = errors.New("vault was written by a newer version")
	// ErrExists: the folder has a vault already.
	ErrExists = errors.New("vault exists already")
)

// WaitError refuses a try that comes too early after wrong ones.
type WaitError struct{ Left time.Duration }

// Error tells how long to wait.
func (e *WaitError) Error() string { return fmt.Sprintf("wait %s before the next try", e.Left) }
