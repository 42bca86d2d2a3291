package submit

import (
	"encoding/json"
	"time"
)

// Kind is what a request asks for; each has its own sections, consent and receipt.
type Kind string

// The kinds. Application (申报) goes to an office, Onboarding (上云对接) to one platform operator.
const (
	Application Kind = "application"
	Onboarding  Kind = "onboarding"
)

// Known tells whether k is one of the kinds.
func (k Kind) Known() bool { return k == Application || k == Onboarding }

// Format is the number of the manifest's own layout; Parse refuses others.
const Format = 1

// Limits of one request. The portal advertises the same numbers.
const (
	MaxManifest    = 1 << 20  // bytes of canonical JSON, the document included
	MaxBlob        = 2 << 30  // bytes of one attachment
	MaxPut         = 64 << 20 // bytes of one attachment that travels in one piece, and that the desktop keeps
	MaxAttachments = 200
)

// Blob names one attachment by its content. The same content may stand under
// several names; a name stands once.
type Blob struct {
	Name   string `json:"name"`   // file name without folders, ≤ 200 bytes, any script
	Role   string `json:"role"`   // what it is for, e.g. "application-docx"
	SHA256 string `json:"sha256"` // 64 lower-case hex digits
	Size   int64  `json:"size"`   // bytes, 0..MaxBlob
	Type   string `json:"type"`   // media type, e.g. "application/pdf"
}

// Consent is the firm's word for this very sending.
type Consent struct {
	Text      string    `json:"text"`      // the sentence that was shown and agreed to
	By        string    `json:"by"`        // who agreed
	At        time.Time `json:"at"`        // when, to the second
	Recipient string    `json:"recipient"` // who may read the request
}

// Summary is what the portal's list shows. An onboarding request carries
// neither amount nor level.
type Summary struct {
	FirmName   string `json:"firmName"`
	CreditCode string `json:"creditCode"` // 统一社会信用代码
	Region     string `json:"region"`
	Title      string `json:"title"`
	AmountFen  string `json:"amountFen"` // whole fen as a decimal string, "" where the request states no sum
	Level      string `json:"level"`     // "" where the request states none
}

// Submission is one revision of one request before it is sealed.
type Submission struct {
	Format         int             `json:"format"` // set by Seal
	ID             string          `json:"id"`     // UUIDv7, lower case, the same in all revisions
	Revision       int             `json:"revision"`
	Base           int             `json:"base"` // the revision this one replaces, 0 for the first
	Kind           Kind            `json:"kind"`
	FormVersion    string          `json:"formVersion"`
	Program        string          `json:"program,omitempty"` // version of the program that made it, e.g. "0.1.0"; old ones have none
	CaseID         string          `json:"caseId"`
	DeviceID       string          `json:"deviceId"`
	DeviceTime     time.Time       `json:"deviceTime"` // the device's own clock; no evidence
	Document       json.RawMessage `json:"document"`
	DocumentSHA256 string          `json:"documentSha256"` // of the canonical document; set by Seal
	Attachments    []Blob          `json:"attachments"`
	Consent        Consent         `json:"consent"`
	Summary        Summary         `json:"summary"`
}

// Sealed is a frozen submission: the bytes that travel and their digest.
type Sealed struct {
	Submission Submission
	Bytes      []byte // canonical JSON; must not be changed
	SHA256     string // of Bytes, 64 lower-case hex digits
}

// TotalSize is the number of bytes of all different attachments.
func (s Sealed) TotalSize() int64 {
	var sum int64
	seen := map[string]bool{}
	for _, b := range s.Submission.Attachments {
		if !seen[b.SHA256] {
			sum += b.Size
			seen[b.SHA256] = true
		}
	}
	return sum
}
