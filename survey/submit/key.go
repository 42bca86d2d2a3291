package submit

import (
	"crypto/ed25519"
	"encoding/json"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// KeyID is the fingerprint of a public key: the first 128 bits of its SHA-256
// in 32 lower-case hex digits.
func KeyID(pub ed25519.PublicKey) string { return Digest(pub)[:32] }

// Fingerprint is the key id in eight groups of four, for people to compare
// (密钥指纹): "3f2a 90c1 …".
func Fingerprint(pub ed25519.PublicKey) string {
	id := KeyID(pub)
	groups := make([]string, 0, 8)
	for i := 0; i < len(id); i += 4 {
		groups = append(groups, id[i:i+4])
	}
	return strings.Join(groups, " ")
}

// SameFingerprint compares what a person typed with the key: case, spaces and
// dashes do not count, every digit does.
func SameFingerprint(typed string, pub ed25519.PublicKey) bool {
	folded := strings.ToLower(survey.HalfWidth(typed))
	return strings.NewReplacer(" ", "", "-", "", ":", "").Replace(folded) == KeyID(pub)
}

// KeyRotation is the portal's word, given under its old key, that a new key follows.
type KeyRotation struct {
	Old       ed25519.PublicKey `json:"old"`
	New       ed25519.PublicKey `json:"new"`
	At        time.Time         `json:"at"`
	Signature []byte            `json:"signature"`
}

// Rotate signs the change from old to the key next.
func Rotate(old ed25519.PrivateKey, next ed25519.PublicKey, at time.Time) KeyRotation {
	r := KeyRotation{Old: old.Public().(ed25519.PublicKey), New: next, At: second(at)}
	r.Signature = ed25519.Sign(old, r.SigningBytes())
	return r
}

// SigningBytes is what the old key signs.
func (r KeyRotation) SigningBytes() []byte {
	return signing("shangyun-key-rotation-v1", map[string]any{
		"old": []byte(r.Old), "new": []byte(r.New), "at": r.At,
	})
}

// Verify checks the signature under Old; E0602 when it does not hold.
func (r KeyRotation) Verify() error {
	switch {
	case len(r.Old) != ed25519.PublicKeySize || len(r.New) != ed25519.PublicKeySize:
		return survey.Fail(survey.CodePortalKey, "submit.rotation", "换钥记录不完整")
	case !ed25519.Verify(r.Old, r.SigningBytes(), r.Signature):
		return survey.Fail(survey.CodePortalKey, "submit.rotation", "换钥记录不是旧密钥签的")
	}
	return nil
}

// Keyring is what a device trusts of one portal: the key pinned at enrolment
// and the rotations that were told since.
type Keyring struct {
	Pinned    ed25519.PublicKey `json:"pinned"`
	Rotations []KeyRotation     `json:"rotations"` // in any order; only an unbroken, signed chain from Pinned counts
}

// Key finds the trusted key with that id: Pinned or one that follows from it by
// rotations each signed under the key before. E0602 otherwise.
func (k Keyring) Key(id string) (ed25519.PublicKey, error) {
	if len(k.Pinned) != ed25519.PublicKeySize {
		return nil, survey.Fail(survey.CodePortalKey, "submit.key", "没有登记时固定的密钥")
	}
	at, rest := k.Pinned, k.Rotations
	for range len(k.Rotations) + 1 {
		if KeyID(at) == id {
			return at, nil
		}
		next, ok := successor(at, rest)
		if !ok {
			break
		}
		at = next
	}
	return nil, survey.Fail(survey.CodePortalKey, "submit.key", "签名密钥不是登记时固定的那把，也不是由它换来的")
}

func successor(old ed25519.PublicKey, rotations []KeyRotation) (ed25519.PublicKey, bool) {
	for _, r := range rotations {
		if r.Old.Equal(old) && r.Verify() == nil {
			return r.New, true
		}
	}
	return nil, false
}

// signing gives canonical bytes under a name of their own, so that a signature
// over one kind of thing never passes for another.
func signing(domain string, fields map[string]any) []byte {
	raw, err := json.Marshal(fields)
	if err != nil {
		return nil
	}
	b, err := Canonical(raw)
	if err != nil {
		return nil
	}
	return append([]byte(domain+"\n"), b...)
}
