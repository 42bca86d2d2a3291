package inbox

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// Assign makes an account responsible for a request; "" takes it away. The account must be a reviewer or admin in use.
func (s *Store) Assign(ctx context.Context, w Who, id, login string, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		row, err := rowFor(tx, w, id)
		if err != nil {
			return err
		}
		if login != "" {
			var n int
			err := tx.QueryRow(`SELECT count(*) FROM account WHERE login = ? AND ended_at = '' AND role IN ('reviewer', 'admin')`, login).Scan(&n)
			if err != nil || n == 0 {
				return errors.Join(err, ErrNotFound)
			}
		}
		if row.Assignee == login {
			return nil
		}
		if _, err := tx.Exec(`UPDATE request SET assignee = ? WHERE id = ?`, login, id); err != nil {
			return err
		}
		if _, err := changed(tx, id, row.Revision, "assigned", row.State, at); err != nil {
			return err
		}
		return appendAudit(tx, at, w.Actor(), "assign", id, row.Revision, login)
	})
}

// Check notes that w has checked (or not) the paper at a position of a received revision.
func (s *Store) Check(ctx context.Context, w Who, id string, n, position int, done bool, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		row, err := rowFor(tx, w, id)
		if err != nil {
			return err
		}
		if row.Revision != n {
			return ErrNotAllowed
		}
		var there int
		err = tx.QueryRow(`SELECT count(*) FROM slot WHERE request_id = ? AND n = ? AND position = ?`, id, n, position).Scan(&there)
		if err != nil || there == 0 {
			return errors.Join(err, ErrNotFound)
		}
		do, args, verb := `DELETE FROM checked WHERE request_id = ? AND n = ? AND position = ?`, []any{id, n, position}, "uncheck"
		if done {
			do, args, verb = `INSERT INTO checked (request_id, n, position, actor, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, append(args, w.Actor(), stamp(at)), "check"
		}
		res, err := tx.Exec(do, args...)
		if err != nil {
			return err
		}
		if changes, err := res.RowsAffected(); err != nil || changes == 0 {
			return err
		}
		return appendAudit(tx, at, w.Actor(), verb, id, n, "")
	})
}

// Checked gives who checked which paper of a revision, by position.
func (s *Store) Checked(ctx context.Context, id string, n int) (map[int]string, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT position, actor FROM checked WHERE request_id = ? AND n = ?`, id, n)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	done := map[int]string{}
	for rows.Next() {
		var position int
		var actor string
		if err := rows.Scan(&position, &actor); err != nil {
			return nil, err
		}
		done[position] = actor
	}
	return done, rows.Err()
}

// Operator is a platform that takes onboarding requests (平台服务商).
type Operator struct {
	ID, Name string
	Vendors  []string // as offers name them
	EndedAt  time.Time
}

// PutOperator makes or changes a platform; requests that wait for one of its vendors go to it, those of a vendor that it no longer serves do not.
func (s *Store) PutOperator(ctx context.Context, by Who, o Operator, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		ended := ""
		if !o.EndedAt.IsZero() {
			ended = stamp(o.EndedAt)
		}
		_, err := tx.Exec(`INSERT INTO operator (id, name, vendors, made_at, ended_at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, vendors = excluded.vendors, ended_at = excluded.ended_at`, o.ID, o.Name, strings.Join(o.Vendors, "\n"), stamp(at), ended)
		if err != nil {
			return err
		}
		if err := reroute(tx, o, at); err != nil {
			return err
		}
		return appendAudit(tx, at, by.Actor(), "operator", "", 0, o.ID)
	})
}

func reroute(tx *txn, o Operator, at time.Time) error {
	rows, err := tx.Query(`SELECT id, revision, state, vendor, operator FROM request WHERE kind = 'onboarding' AND revision > 0 AND step = '' AND operator IN ('', ?)`, o.ID)
	if err != nil {
		return err
	}
	type waiting struct {
		id, state, vendor, operator string
		n                           int
	}
	var all []waiting
	for rows.Next() {
		var r waiting
		if err := rows.Scan(&r.id, &r.n, &r.state, &r.vendor, &r.operator); err != nil {
			return errors.Join(err, rows.Close())
		}
		all = append(all, r)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, r := range all {
		to := ""
		if o.EndedAt.IsZero() && slices.Contains(o.Vendors, r.vendor) {
			to = o.ID
		}
		if to == r.operator {
			continue
		}
		if _, err := tx.Exec(`UPDATE request SET operator = ? WHERE id = ?`, to, r.id); err != nil {
			return err
		}
		if _, err := changed(tx, r.id, r.n, "routed", submit.State(r.state), at); err != nil {
			return err
		}
	}
	return nil
}

// Operators lists the platforms, those in use first.
func (s *Store) Operators(ctx context.Context) (list []Operator, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, name, vendors, ended_at FROM operator ORDER BY ended_at <> '', id`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var o Operator
		var vendors, ended string
		if err := rows.Scan(&o.ID, &o.Name, &vendors, &ended); err != nil {
			return nil, err
		}
		o.EndedAt = parseStamp(ended)
		if vendors != "" {
			o.Vendors = strings.Split(vendors, "\n")
		}
		list = append(list, o)
	}
	return list, rows.Err()
}
