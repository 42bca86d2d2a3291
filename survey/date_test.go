package survey

import (
	"encoding/json"
	"testing"
)

func TestParseDateReadsWhatLedgersWrite(t *testing.T) {
	for in, want := range map[string]Date{
		"2025-03-05": "2025-03-05", "2025/3/5": "2025-03-05", "2025.3.5": "2025-03-05", "20250305": "2025-03-05", "２０２５年３月５日": "2025-03-05",
		"2025年3月": "2025-03", "2025-03": "2025-03", " 2024-02-29 ": "2024-02-29", "": "",
	} {
		if got, err := ParseDate(in); err != nil || got != want {
			t.Errorf("%q gives %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"2025-02-29", "2025-13-01", "1899-01-01", "2200-01-01", "昨天", "2025", "2025-1-1-1", "25-03-05", "--", "2025-04-31"} {
		if got, err := ParseDate(in); err == nil {
			t.Errorf("%q was read as %q", in, got)
		}
	}
}

func TestDatesPrintAndCompareAsPeopleDo(t *testing.T) {
	if got := Date("2026-11-02").Chinese(); got != "2026年11月2日" {
		t.Error(got)
	}
	if got := Date("2025-03").Chinese(); got != "2025年3月" {
		t.Error(got)
	}
	if !Date("2025-03").Before("2025-04-01") || Date("2025-03").Before("2025-03-31") || Date("").Before("2025-01-01") {
		t.Error("order of dates")
	}
	var d Date
	if json.Unmarshal([]byte(`"2025年3月"`), &d) == nil || json.Unmarshal([]byte(`"2012"`), &d) == nil || json.Unmarshal([]byte(`"2025-03"`), &d) != nil {
		t.Error("files hold stored forms only")
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2025-03-05", "2025年3月", "20250305"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if again, err2 := ParseDate(string(d)); err == nil && (err2 != nil || again != d) {
			t.Fatalf("%q gives %q, which reads as %q", s, d, again)
		}
	})
}
