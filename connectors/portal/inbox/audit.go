package inbox

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// AuditRow is one thing that happened.
type AuditRow struct {
	Seq                 int64
	At                  time.Time
	Actor, Verb, Detail string
	RequestID           string
	Revision            int
}

// AuditQuery narrows the audit; zero values narrow nothing.
type AuditQuery struct {
	RequestID string
	Actor     string
	Verb      string
	Before    int64 // rows before this number, newest first; 0: from the first row on, oldest first
	Limit     int   // 0: all
}

// Audit gives what happened.
func (s *Store) Audit(ctx context.Context, q AuditQuery) ([]AuditRow, error) {
	query, args := `SELECT seq, at, actor, verb, detail, request_id, n FROM audit WHERE 1 = 1`, []any{}
	for _, e := range []struct{ column, value string }{{"request_id", q.RequestID}, {"actor", q.Actor}, {"verb", q.Verb}} {
		if e.value != "" {
			query, args = query+" AND "+e.column+" = ?", append(args, e.value)
		}
	}
	if q.Before > 0 {
		query, args = query+" AND seq < ? ORDER BY seq DESC", append(args, q.Before)
	} else {
		query += " ORDER BY seq"
	}
	if q.Limit > 0 {
		query, args = query+" LIMIT ?", append(args, q.Limit)
	}
	rows, err := s.db.QueryContext(ctx, query, args...)
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
	rows, err := s.db.QueryContext(ctx, `SELECT seq, at, actor, verb, request_id, n, detail, hash FROM audit ORDER BY seq`)
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

func appendAudit(tx *txn, at time.Time, actor, verb, id string, n int, detail string) error {
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
