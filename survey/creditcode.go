package survey

import (
	"fmt"
	"strings"
)

// CreditCode is a 统一社会信用代码 (GB 32100-2015) that passed ParseCreditCode: 18 characters, normalised, with a right
// check digit. A right code can still be another firm's.
type CreditCode string

// Note is a Chinese sentence that asks a person to look again; it blocks nothing. "" is nothing to note.
type Note string

// CreditCodeReason tells why a text is no credit code.
type CreditCodeReason string

// The reasons, in the order they are checked.
const (
	CreditEmpty     CreditCodeReason = "empty"     // nothing given
	CreditCharacter CreditCodeReason = "character" // a character outside the alphabet
	CreditLength    CreditCodeReason = "length"    // not 18 characters
	CreditClass     CreditCodeReason = "class"     // no such 登记管理部门 or 机构类别
	CreditRegion    CreditCodeReason = "region"    // characters 3–8 are not digits
	CreditCheck     CreditCodeReason = "check"     // the check digit does not fit
)

// CreditCodeError is the error of ParseCreditCode. Text is one Chinese sentence with the position and the next step.
type CreditCodeError struct {
	Reason CreditCodeReason
	Text   string
}

// Error returns Text.
func (e *CreditCodeError) Error() string { return e.Text }

const (
	creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	creditLength   = 18
	creditMaxText  = 100 // bytes; far longer than a code with spaces in full width
)

// creditWeights are 3^i mod 31 for characters 1–17 (GB 32100-2015).
var creditWeights = [creditLength - 1]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// ParseCreditCode normalises full-width signs, lower case, spaces and hyphens, then checks characters, length, class,
// region digits and the check digit (GB 32100-2015). Failures are *CreditCodeError. The Note speaks of what is unusual
// but allowed: an inner GB 11714 digit that does not fit, a body that is no firm.
func ParseCreditCode(s string) (CreditCode, Note, error) {
	if len(s) > creditMaxText {
		return "", "", creditError(CreditLength, "内容过长，统一社会信用代码应为 18 位，请只填写代码本身")
	}
	code := strings.Map(creditFold, HalfWidth(s))
	if err := checkCreditShape(code); err != nil {
		return "", "", err
	}
	if err := checkCreditClass(code); err != nil {
		return "", "", err
	}
	if want := creditCheck(code); code[17] != want {
		return "", "", creditError(CreditCheck, "第 18 位校验码应为 %c，现为 %c，请对照营业执照逐位核对", want, code[17])
	}
	return CreditCode(code), creditNote(code), nil
}

// RegionCode returns characters 3–8, the GB/T 2260 code of the registry, which need not be the firm's address. It is
// "" when c is no full code.
func (c CreditCode) RegionCode() string {
	if len(c) != creditLength {
		return ""
	}
	return string(c[2:8])
}

func creditError(reason CreditCodeReason, format string, args ...any) error {
	return &CreditCodeError{Reason: reason, Text: fmt.Sprintf(format, args...)}
}

// creditFold drops spaces, hyphens and invisible signs and lifts a–z.
func creditFold(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return r - 'a' + 'A'
	case strings.ContainsRune(" \t\r\n-‐‑‒–—−\u2002\u2003\u2009\u200b\ufeff", r):
		return -1
	}
	return r
}

// lookalikes are the letters that the alphabet leaves out, with what was probably meant.
var lookalikes = map[rune]string{'I': "数字 1", 'O': "数字 0", 'S': "数字 5", 'Z': "数字 2", 'V': "字母 U 或 Y"}

func checkCreditShape(code string) error {
	position := 0
	for _, r := range code {
		position++
		if strings.ContainsRune(creditAlphabet, r) {
			continue
		}
		if meant, ok := lookalikes[r]; ok {
			return creditError(CreditCharacter, "第 %d 位不能是字母 %c（代码不用 I、O、S、V、Z），可能是%s，请对照营业执照核对", position, r, meant)
		}
		return creditError(CreditCharacter, "第 %d 位“%c”不是数字或大写字母，请对照营业执照核对", position, r)
	}
	switch len(code) {
	case creditLength:
		return nil
	case 0:
		return creditError(CreditEmpty, "统一社会信用代码为空，请填写营业执照上的 18 位代码")
	case 15:
		return creditError(CreditLength, "这是 15 位的旧注册号，请填写营业执照上的 18 位统一社会信用代码")
	case 9:
		return creditError(CreditLength, "这是 9 位的组织机构代码，请填写营业执照上的 18 位统一社会信用代码")
	}
	return creditError(CreditLength, "统一社会信用代码应为 18 位，现为 %d 位，请对照营业执照核对", len(code))
}

// creditClasses are the 机构类别 of each 登记管理部门 (GB 32100-2015; beyond 91–93 from secondary sources, so 9 其他 is
// taken everywhere but under Y).
var creditClasses = map[byte]string{
	'1': "1239", '2': "19", '3': "123459", '4': "19", '5': "1239", '6': "129", '7': "129", '8': "19",
	'9': "1239", 'A': "19", 'N': "1239", 'Y': "1",
}

func checkCreditClass(code string) error {
	classes, ok := creditClasses[code[0]]
	if !ok {
		return creditError(CreditClass, "第 1 位登记管理部门代码不能是 %c（企业为 9），请对照营业执照核对", code[0])
	}
	if strings.IndexByte(classes, code[1]) < 0 {
		return creditError(CreditClass, "第 2 位机构类别代码不能是 %c（企业为 1），请对照营业执照核对", code[1])
	}
	for i := 2; i < 8; i++ {
		if code[i] < '0' || code[i] > '9' {
			return creditError(CreditRegion, "第 %d 位应为数字（第 3 至 8 位是登记机关行政区划码），现为 %c，请对照营业执照核对", i+1, code[i])
		}
	}
	return nil
}

// creditCheck returns the GB 32100 check character of the first 17.
func creditCheck(code string) byte {
	sum := 0
	for i, w := range creditWeights {
		sum += strings.IndexByte(creditAlphabet, code[i]) * w
	}
	return creditAlphabet[(31-sum%31)%31]
}

func creditNote(code string) Note {
	var notes []string
	switch code[:2] {
	case "91":
	case "92":
		notes = append(notes, "代码前两位 92 表示个体工商户，不是企业，请核对是否具备申报资格")
	case "93":
		notes = append(notes, "代码前两位 93 表示农民专业合作社，不是企业，请核对是否具备申报资格")
	default:
		notes = append(notes, fmt.Sprintf("代码前两位 %s 不是企业（91），请核对是否具备申报资格", code[:2]))
	}
	if want := innerCheck(code[8:16]); code[16] != want {
		notes = append(notes, fmt.Sprintf("第 17 位按组织机构代码规则（GB 11714）应为 %c，现为 %c，请对照营业执照核对", want, code[16]))
	}
	return Note(strings.Join(notes, "；"))
}

// innerCheck returns the GB 11714 check character of an eight-character 本体代码. The rule is not verified on bodies
// with letters, so a difference is a Note and no error.
func innerCheck(body string) byte {
	sum := 0
	for i, w := range [8]int{3, 7, 9, 10, 5, 8, 4, 2} {
		v := int(body[i] - '0')
		if body[i] >= 'A' {
			v = int(body[i]-'A') + 10
		}
		sum += v * w
	}
	switch c := 11 - sum%11; c {
	case 10:
		return 'X'
	case 11:
		return '0'
	default:
		return byte('0' + c)
	}
}
