package survey_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

func TestRightCreditCodesPassWithoutNote(t *testing.T) {
	for _, text := range []string{
		"914403001922038216", "914300007121944054", "9144030071526726XG", "91440300192317458F", "9133030067161672XJ",
		"91350100M000100Y43",
	} {
		if got, note, err := survey.ParseCreditCode(text); string(got) != text || note != "" || err != nil {
			t.Errorf("ParseCreditCode(%s) = %s, %q, %v", text, got, note, err)
		}
	}
}

func TestCreditCodeIsNormalisedBeforeChecking(t *testing.T) {
	const want = survey.CreditCode("9144030071526726XG")
	for _, text := range []string{
		"9144030071526726xg", " 9144 0300 7152 6726 XG ", "91-440300-71526726X-G", "９１４４０３００７１５２６７２６ＸＧ", "９１４４０３００－７１５２６７２６ｘｇ",
		"\ufeff91440300\u300071526726XG\n", "91440300—71526726XG", "91440300\u200b71526726XG", "91440300\u00a071526726XG",
	} {
		if got, _, err := survey.ParseCreditCode(text); got != want || err != nil {
			t.Errorf("ParseCreditCode(%q) = %s, %v, want %s", text, got, err, want)
		}
	}
}

func TestWrongCreditCodesSayWhereAndWhatToDo(t *testing.T) {
	for _, tt := range []struct {
		text   string
		reason survey.CreditCodeReason
		says   string
	}{
		{"", survey.CreditEmpty, "请填写"},
		{" － ", survey.CreditEmpty, "请填写"},
		{"914403001922038217", survey.CreditCheck, "第 18 位校验码应为 6，现为 7"},
		{"91110108717809965C", survey.CreditCheck, "第 18 位校验码应为 J，现为 C"},
		{"914403001922038261", survey.CreditCheck, "第 18 位校验码应为"},
		{"91440300192203821", survey.CreditLength, "现为 17 位"},
		{"9144030019220382160", survey.CreditLength, "现为 19 位"},
		{"440301103097413", survey.CreditLength, "15 位的旧注册号"},
		{"19220382-1", survey.CreditLength, "9 位的组织机构代码"},
		{strings.Repeat("9", 5000), survey.CreditLength, "18 位"},
		{"9144O3001922038216", survey.CreditCharacter, "第 5 位不能是字母 O（代码不用 I、O、S、V、Z），可能是数字 0"},
		{"91440300192203821i", survey.CreditCharacter, "第 18 位不能是字母 I"},
		{"91440300192203821*", survey.CreditCharacter, "第 18 位“*”"},
		{"湖南某某有限公司", survey.CreditCharacter, "第 1 位“湖”"},
		{"914403001922038\xff16", survey.CreditCharacter, "第 16 位"},
		{"B14403001922038216", survey.CreditClass, "第 1 位登记管理部门代码不能是 B"},
		{"9X4403001922038216", survey.CreditClass, "第 2 位机构类别代码不能是 X"},
		{"914A03001922038216", survey.CreditRegion, "第 4 位应为数字"},
	} {
		got, _, err := survey.ParseCreditCode(tt.text)
		var wrong *survey.CreditCodeError
		if !errors.As(err, &wrong) || got != "" {
			t.Errorf("ParseCreditCode(%.30q) = %s, %v, want a *CreditCodeError", tt.text, got, err)
			continue
		}
		if wrong.Reason != tt.reason || !strings.Contains(wrong.Error(), tt.says) {
			t.Errorf("ParseCreditCode(%.30q): %s %s, want %s with %q", tt.text, wrong.Reason, wrong.Text, tt.reason, tt.says)
		}
	}
}

func TestCreditCodeCatchesEveryWrongCharacter(t *testing.T) {
	const right = "9144030071526726XG"
	for i := range right {
		for _, r := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
			changed := right[:i] + string(r) + right[i+1:]
			if _, _, err := survey.ParseCreditCode(changed); (err == nil) != (changed == right) {
				t.Errorf("ParseCreditCode(%s): %v", changed, err)
			}
		}
	}
}

func TestInnerDigitAndUnusualClassesOnlyWarn(t *testing.T) {
	for text, says := range map[string]string{
		"914300007121944061": "第 17 位按组织机构代码规则（GB 11714）应为 5，现为 6",
		"924300007121944051": "个体工商户",
		"93430000712194405X": "农民专业合作社",
		"12430000712194405A": "不是企业（91）",
	} {
		text = withCheckDigit(t, text)
		if got, note, err := survey.ParseCreditCode(text); string(got) != text || !strings.Contains(string(note), says) || err != nil {
			t.Errorf("ParseCreditCode(%s) = %s, %q, %v, want a note with %q", text, got, note, err, says)
		}
	}
}

// withCheckDigit tries the alphabet, so that the test does not repeat the rule.
func withCheckDigit(t *testing.T, text string) string {
	t.Helper()
	for _, r := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		if _, _, err := survey.ParseCreditCode(text[:17] + string(r)); err == nil {
			return text[:17] + string(r)
		}
	}
	t.Fatalf("%s: no check digit fits", text)
	return ""
}

func TestRegionDigitsOfCreditCode(t *testing.T) {
	if got := survey.CreditCode("914300007121944054").RegionCode(); got != "430000" {
		t.Errorf("RegionCode() = %s, want 430000", got)
	}
	if got := survey.CreditCode("9143").RegionCode(); got != "" {
		t.Errorf("RegionCode() of a short text = %s, want none", got)
	}
}

func FuzzParseCreditCode(f *testing.F) {
	for _, seed := range []string{"914403001922038216", "９１４４０３００７１５２６７２６ＸＧ", "91350100M000100Y43", "9144O3001922038216", "", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, _, err := survey.ParseCreditCode(s)
		var wrong *survey.CreditCodeError
		switch {
		case err != nil:
			if !errors.As(err, &wrong) || wrong.Text == "" || code != "" {
				t.Errorf("ParseCreditCode(%q) = %s, %v", s, code, err)
			}
		case len(code) != 18:
			t.Errorf("ParseCreditCode(%q) = %s", s, code)
		default:
			if again, _, err := survey.ParseCreditCode(string(code)); again != code || err != nil {
				t.Errorf("ParseCreditCode(%s) = %s, %v", code, again, err)
			}
		}
	})
}
