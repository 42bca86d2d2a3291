package casedb

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Outbox keeps sealed requests (待报送的申请) with their receipts. Nothing is
// ever taken out of it.
type Outbox struct{ db *DB }

// Outbox gives the outbox of this folder.
func (db *DB) Outbox() Outbox { return Outbox{db} }

// row is what Put and Mark must know of a stored request.
type row struct {
	caseID, sha, state, number string
	kind                       submit.Kind
	tried                      bool
}

func (o Outbox) row(ctx context.Context, tx *sql.Tx, id string, revision int) (row, error) {
	var r row
	err := tx.QueryRowContext(ctx, `SELECT kind, case_id, sha256, state, tried, receipt_number FROM outbox WHERE id = ? AND revision = ?`,
		id, revision).Scan(&r.kind, &r.caseID, &r.sha, &r.state, &r.tried, &r.number)
	return r, err
}

// Put stores a sealed revision. The same bytes again change nothing, and seal
// again what was reopened; other bytes under the same number are taken only as
// long as nothing has left and kind and case stay, else E0604. It fails with
// E0305 when the case is not here and E0201 when the bytes are not sealed ones.
func (o Outbox) Put(ctx context.Context, s submit.Sealed, at time.Time) error {
	const op = "casedb.putrequest"
	if err := o.db.ready(op); err != nil {
		return err
	}
	parsed, err := submit.Parse(s.Bytes)
	if err != nil || parsed.SHA256 != s.SHA256 {
		return &survey.Error{Code: survey.CodeFileBroken, Op: op, Detail: "申请内容没有正确封存，请重新生成", Err: err}
	}
	return fail(op, o.db.sql.Tx(ctx, func(tx *sql.Tx) error {
		m := parsed.Submission
		had, err := o.row(ctx, tx, m.ID, m.Revision)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return o.insert(ctx, tx, parsed, at)
		case err != nil:
			return err
		case had.sha == parsed.SHA256 && (had.state != string(submit.StateDraft) || had.tried):
			return nil
		case had.tried || had.kind != m.Kind || had.caseID != m.CaseID:
			return survey.Fail(survey.CodeConflict, op, "第 %d 版已经开始报送，内容不能再改；请生成新的一版", m.Revision)
		}
		return o.replace(ctx, tx, parsed, at)
	}))
}

func (o Outbox) insert(ctx context.Context, tx *sql.Tx, s submit.Sealed, at time.Time) error {
	m := s.Submission
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM case_ WHERE id = ?`, m.CaseID).Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		return noCase("casedb.putrequest")
	}
	b, err := o.db.seal.seal(outboxPlace(m.CaseID, m.ID, "bytes", m.Revision), s.Bytes)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO outbox (id, revision, seq, kind, case_id, sha256, bytes, state, sealed, updated)
		VALUES (?1, ?2, (SELECT coalesce(max(seq), 0) + 1 FROM outbox), ?3, ?4, ?5, ?6, ?7, ?8, ?8)`,
		m.ID, m.Revision, string(m.Kind), m.CaseID, s.SHA256, b, string(submit.StateSealed), stampOf(at))
	if err != nil {
		return err
	}
	return o.referAll(ctx, tx, m)
}

func (o Outbox) replace(ctx context.Context, tx *sql.Tx, s submit.Sealed, at time.Time) error {
	m := s.Submission
	b, err := o.db.seal.seal(outboxPlace(m.CaseID, m.ID, "bytes", m.Revision), s.Bytes)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE outbox SET seq = (SELECT max(seq) + 1 FROM outbox), sha256 = ?3, bytes = ?4, state = ?5, sealed = ?6, updated = ?6,
		attempts = 0, next_at = '', problem = '', detail = x'' WHERE id = ?1 AND revision = ?2`,
		m.ID, m.Revision, s.SHA256, b, string(submit.StateSealed), stampOf(at))
	if err != nil {
		return err
	}
	return o.referAll(ctx, tx, m)
}

func (o Outbox) referAll(ctx context.Context, tx *sql.Tx, m submit.Submission) error {
	for _, a := range m.Attachments {
		if err := o.db.referBlob(ctx, tx, a.SHA256, m.CaseID); err != nil {
			return err
		}
	}
	return nil
}

// Bytes gives the sealed bytes of a revision, checked against their SHA-256. It
// fails with E0106 when there is no such revision and E0301 when they are damaged.
func (o Outbox) Bytes(ctx context.Context, id string, revision int) ([]byte, error) {
	const op = "casedb.requestbytes"
	if err := o.db.ready(op); err != nil {
		return nil, err
	}
	var caseID, sha string
	var sealed []byte
	err := o.db.sql.Read.QueryRowContext(ctx, `SELECT case_id, sha256, bytes FROM outbox WHERE id = ? AND revision = ?`, id, revision).Scan(&caseID, &sha, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noRequest(op, revision)
	}
	if err != nil {
		return nil, fail(op, err)
	}
	b, err := o.db.seal.open(outboxPlace(caseID, id, "bytes", revision), sealed)
	if err == nil && submit.Digest(b) != sha {
		err = errors.New("bytes have another digest")
	}
	if err != nil {
		return nil, damaged(op, "申请 "+id+" ", err)
	}
	return b, nil
}

func noRequest(op string, revision int) error {
	return survey.Fail(survey.CodeUnknownItem, op, "本机没有这份申请的第 %d 版", revision)
}
