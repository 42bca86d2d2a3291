package document

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// even gives full-width signs 2 and the rest 1.
func even(r rune) float64 {
	if r > 0x2E80 || in(noStart+noEnd, r) && r > 0x7F {
		return 2
	}
	return 1
}

const prose = `为深化制造业与互联网融合发展，本单位（株洲恒硬刀具有限公司）建设“质量与设备数据分析平台”，合同金额1,286,400.00元、发票号码26432000000012345679；` +
	`准确率≥90%，同比提高12.5％。联系：lirong@example.com，《若干政策措施》第五条——“不超过项目投资的20%”，最高不超过200万元！为什么？因为：①数据；②模型、③效果……完。`

func TestWrapLosesNothingAndStartsNoLineWrongly(t *testing.T) {
	text := strings.Repeat(prose, 30) + "\n" + strings.Repeat(prose, 2)
	for width := 10.0; width < 90; width += 4 {
		lines := wrap(text, width, even)
		if got := strings.Join(lines, ""); got != strings.ReplaceAll(text, "\n", "") {
			t.Fatalf("width %v: %d runes of %d", width, utf8.RuneCountInString(got), utf8.RuneCountInString(text))
		}
		for i, l := range lines {
			first, _ := utf8.DecodeRuneInString(l)
			last, _ := utf8.DecodeLastRuneInString(l)
			if in(noStart, first) {
				t.Errorf("width %v: line %d begins with %c: %q", width, i, first, l)
			}
			if in(noEnd, last) {
				t.Errorf("width %v: line %d ends with %c: %q", width, i, last, l)
			}
			var w float64
			for _, r := range strings.TrimRight(l, " ") {
				w += even(r)
			}
			if w > width {
				t.Errorf("width %v: line %d is %v wide: %q", width, i, w, l)
			}
		}
	}
}

func TestWrapKeepsNumbersWhole(t *testing.T) {
	for width := 24.0; width < 60; width++ {
		for _, whole := range []string{"1,286,400.00", "26432000000012345679", "lirong@example.com"} {
			found := false
			for _, l := range wrap(prose, width, even) {
				found = found || strings.Contains(l, whole)
			}
			if !found {
				t.Errorf("width %v breaks %s", width, whole)
			}
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add(prose, 12)
	f.Add("，，，，，，，，", 4)
	f.Add("((((((((", 3)
	f.Fuzz(func(t *testing.T, text string, width int) {
		if !utf8.ValidString(text) || len(text) > 5000 {
			return
		}
		if got := strings.Join(wrap(text, float64(width%200), even), ""); got != strings.ReplaceAll(text, "\n", "") {
			t.Errorf("%q became %q", text, got)
		}
	})
}
