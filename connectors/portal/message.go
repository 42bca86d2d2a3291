package portal

import (
	"crypto/ed25519"
	"time"

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

// Status tells where a request stands. Its entity tag, in the ETag header too, is what If-Match names.
type Status struct {
	ID       string           `json:"id"`
	State    submit.State     `json:"state"`
	Revision int              `json:"revision"` // the last one with a receipt, 0 for none
	Note     string           `json:"note"`     // words of the last decision
	Version  int              `json:"version"`  // counts every change
	Decision *submit.Decision `json:"decision,omitempty"`
	Step     submit.Step      `json:"step,omitempty"` // of the platform operator
}

// Change is one row of the feed.
type Change struct {
	Seq      int64        `json:"seq"`
	ID       string       `json:"id"`
	Kind     submit.Kind  `json:"kind"`
	Revision int          `json:"revision"`
	Type     string       `json:"type"`
	State    submit.State `json:"state"`
	At       time.Time    `json:"at"` // for people; the order is that of seq
}

// Changes answers what happened after a number; Next is the number to go on from.
type Changes struct {
	Changes []Change `json:"changes"`
	Next    int64    `json:"next"`
}

// Decide asks for a decision.
type Decide struct {
	Event   submit.Event    `json:"event"`
	Reasons []submit.Reason `json:"reasons"`
	Note    string          `json:"note"`
}

// Decided answers it. Waits: a second person must confirm.
type Decided struct {
	State    submit.State     `json:"state"`
	Version  int              `json:"version"`
	Waits    bool             `json:"waits"`
	Decision *submit.Decision `json:"decision,omitempty"`
}

// Decisions lists the signed decisions about a request, oldest first.
type Decisions struct {
	Decisions []submit.Decision `json:"decisions"`
}

// Answer is what a platform operator says; its files were put before.
type Answer struct {
	Step     submit.Step   `json:"step"`
	Note     string        `json:"note"`
	QuoteFen string        `json:"quoteFen"`
	GoLive   string        `json:"goLive"`
	Months   int           `json:"months"`
	Files    []submit.Blob `json:"files"`
}

// Answers lists the signed answers to a request, oldest first.
type Answers struct {
	Answers []submit.Answer `json:"answers"`
}

// Challenge is what a device signs to get a token.
type Challenge struct {
	Nonce string `json:"nonce"`
}

// AskToken asks for a token: Signature is the device's, over ChallengeBytes.
type AskToken struct {
	DeviceID  string `json:"deviceId"`
	Nonce     string `json:"nonce"`
	Signature []byte `json:"signature"`
}

// Token is short-lived. ExpiresIn counts from the answer, so that a wrong clock does not matter.
type Token struct {
	Token     string `json:"token"`
	ExpiresIn int    `json:"expiresIn"` // seconds
}

// ChallengeBytes is what a device signs.
func ChallengeBytes(deviceID, nonce string) []byte {
	return []byte("shangyun-device-token-v1\n" + deviceID + "\n" + nonce)
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
	Put         int64 `json:"put"` // a larger blob goes to /v1/uploads
	Attachments int   `json:"attachments"`
}

// Enrol asks to know a device. The device makes its own key pair (or secret), so
// that the same enrolment repeated (a lost answer) gives the same result.
type Enrol struct {
	Code       string            `json:"code"`     // printed by the portal, used once
	DeviceID   string            `json:"deviceId"` // UUIDv7 made by the device
	DeviceName string            `json:"deviceName"`
	PublicKey  ed25519.PublicKey `json:"publicKey,omitempty"` // of the device; it then gets short tokens by /v1/token
	Secret     string            `json:"secret,omitempty"`    // instead of a key: 64 lower-case hex digits from a random source
}

// Enrolled answers; Token is for all further calls of a device with a secret, "" for one with a key.
type Enrolled struct {
	DeviceID string `json:"deviceId"`
	Token    string `json:"token"` // sent as "Authorization: Bearer <token>"
	Portal   string `json:"portal"`
}

// Health answers /healthz.
type Health struct {
	Status string `json:"status"` // "ok"
}
