package cmd

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// line gives the case's line and demands that it is what the case looked at anew would give.
func (d *table) line(t *testing.T) wizard.Entry {
	t.Helper()
	find := func() wizard.Entry {
		t.Helper()
		found, err := d.Search(t.Context(), wizard.Query{Text: d.id})
		if err != nil || len(found.Entries) != 1 {
			t.Fatalf("%+v, %v", found, err)
		}
		return found.Entries[0]
	}
	got := find()
	if got.Stale {
		t.Errorf("the line is stale: %+v", got)
	}
	st, err := d.Open(t.Context(), d.id)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(find(), got); diff != "" {
		t.Error("a look changed the line: " + diff)
	}
	next := wizard.StepKey("")
	for _, s := range st.Steps {
		if s.State != "done" && next == "" {
			next = s.Key
		}
	}
	for _, s := range st.Steps {
		if s.State == "problem" && !got.Problem {
			t.Errorf("%s has a problem, the line says none", s.Key)
		}
	}
	if a := st.Assessment; got.Level != a.Level || got.Score != a.Score || got.Name != st.Case.Firm.Name || !got.Problem && got.Next != next {
		t.Errorf("line %+v, but level %d, score %s, next %s", got, a.Level, a.Score, next)
	}
	return got
}

// TestTheLineOfACaseFollowsEveryVerb edits, takes back, seals, sends and starts again; after each the list says what the case says.
func TestTheLineOfACaseFollowsEveryVerb(t *testing.T) {
	b := openBureau(t, "株洲市工信局")
	d := openTable(t)
	first := d.line(t)
	if first.Level != 1 || first.CreditCode == "" || first.Request != "" {
		t.Errorf("%+v", first)
	}
	d.set(t, "firm.name", "株洲改名有限公司")
	if e := d.line(t); e.Name != "株洲改名有限公司" {
		t.Errorf("%+v", e)
	}
	if _, err := d.Set(t.Context(), d.id, "firm.capital", "很多"); err == nil {
		t.Fatal("the draft was taken")
	}
	if e := d.line(t); !e.Problem || e.Next != wizard.StepFirm || !e.In(wizard.GroupMend) {
		t.Errorf("with a draft: %+v", e)
	}
	for range 2 {
		if _, err := d.Undo(t.Context(), d.id); err != nil {
			t.Fatal(err)
		}
		d.line(t)
	}
	if e := d.line(t); e.Name != first.Name || e.Problem {
		t.Errorf("taken back: %+v", e)
	}
	b.enrol(t, d.Desk)
	d.agree(t, submit.Application)
	d.seal(t, submit.Application)
	if e := d.line(t); e.Request != submit.StateSealed || !e.In(wizard.GroupWaiting) {
		t.Errorf("sealed: %+v", e)
	}
	if _, err := d.send(t, submit.Application); err != nil {
		t.Fatal(err)
	}
	if e := d.line(t); e.Request != submit.StateSent || !e.Receipt || !e.In(wizard.GroupSent) {
		t.Errorf("sent: %+v", e)
	}
}

// TestOverviewsOfOtherPacksAreSaidToBeStale holds that a level is never shown silently as today's when it was made otherwise.
func TestOverviewsOfOtherPacksAreSaidToBeStale(t *testing.T) {
	d := openTable(t)
	find := func(desk *wizard.Desk) wizard.Entry {
		t.Helper()
		found, err := desk.Search(t.Context(), wizard.Query{})
		if err != nil || len(found.Entries) != 1 {
			t.Fatalf("%+v, %v", found, err)
		}
		return found.Entries[0]
	}
	had := find(d.Desk)
	packs, err := join.Packs()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := json.Marshal(packs); err != nil { // what overviews are made by is their digest
		t.Fatal(err)
	}
	for name, change := range map[string]func(*wizard.Parts){
		"program": func(p *wizard.Parts) { p.Program += "+1" },
		"questionnaire": func(p *wizard.Parts) {
			q := *packs.Questions
			q.Rule.Levels = slices.Clone(q.Rule.Levels)
			q.Rule.Levels[0].Score++
			p.Packs.Questions = &q
		},
		"policy": func(p *wizard.Parts) {
			q := *packs.Policy
			q.Conditions = q.Conditions[1:]
			p.Packs.Policy = &q
		},
	} {
		parts := d.Parts
		change(&parts)
		other := wizard.NewDesk(parts)
		if e := find(other); !e.Stale || e.LevelName != had.LevelName {
			t.Errorf("%s: %+v", name, e)
		}
		if err := other.Renew(t.Context(), d.id); err != nil {
			t.Fatal(err)
		}
		if find(other).Stale || !find(d.Desk).Stale {
			t.Errorf("%s: after renewing %+v, for the first desk %+v", name, find(other), find(d.Desk))
		}
	}
	if err := d.Renew(t.Context(), d.id); err != nil || find(d.Desk).Stale {
		t.Errorf("%+v, %v", find(d.Desk), err)
	}
	if _, err := d.Adopt(t.Context(), &survey.Case{Firm: survey.Firm{Name: "乙"}}); err != nil {
		t.Fatal(err)
	}
	if found, err := d.Search(t.Context(), wizard.Query{Text: "乙"}); err != nil || found.Total != 1 || found.Entries[0].Stale {
		t.Errorf("a new case: %+v, %v", found, err)
	}
}
