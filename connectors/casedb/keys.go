package casedb

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"time"

	"github.com/shangyuntong/shangyun/connectors/vault"
)

// keyPlace is where a wrapped key stands; it belongs to the vault.
func keyPlace(id, caseID string) []byte {
	return place{table: "key_", id: id + "/" + caseID, column: "wrapped", revision: 1}.bytes()
}

// loadKeys opens all keys. A damaged one is left out, so that it hides only what it sealed.
func (db *DB) loadKeys(ctx context.Context) error {
	rows, err := db.sql.Read.QueryContext(ctx, `SELECT id, case_id, wrapped, destroyed FROM key_`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	keys, gone := map[string]*vault.Key{}, map[string]bool{}
	for rows.Next() {
		var id, caseID, destroyed string
		var wrapped []byte
		if err := rows.Scan(&id, &caseID, &wrapped, &destroyed); err != nil {
			return err
		}
		if destroyed != "" {
			gone[caseID] = true
			continue
		}
		raw, err := db.vault.Open(keyPlace(id, caseID), wrapped)
		if err != nil {
			continue
		}
		k, err := db.vault.Key(raw)
		clear(raw)
		if err == nil {
			keys[caseID] = k
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	db.seal.set(keys, gone)
	return nil
}

// newKey makes the key of a case, "" being the installation, and gives the id
// of its row. When the transaction fails, forget it with seal.put(caseID, nil).
func (db *DB) newKey(ctx context.Context, tx *sql.Tx, caseID string, at time.Time) (string, error) {
	if db.seal.off {
		return "", nil
	}
	number := make([]byte, 16)
	_, _ = rand.Read(number)
	id, raw := hex.EncodeToString(number), vault.RandomKey()
	defer clear(raw)
	wrapped, err := db.vault.Seal(keyPlace(id, caseID), raw)
	if err != nil {
		return "", err
	}
	k, err := db.vault.Key(raw)
	if err != nil {
		return "", err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO key_ (id, case_id, wrapped, created) VALUES (?, ?, ?, ?)`, id, caseID, wrapped, stampOf(at))
	if err != nil {
		return "", err
	}
	db.seal.put(caseID, k)
	return id, nil
}

// keyID gives the id of a case's key row, making the key when there is none yet.
func (db *DB) keyID(ctx context.Context, tx *sql.Tx, caseID string, at time.Time) (string, error) {
	var ids []string
	rows, err := tx.QueryContext(ctx, `SELECT id FROM key_ WHERE case_id = ?`, caseID)
	if err != nil {
		return "", err
	}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			_ = rows.Close()
			return "", err
		}
		ids = append(ids, id)
	}
	if err := rows.Close(); err != nil {
		return "", err
	}
	if len(ids) > 0 {
		return ids[0], nil
	}
	return db.newKey(ctx, tx, caseID, at)
}
