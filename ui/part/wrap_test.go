package part

import (
	"math/rand"
	"strings"
	"testing"
	"unicode"
)

// halfEm measures Latin as one and everything else as two.
func halfEm(s string) float32 {
	var w float32
	for _, r := range s {
		if r < 0x250 {
			w++
		} else {
			w += 2
		}
	}
	return w
}

func TestLinesBreakAsChineseIsSet(t *testing.T) {
	tests := []struct {
		name, text string
		width      float32
		want       []string
	}{
		{"a comma stays with its word", "数据安全，网络安全", 8, []string{"数据安", "全，网络", "安全"}},
		{"an opening mark goes to the next line", "数据安《政策》", 8, []string{"数据安", "《政策》"}},
		{"a number stays whole", "表计3,400余块", 8, []string{"表计", "3,400余", "块"}},
		{"a date stays whole", "到2026-11-20止", 10, []string{"到", "2026-11-20", "止"}},
		{"a Latin word stays whole", "使用PROFINET连接", 10, []string{"使用", "PROFINET连", "接"}},
		{"line feeds are kept", "甲\n\n乙", 8, []string{"甲", "", "乙"}},
		{"a word wider than the line is cut", "ABCDEFGHIJ", 4, []string{"ABCD", "EFGH", "IJ"}},
		{"closing marks in a row stay together", "（甲乙丙）。", 8, []string{"（甲乙", "丙）。"}},
		{"nothing is one empty line", "", 8, []string{""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := wrap(tt.text, tt.width, halfEm)
			if strings.Join(got, "|") != strings.Join(tt.want, "|") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// checkWrap holds what must be true of every text: no rune lost or added, no line that starts with a
// closing mark or ends with an opening one, and no line too long that could have been broken.
func checkWrap(t *testing.T, text string, width float32) {
	t.Helper()
	var all strings.Builder
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines := wrapParagraph([]rune(paragraph), width, halfEm)
		if got := strings.Join(lines, ""); got != paragraph {
			t.Fatalf("wrap(%q, %v) = %q: runes were lost or added", paragraph, width, lines)
		}
		for i, line := range lines {
			runes := []rune(line)
			if i > 0 && (len(runes) == 0 || !mayStart(runes[0])) {
				t.Fatalf("wrap(%q, %v) = %q: line %d starts badly", paragraph, width, lines, i)
			}
			if i < len(lines)-1 && !mayEnd(runes[len(runes)-1]) {
				t.Fatalf("wrap(%q, %v) = %q: line %d ends badly", paragraph, width, lines, i)
			}
			if halfEm(strings.TrimRightFunc(line, unicode.IsSpace)) <= width {
				continue
			}
			for k := 1; k < len(runes); k++ {
				if mayBreak(runes[k-1], runes[k]) && halfEm(string(runes[:k])) > 0 {
					t.Fatalf("wrap(%q, %v) = %q: line %d is too long and could be broken", paragraph, width, lines, i)
				}
			}
		}
		all.WriteString(strings.Join(lines, ""))
	}
	if got, want := all.String(), strings.ReplaceAll(text, "\n", ""); got != want {
		t.Fatalf("all lines together are %q, want %q", got, want)
	}
}

func TestAnyTextWrapsWithoutLossOrBadStarts(t *testing.T) {
	alphabet := []rune("数据安全联网率工信厅企业第五条，。、；：？！）》”（《“「」…—·3,400.5%AbcPLC-1200 \n★①㎡￥元 ")
	random := rand.New(rand.NewSource(1))
	for range 4000 {
		text := make([]rune, random.Intn(60))
		for i := range text {
			text[i] = alphabet[random.Intn(len(alphabet))]
		}
		checkWrap(t, string(text), float32(2+random.Intn(30)))
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("新建能耗采集网关 126 台，接入水、电、气、热四类表计 3,400 余块；", 20)
	f.Add("（）（）。。", 2)
	f.Fuzz(func(t *testing.T, text string, width int) {
		if len(text) > 2000 || !strings.HasPrefix(strings.ToValidUTF8(text, ""), text) {
			return
		}
		checkWrap(t, text, float32(width))
	})
}
