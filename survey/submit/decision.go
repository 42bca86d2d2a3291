package submit

import (
	"crypto/ed25519"
	"fmt"
	"slices"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Reason is one place that a decision names (退回意见).
type Reason struct {
	Pointer string `json:"pointer"` // RFC 6901, into the manifest; "" for the request as a whole
	Code    string `json:"code"`    // one of ReasonCodes
	Text    string `json:"text"`    // for the firm, ≤ 2000 bytes
}

// ReasonCode is one entry of the closed, append-only list of reasons; Name is its Chinese term.
type ReasonCode struct{ Code, Name string }

// ReasonCodes lists the reasons: F what was filled in, T dates, A amounts, D papers, P the programme's conditions.
var ReasonCodes = []ReasonCode{
	{"F01", "必填未填"}, {"F02", "填写有误"}, {"F03", "与证照不一致"},
	{"T01", "日期前后不合"}, {"T02", "超出规定期限"},
	{"A01", "计算有误"}, {"A02", "金额与凭证不一致"}, {"A03", "超出支持范围"},
	{"D01", "缺少材料"}, {"D02", "材料不全或不符"}, {"D03", "凭证看不清"}, {"D04", "缺少签章"},
	{"P01", "不符合申报条件"}, {"X01", "其他"},
}

// MaxReasons is how many places one decision may name.
const MaxReasons = 100

// Decision is the portal's signed word on one revision (受理、退回、驳回、撤回…). It travels by the line or in a parcel.
type Decision struct {
	ID             string    `json:"id"`
	Revision       int       `json:"revision"`
	ManifestSHA256 string    `json:"manifestSha256"`
	Seq            int64     `json:"seq"` // of the portal's change feed, from 1
	Event          Event     `json:"event"`
	State          State     `json:"state"` // that followed
	Reasons        []Reason  `json:"reasons"`
	Note           string    `json:"note"` // words for the whole
	At             time.Time `json:"at"`
	PortalKeyID    string    `json:"portalKeyId"`
	Signature      []byte    `json:"signature"` // Ed25519 over SigningBytes
}

// CheckDecision holds an event with its reasons against the revision it is about. A return needs at least one reason, a rejection a reason
// or words; every pointer must name something in the manifest. E0101 says what is wrong.
func CheckDecision(s Sealed, e Event, reasons []Reason, note string) error {
	bad := func(format string, args ...any) error {
		return survey.Fail(survey.CodeField, "submit.decision", format, args...)
	}
	switch {
	case e == EventReturn && len(reasons) == 0:
		return bad("退回须写明至少一处理由")
	case e == EventReject && len(reasons) == 0 && note == "":
		return bad("驳回须写明理由")
	case len(reasons) > MaxReasons:
		return bad("理由超过 %d 处", MaxReasons)
	case len(note) > 4000 || !plain(note):
		return bad("意见过长或含有不可用的字符")
	}
	for i, r := range reasons {
		switch {
		case !slices.ContainsFunc(ReasonCodes, func(c ReasonCode) bool { return c.Code == r.Code }):
			return bad("第 %d 处的理由代码 %q 不在清单内", i+1, r.Code)
		case r.Text == "" || len(r.Text) > 2000 || !plain(r.Text):
			return bad("第 %d 处没有写明，或过长", i+1)
		}
		if _, err := Resolve(s.Bytes, r.Pointer); err != nil {
			return bad("第 %d 处所指的字段不在这一版里", i+1)
		}
	}
	return nil
}

// Sign makes d the word of the holder of key.
func (d Decision) Sign(key ed25519.PrivateKey) Decision {
	d.At, d.PortalKeyID = second(d.At), KeyID(key.Public().(ed25519.PublicKey))
	if d.Reasons == nil {
		d.Reasons = []Reason{}
	}
	d.Signature = ed25519.Sign(key, d.SigningBytes())
	return d
}

// SigningBytes is what the portal signs: every field but the signature.
func (d Decision) SigningBytes() []byte {
	reasons := d.Reasons
	if reasons == nil {
		reasons = []Reason{}
	}
	return signing("shangyun-decision-v1", map[string]any{
		"id": d.ID, "revision": d.Revision, "manifestSha256": d.ManifestSHA256, "seq": d.Seq, "event": d.Event, "state": d.State,
		"reasons": reasons, "note": d.Note, "at": d.At, "portalKeyId": d.PortalKeyID,
	})
}

// VerifyDecision checks that d is about exactly s and signed under a trusted key: E0602 for another key, E0603 otherwise.
func (k Keyring) VerifyDecision(d Decision, s Sealed) error {
	return k.verifyWord("决定", word{d.ID, d.Revision, d.ManifestSHA256, d.PortalKeyID, d.SigningBytes(), d.Signature}, s)
}

// word is what every signed word of a portal has.
type word struct {
	id        string
	revision  int
	sha256    string
	keyID     string
	bytes     []byte
	signature []byte
}

func (k Keyring) verifyWord(name string, w word, s Sealed) error {
	pub, err := k.Key(w.keyID)
	if err != nil {
		return err
	}
	bad := func(what string) error {
		return survey.Fail(survey.CodeReceipt, "submit.word", "%s", fmt.Sprintf("%s的%s不符", name, what))
	}
	switch {
	case w.id != s.Submission.ID:
		return bad("申请编号")
	case w.revision != s.Submission.Revision || w.sha256 != s.SHA256:
		return bad("版本")
	case !ed25519.Verify(pub, w.bytes, w.signature):
		return bad("签名")
	}
	return nil
}
