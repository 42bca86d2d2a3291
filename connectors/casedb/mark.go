package casedb

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Mark stores state, attempts, problem, detail, next try and receipt of r. The state
// follows submit.Desk or stays as it is, else E0604; so does a mark that names
// another SHA-256 than the stored bytes have. A first receipt comes with the
// state sent and must name this very revision; one that is stored stays: a mark
// without it keeps it, one with another fails with E0603. Attempts never fall.
// It fails with E0106 when there is no such revision.
func (o Outbox) Mark(ctx context.Context, r wizard.Request, at time.Time) error {
	const op = "casedb.mark"
	if err := o.db.ready(op); err != nil {
		return err
	}
	return fail(op, o.db.sql.Tx(ctx, func(tx *sql.Tx) error {
		had, err := o.row(ctx, tx, r.ID, r.Revision)
		if errors.Is(err, sql.ErrNoRows) {
			return noRequest(op, r.Revision)
		}
		if err != nil {
			return err
		}
		if r.SHA256 != "" && r.SHA256 != had.sha {
			return survey.Fail(survey.CodeConflict, op, "第 %d 版的内容已经换过，请重新打开这份申报", r.Revision)
		}
		if err := allowed(submit.State(had.state), r.State); err != nil {
			return err
		}
		if err := o.keepReceipt(ctx, tx, r, had); err != nil {
			return err
		}
		return o.update(ctx, tx, r, had, at)
	}))
}

// allowed tells whether some event of the desktop's machine leads from one state to the other.
func allowed(from, to submit.State) error {
	if from == to {
		return nil
	}
	for _, next := range submit.Desk[from] {
		if next == to {
			return nil
		}
	}
	return survey.Fail(survey.CodeConflict, "casedb.mark", "申请不能从 %s 变为 %s", from, to)
}

func (o Outbox) update(ctx context.Context, tx *sql.Tx, r wizard.Request, had row, at time.Time) error {
	detail, err := o.db.seal.seal(outboxPlace(had.caseID, r.ID, "detail", r.Revision), []byte(r.Detail))
	if err != nil {
		return err
	}
	left := r.Attempts > 0 || r.State != submit.StateSealed && r.State != submit.StateDraft
	_, err = tx.ExecContext(ctx, `UPDATE outbox SET state = ?3, tried = max(tried, ?4), attempts = max(attempts, ?5), problem = ?6, detail = ?7, updated = ?8, next_at = ?9
		WHERE id = ?1 AND revision = ?2`,
		r.ID, r.Revision, string(r.State), left, r.Attempts, r.Problem, detail, stampOf(at), nextOf(r.NextAt))
	return err
}

// nextOf is how the moment of the next try is kept; "" for at any time.
func nextOf(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return stampOf(at)
}

// keepReceipt stores the first receipt and refuses any other.
func (o Outbox) keepReceipt(ctx context.Context, tx *sql.Tx, r wizard.Request, had row) error {
	refuse := func(detail string) error { return survey.Fail(survey.CodeReceipt, "casedb.mark", "%s", detail) }
	switch {
	case r.Receipt == nil && had.number == "" && r.State == submit.StateSent:
		return refuse("没有回执，不能记为已报送")
	case r.Receipt == nil:
		return nil
	case !belongs(*r.Receipt, r, had):
		return refuse("回执不属于这一版申请")
	case had.number != "":
		return o.sameReceipt(ctx, tx, r, had)
	case r.State != submit.StateSent:
		return refuse("收到回执的申请应记为已报送")
	}
	b, err := json.Marshal(r.Receipt)
	if err != nil {
		return err
	}
	sealed, err := o.db.seal.seal(outboxPlace(had.caseID, r.ID, "receipt", r.Revision), b)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE outbox SET receipt_number = ?3, receipt = ?4 WHERE id = ?1 AND revision = ?2`, r.ID, r.Revision, r.Receipt.Number, sealed)
	return err
}

func belongs(c submit.Receipt, r wizard.Request, had row) bool {
	return c.Number != "" && c.ID == r.ID && c.Revision == r.Revision && c.Kind == had.kind && c.ManifestSHA256 == had.sha
}

// sameReceipt accepts the stored receipt once more, also signed anew under a later key; the first one stays.
func (o Outbox) sameReceipt(ctx context.Context, tx *sql.Tx, r wizard.Request, had row) error {
	var sealed []byte
	if err := tx.QueryRowContext(ctx, `SELECT receipt FROM outbox WHERE id = ? AND revision = ?`, r.ID, r.Revision).Scan(&sealed); err != nil {
		return err
	}
	stored := wizard.Request{ID: r.ID, Revision: r.Revision, CaseID: had.caseID}
	if err := o.unseal(&stored, nil, sealed); err != nil {
		return damaged("casedb.mark", "申请 "+r.ID+" 的回执", err)
	}
	got := *r.Receipt
	got.PortalKeyID = stored.Receipt.PortalKeyID
	if !bytes.Equal(got.SigningBytes(), stored.Receipt.SigningBytes()) {
		return survey.Fail(survey.CodeReceipt, "casedb.mark", "已存有回执 %s，不能换成别的", had.number)
	}
	return nil
}
