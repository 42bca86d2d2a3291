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
// id, 资产编号, serial number or MAC address, else by host name or address, else by manufacturer + model + name + workshop. What the register does not know it takes; where the two
// differ a person's word is taken over another witness's (but for the two numbers), everything else stays and comes back as a conflict. Both sides' evidence is
// kept, with what it says otherwise in its note, and one witness's word is reported once: merging the same proposals again
// changes nothing. newID must give a fresh id per call.
func Merge(have, got []survey.Asset, newID func() string) Merged {
	list := make([]Placed, len(got))
	for i := range got {
		list[i].Asset = got[i]
	}
	return Place(have, list, newID)
}

// Placed is a proposal with a person's word on which line it belongs to: Into is a line's id, "" leaves the choice to Merge, New makes a
// line of its own whatever it looks like.
type Placed struct {
	Asset survey.Asset
	Into  string
	New   bool
}

// Place is Merge of proposals that a person has looked through. An Into that no line has is taken as "".
func Place(have []survey.Asset, got []Placed, newID func() string) Merged {
	m := merger{out: Merged{Assets: slices.Clone(have), At: make([]int, len(got))}, index: newIndex(have), newID: newID}
	order := make([]int, len(got))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(&got[a].Asset) - rank(&got[b].Asset) }) // a person's word is heard first
	for _, i := range order {                                                                             // lines that are named come first, so that likeness cannot take them away
		m.out.At[i] = -1
		if j, ok := m.find(&got[i]); ok {
			m.out.At[i] = j
			m.index.used[j] = true
		}
	}
	for _, i := range order {
		m.out.At[i] = m.place(&got[i], m.out.At[i])
	}
	return m.out
}

// find gives the line that a proposal names, or that a person named for it.
func (m *merger) find(p *Placed) (int, bool) {
	if p.New {
		return -1, false
	}
	if j := slices.IndexFunc(m.out.Assets, func(a survey.Asset) bool { return p.Into != "" && a.ID == p.Into }); j >= 0 {
		return j, true
	}
	return m.index.byName(&p.Asset, m.out.Assets)
}

type merger struct {
	out   Merged
	index *index
	newID func() string
}

// place joins one proposal to its line, or makes a new line; it gives the line.
func (m *merger) place(p *Placed, at int) int {
	got := &p.Asset
	if at < 0 && !p.New {
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
	return at
}

func (m *merger) enter(got *survey.Asset) int {
	a := *got
	if a.ID == "" {
		a.ID = m.newID()
	}
	a.Count = max(a.Count, 1)
	a.Evidence = slices.Clone(got.Evidence)
	if len(a.Evidence) > 0 && a.Evidence[0].Said == nil {
		a.Evidence[0].Said = said(got)
	}
	m.out.Assets = append(m.out.Assets, a)
	m.out.Added++
	m.out.Changes = append(m.out.Changes, Change{AssetID: a.ID, To: strings.TrimSpace(a.AssetID + " " + a.Name), Evidence: witness(got)})
	return len(m.out.Assets) - 1
}

// join tells whether the line gained a value.
func (m *merger) join(at int, got *survey.Asset) bool {
	a, before := &m.out.Assets[at], len(m.out.Changes)
	outranks := byPerson(got) && !byPerson(a)
	remember(a, got)
	var differs []string
	for _, f := range fields {
		old, new := f.text(a), f.text(got)
		switch {
		case new == "" || survey.NormalizeText(old) == survey.NormalizeText(new):
		case !names(f) && (old == "" || outranks || renews(a, got, f, old, new)), names(f) && old == "" && !m.index.taken(f.key, new, at):
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
	keep(a, got, differs)
	return len(m.out.Changes) > before
}

// renews tells whether the list that gave the old value now gives a new one: nobody else stands by the old, no person has spoken on the
// field, and the list has not said the new one before (a list that contradicts itself is no news). A changed list so updates the register.
func renews(a, got *survey.Asset, f field, old, new string) bool {
	if len(got.Evidence) == 0 || spoken(a, f.key) {
		return false
	}
	by, gave := got.Evidence[0], false
	for i := range a.Evidence {
		e := &a.Evidence[i]
		switch {
		case !sameList(*e, by):
			if states(e, f.key, old) {
				return false
			}
		case states(e, f.key, new) || !e.At.Before(by.At):
			return false
		case states(e, f.key, old):
			gave = true
		}
	}
	return gave
}

// sameList tells whether two witnesses are one file, device or program, whatever the row.
func sameList(a, b survey.Evidence) bool {
	return a.Source == b.Source && a.By == b.By && listName(a.Ref) == listName(b.Ref)
}

// listName cuts the row off a reference such as "台账.xlsx 第 17 行".
func listName(ref string) string {
	name, _, _ := strings.Cut(ref, "第 ")
	return strings.TrimSpace(name)
}

func states(e *survey.Evidence, key, text string) bool {
	return slices.ContainsFunc(e.Said, func(w survey.Word) bool {
		return w.Field == key && survey.NormalizeText(w.Text) == survey.NormalizeText(text)
	})
}

// spoken tells whether a person has set the field by hand.
func spoken(a *survey.Asset, key string) bool {
	note := "字段 " + key[strings.LastIndexByte(key, '.')+1:]
	return slices.ContainsFunc(a.Evidence, func(e survey.Evidence) bool { return e.Source == survey.SourcePerson && e.Note == note })
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

// keep adds the evidence that is not there yet, whatever the hour it was read at; the first one carries all that it said, and in its note
// what it says otherwise. A witness that is known and says something new has the old saying replaced, which the history keeps.
func keep(a *survey.Asset, got *survey.Asset, differs []string) {
	for i, e := range got.Evidence {
		if i == 0 && e.Said == nil {
			e.Said = said(got)
		}
		if i == 0 && differs != nil {
			e.Note = strings.TrimPrefix(e.Note+"；"+strings.Join(differs, "；"), "；")
		}
		at := slices.IndexFunc(a.Evidence, func(k survey.Evidence) bool { return sameWitness(k, e) })
		switch {
		case at < 0 || i == 0 && differs != nil:
			a.Evidence = append(slices.Clone(a.Evidence), e)
		case i == 0 && !slices.Equal(a.Evidence[at].Said, e.Said):
			a.Evidence = slices.Clone(a.Evidence)
			a.Evidence[at].Said = e.Said
		}
	}
}

// remember writes down what a line of an older version knew before another witness adds to it, as the word of its first witness.
func remember(a, got *survey.Asset) {
	if len(a.Evidence) == 0 || a.Evidence[0].Source == survey.SourcePerson || heard(a, got) ||
		slices.ContainsFunc(a.Evidence, func(e survey.Evidence) bool { return len(e.Said) > 0 }) {
		return
	}
	a.Evidence = slices.Clone(a.Evidence)
	a.Evidence[0].Said = said(a)
}

// said states all that an asset says, in the order of the fields.
func said(a *survey.Asset) []survey.Word {
	var out []survey.Word
	for _, f := range fields {
		if t := f.text(a); t != "" {
			out = append(out, survey.Word{Field: f.key, Text: t})
		}
	}
	for _, s := range sets {
		for _, t := range s.texts(a) {
			out = append(out, survey.Word{Field: s.key, Text: t})
		}
	}
	return out
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
