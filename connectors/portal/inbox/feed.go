package inbox

import (
	"context"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// Change is one row of the feed.
type Change struct {
	Seq       int64
	At        time.Time
	RequestID string
	Kind      submit.Kind
	Revision  int
	Type      string // an event of survey/submit, "answered", "assigned", "proposed" or "routed"
	State     submit.State
}

// inner are changes that concern the staff alone.
var inner = map[string]bool{"assigned": true, "proposed": true, "checked": true}

// Changes gives what happened after the number after to requests that w may see, in the order of the numbers, at most limit (1..500) rows,
// and the number to go on from. Times play no part.
func (s *Store) Changes(ctx context.Context, w Who, after int64, limit int) (list []Change, next int64, err error) {
	if limit < 1 || limit > 500 {
		limit = 100
	}
	sees, args := w.sees()
	staff := w.Role == RoleAdmin || w.Role == RoleReviewer
	rows, err := s.db.QueryContext(ctx, `SELECT seq, at, request_id, kind, n, type, change.state FROM change
		JOIN (SELECT id, kind FROM request WHERE `+sees+`) AS mine ON mine.id = request_id WHERE seq > ? ORDER BY seq LIMIT ?`, append(args, after, limit)...)
	if err != nil {
		return nil, after, err
	}
	defer func() { _ = rows.Close() }()
	next = after
	for rows.Next() {
		var c Change
		var at string
		if err := rows.Scan(&c.Seq, &at, &c.RequestID, &c.Kind, &c.Revision, &c.Type, &c.State); err != nil {
			return nil, after, err
		}
		c.At, next = parseStamp(at), c.Seq
		if staff || !inner[c.Type] {
			list = append(list, c)
		}
	}
	return list, next, rows.Err()
}

// changed counts the request's version up, writes the change into the feed and queues it for the hooks that want it.
func changed(tx *txn, id string, n int, kind string, state submit.State, at time.Time) (int64, error) {
	if _, err := tx.Exec(`UPDATE request SET version = version + 1 WHERE id = ?`, id); err != nil {
		return 0, err
	}
	var seq int64
	err := tx.QueryRow(`INSERT INTO change (at, request_id, n, type, state) VALUES (?, ?, ?, ?, ?) RETURNING seq`, stamp(at), id, n, kind, state).Scan(&seq)
	if err != nil || inner[kind] {
		return seq, err
	}
	_, err = tx.Exec(`INSERT INTO delivery (hook_id, seq, state, next_at) SELECT hook.id, ?, 'waiting', ? FROM hook
		WHERE ended_at = '' AND (operator = '' OR operator = (SELECT operator FROM request WHERE id = ? AND revision > 0))`, seq, stamp(at), id)
	return seq, err
}
