package vault

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

const saltSize = 16

// MinPassphrase is how many characters a passphrase has at least.
const MinPassphrase = 8

// kdf are the parameters of Argon2id (RFC 9106).
type kdf struct {
	Name    string `json:"name"`
	Time    uint32 `json:"time"`    // passes
	Memory  uint32 `json:"memory"`  // KiB
	Threads uint8  `json:"threads"` // lanes
}

// strength is what new passphrase slots get; weaker ones are upgraded when they are used.
var strength = kdf{Name: "argon2id", Time: 3, Memory: 64 << 10, Threads: 4}

// sound bounds the parameters, so that a foreign file cannot make the program eat all memory or wait for ever.
func (k kdf) sound() bool {
	return k.Name == "argon2id" && k.Time >= 1 && k.Time <= 32 && k.Memory >= 8 && k.Memory <= 1<<20 && k.Threads >= 1 && k.Threads <= 32
}

func (k kdf) weaker() bool { return k.Time < strength.Time || k.Memory < strength.Memory }

func (k kdf) key(passphrase string, salt []byte) []byte {
	return argon2.IDKey([]byte(passphrase), salt, k.Time, k.Memory, k.Threads, KeySize)
}

func newSalt() []byte {
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt)
	return salt
}

// fromSecret draws a wrapping key from a secret that is random already.
func fromSecret(secret, salt []byte, use Kind) ([]byte, error) {
	return hkdf.Key(sha256.New, secret, salt, "shangyun "+string(use), KeySize)
}

// slotPlace binds a wrapped key to its vault, its kind and its parameters.
func (f file) slotPlace(s slot) []byte {
	p := "vault|" + f.ID + "|" + string(s.Kind) + "|"
	if s.KDF != nil {
		p += fmt.Sprintf("%s,%d,%d,%d", s.KDF.Name, s.KDF.Time, s.KDF.Memory, s.KDF.Threads)
	}
	return []byte(p)
}

func (f file) wrap(s slot, by, master []byte) (slot, error) {
	k, err := newKey(f.Cipher, by)
	clear(by)
	if err != nil {
		return slot{}, err
	}
	s.Key = k.Seal(f.slotPlace(s), master)
	return s, nil
}

func (f file) unwrap(s slot, by []byte) ([]byte, error) {
	k, err := newKey(f.Cipher, by)
	clear(by)
	if err != nil {
		return nil, err
	}
	master, err := k.Open(f.slotPlace(s), s.Key)
	if err != nil {
		return nil, ErrWrong
	}
	return master, nil
}

func (f file) passphraseSlot(passphrase string, master []byte, at time.Time) (slot, error) {
	if utf8.RuneCountInString(passphrase) < MinPassphrase {
		return slot{}, ErrWeak
	}
	how := strength
	s := slot{Kind: Passphrase, Created: at.UTC(), KDF: &how, Salt: newSalt()}
	return f.wrap(s, how.key(passphrase, s.Salt), master)
}

// recoverySlot makes a new code and its slot.
func (f file) recoverySlot(master []byte, at time.Time) (slot, string, error) {
	code := newCode()
	s := slot{Kind: Recovery, Created: at.UTC(), Salt: newSalt()}
	secret, err := readCode(code)
	if err != nil {
		return slot{}, "", err
	}
	by, err := fromSecret(secret, s.Salt, Recovery)
	if err != nil {
		return slot{}, "", err
	}
	s, err = f.wrap(s, by, master)
	return s, code, err
}
