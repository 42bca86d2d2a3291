package casedb

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

var _ wizard.Eraser = (*DB)(nil)

func deletionPlace(caseID string) place {
	return place{table: "deletion", id: caseID, column: "record", revision: 1}
}

// Erase (删除) erases one case for good: first its key, in one transaction with the record of the deletion, so that whatever a crash leaves
// can be read by nobody; then the case in every copy that can be reached, its rows, the contents that no other case names, and what
// SQLite's files still hold of them. The next start finishes what was stopped.
//
// What stays: the emptied row of the key, the lines of the log (sealed by the key that is gone) and the record. Copies that cannot be
// reached are named in it and tried again at every start. It fails with E0305 when there is no such case and E0307 while a request of the
// case waits to be sent or its receipt is open.
func (db *DB) Erase(ctx context.Context, caseID string, e wizard.Erased, at time.Time) (wizard.Deletion, error) {
	const op = "casedb.erase"
	if err := db.ready(op); err != nil {
		return wizard.Deletion{}, err
	}
	db.files.Lock()
	defer db.files.Unlock()
	key := db.seal.takeOut(caseID) // so that the line of the log is sealed by the installation's key and can still be read
	if err := db.sql.Tx(ctx, func(tx *sql.Tx) error { return db.condemn(ctx, tx, caseID, e, at) }); err != nil {
		db.seal.putBack(caseID, key)
		return wizard.Deletion{}, fail(op, err)
	}
	if err := db.erase(ctx, caseID, at); err != nil {
		return wizard.Deletion{}, fail(op, err)
	}
	return db.deletion(ctx, caseID)
}

// condemn destroys the key and writes the record: from here on there is no way back.
func (db *DB) condemn(ctx context.Context, tx *sql.Tx, caseID string, e wizard.Erased, at time.Time) error {
	const op = "casedb.erase"
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
	if err := weigh(ctx, tx, caseID, &e); err != nil {
		return err
	}
	if err := db.note(ctx, tx, wizard.Logged{CaseID: caseID, Deed: wizard.DeedDelete, At: at, By: e.By, What: erasedWords}); err != nil {
		return err
	}
	chain, err := db.chainKey()
	if err != nil {
		return err
	}
	end, err := storedHead(ctx, tx, chain)
	if err != nil {
		return err
	}
	e.LogLines, e.LogHead = end.lines, hex.EncodeToString(end.hash)
	record, err := db.record(caseID, e)
	if err != nil {
		return err
	}
	type query struct {
		text string
		args []any
	}
	queries := []query{
		{`INSERT INTO deletion (case_id, begun, revisions, requests, contents, record) VALUES (?, ?, ?, ?, ?, ?)`,
			[]any{caseID, stampOf(at), e.Revisions, len(e.Requests), len(e.Contents), record}},
		{`UPDATE case_ SET state = 'erasing' WHERE id = ?`, []any{caseID}},
	}
	switch err := db.call("key"); {
	case err == nil:
		queries = append(queries, query{`DELETE FROM blob_key WHERE case_id = ?`, []any{caseID}}, query{destroyKey, []any{stampOf(at), caseID}})
	case !errors.Is(err, errSkip):
		return err
	}
	for _, q := range queries {
		if _, err := tx.ExecContext(ctx, q.text, q.args...); err != nil {
			return err
		}
	}
	return nil
}

// erasedWords is what the log says of an erasure; it names nothing of the firm.
const erasedWords = "按要求删除全部资料，密钥已销毁"

const destroyKey = `UPDATE key_ SET wrapped = x'', destroyed = ? WHERE case_id = ? AND destroyed = ''`

// weigh counts and names what is going to be erased here.
func weigh(ctx context.Context, tx *sql.Tx, caseID string, e *wizard.Erased) error {
	err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM (SELECT DISTINCT kind, id FROM fact WHERE case_id = ?1)), (SELECT count(*) FROM fact WHERE case_id = ?1),
		(SELECT coalesce(max(id), '') FROM key_ WHERE case_id = ?1),
		(SELECT count(*) FROM blob_case WHERE case_id = ?1 AND sha256 IN (SELECT sha256 FROM blob_case WHERE case_id <> ?1))`, caseID).
		Scan(&e.Facts, &e.Revisions, &e.Key, &e.Shared)
	if err != nil {
		return err
	}
	e.Requests, err = list(ctx, tx, func(r *sql.Rows, q *wizard.ErasedRequest) error {
		return r.Scan(&q.ID, &q.Revision, &q.SHA256, &q.Receipt)
	}, `SELECT id, revision, sha256, receipt_number FROM outbox WHERE case_id = ? ORDER BY seq`, caseID)
	if err != nil {
		return err
	}
	e.Contents, err = list(ctx, tx, func(r *sql.Rows, c *wizard.ErasedContent) error { return r.Scan(&c.SHA256, &c.Size) },
		`SELECT sha256, size FROM blob WHERE sha256 NOT IN (SELECT sha256 FROM blob_case WHERE case_id <> ?) ORDER BY created, sha256`, caseID)
	return err
}

// list reads rows of one shape.
func list[T any](ctx context.Context, q querier, scan func(*sql.Rows, *T) error, query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	out := []T{}
	for rows.Next() {
		var v T
		if err := scan(rows, &v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// erase does what is left to do after the key is gone. Every step may be the last before a crash and is done again then.
func (db *DB) erase(ctx context.Context, caseID string, at time.Time) error {
	db.seal.takeOut(caseID)
	db.index.drop()
	var copies int
	var left []string
	for _, s := range []struct {
		name string
		do   func() error
	}{
		{"flush", func() error { return db.sql.Checkpoint(ctx) }}, // the key's old page is in the -wal file
		{"copies", func() (err error) { copies, left, err = db.eraseCopies(ctx, caseID, at); return err }},
		{"rows", func() error { return eraseRows(ctx, db.sql, caseID) }},
		{"contents", func() error { return eraseContents(ctx, db.sql, db.dir) }},
		{"compact", func() error { return db.sql.Compact(ctx) }},
	} {
		switch err := db.call(s.name); {
		case errors.Is(err, errSkip):
			continue
		case err != nil:
			return err
		}
		if err := s.do(); err != nil {
			return err
		}
	}
	if err := db.call("finish"); err != nil {
		return err
	}
	return db.finish(ctx, caseID, copies, left, at)
}

// errSkip lets a test leave a step out, to show that it is needed.
var errSkip = errors.New("step is left out")

// finish notes in the record how it ended.
func (db *DB) finish(ctx context.Context, caseID string, copies int, left []string, at time.Time) error {
	return db.sql.Tx(ctx, func(tx *sql.Tx) error {
		var sealed []byte
		if err := tx.QueryRowContext(ctx, `SELECT record FROM deletion WHERE case_id = ?`, caseID).Scan(&sealed); err != nil {
			return err
		}
		if len(sealed) > 0 {
			e, err := db.erased(caseID, sealed)
			if err != nil {
				return err
			}
			e.Copies, e.Left = max(e.Copies, copies), left
			if sealed, err = db.record(caseID, *e); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE deletion SET finished = CASE finished WHEN '' THEN ? ELSE finished END, left_ = ?, record = ? WHERE case_id = ?`,
			stampOf(at), len(left), sealed, caseID)
		return err
	})
}

func (db *DB) record(caseID string, e wizard.Erased) ([]byte, error) {
	b, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	return db.seal.seal(deletionPlace(caseID), b)
}

func (db *DB) erased(caseID string, sealed []byte) (*wizard.Erased, error) {
	b, err := db.seal.open(deletionPlace(caseID), sealed)
	if err != nil {
		return nil, err
	}
	e := &wizard.Erased{}
	return e, json.Unmarshal(b, e)
}

// resumeErasures finishes what a crash left, and tries copies again that could not be reached.
func (db *DB) resumeErasures(ctx context.Context) error {
	open, err := texts(ctx, db.sql.Read, `SELECT case_id FROM deletion WHERE finished = ''`)
	if err != nil {
		return err
	}
	for _, id := range open {
		if err := db.erase(ctx, id, db.began); err != nil {
			return err
		}
	}
	missed, err := texts(ctx, db.sql.Read, `SELECT case_id FROM deletion WHERE finished <> '' AND left_ > 0`)
	if err != nil {
		return err
	}
	for _, id := range missed {
		copies, left, err := db.eraseCopies(ctx, id, db.began)
		if err != nil {
			return err
		}
		if err := db.finish(ctx, id, copies, left, db.began); err != nil {
			return err
		}
	}
	return nil
}
