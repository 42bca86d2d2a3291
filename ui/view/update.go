package view

import (
	"strconv"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

// UpdateRow is an update that was found, in words.
type UpdateRow struct {
	Title, When string
	Lines       []string // what changed
	Refused     string   // why it cannot be installed, "" when it can
}

// maxChanged is how many changed files a row names.
const maxChanged = 8

// UpdateRowOf puts an update into words; said turns a failure into a sentence.
func UpdateRowOf(w Words, u wizard.Update, said func(error) string) UpdateRow {
	r := UpdateRow{When: u.Date}
	switch u.Kind {
	case wizard.UpdatePacks:
		r.Title = w("update.packs.title", u.Number)
	case wizard.UpdateProgram:
		r.Title = w("update.program.title", u.Version, u.System)
	default:
		r.Title = w("update.unknown.title")
	}
	for _, n := range u.Notes {
		r.Lines = append(r.Lines, "· "+n)
	}
	for i, c := range u.Changed {
		if i == maxChanged {
			r.Lines = append(r.Lines, w("update.more", len(u.Changed)-maxChanged))
			break
		}
		r.Lines = append(r.Lines, w("update.file."+c[:1], c[2:]))
	}
	if u.Refused != nil {
		r.Refused = said(u.Refused)
	}
	return r
}

// UpdateFacts says what is installed, as pairs of a key and its value.
func UpdateFacts(w Words, s wizard.UpdateState) [][2]string {
	program := s.Version
	if s.Version != s.Running {
		program = w("update.program.next", s.Version, s.Running)
	}
	packs := strconv.Itoa(s.Packs)
	if s.Packs == s.PacksOwn {
		packs = w("update.packs.own", s.Packs)
	} else {
		packs = join(append([]string{packs, s.PacksDate}, s.PacksNotes...)...)
	}
	key := w("update.key.none")
	switch {
	case s.Trial:
		key = w("update.key.trial", s.Key)
	case s.Key != "":
		key = s.Key
	}
	return [][2]string{{w("update.program"), program}, {w("update.packs"), packs}, {w("update.key"), key}}
}
