package view

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// CaseRow is one case on the 工作台. What follows from the case is empty until it was looked at (Known).
type CaseRow struct {
	ID, Name, Region, Updated string
	Firm                      string // the firm's name as stored, "" while unnamed
	Keep                      string // until when the data are kept, "" without end
	Known                     bool
	Level                     int    // 0–4
	LevelName, Score          string // "" while nothing is assessed
	Next                      string
	Problem                   bool   // something has to be mended
	Sync                      string // of the newest request, in words
	Tone                      Tone
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

// CaseOf turns a line of the list into a row; st, which may be nil, is the case looked at.
func CaseOf(w Words, e wizard.Entry, st *wizard.State) CaseRow {
	r := CaseRow{ID: e.ID, Name: e.Name, Region: e.Region, Updated: e.Updated.Local().Format("2006-01-02 15:04"), Firm: e.Name, Keep: string(e.RetainUntil)}
	if r.Name == "" {
		r.Name = w("case.unnamed")
	}
	if x, ok := survey.RegionByCode(e.Region); ok {
		r.Region = x.Name
	}
	if r.Region == "" {
		r.Region = w("home.region.none")
	}
	if st == nil {
		return r
	}
	r.Known = true
	a := st.Assessment
	if len(a.Open) < len(a.Items)+len(a.Scenes) {
		r.Level, r.Score = a.Level, a.Score.String()
		r.LevelName, _, _ = strings.Cut(a.LevelName, " ")
	}
	r.Next, r.Problem = nextOf(w, st)
	r.Sync, r.Tone = syncOf(w, st)
	return r
}

// Unreadable turns the row of a case that cannot be opened into one that says so.
func Unreadable(w Words, r CaseRow) CaseRow {
	r.Known, r.Problem, r.Next, r.Sync = true, true, w("home.next.unreadable"), w("home.sync.none")
	return r
}

// nextOf tells what to do next: what is to be mended first, then the first step that is not done.
func nextOf(w Words, st *wizard.State) (next string, problem bool) {
	for _, s := range st.Steps {
		if s.State == "problem" {
			return w("home.next.problem", w("step."+string(s.Key)), s.Open), true
		}
	}
	if !slices.ContainsFunc(st.Steps, func(s wizard.StepState) bool { return s.State != "done" }) {
		return w("home.next.none"), false
	}
	return w("home.next." + string(wizard.FirstOpen(st))), false
}

func syncOf(w Words, st *wizard.State) (string, Tone) {
	if len(st.Requests) == 0 {
		return w("home.sync.none"), Plain
	}
	q := st.Requests[0]
	switch {
	case q.State == submit.StateBlocked, q.State == submit.StateReturned, q.State == submit.StateRejected:
		return w("request." + string(q.State)), Bad
	case q.Receipt != nil:
		return w("home.sync.sent"), Good
	}
	return w("home.sync.waiting"), Under
}

// DueCases names the cases whose retention date has come.
func DueCases(w Words, rows []CaseRow, today survey.Date) []string {
	var out []string
	for _, r := range rows {
		if (wizard.Entry{RetainUntil: survey.Date(r.Keep)}).Due(today) {
			out = append(out, w("home.keep.one", r.Name, r.Keep))
		}
	}
	return out
}

// HomeCounts are the counters of the 工作台.
type HomeCounts struct{ Cases, Todo, Mend, Waiting, Sent int }

// CountCases counts rows; rows not looked at yet count as cases only.
func CountCases(rows []CaseRow) HomeCounts {
	n := HomeCounts{Cases: len(rows)}
	for _, r := range rows {
		switch {
		case !r.Known:
		case r.Tone == Good && !r.Problem:
			n.Sent++
		case r.Tone == Under:
			n.Waiting++
		default:
			n.Todo++
		}
		if r.Problem || r.Tone == Bad {
			n.Mend++
		}
	}
	return n
}

// CaseFilter names a choice of rows.
type CaseFilter int

// The filters, in the order of the chips.
const (
	AllCases CaseFilter = iota
	TodoCases
	MendCases
	WaitingCases
	SentCases
)

// PickCases keeps the rows that a filter and a search for a part of name, place or number leave.
func PickCases(rows []CaseRow, f CaseFilter, search string) []CaseRow {
	search = survey.NormalizeText(search)
	var out []CaseRow
	for _, r := range rows {
		one := CountCases([]CaseRow{r})
		fits := [...]bool{true, one.Todo > 0, one.Mend > 0, one.Waiting > 0, one.Sent > 0}[f]
		if fits && strings.Contains(survey.NormalizeText(r.Name+"\n"+r.Region+"\n"+r.ID), search) {
			out = append(out, r)
		}
	}
	return out
}
