package casedb

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Retain keeps until when a case's data are to be kept; "" is without end. It is no fact and readable while the folder is locked.
func (db *DB) Retain(ctx context.Context, caseID string, until survey.Date) error {
	const op = "casedb.retain"
	if err := db.ready(op); err != nil {
		return err
	}
	return fail(op, db.sql.Tx(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE case_ SET retain_until = ? WHERE id = ?`, string(until), caseID)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, noCase(op))
		}
		return nil
	}))
}

// Deletions gives the records of erased cases, oldest first.
func (db *DB) Deletions(ctx context.Context) ([]wizard.Deletion, error) { return db.deletions(ctx, "") }

func (db *DB) deletion(ctx context.Context, caseID string) (wizard.Deletion, error) {
	all, err := db.deletions(ctx, caseID)
	if err == nil && len(all) == 0 {
		err = noCase("casedb.deletion")
	}
	if err != nil {
		return wizard.Deletion{}, err
	}
	return all[0], nil
}

func (db *DB) deletions(ctx context.Context, caseID string) ([]wizard.Deletion, error) {
	const op = "casedb.deletions"
	if err := db.ready(op); err != nil {
		return nil, err
	}
	out, err := list(ctx, db.sql.Read, db.scanDeletion,
		`SELECT case_id, begun, finished, left_, certificate, record FROM deletion WHERE ?1 = '' OR case_id = ?1 ORDER BY begun, case_id`, caseID)
	return out, fail(op, db.sure(ctx, err))
}

func (db *DB) scanDeletion(rows *sql.Rows, d *wizard.Deletion) error {
	var begun, finished string
	var record []byte
	if err := rows.Scan(&d.CaseID, &begun, &finished, &d.Left, &d.Certificate, &record); err != nil {
		return err
	}
	var errs [3]error
	d.Begun, errs[0] = time.Parse(stamp, begun)
	if finished != "" {
		d.Finished, errs[1] = time.Parse(stamp, finished)
	}
	if len(record) > 0 {
		d.Erased, errs[2] = db.erased(d.CaseID, record)
	}
	if err := errors.Join(errs[:]...); err != nil {
		return damaged("casedb.deletions", "一次删除的记录", err)
	}
	return nil
}

// HandedOver keeps the digest of the certificate that the person has now and forgets, here and in the copies, what it tells of the firm.
// It fails with E0305 when there is no such deletion and E0401 while it is not finished. Once handed over it changes nothing.
func (db *DB) HandedOver(ctx context.Context, caseID, sha256 string) error {
	const op = "casedb.handedover"
	if err := db.ready(op); err != nil {
		return err
	}
	d, err := db.deletion(ctx, caseID)
	switch {
	case err != nil:
		return err
	case d.Finished.IsZero():
		return survey.Fail(survey.CodeNotReady, op, "删除还没有做完，请重新打开程序")
	case d.Certificate != "":
		return nil
	}
	forget := func(to *sqlite.DB) error {
		return to.Tx(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE deletion SET record = x'', certificate = CASE certificate WHEN '' THEN ? ELSE certificate END WHERE case_id = ?`, sha256, caseID)
			return err
		})
	}
	paths, _, err := db.copyPaths(ctx)
	if err != nil {
		return fail(op, err)
	}
	for _, path := range paths {
		if err := eachCopy(ctx, path, forget); err != nil && ctx.Err() != nil {
			return fail(op, err)
		}
	}
	if err := forget(db.sql); err != nil {
		return fail(op, err)
	}
	return fail(op, db.sql.Compact(ctx))
}
