package casedb

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// saw gives an overview with that name.
func saw(name string) wizard.Overview {
	return wizard.Overview{Name: name, CreditCode: "91430211MA4HY7K28C", Region: "430200", LevelName: "二级", Level: 2, Score: 52_600, Next: wizard.StepReview, Made: "甲"}
}

func listed(t testing.TB, db *DB) map[string]wizard.Entry {
	t.Helper()
	all, err := db.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]wizard.Entry{}
	for _, e := range all {
		out[e.ID] = e
	}
	return out
}

// TestTheIndexIsWhatAFreshOneWouldBe does random things that change the list, also some that go around the index, and holds it each time
// against one made anew.
func TestTheIndexIsWhatAFreshOneWouldBe(t *testing.T) {
	db, n := start(t, t.TempDir()), 0
	create(t, db, fullCase("x"))
	rapid.Check(t, func(rt *rapid.T) {
		n++
		must := func(err error) {
			rt.Helper()
			if err != nil {
				rt.Fatal(err)
			}
		}
		own := fmt.Sprint("case ", n)
		must(db.Create(t.Context(), &survey.Case{ID: own, Created: day}, "", day))
		request := sealed(t, fmt.Sprintf("01932f4a-0000-7000-8000-%012d", n), 1, "甲")
		put, gone := false, false
		for i := range rapid.IntRange(1, 8).Draw(rt, "steps") {
			at, name := day.Add(time.Duration(rapid.IntRange(0, 99).Draw(rt, "at"))*time.Second), fmt.Sprint("企业", n, "-", i)
			firm := change(t, "firm", "firm", survey.Firm{Name: name})
			action := rapid.IntRange(0, 9).Draw(rt, "action")
			if gone && action < 6 {
				continue
			}
			switch action {
			case 0:
				must(db.Save(t.Context(), own, []wizard.Change{firm}, "", at))
			case 1:
				must(db.SaveSeen(t.Context(), own, []wizard.Change{firm}, wizard.Seen{Overview: saw(name)}, "", at))
			case 2:
				must(db.SaveSeen(t.Context(), own, nil, wizard.Seen{Overview: saw(name), Mark: &wizard.Mark{Undo: "x"}}, "", at))
			case 3:
				must(db.Save(t.Context(), own, []wizard.Change{change(t, "draft", name, "x")}, "", at))
			case 4:
				_, stamp, err := db.Overview(t.Context(), own)
				must(err)
				must(db.PutOverview(t.Context(), own, stamp, saw(name)))
			case 5:
				_, err := db.Erase(t.Context(), own, wizard.Erased{}, at)
				must(err)
				gone = true
			case 6:
				must(db.Outbox().Put(t.Context(), request, at))
				put = true
			case 7:
				if put {
					r := wizard.Request{ID: request.Submission.ID, Revision: 1, State: submit.StateSending, Attempts: 1}
					must(db.Outbox().Mark(t.Context(), r, at))
				}
			case 8: // as whoever erases a case would do it
				must(db.Create(t.Context(), &survey.Case{ID: name, Created: day}, "", at))
				listed(t, db)
				raw(t, db, `UPDATE case_ SET state = 'erasing' WHERE id = ?`, name)
				raw(t, db, `DELETE FROM fact WHERE case_id = ?`, name)
				raw(t, db, `DELETE FROM case_ WHERE id = ?`, name)
			case 9:
				raw(t, db, `UPDATE case_ SET updated = ? WHERE id = 'x'`, stampOf(at))
			}
			if rapid.Bool().Draw(rt, "look") {
				asFresh(t, db)
			}
		}
		asFresh(t, db)
	})
}

// asFresh holds the index against a fresh one.
func asFresh(t *testing.T, db *DB) {
	t.Helper()
	fresh, err := db.lines(t.Context(), db.sql.Read, 0)
	if err != nil {
		t.Fatal(err)
	}
	got, err := db.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wizard.NewLines(fresh).Find(wizard.Query{}).Entries, got); diff != "" {
		t.Fatal(diff)
	}
}

func TestTheListSaysWhatTheOverviewAndTheRequestSay(t *testing.T) {
	db, o := outbox(t)
	save(t, db, "x", day, change(t, "firm", "firm", survey.Firm{Name: "旧名", Region: "430100", CreditCode: "1"}))
	want := wizard.Entry{ID: "x", Created: listed(t, db)["x"].Created, Updated: day, Name: "旧名", Region: "430100", CreditCode: "1"}
	if diff := cmp.Diff(want, listed(t, db)["x"]); diff != "" {
		t.Error("without an overview: " + diff)
	}
	if err := db.SaveSeen(t.Context(), "x", []wizard.Change{change(t, "firm", "firm", survey.Firm{Name: "新名"})}, wizard.Seen{Overview: saw("新名")}, "", day); err != nil {
		t.Fatal(err)
	}
	want.Take(saw("新名"))
	if diff := cmp.Diff(want, listed(t, db)["x"]); diff != "" || want.Made == "" || want.Next != wizard.StepReview {
		t.Error("with one: " + diff)
	}
	putRequest(t, o, sealed(t, idA, 1, "甲"))
	walk(t, o, sealed(t, idA, 1, "甲"), submit.StateSending, submit.StateSent)
	want.Request, want.Receipt, want.Next = submit.StateSent, true, ""
	if diff := cmp.Diff(want, listed(t, db)["x"]); diff != "" {
		t.Error("after the receipt: " + diff)
	}
}

// TestAnOverviewNeverOutlivesItsFacts holds that whoever writes facts without an overview leaves none, even when the program ends right then.
func TestAnOverviewNeverOutlivesItsFacts(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	create(t, db, fullCase("x"))
	seen := func() { // the case as it stands has an overview
		t.Helper()
		if err := db.SaveSeen(t.Context(), "x", nil, wizard.Seen{Overview: saw("甲")}, "", day); err != nil {
			t.Fatal(err)
		}
		if o, _, err := db.Overview(t.Context(), "x"); err != nil || o != saw("甲") {
			t.Fatalf("%+v, %v", o, err)
		}
	}
	for name, write := range map[string]func(){
		"save": func() { save(t, db, "x", day, change(t, "draft", "firm.capital", time.Now().String())) },
		"mark": func() { _ = db.SaveMarked(t.Context(), "x", nil, wizard.Mark{Undo: "x"}, "", day) },
		"resealing": func() {
			raw(t, db, `UPDATE case_ SET state = 'resealing'`)
			raw(t, db, `UPDATE fact SET by_ = by_ WHERE kind = 'firm'`)
		},
		"another way": func() {
			raw(t, db, `INSERT INTO fact (case_id, kind, id, revision, state, ord, payload, by_, at) VALUES ('x', 'asset', 'new', 1, 'gone', 0, x'00', x'00', '')`)
		},
	} {
		seen()
		write()
		if o, _, err := db.Overview(t.Context(), "x"); err != nil || o != (wizard.Overview{}) {
			t.Errorf("%s: %+v is left, %v", name, o, err)
		}
	}
	seen()
	_, stamp, _ := db.Overview(t.Context(), "x")
	save(t, db, "x", day, change(t, "draft", "firm.capital", "another"))
	if err := db.PutOverview(t.Context(), "x", stamp, saw("乙")); err != nil {
		t.Fatal(err)
	}
	if o, _, _ := db.Overview(t.Context(), "x"); o.Name != "" {
		t.Errorf("an overview of the case as it was before was kept: %+v", o)
	}
}

// TestFactsAndOverviewAreSavedTogether stops the save at its last step, the overview, and finds the facts as they were; and the other way round.
func TestFactsAndOverviewAreSavedTogether(t *testing.T) {
	for _, table := range []string{"overview", "fact"} {
		db := start(t, t.TempDir())
		create(t, db, &survey.Case{ID: "x", Created: day, Firm: survey.Firm{Name: "旧名"}})
		if err := db.SaveSeen(t.Context(), "x", nil, wizard.Seen{Overview: saw("旧名")}, "", day); err != nil {
			t.Fatal(err)
		}
		raw(t, db, `CREATE TRIGGER stop BEFORE INSERT ON `+table+` BEGIN SELECT RAISE(ABORT, 'stopped'); END`)
		err := db.SaveSeen(t.Context(), "x", []wizard.Change{change(t, "firm", "firm", survey.Firm{Name: "新名"})}, wizard.Seen{Overview: saw("新名")}, "", day)
		if err == nil {
			t.Fatal("the save was not stopped")
		}
		if got := load(t, db, "x").Firm.Name; got != "旧名" || listed(t, db)["x"].Name != "旧名" {
			t.Errorf("%s: the case says %q, the list %q", table, got, listed(t, db)["x"].Name)
		}
	}
}

func TestADamagedOverviewHidesNoCase(t *testing.T) {
	db := start(t, t.TempDir())
	for _, id := range []string{"good", "bad", "lost"} {
		create(t, db, &survey.Case{ID: id, Created: day, Firm: survey.Firm{Name: "企业 " + id}})
		if err := db.SaveSeen(t.Context(), id, nil, wizard.Seen{Overview: saw("概况 " + id)}, "", day); err != nil {
			t.Fatal(err)
		}
	}
	raw(t, db, `UPDATE overview SET payload = (SELECT payload FROM overview WHERE case_id = 'good') WHERE case_id = 'bad'`) // another case's
	raw(t, db, `DELETE FROM overview WHERE case_id = 'lost'`)
	db.index.drop()
	got := listed(t, db)
	if len(got) != 3 || got["good"].Name != "概况 good" || got["bad"].Name != "企业 bad" || got["bad"].Made != "" || got["lost"].Name != "企业 lost" {
		t.Errorf("%+v", got)
	}
}

func TestALockedFolderForgetsTheIndex(t *testing.T) {
	db := start(t, t.TempDir())
	create(t, db, &survey.Case{ID: "x", Created: day, Firm: survey.Firm{Name: "企业"}})
	if _, err := db.Protect(t.Context(), "", passphrase, day); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveSeen(t.Context(), "x", nil, wizard.Seen{Overview: saw("企业")}, "", day); err != nil {
		t.Fatal(err)
	}
	listed(t, db)
	db.Lock()
	if db.index.byID != nil || db.index.lines != nil {
		t.Error("the index is still in memory")
	}
	if diff := cmp.Diff(map[string]wizard.Entry{"x": {ID: "x", Created: day, Updated: day}}, listed(t, db)); diff != "" {
		t.Error(diff)
	}
	if found, err := db.Search(t.Context(), wizard.Query{Text: "企业"}); err != nil || found.Total != 0 {
		t.Errorf("a locked folder finds %d, %v", found.Total, err)
	}
	if err := db.Unlock(t.Context(), passphrase, day); err != nil {
		t.Fatal(err)
	}
	if got := listed(t, db)["x"]; got.Level != 2 {
		t.Errorf("after unlocking: %+v", got)
	}
}

// dropOverviews takes out what version 4 brought.
func dropOverviews(t *testing.T, db *DB) {
	t.Helper()
	names, err := texts(t.Context(), db.sql.Read, `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'overview%'`)
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		raw(t, db, `DROP TRIGGER `+name)
	}
	raw(t, db, `DROP TABLE overview`)
	raw(t, db, `DROP TABLE overview_clock`)
}

// TestAnOlderFolderGetsItsOverviewsOneByOne migrates a folder of version 2 while it is locked, which takes no key, and makes the overviews
// after unlocking; a stop between them loses none.
func TestAnOlderFolderGetsItsOverviewsOneByOne(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(fixtureV2)); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Change("", passphrase, day); err != nil {
		t.Fatal(err)
	}
	db := start(t, dir)
	if got := listed(t, db); len(got) != 1 || got["x"].Name != "" {
		t.Fatalf("locked: %+v", got)
	}
	again := func() {
		t.Helper()
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db = start(t, dir)
		if err := db.Unlock(t.Context(), passphrase, day); err != nil {
			t.Fatal(err)
		}
	}
	again()
	if got := listed(t, db)["x"]; got.Name != "株洲恒硬刀具有限公司" || got.Region != "430200" || got.Request != submit.StateSent || !got.Receipt || got.Made != "" {
		t.Errorf("before its overview is made: %+v", got)
	}
	create(t, db, &survey.Case{ID: "b", Created: day, Firm: survey.Firm{Name: "企业 b"}})
	_, stamp, err := db.Overview(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	if err := db.PutOverview(t.Context(), "x", stamp, saw("概况 x")); err != nil {
		t.Fatal(err)
	}
	again() // the work is stopped here
	if got := listed(t, db); got["x"].Name != "概况 x" || got["b"].Made != "" || got["b"].Name != "企业 b" {
		t.Errorf("%+v", got)
	}
}

func TestTheOverviewIsSealed(t *testing.T) {
	words := "上云通概况里的独特字样"
	for _, off := range []bool{false, true} {
		dir := t.TempDir()
		db, err := open(t.Context(), dir, parts{lock: lock, off: off})
		if err != nil {
			t.Fatal(err)
		}
		create(t, db, &survey.Case{ID: "x", Created: day})
		if err := db.SaveSeen(t.Context(), "x", nil, wizard.Seen{Overview: saw(words)}, "", day); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(dir, fileName))
		if err != nil {
			t.Fatal(err)
		}
		if found := bytes.Contains(data, []byte(words)); found != off {
			t.Errorf("sealing off: %v, the words are in the file: %v", off, found)
		}
	}
}
