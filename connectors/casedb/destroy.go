package casedb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// DestroyKey (销毁密钥) makes everything of one case unreadable for ever, here
// and in the backups that can be reached: its facts, its requests and the
// contents that no other case names. The rows and files themselves stay. It
// fails with E0307 while a request of the case is waiting to be sent or its
// receipt is open, and with E0305 when there is no such case.
func (db *DB) DestroyKey(ctx context.Context, caseID string, at time.Time) error {
	const op = "casedb.destroykey"
	if err := db.ready(op); err != nil {
		return err
	}
	err := db.sql.Tx(ctx, func(tx *sql.Tx) error {
		var n, waiting int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM case_ WHERE id = ?`, caseID).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return noCase(op)
		}
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM outbox WHERE case_id = ? AND state IN (?, ?)`,
			caseID, string(submit.StateSealed), string(submit.StateSending)).Scan(&waiting)
		if err != nil {
			return err
		}
		if waiting > 0 {
			return survey.Fail(survey.CodeUnsent, op, "这份申报还有 %d 份申请没有取得回执", waiting)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM blob_key WHERE case_id = ?`, caseID); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE key_ SET wrapped = x'', destroyed = ? WHERE case_id = ? AND destroyed = ''`, stampOf(at), caseID)
		return err
	})
	if err != nil {
		return fail(op, err)
	}
	db.seal.mu.Lock()
	delete(db.seal.keys, caseID)
	db.seal.gone[caseID] = true
	db.seal.mu.Unlock()
	db.index.drop()
	if err := db.sql.Checkpoint(ctx); err != nil {
		return fail(op, err)
	}
	return db.destroyInBackups(ctx, caseID, at)
}

// destroyInBackups empties the key in every copy that is there, and the keys of contents that only this case names now.
func (db *DB) destroyInBackups(ctx context.Context, caseID string, at time.Time) error {
	const op = "casedb.destroykey"
	shas, err := texts(ctx, db.sql.Read, `SELECT sha256 FROM blob_case WHERE case_id = ?1
		AND sha256 NOT IN (SELECT sha256 FROM blob_case b JOIN key_ k ON k.case_id = b.case_id WHERE b.case_id <> ?1 AND k.destroyed = '')`, caseID)
	if err != nil {
		return fail(op, err)
	}
	all, err := db.Backups(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, b := range all {
		if err := destroyIn(ctx, filepath.Join(b.Path, fileName), caseID, shas, at); err != nil {
			failed = append(failed, err)
		}
	}
	if len(failed) > 0 {
		return &survey.Error{Code: survey.CodeStore, Op: op, Detail: fmt.Sprintf("本机的密钥已销毁，但有 %d 份备份没能处理，请删除它们", len(failed)), Err: errors.Join(failed...)}
	}
	return nil
}

func destroyIn(ctx context.Context, path, caseID string, shas []string, at time.Time) error {
	migrations, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return err
	}
	db, err := sqlite.Open(ctx, path, migrations)
	if err != nil {
		return err
	}
	err = db.Tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE key_ SET wrapped = x'', destroyed = ? WHERE case_id = ? AND destroyed = ''`, stampOf(at), caseID); err != nil {
			return err
		}
		for _, sha := range shas {
			if _, err := tx.ExecContext(ctx, `DELETE FROM blob_key WHERE sha256 = ? AND case_id IN (?, '')`, sha, caseID); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = db.Checkpoint(ctx)
	}
	return errors.Join(err, db.Close())
}
