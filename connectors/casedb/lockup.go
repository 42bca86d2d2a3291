package casedb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// openVault reads the key file, or makes one without a passphrase for a folder
// that has never had one.
func (db *DB) openVault(ctx context.Context) error {
	if db.seal.off || db.vault != nil {
		return nil
	}
	v, err := vault.Open(db.dir)
	if vault.Absent(err) {
		var n int
		if err := db.sql.Read.QueryRowContext(ctx, `SELECT count(*) FROM key_`).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return survey.Fail(survey.CodeStoreDamaged, "casedb.open", "密钥文件 %s 不见了，其余文件没有改动；请从备份文件夹放回它", vault.FileName)
		}
		v, _, err = vault.Create(db.dir, vault.Options{}, db.began)
	}
	db.vault = v
	return err
}

// begin makes an unlocked folder ready: its keys, what an older version left unsealed, the first lines of the log, and what a stopped
// deletion left to do.
func (db *DB) begin(ctx context.Context) error {
	if db.seal.off {
		return db.beginLog(ctx)
	}
	if db.vault.Locked() {
		return nil
	}
	for _, step := range []func(context.Context) error{db.loadKeys, db.installationKey, db.sealOld, db.beginLog, db.resumeErasures} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// LockState tells whether the folder is locked and how.
func (db *DB) LockState(at time.Time) wizard.LockState {
	if db.vault == nil {
		return wizard.LockState{}
	}
	return wizard.LockState{Locked: db.seal.isLocked(), Protected: db.vault.Protected(), Wait: db.vault.Wait(at),
		Keyring: db.vault.Has(vault.Keyring), Agencies: db.vault.Recipients(), Cipher: string(db.vault.Cipher()), Number: db.vault.ID()[:8]}
}

// Unlock (开锁) opens a locked folder with the passphrase, the recovery code or
// the text of an age identity file. Every failure is E0308 with the reason:
// wrong, too early, mistyped.
func (db *DB) Unlock(ctx context.Context, secret string, at time.Time) error {
	const op = "casedb.unlock"
	if !db.seal.isLocked() {
		return nil
	}
	if other, err := db.otherWay(secret, at); err != nil || !other {
		if err == nil {
			err = db.vault.Unlock(secret, at)
		}
		if err != nil {
			return db.explainLock(op, err, at)
		}
	}
	return db.opened(ctx, op)
}

// otherWay opens the vault by what is no passphrase: a recovery code or an age identity; false when the secret is neither.
func (db *DB) otherWay(secret string, at time.Time) (bool, error) {
	switch {
	case vault.IsRecoveryCode(secret):
		return true, db.vault.UnlockRecovery(secret, at)
	case vault.IsIdentity(secret):
		return true, db.vault.UnlockIdentity(secret, at)
	}
	return false, nil
}

func (db *DB) opened(ctx context.Context, op string) error {
	if err := db.begin(ctx); err != nil {
		db.Lock()
		return fail(op, err)
	}
	return nil
}

// Lock (上锁) forgets the keys. It does nothing while no passphrase is set.
func (db *DB) Lock() {
	if db.vault == nil || !db.vault.Protected() {
		return
	}
	db.vault.Lock()
	db.seal.set(nil, nil)
	db.index.drop()
}

// Protect sets the passphrase. The first one gives a recovery code that is
// written nowhere: show it once. A later one needs the old passphrase, or the
// recovery code (which stays valid) or an age identity in its place, and gives none.
func (db *DB) Protect(ctx context.Context, old, passphrase string, at time.Time) (recovery string, err error) {
	const op = "casedb.protect"
	if err := db.ready(op); err != nil {
		return "", err
	}
	other := false
	if db.vault.Protected() {
		other, err = db.otherWay(old, at)
	}
	switch {
	case err != nil:
	case other:
		err = db.vault.Reset(passphrase, at)
	default:
		recovery, err = db.vault.Change(old, passphrase, at)
	}
	if err != nil {
		return "", db.explainLock(op, err, at)
	}
	db.renewMirror(ctx)
	return recovery, nil
}

// Unprotect takes passphrase and recovery code away: whoever gets the folder can then read it.
func (db *DB) Unprotect(ctx context.Context, passphrase string, at time.Time) error {
	const op = "casedb.unprotect"
	if err := db.ready(op); err != nil {
		return err
	}
	if err := db.vault.Remove(passphrase, at); err != nil {
		return db.explainLock(op, err, at)
	}
	db.renewMirror(ctx)
	return nil
}

// NewRecovery gives a new recovery code, to be shown once; the old one opens nothing any more.
func (db *DB) NewRecovery(ctx context.Context, passphrase string, at time.Time) (string, error) {
	const op = "casedb.newrecovery"
	if err := db.ready(op); err != nil {
		return "", err
	}
	code, err := db.vault.NewRecovery(passphrase, at)
	if err != nil {
		return "", db.explainLock(op, err, at)
	}
	db.renewMirror(ctx)
	return code, nil
}

// renewMirror puts the new key file beside the backups. When that fails the
// change itself holds, and a recovery code must still be shown; so it is kept
// as a problem of the backups, which the next one that succeeds ends.
func (db *DB) renewMirror(ctx context.Context) {
	if err := db.mirror(ctx); err != nil {
		_ = db.PutSetting(ctx, BackupProblem, "备份旁边的密钥文件没能更新，旧的口令或没有口令的状态在那里仍然有效；请立即备份一次")
	}
}

// explainLock puts the vault's refusals into words.
func (db *DB) explainLock(op string, err error, at time.Time) error {
	say := func(code survey.Code, detail string) error {
		return &survey.Error{Code: code, Op: op, Detail: detail, Err: err}
	}
	var wait *vault.WaitError
	switch {
	case errors.As(err, &wait):
		return say(survey.CodeLocked, "请等 "+span(wait.Left)+"再试")
	case errors.Is(err, vault.ErrWrong):
		if left := db.vault.Wait(at); left > 0 {
			return say(survey.CodeLocked, "口令、恢复码或私钥不对，请等 "+span(left)+"再试")
		}
		return say(survey.CodeLocked, "口令、恢复码或私钥不对")
	case errors.Is(err, vault.ErrMistyped):
		return say(survey.CodeField, "恢复码、公钥或私钥文件不完整，请逐字核对")
	case errors.Is(err, vault.ErrWeak):
		return say(survey.CodeField, fmt.Sprintf("口令至少要 %d 个字", vault.MinPassphrase))
	case errors.Is(err, vault.ErrOnlyWay):
		return say(survey.CodeNotReady, "请先设置口令并抄好恢复码")
	case errors.Is(err, vault.ErrNoKeyring):
		return say(survey.CodeNotReady, "这台电脑没有可用的系统钥匙串，请继续用口令")
	case errors.Is(err, vault.ErrNoSlot):
		return say(survey.CodeNotReady, "没有设置这一种开锁方式")
	}
	return fail(op, err)
}

// span tells a short time in words, rounded up.
func span(d time.Duration) string {
	if d <= time.Minute {
		return fmt.Sprintf("%d 秒", int((d+time.Second-1)/time.Second))
	}
	return fmt.Sprintf("%d 分钟", int((d+time.Minute-1)/time.Minute))
}

// began reads when this process took the lock, by the file system's clock.
func began(dir string) (time.Time, error) {
	st, err := os.Stat(filepath.Join(dir, lockName))
	if err != nil {
		return time.Time{}, err
	}
	return st.ModTime(), nil
}
