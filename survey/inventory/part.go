package inventory

import (
	"fmt"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Split parts n of a line's machines off into a line of their own. The 原值 is shared by count, to the fen, the rest staying with the
// first line; numbers and network names, which speak of one machine, stay there too. It fails with E0105 unless 1 ≤ n < Count.
func Split(a survey.Asset, n int, newID func() string) (rest, apart survey.Asset, err error) {
	if n < 1 || n >= a.Count {
		return a, survey.Asset{}, survey.Fail(survey.CodeNumber, "inventory.split", "这一行有 %d 台，拆出的台数应在 1 到 %d 之间", a.Count, a.Count-1)
	}
	rest, apart = a, a
	apart.ID, apart.AssetID, apart.Nameplate.SerialNumber, apart.Reach = newID(), "", "", survey.Reach{}
	apart.Evidence = slices.Clone(a.Evidence)
	rest.Count, apart.Count = a.Count-n, n
	if a.Value != nil {
		moved := money.Part(*a.Value, n, a.Count)
		left := *a.Value - moved
		rest.Value, apart.Value = &left, &moved
	}
	for _, l := range []*survey.Asset{&rest, &apart} {
		l.Note = joined(l.Note, fmt.Sprintf("由一行 %d 台拆出", a.Count))
	}
	return rest, apart, nil
}

func joined(note, more string) string {
	if note == "" {
		return more
	}
	return note + "；" + more
}

// Unmerge takes witness number i out of a line again and makes a line of all that it said. The first line keeps what a person has set and
// what other witnesses say, in their order, and forgets what only this witness knew. It fails with E0401 when the witness is a person or
// the only one, and when what it said was not kept (before this version).
func Unmerge(a survey.Asset, i int, newID func() string) (rest, apart survey.Asset, err error) {
	if i < 0 || i >= len(a.Evidence) {
		return a, apart, survey.Fail(survey.CodeUnknownItem, "inventory.unmerge", "没有这一条来源")
	}
	e := a.Evidence[i]
	others := slices.DeleteFunc(slices.Clone(a.Evidence), func(k survey.Evidence) bool { return sameWitness(k, e) })
	switch {
	case e.Source == survey.SourcePerson || len(e.Said) == 0:
		return a, apart, survey.Fail(survey.CodeNotReady, "inventory.unmerge", "这一条来源没有留下可以拆出的内容")
	case !slices.ContainsFunc(others, func(k survey.Evidence) bool { return len(k.Said) > 0 || k.Source == survey.SourcePerson }):
		return a, apart, survey.Fail(survey.CodeNotReady, "inventory.unmerge", "这一行只有这一条来源，不用拆")
	}
	rest = a
	rest.Evidence = others
	for _, f := range fields {
		forget(&rest, f, &e)
	}
	for _, s := range sets {
		forgetSet(&rest, s, &e)
	}
	rest.Count = max(rest.Count, 1)
	return rest, stated(e, newID()), nil
}

// forget gives the field back to the next witness when the one that leaves held it.
func forget(rest *survey.Asset, f field, e *survey.Evidence) {
	text := f.text(rest)
	if text == "" || !states(e, f.key, text) || spoken(rest, f.key) {
		return
	}
	next := ""
	for i := range rest.Evidence {
		for _, w := range rest.Evidence[i].Said {
			if w.Field == f.key && next == "" {
				next = w.Text
			}
		}
	}
	if next == "" && (f.key == "name" || f.key == "count") {
		return // a line without them is none
	}
	f.read(rest, next)
}

func forgetSet(rest *survey.Asset, s set, e *survey.Evidence) {
	if spoken(rest, s.key) {
		return
	}
	for _, w := range e.Said {
		held := slices.ContainsFunc(rest.Evidence, func(k survey.Evidence) bool { return states(&k, s.key, w.Text) })
		if w.Field == s.key && !held {
			s.drop(rest, w.Text)
		}
	}
}

// stated makes a line of what one witness said.
func stated(e survey.Evidence, id string) survey.Asset {
	var a survey.Asset
	for _, w := range e.Said {
		for _, f := range fields {
			if f.key == w.Field {
				f.read(&a, w.Text)
			}
		}
		for _, s := range sets {
			if s.key == w.Field {
				s.read(&a, w.Text)
			}
		}
	}
	a.ID, a.Count, a.Evidence = id, max(a.Count, 1), []survey.Evidence{e}
	return a
}

// Join makes one line of two that a person says are the same machine. What the first does not know it takes from the other; where they
// differ its own word stays and comes back as a conflict. Nothing that a witness said is lost.
func Join(a, other survey.Asset) (survey.Asset, []survey.Conflict) {
	m := merger{out: Merged{Assets: []survey.Asset{a}}, index: newIndex([]survey.Asset{a})}
	m.out.Assets[0].Evidence = slices.Clone(a.Evidence)
	other.Evidence = slices.Clone(other.Evidence)
	m.join(0, &other)
	return m.out.Assets[0], m.out.Conflicts
}
