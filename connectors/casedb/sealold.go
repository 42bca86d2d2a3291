package casedb

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// installationKey makes the key of settings and unnamed contents when there is none.
func (db *DB) installationKey(ctx context.Context) error {
	err := db.sql.Tx(ctx, func(tx *sql.Tx) error {
		_, err := db.keyID(ctx, tx, "", db.began)
		return err
	})
	if err != nil {
		db.seal.put("", nil)
	}
	return err
}

// sealOld seals what version 1 stored readably: settings, facts, requests and
// contents, each in a step that is done or not; a stopped one goes on at the
// next start. At the end the files are written anew, so that no readable page
// is left in them.
func (db *DB) sealOld(ctx context.Context) error {
	var n int
	if err := db.sql.Read.QueryRowContext(ctx, `SELECT count(*) FROM task WHERE name = 'seal'`).Scan(&n); err != nil || n == 0 {
		return err
	}
	for _, step := range []func(context.Context) error{db.sealSettings, db.sealCases, db.adoptFiles, db.sealFiles} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := errors.Join(db.call("compact"), db.sql.Compact(ctx)); err != nil {
		return err
	}
	return errors.Join(db.call("done"), db.sql.Tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM task WHERE name = 'seal'`)
		return err
	}))
}

// call lets a test stop the work before a step.
func (db *DB) call(step string) error {
	if db.step == nil {
		return nil
	}
	return db.step(step)
}

// texts gives the first column of a query.
func texts(ctx context.Context, q interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}, query string, args ...any) ([]string, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func (db *DB) sealSettings(ctx context.Context) error {
	if err := db.call("settings"); err != nil {
		return err
	}
	return db.sql.Tx(ctx, func(tx *sql.Tx) error {
		keyID, err := db.keyID(ctx, tx, "", db.began)
		if err != nil {
			return err
		}
		keys, err := texts(ctx, tx, `SELECT key FROM setting WHERE key_id = ''`)
		if err != nil {
			return err
		}
		for _, key := range keys {
			var revision int
			var value []byte
			if err := tx.QueryRowContext(ctx, `SELECT revision, value FROM setting WHERE key = ?`, key).Scan(&revision, &value); err != nil {
				return err
			}
			if value, err = db.seal.seal(settingPlace(key, revision), value); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE setting SET value = ?, key_id = ? WHERE key = ?`, value, keyID, key); err != nil {
				return err
			}
		}
		return nil
	})
}

func (db *DB) sealCases(ctx context.Context) error {
	ids, err := texts(ctx, db.sql.Read, `SELECT id FROM case_ WHERE key_id = ''`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := db.call("case"); err != nil {
			return err
		}
		if err := db.sql.Tx(ctx, func(tx *sql.Tx) error { return db.sealCase(ctx, tx, id) }); err != nil {
			db.seal.put(id, nil)
			return err
		}
	}
	return nil
}

func (db *DB) sealCase(ctx context.Context, tx *sql.Tx, id string) error {
	keyID, err := db.keyID(ctx, tx, id, db.began)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE case_ SET state = 'resealing' WHERE id = ?`, id); err != nil {
		return err
	}
	if err := db.sealFacts(ctx, tx, id); err != nil {
		return err
	}
	if err := db.sealRequests(ctx, tx, id); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE case_ SET state = 'open', key_id = ? WHERE id = ?`, keyID, id)
	return err
}

func (db *DB) sealFacts(ctx context.Context, tx *sql.Tx, caseID string) error {
	ids, err := texts(ctx, tx, `SELECT rowid FROM fact WHERE case_id = ?`, caseID)
	if err != nil {
		return err
	}
	for _, rowid := range ids {
		var kind, id string
		var revision int
		var payload, by []byte
		err := tx.QueryRowContext(ctx, `SELECT kind, id, revision, payload, by_ FROM fact WHERE rowid = ?`, rowid).Scan(&kind, &id, &revision, &payload, &by)
		if err != nil {
			return err
		}
		if payload, err = db.seal.seal(factPlace(caseID, kind, id, "payload", revision), payload); err != nil {
			return err
		}
		if by, err = db.seal.seal(factPlace(caseID, kind, id, "by_", revision), by); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE fact SET payload = ?, by_ = ? WHERE rowid = ?`, payload, by, rowid); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) sealRequests(ctx context.Context, tx *sql.Tx, caseID string) error {
	ids, err := texts(ctx, tx, `SELECT rowid FROM outbox WHERE case_id = ?`, caseID)
	if err != nil {
		return err
	}
	for _, rowid := range ids {
		var id string
		var revision int
		columns := map[string][]byte{}
		var b, detail, receipt []byte
		err := tx.QueryRowContext(ctx, `SELECT id, revision, bytes, detail, receipt FROM outbox WHERE rowid = ?`, rowid).Scan(&id, &revision, &b, &detail, &receipt)
		if err != nil {
			return err
		}
		columns["bytes"], columns["detail"], columns["receipt"] = b, detail, receipt
		for name, plain := range columns {
			if len(plain) == 0 {
				continue
			}
			sealed, err := db.seal.seal(outboxPlace(caseID, id, name, revision), plain)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE outbox SET `+name+` = ? WHERE rowid = ?`, sealed, rowid); err != nil {
				return err
			}
		}
	}
	return nil
}

// adoptFiles gives a row to every content that a crash left without one, so that it is sealed as well and not lost.
func (db *DB) adoptFiles(ctx context.Context) error {
	if err := db.call("adopt"); err != nil {
		return err
	}
	root := filepath.Join(db.dir, blobDir)
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !submit.Hex256(d.Name()) {
			return err
		}
		st, err := d.Info()
		if err != nil {
			return err
		}
		return db.sql.Tx(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO blob (sha256, size, created) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
				d.Name(), st.Size(), stampOf(st.ModTime()))
			return err
		})
	})
}

func (db *DB) sealFiles(ctx context.Context) error {
	shas, err := texts(ctx, db.sql.Read, `SELECT sha256 FROM blob WHERE key_id = ''`)
	if err != nil {
		return err
	}
	for _, sha := range shas {
		if err := db.sealFile(ctx, sha); err != nil {
			return err
		}
	}
	return nil
}

// sealFile first stores the content's key, then replaces the file, then notes that it is sealed; each step may be the last before a crash.
func (db *DB) sealFile(ctx context.Context, sha string) error {
	if err := db.call("file key"); err != nil {
		return err
	}
	key, raw, err := db.blobKey(ctx, sha)
	if err != nil {
		return err
	}
	defer clear(raw)
	if err := db.sql.Tx(ctx, func(tx *sql.Tx) error { return db.wrapBlobKey(ctx, tx, sha, raw) }); err != nil {
		return err
	}
	if err := db.call("file"); err != nil {
		return err
	}
	data, err := os.ReadFile(db.Blobs().path(sha))
	switch {
	case errors.Is(err, fs.ErrNotExist): // was lost before; Get tells so
	case err != nil:
		return err
	default:
		if _, err := key.Open(blobPlace(sha).bytes(), data); err != nil { // not sealed yet; also one that is damaged must not stay readable
			if err := db.Blobs().write(sha, key.Seal(blobPlace(sha).bytes(), data)); err != nil {
				return err
			}
		}
	}
	if err := db.call("file done"); err != nil {
		return err
	}
	return db.sql.Tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE blob SET key_id = ? WHERE sha256 = ?`, ownKey, sha)
		return err
	})
}
