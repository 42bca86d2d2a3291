package casedb

import (
	"context"
	"database/sql"
	"errors"
)

// openSettings say how the window looks and nothing of any firm. They are kept readable, so that also a locked window speaks the
// person's language. Any other setting counts only when it is sealed.
var openSettings = map[string]bool{"ui.language": true, "ui.dark": true, "ui.large": true, "ui.window": true}

// Setting gives a small value of the installation, "" when it was never put.
func (db *DB) Setting(ctx context.Context, key string) (string, error) {
	const op = "casedb.setting"
	if err := db.ready(op); err != nil && !openSettings[key] {
		return "", err
	}
	var revision int
	var value []byte
	var keyID string
	err := db.sql.Read.QueryRowContext(ctx, `SELECT revision, value, key_id FROM setting WHERE key = ?`, key).Scan(&revision, &value, &keyID)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fail(op, err)
	}
	if openSettings[key] && keyID == "" {
		return string(value), nil
	}
	if err := db.ready(op); err != nil { // of a version that sealed this one as well
		return "", err
	}
	plain, err := db.seal.open(settingPlace(key, revision), value)
	if err != nil {
		return "", damaged(op, "设置 "+key, err)
	}
	return string(plain), nil
}

// PutSetting stores a small value durably.
func (db *DB) PutSetting(ctx context.Context, key, value string) error {
	const op = "casedb.putsetting"
	if err := db.ready(op); err != nil && !openSettings[key] {
		return err
	}
	return fail(op, db.sql.Tx(ctx, func(tx *sql.Tx) error {
		var revision int
		err := tx.QueryRowContext(ctx, `SELECT coalesce(max(revision), 0) + 1 FROM setting WHERE key = ?`, key).Scan(&revision)
		if err != nil {
			return err
		}
		if openSettings[key] {
			_, err = tx.ExecContext(ctx, `INSERT INTO setting (key, revision, value, key_id) VALUES (?1, ?2, ?3, '')
				ON CONFLICT (key) DO UPDATE SET revision = ?2, value = ?3, key_id = ''`, key, revision, []byte(value))
			return err
		}
		sealed, err := db.seal.seal(settingPlace(key, revision), []byte(value))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO setting (key, revision, value, key_id) VALUES (?1, ?2, ?3, (SELECT coalesce(max(id), '') FROM key_ WHERE case_id = ''))
			ON CONFLICT (key) DO UPDATE SET revision = ?2, value = ?3`, key, revision, sealed)
		return err
	}))
}
