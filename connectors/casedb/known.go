package casedb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// known stores a request that another computer sent, with its receipt and who it was. One that is here with its receipt stays as it is. A
// revision of the same number that was sealed here and never tried gives way to it: it can no longer be sent. One that was tried stays, and
// the portal has refused it or will.
func (o Outbox) known(ctx context.Context, tx *sql.Tx, r handover.Sent, at time.Time) error {
	const op = "casedb.known"
	s, err := submit.Parse(r.Bytes)
	if err != nil {
		return &survey.Error{Code: survey.CodeParcel, Op: op, Detail: "报送记录", Err: err}
	}
	m := s.Submission
	had, err := o.row(ctx, tx, m.ID, m.Revision)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		err = o.insert(ctx, tx, s, r.Sealed)
	case err != nil:
	case had.number != "" || had.tried && had.sha != s.SHA256 || had.caseID != m.CaseID:
		return nil
	case had.sha != s.SHA256:
		err = o.replace(ctx, tx, s, r.Sealed)
	}
	if err != nil {
		return err
	}
	receipt, err := json.Marshal(r.Receipt)
	if err != nil {
		return err
	}
	seal := func(column string, plain []byte) []byte {
		sealed, sealErr := o.db.seal.seal(outboxPlace(m.CaseID, m.ID, column, m.Revision), plain)
		err = errors.Join(err, sealErr)
		return sealed
	}
	receipt, origin := seal("receipt", receipt), seal("origin", []byte(r.By))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE outbox SET state = ?3, tried = 1, receipt_number = ?4, receipt = ?5, origin = ?6, problem = '', detail = x'', updated = ?7
		WHERE id = ?1 AND revision = ?2`, m.ID, m.Revision, string(submit.StateSent), r.Receipt.Number, receipt, origin, stampOf(at))
	return err
}
