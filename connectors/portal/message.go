package portal

import (
	"crypto/ed25519"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// Announced answers an announcement and says what a commit still needs.
type Announced struct {
	State   submit.State `json:"state"`
	Missing []string     `json:"missing"` // SHA-256 of the blobs to put, in the manifest's order
}

// Commit is the body of a commit.
type Commit struct {
	ManifestSHA256 string `json:"manifestSha256"`
}

// Stored answers a blob that is safe on the portal's disk.
type Stored struct {
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// Status tells where a request stands.
type Status struct {
	ID       string       `json:"id"`
	State    submit.State `json:"state"`
	Revision int          `json:"revision"` // the last one with a receipt, 0 for none
	Note     string       `json:"note"`     // words of the last decision
}

// Key is the portal's present key with every change since its first.
type Key struct {
	Portal      string               `json:"portal"`
	PublicKey   ed25519.PublicKey    `json:"publicKey"`
	KeyID       string               `json:"keyId"`
	Fingerprint string               `json:"fingerprint"` // for people
	Rotations   []submit.KeyRotation `json:"rotations"`
	Limits      Limits               `json:"limits"`
}

// Limits advertises what the portal takes.
type Limits struct {
	Manifest    int64 `json:"manifest"`
	Blob        int64 `json:"blob"`
	Attachments int   `json:"attachments"`
}

// Enrol asks to know a device. The device makes its own secret, so that the
// same enrolment repeated (a lost answer) gives the same result.
type Enrol struct {
	Code       string `json:"code"`     // printed by the portal, used once
	DeviceID   string `json:"deviceId"` // UUIDv7 made by the device
	DeviceName string `json:"deviceName"`
	Secret     string `json:"secret"` // 64 lower-case hex digits from a random source
}

// Enrolled answers with the token for all further calls.
type Enrolled struct {
	DeviceID string `json:"deviceId"`
	Token    string `json:"token"` // sent as "Authorization: Bearer <token>"
	Portal   string `json:"portal"`
}

// Health answers /healthz.
type Health struct {
	Status string `json:"status"` // "ok"
}
