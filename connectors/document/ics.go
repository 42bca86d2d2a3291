package document

import (
	"strings"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/survey/apply"
)

const typeICS = "text/calendar; charset=utf-8"

// Calendar writes the tasks that have a day and are not done as an iCalendar file (RFC 5545): one event of a whole day each, with alarms
// fourteen, three and one days before. number is the form's; date ("2026年11月22日") stands as the moment of writing, so that equal tasks give
// equal bytes. A task keeps its UID, so that a calendar that takes the file again moves the event and makes no second one.
func Calendar(tasks []apply.Task, number, date string) []byte {
	var b strings.Builder
	line := func(s string) { fold(&b, s) }
	stamp := formDay(date).Format("20060102") + "T000000Z"
	id, _, _ := strings.Cut(strings.TrimPrefix(number, "SB-"), "-R")
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//shangyun//tasks//ZH")
	line("CALSCALE:GREGORIAN")
	line("METHOD:PUBLISH")
	for _, t := range tasks {
		day := strings.ReplaceAll(string(t.Due), "-", "")
		if len(day) != 8 || t.Done {
			continue
		}
		line("BEGIN:VEVENT")
		line("UID:" + escapeICS(t.Key+"-"+id) + "@shangyun")
		line("DTSTAMP:" + stamp)
		line("DTSTART;VALUE=DATE:" + day)
		line("DTEND;VALUE=DATE:" + nextDay(t))
		line("SUMMARY:" + escapeICS(t.Title))
		line("DESCRIPTION:" + escapeICS(strings.TrimSpace(t.Text+"\n依据："+t.Basis+"\n申报表编号："+number)))
		line("TRANSP:TRANSPARENT")
		for _, days := range []string{"14", "3", "1"} {
			line("BEGIN:VALARM")
			line("ACTION:DISPLAY")
			line("DESCRIPTION:" + escapeICS(t.Title))
			line("TRIGGER:-P" + days + "D")
			line("END:VALARM")
		}
		line("END:VEVENT")
	}
	line("END:VCALENDAR")
	return []byte(b.String())
}

// nextDay is the day after a task's, as an event of one whole day ends.
func nextDay(t apply.Task) string {
	return formDay(t.Due.Chinese()).AddDate(0, 0, 1).Format("20060102")
}

var icsEscaper = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// escapeICS makes a text value.
func escapeICS(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' || r == 0x7F {
			return -1
		}
		return r
	}, icsEscaper.Replace(strings.ToValidUTF8(s, "")))
}

// fold writes a line, cut into pieces of at most 75 bytes between characters.
func fold(b *strings.Builder, s string) {
	most := 75
	for len(s) > most {
		at := most
		for at > 0 && !utf8.RuneStart(s[at]) {
			at--
		}
		b.WriteString(s[:at] + "\r\n ")
		s, most = s[at:], 74
	}
	b.WriteString(s + "\r\n")
}
