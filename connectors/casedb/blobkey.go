package casedb

import (
	"context"
	"database/sql"
	"errors"

	"github.com/shangyuntong/shangyun/connectors/vault"
)

// ownKey in blob.key_id: the file is sealed by a key of its own, see blob_key.
const ownKey = "own"

type querier interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}

// rawBlobKey gives the key of a content by any case that can open it; nil when
// there is none. Without a usable one, err tells whether the keys were
// destroyed.
func (db *DB) rawBlobKey(ctx context.Context, q querier, sha string) (raw []byte, err error) {
	rows, err := q.QueryContext(ctx, `SELECT case_id, wrapped FROM blob_key WHERE sha256 = ?`, sha)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var caseID string
		var wrapped []byte
		if err := rows.Scan(&caseID, &wrapped); err != nil {
			return nil, err
		}
		if raw, err := db.seal.open(wrapPlace(sha, caseID), wrapped); err == nil {
			return raw, nil
		}
	}
	return nil, rows.Err()
}

// blobKey gives the key of a content, a fresh one when it has none that opens.
func (db *DB) blobKey(ctx context.Context, sha string) (*vault.Key, []byte, error) {
	if err := db.ready("casedb.blobkey"); err != nil {
		return nil, nil, err
	}
	raw, err := db.rawBlobKey(ctx, db.sql.Read, sha)
	if err != nil {
		return nil, nil, err
	}
	if raw == nil {
		raw = vault.RandomKey()
	}
	k, err := db.vault.Key(raw)
	return k, raw, err
}

// wrapBlobKey stores a content's key for every case that names it, or for the installation while none does.
func (db *DB) wrapBlobKey(ctx context.Context, tx *sql.Tx, sha string, raw []byte) error {
	cases, err := texts(ctx, tx, `SELECT b.case_id FROM blob_case b JOIN key_ k ON k.case_id = b.case_id WHERE b.sha256 = ? AND k.destroyed = ''`, sha)
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		cases = []string{""}
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM blob_key WHERE sha256 = ?`, sha); err != nil {
		return err
	}
	for _, id := range cases {
		if err := db.wrapFor(ctx, tx, sha, id, raw); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) wrapFor(ctx context.Context, tx *sql.Tx, sha, caseID string, raw []byte) error {
	wrapped, err := db.seal.seal(wrapPlace(sha, caseID), raw)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO blob_key (sha256, case_id, wrapped) VALUES (?1, ?2, ?3)
		ON CONFLICT DO UPDATE SET wrapped = ?3`, sha, caseID, wrapped)
	return err
}

// referBlob notes that a case names a content and lets the case's key open it.
func (db *DB) referBlob(ctx context.Context, tx *sql.Tx, sha, caseID string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO blob_case (sha256, case_id) VALUES (?, ?) ON CONFLICT DO NOTHING`, sha, caseID)
	if err != nil || db.seal.off {
		return err
	}
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM blob_key WHERE sha256 = ? AND case_id = ?`, sha, caseID).Scan(&n); err != nil || n > 0 {
		return err
	}
	raw, err := db.rawBlobKey(ctx, tx, sha)
	if err != nil || raw == nil { // the content is not here yet; Put will see the reference
		return err
	}
	defer clear(raw)
	if err := db.wrapFor(ctx, tx, sha, caseID, raw); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM blob_key WHERE sha256 = ? AND case_id = ''`, sha)
	return err
}

// errUnreadable: no key that is here opens the content.
var errUnreadable = errors.New("no key opens it")
