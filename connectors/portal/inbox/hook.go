package inbox

import (
	"context"
	"errors"
	"time"
)

// Hook is an address that is told of changes.
type Hook struct {
	ID       string
	Operator string // "": of the office, told of everything
	URL      string
	Secret   string // of the HMAC; only Due gives it
	MadeAt   time.Time
	Waiting  int
	Dead     int
}

// AddHook keeps a hook; it is told of what changes from now on.
func (s *Store) AddHook(ctx context.Context, by Who, h Hook, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		if _, err := tx.Exec(`INSERT INTO hook (id, operator, url, secret, made_at) VALUES (?, ?, ?, ?, ?)`, h.ID, h.Operator, h.URL, h.Secret, stamp(at)); err != nil {
			return err
		}
		return appendAudit(tx, at, by.Actor(), "hook-add", "", 0, h.Operator)
	})
}

// EndHook ends a hook; what waits for it is dropped.
func (s *Store) EndHook(ctx context.Context, by Who, id string, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		res, err := tx.Exec(`UPDATE hook SET ended_at = ? WHERE id = ? AND ended_at = ''`, stamp(at), id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNotFound)
		}
		if _, err := tx.Exec(`DELETE FROM delivery WHERE hook_id = ? AND state <> 'done'`, id); err != nil {
			return err
		}
		return appendAudit(tx, at, by.Actor(), "hook-end", "", 0, id)
	})
}

// Hooks lists the hooks in use without their secrets.
func (s *Store) Hooks(ctx context.Context) (list []Hook, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, operator, url, made_at, (SELECT count(*) FROM delivery WHERE hook_id = id AND state = 'waiting'),
		(SELECT count(*) FROM delivery WHERE hook_id = id AND state = 'dead') FROM hook WHERE ended_at = '' ORDER BY made_at, id`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var h Hook
		var made string
		if err := rows.Scan(&h.ID, &h.Operator, &h.URL, &made, &h.Waiting, &h.Dead); err != nil {
			return nil, err
		}
		h.MadeAt = parseStamp(made)
		list = append(list, h)
	}
	return list, rows.Err()
}

// Delivery is one change to be told to one hook.
type Delivery struct {
	Hook     Hook
	Change   Change
	Attempts int
	NextAt   time.Time
	Problem  string
}

const deliveryColumns = `hook.id, hook.operator, url, secret, delivery.seq, change.at, request_id, kind, n, type, change.state, attempts, next_at, problem
	FROM delivery JOIN hook ON hook.id = hook_id JOIN change ON change.seq = delivery.seq JOIN request ON request.id = request_id`

// Due takes at most limit deliveries whose time has come, oldest first, and puts their next time off by hold so that nobody else takes them
// meanwhile.
func (s *Store) Due(ctx context.Context, at time.Time, hold time.Duration, limit int) (list []Delivery, err error) {
	err = s.db.free(ctx, func(tx *txn) error {
		list, err = deliveries(tx, ` WHERE delivery.state = 'waiting' AND next_at <= ? ORDER BY delivery.seq LIMIT ?`+tx.db.skipLocked("delivery"), stamp(at), limit)
		if err != nil {
			return err
		}
		for _, d := range list {
			if _, err := tx.Exec(`UPDATE delivery SET next_at = ?, attempts = attempts + 1 WHERE hook_id = ? AND seq = ?`, stamp(at.Add(hold)), d.Hook.ID, d.Change.Seq); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

func deliveries(tx *txn, where string, args ...any) (list []Delivery, err error) {
	rows, err := tx.Query(`SELECT `+deliveryColumns+where, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var d Delivery
		var at, next string
		c := &d.Change
		if err := rows.Scan(&d.Hook.ID, &d.Hook.Operator, &d.Hook.URL, &d.Hook.Secret, &c.Seq, &at, &c.RequestID, &c.Kind, &c.Revision, &c.Type, &c.State, &d.Attempts, &next, &d.Problem); err != nil {
			return nil, err
		}
		c.At, d.NextAt = parseStamp(at), parseStamp(next)
		list = append(list, d)
	}
	return list, rows.Err()
}

// The states of a delivery.
const (
	DeliveryWaiting = "waiting"
	DeliveryDone    = "done"
	DeliveryDead    = "dead" // given up; a person may try again
)

// Told writes down how a delivery went: its state, when to try again and what was wrong.
func (s *Store) Told(ctx context.Context, d Delivery, state string, next time.Time, problem string) error {
	return s.db.free(ctx, func(tx *txn) error {
		_, err := tx.Exec(`UPDATE delivery SET state = ?, next_at = ?, problem = ? WHERE hook_id = ? AND seq = ?`, state, stamp(next), problem, d.Hook.ID, d.Change.Seq)
		return err
	})
}

// Dead lists what was given up, newest first.
func (s *Store) Dead(ctx context.Context, limit int) (list []Delivery, err error) {
	err = s.reading(ctx, func(tx *txn) error {
		list, err = deliveries(tx, ` WHERE delivery.state = 'dead' ORDER BY delivery.seq DESC LIMIT ?`, limit)
		return err
	})
	return list, err
}

// Again puts everything that was given up for a hook back in the queue.
func (s *Store) Again(ctx context.Context, by Who, hook string, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		if _, err := tx.Exec(`UPDATE delivery SET state = 'waiting', attempts = 0, next_at = ? WHERE hook_id = ? AND state = 'dead'`, stamp(at), hook); err != nil {
			return err
		}
		return appendAudit(tx, at, by.Actor(), "hook-again", "", 0, hook)
	})
}
