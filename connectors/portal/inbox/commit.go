package inbox

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// Issue makes the signed receipt for a revision that got the sequence number seq.
type Issue func(sealed submit.Sealed, seq int64) submit.Receipt

// Commit finishes a revision whose blobs are all here and gives its receipt; a
// revision that has one already gives the very same. digest must be the
// manifest's (else ErrContentConflict); *IncompleteError lists what lacks.
func (s *Store) Commit(ctx context.Context, device, id string, n int, digest string, at time.Time, issue Issue) (submit.Receipt, error) {
	var receipt submit.Receipt
	gone, err := s.gone(ctx, id, n)
	if err != nil {
		return receipt, err
	}
	err = s.db.tx(ctx, func(tx *txn) error {
		sealed, err := revision(tx, id, n)
		if err != nil {
			return err
		}
		if err := mayRead(tx, device, id); err != nil {
			return err
		}
		if sealed.SHA256 != digest {
			return ErrContentConflict
		}
		receipt, err = receive(tx, device, sealed, gone, at, issue)
		return err
	})
	return receipt, err
}

// gone lists the blobs of a revision that are written down as kept and yet do not lie there. Blobs are never taken away, so what is looked at
// before the transaction holds in it.
func (s *Store) gone(ctx context.Context, id string, n int) (gone []string, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT DISTINCT blob.sha256, blob.size FROM slot JOIN blob ON blob.sha256 = slot.sha256 WHERE request_id = ? AND n = ?
		AND NOT EXISTS (SELECT 1 FROM receipt WHERE receipt.request_id = slot.request_id AND receipt.n = slot.n)`, id, n)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var digest string
		var size int64
		if err := rows.Scan(&digest, &size); err != nil {
			return nil, err
		}
		there, err := s.blobs.has(ctx, digest, size)
		if err != nil {
			return nil, err
		}
		if !there {
			gone = append(gone, digest)
		}
	}
	return gone, rows.Err()
}

func receive(tx *txn, device string, sealed submit.Sealed, gone []string, at time.Time, issue Issue) (submit.Receipt, error) {
	sub := sealed.Submission
	var seq int64
	err := tx.QueryRow(`INSERT INTO receipt (request_id, n, received_at, body) VALUES (?, ?, ?, '')
		ON CONFLICT DO NOTHING RETURNING seq`, sub.ID, sub.Revision, stamp(at)).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return receiptOf(tx, sub.ID, sub.Revision)
	}
	if err != nil {
		return submit.Receipt{}, err
	}
	next, err := mayCommit(tx, device, sub, gone)
	if err != nil {
		return submit.Receipt{}, err
	}
	r := issue(sealed, seq)
	body, err := json.Marshal(r)
	if err != nil {
		return submit.Receipt{}, err
	}
	if _, err := tx.Exec(`UPDATE receipt SET body = ? WHERE seq = ?`, string(body), seq); err != nil {
		return submit.Receipt{}, err
	}
	if err := record(tx, device, sub, next, r, at); err != nil {
		return submit.Receipt{}, err
	}
	return r, appendAudit(tx, at, device, "commit", sub.ID, sub.Revision, sealed.SHA256)
}

// record brings the request's row up to the revision that was just received.
func record(tx *txn, device string, sub submit.Submission, next submit.State, r submit.Receipt, at time.Time) error {
	f := factsOf(sub)
	operator, err := route(tx, f.vendor)
	if err != nil {
		return err
	}
	suspect, err := lost(tx, device, sub.DeviceID)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE request SET state = ?, revision = ?, changed_at = ?, received_at = ?, first_at = CASE WHEN first_at = '' THEN ? ELSE first_at END,
		number = ?, note = '', firm_name = ?, credit_code = ?, region = ?, title = ?, amount_fen = ?, level = ?, score = ?, clause = ?, vendor = ?, operator = ?,
		suspect = CASE WHEN ? = 1 THEN 1 ELSE suspect END, step = '' WHERE id = ?`, next, sub.Revision, stamp(at), stamp(at), stamp(at), r.Number, sub.Summary.FirmName,
		sub.Summary.CreditCode, sub.Summary.Region, sub.Summary.Title, amount(sub.Summary), sub.Summary.Level, f.score, f.clause, f.vendor, operator,
		flag(suspect), sub.ID)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM proposal WHERE request_id = ?`, sub.ID); err != nil {
		return err
	}
	_, err = changed(tx, sub.ID, sub.Revision, string(submit.EventCommit), next, at)
	return err
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// mayCommit checks order, completeness and state, and gives the next state.
func mayCommit(tx *txn, device string, sub submit.Submission, gone []string) (submit.State, error) {
	var state submit.State
	var current int
	if err := tx.QueryRow(`SELECT state, revision FROM request WHERE id = ?`, sub.ID).Scan(&state, &current); err != nil {
		return "", err
	}
	if sub.Base != current {
		return "", &RevisionConflict{Current: current}
	}
	missing, err := lacking(tx, device, sub.ID, sub.Revision)
	if err != nil {
		return "", err
	}
	for _, digest := range gone {
		if !slices.Contains(missing, digest) {
			missing = append(missing, digest)
		}
	}
	if len(missing) > 0 {
		return "", &IncompleteError{Missing: missing}
	}
	next, err := submit.Portal.Next(state, submit.EventCommit)
	if err != nil {
		return "", ErrNotAllowed
	}
	return next, nil
}

// mayRead is nil when the device holds the request.
func mayRead(tx *txn, device, id string) error {
	var n int
	if err := tx.QueryRow(`SELECT count(*) FROM holder WHERE request_id = ? AND device_id = ?`, id, device).Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		return ErrForbidden
	}
	return nil
}

func revision(tx *txn, id string, n int) (submit.Sealed, error) {
	var manifest []byte
	err := tx.QueryRow(`SELECT manifest FROM revision WHERE request_id = ? AND n = ?`, id, n).Scan(&manifest)
	if errors.Is(err, sql.ErrNoRows) {
		return submit.Sealed{}, ErrNotFound
	}
	if err != nil {
		return submit.Sealed{}, err
	}
	sealed, err := submit.Parse(manifest)
	if err != nil {
		return submit.Sealed{}, fmt.Errorf("stored manifest: %w", err)
	}
	return sealed, nil
}

func receiptOf(tx *txn, id string, n int) (submit.Receipt, error) {
	var body string
	var r submit.Receipt
	err := tx.QueryRow(`SELECT body FROM receipt WHERE request_id = ? AND n = ?`, id, n).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return r, ErrNotFound
	}
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal([]byte(body), &r)
}
