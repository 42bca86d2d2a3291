package casedb

import (
	"context"
	"encoding/json"
	"time"
)

// Revision is one state of a fact, with who wrote it and when.
type Revision struct {
	Revision int // from 1
	Gone     bool
	Order    int
	Data     json.RawMessage // of a fact taken out: its last words
	By       string
	At       time.Time
}

// History gives all revisions of one fact, oldest first; none for a fact that
// never was. It fails with E0301 when a row cannot be read.
func (db *DB) History(ctx context.Context, caseID, kind, id string) ([]Revision, error) {
	const op = "casedb.history"
	if err := db.ready(op); err != nil {
		return nil, err
	}
	rows, err := db.sql.Read.QueryContext(ctx, `SELECT revision, state = 'gone', ord, payload, by_, at FROM fact
		WHERE case_id = ? AND kind = ? AND id = ? ORDER BY revision`, caseID, kind, id)
	if err != nil {
		return nil, fail(op, err)
	}
	defer func() { _ = rows.Close() }()
	var out []Revision
	for rows.Next() {
		var r Revision
		var payload, by []byte
		var at string
		if err := rows.Scan(&r.Revision, &r.Gone, &r.Order, &payload, &by, &at); err != nil {
			return nil, fail(op, err)
		}
		what := "一条资料（" + kind + " " + id + "）的历史"
		if r.Data, err = db.seal.open(factPlace(caseID, kind, id, "payload", r.Revision), payload); err != nil {
			return nil, damaged(op, what, err)
		}
		if by, err = db.seal.open(factPlace(caseID, kind, id, "by_", r.Revision), by); err != nil {
			return nil, damaged(op, what, err)
		}
		if r.At, err = time.Parse(stamp, at); err != nil {
			return nil, damaged(op, what, err)
		}
		r.By = string(by)
		out = append(out, r)
	}
	return out, fail(op, db.sure(ctx, rows.Err()))
}
