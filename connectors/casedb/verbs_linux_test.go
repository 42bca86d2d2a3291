package casedb

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// verb names the acts of one trial: begin makes the folder, do is the verb from opening the folder on (and may be made twice), holds
// proves what was there before, done what the verb is for.
type verb struct {
	name, begin, do, holds, done string
	readable                     bool // the folder is one of before sealing
	slow                         bool // a passphrase is stretched each time
}

// stride is how many operations lie between two that the verb is tried at.
func (v verb) stride(t *testing.T, total int) int {
	tries := (rounds(t) + 2) / 3
	if v.slow {
		tries = (tries + 9) / 10
	}
	return max(1, total/tries)
}

var verbs = []verb{
	{name: "first start", begin: "nothing", do: "open", done: "empty"},
	{name: "version 1", begin: "old folder", do: "open", done: "secrets", readable: true},
	{name: "fixture 1", begin: "fixture 1", do: "open", done: "fixture", readable: true},
	{name: "fixture 2", begin: "fixture 2", do: "open", done: "fixture"},
	{name: "create", begin: "fill", do: "create", holds: "secrets", done: "created"},
	{name: "save", begin: "fill", do: "save", holds: "saved or not", done: "saved"},
	{name: "take a parcel", begin: "fill", do: "take", holds: "saved or not", done: "saved"},
	{name: "attach", begin: "fill", do: "attach", holds: "secrets", done: "attached"},
	{name: "seal", begin: "fill", do: "seal", holds: "secrets but requests", done: "request"},
	{name: "mark", begin: "fill and seal", do: "mark", holds: "request", done: "marked"},
	{name: "setting", begin: "fill", do: "setting", holds: "secrets", done: "set"},
	{name: "backup", begin: "fill", do: "backup", holds: "secrets", done: "backed up"},
	{name: "restore", begin: "fill, backup, change", do: "restore", done: "restored"},
	{name: "erase", begin: "fill twice", do: "erase", holds: "other firm", done: "erased"},
	{name: "passphrase", begin: "fill", do: "protect", holds: "secrets, locked or not", done: "secrets, locked", slow: true},
	{name: "new passphrase", begin: "fill and lock", do: "change passphrase", holds: "secrets, either passphrase", done: "secrets, new passphrase", slow: true},
}

const passphrase2 = "刀具 2027 二号"

// with opens the folder, does something and closes it; what was done is answered, whatever closing says.
func with(t *testing.T, dir string, do func(db *DB) error) error {
	t.Helper()
	db, err := Open(t.Context(), dir)
	if err != nil {
		return err
	}
	err = do(db)
	_ = db.Close()
	return err
}

func opened(do func(t *testing.T, db *DB) error) act {
	return func(t *testing.T, dir, _ string) error {
		return with(t, dir, func(db *DB) error { return do(t, db) })
	}
}

// proven is an act that only fails by its test.
func proven(do func(t *testing.T, db *DB)) act {
	return func(t *testing.T, dir, _ string) error {
		do(t, start(t, dir))
		return nil
	}
}

func other() *survey.Case {
	c := secretCase()
	c.ID, c.Attachments = "y", nil
	return c
}

var laterFile = []byte("后来的附件")

func init() {
	// Looked for before anything is opened, so that nothing a crash left is swept away first.
	acts["no word of the firm"] = func(t *testing.T, dir, _ string) error {
		if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if n := places(t, dir); n > 0 {
			return fmt.Errorf("found %d times", n)
		}
		return nil
	}
	acts["nothing"] = func(*testing.T, string, string) error { return nil }
	acts["empty"] = proven(func(t *testing.T, db *DB) {
		list, err := db.List(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			fillSecrets(t, db)
		}
		wantSecrets(t, db)
	})
	acts["old folder"] = func(t *testing.T, dir, _ string) error { return copyInto(dir, oldFolder(t)) }
	acts["fixture 1"] = func(t *testing.T, dir, _ string) error {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		return copyFile(fixtureV1, filepath.Join(dir, fileName))
	}
	acts["fixture 2"] = func(t *testing.T, dir, _ string) error { return copyInto(dir, fixtureV2) }
	acts["fixture"] = proven(wantFixture)
	acts["fill"] = proven(fillSecrets)
	acts["secrets"] = func(t *testing.T, dir, _ string) error {
		db := start(t, dir)
		wantSecrets(t, db)
		if err := db.sql.QuickCheck(t.Context()); err != nil {
			t.Error(err)
		}
		if n := places(t, dir); n > 0 {
			t.Errorf("words of the firm found %d times", n)
		}
		return nil
	}
	acts["create"] = opened(func(t *testing.T, db *DB) error {
		if _, err := db.Load(t.Context(), "y"); survey.CodeOf(err) != survey.CodeNoCase {
			return err
		}
		return db.Create(t.Context(), other(), secret, day)
	})
	acts["created"] = proven(func(t *testing.T, db *DB) {
		if diff := cmp.Diff(other(), load(t, db, "y")); diff != "" {
			t.Error(diff)
		}
	})
	acts["save"] = opened(func(t *testing.T, db *DB) error {
		return db.Save(t.Context(), "x", []wizard.Change{
			change(t, "firm", "firm", survey.Firm{Name: "改名"}), change(t, "site", "u", survey.Site{ID: "u", Name: "新厂区"}),
		}, secret, day)
	})
	acts["take"] = opened(func(t *testing.T, db *DB) error { // what "save" does, done on another computer
		sender := &home{db: start(t, t.TempDir()), by: "甲"}
		fillSecrets(t, sender.db)
		save(t, sender.db, "x", day, change(t, "firm", "firm", survey.Firm{Name: "改名"}), change(t, "site", "u", survey.Site{ID: "u", Name: "新厂区"}))
		threads, err := db.Threads(t.Context(), "x", false)
		if err != nil {
			return err
		}
		return db.Graft(t.Context(), wizard.Graft{CaseID: "x", Created: day, AsOf: "2026-11-23", Threads: handover.MergeAll(threads, sender.parcel(t)),
			By: secret, At: day, From: wizard.Received{ID: "p1", Name: "甲"}})
	})
	acts["saved or not"] = proven(func(t *testing.T, db *DB) {
		c := load(t, db, "x")
		if (c.Firm.Name == "改名") != (len(c.Sites) == 3) || c.Firm.Name != "改名" && c.Firm.Name != secret {
			t.Errorf("a save came apart: %q, %v", c.Firm.Name, c.Sites)
		}
	})
	acts["saved"] = proven(func(t *testing.T, db *DB) {
		if c := load(t, db, "x"); c.Firm.Name != "改名" || len(c.Sites) != 3 {
			t.Errorf("not saved: %q, %v", c.Firm.Name, c.Sites)
		}
		if h, err := db.History(t.Context(), "x", "firm", "firm"); err != nil || len(h) != 2 {
			t.Errorf("history = %v, %v", h, err)
		}
	})
	acts["attach"] = opened(func(t *testing.T, db *DB) error {
		_, err := db.Blobs().Put(t.Context(), laterFile)
		return err
	})
	acts["attached"] = proven(func(t *testing.T, db *DB) {
		if b, err := db.Blobs().Get(t.Context(), submit.Digest(laterFile)); err != nil || !bytes.Equal(b, laterFile) {
			t.Errorf("content = %q, %v", b, err)
		}
	})
	acts["setting"] = opened(func(t *testing.T, db *DB) error { return db.PutSetting(t.Context(), "language", "en") })
	acts["set"] = proven(func(t *testing.T, db *DB) {
		if v, err := db.Setting(t.Context(), "language"); err != nil || v != "en" {
			t.Error(v, err)
		}
	})
	initRequests()
	initCopies()
	initPassphrases()
}

func initRequests() {
	acts["seal"] = opened(func(t *testing.T, db *DB) error { return db.Outbox().Put(t.Context(), sealed(t, idB, 1, "乙"), day) })
	acts["secrets but requests"] = proven(func(t *testing.T, db *DB) {
		if diff := cmp.Diff(secretCase(), load(t, db, "x")); diff != "" {
			t.Error(diff)
		}
		if b, err := db.Outbox().Bytes(t.Context(), idA, 1); err != nil || !bytes.Equal(b, sealed(t, idA, 1, secret).Bytes) {
			t.Errorf("bytes = %q, %v", b, err)
		}
	})
	acts["request"] = proven(func(t *testing.T, db *DB) {
		if b, err := db.Outbox().Bytes(t.Context(), idB, 1); err != nil || !bytes.Equal(b, sealed(t, idB, 1, "乙").Bytes) {
			t.Errorf("bytes = %q, %v", b, err)
		}
	})
	acts["fill and seal"] = proven(func(t *testing.T, db *DB) {
		fillSecrets(t, db)
		putRequest(t, db.Outbox(), sealed(t, idB, 1, "乙"))
		walk(t, db.Outbox(), sealed(t, idB, 1, "乙"), submit.StateSending)
	})
	acts["mark"] = opened(func(t *testing.T, db *DB) error {
		list, err := db.Outbox().Requests(t.Context(), "x")
		if err != nil {
			return err
		}
		receipt := submit.Issue(sealed(t, idB, 1, "乙"), 7, day, key)
		list[0].State, list[0].Receipt = submit.StateSent, &receipt
		return db.Outbox().Mark(t.Context(), list[0], day)
	})
	acts["marked"] = proven(func(t *testing.T, db *DB) {
		if r := last(t, db.Outbox()); r.ID != idB || r.State != submit.StateSent || r.Receipt == nil {
			t.Errorf("request = %+v", r)
		}
	})
}

func initCopies() {
	acts["backup"] = opened(func(t *testing.T, db *DB) error { return db.Backup(t.Context(), day.Add(time.Hour)) })
	acts["backed up"] = func(t *testing.T, dir, _ string) error {
		db := start(t, dir)
		all := backups(t, db)
		if len(all) != 1 {
			t.Fatalf("backups = %v", all)
		}
		fresh := filepath.Join(t.TempDir(), "anew")
		if _, err := Restore(t.Context(), fresh, all[0], day); err != nil {
			t.Fatal(err)
		}
		wantSecrets(t, start(t, fresh))
		return nil
	}
	acts["fill, backup, change"] = proven(func(t *testing.T, db *DB) {
		fillSecrets(t, db)
		if err := db.Backup(t.Context(), day); err != nil {
			t.Fatal(err)
		}
		save(t, db, "x", day, change(t, "firm", "firm", survey.Firm{Name: "改名"}))
	})
	acts["restore"] = func(t *testing.T, dir, _ string) error {
		all, err := Rescue(dir)
		if err != nil || len(all) == 0 {
			return err
		}
		_, err = Restore(t.Context(), dir, all[0], day.Add(time.Hour))
		return err
	}
	acts["restored"] = func(t *testing.T, dir, _ string) error {
		wantSecrets(t, start(t, dir))
		found, _ := filepath.Glob(filepath.Join(dir, asideDir, "*", fileName))
		kept := 0
		for _, path := range found { // what was there before is kept and opens
			copied := t.TempDir()
			if err := errors.Join(copyFile(path, filepath.Join(copied, fileName)), copyFile(filepath.Join(dir, vault.FileName), filepath.Join(copied, vault.FileName))); err != nil {
				t.Fatal(err)
			}
			if wal, err := os.ReadFile(path + "-wal"); err == nil {
				if err := os.WriteFile(filepath.Join(copied, fileName+"-wal"), wal, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if load(t, start(t, copied), "x").Firm.Name == "改名" {
				kept++
			}
		}
		if kept == 0 {
			t.Errorf("what was there before is not among %v", found)
		}
		return nil
	}
	acts["fill twice"] = proven(func(t *testing.T, db *DB) {
		fillSecrets(t, db)
		create(t, db, other())
		if err := db.Backup(t.Context(), day); err != nil {
			t.Fatal(err)
		}
	})
	acts["erase"] = opened(func(t *testing.T, db *DB) error {
		_, err := db.Erase(t.Context(), "x", record(), day)
		if survey.CodeOf(err) == survey.CodeNoCase { // begun before and finished by opening
			return nil
		}
		return err
	})
	acts["other firm"] = acts["created"]
	acts["erased"] = proven(func(t *testing.T, db *DB) {
		_, err := db.Load(t.Context(), "x")
		wantCode(t, err, survey.CodeNoCase, "")
		load(t, db, "y")
		fresh := filepath.Join(t.TempDir(), "anew")
		if _, err := Restore(t.Context(), fresh, backups(t, db)[0], day); err != nil {
			t.Fatal(err)
		}
		anew := start(t, fresh)
		_, err = anew.Load(t.Context(), "x")
		wantCode(t, err, survey.CodeNoCase, "")
		load(t, anew, "y")
	})
}

// unlocked opens the folder by the first passphrase that fits; none is needed while it is not locked.
func unlocked(t *testing.T, dir string, passphrases ...string) *DB {
	t.Helper()
	db := start(t, dir)
	for i, p := range passphrases {
		if err := db.Unlock(t.Context(), p, day.Add(time.Duration(i)*time.Hour)); err == nil {
			return db
		}
	}
	t.Fatal("no passphrase opens the folder")
	return nil
}

func initPassphrases() {
	secretsBy := func(passphrases ...string) act {
		return func(t *testing.T, dir, _ string) error {
			wantSecrets(t, unlocked(t, dir, passphrases...))
			return nil
		}
	}
	acts["protect"] = opened(func(t *testing.T, db *DB) error {
		if db.LockState(day).Protected {
			return nil
		}
		_, err := db.Protect(t.Context(), "", passphrase, day)
		return err
	})
	acts["secrets, locked or not"] = secretsBy(passphrase)
	acts["secrets, locked"] = func(t *testing.T, dir, _ string) error {
		if !start(t, dir).LockState(day).Locked {
			t.Error("is not locked")
		}
		return nil
	}
	acts["fill and lock"] = proven(func(t *testing.T, db *DB) {
		fillSecrets(t, db)
		if _, err := db.Protect(t.Context(), "", passphrase, day); err != nil {
			t.Fatal(err)
		}
	})
	acts["change passphrase"] = opened(func(t *testing.T, db *DB) error {
		if db.Unlock(t.Context(), passphrase2, day) == nil {
			return nil
		}
		if err := db.Unlock(t.Context(), passphrase, day.Add(time.Hour)); err != nil {
			return err
		}
		_, err := db.Protect(t.Context(), passphrase, passphrase2, day.Add(2*time.Hour))
		return err
	})
	acts["secrets, either passphrase"] = secretsBy(passphrase, passphrase2)
	acts["secrets, new passphrase"] = secretsBy(passphrase2)
}
