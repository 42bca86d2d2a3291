package casedb

import (
	"context"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
)

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

// Keyring lets the system's keyring open this folder as well, or no longer. It needs a passphrase to be set and fails with E0306 when
// this system has no keyring.
func (db *DB) Keyring(ctx context.Context, on bool, at time.Time) error {
	return db.way(ctx, "casedb.keyring", at, func() error {
		if !on {
			return db.vault.Drop(vault.Keyring, at)
		}
		return db.vault.AddKeyring(at)
	})
}

// Recipient lets an agency's age key (age1…) open this folder as well; "" takes all of them away. It needs a passphrase to be set.
func (db *DB) Recipient(ctx context.Context, recipient string, at time.Time) error {
	return db.way(ctx, "casedb.recipient", at, func() error {
		if recipient == "" {
			return db.vault.Drop(vault.Recipient, at)
		}
		return db.vault.AddRecipient(recipient, at)
	})
}

// way changes a way in and puts the new key file beside the backups.
func (db *DB) way(ctx context.Context, op string, at time.Time, change func() error) error {
	if err := db.ready(op); err != nil {
		return err
	}
	if err := change(); err != nil {
		return db.explainLock(op, err, at)
	}
	db.renewMirror(ctx)
	return nil
}

// ChooseCipher seals from now on by another cipher. What is sealed already cannot be sealed anew, so it fails with E0401 once a case was
// ever made, a portal enrolled or a passphrase set. The empty case file is set aside and begun again; nothing else may be under way.
func (db *DB) ChooseCipher(ctx context.Context, cipher string, at time.Time) error {
	const op = "casedb.cipher"
	if err := db.ready(op); err != nil {
		return err
	}
	if db.vault == nil || cipher == string(db.vault.Cipher()) {
		return nil
	}
	if cipher != string(vault.AES256GCM) && cipher != string(vault.SM4GCM) {
		return survey.Fail(survey.CodeField, op, "没有“%s”这种算法，可用 %s 或 %s", cipher, vault.AES256GCM, vault.SM4GCM)
	}
	var used int
	err := db.sql.Read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM case_) + (SELECT count(*) FROM key_ WHERE case_id <> '')
		+ (SELECT count(*) FROM blob) + (SELECT count(*) FROM setting WHERE key_id <> '')`).Scan(&used)
	if err != nil {
		return fail(op, err)
	}
	if used > 0 || db.vault.Protected() {
		return survey.Fail(survey.CodeNotReady, op, "加密算法只能在新文件夹里、设置口令之前选定；这个文件夹已经在用，已有内容不会改用别的算法")
	}
	return fail(op, db.beginAnew(context.WithoutCancel(ctx), vault.Cipher(cipher), at))
}

// beginAnew sets the empty database aside and begins another one; the settings that are open come along.
func (db *DB) beginAnew(ctx context.Context, cipher vault.Cipher, at time.Time) error {
	kept := map[string]string{}
	for key := range openSettings {
		v, err := db.Setting(ctx, key)
		if err != nil {
			return err
		}
		kept[key] = v
	}
	if err := db.sql.Close(); err != nil {
		return err
	}
	aside, moved := filepath.Join(db.dir, asideDir, at.UTC().Format(backupStamp)), ""
	if err := setAside(db.dir, &aside, &moved, fileName, fileName+"-wal", fileName+"-shm"); err != nil {
		return err
	}
	if err := db.vault.Renew(cipher, at); err != nil {
		return err
	}
	migrations, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return err
	}
	db.seal.set(nil, nil)
	if err := db.load(ctx, migrations); err != nil {
		return err
	}
	for key, v := range kept {
		if err := db.PutSetting(ctx, key, v); v != "" && err != nil {
			return err
		}
	}
	return nil
}
