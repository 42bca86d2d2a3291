package inbox

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// Announce records a sealed revision for device and tells the state and the
// blobs that the device has still to put. The same bytes again change nothing,
// whichever enrolled device sends them. ErrContentConflict, *RevisionConflict,
// ErrForbidden and ErrNotAllowed are the refusals.
func (s *Store) Announce(ctx context.Context, device string, sealed submit.Sealed, at time.Time) (submit.State, []string, error) {
	var state submit.State
	var missing []string
	err := s.db.tx(ctx, func(tx *txn) error {
		isNew, err := insertRevision(tx, device, sealed, at)
		if err != nil {
			return err
		}
		if isNew {
			err = admit(tx, device, sealed.Submission)
		} else {
			err = sameContent(tx, sealed)
		}
		if err != nil {
			return err
		}
		if isNew {
			if err := insertSlots(tx, sealed.Submission); err != nil {
				return err
			}
			if err := appendAudit(tx, at, device, "announce", sealed.Submission.ID, sealed.Submission.Revision, sealed.SHA256); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(`INSERT INTO holder VALUES (?, ?) ON CONFLICT DO NOTHING`, sealed.Submission.ID, device); err != nil {
			return err
		}
		state, missing, err = standing(tx, device, sealed.Submission.ID, sealed.Submission.Revision)
		return err
	})
	return state, missing, err
}

// insertRevision inserts first: the constraint decides whether the revision is new.
func insertRevision(tx *txn, device string, sealed submit.Sealed, at time.Time) (bool, error) {
	sub := sealed.Submission
	_, err := tx.Exec(`INSERT INTO request (id, kind, state, changed_at, firm_name, credit_code, region, title, amount_fen, level)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		sub.ID, sub.Kind, submit.StateIncomplete, stamp(at), sub.Summary.FirmName, sub.Summary.CreditCode,
		sub.Summary.Region, sub.Summary.Title, amount(sub.Summary), sub.Summary.Level)
	if err != nil {
		return false, err
	}
	res, err := tx.Exec(`INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		sub.ID, sub.Revision, sub.Base, sealed.Bytes, sealed.SHA256, device, stamp(at))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// admit holds a new revision against the request it belongs to; a failure rolls the insertion back.
func admit(tx *txn, device string, sub submit.Submission) error {
	var kind submit.Kind
	var state submit.State
	var current, highest, holders, mine int
	err := tx.QueryRow(`SELECT kind, state, revision,
		(SELECT coalesce(max(n), 0) FROM revision WHERE request_id = id AND n <> ?2),
		(SELECT count(*) FROM holder WHERE request_id = id),
		(SELECT count(*) FROM holder WHERE request_id = id AND device_id = ?3)
		FROM request WHERE id = ?1`, sub.ID, sub.Revision, device).Scan(&kind, &state, &current, &highest, &holders, &mine)
	if err != nil {
		return err
	}
	if holders > 0 && mine == 0 {
		return ErrForbidden
	}
	if sub.Base != current || sub.Revision != highest+1 {
		return &RevisionConflict{Current: current}
	}
	if kind != sub.Kind {
		return ErrContentConflict
	}
	if _, err := submit.Portal.Next(state, submit.EventAnnounce); err != nil {
		return ErrNotAllowed
	}
	return nil
}

func sameContent(tx *txn, sealed submit.Sealed) error {
	var have string
	err := tx.QueryRow(`SELECT sha256 FROM revision WHERE request_id = ? AND n = ?`, sealed.Submission.ID, sealed.Submission.Revision).Scan(&have)
	if err == nil && have != sealed.SHA256 {
		return ErrContentConflict
	}
	return err
}

func insertSlots(tx *txn, sub submit.Submission) error {
	for i, b := range sub.Attachments {
		if _, err := tx.Exec(`INSERT INTO slot VALUES (?, ?, ?, ?, ?)`, sub.ID, sub.Revision, i, b.SHA256, b.Size); err != nil {
			return err
		}
	}
	return nil
}

// standing gives the request's state, incomplete for a revision without a receipt, and what the device lacks.
func standing(tx *txn, device, id string, n int) (submit.State, []string, error) {
	var state submit.State
	var done int
	err := tx.QueryRow(`SELECT state, (SELECT count(*) FROM receipt WHERE request_id = ?1 AND n = ?2) FROM request WHERE id = ?1`, id, n).Scan(&state, &done)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", nil, ErrNotFound
	case err != nil:
		return "", nil, err
	case done > 0:
		return state, []string{}, nil
	}
	missing, err := lacking(tx, device, id, n)
	return submit.StateIncomplete, missing, err
}

func lacking(tx *txn, device, id string, n int) ([]string, error) {
	rows, err := tx.Query(`SELECT sha256 FROM slot WHERE request_id = ? AND n = ?
		AND sha256 NOT IN (SELECT sha256 FROM held WHERE device_id = ?) GROUP BY sha256 ORDER BY min(position)`, id, n, device)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	missing := []string{}
	for rows.Next() {
		var digest string
		if err := rows.Scan(&digest); err != nil {
			return nil, err
		}
		missing = append(missing, digest)
	}
	return missing, rows.Err()
}

func amount(s submit.Summary) any {
	n, err := strconv.ParseInt(s.AmountFen, 10, 64)
	if err != nil {
		return nil
	}
	return n
}
