package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
)

// Cipher names how bytes are sealed.
type Cipher string

// The ciphers. The first byte of everything sealed tells which one it was.
const (
	AES256GCM Cipher = "aes-256-gcm"
	SM4GCM    Cipher = "sm4-gcm" // GB/T 32907, GB/T 36624; its 128-bit key is drawn from the 256-bit one by HKDF-SM3
)

const (
	// KeySize is the length of every key in bytes.
	KeySize = 32
	// Overhead is how many bytes a seal adds: format, nonce and tag.
	Overhead  = 1 + nonceSize + 16
	nonceSize = 12
)

var formats = map[Cipher]byte{AES256GCM: 1, SM4GCM: 2}

// Key seals and opens. It is safe for use by several goroutines.
type Key struct {
	format byte
	aead   cipher.AEAD
}

// RandomKey gives KeySize random bytes.
func RandomKey() []byte {
	raw := make([]byte, KeySize)
	_, _ = rand.Read(raw) // never fails; the runtime stops the program instead
	return raw
}

func newKey(c Cipher, raw []byte) (*Key, error) {
	if len(raw) != KeySize {
		return nil, errors.New("key has a wrong length")
	}
	block, err := blockOf(c, raw)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	return &Key{formats[c], aead}, err
}

func blockOf(c Cipher, raw []byte) (cipher.Block, error) {
	switch c {
	case AES256GCM:
		return aes.NewCipher(raw)
	case SM4GCM:
		short, err := hkdf.Expand(sm3.New, raw, "shangyun sm4", sm4.BlockSize)
		if err != nil {
			return nil, err
		}
		defer clear(short)
		return sm4.NewCipher(short)
	}
	return nil, fmt.Errorf("%w: cipher %q", ErrNewer, c)
}

// Seal encrypts plain under a random 96-bit nonce. What is sealed opens only with the same place, the spot it belongs to.
func (k *Key) Seal(place, plain []byte) []byte {
	out := make([]byte, 1+nonceSize, Overhead+len(plain))
	out[0] = k.format
	_, _ = rand.Read(out[1:])
	return k.aead.Seal(out, out[1:], plain, place)
}

// Open gives back what Seal was given. It fails with ErrDamaged when a bit was changed, the place is another or the key is not the one.
func (k *Key) Open(place, sealed []byte) ([]byte, error) {
	if len(sealed) < Overhead || sealed[0] != k.format {
		return nil, fmt.Errorf("%w: not a seal of this kind", ErrDamaged)
	}
	plain, err := k.aead.Open(nil, sealed[1:1+nonceSize], sealed[1+nonceSize:], place)
	if err != nil {
		return nil, fmt.Errorf("%w: seal does not match", ErrDamaged)
	}
	return plain, nil
}
