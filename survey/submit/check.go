package submit

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/survey"
)

func (s Submission) check() error {
	bad := func(field, format string, args ...any) error {
		return survey.Fail(survey.CodeField, "submit.check", "%s %s", field, fmt.Sprintf(format, args...))
	}
	switch {
	case !UUIDv7(s.ID):
		return bad("id", "不是小写的 UUIDv7")
	case s.Revision < 1 || s.Revision > 9999:
		return bad("revision", "须为 1 到 9999")
	case s.Base < 0 || s.Base >= s.Revision:
		return bad("base", "须小于 revision")
	case !s.Kind.Known():
		return bad("kind", "只能是 application 或 onboarding")
	case !stamp(s.DeviceTime):
		return bad("deviceTime", "须为 2000 到 9999 年的时间")
	case !stamp(s.Consent.At):
		return bad("consent.at", "须为 2000 到 9999 年的时间")
	}
	for _, f := range s.texts() {
		if problem := f.problem(); problem != "" {
			return bad(f.name, "%s", problem)
		}
	}
	if err := s.Summary.check(s.Kind); err != nil {
		return err
	}
	if err := checkBlobs(s.Attachments); err != nil {
		return err
	}
	return CheckDocument(s.Kind, s.Document)
}

// text is one field of words with its bound in bytes.
type text struct {
	name, value string
	max         int
	optional    bool
}

func (s Submission) texts() []text {
	return []text{
		{"formVersion", s.FormVersion, 64, false},
		{"program", s.Program, 64, true},
		{"caseId", s.CaseID, 64, false},
		{"deviceId", s.DeviceID, 64, false},
		{"consent.text", s.Consent.Text, 8000, false},
		{"consent.by", s.Consent.By, 200, false},
		{"consent.recipient", s.Consent.Recipient, 300, false},
		{"summary.firmName", s.Summary.FirmName, 300, false},
		{"summary.creditCode", s.Summary.CreditCode, 18, false},
		{"summary.region", s.Summary.Region, 100, true},
		{"summary.title", s.Summary.Title, 300, true},
		{"summary.level", s.Summary.Level, 64, true},
	}
}

func (t text) problem() string {
	switch {
	case t.value == "" && !t.optional:
		return "未填"
	case len(t.value) > t.max:
		return fmt.Sprintf("超过 %d 字节", t.max)
	case !plain(t.value):
		return "含有不可用的字符"
	}
	return ""
}

func (s Summary) check(k Kind) error {
	fail := func(detail string) error { return survey.Fail(survey.CodeField, "submit.check", "%s", detail) }
	if s.AmountFen != "" {
		n, err := strconv.ParseInt(s.AmountFen, 10, 64)
		if err != nil || n < 0 || strconv.FormatInt(n, 10) != s.AmountFen {
			return fail("summary.amountFen 须为以分计的整数")
		}
	}
	if k == Onboarding && (s.AmountFen != "" || s.Level != "") {
		return fail("summary 对接请求不得带金额或等级")
	}
	return nil
}

func checkBlobs(blobs []Blob) error {
	if len(blobs) > MaxAttachments {
		return survey.Fail(survey.CodeField, "submit.check", "attachments 超过 %d 个", MaxAttachments)
	}
	names, sizes := map[string]bool{}, map[string]int64{}
	for i, b := range blobs {
		problem := b.problem()
		size, again := sizes[b.SHA256]
		switch key := strings.ToLower(b.Name); {
		case problem != "":
		case names[key]:
			problem = "文件名重复"
		case again && size != b.Size:
			problem = "同一摘要的大小不同"
		default:
			names[key], sizes[b.SHA256] = true, b.Size
			continue
		}
		return survey.Fail(survey.CodeField, "submit.check", "attachments[%d] %s", i, problem)
	}
	return nil
}

func (b Blob) problem() string {
	switch {
	case b.Name == "" || len(b.Name) > 200 || b.Name == "." || b.Name == ".." || !plain(b.Name) || strings.ContainsAny(b.Name, "/\\\n\t"):
		return "文件名不可用"
	case b.Role == "" || len(b.Role) > 64 || !plain(b.Role):
		return "role 不可用"
	case !Hex256(b.SHA256):
		return "sha256 不是 64 位小写十六进制"
	case b.Size < 0 || b.Size > MaxBlob:
		return fmt.Sprintf("大小超出 0 到 %d 字节", int64(MaxBlob))
	case b.Size == 0 && b.SHA256 != emptySHA256, b.Size != 0 && b.SHA256 == emptySHA256:
		return "大小与摘要不符"
	case len(b.Type) > 100 || !mediaType(b.Type):
		return "type 不是媒体类型"
	}
	return ""
}

const emptySHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// UUIDv7 tells whether s is a version 7 UUID (RFC 9562) in lower case.
func UUIDv7(s string) bool {
	if len(s) != 36 || s[14] != '7' || strings.IndexByte("89ab", s[19]) < 0 {
		return false
	}
	for i, c := range []byte(s) {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (c == '-') || !dash && !hexDigit(c) {
			return false
		}
	}
	return true
}

// Hex256 tells whether s spells a SHA-256 in 64 lower-case hex digits.
func Hex256(s string) bool {
	for _, c := range []byte(s) {
		if !hexDigit(c) {
			return false
		}
	}
	return len(s) == 64
}

func hexDigit(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' }

func stamp(t time.Time) bool { return t.Year() >= 2000 && t.Year() <= 9999 }

// plain refuses what cannot be shown or misleads the eye: broken UTF-8, control and bidirectional format characters.
func plain(s string) bool {
	for _, r := range s {
		switch {
		case r == utf8.RuneError, unicode.IsControl(r) && r != '\n' && r != '\t', unicode.Is(unicode.Bidi_Control, r):
			return false
		}
	}
	return true
}

func mediaType(s string) bool {
	main, sub, ok := strings.Cut(s, "/")
	token := func(s string) bool {
		return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&^_.+-") == ""
	}
	return ok && token(main) && token(sub)
}
