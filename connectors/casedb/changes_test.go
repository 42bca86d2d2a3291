package casedb

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// desk is a wizard's desk over a real case file whose clock stands still.
func desk(t *testing.T, db *DB) *wizard.Desk {
	t.Helper()
	qs, err := pack.Questionnaires(assets.Questions)
	if err != nil {
		t.Fatal(err)
	}
	ps, err := pack.Policies(assets.Policy)
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := pack.Catalog(assets.Catalog)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	return wizard.NewDesk(wizard.Parts{
		Cases: db, Blobs: db.Blobs(), Outbox: db.Outbox(), Settings: db, History: db,
		Packs: wizard.Packs{Questions: qs[0], Policy: ps[0], Catalog: catalog}, By: "李工",
		Now: func() time.Time { return day }, NewID: func() string { n++; return fmt.Sprintf("id-%d-%p", n, db) },
	})
}

// TestUndoAndRedoWalkTheEdits does random edits, walks back and forth over restarts and holds every stop against what was there.
func TestUndoAndRedoWalkTheEdits(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	d := desk(t, db)
	round, restarts := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		c := &survey.Case{Schema: survey.SchemaCase, ID: fmt.Sprint("r", round), Created: day, AsOf: "2026-11-23"}
		if err := db.Create(t.Context(), c, "张工", day.Add(-time.Hour)); err != nil {
			rt.Fatal(err)
		}
		stops, at := []*survey.Case{c}, 0 // what the case was after each edit that is not forgotten
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			var st *wizard.State
			var err error
			switch rapid.IntRange(0, 6).Draw(rt, "step") {
			case 0, 1:
				if st, err = d.Undo(t.Context(), c.ID); at == 0 {
					if survey.CodeOf(err) != survey.CodeNotReady {
						rt.Fatal("nothing to undo, and", err)
					}
					continue
				}
				at--
			case 2:
				if st, err = d.Redo(t.Context(), c.ID); at == len(stops)-1 {
					if survey.CodeOf(err) != survey.CodeNotReady {
						rt.Fatal("nothing to redo, and", err)
					}
					continue
				}
				at++
			case 3:
				if rapid.IntRange(0, 3).Draw(rt, "reopen") > 0 {
					continue
				}
				if err := db.Close(); err != nil {
					rt.Fatal(err)
				}
				db = start(t, dir)
				d = desk(t, db)
				restarts++
				now := day.Add(time.Duration(restarts) * time.Minute)
				d.Now = func() time.Time { return now }
				st, err = d.Open(t.Context(), c.ID)
			default:
				before := stops[at]
				st, err = d.Edit(t.Context(), c.ID, func(k *survey.Case) error { edit(rt, k); return nil })
				if err == nil && cmp.Diff(before, st.Case) != "" {
					stops = append(stops[:at+1:at+1], st.Case.Clone())
					at++
				}
			}
			if err != nil {
				rt.Fatal(err)
			}
			if diff := cmp.Diff(stops[at], st.Case); diff != "" {
				rt.Fatal(diff)
			}
			if diff := cmp.Diff(stops[at], load(t, db, c.ID)); diff != "" {
				rt.Fatal(diff)
			}
			if (st.CanUndo != nil) != (at > 0) || (st.CanRedo != nil) != (at < len(stops)-1) {
				rt.Fatal("can undo, redo:", st.CanUndo, st.CanRedo, "at", at, "of", len(stops)-1)
			}
		}
	})
}

func TestAnUndoIsARecordedChange(t *testing.T) {
	db := start(t, t.TempDir())
	d := desk(t, db)
	id := first(d.New(t.Context(), "甲厂")).Case.ID
	first(d.Set(t.Context(), id, "firm.name", "乙厂"))
	d.By = "王工"
	st := first(d.Undo(t.Context(), id))
	if st.Case.Firm.Name != "甲厂" || st.CanUndo != nil || st.CanRedo == nil || st.CanRedo.What[0].New != "乙厂" {
		t.Errorf("%q, %+v, %+v", st.Case.Firm.Name, st.CanUndo, st.CanRedo)
	}
	h, err := db.History(t.Context(), id, "firm", "firm")
	if err != nil || len(h) != 3 || h[2].By != "王工" || string(h[2].Data) != string(h[0].Data) || !h[2].At.After(h[1].At) {
		t.Errorf("history = %+v, %v", h, err)
	}
	past, err := d.Past(t.Context(), id, time.Time{})
	if err != nil || len(past) != 3 || past[0].Mark == nil || past[0].Mark.Undo != past[1].ID || !past[2].First {
		t.Fatalf("past = %+v, %v", past, err)
	}
	if x := past[0].What[0]; x.Old != "乙厂" || x.New != "甲厂" || past[0].By != "王工" || past[1].By != "李工" {
		t.Errorf("the undo is told as %+v", past[0])
	}
	if _, err := d.Past(t.Context(), "nobody", time.Time{}); survey.CodeOf(err) != survey.CodeNoCase {
		t.Errorf("the past of no case: %v", err)
	}
	first(d.Redo(t.Context(), id))
	if c := load(t, db, id); c.Firm.Name != "乙厂" {
		t.Errorf("name = %q", c.Firm.Name)
	}
}

func first(st *wizard.State, err error) *wizard.State {
	if err != nil {
		panic(err)
	}
	return st
}

// TestAnUndoIsWholeOrNotAtAll breaks the last write of an undo: nothing of it stays, and it can be done again.
func TestAnUndoIsWholeOrNotAtAll(t *testing.T) {
	db := start(t, t.TempDir())
	d := desk(t, db)
	id := first(d.New(t.Context(), "甲厂")).Case.ID
	first(d.Set(t.Context(), id, "firm.name", "乙厂"))
	rows := count(t, db, `SELECT count(*) FROM fact`)
	raw(t, db, `CREATE TRIGGER fault BEFORE INSERT ON fact WHEN NEW.kind = 'mark' BEGIN SELECT RAISE(ABORT, 'fault'); END`)
	_, err := d.Undo(t.Context(), id)
	wantCode(t, err, survey.CodeStore, "")
	if n := count(t, db, `SELECT count(*) FROM fact`); n != rows || load(t, db, id).Firm.Name != "乙厂" {
		t.Errorf("%d rows became %d, the name %q", rows, n, load(t, db, id).Firm.Name)
	}
	raw(t, db, `DROP TRIGGER fault`)
	if st := first(d.Undo(t.Context(), id)); st.Case.Firm.Name != "甲厂" {
		t.Errorf("name = %q", st.Case.Firm.Name)
	}
	wantCode(t, db.SaveMarked(t.Context(), "nobody", nil, wizard.Mark{Undo: "x"}, "", day), survey.CodeNoCase, "")
}

// TestAnUndoKeepsWhatWasSealedAndAgreed holds consents, the outbox and the files of a sealed request against undo and redo.
func TestAnUndoKeepsWhatWasSealedAndAgreed(t *testing.T) {
	db := start(t, t.TempDir())
	d := desk(t, db)
	id := first(d.New(t.Context(), "甲厂")).Case.ID
	first(d.Attach(t.Context(), id, "合同.pdf", "合同", "", "application/pdf", []byte("合同")))
	kept := first(d.Attach(t.Context(), id, "照片.png", "照片", "", "image/png", []byte("照片"))).Case.Attachments
	first(d.Set(t.Context(), id, "firm.name", "乙厂"))
	first(d.Edit(t.Context(), id, func(c *survey.Case) error {
		c.Consents = append(c.Consents, survey.Consent{ID: "k", Kind: "application", Recipient: "市局", By: "李工", At: day})
		return nil
	}))
	first(d.Edit(t.Context(), id, func(c *survey.Case) error { c.Attachments = c.Attachments[1:]; return nil })) // the sealed one goes from the list
	s, err := submit.Seal(submit.Submission{
		ID: idA, Revision: 1, Kind: submit.Application, FormVersion: survey.SchemaCase, CaseID: id, DeviceID: idB, DeviceTime: day,
		Consent: submit.Consent{Text: "同意", By: "李工", At: day, Recipient: "市局"}, Document: json.RawMessage(`{"form":"甲"}`),
		Summary:     submit.Summary{FirmName: "甲厂", CreditCode: "91430200000000000X", Title: "甲"},
		Attachments: []submit.Blob{{Name: "1-合同.pdf", Role: "合同", SHA256: kept[0].SHA256, Size: kept[0].Size, Type: "application/pdf"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	putRequest(t, db.Outbox(), s)
	requests := func() []wizard.Request {
		all, err := db.Outbox().Requests(t.Context(), id)
		if err != nil || len(all) != 1 {
			t.Fatalf("requests = %+v, %v", all, err)
		}
		return all
	}
	outbox := requests()
	for range 2 { // the name, then the picture; the contract is in the request
		st := first(d.Undo(t.Context(), id))
		if len(st.Case.Consents) != 1 {
			t.Fatal("an undo took a consent back")
		}
	}
	c := load(t, db, id)
	if c.Firm.Name != "甲厂" || len(c.Attachments) != 0 {
		t.Errorf("name %q, attachments %+v", c.Firm.Name, c.Attachments)
	}
	if _, err := d.Undo(t.Context(), id); survey.CodeOf(err) != survey.CodeNotReady {
		t.Errorf("a third undo: %v", err)
	}
	if diff := cmp.Diff(outbox, requests()); diff != "" {
		t.Error(diff)
	}
	for _, a := range kept {
		if _, err := d.Blobs.Get(t.Context(), a.SHA256); err != nil {
			t.Error(err)
		}
	}
	first(d.Redo(t.Context(), id))
	if c := first(d.Redo(t.Context(), id)).Case; c.Firm.Name != "乙厂" || len(c.Attachments) != 1 || c.Attachments[0].ID != kept[1].ID {
		t.Errorf("name %q, attachments %+v", c.Firm.Name, c.Attachments)
	}
}

func TestChangedSinceTheRequestComparesThenAndNow(t *testing.T) {
	db := start(t, t.TempDir())
	d := desk(t, db)
	id := first(d.New(t.Context(), "甲厂")).Case.ID
	first(d.Set(t.Context(), id, "firm.county", "天元区"))
	sealed := wizard.Request{Sealed: load(t, db, id).Firm.Evidence[0].At.Add(time.Microsecond)}
	d.Now = func() time.Time { return day.Add(time.Hour) }
	for _, name := range []string{"乙厂", "丙厂"} {
		first(d.Set(t.Context(), id, "firm.name", name))
	}
	first(d.Set(t.Context(), id, "firm.county", "芦淞区"))
	first(d.Undo(t.Context(), id))
	st, key, err := d.Add(t.Context(), id, wizard.AddAsset, "")
	if err != nil {
		t.Fatal(err)
	}
	got, err := d.ChangedSince(t.Context(), st, sealed)
	want := []wizard.Difference{
		{Sort: wizard.DiffChanged, Kind: "firm", ID: "firm", Field: "name", Old: "甲厂", New: "丙厂"},
		{Sort: wizard.DiffAdded, Kind: "asset", ID: key},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	first(d.Undo(t.Context(), id))
	first(d.Undo(t.Context(), id))
	st = first(d.Undo(t.Context(), id))
	if got, err := d.ChangedSince(t.Context(), st, sealed); err != nil || len(got) != 0 {
		t.Errorf("after undoing all: %+v, %v", got, err)
	}
}
