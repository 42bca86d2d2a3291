package submit

import (
	"crypto/ed25519"
	"regexp"
	"strconv"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Step is how far a platform operator is with an onboarding request.
type Step string

// The steps of an operator.
const (
	StepTaken    Step = "taken"    // 已接单
	StepQuoted   Step = "quoted"   // 报价
	StepSigned   Step = "signed"   // 已签约
	StepLive     Step = "live"     // 已开通
	StepDeclined Step = "declined" // 拒绝
)

// operator is the table of what may follow what; an operator may correct its quote, and tell of later months of use.
var operator = map[Step][]Step{
	"":         {StepTaken, StepDeclined},
	StepTaken:  {StepQuoted, StepDeclined},
	StepQuoted: {StepQuoted, StepSigned, StepDeclined},
	StepSigned: {StepLive, StepDeclined},
	StepLive:   {StepLive},
}

// NextSteps lists what an operator may answer after s.
func NextSteps(s Step) []Step { return operator[s] }

// Answer is what a platform operator said to an onboarding request, under the portal's signature.
type Answer struct {
	ID             string    `json:"id"`
	Revision       int       `json:"revision"`
	ManifestSHA256 string    `json:"manifestSha256"`
	Operator       string    `json:"operator"` // its name
	Seq            int64     `json:"seq"`      // of the portal's change feed, from 1
	Step           Step      `json:"step"`
	Note           string    `json:"note"`
	QuoteFen       string    `json:"quoteFen"` // whole fen, with quoted and signed; "" otherwise
	GoLive         string    `json:"goLive"`   // yyyy-mm-dd, with live; "" otherwise
	Months         int       `json:"months"`   // of use so far, with live
	Files          []Blob    `json:"files"`    // quote, contract, 上云证明
	At             time.Time `json:"at"`
	PortalKeyID    string    `json:"portalKeyId"`
	Signature      []byte    `json:"signature"`
}

var day = regexp.MustCompile(`^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`)

// CheckAnswer holds an answer against the step before it: E0604 when it may not follow, E0101 naming what is wrong.
func CheckAnswer(before Step, a Answer) error {
	const op = "submit.answer"
	follows := false
	for _, s := range operator[before] {
		follows = follows || s == a.Step
	}
	bad := func(format string, args ...any) error { return survey.Fail(survey.CodeField, op, format, args...) }
	fen, err := strconv.ParseInt(a.QuoteFen, 10, 64)
	quote := a.Step == StepQuoted || a.Step == StepSigned
	switch {
	case !follows:
		return survey.Fail(survey.CodeConflict, op, "进度 %q 之后不能是 %q", before, a.Step)
	case a.QuoteFen != "" && (err != nil || fen < 0 || strconv.FormatInt(fen, 10) != a.QuoteFen):
		return bad("报价须为以分计的整数")
	case a.Step == StepQuoted && a.QuoteFen == "":
		return bad("报价没有金额")
	case !quote && a.QuoteFen != "":
		return bad("只有报价与签约可以写金额")
	case a.Step == StepLive && !day.MatchString(a.GoLive):
		return bad("开通须写明日期（yyyy-mm-dd）")
	case a.Step != StepLive && (a.GoLive != "" || a.Months != 0):
		return bad("只有已开通可以写开通日期与使用月数")
	case a.Months < 0 || a.Months > 600:
		return bad("使用月数须为 0 到 600")
	case a.Step == StepDeclined && a.Note == "":
		return bad("拒绝须写明原因")
	case len(a.Note) > 4000 || !plain(a.Note):
		return bad("说明过长或含有不可用的字符")
	}
	return checkBlobs(a.Files)
}

// Sign makes a the word of the holder of key.
func (a Answer) Sign(key ed25519.PrivateKey) Answer {
	a.At, a.PortalKeyID = second(a.At), KeyID(key.Public().(ed25519.PublicKey))
	if a.Files == nil {
		a.Files = []Blob{}
	}
	a.Signature = ed25519.Sign(key, a.SigningBytes())
	return a
}

// SigningBytes is what the portal signs: every field but the signature.
func (a Answer) SigningBytes() []byte {
	files := a.Files
	if files == nil {
		files = []Blob{}
	}
	return signing("shangyun-answer-v1", map[string]any{
		"id": a.ID, "revision": a.Revision, "manifestSha256": a.ManifestSHA256, "operator": a.Operator, "seq": a.Seq, "step": a.Step, "note": a.Note,
		"quoteFen": a.QuoteFen, "goLive": a.GoLive, "months": a.Months, "files": files, "at": a.At, "portalKeyId": a.PortalKeyID,
	})
}

// VerifyAnswer checks that a is about exactly s and signed under a trusted key: E0602 for another key, E0603 otherwise.
func (k Keyring) VerifyAnswer(a Answer, s Sealed) error {
	return k.verifyWord("答复", word{a.ID, a.Revision, a.ManifestSHA256, a.PortalKeyID, a.SigningBytes(), a.Signature}, s)
}
