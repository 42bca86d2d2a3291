package casedb

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
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
