package submit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Digest is the SHA-256 of b in 64 lower-case hex digits.
func Digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Seal freezes s. It sets Format and DocumentSHA256, brings times to UTC
// seconds and the document into canonical form, and fails with E0101 naming the
// first field that breaks a rule or E0205 when the whole is over MaxManifest.
// Equal submissions give equal bytes.
func Seal(s Submission) (Sealed, error) {
	doc, err := Canonical(s.Document)
	if err != nil {
		return Sealed{}, &survey.Error{Code: survey.CodeField, Op: "submit.seal", Detail: "document 不是可冻结的 JSON", Err: err}
	}
	s.Format, s.Document, s.DocumentSHA256 = Format, doc, Digest(doc)
	s.DeviceTime, s.Consent.At = second(s.DeviceTime), second(s.Consent.At)
	if s.Attachments == nil {
		s.Attachments = []Blob{}
	}
	if err := s.check(); err != nil {
		return Sealed{}, err
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return Sealed{}, survey.Wrap(survey.CodeInternal, "submit.seal", err)
	}
	b, err := Canonical(raw)
	if err != nil {
		return Sealed{}, survey.Wrap(survey.CodeInternal, "submit.seal", err)
	}
	if len(b) > MaxManifest {
		return Sealed{}, survey.Fail(survey.CodeFileTooBig, "submit.seal", "清单 %d 字节，上限 %d 字节", len(b), MaxManifest)
	}
	return Sealed{Submission: s, Bytes: b, SHA256: Digest(b)}, nil
}

// Parse reads sealed bytes. They must be exactly what Seal would write: unknown,
// double or differently spelt members, another order, white space, a wrong
// document digest and every broken rule are refused (E0201 for what is no
// manifest, E0205 for size, E0101 naming the field).
func Parse(b []byte) (Sealed, error) {
	const op = "submit.parse"
	if len(b) > MaxManifest {
		return Sealed{}, survey.Fail(survey.CodeFileTooBig, op, "清单超过 %d 字节", MaxManifest)
	}
	canonical, err := Canonical(b)
	if err != nil {
		return Sealed{}, &survey.Error{Code: survey.CodeFileBroken, Op: op, Detail: "清单不是规范的 JSON", Err: err}
	}
	if !bytes.Equal(canonical, b) {
		return Sealed{}, survey.Fail(survey.CodeFileBroken, op, "清单不是规范形式")
	}
	var s Submission
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return Sealed{}, &survey.Error{Code: survey.CodeFileBroken, Op: op, Detail: "清单字段不符", Err: err}
	}
	if s.Format != Format {
		return Sealed{}, survey.Fail(survey.CodeField, op, "format 为 %d，只认 %d", s.Format, Format)
	}
	if s.DocumentSHA256 != Digest(s.Document) {
		return Sealed{}, survey.Fail(survey.CodeField, op, "documentSha256 与 document 不符")
	}
	again, err := Seal(s)
	if err != nil {
		return Sealed{}, err
	}
	if !bytes.Equal(again.Bytes, b) {
		return Sealed{}, survey.Fail(survey.CodeFileBroken, op, "清单字段的写法不符")
	}
	return again, nil
}

func second(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }
