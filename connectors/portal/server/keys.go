package server

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// Keys is the portal's signing key and the rotations that led to it. It lives
// in one file with mode 0600, replaced as a whole.
type Keys struct {
	private   ed25519.PrivateKey
	rotations []submit.KeyRotation
}

type keyFile struct {
	Seed      []byte               `json:"seed"`
	Rotations []submit.KeyRotation `json:"rotations"`
}

// LoadKeys reads the key file at path, making it from random when it is absent.
func LoadKeys(path string, random io.Reader) (*Keys, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		k := &Keys{rotations: []submit.KeyRotation{}}
		if k.private, err = newKey(random); err != nil {
			return nil, err
		}
		return k, k.save(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read portal key: %w", err)
	}
	var f keyFile
	if err := json.Unmarshal(b, &f); err != nil || len(f.Seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("portal key file is damaged")
	}
	k := &Keys{private: ed25519.NewKeyFromSeed(f.Seed), rotations: f.Rotations}
	return k, k.unbroken()
}

// Rotate makes a new key, signs it under the present one and saves both.
func (k *Keys) Rotate(path string, random io.Reader, at time.Time) error {
	next, err := newKey(random)
	if err != nil {
		return err
	}
	r := submit.Rotate(k.private, next.Public().(ed25519.PublicKey), at)
	changed := &Keys{private: next, rotations: append(k.Rotations(), r)}
	if err := changed.save(path); err != nil {
		return err
	}
	*k = *changed
	return nil
}

// Public is the present public key.
func (k *Keys) Public() ed25519.PublicKey { return k.private.Public().(ed25519.PublicKey) }

// Rotations gives every change of key, oldest first.
func (k *Keys) Rotations() []submit.KeyRotation {
	return append([]submit.KeyRotation{}, k.rotations...)
}

// unbroken refuses a file whose rotations do not lead to its key.
func (k *Keys) unbroken() error {
	for i, r := range k.rotations {
		next := k.Public()
		if i+1 < len(k.rotations) {
			next = k.rotations[i+1].Old
		}
		if r.Verify() != nil || !r.New.Equal(next) {
			return fmt.Errorf("portal key file: rotation %d does not lead to the next key", i+1)
		}
	}
	return nil
}

func (k *Keys) save(path string) error {
	b, err := json.Marshal(keyFile{Seed: k.private.Seed(), Rotations: k.rotations})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("save portal key: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "key-*") // mode 0600
	if err != nil {
		return fmt.Errorf("save portal key: %w", err)
	}
	_, err = tmp.Write(b)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err == nil {
		err = errors.Join(os.Rename(tmp.Name(), path), syncFolder(filepath.Dir(path)))
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
		return fmt.Errorf("save portal key: %w", err)
	}
	return nil
}

// syncFolder makes the rename survive a power cut: devices pin this very key.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // NTFS journals the rename and folders cannot be synced
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func newKey(random io.Reader) (ed25519.PrivateKey, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, fmt.Errorf("make portal key: %w", err)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// Ring trusts the portal's first key and all that followed it.
func (k *Keys) Ring() submit.Keyring {
	ring := submit.Keyring{Pinned: k.Public(), Rotations: k.Rotations()}
	if len(ring.Rotations) > 0 {
		ring.Pinned = ring.Rotations[0].Old
	}
	return ring
}
