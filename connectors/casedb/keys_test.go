package casedb

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

func TestADamagedKeyHidesItsOwnFirmOnly(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	create(t, db, secretCase())
	other := secretCase()
	other.ID = "y"
	create(t, db, other)
	raw(t, db, `UPDATE key_ SET wrapped = (SELECT wrapped FROM key_ WHERE case_id = 'y') WHERE case_id = 'x'`)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = start(t, dir)
	_, err := db.Load(t.Context(), "x")
	wantCode(t, err, survey.CodeStoreDamaged, "")
	load(t, db, "y")
}

func TestDestroyingOneFirmsKeyLeavesTheOthers(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	fillSecrets(t, db)
	other := secretCase()
	other.ID, other.Attachments = "y", nil
	create(t, db, other)
	third := secretCase() // names the same content
	third.ID = "z"
	create(t, db, third)
	alone := []byte("只属于 x 的合同")
	sha, err := db.Blobs().Put(t.Context(), alone)
	if err != nil {
		t.Fatal(err)
	}
	save(t, db, "x", day, change(t, "attachment", "b", survey.Attachment{ID: "b", SHA256: sha}))
	if err := db.DestroyKey(t.Context(), "x", day); err != nil {
		t.Fatal(err)
	}
	check := func(db *DB) {
		t.Helper()
		_, err := db.Load(t.Context(), "x")
		wantCode(t, err, survey.CodeNoCase, "销毁")
		_, err = db.Outbox().Bytes(t.Context(), idA, 1)
		wantCode(t, err, survey.CodeNoCase, "销毁")
		if _, err := db.Blobs().Get(t.Context(), sha); err == nil {
			t.Error("the content of the destroyed firm can still be read")
		}
		load(t, db, "y")
		load(t, db, "z")
		if b, err := db.Blobs().Get(t.Context(), submit.Digest(secretFile)); err != nil || !bytes.Equal(b, secretFile) {
			t.Errorf("a content that another firm names as well: %v", err)
		}
		if v, err := db.Setting(t.Context(), "portal"); err != nil || v != secret {
			t.Errorf("setting %q, %v", v, err)
		}
	}
	check(db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = start(t, dir)
	check(db)
	if _, err := db.Blobs().Put(t.Context(), alone); err != nil {
		t.Errorf("putting the content again: %v", err)
	}
	putRequest(t, db.Outbox(), func() submit.Sealed { s := sealed(t, idB, 1, "乙"); return resealFor(t, s, "y") }())
	wantCode(t, db.DestroyKey(t.Context(), "y", day), survey.CodeUnsent, "1 份")
}

func resealFor(t *testing.T, s submit.Sealed, caseID string) submit.Sealed {
	t.Helper()
	m := s.Submission
	m.CaseID = caseID
	again, err := submit.Seal(m)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// A recovery code that was made must be seen, even when the key file beside the backups cannot be renewed.
func TestARecoveryCodeIsNeverLostToTheBackups(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	create(t, db, secretCase())
	if err := db.Backup(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(dir, backupDir)
	if err := errors.Join(os.RemoveAll(root), os.WriteFile(root, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	code, err := db.Protect(t.Context(), "", passphrase, day)
	if err != nil || code == "" {
		t.Fatalf("code %q, %v", code, err)
	}
	if v, err := db.Setting(t.Context(), BackupProblem); err != nil || v == "" {
		t.Errorf("nothing is said: %q, %v", v, err)
	}
}

func BenchmarkListAndUnlock(b *testing.B) {
	db, err := Open(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	const cases = 1000
	for i := range cases {
		c := &survey.Case{ID: fmt.Sprint("case-", i), Created: day, Firm: survey.Firm{Name: "株洲恒硬刀具有限公司", Region: "430200"}}
		if err := db.Create(b.Context(), c, "", day); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("list 1000", func(b *testing.B) {
		for b.Loop() {
			if all, err := db.List(b.Context()); err != nil || len(all) != cases {
				b.Fatal(len(all), err)
			}
		}
	})
	b.Run("keys of 1000", func(b *testing.B) {
		for b.Loop() {
			if err := db.loadKeys(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
