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
	if db.seal.off {
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

// begin makes an unlocked folder ready: its keys, and what an older version left unsealed.
func (db *DB) begin(ctx context.Context) error {
	if db.seal.off || db.vault.Locked() {
		return nil
	}
	if err := db.loadKeys(ctx); err != nil {
		return err
	}
	if err := db.installationKey(ctx); err != nil {
		return err
	}
	return db.sealOld(ctx)
}

// LockState tells whether the folder is locked and how.
func (db *DB) LockState(at time.Time) wizard.LockState {
	if db.vault == nil {
		return wizard.LockState{}
	}
	return wizard.LockState{Locked: db.seal.isLocked(), Protected: db.vault.Protected(), Wait: db.vault.Wait(at)}
}

// Unlock (开锁) opens a locked folder with the passphrase or the recovery code.
// Every failure is E0308 with the reason: wrong, too early, mistyped.
func (db *DB) Unlock(ctx context.Context, secret string, at time.Time) error {
	const op = "casedb.unlock"
	if !db.seal.isLocked() {
		return nil
	}
	var err error
	if vault.IsRecoveryCode(secret) {
		err = db.vault.UnlockRecovery(secret, at)
	} else {
		err = db.vault.Unlock(secret, at)
	}
	if err != nil {
		return db.explainLock(op, err, at)
	}
	return db.opened(ctx, op)
}

// UnlockKeyring opens a locked folder by the system's keyring, when the person chose that way; E0308 otherwise.
func (db *DB) UnlockKeyring(ctx context.Context) error {
	const op = "casedb.unlockkeyring"
	if !db.seal.isLocked() {
		return nil
	}
	if err := db.vault.UnlockKeyring(); err != nil {
		return &survey.Error{Code: survey.CodeLocked, Op: op, Detail: "系统钥匙串没有给出密钥", Err: err}
	}
	return db.opened(ctx, op)
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
// written nowhere: show it once. A later one needs the old passphrase or the
// recovery code (which stays valid) in its place and gives none.
func (db *DB) Protect(ctx context.Context, old, passphrase string, at time.Time) (recovery string, err error) {
	const op = "casedb.protect"
	if err := db.ready(op); err != nil {
		return "", err
	}
	if db.vault.Protected() && vault.IsRecoveryCode(old) {
		if err = db.vault.UnlockRecovery(old, at); err == nil {
			err = db.vault.Reset(passphrase, at)
		}
	} else {
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

// AddRecipient lets an agency's age key (age1…) open this folder as well. It needs a passphrase to be set.
func (db *DB) AddRecipient(ctx context.Context, recipient string, at time.Time) error {
	const op = "casedb.addrecipient"
	if err := db.ready(op); err != nil {
		return err
	}
	if err := db.vault.AddRecipient(recipient, at); err != nil {
		return db.explainLock(op, err, at)
	}
	db.renewMirror(ctx)
	return nil
}

// AddKeyring lets the system's keyring open this folder as well. It needs a passphrase to be set.
func (db *DB) AddKeyring(ctx context.Context, at time.Time) error {
	const op = "casedb.addkeyring"
	if err := db.ready(op); err != nil {
		return err
	}
	if err := db.vault.AddKeyring(at); err != nil {
		return db.explainLock(op, err, at)
	}
	db.renewMirror(ctx)
	return nil
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
			return say(survey.CodeLocked, "口令或恢复码不对，请等 "+span(left)+"再试")
		}
		return say(survey.CodeLocked, "口令或恢复码不对")
	case errors.Is(err, vault.ErrMistyped):
		return say(survey.CodeField, "恢复码或收件公钥有抄写错误，请逐字核对")
	case errors.Is(err, vault.ErrWeak):
		return say(survey.CodeField, fmt.Sprintf("口令至少要 %d 个字", vault.MinPassphrase))
	case errors.Is(err, vault.ErrOnlyWay):
		return say(survey.CodeNotReady, "请先设置口令并抄好恢复码")
	case errors.Is(err, vault.ErrNoSlot):
		return say(survey.CodeNotReady, "还没有设置口令")
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
