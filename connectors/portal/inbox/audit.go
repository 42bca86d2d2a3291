package inbox

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// Decide lets the staff move a request by one event (review, accept, return,
// reject, withdraw, export, quarantine) with words for the firm. ErrNotAllowed
// when the state does not permit it.
func (s *Store) Decide(ctx context.Context, actor, id string, e submit.Event, note string, at time.Time) (submit.State, error) {
	var next submit.State
	err := s.db.Tx(ctx, func(tx *sql.Tx) error {
		var state submit.State
		var n int
		err := tx.QueryRow(`SELECT state, revision FROM request WHERE id = ?`, id).Scan(&state, &n)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		if e == submit.EventAnnounce || e == submit.EventCommit {
			return ErrNotAllowed
		}
		if next, err = submit.Portal.Next(state, e); err != nil {
			return ErrNotAllowed
		}
		if _, err := tx.Exec(`UPDATE request SET state = ?, note = ?, changed_at = ? WHERE id = ?`, next, note, stamp(at), id); err != nil {
			return err
		}
		return appendAudit(tx, at, actor, string(e), id, n, note)
	})
	return next, err
}

// AuditRow is one thing that happened.
type AuditRow struct {
	Seq                 int64
	At                  time.Time
	Actor, Verb, Detail string
	RequestID           string
	Revision            int
}

// Audit gives what happened to a request, oldest first.
func (s *Store) Audit(ctx context.Context, id string) ([]AuditRow, error) {
	rows, err := s.db.Read.QueryContext(ctx, `SELECT seq, at, actor, verb, detail, request_id, n FROM audit WHERE request_id = ? ORDER BY seq`, id)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []AuditRow
	for rows.Next() {
		var r AuditRow
		var at string
		if err := rows.Scan(&r.Seq, &at, &r.Actor, &r.Verb, &r.Detail, &r.RequestID, &r.Revision); err != nil {
			return nil, err
		}
		r.At = parseStamp(at)
		list = append(list, r)
	}
	return list, rows.Err()
}

// CheckAudit walks the chain of hashes from the first row and names the first that does not fit.
func (s *Store) CheckAudit(ctx context.Context) error {
	rows, err := s.db.Read.QueryContext(ctx, `SELECT seq, at, actor, verb, request_id, n, detail, hash FROM audit ORDER BY seq`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	before, want := "", int64(1)
	for rows.Next() {
		var seq int64
		var n int
		var at, actor, verb, id, detail, hash string
		if err := rows.Scan(&seq, &at, &actor, &verb, &id, &n, &detail, &hash); err != nil {
			return err
		}
		if seq != want || hash != auditHash(before, at, actor, verb, id, n, detail) {
			return fmt.Errorf("audit row %d was changed or removed", want)
		}
		before, want = hash, want+1
	}
	return rows.Err()
}

func appendAudit(tx *sql.Tx, at time.Time, actor, verb, id string, n int, detail string) error {
	var before string
	err := tx.QueryRow(`SELECT hash FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	_, err = tx.Exec(`INSERT INTO audit (at, actor, verb, request_id, n, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		stamp(at), actor, verb, id, n, detail, auditHash(before, stamp(at), actor, verb, id, n, detail))
	return err
}

func auditHash(before, at, actor, verb, id string, n int, detail string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q %q %d %q", before, at, actor, verb, id, n, detail))
	return hex.EncodeToString(sum[:])
}
