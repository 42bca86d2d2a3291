package wizard

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFileNamesAreSafeEverywhere(t *testing.T) {
	for in, want := range map[string]string{
		"营业执照.png": "营业执照.png", "": "未命名", "..": "未命名", "../../etc/passwd": "_.._etc_passwd", `a\b:c*d?e"f<g>h|i`: "a_b_c_d_e_f_g_h_i", "x\x00\n.pdf": "x__.pdf",
		"con.txt": "_con.txt", "COM1": "_COM1", "公司. ": "公司", "a\u202egnp.exe": "agnp.exe", "\xff坏": "坏",
	} {
		if got := FileName(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if got := FileName(strings.Repeat("长", 300) + ".pdf"); utf8.RuneCountInString(got) != 80 || !strings.HasSuffix(got, "长.pdf") {
		t.Errorf("long: %q", got)
	}
}

func FuzzFileName(f *testing.F) {
	for _, s := range []string{"../..", "CON", "a/b", "\u202e", strings.Repeat("长", 99) + "." + strings.Repeat("x", 20), ". . ."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := FileName(s)
		if got == "" || got == "." || got == ".." || strings.ContainsAny(got, "/\\:\x00") || !utf8.ValidString(got) || utf8.RuneCountInString(got) > 81 {
			t.Errorf("%q became %q", s, got)
		}
	})
}
