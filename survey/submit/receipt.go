package submit

import (
	"crypto/ed25519"
	"fmt"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Receipt is the portal's signed word that it holds one revision with all its
// attachments (回执). It is the only proof of sending.
type Receipt struct {
	Number         string    `json:"number"` // for people, e.g. SY-2026-000117-1
	ID             string    `json:"id"`
	Revision       int       `json:"revision"`
	Kind           Kind      `json:"kind"`
	ManifestSHA256 string    `json:"manifestSha256"`
	Seq            int64     `json:"seq"` // the portal's own order, from 1
	ReceivedAt     time.Time `json:"receivedAt"`
	PortalKeyID    string    `json:"portalKeyId"`
	Signature      []byte    `json:"signature"` // Ed25519 over SigningBytes
}

// Issue makes the signed receipt for s under the portal's key.
func Issue(s Sealed, seq int64, at time.Time, key ed25519.PrivateKey) Receipt {
	r := Receipt{
		Number: number(seq, s.Submission.Revision, at), ID: s.Submission.ID, Revision: s.Submission.Revision,
		Kind: s.Submission.Kind, ManifestSHA256: s.SHA256, Seq: seq, ReceivedAt: second(at),
		PortalKeyID: KeyID(key.Public().(ed25519.PublicKey)),
	}
	r.Signature = ed25519.Sign(key, r.SigningBytes())
	return r
}

// number counts in the year of China Standard Time, as the offices do.
func number(seq int64, revision int, at time.Time) string {
	return fmt.Sprintf("SY-%d-%06d-%d", at.In(time.FixedZone("CST", 8*3600)).Year(), seq, revision)
}

// SigningBytes is what the portal signs: every field but the signature.
func (r Receipt) SigningBytes() []byte {
	return signing("shangyun-receipt-v1", map[string]any{
		"number": r.Number, "id": r.ID, "revision": r.Revision, "kind": r.Kind, "manifestSha256": r.ManifestSHA256,
		"seq": r.Seq, "receivedAt": r.ReceivedAt, "portalKeyId": r.PortalKeyID,
	})
}

// Verify checks that the receipt is for exactly s and is signed by pub. It fails
// with E0602 when another key signed, E0603 naming what does not belong.
func (r Receipt) Verify(pub ed25519.PublicKey, s Sealed) error {
	bad := func(detail string) error { return survey.Fail(survey.CodeReceipt, "submit.receipt", "%s", detail) }
	switch {
	case len(pub) != ed25519.PublicKeySize || r.PortalKeyID != KeyID(pub):
		return survey.Fail(survey.CodePortalKey, "submit.receipt", "回执由另一把密钥签发")
	case s.SHA256 != Digest(s.Bytes):
		return bad("本机封存的内容已变")
	case r.ID != s.Submission.ID:
		return bad("回执的申请编号不符")
	case r.Revision != s.Submission.Revision:
		return bad("回执的版本不符")
	case r.Kind != s.Submission.Kind:
		return bad("回执的申请类别不符")
	case r.ManifestSHA256 != s.SHA256:
		return bad("回执的内容摘要不符")
	case r.Number == "" || r.Seq < 1 || r.ReceivedAt.IsZero():
		return bad("回执不完整")
	case !ed25519.Verify(pub, r.SigningBytes(), r.Signature):
		return bad("回执的签名不符")
	}
	return nil
}

// Verify checks r for s under the pinned key or one that follows from it.
func (k Keyring) Verify(r Receipt, s Sealed) error {
	pub, err := k.Key(r.PortalKeyID)
	if err != nil {
		return err
	}
	return r.Verify(pub, s)
}

// Enrolment is what a device keeps of one portal after people compared the fingerprint.
type Enrolment struct {
	Address  string  `json:"address"` // https://host[:port], or http:// on this machine only
	Portal   string  `json:"portal"`  // the portal's own name, for people
	DeviceID string  `json:"deviceId"`
	Token    string  `json:"token"`         // secret: to be kept sealed, never logged; "" for a device with a key
	Key      string  `json:"key,omitempty"` // secret: seed of the device's Ed25519 key in 64 hex digits; it signs for short tokens
	Keys     Keyring `json:"keys"`
}
