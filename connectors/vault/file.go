package vault

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

// FileName is the key file's name inside the data folder.
const FileName = "vault.json"

const (
	formatFile = 1
	maxFile    = 64 << 10 // bytes
	maxSlots   = 16
)

// Kind names a way in.
type Kind string

// The kinds of slots.
const (
	Plain      Kind = "plain"      // none: whoever has the folder can read it
	Passphrase Kind = "passphrase" // 口令
	Recovery   Kind = "recovery"   // 恢复码
	Keyring    Kind = "keyring"    // the system's keyring
	Recipient  Kind = "recipient"  // an agency's age key
)

type file struct {
	Format  int       `json:"format"`
	ID      string    `json:"id"` // 32 hex digits, random
	Created time.Time `json:"created"`
	Changed time.Time `json:"changed"`
	Cipher  Cipher    `json:"cipher"`
	Check   []byte    `json:"check"` // nothing, sealed by the master key
	Slots   []slot    `json:"slots"`
}

type slot struct {
	Kind      Kind      `json:"kind"`
	Created   time.Time `json:"created"`
	KDF       *kdf      `json:"kdf,omitempty"`
	Salt      []byte    `json:"salt,omitempty"`
	Recipient string    `json:"recipient,omitempty"`
	Key       []byte    `json:"key"` // the master key, wrapped; bare in the plain slot
}

// parse reads a key file of unknown origin. It fails with ErrNewer or ErrDamaged.
func parse(data []byte) (file, error) {
	var f file
	bad := func(why string) (file, error) { return file{}, fmt.Errorf("%w: %s: %s", ErrDamaged, FileName, why) }
	if len(data) > maxFile {
		return bad("too long")
	}
	var head struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return bad("not JSON")
	}
	if head.Format > formatFile {
		return file{}, fmt.Errorf("%w: format %d", ErrNewer, head.Format)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return bad("unknown content")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return bad("something follows")
	}
	if id, err := hex.DecodeString(f.ID); err != nil || len(id) != 16 || f.Format != formatFile || formats[f.Cipher] == 0 || len(f.Check) != Overhead {
		return bad("head")
	}
	if len(f.Slots) == 0 || len(f.Slots) > maxSlots {
		return bad("number of slots")
	}
	for _, s := range f.Slots {
		if !s.sound() {
			return bad("slot " + string(s.Kind))
		}
	}
	return f, nil
}

func (s slot) sound() bool {
	wrapped := len(s.Key) == Overhead+KeySize
	switch s.Kind {
	case Plain:
		return len(s.Key) == KeySize
	case Passphrase:
		return wrapped && s.KDF != nil && s.KDF.sound() && len(s.Salt) == saltSize
	case Recovery, Keyring:
		return wrapped && s.KDF == nil && len(s.Salt) == saltSize
	case Recipient:
		return len(s.Key) > 0 && len(s.Key) <= 4096 && len(s.Recipient) <= 200
	}
	return false
}

func (f file) has(k Kind) bool {
	return slices.ContainsFunc(f.Slots, func(s slot) bool { return s.Kind == k })
}

func (f file) first(k Kind) (slot, bool) {
	i := slices.IndexFunc(f.Slots, func(s slot) bool { return s.Kind == k })
	if i < 0 {
		return slot{}, false
	}
	return f.Slots[i], true
}

// without gives a copy that lacks the slots of these kinds.
func (f file) without(kinds ...Kind) file {
	f.Slots = slices.DeleteFunc(slices.Clone(f.Slots), func(s slot) bool { return slices.Contains(kinds, s.Kind) })
	return f
}

// with gives a copy with one more slot.
func (f file) with(s slot) file {
	f.Slots = append(slices.Clone(f.Slots), s)
	return f
}

// lasting tells whether a person can always get in: without any protection, or by passphrase and recovery code.
func (f file) lasting() bool {
	if f.has(Plain) {
		return len(f.Slots) == 1
	}
	return f.has(Passphrase) && f.has(Recovery)
}

// write makes the file appear whole and durable under its name, or not at all.
func (f file) write(dir string) error {
	if !f.lasting() {
		return ErrOnlyWay
	}
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, FileName), append(data, '\n'))
}

func writeFile(path string, data []byte) error {
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".part-*")
	if err != nil {
		return err
	}
	_, err = part.Write(data)
	err = errors.Join(err, part.Sync(), part.Close())
	if err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	if runtime.GOOS == "windows" { // NTFS journals the rename and folders cannot be synced
		return nil
	}
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
