package document

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

// events reads a calendar back: lines unfolded, text values unescaped, one map an event.
func events(t *testing.T, data []byte) []map[string]string {
	t.Helper()
	for _, l := range bytes.Split(bytes.TrimSuffix(data, []byte("\r\n")), []byte("\r\n")) {
		if len(l) > 75 || !utf8.Valid(l) {
			t.Errorf("a line of %d bytes, valid %v", len(l), utf8.Valid(l))
		}
	}
	if bytes.Count(data, []byte("\n")) != bytes.Count(data, []byte("\r\n")) {
		t.Error("a bare line end")
	}
	var out []map[string]string
	var open []string
	for _, l := range strings.Split(strings.ReplaceAll(string(data), "\r\n ", ""), "\r\n") {
		key, value, _ := strings.Cut(l, ":")
		switch {
		case key == "BEGIN":
			open = append(open, value)
			if value == "VEVENT" {
				out = append(out, map[string]string{})
			}
		case key == "END":
			if len(open) == 0 || open[len(open)-1] != value {
				t.Fatalf("%s ends in %v", value, open)
			}
			open = open[:len(open)-1]
		case len(open) == 2:
			out[len(out)-1][key] = strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(value)
		case len(open) == 3 && key == "TRIGGER":
			out[len(out)-1]["alarms"] += value
		}
	}
	if len(open) > 0 {
		t.Errorf("%v is left open", open)
	}
	return out
}

func TestTheCalendarIsReadBack(t *testing.T) {
	tasks := []apply.Task{
		{Key: "step.a", Title: `甲;乙,丙\丁`, Text: strings.Repeat("很长的说明，", 40) + "\n第二行", Basis: "某通知", Due: "2026-12-31"},
		{Key: "duty.b", Title: "闰日", Due: "2028-02-29"}, {Key: "c", Title: "没有日期"}, {Key: "d", Title: "已办", Due: "2027-01-01", Done: true}, {Key: "e", Title: "只有月份", Due: "2027-03"},
	}
	data := Calendar(tasks, "SB-44445555-R2", "2026年11月23日")
	got := events(t, data)
	if len(got) != 2 {
		t.Fatalf("%d events", len(got))
	}
	for i, want := range []map[string]string{
		{"UID": "step.a-44445555@shangyun", "DTSTART;VALUE=DATE": "20261231", "DTEND;VALUE=DATE": "20270101", "SUMMARY": tasks[0].Title, "DTSTAMP": "20261123T000000Z", "alarms": "-P14D-P3D-P1D",
			"DESCRIPTION": tasks[0].Text + "\n依据：某通知\n申报表编号：SB-44445555-R2"},
		{"UID": "duty.b-44445555@shangyun", "DTSTART;VALUE=DATE": "20280229", "DTEND;VALUE=DATE": "20280301"},
	} {
		for k, v := range want {
			if got[i][k] != v {
				t.Errorf("event %d: %s is %q, want %q", i, k, got[i][k], v)
			}
		}
	}
	if !bytes.Equal(data, Calendar(tasks, "SB-44445555-R2", "2026年11月23日")) {
		t.Error("two calendars differ")
	}
	if again := events(t, Calendar(tasks, "SB-44445555-R3", "2026年11月24日")); again[0]["UID"] != got[0]["UID"] {
		t.Error("a later revision makes a second event")
	}
}

func FuzzCalendar(f *testing.F) {
	f.Add("甲;乙", "行一\r\n行二", "2026-12-31")
	f.Add("BEGIN:VEVENT\r\nX", "\x00\xff", "2028-02-29")
	f.Fuzz(func(t *testing.T, title, text, due string) {
		got := events(t, Calendar([]apply.Task{{Key: "k", Title: title, Text: text, Due: survey.Date(due)}, {Key: "l", Due: "2027-01-01"}}, "SB-1-R1", "2026年1月1日"))
		if n := len(got); n < 1 || n > 2 || got[n-1]["UID"] != "l-1@shangyun" {
			t.Fatalf("%d events: %v", n, got)
		}
	})
}
