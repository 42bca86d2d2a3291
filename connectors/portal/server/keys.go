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
	"slices"
	"sync"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// Keys is the portal's signing key and the rotations that led to it. It lives
// in one file with mode 0600, replaced as a whole. Keys may be used from several
// goroutines.
type Keys struct {
	path string

	mu        sync.RWMutex
	private   ed25519.PrivateKey
	rotations []submit.KeyRotation
	seen      fs.FileInfo // the file as it was last judged
}

// ErrKeyFile is a key file that cannot be read as one or does not hold together.
var ErrKeyFile = errors.New("portal key file is damaged")

type keyFile struct {
	Seed      []byte               `json:"seed"`
	Rotations []submit.KeyRotation `json:"rotations"`
}

// LoadKeys reads the key file at path, making it from random when it is absent.
func LoadKeys(path string, random io.Reader) (*Keys, error) {
	k, err := readKeys(path)
	if errors.Is(err, fs.ErrNotExist) {
		k = &Keys{path: path, rotations: []submit.KeyRotation{}}
		if k.private, err = newKey(random); err != nil {
			return nil, err
		}
		if err = k.save(); err == nil {
			k.seen, err = os.Stat(path)
		}
	}
	if err != nil {
		return nil, err
	}
	return k, nil
}

func readKeys(path string) (*Keys, error) {
	seen, err := os.Stat(path) // before the content: what is written in between is read again
	if err != nil {
		return nil, fmt.Errorf("read portal key: %w", err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read portal key: %w", err)
	}
	var f keyFile
	if err := json.Unmarshal(b, &f); err != nil || len(f.Seed) != ed25519.SeedSize {
		return nil, ErrKeyFile
	}
	k := &Keys{path: path, private: ed25519.NewKeyFromSeed(f.Seed), rotations: f.Rotations, seen: seen}
	return k, k.unbroken()
}

// Refresh takes over the key of a file that was rotated since it was last read.
// It costs one look at the file's time and size when nothing changed. A key that
// no rotation signed under the present one leads to is not taken: the present
// key stays and the error says so, once per change of the file.
func (k *Keys) Refresh() error {
	now, err := os.Stat(k.path)
	if err != nil {
		return fmt.Errorf("look at portal key: %w", err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.seen != nil && os.SameFile(k.seen, now) && k.seen.Size() == now.Size() && k.seen.ModTime().Equal(now.ModTime()) {
		return nil
	}
	k.seen = now
	next, err := readKeys(k.path)
	if err != nil {
		return err
	}
	ring := submit.Keyring{Pinned: publicOf(k.private), Rotations: next.rotations}
	if _, err := ring.Key(submit.KeyID(publicOf(next.private))); err != nil {
		return fmt.Errorf("portal key file holds a key that was not rotated under the present one: %w", err)
	}
	k.private, k.rotations, k.seen = next.private, next.rotations, next.seen
	return nil
}

// Rotate makes a new key, signs it under the present one and saves both. A
// portal that is running takes it over by Refresh.
func (k *Keys) Rotate(random io.Reader, at time.Time) error {
	private, err := newKey(random)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	changed := &Keys{path: k.path, private: private}
	changed.rotations = append(slices.Clone(k.rotations), submit.Rotate(k.private, publicOf(private), at))
	if err := changed.save(); err != nil {
		return err
	}
	k.private, k.rotations = changed.private, changed.rotations
	k.seen, err = os.Stat(k.path)
	return err
}

func publicOf(private ed25519.PrivateKey) ed25519.PublicKey {
	return private.Public().(ed25519.PublicKey)
}

// signing gives the present private key.
func (k *Keys) signing() ed25519.PrivateKey {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.private
}

// Public is the present public key.
func (k *Keys) Public() ed25519.PublicKey { return publicOf(k.signing()) }

// present gives the public key and the rotations that led to it, as of one moment.
func (k *Keys) present() (ed25519.PublicKey, []submit.KeyRotation) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return publicOf(k.private), append([]submit.KeyRotation{}, k.rotations...)
}

// Rotations gives every change of key, oldest first.
func (k *Keys) Rotations() []submit.KeyRotation {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return append([]submit.KeyRotation{}, k.rotations...)
}

// unbroken refuses a file whose rotations do not lead to its key.
func (k *Keys) unbroken() error {
	for i, r := range k.rotations {
		next := publicOf(k.private)
		if i+1 < len(k.rotations) {
			next = k.rotations[i+1].Old
		}
		if r.Verify() != nil || !r.New.Equal(next) {
			return fmt.Errorf("%w: rotation %d does not lead to the next key", ErrKeyFile, i+1)
		}
	}
	return nil
}

func (k *Keys) save() error {
	path := k.path
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
		err = errors.Join(os.Rename(tmp.Name(), path), syncFolder(filepath.Dir(path)), syncFolder(filepath.Dir(filepath.Dir(path))))
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
	k.mu.RLock()
	defer k.mu.RUnlock()
	ring := submit.Keyring{Pinned: publicOf(k.private), Rotations: slices.Clone(k.rotations)}
	if len(ring.Rotations) > 0 {
		ring.Pinned = ring.Rotations[0].Old
	}
	return ring
}

func (k *Keys) id() string { return submit.KeyID(k.Public()) }

func (k *Keys) fingerprint() string { return submit.Fingerprint(k.Public()) }
