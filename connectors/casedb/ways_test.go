package casedb

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
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
	create(t, db, fullCase("x"))
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
	_ = vault.SM4GCM
	_ = os.ErrNotExist
	_ = filepath.Join
	_ = submit.StateSealed
}
