package inbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// Batch is one export: which revisions went out together.
type Batch struct {
	ID     string // 2026-0001, in the year of China Standard Time
	MadeAt time.Time
	Actor  string
	N      int // requests in it
}

// Export puts accepted requests into a new batch and makes them exported; those that were exported before may go again. When one of them
// is neither, nothing happens and the error is ErrNotAllowed.
func (s *Store) Export(ctx context.Context, w Who, ids []string, at time.Time) (b Batch, err error) {
	err = s.db.tx(ctx, func(tx *txn) error {
		if b.ID, err = nextBatch(tx, at); err != nil {
			return err
		}
		b.MadeAt, b.Actor = at, w.Actor()
		if _, err := tx.Exec(`INSERT INTO batch (id, made_at, actor) VALUES (?, ?, ?)`, b.ID, stamp(at), b.Actor); err != nil {
			return err
		}
		for _, id := range ids {
			if err := exportOne(tx, w, b, id, at); err != nil {
				return err
			}
			b.N++
		}
		if b.N == 0 {
			return ErrNotAllowed
		}
		return nil
	})
	return b, err
}

func exportOne(tx *txn, w Who, b Batch, id string, at time.Time) error {
	row, err := rowFor(tx, w, id)
	if err != nil {
		return err
	}
	next, err := submit.Portal.Next(row.State, submit.EventExport)
	if err != nil {
		return ErrNotAllowed
	}
	if _, err := tx.Exec(`INSERT INTO batch_item (batch_id, position, request_id, n) VALUES (?, ?, ?, ?)`, b.ID, b.N, id, row.Revision); err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE request SET state = ?, changed_at = ? WHERE id = ?`, next, stamp(at), id); err != nil {
		return err
	}
	if _, err := changed(tx, id, row.Revision, string(submit.EventExport), next, at); err != nil {
		return err
	}
	return appendAudit(tx, at, w.Actor(), string(submit.EventExport), id, row.Revision, b.ID)
}

func nextBatch(tx *txn, at time.Time) (string, error) {
	year := fmt.Sprintf("%d-", at.In(time.FixedZone("CST", 8*3600)).Year())
	var n int
	err := tx.QueryRow(`SELECT count(*) FROM batch WHERE id LIKE ?`, year+"%").Scan(&n)
	return fmt.Sprintf("%s%04d", year, n+1), err
}

// Batches lists the exports, newest first.
func (s *Store) Batches(ctx context.Context) (list []Batch, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, made_at, actor, (SELECT count(*) FROM batch_item WHERE batch_id = id) FROM batch ORDER BY id DESC`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var b Batch
		var at string
		if err := rows.Scan(&b.ID, &at, &b.Actor, &b.N); err != nil {
			return nil, err
		}
		b.MadeAt = parseStamp(at)
		list = append(list, b)
	}
	return list, rows.Err()
}

// Exported is one request of a batch as it went out.
type Exported struct {
	Sealed  submit.Sealed
	Receipt submit.Receipt
}

// BatchItems gives what a batch holds, in its order and as it was then; ErrNotFound when there is none.
func (s *Store) BatchItems(ctx context.Context, id string) (list []Exported, err error) {
	err = s.reading(ctx, func(tx *txn) error {
		rows, err := tx.Query(`SELECT request_id, n FROM batch_item WHERE batch_id = ? ORDER BY position`, id)
		if err != nil {
			return err
		}
		type place struct {
			id string
			n  int
		}
		var all []place
		for rows.Next() {
			var p place
			if err := rows.Scan(&p.id, &p.n); err != nil {
				return errors.Join(err, rows.Close())
			}
			all = append(all, p)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		for _, p := range all {
			var e Exported
			if e.Sealed, err = revision(tx, p.id, p.n); err == nil {
				e.Receipt, err = receiptOf(tx, p.id, p.n)
			}
			if err != nil {
				return err
			}
			list = append(list, e)
		}
		if len(list) == 0 {
			return ErrNotFound
		}
		return nil
	})
	return list, err
}
