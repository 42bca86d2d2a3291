package casedb

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// What must stand readably in no file of the folder.
const (
	secret      = "株洲恒硬刀具有限公司"
	secretCode  = "91430211MA4L00000X"
	secretPhone = "13800007331"
	secretYuan  = "46813579.24"
	passphrase  = "刀具 2026 一号"
)

var secrets = []string{secret, secretCode, secretPhone, secretYuan}

func secretCase() *survey.Case {
	revenue := money.Fen(4681357924)
	return &survey.Case{
		Schema: survey.SchemaCase, ID: "x", Created: day,
		Firm:  survey.Firm{Name: secret, Address: secret, CreditCode: secretCode},
		Years: []survey.Year{{Year: 2025, Revenue: &revenue}},
		Sites: []survey.Site{{ID: "s", Name: secret}, {ID: "t", Name: secretPhone}}, Drafts: map[string]string{"firm.capital": secret},
		Attachments: []survey.Attachment{{ID: "a", Name: secret + ".pdf", SHA256: submit.Digest(secretFile)}},
	}
}

// secretFile is an attachment that says it all.
var secretFile = []byte(secret + secretCode + secretPhone + secretYuan)

// fillSecrets puts the secrets into every place where a payload may hold words of the firm.
func fillSecrets(t *testing.T, db *DB) {
	t.Helper()
	if err := db.Create(t.Context(), secretCase(), secret, day); err != nil {
		t.Fatal(err)
	}
	for _, b := range [][]byte{secretFile, []byte(secret)} {
		if _, err := db.Blobs().Put(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.PutSetting(t.Context(), "portal", secret); err != nil {
		t.Fatal(err)
	}
	req := sealed(t, idA, 1, secret)
	putRequest(t, db.Outbox(), req)
	r := walk(t, db.Outbox(), req, submit.StateSending, submit.StateSent)
	r.Detail = secret
	if err := db.Outbox().Mark(t.Context(), r, day); err != nil {
		t.Fatal(err)
	}
}

// wantSecrets holds that everything fillSecrets stored comes back.
func wantSecrets(t *testing.T, db *DB) {
	t.Helper()
	if diff := cmp.Diff(secretCase(), load(t, db, "x")); diff != "" {
		t.Error(diff)
	}
	if got := only(t, db.Outbox()); got.Detail != secret || got.Receipt == nil {
		t.Errorf("request came back as %+v", got)
	}
	if b, err := db.Outbox().Bytes(t.Context(), idA, 1); err != nil || !bytes.Contains(b, []byte(secret)) {
		t.Errorf("bytes came back as %q, %v", b, err)
	}
	if v, err := db.Setting(t.Context(), "portal"); err != nil || v != secret {
		t.Errorf("setting came back as %q, %v", v, err)
	}
	for _, want := range [][]byte{secretFile, []byte(secret)} {
		if b, err := db.Blobs().Get(t.Context(), submit.Digest(want)); err != nil || !bytes.Equal(b, want) {
			t.Errorf("content came back as %q, %v", b, err)
		}
	}
	if h, err := db.History(t.Context(), "x", "site", "s"); err != nil || len(h) != 1 || h[0].By != secret {
		t.Errorf("history = %v, %v", h, err)
	}
}

// places counts how often the secrets stand in the files of a folder, every file included.
func places(t *testing.T, dir string) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, s := range secrets {
			if c := bytes.Count(b, []byte(s)); c > 0 {
				n += c
				t.Logf("%s holds %q %d times", filepath.Base(path), s, c)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// quiet is a folder without any sealing, as version 1 was.
func quiet(t *testing.T, dir string) *DB {
	t.Helper()
	db, err := open(t.Context(), dir, parts{off: true, lock: lock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestNoWordOfTheFirmStandsInAnyFile(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	fillSecrets(t, db)
	wantSecrets(t, db)
	if n := places(t, dir); n > 0 {
		t.Errorf("found %d times while open", n)
	}
	if _, err := db.Protect(t.Context(), "", passphrase, day); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	db.Lock()
	if n := places(t, dir); n > 0 {
		t.Errorf("found %d times while locked, backup included", n)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if n := places(t, dir); n > 0 {
		t.Errorf("found %d times after closing", n)
	}
	db = start(t, dir)
	if err := db.Unlock(t.Context(), passphrase, day); err != nil {
		t.Fatal(err)
	}
	wantSecrets(t, db)

	off := t.TempDir()
	fillSecrets(t, quiet(t, off))
	if n := places(t, off); n < 12 {
		t.Errorf("without sealing the words were found %d times only: the search above proves nothing", n)
	}
}

func TestALockedFolderTellsIdsAndTimesOnly(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	fillSecrets(t, db)
	code, err := db.Protect(t.Context(), "", passphrase, day)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = start(t, dir)
	if st := db.LockState(day); !st.Locked || !st.Protected || st.Wait != 0 {
		t.Errorf("state = %+v", st)
	}
	list, err := db.List(t.Context())
	if diff := cmp.Diff([]wizard.Entry{{ID: "x", Created: day, Updated: day}}, list); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	o := db.Outbox()
	for name, err := range map[string]error{
		"load":    second(db.Load(t.Context(), "x")),
		"create":  db.Create(t.Context(), &survey.Case{ID: "y"}, "", day),
		"save":    db.Save(t.Context(), "x", nil, "", day),
		"history": second(db.History(t.Context(), "x", "firm", "firm")),
		"setting": second(db.Setting(t.Context(), "absent")),
		"put":     db.PutSetting(t.Context(), "a", "b"),
		"blob":    second(db.Blobs().Get(t.Context(), submit.Digest(secretFile))),
		"putblob": second(db.Blobs().Put(t.Context(), []byte("new"))),
		"outbox":  second(o.Requests(t.Context(), "x")),
		"bytes":   second(o.Bytes(t.Context(), idA, 1)),
		"request": o.Put(t.Context(), sealed(t, idB, 1, "乙"), day),
		"mark":    o.Mark(t.Context(), wizard.Request{ID: idA, Revision: 1}, day),
		"protect": second(db.Protect(t.Context(), "", "another passphrase", day)),
		"erase":   second(db.Erase(t.Context(), "x", wizard.Erased{}, day)),
	} {
		if survey.CodeOf(err) != survey.CodeLocked {
			t.Errorf("%s: %v, want E0308", name, err)
		}
	}
	wantCode(t, db.Unlock(t.Context(), "not the passphrase", day), survey.CodeLocked, "不对")
	wantCode(t, db.Unlock(t.Context(), "not the passphrase", day), survey.CodeLocked, "不对")
	wantCode(t, db.Unlock(t.Context(), "not the passphrase", day), survey.CodeLocked, "请等 2 秒")
	wantCode(t, db.Unlock(t.Context(), passphrase, day), survey.CodeLocked, "请等 2 秒")
	if err := db.Unlock(t.Context(), code, day.Add(2e9)); err != nil {
		t.Fatal(err)
	}
	wantSecrets(t, db)
	if _, err := db.Protect(t.Context(), code, "a fresh passphrase", day); err != nil {
		t.Errorf("a new passphrase by the recovery code: %v", err)
	}
	if err := db.Unprotect(t.Context(), "a fresh passphrase", day); err != nil {
		t.Fatal(err)
	}
	db.Lock() // nothing to lock any more
	wantSecrets(t, db)
}

func second[T any](_ T, err error) error { return err }

func TestAMovedPayloadIsDetected(t *testing.T) {
	for name, move := range map[string]string{
		"row":      `UPDATE fact SET payload = (SELECT payload FROM fact WHERE case_id = 'x' AND id = 't') WHERE case_id = 'x' AND id = 's'`,
		"column":   `UPDATE fact SET payload = by_ WHERE case_id = 'x' AND id = 's'`,
		"revision": `INSERT INTO fact (case_id, kind, id, revision, state, ord, payload, by_, at) SELECT case_id, kind, id, 2, state, ord, payload, by_, at FROM fact WHERE case_id = 'x' AND id = 's'`,
		"case":     `INSERT INTO fact (case_id, kind, id, revision, state, ord, payload, by_, at) SELECT 'y', kind, id, 2, state, ord, payload, by_, at FROM fact WHERE case_id = 'x' AND id = 's'`,
	} {
		t.Run(name, func(t *testing.T) {
			db := start(t, t.TempDir())
			create(t, db, secretCase())
			other := secretCase()
			other.ID = "y"
			create(t, db, other)
			raw(t, db, `UPDATE case_ SET state = 'resealing'`)
			raw(t, db, move)
			bad, good := "x", "y"
			if name == "case" {
				bad, good = "y", "x"
			}
			_, err := db.Load(t.Context(), bad)
			wantCode(t, err, survey.CodeStoreDamaged, "site s")
			load(t, db, good)
		})
	}
}

// TestOneFlippedByteIsNamedAndHidesNoOtherFirm flips a byte in every sealed value of one firm in turn.
func TestOneFlippedByteIsNamedAndHidesNoOtherFirm(t *testing.T) {
	db := start(t, t.TempDir())
	fillSecrets(t, db)
	other := secretCase()
	other.ID = "y"
	create(t, db, other)
	raw(t, db, `UPDATE case_ SET state = 'resealing'`)
	rowids, err := texts(t.Context(), db.sql.Read, `SELECT rowid FROM fact WHERE case_id = 'x'`)
	if err != nil || len(rowids) < 5 {
		t.Fatal(rowids, err)
	}
	for _, rowid := range rowids {
		var kind, id string
		if err := db.sql.Read.QueryRow(`SELECT kind, id FROM fact WHERE rowid = ?`, rowid).Scan(&kind, &id); err != nil {
			t.Fatal(err)
		}
		back := flip(t, db, "fact", "payload", "rowid = "+rowid)
		_, err := db.Load(t.Context(), "x")
		wantCode(t, err, survey.CodeStoreDamaged, kind+" "+id)
		if list, err := db.List(t.Context()); err != nil || len(list) != 2 {
			t.Errorf("list = %v, %v", list, err)
		}
		load(t, db, "y")
		back()
	}
	load(t, db, "x")
	flip(t, db, "fact", "by_", "case_id = 'x' AND kind = 'firm'")
	_, err = db.History(t.Context(), "x", "firm", "firm")
	wantCode(t, err, survey.CodeStoreDamaged, "firm")
	for column, read := range map[string]func() error{
		"bytes":   func() error { return second(db.Outbox().Bytes(t.Context(), idA, 1)) },
		"receipt": func() error { return second(db.Outbox().Requests(t.Context(), "x")) },
		"detail":  func() error { return second(db.Outbox().Requests(t.Context(), "x")) },
	} {
		back := flip(t, db, "outbox", column, "1")
		wantCode(t, read(), survey.CodeStoreDamaged, idA)
		back()
	}
	flip(t, db, "setting", "value", "1")
	_, err = db.Setting(t.Context(), "portal")
	wantCode(t, err, survey.CodeStoreDamaged, "portal")
	rewrite(t, db.Blobs().path(submit.Digest(secretFile)), func(b []byte) []byte { b[len(b)-1] ^= 1; return b })
	_, err = db.Blobs().Get(t.Context(), submit.Digest(secretFile))
	wantCode(t, err, survey.CodeStoreDamaged, submit.Digest(secretFile))
	load(t, db, "y")
}

// flip changes one bit in the middle of a stored value and gives what puts it back.
func flip(t *testing.T, db *DB, table, column, where string) (back func()) {
	t.Helper()
	var was []byte
	var rowid int
	if err := db.sql.Write.QueryRow(`SELECT rowid, `+column+` FROM `+table+` WHERE `+where).Scan(&rowid, &was); err != nil {
		t.Fatal(err)
	}
	spoilt := bytes.Clone(was)
	spoilt[len(spoilt)/2] ^= 1
	put := func(b []byte) { raw(t, db, `UPDATE `+table+` SET `+column+` = ? WHERE rowid = ?`, b, rowid) }
	put(spoilt)
	return func() { put(was) }
}

func init() {
	jobs["secrets"] = func(ctx context.Context, dir string) error {
		db, err := Open(ctx, dir)
		if err != nil {
			return err
		}
		for n := 0; ; n++ {
			c := secretCase()
			c.ID = fmt.Sprint(n, "-", os.Getpid())
			if err := db.Create(ctx, c, secret, day); err != nil {
				return err
			}
			if _, err := db.Blobs().Put(ctx, append([]byte(c.ID), secretFile...)); err != nil {
				return err
			}
			if n%5 == 4 {
				if err := db.Backup(ctx, day.Add(time.Duration(n)*time.Second)); err != nil {
					return err
				}
			}
			fmt.Println(n)
		}
	}
}

func TestNoWordOfTheFirmIsLeftByAKill(t *testing.T) {
	dir := t.TempDir()
	for range rounds(t) {
		writeAndKillJob(t, "secrets", dir, 1+rand.IntN(12))
		if n := places(t, dir); n > 0 {
			t.Fatalf("found %d times", n)
		}
	}
}
