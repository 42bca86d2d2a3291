package inventory

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Change is one thing that a merge did to the register. Field is "" for a new line; From and To are as a form shows them.
type Change struct {
	AssetID  string // Asset.ID
	Field    string // path inside the asset, e.g. "nameplate.model"
	From, To string // "" is nothing known
	Evidence survey.Evidence
}

// Merge brings proposals into the register and returns a new one, in the register's order with new lines behind. A proposal matches by
// id, 资产编号 or serial number, else by manufacturer + model + name + workshop. What the register does not know it takes; where the two
// differ a person's word is taken over another witness's (but for the two numbers), everything else stays and comes back as a conflict. Both sides' evidence is
// kept, with what it says otherwise in its note, and one witness's word is reported once: merging the same proposals again
// changes nothing. newID must give a fresh id per call.
func Merge(have, got []survey.Asset, newID func() string) Merged {
	m := merger{out: Merged{Assets: slices.Clone(have)}, index: newIndex(have), newID: newID}
	got = slices.Clone(got)
	slices.SortStableFunc(got, func(a, b survey.Asset) int { return rank(&a) - rank(&b) }) // a person's word is heard first
	at := make([]int, len(got))
	for i := range got { // lines that are named come first, so that likeness cannot take them away
		at[i] = -1
		if j, ok := m.index.byName(&got[i], m.out.Assets); ok {
			at[i] = j
			m.index.used[j] = true
		}
	}
	for i := range got {
		m.place(&got[i], at[i])
	}
	return m.out
}

type merger struct {
	out   Merged
	index *index
	newID func() string
}

// place joins one proposal to its line, or makes a new line.
func (m *merger) place(got *survey.Asset, at int) {
	if at < 0 {
		if j, ok := m.index.byName(got, m.out.Assets); ok { // a line made by an earlier proposal of this merge
			at = j
		} else if j, ok := m.index.byLikeness(got, m.out.Assets); ok {
			at = j
		}
	}
	switch {
	case at < 0:
		at = m.enter(got)
	case m.join(at, got):
		m.out.Changed++
	default:
		m.out.Unchanged++
	}
	m.index.used[at] = true
	m.index.put(&m.out.Assets[at], at)
}

func (m *merger) enter(got *survey.Asset) int {
	a := *got
	if a.ID == "" {
		a.ID = m.newID()
	}
	a.Count = max(a.Count, 1)
	a.Evidence = slices.Clone(got.Evidence)
	m.out.Assets = append(m.out.Assets, a)
	m.out.Added++
	m.out.Changes = append(m.out.Changes, Change{AssetID: a.ID, To: strings.TrimSpace(a.AssetID + " " + a.Name), Evidence: witness(got)})
	return len(m.out.Assets) - 1
}

// join tells whether the line gained a value.
func (m *merger) join(at int, got *survey.Asset) bool {
	a, before := &m.out.Assets[at], len(m.out.Changes)
	outranks := byPerson(got) && !byPerson(a)
	var differs []string
	for _, f := range fields {
		old, new := f.text(a), f.text(got)
		switch {
		case new == "" || survey.NormalizeText(old) == survey.NormalizeText(new):
		case !names(f) && (old == "" || outranks), names(f) && old == "" && !m.index.taken(f.key, new, at):
			f.copy(a, got)
			m.out.Changes = append(m.out.Changes, Change{a.ID, f.key, old, new, witness(got)})
		default:
			if word := says(f, new); !told(a, got, word) {
				differs = append(differs, word)
				m.out.Conflicts = append(m.out.Conflicts, survey.Conflict{Asset: a.ID, Field: f.key, Have: old, Got: new, Evidence: witness(got)})
			}
		}
	}
	for _, s := range sets {
		if added := s.add(a, got); added != nil {
			m.out.Changes = append(m.out.Changes, Change{AssetID: a.ID, Field: s.key, To: strings.Join(added, "、"), Evidence: witness(got)})
		}
	}
	keep(a, got.Evidence, differs)
	return len(m.out.Changes) > before
}

// names tells whether a field names the machine: such a field is never overwritten by a merge, nor given to two lines, else a list would
// lose its line.
func names(f field) bool { return f.key == fieldNumber || f.key == fieldSerial }

// says writes one differing word as it stands in the note of the evidence that is kept.
func says(f field, text string) string {
	return "〔" + f.name + "〕" + strings.ReplaceAll(text, "；", "，")
}

// told tells whether the witness of got has said this word of a before.
func told(a, got *survey.Asset, word string) bool {
	return len(got.Evidence) > 0 && slices.ContainsFunc(a.Evidence, func(e survey.Evidence) bool {
		return sameWitness(e, got.Evidence[0]) && slices.Contains(strings.Split(e.Note, "；"), word)
	})
}

// keep adds the evidence that is not there yet, whatever the hour it was read at; the first one carries what it says otherwise.
func keep(a *survey.Asset, evidence []survey.Evidence, differs []string) {
	for i, e := range evidence {
		news := i == 0 && differs != nil
		if news {
			e.Note = strings.TrimPrefix(e.Note+"；"+strings.Join(differs, "；"), "；")
		}
		if news || !slices.ContainsFunc(a.Evidence, func(k survey.Evidence) bool { return sameWitness(k, e) }) {
			a.Evidence = append(slices.Clone(a.Evidence), e)
		}
	}
}

func sameWitness(a, b survey.Evidence) bool {
	return a.Source == b.Source && a.By == b.By && a.Ref == b.Ref && a.Attachment == b.Attachment
}

func byPerson(a *survey.Asset) bool {
	return slices.ContainsFunc(a.Evidence, func(e survey.Evidence) bool { return e.Source == survey.SourcePerson })
}

func rank(a *survey.Asset) int {
	if byPerson(a) {
		return 0
	}
	return 1
}

func witness(a *survey.Asset) survey.Evidence {
	if len(a.Evidence) == 0 {
		return survey.Evidence{}
	}
	return a.Evidence[0]
}
