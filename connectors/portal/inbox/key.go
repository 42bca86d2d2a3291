package inbox

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"
)

// AccessKey lets a program act for an account.
type AccessKey struct {
	ID, Login, Name string
	MadeAt, EndedAt time.Time
}

// AddKey keeps the hash of a secret for an account in use.
func (s *Store) AddKey(ctx context.Context, by Who, k AccessKey, secret string, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		res, err := tx.Exec(`INSERT INTO access_key (id, hash, login, name, made_at) SELECT ?, ?, login, ?, ? FROM account WHERE login = ? AND ended_at = ''`,
			k.ID, secretHash(secret), k.Name, stamp(at), k.Login)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNotFound)
		}
		return appendAudit(tx, at, by.Actor(), "key-add", "", 0, k.Login+" "+k.Name)
	})
}

// EndKey ends a key.
func (s *Store) EndKey(ctx context.Context, by Who, id string, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		res, err := tx.Exec(`UPDATE access_key SET ended_at = ? WHERE id = ? AND ended_at = ''`, stamp(at), id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNotFound)
		}
		return appendAudit(tx, at, by.Actor(), "key-end", "", 0, id)
	})
}

// KeyHolder gives the account of a key in use; ErrUnknownDevice otherwise.
func (s *Store) KeyHolder(ctx context.Context, id, secret string) (a Account, err error) {
	err = s.reading(ctx, func(tx *txn) error {
		var hash, login string
		err := tx.QueryRow(`SELECT hash, login FROM access_key WHERE id = ? AND ended_at = ''`, id).Scan(&hash, &login)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if subtle.ConstantTimeCompare([]byte(hash), []byte(secretHash(secret))) != 1 {
			return ErrUnknownDevice
		}
		a, err = scanAccount(tx.QueryRow(`SELECT `+accountColumns+` FROM account WHERE login = ? AND ended_at = ''`, login))
		if errors.Is(err, sql.ErrNoRows) {
			return ErrUnknownDevice
		}
		return err
	})
	return a, err
}

// AccessKeys lists the keys in use.
func (s *Store) AccessKeys(ctx context.Context) (list []AccessKey, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, login, name, made_at FROM access_key WHERE ended_at = '' ORDER BY login, made_at`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var k AccessKey
		var made string
		if err := rows.Scan(&k.ID, &k.Login, &k.Name, &made); err != nil {
			return nil, err
		}
		k.MadeAt = parseStamp(made)
		list = append(list, k)
	}
	return list, rows.Err()
}

func secretHash(secret string) string {
	sum := sha256.Sum256([]byte("shangyun-access-key-v1\n" + secret))
	return hex.EncodeToString(sum[:])
}
