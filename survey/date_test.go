package survey

import (
	"encoding/json"
	"fmt"
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

// TestAStoredDateIsWhatParseDateGivesBack: the short way of a file and the long way of a keyboard take the same days.
func TestAStoredDateIsWhatParseDateGivesBack(t *testing.T) {
	taken := 0
	for year := 1898; year <= 2201; year++ {
		for month := 0; month <= 13; month++ {
			for day := 0; day <= 32; day++ {
				for _, s := range []string{
					fmt.Sprintf("%04d-%02d-%02d", year, month, day), fmt.Sprintf("%04d-%02d", year, month), fmt.Sprintf("%04d-%d-%02d", year, month, day),
				} {
					want, err := ParseDate(s)
					var got Date
					refused := got.UnmarshalText([]byte(s)) != nil
					if refused != (err != nil || string(want) != s) || !refused && got != want {
						t.Fatalf("%q: a file gives %q (refused %v), a person %q %v", s, got, refused, want, err)
					}
					if !refused {
						taken++
					}
				}
			}
		}
	}
	if taken == 0 {
		t.Fatal("no date was taken")
	}
	for _, s := range []string{"2026-1a-01", "2026-1", "20261123", "2026/11/23", "2026-11-2３", "-026-11-23", "2026-+1-01", "2026-11--1"} {
		var d Date
		if d.UnmarshalText([]byte(s)) == nil {
			t.Errorf("%q was taken", s)
		}
	}
}
