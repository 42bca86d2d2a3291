package casedb

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Requests gives the requests of a case, the one sealed last first.
func (o Outbox) Requests(ctx context.Context, caseID string) ([]wizard.Request, error) {
	const op = "casedb.requests"
	if err := o.db.ready(op); err != nil {
		return nil, err
	}
	out, err := o.list(ctx, `case_id = ? ORDER BY seq DESC`, caseID)
	return out, fail(op, err)
}

// Waiting implements wizard.Outbox.
func (o Outbox) Waiting(ctx context.Context) ([]wizard.Request, error) {
	const op = "casedb.waiting"
	if err := o.db.ready(op); err != nil {
		return nil, err
	}
	out, err := o.list(ctx, `receipt_number = '' AND state <> ? ORDER BY seq`, string(submit.StateDraft))
	return out, fail(op, err)
}

// Revisions implements wizard.Outbox.
func (o Outbox) Revisions(ctx context.Context, id string) ([]wizard.Request, error) {
	const op = "casedb.revisions"
	if err := o.db.ready(op); err != nil {
		return nil, err
	}
	out, err := o.list(ctx, `id = ? ORDER BY revision DESC`, id)
	return out, fail(op, err)
}

func (o Outbox) list(ctx context.Context, where string, with ...any) ([]wizard.Request, error) {
	rows, err := o.db.sql.Read.QueryContext(ctx, `SELECT id, revision, kind, case_id, sha256, state, sealed, attempts, next_at, problem, detail, receipt, origin
		FROM outbox WHERE `+where, with...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	out := []wizard.Request{}
	for rows.Next() {
		r, err := o.scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func (o Outbox) scan(rows *sql.Rows) (wizard.Request, error) {
	var r wizard.Request
	var sealed, next string
	var detail, receipt, origin []byte
	err := rows.Scan(&r.ID, &r.Revision, &r.Kind, &r.CaseID, &r.SHA256, &r.State, &sealed, &r.Attempts, &next, &r.Problem, &detail, &receipt, &origin)
	if err != nil {
		return r, err
	}
	if r.Sealed, err = time.Parse(stamp, sealed); err != nil {
		return r, damaged("casedb.requests", "申请 "+r.ID+" 的时间", err)
	}
	if r.NextAt, err = time.Parse(stamp, next); err != nil { // only a hint: what cannot be read means now
		r.NextAt = time.Time{}
	}
	if err := o.unseal(&r, detail, receipt); err != nil {
		return r, damaged("casedb.requests", "申请 "+r.ID+" 的记录", err)
	}
	if len(origin) > 0 {
		who, err := o.db.seal.open(outboxPlace(r.CaseID, r.ID, "origin", r.Revision), origin)
		if err != nil {
			return r, damaged("casedb.requests", "申请 "+r.ID+" 的记录", err)
		}
		r.From = string(who)
	}
	return r, nil
}

func (o Outbox) unseal(r *wizard.Request, detail, receipt []byte) error {
	if len(detail) > 0 {
		plain, err := o.db.seal.open(outboxPlace(r.CaseID, r.ID, "detail", r.Revision), detail)
		if err != nil {
			return err
		}
		r.Detail = string(plain)
	}
	if len(receipt) > 0 {
		plain, err := o.db.seal.open(outboxPlace(r.CaseID, r.ID, "receipt", r.Revision), receipt)
		if err != nil {
			return err
		}
		r.Receipt = new(submit.Receipt)
		return json.Unmarshal(plain, r.Receipt)
	}
	return nil
}
