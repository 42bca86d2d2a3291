package casedb

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

var _ wizard.Overviews = (*DB)(nil)

func overviewPlace(caseID string, revision int) place {
	return place{table: "overview", id: caseID, column: "payload", caseID: caseID, revision: revision}
}

// SaveSeen is Save, or SaveMarked when s brings a mark, together with the overview that follows; all in one durable transaction.
func (db *DB) SaveSeen(ctx context.Context, id string, changes []wizard.Change, s wizard.Seen, by string, at time.Time) error {
	return db.save(ctx, "casedb.save", id, changes, &s.Overview, s.Mark, by, at)
}

// Overview gives the kept overview and the stamp of the case. The zero overview, also for one that is damaged, says that it has to be made.
// It fails with E0305 when there is no such case.
func (db *DB) Overview(ctx context.Context, id string) (wizard.Overview, int64, error) {
	const op = "casedb.overview"
	var o wizard.Overview
	if err := db.ready(op); err != nil {
		return o, 0, err
	}
	var stamp int64
	var revision int
	var payload []byte
	err := db.sql.Read.QueryRowContext(ctx, `SELECT seq, revision, payload FROM overview WHERE case_id = ?`, id).Scan(&stamp, &revision, &payload)
	if errors.Is(err, sql.ErrNoRows) {
		return o, 0, noCase(op)
	}
	if err != nil {
		return o, 0, fail(op, err)
	}
	o, _ = db.readOverview(id, revision, payload)
	return o, stamp, nil
}

// PutOverview keeps an overview made from the case as it was at the stamp. It changes nothing when the case went on since.
func (db *DB) PutOverview(ctx context.Context, id string, stamp int64, o wizard.Overview) error {
	const op = "casedb.putoverview"
	if err := db.ready(op); err != nil {
		return err
	}
	return fail(op, db.sql.Tx(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM overview WHERE case_id = ? AND seq = ?`, id, stamp).Scan(&n); err != nil || n == 0 {
			return err
		}
		return db.writeOverview(ctx, tx, id, o)
	}))
}

// writeOverview comes last in a transaction: facts written after it would empty it again.
func (db *DB) writeOverview(ctx context.Context, tx *sql.Tx, caseID string, o wizard.Overview) error {
	plain, err := json.Marshal(o)
	if err != nil {
		return err
	}
	var revision int
	if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(revision), 0) + 1 FROM overview WHERE case_id = ?`, caseID).Scan(&revision); err != nil {
		return err
	}
	payload, err := db.seal.seal(overviewPlace(caseID, revision), plain)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE overview_clock SET n = n + 1`); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO overview (case_id, seq, revision, payload) SELECT ?, n, ?, ? FROM overview_clock`, caseID, revision, payload)
	return err
}

// readOverview opens an overview; false when there is none or it is damaged, which only means that it has to be made again.
func (db *DB) readOverview(caseID string, revision int, payload []byte) (wizard.Overview, bool) {
	var o wizard.Overview
	if len(payload) == 0 {
		return o, false
	}
	plain, err := db.seal.open(overviewPlace(caseID, revision), payload)
	if err != nil {
		return o, false
	}
	d := json.NewDecoder(bytes.NewReader(plain))
	d.DisallowUnknownFields()
	if d.Decode(&o) != nil { // of another version of the program
		return wizard.Overview{}, false
	}
	return o, true
}
