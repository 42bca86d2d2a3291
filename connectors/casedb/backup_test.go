package casedb

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
)

func backups(t *testing.T, db *DB) []Backup {
	t.Helper()
	all, err := db.Backups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestADamagedFolderComesBackFromItsBackup(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, dir string){
		"scrambled": func(t *testing.T, dir string) { rewrite(t, filepath.Join(dir, fileName), scramble) },
		"emptied": func(t *testing.T, dir string) {
			rewrite(t, filepath.Join(dir, fileName), func([]byte) []byte { return nil })
		},
		"all gone": func(t *testing.T, dir string) {
			if err := errors.Join(os.Remove(filepath.Join(dir, fileName)), os.Remove(filepath.Join(dir, "vault.json")), os.RemoveAll(filepath.Join(dir, blobDir))); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(filepath.Join(dir, blobDir), 0o700); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			db := start(t, dir)
			fillSecrets(t, db)
			if err := db.DueBackup(t.Context(), day); err != nil {
				t.Fatal(err)
			}
			save(t, db, "x", day, change(t, "firm", "firm", survey.Firm{Name: "后来的改动"}))
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			spoil(t, dir)
			was, _ := os.ReadFile(filepath.Join(dir, fileName))
			_, err := Open(t.Context(), dir)
			wantCode(t, err, survey.CodeStoreDamaged, "")
			found, err := Rescue(dir)
			if err != nil || len(found) != 1 || !found[0].At.Equal(day.Truncate(time.Second)) {
				t.Fatalf("rescue = %v, %v", found, err)
			}
			aside, err := Restore(t.Context(), dir, found[0], day.Add(time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			if kept, _ := os.ReadFile(filepath.Join(aside, fileName)); !bytes.Equal(kept, was) {
				t.Error("the damaged file was not kept as it was")
			}
			db = start(t, dir)
			wantSecrets(t, db)
			save(t, db, "x", day, change(t, "firm", "firm", survey.Firm{Name: "继续"}))
			if len(backups(t, db)) != 1 {
				t.Error("the backup is gone after restoring")
			}
		})
	}
}

func TestRestoringTwiceSetsBothAside(t *testing.T) {
	dir := closed(t)
	db := start(t, dir)
	if err := db.Backup(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	b := backups(t, db)[0]
	_, err := Restore(t.Context(), dir, b, day)
	wantCode(t, err, survey.CodeStoreBusy, "")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	one, err := Restore(t.Context(), dir, b, day)
	if err != nil {
		t.Fatal(err)
	}
	two, err := Restore(t.Context(), dir, b, day)
	if err != nil || one == two {
		t.Fatalf("%s, %s, %v", one, two, err)
	}
	for _, aside := range []string{one, two} {
		if _, err := os.Stat(filepath.Join(aside, fileName)); err != nil {
			t.Error(err)
		}
	}
	before := digests(t, dir)
	_, err = Restore(t.Context(), dir, Backup{Path: filepath.Join(dir, "nowhere")}, day)
	wantCode(t, err, survey.CodeFileMissing, "不在了")
	rewrite(t, filepath.Join(b.Path, fileName), scramble)
	delete(before, filepath.Join(b.Path, fileName))
	_, err = Restore(t.Context(), dir, b, day)
	wantCode(t, err, survey.CodeStoreDamaged, "")
	after := digests(t, dir)
	delete(after, filepath.Join(b.Path, fileName))
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error("a refused restore changed files: " + diff)
	}
	load(t, start(t, dir), "x")
}

func TestBackupsRollAndKeepTheNewest(t *testing.T) {
	db := start(t, t.TempDir())
	create(t, db, fullCase("x"))
	at := day
	for range 20 {
		if err := errors.Join(db.DueBackup(t.Context(), at), db.DueBackup(t.Context(), at.Add(time.Hour))); err != nil {
			t.Fatal(err)
		}
		at = at.Add(BackupEvery)
	}
	all := backups(t, db)
	if len(all) != 14 || !all[0].At.Equal(at.Add(-BackupEvery).Truncate(time.Second)) {
		t.Errorf("%d backups, newest %v", len(all), all[0].At)
	}
	if err := expire(db.places()[0], at.Add(1000*time.Hour)); err != nil || len(backups(t, db)) != 1 {
		t.Errorf("the newest backup was taken away too: %v", err)
	}
}

func TestTheSecondPlaceIsEnoughOnAnotherComputer(t *testing.T) {
	dir, stick := t.TempDir(), filepath.Join(t.TempDir(), "U 盘")
	db := start(t, dir)
	fillSecrets(t, db)
	if err := db.PutSetting(t.Context(), BackupFolder, stick); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	code, err := db.Protect(t.Context(), "", passphrase, day) // the copy made before is under the passphrase as well
	if err != nil {
		t.Fatal(err)
	}
	if n := places(t, stick) + places(t, dir); n > 0 {
		t.Errorf("words found %d times", n)
	}
	if all := backups(t, db); len(all) != 2 {
		t.Errorf("backups = %v", all)
	}
	found, err := BackupsIn(stick)
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	fresh := t.TempDir()
	if aside, err := Restore(t.Context(), fresh, found[0], day); err != nil || aside != "" {
		t.Fatal(aside, err)
	}
	other := start(t, fresh)
	if !other.LockState(day).Locked {
		t.Error("an old copy opens without the passphrase that was set later")
	}
	if err := other.Unlock(t.Context(), code, day); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(stick); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(stick, nil, 0o600); err != nil { // the stick is gone
		t.Fatal(err)
	}
	wantCode(t, db.Backup(t.Context(), day.Add(time.Hour)), survey.CodeStore, "第二备份")
	if v, err := db.Setting(t.Context(), BackupProblem); err != nil || v == "" {
		t.Errorf("the problem is not kept: %q, %v", v, err)
	}
	if err := errors.Join(db.PutSetting(t.Context(), BackupFolder, ""), db.Backup(t.Context(), day.Add(time.Hour))); err != nil {
		t.Fatal(err)
	}
	if v, _ := db.Setting(t.Context(), BackupProblem); v != "" {
		t.Errorf("the problem stays: %q", v)
	}
	if len(backupsHere(t, db)) != 2 {
		t.Error("the first place has no copy of that hour")
	}
}

func backupsHere(t *testing.T, db *DB) []Backup {
	t.Helper()
	all, err := listBackups(db.places()[0], false)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestARestoreThatWasStoppedIsNoFreshStart(t *testing.T) {
	dir := closed(t)
	for _, name := range []string{fileName, blobDir, "vault.json"} { // all aside, nothing moved in yet
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, restorePart), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), dir)
	wantCode(t, err, survey.CodeStoreDamaged, "不见了")
}
