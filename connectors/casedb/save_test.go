package casedb

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestHistoryKeepsEveryRevision(t *testing.T) {
	db := start(t, t.TempDir())
	create(t, db, &survey.Case{ID: "x"})
	site := func(name string) wizard.Change { return change(t, "site", "s", survey.Site{ID: "s", Name: name}) }
	at := func(h int) time.Time { return day.Add(time.Duration(h) * time.Hour) }
	gone := site("二厂")
	gone.Gone = true
	save(t, db, "x", at(1), site("一厂"))
	save(t, db, "x", at(2), site("二厂"))
	save(t, db, "x", at(3), gone)
	if c := load(t, db, "x"); len(c.Sites) != 0 {
		t.Errorf("sites = %v, want none", c.Sites)
	}
	save(t, db, "x", at(4), site("二厂"))
	got, err := db.History(t.Context(), "x", "site", "s")
	want := []Revision{
		{Revision: 1, Data: site("一厂").Data, By: "李工", At: at(1)},
		{Revision: 2, Data: site("二厂").Data, By: "李工", At: at(2)},
		{Revision: 3, Data: site("二厂").Data, By: "李工", At: at(3), Gone: true},
		{Revision: 4, Data: site("二厂").Data, By: "李工", At: at(4)},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if c := load(t, db, "x"); len(c.Sites) != 1 || c.Sites[0].Name != "二厂" {
		t.Errorf("sites = %v, want 二厂", c.Sites)
	}
}

func TestWhatHoldsAlreadyIsNotWrittenAgain(t *testing.T) {
	db := start(t, t.TempDir())
	c := fullCase("x")
	create(t, db, c)
	before := count(t, db, `SELECT count(*) FROM fact`)
	facts, err := c.Facts()
	if err != nil {
		t.Fatal(err)
	}
	var same []wizard.Change
	for _, f := range facts {
		same = append(same, wizard.Change{Fact: f})
	}
	never := change(t, "site", "never", survey.Site{ID: "never"})
	never.Gone = true
	save(t, db, "x", day.Add(time.Hour), append(same, never)...)
	if after := count(t, db, `SELECT count(*) FROM fact`); after != before {
		t.Errorf("%d rows became %d", before, after)
	}
	if list, err := db.List(t.Context()); err != nil || !list[0].Updated.Equal(day) {
		t.Errorf("a save that says nothing new moved the time to %v, %v", list[0].Updated, err)
	}
	moved := same[len(same)-1]
	for _, ch := range same {
		if ch.Kind == "site" {
			moved = ch
		}
	}
	moved.Order = 7
	save(t, db, "x", day.Add(time.Hour), moved)
	if after := count(t, db, `SELECT count(*) FROM fact`); after != before+1 {
		t.Errorf("a new place in the list made %d rows, want 1", after-before)
	}
}

func TestASaveIsNeverPartial(t *testing.T) {
	good := func() wizard.Change { return change(t, "site", "s", survey.Site{ID: "s"}) }
	for name, bad := range map[string]wizard.Change{
		"unknown kind":   change(t, "nonsense", "s", 1),
		"unknown member": change(t, "asset", "a", map[string]any{"id": "a", "colour": "red"}),
		"no JSON":        {Fact: survey.Fact{Kind: "asset", ID: "a", Data: []byte(`{"id":`)}},
		"another id":     change(t, "asset", "a", survey.Asset{ID: "b"}),
		"empty id":       change(t, "asset", "", survey.Asset{}),
	} {
		t.Run(name, func(t *testing.T) {
			db := start(t, t.TempDir())
			create(t, db, fullCase("x"))
			wantCode(t, db.Save(t.Context(), "x", []wizard.Change{good(), bad, good()}, "", day.Add(1)), survey.CodeInternal, bad.Kind)
			if diff := cmp.Diff(fullCase("x"), load(t, db, "x")); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("the third write fails", func(t *testing.T) {
		db := start(t, t.TempDir())
		create(t, db, fullCase("x"))
		raw(t, db, `CREATE TRIGGER fault BEFORE INSERT ON fact WHEN NEW.id = 'third' BEGIN SELECT RAISE(ABORT, 'fault'); END`)
		list := []wizard.Change{good(), change(t, "site", "second", survey.Site{ID: "second"}), change(t, "site", "third", survey.Site{ID: "third"})}
		wantCode(t, db.Save(t.Context(), "x", list, "", day.Add(time.Hour)), survey.CodeStore, "")
		if diff := cmp.Diff(fullCase("x"), load(t, db, "x")); diff != "" {
			t.Error(diff)
		}
		save(t, db, "x", day.Add(time.Hour), list[:2]...)
	})
}

func TestFactsAreOnlyEverAdded(t *testing.T) {
	db := start(t, t.TempDir())
	create(t, db, fullCase("x"))
	for _, q := range []string{
		`UPDATE fact SET payload = x'7b7d' WHERE kind = 'firm'`,
		`UPDATE fact SET state = 'gone' WHERE kind = 'firm'`,
		`DELETE FROM fact WHERE kind = 'firm'`,
		`DELETE FROM case_`,
	} {
		if _, err := db.sql.Write.Exec(q); err == nil {
			t.Errorf("%s went through", q)
		}
	}
	// What the schema does allow later: sealing a firm's payloads anew, erasing a firm.
	raw(t, db, `UPDATE case_ SET state = 'resealing'`)
	raw(t, db, `UPDATE fact SET payload = CAST(payload || x'20' AS BLOB)`)
	raw(t, db, `UPDATE case_ SET state = 'erasing'`)
	raw(t, db, `DELETE FROM fact`)
}

func TestContentsAreReferredToByTheirCases(t *testing.T) {
	db := start(t, t.TempDir())
	create(t, db, fullCase("x"))
	sha, err := db.Blobs().Put(t.Context(), []byte("合同"))
	if err != nil {
		t.Fatal(err)
	}
	save(t, db, "x", day, change(t, "attachment", "a", survey.Attachment{ID: "a", SHA256: sha}))
	gone := change(t, "attachment", "a", survey.Attachment{ID: "a", SHA256: sha})
	gone.Gone = true
	save(t, db, "x", day, gone)
	if n := count(t, db, `SELECT count(*) FROM blob_case WHERE sha256 = ? AND case_id = 'x'`, sha); n != 1 {
		t.Errorf("references = %d, want 1: the history still names the content", n)
	}
}
