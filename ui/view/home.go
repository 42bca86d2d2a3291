package view

import (
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// CaseRow is one case on the 工作台. What follows from the case is empty until it is known.
type CaseRow struct {
	ID, Name, Region, Updated string
	Firm                      string // the firm's name as stored, "" while unnamed
	Keep                      string // until when the data are kept, "" without end
	Known                     bool
	Stale                     bool   // known, but made by other packs or another program
	Level                     int    // 0–4
	LevelName, Score          string // "" while nothing is assessed
	Next                      string
	Problem                   bool   // something has to be mended
	Sync                      string // of the newest request, in words
	Tone                      Tone
	Due                       string // what is due next and by when, "" when no day is known
	DueDay                    string // the day alone
	DueTone                   Tone   // Bad when it is past, Careful within two weeks
}

// Tone says how a word is coloured.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Good
	Careful
	Bad
	Under // under way
)

// CaseOf turns a line of the list into a row.
func CaseOf(w Words, e wizard.Entry) CaseRow {
	r := CaseRow{ID: e.ID, Name: e.Name, Region: e.Region, Updated: e.Updated.Local().Format("2006-01-02 15:04"), Known: e.Made != "", Stale: e.Stale && e.Made != "",
		Firm: e.Name, Keep: string(e.RetainUntil)}
	if r.Name == "" {
		r.Name = w("case.unnamed")
	}
	if x, ok := survey.RegionByCode(e.Region); ok {
		r.Region = x.Name
	}
	if r.Region == "" {
		r.Region = w("home.region.none")
	}
	r.Sync, r.Tone = syncOf(w, e)
	if !r.Known {
		return r
	}
	if e.LevelName != "" {
		r.Level, r.Score, r.LevelName = e.Level, e.Score.String(), e.LevelName
	}
	r.Problem = e.Problem
	switch {
	case e.Problem:
		r.Next = w("home.next.problem", w("step."+string(e.Next)), e.Open)
	case e.Next == "":
		r.Next = w("home.next.none")
	default:
		r.Next = w("home.next." + string(e.Next))
	}
	if r.Stale {
		r.Next = w("home.next.stale", r.Next)
	}
	return r
}

// CaseOn is CaseOf on a day: it also tells what is due.
func CaseOn(w Words, e wizard.Entry, today survey.Date) CaseRow {
	r := CaseOf(w, e)
	if e.Deadline == "" || !r.Known {
		return r
	}
	r.Due, r.DueDay = w("home.due", string(e.Deadline), e.Deed), string(e.Deadline)
	switch {
	case e.Deadline < today:
		r.DueTone, r.Due = Bad, w("home.due.late", string(e.Deadline), e.Deed)
	case e.Deadline <= later(today, wizard.SoonDays):
		r.DueTone = Careful
	}
	return r
}

// later is a day some days after another; the same day when it cannot be read.
func later(d survey.Date, days int) survey.Date {
	t, err := time.Parse("2006-01-02", string(d))
	if err != nil {
		return d
	}
	return survey.Date(t.AddDate(0, 0, days).Format("2006-01-02"))
}

// Unreadable turns the row of a case that cannot be opened into one that says so.
func Unreadable(w Words, r CaseRow) CaseRow {
	r.Known, r.Problem, r.Next = true, true, w("home.next.unreadable")
	return r
}

func syncOf(w Words, e wizard.Entry) (string, Tone) {
	switch {
	case e.Request == "":
		return w("home.sync.none"), Plain
	case e.Request == submit.StateBlocked, e.Request == submit.StateReturned, e.Request == submit.StateRejected:
		return w("request." + string(e.Request)), Bad
	case e.Receipt:
		return w("home.sync.sent"), Good
	}
	return w("home.sync.waiting"), Under
}

// SoonCases names cases with something due soon; of many the first few.
func SoonCases(w Words, soon []wizard.Entry) []string {
	var out []string
	for i, e := range soon {
		if i == 3 {
			return append(out, "…")
		}
		out = append(out, w("home.soon.one", CaseOf(w, e).Name, string(e.Deadline), e.Deed))
	}
	return out
}

// DueCases names cases whose retention date has come; of many the first few.
func DueCases(w Words, due []wizard.Entry) []string {
	var out []string
	for i, e := range due {
		if i == 5 {
			return append(out, "…")
		}
		r := CaseOf(w, e)
		out = append(out, w("home.keep.one", r.Name, r.Keep))
	}
	return out
}
