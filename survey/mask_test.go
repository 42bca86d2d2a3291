package survey

import (
	"strings"
	"testing"
)

func TestMaskKeepsTheEndsOnly(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "1234567": "*******", "13812345678": "138****5678", "0731-88881234": "073******1234", "43000000000000000002": "430*************0002",
	} {
		if got := Mask(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestMaskInHidesNumbersOfPeopleOnly(t *testing.T) {
	for in, want := range map[string]string{
		"“13812345678”不是日期":                "“138****5678”不是日期",
		"电话 138-1234-5678，另有 13900000000":  "电话 138******5678，另有 139****0000",
		"身份证430203198001011234":            "身份证430***********1234",
		"身份证 43020319800101123X。":          "身份证 430***********123X。",
		"卡号 6222000011112222":              "卡号 622*********2222",
		"卡号 6222000011112222333":           "卡号 622************2333",
		"91430211MA4HY7K28C":               "91430211MA4HY7K28C",
		"914302110000000001":               "914302110000000001",
		"发票 26432000000000000097":          "发票 26432000000000000097",
		"46,813,579.24 元 2026-11-23":       "46,813,579.24 元 2026-11-23",
		"摘要 a13812345678b":                 "摘要 a13812345678b",
		strings.Repeat("ab13812345678", 5): strings.Repeat("ab13812345678", 5),
	} {
		if got := MaskIn(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestNoErrorCarriesANumberOfAPerson(t *testing.T) {
	const phone = "13812345678"
	inner := Fail(CodeDate, "x", "“%s”不是日期", phone)
	for _, err := range []error{inner, &Error{Code: CodeField, Op: "x", Detail: phone, Err: inner}, Wrap(CodeInternal, "x", inner)} {
		for _, text := range []string{err.Error(), DetailOf(err), Text{Words: map[string]string{"error.detail": "（%s）"}}.Error(err)} {
			if strings.Contains(text, phone) {
				t.Errorf("%s", text)
			}
		}
	}
}

func TestACaseToLookAtIsMaskedAndACopy(t *testing.T) {
	c := &Case{Firm: Firm{Contact: Contact{Phone: "13812345678"}, Bank: Bank{Account: "43000000000000000002"}}, Drafts: map[string]string{"firm.contact.phone": "13812345678x", "firm.capital": "13812345678 元"}}
	m := c.Masked()
	if m.Firm.Contact.Phone != "138****5678" || m.Firm.Bank.Account != "430*************0002" || m.Drafts["firm.contact.phone"] != "138*****678x" || m.Drafts["firm.capital"] != "138****5678 元" {
		t.Errorf("%+v %v", m.Firm, m.Drafts)
	}
	if c.Firm.Contact.Phone != "13812345678" || c.Drafts["firm.contact.phone"] != "13812345678x" {
		t.Error("the case itself was changed")
	}
}

func FuzzMaskIn(f *testing.F) {
	for _, s := range []string{"13812345678", "43020319800101123X", "+86 13812345678", "卡 6222000011112222", "\xff13812345678"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := MaskIn(s); len([]rune(got)) != len([]rune(s)) {
			t.Errorf("%q became %q", s, got)
		}
	})
}
