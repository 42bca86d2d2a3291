package casedb

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestTheCipherIsChosenBeforeAnythingIsStored(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	if err := db.PutSetting(t.Context(), "ui.language", "en"); err != nil {
		t.Fatal(err)
	}
	if err := db.ChooseCipher(t.Context(), wizard.CipherSM4, day); err != nil {
		t.Fatal(err)
	}
	fillSecrets(t, db)
	wantCode(t, db.ChooseCipher(t.Context(), wizard.CipherAES, day), survey.CodeNotReady, "新文件夹")
	wantCode(t, db.ChooseCipher(t.Context(), "rot13", day), survey.CodeField, "rot13")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = start(t, dir)
	wantSecrets(t, db)
	if got := db.LockState(day).Cipher; got != wizard.CipherSM4 {
		t.Errorf("cipher = %q", got)
	}
	if got, err := db.Setting(t.Context(), "ui.language"); err != nil || got != "en" {
		t.Errorf("language = %q, %v", got, err)
	}
}

func TestOnlyTheLookOfTheWindowIsReadableWhileLocked(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	for key, value := range map[string]string{"ui.language": "en", "ui.dark": "yes", "ui.lock.minutes": "5", "backup.folder": "/media/stick"} {
		if err := db.PutSetting(t.Context(), key, value); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Protect(t.Context(), "", "a long passphrase", day); err != nil {
		t.Fatal(err)
	}
	db.Lock()
	if got, err := db.Setting(t.Context(), "ui.language"); err != nil || got != "en" {
		t.Errorf("language while locked = %q, %v", got, err)
	}
	if got, err := db.Setting(t.Context(), "ui.large"); err != nil || got != "" {
		t.Errorf("a setting never put = %q, %v", got, err)
	}
	for _, key := range []string{"ui.lock.minutes", "backup.folder"} {
		_, err := db.Setting(t.Context(), key)
		wantCode(t, err, survey.CodeLocked, "")
	}
	// A row that somebody wrote readably counts for nothing but the look.
	raw(t, db, `UPDATE setting SET value = ?, key_id = '' WHERE key = 'backup.folder'`, []byte("/tmp/evil"))
	if err := db.Unlock(t.Context(), "a long passphrase", day); err != nil {
		t.Fatal(err)
	}
	_, err := db.Setting(t.Context(), "backup.folder")
	wantCode(t, err, survey.CodeStoreDamaged, "backup.folder")
}

func TestARunningProgramGoesOnWithARestoredFile(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	create(t, db, fullCase("x"))
	if _, err := db.Protect(t.Context(), "", "a long passphrase", day); err != nil {
		t.Fatal(err)
	}
	save(t, db, "x", day, change(t, "firm", "firm", survey.Firm{Name: "备份时"}))
	if err := db.Backup(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	b := backups(t, db)[0]
	save(t, db, "x", day, change(t, "firm", "firm", survey.Firm{Name: "后来"}))
	blobs := db.Blobs()
	aside, err := db.Restore(t.Context(), b, day)
	if err != nil || aside == "" {
		t.Fatal(aside, err)
	}
	if got := load(t, db, "x").Firm.Name; got != "备份时" {
		t.Errorf("after restoring: %q", got)
	}
	if _, err := blobs.Put(t.Context(), []byte("a new attachment")); err != nil {
		t.Errorf("a port from before: %v", err)
	}
	save(t, db, "x", day, change(t, "firm", "firm", survey.Firm{Name: "继续"}))
	if _, err := Open(t.Context(), dir); survey.CodeOf(err) != survey.CodeStoreBusy {
		t.Errorf("the lock was given away: %v", err)
	}
	if _, err := os.Stat(filepath.Join(aside, fileName)); err != nil {
		t.Error(err)
	}
	// A damaged copy changes nothing and the file stays open.
	rewrite(t, filepath.Join(b.Path, fileName), scramble)
	_, err = db.Restore(t.Context(), b, day)
	wantCode(t, err, survey.CodeStoreDamaged, "")
	if got := load(t, db, "x").Firm.Name; got != "继续" {
		t.Errorf("after a refused restore: %q", got)
	}
	db.Lock()
	_, err = db.Restore(t.Context(), b, day)
	wantCode(t, err, survey.CodeLocked, "")
}

func TestARestoreRefusesToLoseAnUnsentRequest(t *testing.T) {
	db, o := outbox(t)
	if err := db.Backup(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	before := backups(t, db)[0]
	s := sealed(t, "0190a0b0-0000-7000-8000-000000000009", 1, "未报送")
	putRequest(t, o, s)
	if err := db.Backup(t.Context(), day.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	after := backups(t, db)[0]
	_, err := db.Restore(t.Context(), before, day)
	wantCode(t, err, survey.CodeUnsent, "1 份")
	if got := only(t, o); got.SHA256 != s.SHA256 {
		t.Error("the request is gone")
	}
	if _, err := db.Restore(t.Context(), after, day); err != nil {
		t.Errorf("a copy that has the request: %v", err)
	}
	dir := db.dir
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = Restore(t.Context(), dir, before, day)
	wantCode(t, err, survey.CodeUnsent, "1 份")
	rewrite(t, filepath.Join(dir, fileName), scramble)
	if _, err := Restore(t.Context(), dir, before, day); err != nil {
		t.Errorf("a damaged folder has nothing to ask: %v", err)
	}
}

func TestTheSecondPlaceIsNoneInsideTheFolder(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	for _, inside := range []string{dir, filepath.Join(dir, "backups"), filepath.Join(dir, "x", "..", "y")} {
		wantCode(t, db.SecondPlace(t.Context(), inside, day), survey.CodeField, "不能在案卷文件夹里面")
	}
	stick := filepath.Join(t.TempDir(), "stick")
	if err := db.SecondPlace(t.Context(), stick, day); err != nil {
		t.Fatal(err)
	}
	if all := backups(t, db); len(all) != 2 {
		t.Errorf("%d copies", len(all))
	}
	if err := db.SecondPlace(t.Context(), "", day); err != nil {
		t.Fatal(err)
	}
	if got, _ := db.Setting(t.Context(), BackupFolder); got != "" {
		t.Errorf("still %q", got)
	}
}
