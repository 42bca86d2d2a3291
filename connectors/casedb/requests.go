package casedb

import (
	"context"
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
	rows, err := o.db.sql.Read.QueryContext(ctx, `SELECT id, revision, kind, case_id, sha256, state, sealed, attempts, problem, detail, receipt, origin
		FROM outbox WHERE case_id = ? ORDER BY seq DESC`, caseID)
	if err != nil {
		return nil, fail(op, err)
	}
	defer func() { _ = rows.Close() }()
	out := []wizard.Request{}
	for rows.Next() {
		var r wizard.Request
		var sealed string
		var detail, receipt, origin []byte
		err := rows.Scan(&r.ID, &r.Revision, &r.Kind, &r.CaseID, &r.SHA256, &r.State, &sealed, &r.Attempts, &r.Problem, &detail, &receipt, &origin)
		if err != nil {
			return nil, fail(op, err)
		}
		if r.Sealed, err = time.Parse(stamp, sealed); err != nil {
			return nil, damaged(op, "申请 "+r.ID+" 的时间", err)
		}
		if err := o.unseal(&r, detail, receipt); err != nil {
			return nil, damaged(op, "申请 "+r.ID+" 的记录", err)
		}
		if len(origin) > 0 {
			who, err := o.db.seal.open(outboxPlace(r.CaseID, r.ID, "origin", r.Revision), origin)
			if err != nil {
				return nil, damaged(op, "申请 "+r.ID+" 的记录", err)
			}
			r.From = string(who)
		}
		out = append(out, r)
	}
	return out, fail(op, rows.Err())
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
